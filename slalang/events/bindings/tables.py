"""What a bindings file says, as plain data: tables, the events and entries that their rows give, and where values come from."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.values.instant import Gap, Overlap

Kind = Literal["wide", "log", "intervals", "register"]


@dataclass(frozen=True, slots=True)
class Cell:
    """The value of a column, passed through a map where there is one; a value that the map lacks is unfit unless `otherwise`."""

    column: str
    mapping: tuple[tuple[str, str], ...] | None = None
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """The same value for every row."""

    value: str


@dataclass(frozen=True, slots=True)
class Template:
    """Text with columns in braces: `parts` alternate between text and column, beginning and ending with text."""

    parts: tuple[str, ...]


Value: TypeAlias = Cell | Constant | Template


@dataclass(frozen=True, slots=True)
class Production:
    """An event (or, in a register, an entry) that a row gives.

    Attributes:
        type: the event type, or the entity of an entry.
        time: the column of the event's time (of the entry's `from`; empty: from the beginning).
        fields: data fields or attributes and where their values come from.
        attributes: `id`, `subject`, `sequence`, `recordedtime`, `by`, `to`, `corrects`, `retracts` where given.
        when: columns and the values that they must have; a row with others gives nothing (counted).
        skip_blank: a blank time means that it did not happen (counted); else a blank time is unfit.
        skip_columns: further columns of which the same is said.
        time_format: `strptime` format of the times, or empty for RFC 3339.
        not_before: a column; a time earlier than its is moved to it (counted). For tables whose clocks disagree by seconds.
    """

    type: str
    time: str
    fields: tuple[tuple[str, Value], ...] = ()
    attributes: tuple[tuple[str, Value], ...] = ()
    when: tuple[tuple[str, frozenset[str]], ...] = ()
    skip_blank: bool = False
    skip_columns: tuple[str, ...] = ()
    not_before: str = ""
    time_format: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table.

    Attributes:
        file: pattern of file names (`*` and `?`), compared with the last part of the path.
        subject: where the subject of the events comes from.
        zone: IANA name or offset of times without one; empty when all times carry their own.
        gap, overlap: what a local time that the zone's clocks skip, or show twice, stands for; `refuse` makes it unfit.
        state: in a log, the column that says what happened; `ignore` are its values that mean nothing here.
        decimal: what parts the digits of amounts and numbers, `,` or `.` (also where it is empty).
        blank: cells that count as blank, besides the empty one.
        source: the `source` of the events.
        records: in a JSON document that is an object, the key of its array of records.
        each: keys of arrays in a JSON record, of which each element gives a row.
        line: where the table begins in the bindings file.
    """

    file: str
    kind: Kind
    subject: Value | None
    productions: tuple[Production, ...]
    zone: str = ""
    gap: Gap = "refuse"
    overlap: Overlap = "refuse"
    time_format: str = ""
    date_format: str = ""
    state: str = ""
    ignore: frozenset[str] = frozenset()
    delimiter: str = ""
    decimal: str = ""
    blank: frozenset[str] = frozenset()
    source: str = ""
    records: str = ""
    each: tuple[str, ...] = ()
    line: int = 0

    def columns(self) -> tuple[str, ...]:
        """Every column that the table reads, once, in the order of reading."""
        found = [self.state] if self.state else []
        found += _read_by(self.subject)
        for step in self.productions:
            found += [step.time, step.not_before, *step.skip_columns, *(column for column, _ in step.when)]
            for _, value in (*step.fields, *step.attributes):
                found += _read_by(value)
        return tuple(dict.fromkeys(name for name in found if name))


def _read_by(value: Value | None) -> list[str]:
    if isinstance(value, Cell):
        return [value.column]
    return list(value.parts[1::2]) if isinstance(value, Template) else []


@dataclass(frozen=True, slots=True)
class Bindings:
    """A bindings file: its tables, its name for messages, and the SHA-256 of its bytes."""

    tables: tuple[Table, ...]
    name: str = ""
    digest: str = ""

    def of(self, name: str) -> tuple[Table, ...]:
        """The tables that describe a file; `.gz` at the end of its name does not matter."""
        last = PurePath(name).name
        plain = last.removesuffix(".gz")
        return tuple(
            table for table in self.tables if fnmatchcase(last, table.file) or fnmatchcase(plain, table.file)
        )

    def unused(self, names: Iterable[str]) -> tuple[Table, ...]:
        """Tables that describe none of these files."""
        given = list(names)
        return tuple(table for table in self.tables if not any(table in self.of(name) for name in given))
