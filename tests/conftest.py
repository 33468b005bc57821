"""Settings that every test shares."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.append(str(Path(__file__).parent))  # pytest's importlib mode does not; in_process.py is shared

# No deadline: a busy machine is no counterexample. In CI the same examples every time, so that a failure can be repeated.
settings.register_profile("house", deadline=None, print_blob=True, derandomize=os.environ.get("CI") == "true")
settings.load_profile("house")

# Their many repetitions of the same lines would cost most of the time that counting executed lines takes.
UNCOUNTED = {"hostile", "laws"}


def pytest_collection_modifyitems(items):
    """Whatever repeats by design is run without counting lines: tests/hostile, tests/laws, and what is marked `slow`."""
    root = Path(__file__).parent
    for item in items:
        top = item.path.relative_to(root).parts[0] if item.path.is_relative_to(root) else ""
        if top in UNCOUNTED or item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.no_cover)
