"""A restatement goes in; its published JSON, and its tables as CSV, come out."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Any, Final, Literal

from slalang.outcome.as_json import Telling, number
from slalang.outcome.changes.comparing import EVERY
from slalang.outcome.changes.schema import columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from slalang.outcome.changes.records import Adjustment, Cause, Change, Difference, Published, Restatement

FORMAT: Final = "slalang-restatement/1"
Csv = Literal["changes", "money", "adjustments"]


def as_json(found: Restatement) -> Iterator[str]:
    """The whole restatement piece by piece; one record a line."""
    told = Telling(found.zone)
    head = {
        "format": FORMAT,
        "contract": {"title": found.contract, "version": found.version, "zone": found.zone},
        "before": {"as_of": told.moment(found.before_as_of), "reproduced": found.reproduced},
        "as_of": told.moment(found.as_of),
        "facts": dict(found.facts),
        "tried": found.tried,
        "needless": found.needless,
        "grouped": found.grouped,
        "other_inputs": [
            {"name": name, "before": one or None, "after": other or None}
            for name, one, other in found.other_inputs
        ],
        "ran_on": found.ran_on,
        "confirmed": found.confirmed,
    }
    yield "{\n" + ",\n".join(f'"{name}": {_dump(value)}' for name, value in head.items())
    for table in EVERY:
        yield from _records(table, [as_change(one, told) for one in found.changes if one.table == table])
    yield from _records("money", [as_money(one) for one in found.money])
    yield from _records("adjustments", [_adjustment(one, told) for one in found.adjustments])
    yield "\n}\n"


def as_csv(found: Restatement, table: Csv) -> Iterator[str]:
    """One table: `changes` has a row for each field that differs; absent values are empty, lists and objects JSON in a cell."""
    told = Telling(found.zone)
    names = columns(table)
    yield _row(names)
    if table == "changes":
        rows: list[Published] = [row for one in found.changes for row in _rows(one)]
    elif table == "money":
        rows = [as_money(one) for one in found.money]
    else:
        rows = [_adjustment(one, told) for one in found.adjustments]
    for row in rows:
        yield _row([_cell(row[name]) for name in names])


def _rows(one: Change) -> Iterator[Published]:
    record = one.record
    causes = " ".join(cause.event or cause.sort for cause in one.causes)
    for name, before, after in one.fields:
        yield {
            "table": one.table, "kind": one.kind, "restates": one.restates, "rule": record.get("rule"),
            "clause": record.get("clause"), "agreement": record["agreement"], "subject": record.get("subject"),
            "instance": record.get("instance"), "period": record.get("period"),
            "field": name, "before": before, "after": after, "causes": causes or None,
        }  # fmt: skip


def as_change(one: Change, told: Telling) -> Published:
    """A result that differs, before and after, with what differs and why."""
    record = one.record
    return {
        "kind": one.kind,
        "restates": one.restates,
        "rule": record.get("rule"),
        "clause": record.get("clause"),
        "agreement": record["agreement"],
        "subject": record.get("subject"),
        "instance": record.get("instance"),
        "period": record.get("period"),
        "fields": [{"name": name, "before": a, "after": b} for name, a, b in one.fields],
        "causes": [_cause(cause, told) for cause in one.causes],
        "before": one.before,
        "after": one.after,
    }


def _cause(one: Cause, told: Telling) -> Published:
    return {
        "sort": one.sort,
        "event": one.event or None,
        "type": one.type or None,
        "subject": one.subject or None,
        "at": told.moment(one.at),
        "recorded": told.moment(one.recorded),
        "about": one.about or None,
    }


def as_money(one: Difference) -> Published:
    """What one party owes another for a period, before and after."""
    return {
        "agreement": one.agreement or None,
        "debtor": one.debtor,
        "creditor": one.creditor,
        "unit": one.unit,
        "period": one.period or None,
        "status": one.status,
        "before": number(one.before),
        "after": number(one.after),
        "difference": number(one.difference),
    }


def _adjustment(one: Adjustment, told: Telling) -> Published:
    record, corrects = one.record, one.corrects
    return {
        **{name: record[name] for name in ("rule", "clause", "agreement", "key", "period")},
        "posted_period": one.posted_period or None,
        "debtor": record["debtor"],
        "creditor": record["creditor"],
        "amount": _number(one.amount),
        "unit": record["unit"],
        "corrects": None
        if corrects is None
        else {name: corrects[name] for name in ("posted_period", "amount", "status")},
        "causes": [_cause(cause, told) for cause in one.causes],
    }


def _number(value: Fraction | None) -> str | None:
    return None if value is None else number(value)


def _records(name: str, records: Iterable[Published]) -> Iterator[str]:
    lines = [_dump(record) for record in records]
    yield f',\n"{name}": ' + ("[\n" + ",\n".join(lines) + "\n]" if lines else "[]")


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _row(cells: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
