"""Makes the runner and the arithmetic importable for the tests of the source contracts, and reads each text once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from slalang.pipeline import journey, running

sys.path.append(str(Path(__file__).parent))  # pytest's importlib mode does not

_READ = {}


@pytest.fixture(autouse=True)
def each_text_is_read_once(monkeypatch):
    """A contract that was read once is not read again for the next events: what comes out of the same bytes is frozen."""

    def program_of(path):
        key = path, Path(path).read_bytes()
        if key not in _READ:
            _READ[key] = journey.program_of(path)
        return _READ[key]

    monkeypatch.setattr(running, "program_of", program_of)
