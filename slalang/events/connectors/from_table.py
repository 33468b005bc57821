"""A table that a binding describes goes in; the events and register entries of its rows come out as plain mappings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Stop, Text
from slalang.diagnostics.suggest import close
from slalang.events.bindings.tables import Cell, Constant, Production, Table, Template, Value
from slalang.events.connectors import from_jsonl
from slalang.events.connectors.parquet import ParquetSheet
from slalang.events.connectors.records import Records
from slalang.events.connectors.sheet import Sheet
from slalang.events.errors.binding import (
    CellBlank,
    CellNumber,
    CellTime,
    ColumnMissing,
    IntervalReversed,
    NotJsonTable,
    ValueUnmapped,
)
from slalang.events.unfit import Unfit
from slalang.source.text import Spot
from slalang.values import instant
from slalang.values import zone as zones
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Sequence
    from datetime import tzinfo

    from slalang.events.connectors.files import FactFile, Line
    from slalang.ir.program import Program

    Get = Callable[[list[str]], str]

IS_TEXT = True
SHOWN = 12


def read(file: FactFile, tables: Sequence[Table], program: Program, noted: Counter[str]) -> Iterator[Line]:
    """The events and entries of all rows.

    Args:
        file: the table.
        tables: how it becomes events; several may describe one file.
        program: tells which fields are instants or dates, so that their cells are read in the binding's format.
        noted: counts what gave nothing and what was moved, by binding and reason.

    Raises:
        Stop: the file cannot be read, or lacks a column that a binding reads.
    """
    if from_jsonl.fits(file):
        for table in tables:
            yield from _rows(Records(file, table, noted), (table,), file, program, noted)
        return
    for table in tables:
        if table.records or table.each:
            raise Stop(NotJsonTable(Spot(file.name), key="records" if table.records else "each"))
    sheet = ParquetSheet(file) if file.is_parquet else Sheet(file, tables[0].delimiter or None)
    yield from _rows(sheet, tables, file, program, noted)


def _rows(
    sheet: Sheet | ParquetSheet | Records,
    tables: Sequence[Table],
    file: FactFile,
    program: Program,
    noted: Counter[str],
) -> Iterator[Line]:
    if not sheet.columns:
        return
    plans = [_Plan(table, sheet, file, program, noted) for table in tables]
    for number, cells, text in sheet:
        if isinstance(cells, Unfit):
            yield number, cells, text
            continue
        for plan in plans:
            for content in plan.row(cells):
                yield number, content, text


_NUMBERS = ("amount", "number", "integer", "ratio")
# 1.234,50 or 1 234,50 (with any kind of space) or 1234,5, perhaps with a unit before or behind.
_COMMA = re.compile(
    r"([^0-9,.]*)([0-9]{1,3}(?:[. \u00a0\u202f'’][0-9]{3})+|[0-9]+)(?:,([0-9]+))?([^0-9,.]*)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class _Step:
    """One production with its columns looked up."""

    production: Production
    time: int | None
    label: str
    values: tuple[tuple[str, Get], ...]
    fields: tuple[tuple[str, Get], ...]
    when: tuple[tuple[int, frozenset[str]], ...]
    skip: tuple[int, ...]
    not_before: int | None
    time_format: str


class _Plan:
    """One table binding with its columns looked up in one file."""

    def __init__(
        self,
        table: Table,
        sheet: Sheet | ParquetSheet | Records,
        file: FactFile,
        program: Program,
        noted: Counter[str],
    ) -> None:
        self._table = table
        self._at = {name: index for index, name in enumerate(sheet.columns)}
        self._spot = Spot(file.name, sheet.head_line)
        self._zone: tzinfo | None = zones.load(table.zone) if table.zone else None
        self._kinds = _kinds(program)
        self._noted = noted
        self._subject = self._get(table.subject) if table.subject is not None else None
        self._state = self._column(table.state) if table.state else None
        self._steps = tuple(self._step(each) for each in table.productions)
        self._types = [each.type for each in table.productions]

    def row(self, cells: list[str]) -> Iterator[dict[str, Any] | Unfit]:
        """The mappings that a row gives."""
        start: str | None = None
        try:
            is_silent = self._state is not None and self._is_unmapped(cells)
        except Unfit as unfit:
            yield unfit
            return
        for at, step in enumerate(() if is_silent else self._steps):
            try:
                content = self._content(step, cells)
                if content is not None and self._table.kind == "intervals":
                    if at == 0:
                        start = content["time"]
                    elif start is not None:
                        _in_order(start, content["time"])
            except Unfit as unfit:
                yield unfit
                continue
            if content is not None:
                yield content

    def _content(self, step: _Step, cells: list[str]) -> dict[str, Any] | None:
        for column, values in step.when:
            if cells[column] not in values:
                if column != self._state:
                    self._noted[f"{step.label}: when"] += 1
                return None
        for column, name in zip(step.skip, step.production.skip_columns, strict=True):
            if self._is_blank(cells[column]):
                self._noted[f"{step.label}: blank {name}"] += 1
                return None
        moment = None
        if step.time is not None:
            cell = cells[step.time]
            if self._is_blank(cell):
                if self._table.kind == "register":
                    moment = None
                elif step.production.skip_blank or (
                    self._table.kind == "intervals" and step is self._steps[-1]
                ):
                    self._noted[f"{step.label}: blank {step.production.time}"] += 1
                    return None
                else:
                    raise Unfit(CellBlank, column=step.production.time)
            else:
                moment = self._not_before(
                    step, cells, self._moment(step.production.time, cell, step.time_format)
                )
        inner = {name: value for name, get in step.fields if not self._is_blank(value := get(cells))}
        if self._table.kind == "register":
            return self._entry(step, cells, moment, inner)
        return self._event(step, cells, moment or "", inner)

    def _entry(
        self, step: _Step, cells: list[str], since: str | None, attributes: dict[str, Any]
    ) -> dict[str, Any]:
        content: dict[str, Any] = {"entity": step.production.type, "attributes": attributes}
        if since is not None:
            content["from"] = since
        for name, get in step.values:
            content[name] = get(cells)
        return content

    def _event(self, step: _Step, cells: list[str], time: str, data: dict[str, Any]) -> dict[str, Any]:
        production = step.production
        content: dict[str, Any] = {"type": production.type, "time": time, "data": data}
        if self._subject is not None:
            content["subject"] = self._subject(cells)
        for name, get in step.values:
            if not self._is_blank(value := get(cells)):
                content[name] = value
        if self._table.source:
            content["source"] = self._table.source
        if "id" not in content:
            own = f"{content.get('subject', '')}:{production.type}"
            if self._table.kind == "wide":
                # A second row about the same subject is the same event; if it says otherwise, that is a conflict.
                content["id"] = own if self._types.count(production.type) == 1 else f"{own}:{production.time}"
            else:
                content["id"] = f"{own}:{time}"
        return content

    def _is_unmapped(self, cells: list[str]) -> bool:
        """Whether a state means nothing here; one that nobody mentions is unfit."""
        assert self._state is not None
        state = cells[self._state]
        if any(
            column == self._state and state in values for step in self._steps for column, values in step.when
        ):
            return False
        if state in self._table.ignore:
            self._noted[f"{self._table.file}: {self._table.state} = {state}"] += 1
            return True
        if self._is_blank(state):
            raise Unfit(CellBlank, column=self._table.state)
        raise Unfit(ValueUnmapped, column=self._table.state, found=state, state=state)

    def _is_blank(self, cell: str) -> bool:
        return not cell or cell.isspace() or cell in self._table.blank

    def _moment(self, column: str, cell: str, form: str) -> str:
        """The RFC 3339 text of a cell; a local time is told by the binding's zone."""
        try:
            return self._read_moment(cell.strip(), form)
        except TimeError as error:
            fix = Text(en=error.fix_en, zh=error.fix_zh) if error.fix_en else None
            raise Unfit(
                CellTime, column=column, reason=Text(en=error.en, zh=error.zh), fix_words=fix
            ) from None

    def _not_before(self, step: _Step, cells: list[str], moment: str) -> str:
        """The time itself, or that of the column before which it may not lie."""
        if step.not_before is None or self._is_blank(cells[step.not_before]):
            return moment
        column = step.production.not_before
        bound = self._moment(column, cells[step.not_before], step.time_format)
        if instant.parse(moment) >= instant.parse(bound):
            return moment
        self._noted[f"{step.label}: moved to {column}"] += 1
        return bound

    def _read_moment(self, cell: str, form: str) -> str:
        try:
            moment = datetime.strptime(cell, form) if form else datetime.fromisoformat(cell)  # noqa: DTZ007 - the zone is given beside
        except ValueError:
            wanted = f"`{form}`" if form else "ISO 8601"
            raise TimeError(
                "SLA-E0820", f"`{cell}` is not written as {wanted}", f"`{cell}` 不符合 {wanted} 的写法"
            ) from None
        if moment.tzinfo is not None:
            return instant.format(instant.from_datetime(moment))
        if self._zone is None:
            raise TimeError(
                "SLA-E0820",
                f"`{cell}` has no offset, and the binding names no zone",
                f"`{cell}` 没有偏移量，绑定也未写明时区",
                fix_en='write `zone = "America/New_York"` in the table\'s binding',
                fix_zh='在该表的绑定中写 `zone = "Asia/Shanghai"`',
            )
        table = self._table
        return instant.format(instant.from_local(moment, self._zone, gap=table.gap, overlap=table.overlap))

    # --- looking up columns, once a file

    def _step(self, production: Production) -> _Step:
        table = self._table
        form = production.time_format or table.time_format
        kinds = self._kinds.get(production.type, {})
        return _Step(
            production,
            self._column(production.time) if production.time else None,
            f"{table.file}: {production.type}",
            tuple((name, self._typed(name, value, "instant" if name == "recordedtime" else "", form))
                  for name, value in production.attributes),
            tuple((name, self._typed(name, value, kinds.get(name, ""), form)) for name, value in production.fields),
            tuple((self._column(column), values) for column, values in production.when),
            tuple(self._column(column) for column in production.skip_columns),
            self._column(production.not_before) if production.not_before else None,
            form,
        )  # fmt: skip

    def _typed(self, name: str, value: Value, kind: str, form: str) -> Get:
        """A getter; cells of a declared instant or date are read in the binding's formats."""
        get = self._get(value)
        column = value.column if isinstance(value, Cell) else name
        if kind == "instant":
            return lambda cells: (
                cell if self._is_blank(cell := get(cells)) else self._moment(column, cell, form)
            )
        if kind == "date" and self._table.date_format:
            return lambda cells: cell if self._is_blank(cell := get(cells)) else self._date(column, cell)
        if self._table.decimal == "," and kind.partition(":")[0] in _NUMBERS and isinstance(value, Cell):
            return lambda cells: cell if self._is_blank(cell := get(cells)) else _with_point(column, cell)
        return get

    def _date(self, column: str, cell: str) -> str:
        form = self._table.date_format
        try:
            return datetime.strptime(cell.strip(), form).date().isoformat()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            reason = Text(en=f"`{cell}` is not written as `{form}`", zh=f"`{cell}` 不符合 `{form}` 的写法")
            raise Unfit(CellTime, column=column, reason=reason, found=cell) from None

    def _get(self, value: Value) -> Get:
        if isinstance(value, Constant):
            constant = value.value
            return lambda _: constant
        if isinstance(value, Template):
            return self._filled(value)
        at = self._column(value.column)
        if value.mapping is None:
            return lambda cells: cells[at].strip()
        known, otherwise, column = dict(value.mapping), value.otherwise, value.column

        def mapped(cells: list[str]) -> str:
            cell = cells[at].strip()
            found = known.get(cell, otherwise)
            if found is None:
                if self._is_blank(cell):
                    return ""
                raise Unfit(ValueUnmapped, column=column, found=cell)
            return found

        return mapped

    def _filled(self, template: Template) -> Get:
        columns = [self._column(name) for name in template.parts[1::2]]
        texts = template.parts[::2]

        def filled(cells: list[str]) -> str:
            out = texts[0]
            for at, name, text in zip(columns, template.parts[1::2], texts[1:], strict=True):
                if self._is_blank(cells[at]):
                    raise Unfit(CellBlank, column=name)
                out += cells[at].strip() + text
            return out

        return filled

    def _column(self, name: str) -> int:
        at = self._at.get(name)
        if at is None:
            columns = tuple(self._at)
            shown = columns if len(columns) <= SHOWN else (*columns[:SHOWN], f"+ {len(columns) - SHOWN}")
            raise Stop(ColumnMissing(self._spot, column=name, near=close(name, columns), columns=shown))
        return at


def _with_point(column: str, cell: str) -> str:
    """A number with a decimal comma as one with a point; `9.00` might be nine or nine hundred and is refused."""
    found = _COMMA.fullmatch(cell)
    if found is None:
        raise Unfit(CellNumber, column=column, found=cell)
    before, whole, places, after = found.groups()
    digits = "".join(sign for sign in whole if sign.isdigit())
    return f"{before}{digits}{'.' + places if places else ''}{after}"


def _kinds(program: Program) -> dict[str, dict[str, str]]:
    found = {event.name: {item.name: item.type for item in event.fields} for event in program.events}
    for entity in program.entities:
        found.setdefault(entity.name, {}).update((item.name, item.type) for item in entity.attributes)
    found.setdefault("agreement", {}).update((item.name, item.type) for item in program.parameters)
    return found


def _in_order(start: str, end: str) -> None:
    if instant.parse(end) < instant.parse(start):
        raise Unfit(IntervalReversed, start=start, end=end)
