"""Text goes in, to standard output or to a file that is either whole or not there."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slalang.cli.errors import CannotWrite
from slalang.diagnostics.diagnostic import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable


def deliver(pieces: Iterable[str], target: str | None) -> None:
    """Write pieces to `target`, or to standard output; a file appears under its name only when it is complete.

    A link keeps pointing where it points, and a device or a pipe (`/dev/null`) is written to, never replaced.

    Raises:
        Stop: the file cannot be written.
    """
    if target is None:
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    try:
        path, mode = _place(target)
        if mode is None or stat.S_ISREG(mode):
            _replace(path, pieces, mode)
        else:
            # A folder is refused by the system here.
            with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.writelines(pieces)
    except OSError as trouble:
        raise Stop(CannotWrite(None, problem=f"{target}: {trouble.strerror or trouble}")) from trouble


def _place(target: str) -> tuple[Path, int | None]:
    """Where a name leads, links followed, and what is there: the mode of a file, or None."""
    try:
        path = Path(target).resolve()
        return path, path.stat().st_mode if path.exists() else None
    except (ValueError, RuntimeError) as trouble:  # a NUL in the name; a circle of links
        raise OSError(str(trouble)) from None


def _replace(path: Path, pieces: Iterable[str], mode: int | None) -> None:
    """Write beside the file and move into place."""
    handle, scratch = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        # Half surrogates (a file name that is no UTF-8) cannot be encoded: they become escapes, as JSON has them.
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(pieces)
        umask = os.umask(0)
        os.umask(umask)
        Path(scratch).chmod(stat.S_IMODE(mode) if mode is not None else 0o666 & ~umask)
        Path(scratch).replace(path)
    finally:
        Path(scratch).unlink(missing_ok=True)
