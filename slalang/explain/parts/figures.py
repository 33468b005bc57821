"""A metric or a ledger line with its trace goes in; the tree of its arithmetic comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.engine.amounts.rounding import places
from slalang.explain.parts.cases import choice, place
from slalang.explain.parts.clock import stretch_rows
from slalang.explain.parts.conditions import exceptions_of
from slalang.explain.parts.expressions import operation, words
from slalang.explain.parts.late import late_days
from slalang.explain.parts.measuring import bin_arithmetic, binned, fold_arithmetic, folded, shaped
from slalang.explain.parts.resting import resting
from slalang.explain.parts.values import derived, hidden
from slalang.explain.tree import Arg, Instant, Node, Word, node, worded
from slalang.explain.wording.reasons import reason as why
from slalang.ir.amounts import BinRatio, CaseFold, EventFold, ShareMet
from slalang.ir.expressions import Op
from slalang.outcome.naming import named
from slalang.outcome.records import Quantity
from slalang.outcome.trace import Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.events.event import Event
    from slalang.ir.amounts import AmountRule, Metric
    from slalang.ir.program import Program
    from slalang.ir.rules import About
    from slalang.outcome.records import CapUse, LedgerLine, MetricValue, Settlement
    from slalang.outcome.trace import AmountTrace, MetricTrace, Value
    from slalang.outcome.whole import Outcome

MOST_MEMBERS = 50  # cases that are listed by name; the rest is counted
POSTINGS = {
    "lapsed": "posting.lapsed",
    "claimable": "posting.claimable",
    "displaced": "posting.not_chosen",
    "provisional": "posting.to_come",
    "scheduled": "posting.to_come",
}
MET, NOT_MET, OUT = Text("met", "达标"), Text("not met", "未达标"), Text("in neither", "两者皆不计")


def metric_root(
    program: Program,
    value: MetricValue,
    trace: MetricTrace,
    version: Node,
    events: Iterable[Event] = (),
) -> Node:
    """A metric's tree: rule, counts by status, cases not met, what was left out, the division.

    Of `events` those are listed that happened, or that name a time, where a stretch of added time begins or ends.
    """
    rule = next((item for item in program.metrics if item.name == value.rule), None)
    shares = rule.form if rule is not None and isinstance(rule.form, ShareMet) else None
    not_met = shares.not_met if shares is not None else ("late", "overdue", "broken")
    met = shares.met if shares is not None else ()
    children = (
        _rule(program, value.clause, rule.about if rule is not None else None),
        binned(rule, trace) or _counts(trace, met, not_met, counted=shares is not None, none=value.value),
        _members(trace, not_met) if shares is not None else None,
        folded(rule, trace),
        _left_out(trace),
        _moments(trace, events),
        shaped(rule),
        node("time", *stretch_rows(trace.stretches)) if trace.stretches else None,
        _arithmetic(program, value, trace, rule, shares is not None),
        _policies(rule),
        resting(program, rule),
        version,
    )
    told: dict[str, Arg] = {
        "rule": value.rule,
        "key": _key(value.key),
        "period": value.period.label,
        "standing": Word("final" if value.final else "provisional", "said"),
        "clause": value.clause or None,
    }
    if value.value is None:
        return worded("metric.unknown", children, {**told, "reason": why(value.reason)})
    return worded("metric", children, {**told, "value": value.value})


def amount_root(
    program: Program, outcome: Outcome, line: LedgerLine, trace: AmountTrace, version: Node
) -> Node:
    """A ledger line's tree: rule, formula with its numbers, caps and rounding step by step, posting and total."""
    rule = next((item for item in program.amounts if item.name == line.rule), None)
    applied, away = exceptions_of(trace.considered)
    children = (
        _rule(program, line.clause, rule.about if rule is not None else None),
        _formula(program, trace)
        if rule is None or rule.per_day is None
        else late_days(program, rule, line, trace),
        _steps(program, line, trace, rule),
        applied,
        away,
        _posting(outcome, line, rule),
        _policies(rule),
        resting(program, rule),
        version,
    )
    told: dict[str, Arg] = {
        "rule": line.rule,
        "key": _key(line.key),
        "subject": line.subject or None,
        "period": line.period.label if line.period is not None else None,
        # A provisional line says so by its status already.
        "standing": Word("final" if line.final else "provisional", "said")
        if line.status != "provisional"
        else None,
        "clause": line.clause or None,
    }
    if line.amount is None:
        return worded("amount.unknown", children, {**told, "reason": why(line.reason)})
    told |= {
        "debtor": named(line.debtor, line.debtor_party),
        "creditor": named(line.creditor, line.creditor_party),
        "value": _money(line.amount, line.unit),
        "status": Word(line.status, "ledger"),
    }
    return worded("amount", children, told)


def _rule(program: Program, clause: str, about: About | None) -> Node | None:
    held = next((item for item in program.clauses if item.number == clause), None)
    if not clause:
        return None
    texts = [*(held.text if held is not None else ())]
    if about is not None and about.text and about.text not in texts:
        texts.append(about.text)
    title = held.title if held is not None else about.title if about is not None else ""
    children = [node("rule.text", text=text) for text in texts]
    return node(
        "rule", *children, place(about) if about is not None else None, clause=clause, title=title or None
    )


def _moments(trace: MetricTrace, events: Iterable[Event]) -> Node | None:
    """The events at the borders of the time that was added up or excluded."""
    borders = {at for one in trace.stretches for at in (one.start, one.end)}
    if not borders:
        return None
    found = []
    for event in events:
        named = tuple(
            node("moment.field", name=name, at=Instant(value))
            for name, value in event.data.items()
            if isinstance(value, int) and not isinstance(value, bool) and value in borders
        )
        if event.time in borders or named:
            found.append((event, named or None))
    rows = [
        node(
            "moment",
            at=Instant(event.time),
            type=Word(event.type, "event"),
            subject=event.subject,
            named=named,
            id=Word(event.id, "id"),
            ids=(event.id,),
        )
        for event, named in found[:MOST_MEMBERS]
    ]
    more = len(found) - len(rows)
    return node("moments", *rows, node("moments.more", count=more) if more else None) if rows else None


def _counts(
    trace: MetricTrace,
    met: tuple[str, ...],
    not_met: tuple[str, ...],
    *,
    counted: bool,
    none: Quantity | None,
) -> Node | None:
    if not trace.counts:
        return node("counts", node("counts.none", value=none)) if counted and none is not None else None
    rows = []
    for status, count in trace.counts:
        side = MET if status in met else NOT_MET if status in not_met else OUT
        told = side if counted else None
        rows.append(node("count", status=Word(status, "status"), count=count, side=told))
    total = sum(count for _, count in trace.counts)
    met_count = sum(count for status, count in trace.counts if status in met)
    bad_count = sum(count for status, count in trace.counts if status in not_met)
    return node("counts", *rows, node("counts.total", total=total), met=met_count, not_met=bad_count)


def _members(trace: MetricTrace, not_met: tuple[str, ...]) -> Node | None:
    bad = [item for item in trace.members if item[3] in not_met]
    if not bad:
        return None
    rows = [
        node("member", rule=rule, subject=subject, status=Word(status, "status"))
        for rule, subject, _, status in bad[:MOST_MEMBERS]
    ]
    more = len(bad) - len(rows)
    return node("members", *rows, node("members.more", count=more) if more else None)


def _left_out(trace: MetricTrace) -> Node | None:
    rows = [
        node("out", subject=subject, reason=why(reason)) for subject, reason in trace.left_out[:MOST_MEMBERS]
    ]
    more = len(trace.left_out) - len(rows)
    return node("left_out", *rows, node("members.more", count=more) if more else None) if rows else None


def _arithmetic(
    program: Program, value: MetricValue, trace: MetricTrace, rule: Metric | None, share: bool
) -> Node | None:
    form = rule.form if rule is not None else None
    if isinstance(form, BinRatio):
        divided = bin_arithmetic(form, value)
        return node("arithmetic", divided) if divided is not None else None
    children: list[Node | None] = []
    top, bottom, whole = value.numerator, value.denominator, value.value
    # What a fold over cases or events evaluated last is one of many values and derives nothing.
    formula = trace.value if not isinstance(form, CaseFold | EventFold) else None
    if formula is not None:
        children.append(derived(program, formula))
    if isinstance(form, CaseFold | EventFold):
        children.append(fold_arithmetic(form, value, trace, rule.minimum_sample if rule is not None else 0))
    elif top is not None and bottom and whole is not None and not _is_quotient(formula):
        kind = "division" if share and bottom.denominator == 1 else "quotient"  # cases, or shares
        children.append(node(kind, numerator=_number(top), denominator=_number(bottom), value=whole))
    if value.low is not None and value.high is not None and value.low != value.high:
        kind_of = "ratio" if whole is None else whole.type
        children.append(
            node("metric.range", low=Quantity(kind_of, value.low), high=Quantity(kind_of, value.high))
        )
    return node("arithmetic", *children) if any(children) else None


def _is_quotient(formula: Value | None) -> bool:
    """Whether the formula's own line is the division already."""
    return formula is not None and isinstance(formula.expr, Op) and formula.expr.op == "/"


def _formula(program: Program, trace: AmountTrace) -> Node | None:
    if trace.value is None:
        return None
    derivation = derived(program, trace.value)
    return node("formula", derivation, names=words(trace.value.expr, hidden(program)))


def _steps(program: Program, line: LedgerLine, trace: AmountTrace, rule: AmountRule | None) -> Node | None:
    digits = places(line.unit) if rule is None or rule.places is None else rule.places
    rows = [
        _step(step, line.unit, digits, derived(program, step.value) if step.value is not None else None)
        for step in trace.steps
        if not line.caps or step.what not in {"rounding", "set_off"}
    ]
    how = {name: derived(program, value) for name, value in trace.caps}
    rows += [_room(use, line.unit, how.get(use.cap)) for use in line.caps]
    if line.caps and line.amount is not None and line.exact is not None:  # what a cap left is rounded anew
        mode = next((step.detail for step in trace.steps if step.what == "rounding"), "")
        rows.append(_step(Step("rounding", line.exact, line.amount, mode), line.unit, digits))
    return node("steps", *rows) if rows else None


def _room(use: CapUse, unit: str, how: Node | None) -> Node:
    """A cap over several postings: how much it is, what is left of it, and what that makes of the amount."""
    over = node("step.carries", value=_money(use.before - use.after, unit)) if use.carries else None
    return node(
        "step.room",
        how,
        over,
        what=use.cap,
        clause=use.clause or None,
        period=use.period or None,
        limit=_money(use.limit, unit),
        carried=_money(use.carried, unit) if use.carried else None,
        used=_money(use.used, unit),
        room=_money(use.room, unit),
        before=_money(use.before, unit),
        after=_money(use.after, unit),
        sort="room",
    )


def _step(step: Step, unit: str, digits: int, how: Node | None = None) -> Node:
    kind = "step.same" if step.before == step.after else "step"
    return node(
        kind,
        how,
        what=Word(step.what, "step"),
        detail=Word(step.detail, "choice") if step.detail else None,
        before=_money(step.before, unit),
        after=_money(step.after, unit),
        sort=step.what,
        places=digits,
    )


def _posting(outcome: Outcome, line: LedgerLine, rule: AmountRule | None) -> Node:
    children: list[Node | None] = []
    if line.amount is not None:
        amount = _money(line.amount, line.unit)
        kind = POSTINGS.get(line.status, "posting.amount")
        children.append(node(kind, value=amount, period=line.posted_period or None))
        children.append(_total(outcome, line))
    if line.carried_from:
        children.append(node("posting.carried_from", period=line.carried_from))
    children += [_settlement(one, line.unit) for one in line.settlements]
    if line.settlements and line.amount is not None and line.open is not None:
        parts = [line.amount, *(one.amount for one in line.settlements)]
        told = operation("-", tuple((node("x.value", value=_money(part, line.unit)), 9) for part in parts))
        quantities = tuple(_money(part, line.unit) for part in parts)
        children.append(node("posting.open", sum=told, value=_money(line.open, line.unit), parts=quantities))
    if line.due is not None:
        children.append(node("posting.due", at=Instant(line.due, ends=True)))
    if line.displaced_by:
        children.append(node("posting.displaced", by=line.displaced_by))
    children += _claim(line)
    if rule is not None and rule.sole_remedy:
        children.append(node("posting.sole"))
    if line.because:
        children.append(node("posting.because", items=line.because))
    if line.reason:
        children.append(node("reason", text=why(line.reason)))
    return node("posting", *children)


def _claim(line: LedgerLine) -> list[Node]:
    """The claim with its date and its window; what lapsed without one."""
    if line.claim_until is None:
        return []
    until = Instant(line.claim_until, ends=True)
    opens = Instant(line.at) if line.at is not None else None
    if line.claimed_at is not None:
        by = line.because[-1] if line.because else None
        return [node("posting.claimed", at=Instant(line.claimed_at), by=by, opens=opens, until=until)]
    kind = "posting.unclaimed" if line.status == "lapsed" else "posting.claim"
    return [node(kind, at=until, opens=opens)]


def _settlement(one: Settlement, unit: str) -> Node:
    return node(f"posting.{one.sort}", value=_money(one.amount, unit), at=Instant(one.at), by=one.by)


def _total(outcome: Outcome, line: LedgerLine) -> Node | None:
    """What this debtor owes this creditor in the posting period in all, where there is more than this line."""
    same = [
        item
        for item in outcome.ledger
        if item.amount is not None
        and (item.agreement, item.debtor, item.creditor, item.unit, item.posted_period)
        == (line.agreement, line.debtor, line.creditor, line.unit, line.posted_period)
        and item.status in {"posted", "claimed"}
    ]
    if len(same) < 2 or line not in same:
        return None
    parts = tuple(_money(item.amount or Fraction(0), line.unit) for item in same)
    total = _money(sum((item.amount or Fraction(0) for item in same), Fraction(0)), line.unit)
    added = operation("+", tuple((node("x.value", value=part), 9) for part in parts))
    return node("posting.total", party=line.debtor, other=line.creditor, sum=added, value=total, parts=parts)


def _policies(rule: Metric | AmountRule | None) -> Node | None:
    if rule is None or not rule.policies:
        return None
    rows = [
        node(
            "policy",
            key=Word(item.key, "policy"),
            about=item.about or None,
            choice=choice(item.choice),
            by=Word("rule", "said") if item.stated_by == "rule" else item.stated_by,
        )
        for item in rule.policies
    ]
    return node("policies", *rows)


def _key(key: tuple[tuple[str, str], ...]) -> tuple[Node, ...] | None:
    return tuple(node("key", name=name, value=value) for name, value in key) or None


def _money(value: Fraction, unit: str) -> Quantity:
    return Quantity(f"amount:{unit}", value)


def _number(value: Fraction) -> Quantity:
    return Quantity("number", value)
