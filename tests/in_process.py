"""Arguments go in; the command line runs in this process, and its exit code and what it wrote come out.

A process of its own for each call would spend more time on starting than on the call; that a process behaves the same
is shown by tests/hostile/test_processes.py and tests/test_install.py.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from slalang.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


def stream(errors: str) -> io.TextIOWrapper:
    """A stream like the interpreter's own: UTF-8; standard error writes escapes for what cannot be encoded."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors=errors, newline="")


def written(file: io.TextIOWrapper) -> str:
    file.flush()
    raw = file.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8")


def called(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code (-1 where it is none), standard output, standard error."""
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err = stream("strict"), stream("backslashreplace")
    code: object = None
    try:
        with pytest.raises(SystemExit) as ended:
            main([str(each) for each in arguments])
        code = ended.value.code
    finally:
        sys.stdout, sys.stderr = kept
    return code if isinstance(code, int) else -1, written(out), written(err)
