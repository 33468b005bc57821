"""Text goes in, to standard output or to a file that is either whole or not there."""

from __future__ import annotations

import os
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

    Raises:
        Stop: the file cannot be written.
    """
    if target is None:
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    path = Path(target)
    try:
        handle, scratch = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as trouble:
        raise Stop(CannotWrite(None, problem=f"{target}: {trouble.strerror}")) from trouble
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        umask = os.umask(0)
        os.umask(umask)
        Path(scratch).chmod(0o666 & ~umask)
        Path(scratch).replace(path)
    except OSError as trouble:
        raise Stop(CannotWrite(None, problem=f"{target}: {trouble.strerror}")) from trouble
    finally:
        Path(scratch).unlink(missing_ok=True)
