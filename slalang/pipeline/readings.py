"""A loaded run goes in; what hangs on how its contract is read comes out: results that differ under each option, ranges over all ways."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Any, Final

from slalang.outcome.changes.comparing import TABLES, compare, paired, tables
from slalang.outcome.changes.money import NOTHING, OWED, differences
from slalang.outcome.changes.readings import Asked, Comparison, Other, Spread, Total
from slalang.values import duration, instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from slalang.ir.program import Reading
    from slalang.outcome.changes.records import Key, Published, Table
    from slalang.pipeline.running import Run

_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT")
_DAYS: Final = re.compile(r"(-?)P(\d+)[DM]")
MOST_WAYS: Final = (
    64  # ways to read a contract that are all evaluated; of more, only what matters is combined
)
# What of a result spreads; a verdict by its deadline, besides its status.
FIGURE: Final[dict[str, str]] = {
    "verdicts": "deadline",
    "metrics": "value",
    "ledger": "amount",
    "rights": "since",
}


def read_otherwise(run: Run) -> Comparison:
    """Evaluate the run as it stands and under the other ways to read its contract.

    Each option of each reading is taken by itself, then every combination of them. Where these are too many, those of the
    readings that matter by themselves; where even these are too many, none.
    """
    program = run.program
    taken = {one.name: run.readings.get(one.name, one.chosen) for one in program.readings}
    outcome = run.outcome()
    base = tables(outcome)
    ranges = _Ranges(base)
    asked = []
    for one in program.readings:
        others = []
        for option in one.options:
            if option == taken[one.name]:
                continue
            other = tables(run.outcome(readings={**taken, one.name: option}))
            ranges.add(other)
            money = differences(base["ledger"], other["ledger"])
            others.append(Other(option, compare(base, other).changes, money))
        asked.append(Asked(one.name, one.clause, one.question, taken[one.name], tuple(others)))
    possible = prod(len(one.options) for one in program.readings)
    matter = {one.name for one in asked if one.matters}
    combined = [one for one in program.readings if possible <= MOST_WAYS or one.name in matter]
    combined = combined if prod(len(one.options) for one in combined) <= MOST_WAYS else []
    if combined:
        for way in _several(combined, taken):
            ranges.add(tables(run.outcome(readings=way)))
    kinds = {(one.rule, one.value.type) for one in outcome.metrics if one.value is not None}
    return Comparison(
        outcome.contract, outcome.version, outcome.zone, outcome.as_of, tuple(asked), tuple(ranges.spreads()),
        tuple(ranges.totals()), ranges.ways, possible, tuple(one.name for one in combined), tuple(sorted(kinds)),
    )  # fmt: skip


def _several(readings: Sequence[Reading], taken: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The ways in which more than one of the readings is answered otherwise than it is."""
    for options in itertools.product(*(one.options for one in readings)):
        way = {**taken, **{one.name: option for one, option in zip(readings, options, strict=True)}}
        if sum(way[name] != taken[name] for name in taken) > 1:
            yield way


@dataclass(slots=True)
class _Seen:
    """One result under the ways evaluated so far."""

    table: Table
    record: Published
    times: int = 0
    statuses: dict[str, None] = field(default_factory=dict)
    figures: dict[Any, str] = field(default_factory=dict)
    unknown: bool = False

    def add(self, record: Published) -> None:
        self.times += 1
        status = record.get("status")
        if status is not None:
            self.statuses[status] = None
        text = record[FIGURE[self.table]]
        if status == "undetermined" or (text is None and self.table in {"metrics", "ledger"}):
            self.unknown = True
        elif text is not None:
            self.figures[self._measured(text)] = text

    def _measured(self, text: str) -> Any:
        if self.table in {"verdicts", "rights"}:
            return instant.parse(text)
        if self.table == "ledger":
            return Fraction(text)
        return _comparable(text)


class _Ranges:
    """Results side by side, and what is owed in all, while the ways come in."""

    def __init__(self, base: Published) -> None:
        self._base = base
        self._seen: dict[Key, _Seen] = {}
        self._owed: list[dict[tuple[str, str, str, str, str], Fraction]] = []
        self.ways = 0
        self.add(base)

    def add(self, other: Published) -> None:
        """One more way."""
        self.ways += 1
        for table in TABLES:
            for _, _, record, keys in paired(table, self._base[table], other[table]):
                if record is not None:
                    self._seen.setdefault(keys[0], _Seen(table, record)).add(record)
        self._owed.append(_sums(other["ledger"]))

    def spreads(self) -> Iterator[Spread]:
        """What is not the same under all ways."""
        for one in self._seen.values():
            values = sorted(one.figures)
            absent = one.times < self.ways
            if not absent and len(one.statuses) <= 1 and len(values) <= 1 and not (one.unknown and values):
                continue
            low, high = (one.figures[values[0]], one.figures[values[-1]]) if values else (None, None)
            yield Spread(one.table, one.record, tuple(one.statuses), low, high, absent, one.unknown)

    def totals(self) -> Iterator[Total]:
        """What is owed in all where the ways come to different sums."""
        for who in sorted({who for sums in self._owed for who in sums}):
            found = [sums.get(who, Fraction(0)) for sums in self._owed]
            if min(found) != max(found):
                yield Total(*who, str(min(found)), str(max(found)))


def _sums(ledger: Sequence[Published]) -> dict[tuple[str, str, str, str, str], Fraction]:
    sums: dict[tuple[str, str, str, str, str], Fraction] = {}
    for line in ledger:
        if line["status"] in NOTHING or line["status"] == "displaced" or line["amount"] is None:
            continue
        status = "owed" if line["status"] in OWED else line["status"]
        who = (line["agreement"] or "", line["debtor"], line["creditor"], line["unit"], status)
        sums[who] = sums.get(who, Fraction(0)) + Fraction(line["amount"])
    return sums


def _comparable(text: str) -> Any:
    """The published value of a metric as something with an order; values of one metric are of one kind."""
    if text.startswith(("PT", "-PT")):
        return Fraction(duration.parse(text))
    if text in {"true", "false"}:
        return Fraction(text == "true")
    if _INSTANT.match(text):
        return instant.parse(text)
    if days := _DAYS.fullmatch(text):
        return Fraction(days[1] + days[2])
    return Fraction(text.partition(" ")[0])
