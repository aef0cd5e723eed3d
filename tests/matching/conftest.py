"""Puts the repository's root on the path: the generator of hard pairs lives in `benchmarks`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
