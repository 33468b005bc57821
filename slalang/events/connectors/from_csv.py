"""A CSV or Parquet file with the columns of an event goes in; plain mappings come out, other columns as data fields, blank cells as absent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Stop
from slalang.events.connectors.parquet import ParquetSheet
from slalang.events.connectors.sheet import Sheet
from slalang.events.errors.shape import ColumnsNotEvents, HeadTwice
from slalang.events.fitting import EXTRA
from slalang.events.unfit import Unfit
from slalang.source.text import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.events.connectors.files import FactFile, Line

IS_TEXT = True
NEEDED = ("id", "type", "subject", "time")
ENTRY_NEEDED = ("entity", "id")
_ATTRIBUTES = frozenset(NEEDED) | frozenset(EXTRA)
_ENTRY = frozenset({"entity", "id", "from", "recordedtime"})


def fits(file: FactFile) -> bool:
    """Any text that is not JSON Lines may be a table."""
    return bool(file.name)


def read(file: FactFile) -> Iterator[Line]:
    """The rows as events (or as register entries, where there is a column `entity`).

    Raises:
        Stop: the file cannot be read, or its head lacks a column that every event has.
    """
    sheet = ParquetSheet(file) if file.is_parquet else Sheet(file)
    if not sheet.columns:
        return
    is_register = "entity" in sheet.columns and "type" not in sheet.columns
    needed = ENTRY_NEEDED if is_register else NEEDED
    missing = tuple(name for name in needed if name not in sheet.columns)
    if missing:
        raise Stop(
            ColumnsNotEvents(Spot(file.name, sheet.head_line), missing=missing, columns=sheet.columns[:12])
        )
    own = _ENTRY if is_register else _ATTRIBUTES
    plan = [(at, name.removeprefix("data."), name in own) for at, name in enumerate(sheet.columns) if name]
    fields = [name for _, name, is_own in plan if not is_own]
    if twice := [name for name, times in Counter(fields).items() if times > 1]:
        raise Stop(HeadTwice(Spot(file.name, sheet.head_line), column=twice[0]))
    inner = "attributes" if is_register else "data"
    for number, cells, text in sheet:
        if isinstance(cells, Unfit):
            yield number, cells, text
            continue
        content: dict[str, Any] = {}
        data: dict[str, Any] = {}
        for at, name, is_own in plan:
            cell = cells[at]
            if cell:
                (content if is_own else data)[name] = cell
        content[inner] = data
        yield number, content, text
