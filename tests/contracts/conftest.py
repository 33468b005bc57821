"""Makes the runner and the arithmetic importable for the tests of the two source contracts."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))  # pytest's importlib mode does not
