"""A JSON file that a binding describes goes in; the columns that it reads come out row by row, arrays laid out where asked."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.diagnostic import Stop
from slalang.diagnostics.suggest import close
from slalang.events.connectors import from_jsonl
from slalang.events.connectors.files import whole
from slalang.events.connectors.sheet import Row
from slalang.events.errors.binding import CellNested, ColumnMissing, NoRecords, NotAnArray
from slalang.events.unfit import Unfit, kind_of
from slalang.source.text import Spot

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from slalang.events.bindings.tables import Table
    from slalang.events.connectors.files import FactFile

SHOWN: Final = 12
_SPACE = re.compile(r"[ \t\r\n]*")
_BLANK: Final = (None, "")


class Records:
    """The rows of one JSON file, as a sheet gives them: numbered, with one text for each column.

    A record is a line of a JSON Lines file, an element of a document that is an array, or of the array that `records` names in
    a document that is an object. A column is a key, or a way of keys with points between them; `each` lays out arrays,
    so that a record gives a row for each element (for each combination, where there are several).

    Attributes:
        columns: the columns that the binding reads.
        head_line: where messages about columns point.
    """

    head_line = 1

    def __init__(self, file: FactFile, table: Table, noted: Counter[str]) -> None:
        self._file = file
        self._table = table
        self._noted = noted
        self.columns = table.columns()
        self._arrays = tuple((_way(path, table.each[:at]), path) for at, path in enumerate(table.each))
        self._ways = tuple(_way(name, table.each) for name in self.columns)
        self._seen: set[str] = set()
        self._keys: dict[str, None] = {}

    def __iter__(self) -> Iterator[Row]:
        """The rows.

        Raises:
            Stop: the file cannot be read, holds no records, or none of them has a column that the binding reads.
        """
        read: tuple[str, ...] = ()
        for number, record, text in self._records():
            if isinstance(record, Unfit):
                yield Row(number, record, text)
                continue
            read = read or self._table.each[:1]
            self._keys.update(dict.fromkeys(record))
            try:
                for bases in self._laid_out([record], 0):
                    read = (*self._table.each, *self.columns)
                    yield Row(number, [self._cell(at, bases) for at in range(len(self.columns))], text)
            except Unfit as unfit:
                yield Row(number, unfit, text)
        self._all_seen(read)

    def _all_seen(self, names: tuple[str, ...]) -> None:
        """A column that was looked for in every record and found in none is a mistake in the binding."""
        for name in names:
            if name not in self._seen:
                keys = tuple(self._keys)
                shown = keys if len(keys) <= SHOWN else (*keys[:SHOWN], f"+ {len(keys) - SHOWN}")
                near = close(name, keys)
                raise Stop(ColumnMissing(Spot(self._file.name, 1), column=name, near=near, columns=shown))

    def _laid_out(self, bases: list[Any], at: int) -> Iterator[list[Any]]:
        """The record with one element of each array; an empty or missing array gives no row, and that is counted."""
        if at == len(self._arrays):
            yield bases
            return
        (base, keys), path = self._arrays[at]
        found, is_there = _follow(bases[base], keys)
        if is_there:
            self._seen.add(path)
        if found in _BLANK or found == []:
            self._noted[f"{self._table.file}: no {path}"] += 1
            return
        if type(found) is not list:
            raise Unfit(NotAnArray, column=path, found=kind_of(found))
        for element in found:
            yield from self._laid_out([*bases, element], at + 1)

    def _cell(self, at: int, bases: list[Any]) -> str:
        base, keys = self._ways[at]
        found, is_there = _follow(bases[base], keys)
        if is_there:
            self._seen.add(self.columns[at])
        if found is None:
            return ""
        if isinstance(found, str):
            return found
        if isinstance(found, bool):
            return "true" if found else "false"
        raise Unfit(CellNested, column=self.columns[at], kind=kind_of(found))

    def _records(self) -> Iterator[tuple[int, dict[str, Any] | Unfit, str]]:
        if not self._table.records and self._file.first.lstrip()[:1] != "[":
            yield from from_jsonl.read(self._file, in_words=True)
            return
        text = whole(self._file)
        decoder = from_jsonl.decoder(in_words=True)
        if self._table.records:
            yield from self._inside(decoder, text)
            return
        # Element by element, so that only one record is held beside the text.
        at, number, counted = _SPACE.match(text, text.index("[") + 1).end(), 1, 0  # type: ignore[union-attr]
        if text[at : at + 1] == "]":
            return
        while True:
            number += text.count("\n", counted, at)
            counted = at
            record, at = self._decoded(decoder, text, at, number)
            yield number, from_jsonl.an_object(record, text[counted:at]), text[counted:at]
            at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
            if text[at : at + 1] == "]":
                return
            if text[at : at + 1] != ",":
                raise Stop(from_jsonl.broken_array(self._file.name, number + text.count("\n", counted, at)))
            at = _SPACE.match(text, at + 1).end()  # type: ignore[union-attr]

    def _inside(
        self, decoder: json.JSONDecoder, text: str
    ) -> Iterator[tuple[int, dict[str, Any] | Unfit, str]]:
        """The records of an object's array; they are told by their place in it, for their lines are not known."""
        document, _ = self._decoded(decoder, text, _SPACE.match(text).end(), 1)  # type: ignore[union-attr]
        found, _ = _follow(document, (self._table.records,))
        if type(found) is not list:
            keys = tuple(document) if isinstance(document, dict) else ()
            shown = keys if len(keys) <= SHOWN else (*keys[:SHOWN], f"+ {len(keys) - SHOWN}")
            raise Stop(NoRecords(Spot(self._file.name), key=self._table.records, keys=shown))
        for record in found:
            said = json.dumps(record)
            yield 1, from_jsonl.an_object(record, said), said

    def _decoded(self, decoder: json.JSONDecoder, text: str, at: int, number: int) -> tuple[Any, int]:
        """A value and where it ends; a document that is broken stops the run, for nothing after it can be found."""
        try:
            return decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError, Unfit) as trouble:
            unfit = from_jsonl.of_trouble(trouble)
            line = (
                text.count("\n", 0, trouble.pos) + 1 if isinstance(trouble, json.JSONDecodeError) else number
            )
            raise Stop(unfit.at(self._file.name, line)) from None


def _way(name: str, each: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """From which element a column is read (0: the record, else the n-th array's), and the way on from there."""
    best, rest = 0, name
    for at, path in enumerate(each, 1):
        if name == path:
            return at, ()
        if name.startswith(f"{path}.") and len(path) > len(name) - len(rest):
            best, rest = at, name[len(path) + 1 :]
    return best, (rest,)


def _follow(value: Any, keys: tuple[str, ...]) -> tuple[Any, bool]:
    """The value at the end of a way, and whether there is one; a key that itself has points is found first."""
    if not keys:
        return value, True
    rest = keys[0]
    while isinstance(value, dict):
        if rest in value:
            return value[rest], True
        first, _, rest = rest.partition(".")
        if not rest or first not in value:
            return None, False
        value = value[first]
    return None, False
