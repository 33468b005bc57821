"""An exception that ended a command goes in; its diagnostics are printed and the exit code comes out."""

from __future__ import annotations

import errno
import os
import traceback
from typing import Final

import click

from slalang.cli.errors import BadUse, CannotWrite, OwnFault
from slalang.cli.settings import language
from slalang.diagnostics.as_text import listing
from slalang.diagnostics.diagnostic import Diagnostic, Stop
from slalang.diagnostics.exits import COULD_NOT_RUN
from slalang.diagnostics.opening import from_unreadable
from slalang.source.text import Unreadable

FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # what standard output may answer with


def ended(trouble: Exception) -> int:
    """Tell why a command could not run; `SLALANG_DEBUG=1` shows the traceback of our own faults."""
    click.echo(listing(_diagnostics(trouble), language()), err=True)
    if os.environ.get("SLALANG_DEBUG") and not isinstance(trouble, (click.ClickException, Stop, Unreadable)):
        traceback.print_exception(trouble)
    return COULD_NOT_RUN


def _diagnostics(trouble: Exception) -> tuple[Diagnostic, ...]:
    match trouble:
        case Stop():
            return trouble.diagnostics
        case Unreadable():
            return (from_unreadable(trouble),)
        case click.NoSuchOption(option_name="--lang", ctx=click.Context(parent=None)):
            return (BadUse(None, problem=trouble.format_message(), usage="slalang", late="--lang"),)
        case click.UsageError():
            usage = trouble.ctx.command_path if trouble.ctx is not None else "slalang"
            return (BadUse(None, problem=trouble.format_message(), usage=usage),)
        case click.ClickException():
            return (BadUse(None, problem=trouble.format_message(), usage="slalang"),)
        case OSError() if trouble.errno in FULL:
            return (CannotWrite(None, problem=f"{trouble.filename or '<stdout>'}: {trouble.strerror}"),)
        case _:
            return (OwnFault(None, problem=f"{type(trouble).__name__}: {trouble}"),)
