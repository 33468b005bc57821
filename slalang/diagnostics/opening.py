"""A path goes in; a contract text ready for parsing comes out, and whatever is wrong with the file as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from slalang.diagnostics import errors
from slalang.diagnostics.diagnostic import Diagnostic, Stop, Text
from slalang.diagnostics.suggest import candidates
from slalang.source.markdown import Block, extract, is_markdown
from slalang.source.reading import read_source
from slalang.source.text import SourceFile, Spot, Unreadable

if TYPE_CHECKING:
    from slalang.diagnostics.collector import Collector

CONTRACT_SUFFIXES = (".sla", ".md")
_FOLDER = Text(en="a folder", zh="文件夹")
_SPECIAL = Text(en="a pipe or a device", zh="管道或设备")
_DENIED = Text(en="the system gives no permission to read it", zh="系统不允许读取")


@dataclass(frozen=True, slots=True)
class Opened:
    """A contract file and the text to parse.

    Attributes:
        file: the file as it is; spans point into it.
        text: what the parser reads, of the same length: the whole text, or that of a Markdown file's blocks.
        blocks: the blocks of a Markdown file; empty for a plain one.
    """

    file: SourceFile
    text: str
    blocks: tuple[Block, ...] = ()


def open_contract(path: str | Path, collector: Collector) -> Opened:
    """Read a contract, plain or literate.

    Raises:
        Stop: the file cannot be read.
    """
    return as_opened(open_source(path), collector)


def open_source(path: str | Path) -> SourceFile:
    """Read a file as it is; of a folder, the `contract.sla` (or `contract.md`) in it.

    Raises:
        Stop: the file cannot be read.
    """
    try:
        return read_source(_inside(path))
    except Unreadable as trouble:
        raise Stop(from_unreadable(trouble)) from None


def _inside(path: str | Path) -> str | Path:
    """The contract of a folder; anything else as it is."""
    try:
        found = [Path(path) / f"contract{suffix}" for suffix in CONTRACT_SUFFIXES]
        return next((item for item in found if item.is_file()), path)
    except (OSError, ValueError):  # a name that the system does not accept: reading it will say so
        return path


def as_opened(file: SourceFile, collector: Collector) -> Opened:
    """Take a text that is at hand already; its name tells whether it is literate."""
    if not is_markdown(file.name):
        return Opened(file, file.text)
    literate = extract(file)
    if not literate.blocks:
        collector.add(errors.NoContractBlock(Spot(file.name)))
    for block in literate.blocks:
        if not block.is_closed:
            mark = block.fence.text
            collector.add(
                errors.BlockNotClosed(block.fence, mark=mark[: len(mark) - len(mark.lstrip(mark[0]))])
            )
    return Opened(file, literate.masked, literate.blocks)


def from_unreadable(trouble: Unreadable) -> Diagnostic:
    """Say why a file could not be read."""
    at = Spot(trouble.name)
    match trouble.reason:
        case "missing":
            return errors.FileMissing(at, near=_near(trouble.name))
        case "folder":
            inside = tuple(str(Path(trouble.name) / item) for item in _contracts_in(Path(trouble.name)))
            return errors.NotAFile(at, kind=_FOLDER, inside=inside[:4])
        case "not a file":
            return errors.NotAFile(at, kind=_SPECIAL)
        case "too large":
            return errors.FileTooLarge(at, most=trouble.detail)
        case "undecodable":
            return errors.NotText(at, offset=int(trouble.detail) + 1)
        case "denied":
            return errors.FileClosed(at, reason=_DENIED)
        case "unreadable":
            return errors.FileClosed(at, reason=trouble.detail)


def _near(name: str) -> tuple[str, ...]:
    path = Path(name)
    return tuple(str(path.parent / item) for item in candidates(path.name, _contracts_in(path.parent)))


def _contracts_in(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(sorted(item.name for item in folder.iterdir() if item.suffix in CONTRACT_SUFFIXES))
    except (OSError, ValueError):  # a hint only: no folder, no permission, a NUL in its name
        return ()
