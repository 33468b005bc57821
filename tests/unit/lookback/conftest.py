"""Makes the small contract importable, and gives a folder of its own that holds it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))  # pytest's importlib mode does not

from made_desk import CONTRACT, Desk


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    """Works in a folder of its own that holds the contract; `run`, `restate` and `status` give back exit code and text."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLALANG_LANG", "en")
    Path("desk.sla").write_text(CONTRACT, encoding="utf-8")
    return Desk(capsys)
