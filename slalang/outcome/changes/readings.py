"""The records of a comparison of readings, and its published JSON: what differs under each option, and the range over all of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from slalang.outcome.as_json import Telling
from slalang.outcome.changes.as_json import as_change, as_money
from slalang.outcome.changes.comparing import TABLES
from slalang.outcome.changes.schema import MONEY, of_change
from slalang.outcome.schema import AT, COUNT, SAID, TEXT, TRUTH, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.outcome.changes.records import Change, Difference, Published, Table
    from slalang.outcome.schema import Schema

FORMAT: Final = "slalang-readings/1"


@dataclass(frozen=True, slots=True)
class Other:
    """What comes out otherwise if one reading is answered by another option, all others as they were."""

    option: str
    changes: tuple[Change, ...]
    money: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading of the contract: its question, the option that the run takes, and what the others change."""

    name: str
    clause: str
    question: str
    taken: str
    others: tuple[Other, ...]

    @property
    def matters(self) -> bool:
        """Whether any option moves anything."""
        return any(one.changes for one in self.others)


@dataclass(frozen=True, slots=True)
class Spread:
    """One result that is not the same under all ways to read the contract, in published form.

    Attributes:
        table: whose result it is.
        record: the result under the first way in which there is one; it names rule, agreement, subject, period.
        statuses: every status that it has, in the order found; empty where results of the table have none.
        low: the least value or amount, the earliest deadline (None: it has none that can be compared).
        high: the greatest, or the latest.
        absent: whether there is no such result under some way.
        unknown: whether it is undetermined under some way.
    """

    table: Table
    record: Published
    statuses: tuple[str, ...] = ()
    low: str | None = None
    high: str | None = None
    absent: bool = False
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """What one party owes another in all: the least and the most over all ways to read the contract; `status` groups lines (`owed`, …)."""

    agreement: str
    debtor: str
    creditor: str
    unit: str
    status: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that hangs on how the contract is read.

    Attributes:
        ways: how many ways were evaluated.
        possible: how many there are.
        combined: the readings whose options were combined with one another; the options of all others were taken one at a time.
    """

    contract: str
    version: str
    zone: str
    as_of: int
    readings: tuple[Asked, ...]
    spreads: tuple[Spread, ...]
    totals: tuple[Total, ...]
    ways: int
    possible: int
    combined: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...] = ()  # what the value of each metric is: ratio, duration, …

    @property
    def matters(self) -> bool:
        """Whether anything hangs on a reading."""
        return bool(self.spreads) or any(one.matters for one in self.readings)


def as_json(found: Comparison) -> Iterator[str]:
    """The whole comparison piece by piece; one record a line."""
    told = Telling(found.zone)
    head = {
        "format": FORMAT,
        "contract": {"title": found.contract, "version": found.version, "zone": found.zone},
        "as_of": told.moment(found.as_of),
        "ways": found.ways,
        "possible": found.possible,
        "combined": list(found.combined),
    }
    yield "{\n" + ",\n".join(f'"{name}": {_dump(value)}' for name, value in head.items())
    yield from _listed("readings", [_reading(one, told) for one in found.readings])
    yield from _listed("ranges", [_spread(one) for one in found.spreads])
    yield from _listed("totals", [_total(one) for one in found.totals])
    yield "\n}\n"


def schema() -> Schema:
    """The JSON Schema (2020-12) of what `as_json` writes."""
    option = record(
        option=TEXT,
        changes={"type": "array", "items": {"anyOf": [of_change(table, named=True) for table in TABLES]}},
        money={"type": "array", "items": MONEY},
    )
    reading = record(
        reading=TEXT,
        clause=SAID,
        question=TEXT,
        taken=TEXT,
        matters=TRUTH,
        options={"type": "array", "items": option},
    )
    spread = record(
        table={"enum": list(TABLES)}, rule=TEXT, clause=SAID, agreement=SAID, subject=SAID, instance=SAID,
        key={"type": ["object", "null"]}, period=SAID, unit=SAID, statuses={"type": "array", "items": TEXT},
        low=SAID, high=SAID, absent=TRUTH, undetermined=TRUTH,
    )  # fmt: skip
    total = record(agreement=SAID, debtor=TEXT, creditor=TEXT, unit=TEXT, status=TEXT, low=TEXT, high=TEXT)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What hangs on how a contract is read",
        **record(
            format={"const": FORMAT},
            contract=record(title=TEXT, version=TEXT, zone=TEXT),
            as_of=AT,
            ways=COUNT,
            possible=COUNT,
            combined={"type": "array", "items": TEXT},
            readings={"type": "array", "items": reading},
            ranges={"type": "array", "items": spread},
            totals={"type": "array", "items": total},
        ),
    }


def _reading(one: Asked, told: Telling) -> Published:
    return {
        "reading": one.name,
        "clause": one.clause or None,
        "question": one.question,
        "taken": one.taken,
        "matters": one.matters,
        "options": [
            {
                "option": other.option,
                "changes": [{"table": change.table, **as_change(change, told)} for change in other.changes],
                "money": [as_money(money) for money in other.money],
            }
            for other in one.others
        ],
    }


def _spread(one: Spread) -> Published:
    names = ("rule", "clause", "agreement", "subject", "instance", "key", "period", "unit")
    return {
        "table": one.table,
        **{name: one.record.get(name) for name in names},
        "statuses": list(one.statuses),
        "low": one.low,
        "high": one.high,
        "absent": one.absent,
        "undetermined": one.unknown,
    }


def _total(one: Total) -> Published:
    return {
        "agreement": one.agreement or None, "debtor": one.debtor, "creditor": one.creditor, "unit": one.unit,
        "status": one.status, "low": one.low, "high": one.high,
    }  # fmt: skip


def _listed(name: str, records: list[Published]) -> Iterator[str]:
    lines = [_dump(record) for record in records]
    yield f',\n"{name}": ' + ("[\n" + ",\n".join(lines) + "\n]" if lines else "[]")


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
