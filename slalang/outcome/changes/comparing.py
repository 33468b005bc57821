"""Two outcomes in published form go in; the results that differ, before and after, come out, table by table."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from slalang.outcome.as_json import Telling
from slalang.outcome.changes.records import Change
from slalang.values import instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from slalang.outcome.changes.records import Key, Published, Table
    from slalang.outcome.whole import Outcome

TABLES: Final[tuple[Table, ...]] = ("verdicts", "metrics", "ledger", "rights")
EVERY: Final[tuple[Table, ...]] = (
    *TABLES,
    "balances",
    "notices",
    "faults",
)  # those that follow from them, too
# What a result says; the rest tells where it comes from (evidence, clause, assumptions, version).
SAYS: Final[dict[Table, tuple[str, ...]]] = {
    "verdicts": (
        "status", "final", "measure", "limit", "margin", "start", "deadline", "deadline_if_resumed_now",
        "discharged_at", "breached_at", "standstill", "excuses", "gaps", "debtor", "creditor", "reason",
    ),
    "metrics": ("value", "numerator", "denominator", "final", "low", "high", "left_out", "reason"),
    "ledger": (
        "amount", "exact", "status", "final", "posted_period", "due", "claim_until", "reason",
    ),
    "rights": ("status", "final", "since", "until", "exercised_at", "reason"),
    "balances": ("posted", "accrued", "paid", "set_off", "open", "unknown", "final"),
    "notices": ("at", "status"),
    "faults": ("at", "text"),
}  # fmt: skip
NAMED: Final[dict[Table, tuple[str, ...]]] = {
    "verdicts": ("rule", "agreement", "subject", "instance", "period", "key"),
    "metrics": ("rule", "agreement", "key", "period"),
    "ledger": ("rule", "agreement", "key", "period", "debtor", "creditor", "unit", "because", "carried_from"),
    "rights": ("rule", "agreement", "subject", "since"),
    "balances": ("agreement", "debtor", "creditor", "unit", "period", "held"),
    "notices": ("rule", "agreement", "subject", "instance", "to", "text"),
    "faults": ("code", "agreement", "subject", "event"),
}
# One case begins with another event once that is corrected; its amounts name that event; one right begins at another
# instant: what is left over on both sides is paired by the wider name.
WIDER: Final[dict[Table, tuple[str, ...]]] = {
    "verdicts": ("rule", "agreement", "subject", "period", "key"),
    "metrics": ("rule", "agreement", "key", "period"),
    "ledger": ("rule", "agreement", "key", "period", "debtor", "creditor", "unit", "breach", "carried_from"),
    "rights": ("rule", "agreement", "subject"),
    "balances": ("agreement", "debtor", "creditor", "unit", "period", "held"),
    "notices": ("rule", "agreement", "subject", "to", "text"),
    "faults": ("code", "agreement", "subject", "event"),
}
RUNNING: Final = {"measure", "margin", "deadline_if_resumed_now"}


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, and how many differences are none worth a line."""

    changes: tuple[Change, ...]
    ran_on: int
    confirmed: int

    @property
    def keys(self) -> frozenset[Key]:
        """The results that differ."""
        return frozenset(key for change in self.changes for key in change.keys)


def tables(outcome: Outcome) -> Published:
    """The tables of an outcome in published form, with its as-of instant."""
    told = Telling(outcome.zone)
    return {
        "as_of": told.moment(outcome.as_of),
        "verdicts": [told.verdict(one) for one in outcome.verdicts],
        "metrics": [told.metric(one) for one in outcome.metrics],
        "ledger": [told.line(one) for one in outcome.ledger],
        "rights": [told.right(one) for one in outcome.rights],
        "balances": [told.balance(one) for one in outcome.balances],
        "notices": [told.notice(one) for one in outcome.notices],
        "faults": [told.fault(one) for one in outcome.faults],
    }


def compare(before: Published, after: Published, over: Sequence[Table] = TABLES) -> Compared:
    """Each result of one outcome beside its own in the other; those that say the same are left out."""
    changes: list[Change] = []
    counts = {"ran_on": 0, "confirmed": 0}
    closed = Closing(before)
    for table in over:
        for _, one, other, keys in paired(table, before[table], after[table]):
            fields = _differing(table, one, other)
            if not fields:
                continue
            names = {name for name, _, _ in fields}
            if one is not None and other is not None and _settled(table, names, other):
                counts["confirmed"] += 1
            elif one is not None and other is not None and _runs_on(table, one, names):
                counts["ran_on"] += 1
            else:
                kind = "appeared" if one is None else "gone" if other is None else "changed"
                restates = closed.held(table, one, other)
                changes.append(Change(table, kind, restates, one, other, fields, keys))  # type: ignore[arg-type]
    return Compared(tuple(changes), counts["ran_on"], counts["confirmed"])


def _settled(table: Table, names: set[str], other: Published) -> bool:
    """A result that became final as it was, or a notice that was sent when it was to be."""
    if table == "notices":
        return names == {"status"} and bool(other["status"] == "sent")
    return names == {"final"} and bool(other["final"])


def _runs_on(table: Table, one: Published, names: set[str]) -> bool:
    """An open case that has only used more of its time."""
    return (
        table == "verdicts"
        and one["status"] in {"pending", "overdue"}
        and one["discharged_at"] is None
        and names <= RUNNING
    )


def _differing(
    table: Table, one: Published | None, other: Published | None
) -> tuple[tuple[str, Any, Any], ...]:
    left, right = one or {}, other or {}
    names = [*(["instance"] if table == "verdicts" and one and other else []), *SAYS[table]]
    if one is None or other is None:
        names = [name for name in SAYS[table] if left.get(name) or right.get(name)]
    return tuple(
        (name, left.get(name), right.get(name)) for name in names if left.get(name) != right.get(name)
    )


def paired(
    table: Table, before: Iterable[Published], after: Iterable[Published]
) -> list[tuple[str, Published | None, Published | None, tuple[Key, ...]]]:
    """Every result of either side beside its own in the other, if it is there; the first of its keys is that of the first side.

    Results of one name are paired in the order in which they stand; then what is left over, by the wider name.
    """
    one, other = _by_key(table, before), _by_key(table, after)
    pairs = [((key, key), one[key], other[key]) for key in one if key in other]
    left = _by_name(table, {key: value for key, value in one.items() if key not in other})
    right = _by_name(table, {key: value for key, value in other.items() if key not in one})
    found: list[tuple[str, Published | None, Published | None, tuple[Key, ...]]] = [
        (keys[0][1], a, b, tuple(dict.fromkeys(keys))) for keys, a, b in pairs
    ]
    for name in dict.fromkeys((*left, *right)):
        gone, come = left.get(name, []), right.get(name, [])
        for at in range(max(len(gone), len(come))):
            a = gone[at] if at < len(gone) else None
            b = come[at] if at < len(come) else None
            keys = tuple(side[0] for side in (a, b) if side is not None)
            found.append((name, a[1] if a else None, b[1] if b else None, keys))
    order: Callable[[Any], Any] = lambda row: (row[0], row[3])  # noqa: E731 - the key of one sort
    return sorted(found, key=order)


def _by_key(table: Table, records: Iterable[Published]) -> dict[Key, Published]:
    seen: dict[str, int] = defaultdict(int)
    found: dict[Key, Published] = {}
    for record in records:
        name = _name(record, NAMED[table])
        found[table, name, seen[name]] = record
        seen[name] += 1
    return found


def _by_name(table: Table, records: dict[Key, Published]) -> dict[str, list[tuple[Key, Published]]]:
    found: dict[str, list[tuple[Key, Published]]] = defaultdict(list)
    for key, record in records.items():
        found[_name(record, WIDER[table])].append((key, record))
    return found


def _name(record: Published, parts: tuple[str, ...]) -> str:
    return json.dumps([_part(record, part) for part in parts], ensure_ascii=False, sort_keys=True)


def _part(record: Published, part: str) -> Any:
    """`because`: what the amount was read from, without the claim that may follow; `breach`: the same without the instance."""
    if part not in {"because", "breach"}:
        return record[part]
    first = record["because"][:1]
    if part == "because" or not first:
        return first
    named, _, _ = first[0].rpartition(" ")
    return named or first


class Closing:
    """What an earlier outcome had settled: results it called final, notices it had sent, and periods it had closed."""

    def __init__(self, before: Published) -> None:
        """Find the periods that were over and of which every figure was final."""
        self._as_of = instant.parse(before["as_of"])
        self._open = {
            (record["agreement"], record["period"]) for record in before["metrics"] if not record["final"]
        }
        self._ends = {
            record["period"]: record["period_end"]
            for table in ("metrics", "ledger")
            for record in before[table]
            if record["period"] is not None and record["period_end"] is not None
        }

    def held(self, table: Table, one: Published | None, other: Published | None) -> bool:
        """Whether a change of this result goes back on what the earlier run had settled."""
        record = one if one is not None else other
        assert record is not None
        if table in {"notices", "faults"}:
            # What was sent, or found, cannot be undone; what belongs to that time and was not there was wanting then.
            if one is not None:
                return table == "faults" or bool(one["status"] == "sent")
            return self._was(record["at"])
        if one is not None and (table != "ledger" or one["status"] != "provisional"):
            return bool(one["final"])
        if table == "balances":
            return self._was(self._ends.get(record["period"]))
        if table == "ledger":
            return one is None and self.closed(record)
        name = {"verdicts": "start", "metrics": "period_end", "rights": "since"}[table]
        return self._was(record[name])

    def closed(self, line: Published) -> bool:
        """Whether the measured period of a ledger line was over, with all its figures final, when the earlier run was made."""
        return self._was(line["period_end"]) and (line["agreement"], line["period"]) not in self._open

    def _was(self, at: str | None) -> bool:
        return at is not None and instant.parse(at) <= self._as_of
