"""An outcome and a scenario's expectations in; the expectations that do not hold out, each with what came instead."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.ir.expressions import Const

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.ir.rules import Place
    from slalang.ir.scenarios import Expectation, Scenario
    from slalang.outcome.records import LedgerLine, MetricValue, Quantity, RightState, Verdict
    from slalang.outcome.whole import Outcome

Found = "Verdict | MetricValue | LedgerLine | RightState"


@dataclass(frozen=True, slots=True)
class Missed:
    """An expectation that does not hold: the rule, what was checked, expected and found, as texts; and its line."""

    rule: str
    what: str
    expected: str
    found: str
    place: Place


def missed(scenario: Scenario, outcome: Outcome) -> list[Missed]:
    """Every expectation of the scenario that the outcome does not meet."""
    out = [item for expectation in scenario.expectations for item in _expectation(expectation, outcome)]
    if scenario.faults is not None and scenario.faults != len(outcome.faults):
        seen = "; ".join(f"{fault.subject}: {fault.text_en}" for fault in outcome.faults) or "0"
        out.append(Missed("faults", "count", str(scenario.faults), f"{len(outcome.faults)} ({seen})", scenario.place))
    return out


def _expectation(expectation: Expectation, outcome: Outcome) -> list[Missed]:
    found = _matching(expectation, outcome)
    checks = expectation.checks
    if any(what == "is" and args == ("none",) for what, args in checks):
        if not found:
            return []
        return [_miss(expectation, "is", "none", ", ".join(_named(item) for item in found))]
    if not found:
        wanted = " ".join((expectation.rule, expectation.subject, expectation.period)).strip()
        return [_miss(expectation, "exists", wanted, "nothing")]
    if len(found) > 1:
        # Several cases of one subject: each check must hold for at least one of them, all for the same one.
        tried = [_failures(expectation, item) for item in found]
        return [] if any(not failures for failures in tried) else min(tried, key=len)
    return _failures(expectation, found[0])


def _matching(expectation: Expectation, outcome: Outcome) -> list[Verdict | MetricValue | LedgerLine | RightState]:
    found: list[Verdict | MetricValue | LedgerLine | RightState] = []
    for verdict in outcome.verdicts:
        if verdict.rule == expectation.rule and _about(expectation, verdict.subject, verdict.agreement, verdict.key):
            label = verdict.period.label if verdict.period else ""
            if expectation.period in ("", label):
                found.append(verdict)
    found.extend(
        metric
        for metric in outcome.metrics
        if metric.rule == expectation.rule
        and expectation.period in ("", metric.period.label)
        and _about(expectation, "", metric.agreement, metric.key)
    )
    for line in outcome.ledger:
        label = line.period.label if line.period else ""
        if line.rule == expectation.rule and expectation.period in ("", label):
            subjects = {part for cause in line.because for part in cause.split(" ")}
            if _about(expectation, "", line.agreement, line.key) or expectation.subject in subjects:
                found.append(line)
    found.extend(
        right
        for right in outcome.rights
        if right.rule == expectation.rule and expectation.subject in ("", right.subject, right.agreement)
    )
    return found


def _about(expectation: Expectation, subject: str, agreement: str, key: Sequence[tuple[str, str]]) -> bool:
    wanted = expectation.subject
    return wanted in ("", subject, agreement) or any(wanted == value for _, value in key)


def _failures(expectation: Expectation, item: Verdict | MetricValue | LedgerLine | RightState) -> list[Missed]:
    out = []
    for what, args in expectation.checks:
        found = _read(item, what)
        if not _agrees(found, args):
            out.append(_miss(expectation, what, _shown(args), _shown_found(found)))
    return out


def _read(item: Verdict | MetricValue | LedgerLine | RightState, what: str) -> object:
    """The value of one aspect of a record; an aspect that the record does not have is None."""
    if what == "is":
        for name in ("status", "value", "amount"):
            if name == "status" and hasattr(item, "amount"):
                continue
            if hasattr(item, name):
                return getattr(item, name)
    if what == "gaps":
        return [(gap.start, gap.end) for gap in getattr(item, "gaps", ())]
    names = {"breached": "breached_at", "discharged": "discharged_at", "resumed_deadline": "deadline_if_resumed_now"}
    if what in ("final", "provisional"):
        return getattr(item, "final", None) is (what == "final")
    if what in ("standstill", "excuses", "assumptions"):
        return len(getattr(item, what, ()))
    return getattr(item, names.get(what, what), None)


def _agrees(found: object, args: tuple[Const | str, ...]) -> bool:
    if isinstance(found, bool) and not args:
        return found
    if isinstance(found, list):
        points = [int(arg.value) for arg in args if isinstance(arg, Const)]
        return found == list(zip(points[::2], points[1::2], strict=False))
    if not args:
        return found is not None
    want = args[0]
    if isinstance(want, str):
        return (found is None and want in ("undetermined", "none")) or found == want
    if found is None:
        return False
    return _number(found) == Fraction(want.value) if _numeric(want) else str(found) == want.value


def _numeric(const: Const) -> bool:
    return const.type.split(":", 1)[0] in ("number", "integer", "ratio", "points", "amount", "duration", "instant")


def _number(found: object) -> Fraction | None:
    quantity: Quantity | None = found if hasattr(found, "value") else None  # type: ignore[assignment]
    if quantity is not None:
        return Fraction(quantity.value)
    return Fraction(found) if isinstance(found, int | Fraction) else None


def _miss(expectation: Expectation, what: str, expected: str, found: str) -> Missed:
    name = " ".join(part for part in (expectation.rule, expectation.subject, expectation.period) if part)
    return Missed(name, what, expected, found, expectation.place)


def _named(item: Verdict | MetricValue | LedgerLine | RightState) -> str:
    return f"{item.rule} {getattr(item, 'subject', '')}".strip()


def _shown(args: tuple[Const | str, ...]) -> str:
    return " ".join(arg if isinstance(arg, str) else f"{arg.value} {arg.type}" for arg in args) or "yes"


def _shown_found(found: object) -> str:
    if hasattr(found, "value") and hasattr(found, "type"):
        return f"{found.value} {found.type}"
    return "nothing" if found is None else str(found)
