"""An outcome goes in; one of its tables comes out as CSV, with the same names and texts as in the published JSON."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Any, Literal

from slalang.outcome.as_json import Telling
from slalang.outcome.schema import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from slalang.outcome.whole import Outcome

Table = Literal["verdicts", "metrics", "ledger", "balances", "rights", "notices", "faults"]


def as_csv(outcome: Outcome, table: Table = "verdicts") -> Iterator[str]:
    """The head and the rows of one table, each with its line end.

    Absent values are empty cells; lists and keys are JSON in a cell; `true` and `false` are written so.
    """
    told = Telling(outcome.zone)
    tables: dict[str, tuple[Iterable[Any], Callable[[Any], dict[str, Any]]]] = {
        "verdicts": (outcome.verdicts, told.verdict),
        "metrics": (outcome.metrics, told.metric),
        "ledger": (outcome.ledger, told.line),
        "balances": (outcome.balances, told.balance),
        "rights": (outcome.rights, told.right),
        "notices": (outcome.notices, told.notice),
        "faults": (outcome.faults, told.fault),
    }
    records, tell = tables[table]
    names = columns(table)
    yield _row(names)
    for record in records:
        values = tell(record)
        yield _row([_cell(values.get(name)) for name in names])


def _row(cells: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return str(value)
