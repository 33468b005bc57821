"""A path goes in; its hash, its encoding and its lines come out, `.gz` unpacked, no line longer than a megabyte in memory."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import re
import stat
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Literal, TypeAlias

from slalang.diagnostics.diagnostic import Stop
from slalang.diagnostics.opening import from_unreadable
from slalang.events.errors import shape
from slalang.events.unfit import Unfit
from slalang.source.text import Spot, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

PARQUET: Final = b"PAR1"  # how every Parquet file begins
LONGEST_LINE: Final = 1_000_000  # bytes
LONGEST_DOCUMENT: Final = 100_000_000  # bytes; a table that is one JSON document is held as a whole
_CHUNK: Final = 1 << 20
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MANY = 8  # so many well-formed multi-byte UTF-8 characters before the first bad one are no accident
Encoding = Literal["utf-8", "gb18030"]


# One line or row: its number, what it says (or why it cannot be taken), and its text.
Line: TypeAlias = tuple[int, dict[str, Any] | Unfit, str]


@dataclass(frozen=True, slots=True)
class FactFile:
    """A file of facts that has been looked at once.

    Attributes:
        path: where it is.
        name: what messages call it.
        digest: SHA-256 of its bytes as they are stored, as `sha256:…`.
        encoding: what its text is written in.
        not_utf8: the first line that is not UTF-8; 0 when all are.
        first: the first 4 kB of its text.
        is_empty: it holds nothing but white space.
        is_parquet: it is no text but a Parquet file.
    """

    path: Path
    name: str
    digest: str
    encoding: Encoding
    not_utf8: int
    first: str
    is_empty: bool
    is_parquet: bool = False

    @property
    def suffix(self) -> str:
        """The ending of its name in small letters, without `.gz`."""
        name = self.name.lower().removesuffix(".gz")
        return Path(name).suffix


def look(path: str | Path) -> FactFile:
    """Read a file once through: hash and encoding, in bounded memory.

    Raises:
        Stop: it cannot be read, is no plain file, is a damaged archive, or is neither UTF-8 nor GB18030 text.
    """
    name = str(path)
    _must_be_plain(name)
    with _opened(Path(path), name) as (file, raw):
        is_parquet = file is raw and raw.read(len(PARQUET)) == PARQUET
        raw.seek(0)
        text: tuple[Encoding, int, str, bool] = ("utf-8", 0, "", False)
        encoding, not_utf8, first, is_empty = text if is_parquet else _scan(name, file)
    with _guarded(name), Path(path).open("rb") as raw:
        digest = hashlib.file_digest(raw, "sha256").hexdigest()
    return FactFile(Path(path), name, f"sha256:{digest}", encoding, not_utf8, first, is_empty, is_parquet)


def lines(file: FactFile) -> Iterator[tuple[int, str | Unfit]]:
    """The numbered lines with their ends; one that is too long, or changed since it was looked at, is unfit.

    Raises:
        Stop: the file cannot be read to its end.
    """
    too_long = LONGEST_LINE + 1
    encoding = file.encoding
    number = 0
    with _opened(file.path, file.name) as (stream, _):
        read = stream.readline
        while line := read(too_long):
            number += 1
            if len(line) == too_long and line[-1:] != b"\n":
                while (rest := read(_CHUNK)) and rest[-1:] != b"\n":
                    pass
                yield number, Unfit(shape.LineTooLong, most=LONGEST_LINE)
                continue
            if number == 1 and line.startswith(codecs.BOM_UTF8):
                line = line[3:]
            try:
                yield number, line.decode(encoding)
            except UnicodeDecodeError:
                yield number, Unfit(shape.EncodingUnknown)


def whole(file: FactFile) -> str:
    """The text of a file that is one document.

    Raises:
        Stop: it is longer than 100 MB, or cannot be read.
    """
    with _opened(file.path, file.name) as (stream, _):
        raw = stream.read(LONGEST_DOCUMENT + 1)
    if len(raw) > LONGEST_DOCUMENT:
        raise Stop(shape.DocumentTooLong(Spot(file.name), most=LONGEST_DOCUMENT))
    try:
        return raw.removeprefix(codecs.BOM_UTF8).decode(file.encoding)
    except UnicodeDecodeError:
        raise Stop(shape.EncodingUnknown(Spot(file.name))) from None


def _scan(name: str, file: IO[bytes]) -> tuple[Encoding, int, str, bool]:
    """Encoding, first line that is not UTF-8, the beginning of the text, and whether there is only white space."""
    utf8 = codecs.getincrementaldecoder("utf-8-sig")()
    other = codecs.getincrementaldecoder("gb18030")()
    head, is_empty, line, not_utf8, many, is_other = b"", True, 1, 0, 0, True
    while chunk := file.read(_CHUNK):
        head = head or chunk[:4096]
        is_empty = is_empty and not chunk.strip(b"\xef\xbb\xbf \t\r\n")
        is_other = is_other and not _CONTROL.search(chunk)
        if not not_utf8:
            try:
                text = utf8.decode(chunk)
                many += 0 if text.isascii() else sum(char > "\x7f" for char in text[:100_000])
            except UnicodeDecodeError as broken:
                not_utf8 = line + broken.object[: broken.start].count(b"\n")
                before = broken.object[: broken.start].decode("utf-8", "ignore")
                many += sum(char > "\x7f" for char in before[-100_000:])
        is_other = is_other and _decodes(other, chunk)
        line += chunk.count(b"\n")
        if not_utf8 and not is_other:
            break
    if not not_utf8:
        try:
            utf8.decode(b"", final=True)
        except UnicodeDecodeError:
            not_utf8 = line
    is_other = is_other and _decodes(other, b"", final=True)
    if not not_utf8:
        return "utf-8", 0, head.decode("utf-8-sig", "ignore"), is_empty
    if many >= _MANY or not is_other:
        raise Stop(shape.EncodingUnknown(Spot(name, not_utf8)))
    return "gb18030", not_utf8, head.decode("gb18030", "ignore"), is_empty


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    if chunk.isascii() and not final and decoder.getstate()[0] == b"":
        return True
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _must_be_plain(name: str) -> None:
    with _guarded(name):
        mode = Path(name).stat().st_mode
    if stat.S_ISDIR(mode):
        raise Stop(from_unreadable(Unreadable(name, "folder")))
    if not stat.S_ISREG(mode):
        # A pipe or a device may never end, and it cannot be read twice.
        raise Stop(from_unreadable(Unreadable(name, "not a file")))


@contextmanager
def _opened(path: Path, name: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    with _guarded(name), path.open("rb", buffering=_CHUNK) as raw:
        if name.lower().endswith(".gz"):
            with gzip.open(raw) as file:
                yield file, raw  # type: ignore[misc]  # a GzipFile reads like any binary file
        else:
            yield raw, raw


@contextmanager
def _guarded(name: str) -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as trouble:
        raise Stop(shape.ArchiveDamaged(Spot(name), reason=str(trouble))) from None
    except FileNotFoundError:
        raise Stop(from_unreadable(Unreadable(name, "missing"))) from None
    except PermissionError:
        raise Stop(from_unreadable(Unreadable(name, "denied"))) from None
    except (OSError, ValueError) as trouble:  # ValueError: a NUL in the path
        detail = trouble.strerror if isinstance(trouble, OSError) and trouble.strerror else str(trouble)
        raise Stop(from_unreadable(Unreadable(name, "unreadable", detail))) from None
