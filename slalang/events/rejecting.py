"""Unfit lines go in as they are met; a reject file (JSON Lines, with reasons) comes out whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Stop
from slalang.events.errors.shape import NotWritable
from slalang.source.text import Spot

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Diagnostic


class RejectFile:
    """Writes beside the target and moves into place at `keep`; `discard` leaves nothing.

    Each line: `file`, `line`, `code`, `reason` in both languages, and `text`, the line as it was read (null where the
    lines are long gone, for ids with two contents).

    Raises:
        Stop: the place is not writable, or the disk is full.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            # A link keeps pointing where it points; a device or a pipe (`/dev/null`) is written to, never replaced.
            self._target = path.resolve()
            self._replaces = not self._target.exists() or self._target.is_file() or self._target.is_dir()
            if not self._replaces:
                self._file: Any = self._target.open("w", encoding="utf-8", newline="\n")
                return
            self._file = NamedTemporaryFile(  # noqa: SIM115 - kept open over the whole load
                "w",
                encoding="utf-8",
                dir=self._target.parent,
                prefix=f".{self._target.name}.",
                delete=False,
                newline="\n",
            )
        except OSError as trouble:
            raise self._stop(trouble) from None
        except (ValueError, RuntimeError) as trouble:  # a NUL in the name; a circle of links
            raise self._stop(OSError(str(trouble))) from None

    def add(self, diagnostic: Diagnostic, text: str | None) -> None:
        """Write one line."""
        at = diagnostic.at
        reason = {
            language: diagnostic.say("label", language) or diagnostic.say("title", language)
            for language in ("en", "zh")
        }
        record = {
            "file": at.name if isinstance(at, Spot) else None,
            "line": at.line if isinstance(at, Spot) else None,
            "code": diagnostic.code,
            "reason": reason,
            "text": None if text is None else text.rstrip("\r\n"),
        }
        try:
            # Half surrogates cannot be written as UTF-8: they stay escapes.
            self._file.write(json.dumps(record, ensure_ascii=not _writable(record)) + "\n")
        except OSError as trouble:
            self.discard()
            raise self._stop(trouble) from None

    def keep(self) -> None:
        """Move the file into place."""
        try:
            self._file.flush()
            if self._replaces:
                os.fsync(self._file.fileno())
                self._file.close()
                Path(self._file.name).replace(self._target)
            else:
                self._file.close()
        except OSError as trouble:
            self.discard()
            raise self._stop(trouble) from None

    def discard(self) -> None:
        """Leave nothing behind."""
        with contextlib.suppress(OSError):  # the disk may be full or gone; there is nothing more to do
            self._file.close()
        with contextlib.suppress(OSError):
            if not self._replaces:
                return
            Path(self._file.name).unlink(missing_ok=True)

    def _stop(self, trouble: OSError) -> Stop:
        return Stop(NotWritable(Spot(str(self.path)), reason=trouble.strerror or str(trouble)))


def _writable(record: dict[str, Any]) -> bool:
    try:
        str(record).encode()
    except UnicodeEncodeError:
        return False
    return True
