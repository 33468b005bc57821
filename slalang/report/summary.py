"""An outcome goes in; its counts by rule and status, totals by party, breaches and open points come out, for any rendering."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.explain.wording import numbers
from slalang.outcome.naming import named
from slalang.outcome.records import Quantity
from slalang.values import civil
from slalang.values import duration as durations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.diagnostics.diagnostic import Language
    from slalang.outcome.records import LedgerLine, MetricValue, Period, Verdict
    from slalang.outcome.whole import Outcome

STATUSES = ("met", "late", "overdue", "broken", "excused", "pending", "void", "undetermined")
BREACHED = frozenset({"late", "overdue", "broken"})
ALWAYS_SHOWN = ("met", "late", "overdue")  # columns that stand even when they are empty


@dataclass(slots=True)
class Tally:
    """How the cases of one rule came out."""

    rule: str
    clause: str
    counts: Counter[str] = field(default_factory=Counter)
    provisional: int = 0

    @property
    def cases(self) -> int:
        """All cases of the rule."""
        return sum(self.counts.values())

    @property
    def breached(self) -> int:
        """Cases that are late, overdue or broken."""
        return sum(self.counts[status] for status in BREACHED)


@dataclass(frozen=True, slots=True)
class Total:
    """What one party owes another over some lines of one status, and what of it could not be determined."""

    agreement: str
    debtor: str
    creditor: str
    unit: str
    status: str
    amount: Fraction
    lines: int
    unknown: int


def tallies(verdicts: Iterable[Verdict]) -> list[Tally]:
    """The rules in the order in which they first appear, each with its counts by status."""
    found: dict[str, Tally] = {}
    for verdict in verdicts:
        tally = found.get(verdict.rule)
        if tally is None:
            tally = found[verdict.rule] = Tally(verdict.rule, verdict.clause)
        tally.counts[verdict.status] += 1
        tally.provisional += not verdict.final
    return list(found.values())


def columns(found: Iterable[Tally]) -> tuple[str, ...]:
    """The statuses that a table needs."""
    seen = {status for tally in found for status, count in tally.counts.items() if count}
    return tuple(status for status in STATUSES if status in seen or status in ALWAYS_SHOWN)


def totals(ledger: Iterable[LedgerLine], *, by_agreement: bool = True) -> list[Total]:
    """The ledger added up by agreement (or over all of them), parties, unit and status; nothing is counted twice."""
    found: dict[tuple[str, str, str, str, str], list[LedgerLine]] = {}
    for line in ledger:
        debtor, creditor = named(line.debtor, line.debtor_party), named(line.creditor, line.creditor_party)
        key = (line.agreement if by_agreement else "", debtor, creditor, line.unit, line.status)
        found.setdefault(key, []).append(line)
    return [
        Total(
            *key,
            amount=sum((line.amount for line in lines if line.amount is not None), Fraction(0)),
            lines=len(lines),
            unknown=sum(line.amount is None for line in lines),
        )
        for key, lines in found.items()
    ]


def of_period(outcome: Outcome, period: str) -> list[Verdict]:
    """The verdicts of a measured period (`2026-03`): those that name it or a shorter period that begins in it (a day's report),
    and cases that started in it.

    The period's bounds are those of the metrics and of the recurring duties that name it; where none does, only
    verdicts that name the period themselves are its own.
    """
    bounds = _bounds(outcome, period)
    return [
        verdict
        for verdict in outcome.verdicts
        if (
            verdict.period.label == period or _begins_in(verdict.period, bounds)
            if verdict.period is not None
            else _inside(verdict.start, bounds)
        )
    ]


def periods(outcome: Outcome) -> list[str]:
    """The labels of all measured periods, in order."""
    named = {item.period.label: item.period.start for item in outcome.metrics}
    named |= {line.period.label: line.period.start for line in outcome.ledger if line.period is not None}
    return sorted(named, key=lambda label: (named[label], label))


def breaches(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Breached verdicts, the one that ran furthest over its limit first; those without a margin last."""
    found = [verdict for verdict in verdicts if verdict.status in BREACHED]
    return sorted(found, key=_overrun)


def undetermined(outcome: Outcome) -> tuple[list[Verdict], list[MetricValue], list[LedgerLine]]:
    """Whatever the data or the contract could not decide."""
    return (
        [verdict for verdict in outcome.verdicts if verdict.status == "undetermined"],
        [item for item in outcome.metrics if item.value is None],
        [line for line in outcome.ledger if line.amount is None],
    )


def assumptions(verdicts: Iterable[Verdict]) -> list[tuple[str, str, str, str, int]]:
    """Each thing that verdicts rest on, once: (sort, name, value, reason, how many verdicts)."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for verdict in verdicts:
        for item in verdict.assumptions:
            found[item.sort, item.name, item.value, item.reason] += 1
    return [(*key, count) for key, count in found.items()]


def in_words(sort: str, value: str, language: Language) -> str:
    """An assumption's value as a person writes it: `PT30M` is 30 min, `P7D` is 7 days."""
    if sort != "open_word":
        return value
    if value.startswith(("PT", "-PT")):
        return numbers.duration(durations.parse(value), language)
    count, _, calendar = value.partition("@")  # working days, of a calendar
    if calendar and count.isdigit():
        told_days = numbers.days(Fraction(count), "workdays", language)
        return f"{told_days}（{calendar}）" if language == "zh" else f"{told_days} of {calendar}"
    length = civil.parse(value)
    if length is None:
        return value
    parts = zip(("months", "civil"), length, strict=True)
    told = [numbers.quantity(Quantity(sort, Fraction(part)), language) for sort, part in parts if part]
    return " ".join(told) or numbers.days(Fraction(0), "civil", language)


def _bounds(outcome: Outcome, period: str) -> tuple[int, int] | None:
    for item in outcome.metrics:
        if item.period.label == period:
            return item.period.start, item.period.end
    for line in outcome.ledger:
        if line.period is not None and line.period.label == period:
            return line.period.start, line.period.end
    for verdict in outcome.verdicts:
        if verdict.period is not None and verdict.period.label == period:
            return verdict.period.start, verdict.period.end
    return None


def _begins_in(inner: Period, bounds: tuple[int, int] | None) -> bool:
    """Whether a shorter period begins in another one."""
    return (
        bounds is not None
        and inner.end - inner.start < bounds[1] - bounds[0]
        and _inside(inner.start, bounds)
    )


def _inside(at: int | None, bounds: tuple[int, int] | None) -> bool:
    return at is not None and bounds is not None and bounds[0] <= at < bounds[1]


def _overrun(verdict: Verdict) -> tuple[bool, Fraction, str, str]:
    margin = verdict.margin
    share = Fraction(0)
    if margin is not None:
        limit = verdict.limit
        share = margin.value / limit.value if limit is not None and limit.value else margin.value
    return (margin is None, share, verdict.rule, verdict.subject)
