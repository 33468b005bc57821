"""A CSV file goes in (comma, semicolon or tab); its head and its rows come out, each row with its line number."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from slalang.diagnostics.diagnostic import Stop, Text
from slalang.events.connectors.files import LONGEST_LINE, FactFile, lines
from slalang.events.errors.shape import HeadTwice, RowRagged, RowUnreadable
from slalang.events.unfit import Unfit
from slalang.source.text import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = (",", ";", "\t")


class Row(NamedTuple):
    """A row: the number of its first line, its cells (or why it cannot be taken), and its text."""

    number: int
    cells: list[str] | Unfit
    text: str


class Sheet:
    """The head and rows of one CSV file.

    Attributes:
        columns: names as they stand in the head, full-width letters made plain, white space at the ends removed.

    Raises:
        Stop: the head cannot be read, or two columns have the same name.
    """

    def __init__(self, file: FactFile, delimiter: str | None = None) -> None:
        self._file = file
        self._rows = self._read(file, delimiter)
        self.columns: tuple[str, ...] = ()
        self.head_line = 1
        for number, cells, text in self._rows:
            if isinstance(cells, Unfit):
                raise Stop(cells.at(file.name, number, text))
            self.head_line = number
            self.columns = tuple(unicodedata.normalize("NFKC", cell).strip() for cell in cells)
            break
        for column, times in Counter(self.columns).items():
            if column and times > 1:
                raise Stop(HeadTwice(Spot(file.name, self.head_line), column=column))

    def __iter__(self) -> Iterator[Row]:
        width = len(self.columns)
        for row in self._rows:
            cells = row.cells
            if type(cells) is list and len(cells) != width:
                # Spreadsheet programs end rows with empty cells; those say nothing.
                if len(cells) > width and not any(cells[width:]):
                    del cells[width:]
                else:
                    yield Row(row.number, Unfit(RowRagged, found=len(cells), wanted=width), row.text)
                    continue
            yield row

    def _read(self, file: FactFile, delimiter: str | None) -> Iterator[Row]:
        taken: list[str] = []
        fed = _Feed(file, taken)
        reader: Iterator[list[str]] | None = None
        csv.field_size_limit(LONGEST_LINE)
        number = 1
        while True:
            taken.clear()
            number = fed.number + 1
            try:
                if reader is None:
                    reader = csv.reader(fed, delimiter=delimiter or fed.sniff(), strict=True)
                cells: list[str] | Unfit = next(reader)
            except StopIteration:
                return
            except csv.Error as trouble:
                cells = Unfit(RowUnreadable, reason=_words(str(trouble)))
            except Unfit as unfit:
                cells = unfit
            if cells:
                yield Row(number, cells, taken[0] if taken else "")


class _Feed:
    """Gives `csv.reader` its lines and remembers how far it got; a line that cannot be taken raises `Unfit`."""

    def __init__(self, file: FactFile, taken: list[str]) -> None:
        self._lines = lines(file)
        self._first: list[str | Unfit] = []
        self._taken = taken
        self.number = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line: str | Unfit
        if self._first:
            line = self._first.pop()
            self.number += 1
        else:
            self.number, line = next(self._lines)
        if isinstance(line, Unfit):
            raise line
        if not self._taken:
            self._taken.append(line)
        return line

    def sniff(self) -> str:
        """The delimiter that the head has most of, outside quotes; a comma when it has none."""
        _, line = next(self._lines)
        self._first.append(line)
        if isinstance(line, Unfit):
            return ","
        plain = "".join(line.split('"')[::2])
        return max(DELIMITERS, key=plain.count)


def _words(said: str) -> Text:
    if "field limit" in said:
        return Text(
            en="a quoted cell runs on for a megabyte: its quote is not closed",
            zh="引号内的单元格超过 1 MB：引号未闭合",
        )
    if "unexpected end" in said:
        return Text(en="a quoted cell is not closed before the file ends", zh="文件结束时引号仍未闭合")
    if "expected after" in said:
        return Text(en="there is text after a closing quote", zh="闭合引号之后还有文字")
    if "new-line" in said:
        return Text(en="a carriage return stands in a cell without quotes", zh="未加引号的单元格中有回车符")
    return Text(en="its quotes do not match", zh="引号不匹配")
