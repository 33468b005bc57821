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

# Their many repetitions of the same lines would take most of the time that counting executed lines costs. What is
# left (tests/unit, and the contracts that have every construct between them) must reach the bound by itself.
UNCOUNTED = {
    "hostile",
    "laws",
    "real",
    "test_book.py",
    "contracts/test_a.py",
    "contracts/test_named.py",
    "contracts/test_retail_service.py",
    "contracts/test_retail_supply.py",
    "contracts/test_templates.py",
    "unit/syntax/test_our_own_texts.py",
}
TESTS = Path(__file__).parent


def uncounted(item):
    """Whatever repeats by design runs without counting lines: the folders above, the book, and what is marked `slow`.

    pytest-cov's own `no_cover` has no effect in the workers of xdist (7.1): there another collector goes on counting.
    """
    path = item.path.relative_to(TESTS) if item.path.is_relative_to(TESTS) else item.path
    is_repeated = not UNCOUNTED.isdisjoint({path.parts[0], path.as_posix()})
    if not is_repeated and item.get_closest_marker("slow") is None:
        return (yield)
    counting = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(counting)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    """What a module prepares once for such tests."""
    return (yield from uncounted(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """The test itself."""
    return (yield from uncounted(item))
