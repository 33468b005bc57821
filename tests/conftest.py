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

# Their many repetitions of the same lines would take most of the time that counting executed lines costs.
UNCOUNTED = {"hostile", "laws", "real"}
TESTS = Path(__file__).parent


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Whatever repeats by design runs without counting lines: tests/hostile, tests/laws, and what is marked `slow`.

    pytest-cov's own `no_cover` has no effect in the workers of xdist (7.1): there another collector goes on counting.
    """
    top = item.path.relative_to(TESTS).parts[0] if item.path.is_relative_to(TESTS) else ""
    if top not in UNCOUNTED and item.get_closest_marker("slow") is None:
        return (yield)
    counting = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(counting)
