"""A path goes in; a source file comes out, or `Unreadable` tells why not: the only reader of contract files."""

from __future__ import annotations

import stat
from pathlib import Path

from slalang.source.text import SourceFile, Unreadable

LARGEST = 4 * 1024 * 1024  # bytes; the longest contract seen is under 1 % of this


def read_source(path: str | Path, name: str | None = None) -> SourceFile:
    """Read one contract file; `name` is what messages call it (the path as given by default).

    Raises:
        Unreadable: missing, a folder, not a plain file, no permission, larger than `LARGEST` bytes, or not text.
    """
    shown = str(path) if name is None else name
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise Unreadable(shown, "folder")
        if not stat.S_ISREG(mode):
            # A pipe or a device may never end.
            raise Unreadable(shown, "not a file")
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise Unreadable(shown, "missing") from None
    except PermissionError:
        raise Unreadable(shown, "denied") from None
    except (OSError, ValueError) as trouble:  # ValueError: a NUL in the path
        detail = trouble.strerror if isinstance(trouble, OSError) and trouble.strerror else str(trouble)
        raise Unreadable(shown, "unreadable", detail) from None
    if len(data) > LARGEST:
        raise Unreadable(shown, "too large", str(LARGEST // (1024 * 1024)))
    return SourceFile.from_bytes(shown, data)
