"""What the operator wants: `config/*.toml` as typed settings, every mistake named before anything runs.

    from aggregator.settings import Settings, load

`load` reads the four files of a folder and changes nothing; `editing` is the one place that writes
them, on a person's behalf. Neither opens a connection, knows the store or reads a clock.
"""

from aggregator.settings.loading import load
from aggregator.settings.shape import Settings

__all__ = ["Settings", "load"]
