"""An outcome and a scenario's expectations go in; those that do not hold come out, each with what came instead."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from slalang.ir.expressions import Const
from slalang.outcome.records import ConstraintState, LedgerLine, MetricValue, Quantity, RightState, Verdict
from slalang.scenarios.beside import Missed, missed_beside
from slalang.scenarios.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slalang.ir.scenarios import Expectation, Scenario
    from slalang.outcome.whole import Outcome

Record: TypeAlias = "Verdict | MetricValue | LedgerLine | RightState | ConstraintState"
HOUR: Final = 3_600_000_000  # µs
BREACHED: Final = ("late", "overdue", "broken")
SHOWN: Final = 8  # candidates of an ambiguous expectation that are named
ENDS: Final = ("deadline", "until", "due", "claim_until")  # told as the 24:00 that ends a day
ATTRIBUTES: Final = {
    "discharged": "discharged_at",
    "breached": "breached_at",
    "posted": "posted_period",
    "carried_from": "carried_from",
}


def missed(scenario: Scenario, outcome: Outcome) -> list[Missed]:
    """Every expectation of the scenario that the outcome does not meet."""
    out = [miss for expectation in scenario.expectations for miss in _missed(expectation, outcome)]
    spoken_of = {expectation.rule for expectation in scenario.expectations}
    for one in outcome.constraints:
        if one.status == "broken" and one.rule not in spoken_of:
            sides = f"{shown(one.left, outcome.zone)} / {shown(one.right, outcome.zone)}"
            out.append(Missed(one.rule, "is", "met", f"broken ({sides})", scenario.place))
    if scenario.faults is not None and scenario.faults != len(outcome.faults):
        told = "; ".join(f"{fault.subject}: {fault.text_en}" for fault in outcome.faults)
        found = f"{len(outcome.faults)} ({told})" if told else "0"
        out.append(Missed("faults", "count", str(scenario.faults), found, scenario.place))
    return [*out, *missed_beside(scenario, outcome)]


def _missed(expectation: Expectation, outcome: Outcome) -> list[Missed]:
    found = _carried(expectation, list(matching(expectation, outcome)))
    if any(what == "none" for what, _ in expectation.checks):
        return [_miss(expectation, "is", "none", shown(_main(found[0]), outcome.zone))] if found else []
    if not found:
        return [_miss(expectation, "is", "something", _others(expectation, outcome))]
    found = _started(expectation, found)
    tried = [_failures(expectation, record, outcome.zone) for record in found]
    if len(found) == 1 or not any(tried):
        return tried[0]
    # Several results of which one fits prove nothing: the expectation must say which one it means.
    told = [_candidate(record, expectation, outcome.zone) for record in found[:SHOWN]]
    more = f" (+{len(found) - SHOWN})" if len(found) > SHOWN else ""
    return [_miss(expectation, "matches", "one", "; ".join(told) + more)]


def _others(expectation: Expectation, outcome: Outcome) -> str:
    """Nothing was found; of which subjects, groups and periods the rule has results instead."""
    wide = replace(expectation, subject="", period="")
    names = list(dict.fromkeys(_name(record) for record in matching(wide, outcome)))
    if not names:
        return "none"
    more = f" (+{len(names) - SHOWN})" if len(names) > SHOWN else ""
    return f"none; {', '.join(name or expectation.rule for name in names[:SHOWN])}{more}"


def _carried(expectation: Expectation, found: list[Record]) -> list[Record]:
    """Ledger lines that were carried over only where the expectation says from where; the others only where it does not."""
    wanted = next((args for what, args in expectation.checks if what == "carried_from"), ("",))[0]
    return [one for one in found if not isinstance(one, LedgerLine) or one.carried_from == wanted]


def _started(expectation: Expectation, found: list[Record]) -> list[Record]:
    """Of several results, those that started (rights: that are there since) when the expectation says: so the cases of one subject differ."""
    for what, at in expectation.checks:
        if len(found) > 1 and (what == "start" or (what == "since" and isinstance(found[0], RightState))):
            found = [record for record in found if _agrees(_read(record, what), what, at)] or found
    return found


def _candidate(record: Record, expectation: Expectation, zone: str) -> str:
    """What tells a result from the others that an expectation matches, and what was checked of it."""
    what = expectation.checks[0][0] if expectation.checks else "status"
    return f"{_name(record)}: {shown(_read(record, what), zone, end=what in ENDS)}"


def _name(record: Record) -> str:
    """Agreement, subject, event, group and period of a result, each once."""
    period = getattr(record, "period", None)
    names = [
        record.agreement,
        getattr(record, "subject", ""),
        getattr(record, "instance", ""),
        *(value for _, value in getattr(record, "key", ())),
        period.label if period is not None else "",
    ]
    return " ".join(dict.fromkeys(filter(None, names)))


def matching(expectation: Expectation, outcome: Outcome) -> Iterator[Record]:
    """The records of an outcome of which an expectation speaks."""
    records: Sequence[Record] = (
        *outcome.verdicts,
        *outcome.metrics,
        *outcome.ledger,
        *outcome.rights,
        *outcome.constraints,
    )
    about = [one for one in records if one.rule == expectation.rule and _subject(expectation, one)]
    found = [one for one in about if _period(expectation, one)]
    # An amount for a breach of March that is posted in April answers to `2026-03` where nothing of March itself does.
    yield from found or (
        one for one in about if isinstance(one, LedgerLine) and one.instance == expectation.period != ""
    )


def _subject(expectation: Expectation, record: Record) -> bool:
    wanted = expectation.subject
    if wanted in ("", record.agreement, getattr(record, "subject", ""), getattr(record, "instance", "")):
        return True
    if any(value == wanted for _, value in getattr(record, "key", ())):
        return True
    return isinstance(record, LedgerLine) and any(wanted in cause.split() for cause in record.because)


def _period(expectation: Expectation, record: Record) -> bool:
    if isinstance(record, RightState):  # a stretch of the term is named by its first day
        return expectation.period in ("", record.instance)
    period = getattr(record, "period", None)
    return not expectation.period or (period is not None and period.label == expectation.period)


def _failures(expectation: Expectation, record: Record, zone: str) -> list[Missed]:
    out = []
    for what, args in expectation.checks:
        found = _found(record, what, args)
        if not _agrees(found, what, args):
            expected = " to ".join(shown(arg, zone, end=what in ENDS) for arg in args)
            miss = _miss(expectation, what, expected, shown(found, zone, end=what in ENDS))
            untold = found in {None, "undetermined"}
            out.append(replace(miss, reason=(getattr(record, "reason", "") or "") if untold else ""))
    return out


def _found(record: Record, what: str, args: tuple[Const | str, ...]) -> object:
    """What an expectation is held against; `is provisional` of a verdict asks whether it is final."""
    if what == "status" and args == ("provisional",) and isinstance(record, Verdict):
        return "final" if record.final else "provisional"
    return _read(record, what)


def _main(record: Record) -> object:
    """What `is` speaks of: a verdict's status, a metric's value, an amount."""
    match record:
        case MetricValue():
            return record.value
        case LedgerLine():
            if record.unit == "hours":
                return None if record.amount is None else Quantity("duration", record.amount * HOUR)
            kind = {"days": "civil", "working days": "workdays"}.get(record.unit, f"amount:{record.unit}")
            return None if record.amount is None else Quantity(kind, record.amount)
        case _:
            return record.status


def _read(record: Record, what: str) -> object:
    """One aspect of a record; None where it has none."""
    match what:
        case "status":
            main = _main(record)
            return getattr(record, "status", "undetermined" if main is None else main)
        case "value" | "range":
            if what == "range" and isinstance(record, MetricValue) and record.value is None:
                return (record.low, record.high)
            return _main(record)
        case "gaps":
            return [end for gap in getattr(record, "gaps", ()) for end in (gap.start, gap.end)]
        case "assumptions":
            return len(getattr(record, "assumptions", ()))
        case _:
            return getattr(record, ATTRIBUTES.get(what, what), None)


def _agrees(found: object, what: str, args: tuple[Const | str, ...]) -> bool:
    if what == "gaps":
        return found == [int(arg.value) for arg in args if isinstance(arg, Const)]
    if what == "range" and isinstance(found, tuple):
        return list(found) == [_number(arg) for arg in args]
    want = args[0]
    if isinstance(want, str):
        return found == want or str(found) == want or (want == "breached" and found in BREACHED)
    if found is None:
        return False
    if isinstance(found, Quantity) and want.type in {"civil", "workdays"}:
        return _days(found) == _days(want)
    exact = _number(found)
    return exact == _number(want) if exact is not None else str(found) == want.value


def _days(value: Quantity | Const) -> tuple[str, Fraction]:
    """Days, working days or months with their kind: three of one are not three of another."""
    if isinstance(value, Quantity):
        return value.type, value.value
    if value.type == "workdays":
        return "workdays", Fraction(value.value.partition("@")[0])
    months, _, days = value.value.partition(",")
    return ("months", Fraction(months)) if months != "0" and days == "0" else ("civil", Fraction(days))


def _number(value: object) -> Fraction | None:
    """The exact number of a constant, a quantity or an instant."""
    if isinstance(value, Quantity):
        return value.value
    if isinstance(value, Const):
        kind = value.type.split(":", 1)[0]
        return (
            None if kind in ("text", "levels", "bool", "date", "civil", "workdays") else Fraction(value.value)
        )
    return Fraction(value) if isinstance(value, int | Fraction) else None


def _miss(expectation: Expectation, what: str, expected: str, found: str) -> Missed:
    named = " ".join(part for part in (expectation.rule, expectation.subject, expectation.period) if part)
    return Missed(named, what, expected, found, expectation.place)
