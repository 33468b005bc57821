"""Makes the builders of small programs importable for the tests of the engine."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(
    str(Path(__file__).parent)
)  # pytest's importlib mode does not; the laws share small_programs.py too
