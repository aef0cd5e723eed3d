"""Press releases in; one clean Atom feed per company and per topic out, each release once."""

__version__ = "0.1.0"
