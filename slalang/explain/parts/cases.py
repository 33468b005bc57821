"""A verdict and its trace go in; the parts of its explanation about rule, events, limit and result come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.explain.parts.clock import run_before
from slalang.explain.parts.expressions import ahead, due, literal, moving, opening, pattern, words
from slalang.explain.parts.values import derived
from slalang.explain.signals import said
from slalang.explain.tree import Arg, Instant, Node, Word, duration, node
from slalang.explain.wording.lexicon import STATUS
from slalang.explain.wording.reasons import reason as why
from slalang.ir.expressions import Op
from slalang.ir.rules import Within
from slalang.outcome.records import Quantity
from slalang.values import civil
from slalang.values import duration as durations

if TYPE_CHECKING:
    from slalang.ir.program import Program
    from slalang.ir.rules import About, Obligation
    from slalang.outcome.records import Assumption, Verdict
    from slalang.outcome.trace import CaseTrace, LimitStep, Role

BREACHED = {"late", "overdue", "broken"}
_MEASURED = {"met", "late", "overdue"}  # said of a case that nobody owes in words that blame nobody


def headline(verdict: Verdict, as_of: int, rule: Obligation | None = None) -> Node:
    """The verdict in a few words: `late by 12 min`. A standing duty or a prohibition that is kept has nothing to spare."""
    kept = verdict.status in {"met", "pending"} and rule is not None and rule.modality == "standing"
    kept = kept or (verdict.status == "met" and rule is not None and rule.modality == "prohibition")
    margin = None if kept else in_points(verdict.margin)
    if _is_timer(rule) and verdict.status == "met":
        return node("is.met.timer")
    if rule is not None and rule.modality == "measured" and verdict.status in _MEASURED:
        return node(f"is.{verdict.status}.measured", margin=margin, over=_over(margin), as_of=Instant(as_of))
    match verdict.status:
        case "met":
            return node("is.met", margin=margin)
        case "broken" if verdict.gaps and _over(margin) is not None:
            return node("is.interrupted", over=_over(margin))
        case "late" | "broken":
            return node(f"is.{verdict.status}", over=_over(margin))
        case "overdue":
            return node("is.overdue", over=_over(margin), as_of=Instant(as_of))
        case "pending":
            return node("is.pending", margin=margin)
        case "excused":
            return node("is.excused")
        case _:
            return node(f"is.{verdict.status}", reason=why(verdict.reason))


def in_points(margin: Quantity | None) -> Quantity | None:
    """A difference of two shares is so many percentage points, not per cent."""
    if margin is None or margin.type != "ratio":
        return margin
    return Quantity("points", margin.value)


def _over(margin: Quantity | None) -> Quantity | None:
    if margin is None or margin.value >= 0:
        return None
    return Quantity(margin.type, -margin.value)


def rule_part(program: Program, verdict: Verdict, rule: Obligation | None) -> Node:
    """Which rule it is, whom it binds, from what until what, on which clock, and where it is written."""
    clause = verdict.clause
    held = next((item for item in program.clauses if item.number == clause), None)
    titles = {party.name: party.title for party in program.parties}
    parties = node(
        "rule.parties",
        debtor=verdict.debtor_party or verdict.debtor,
        debtor_title=titles.get(verdict.debtor_party or verdict.debtor) or None,
        debtor_role=verdict.debtor if verdict.debtor_party else None,
        creditor=verdict.creditor_party or verdict.creditor,
        creditor_title=titles.get(verdict.creditor_party or verdict.creditor) or None,
        creditor_role=verdict.creditor if verdict.creditor_party else None,
    )
    texts = held.text if held is not None else ()
    children: list[Node | None] = [*(node("rule.text", text=text) for text in texts)]
    if rule is not None:
        if rule.about.text and rule.about.text not in texts:
            children.append(node("rule.text", text=rule.about.text))
        owed = parties if verdict.debtor else node("rule.measured") if rule.modality == "measured" else None
        told = said(program, rule.trigger, rule.starts, rule.discharge)
        children += [owed, *_duty(rule), *told, place(rule.about)]
    elif verdict.debtor:
        children.append(parties)
    if not clause:
        return node("rule.uncited", *children, name=verdict.rule)
    title = (held.title if held is not None else "") or (rule.about.title if rule is not None else "")
    return node("rule", *children, clause=clause, title=title or None)


def place(about: About) -> Node | None:
    """Where a rule is written; None where that is not known."""
    if not about.place.file:
        return None
    # The folders in front of the file are those of a machine: they say nothing to a reader.
    file = about.place.file.replace("\\", "/").rpartition("/")[2]
    return node("rule.place", file=file, line=str(about.place.line) if about.place.line else None)


def _duty(rule: Obligation) -> list[Node | None]:
    start, act = pattern(rule.starts or rule.trigger), pattern(rule.discharge)
    kept_from = (
        node("rule.forbidden", trigger=start, discharge=act) if rule.modality == "prohibition" else None
    )
    duty = kept_from or (node("rule.duty", trigger=start, discharge=act) if start is not None else None)
    if start is None and act is not None:
        duty = node("rule.act", discharge=act)
    if rule.holds is not None:
        return [duty, node("rule.holds", condition=words(rule.holds))]
    if rule.limit is None:
        return [duty]
    if isinstance(rule.limit, Within) and rule.limit.direction == "before":
        return [node("rule.ahead", trigger=start, discharge=act, limit=ahead(rule.limit.limit))]
    if not isinstance(rule.limit, Within):
        opens = rule.window_opens
        window = node("rule.window", day=opening(opens)) if opens is not None else None
        return [duty, window, node("rule.due", limit=due(rule.limit))]
    kind = "rule.clock" if rule.clock.calendar == "always" else "rule.clock_in"
    calendar: Arg = Word("always", "said") if rule.clock.calendar == "always" else rule.clock.calendar
    still = [
        node(
            "rule.standstill",
            name=item.name or None,
            condition=words(item.when),
            clause=item.about.clause or None,
        )
        for item in rule.clock.standstills
    ]
    moves = None
    if rule.limit.roll is not None or rule.limit.closes:
        moves = node("rule.moves", how=moving(rule.limit, node("limit.last_day")))
    return [duty, node(kind, calendar=calendar), moves, *still]


def _is_timer(rule: Obligation | None) -> bool:
    """Whether a case is measured that nothing but its limit ends."""
    return rule is not None and rule.modality == "measured" and rule.discharge is None


def events_part(trace: CaseTrace, rule: Obligation | None = None) -> Node | None:
    """Every event that did something for the case, in order, with its id."""
    forbidden = rule is not None and rule.modality == "prohibition"
    rows = [
        node(
            "event",
            at=Instant(role.at),
            type=Word(role.type, "event"),
            role=Word(_role(role, trace, forbidden=forbidden), "role"),
            detail=why(role.detail),
            id=Word(role.event, "id"),
            ids=(role.event,),
        )
        for role in sorted(trace.roles, key=lambda role: role.at)
    ]
    return node("events", *rows) if rows else None


def _role(role: Role, trace: CaseTrace, *, forbidden: bool) -> str:
    """What an event did: a standstill's event either stops the clock or starts it again; a prohibition is discharged by none."""
    if forbidden and role.role == "discharge":
        return "forbidden"
    if role.role != "standstill":
        return role.role
    still = [item for item in trace.clock if item.state == "standstill"]
    if any(item.start == role.at for item in still):
        return "standstill.start"
    return "standstill.end" if any(item.end == role.at for item in still) else role.role


def limit_part(program: Program, trace: CaseTrace, rule: Obligation | None = None) -> Node | None:
    """The limit in force, how it was computed, and every change of it while the case was open."""
    if not trace.limits:
        return None
    last = trace.limits[-1]
    if len(trace.limits) == 1:
        derivation = derived(program, last.value) if last.value is not None else None
        # The limit's own sentence says the value of the table's cell: only the row is left to say.
        below = (
            derivation.children
            if derivation is not None and derivation.kind == "value.lookup"
            else (derivation,)
        )
        return node("limit", *below, limit=_limit(last, rule))
    before = run_before(trace)
    steps = (_change(program, step, before.get(step.at), rule) for step in trace.limits)
    return node("limit", *steps, limit=_limit(last, rule))


def _change(program: Program, step: LimitStep, run: Quantity | None, rule: Obligation | None) -> Node:
    derivation = derived(program, step.value) if step.value is not None else None
    if run is None and step.elapsed_before:
        run = duration(step.elapsed_before)
    before = node("limit.before", before=run) if run is not None else None
    policy = Word(step.policy, "choice") if step.policy else None
    return node(
        "limit.change", derivation, before, at=Instant(step.at), limit=_limit(step, rule), policy=policy
    )


def _limit(step: LimitStep, rule: Obligation | None) -> Node:
    """At most so long; at least so long before; or, for a prohibition, for so long."""
    if rule is not None and rule.modality == "prohibition":
        return node("limit.for_less" if step.strict else "limit.for", value=step.limit)
    if rule is not None and isinstance(rule.limit, Within) and rule.limit.direction == "before":
        return node("limit.ahead_more" if step.strict else "limit.ahead", value=step.limit)
    return node("limit.<" if step.strict else "limit.<=", value=step.limit)


def result_part(verdict: Verdict, rule: Obligation | None, as_of: int, *figures: Node) -> Node:
    """Deadline, what was done when, the margin worked out, and when the breach began; `figures` lead to the margin."""
    breached = verdict.status in BREACHED
    measured = rule is not None and rule.modality == "measured"
    children: list[Node | None] = [_deadline(verdict, rule)]
    if verdict.discharged_at is not None:
        forbidden = rule is not None and rule.modality == "prohibition"
        kind = "done.forbidden" if forbidden else "discharged.measured" if measured else "discharged"
        children.append(node(kind, at=Instant(verdict.discharged_at)))
    elif (
        verdict.deadline is not None
        and rule is not None
        and rule.modality in {"duty", "measured"}
        and not _is_timer(rule)
    ):
        children.append(node("not_discharged.measured" if measured else "not_discharged", at=Instant(as_of)))
    counted = next((one.number("value") for one in figures if one.kind.startswith("limit.counted")), None)
    children += [*figures, _margin(verdict, rule, counted)]
    if verdict.breached_at is not None:
        kind = "breached.measured" if measured else "breached" if breached else "breached.excused"
        children.append(node(kind, at=Instant(verdict.breached_at)))
    if verdict.reason:
        children.append(node("reason", text=why(verdict.reason)))
    if not verdict.final:
        children.append(node("provisional"))
    return node("result", *children)


def _deadline(verdict: Verdict, rule: Obligation | None) -> Node | None:
    if verdict.deadline is not None and rule is not None and rule.holds is not None:
        return node("deadline.period", at=Instant(verdict.deadline, ends=True))
    if verdict.deadline is not None:
        kind = "deadline.pending" if verdict.status == "pending" else "deadline"
        if rule is not None and rule.modality == "prohibition":
            if verdict.status == "broken":
                return None  # what is told is when it was done
            kind = "deadline.forbidden"
        return node(kind, at=Instant(verdict.deadline, ends=True))
    if verdict.deadline_if_resumed_now is not None:
        return node("deadline.still", at=Instant(verdict.deadline_if_resumed_now, ends=True))
    return None


_ALLOWED: Final = {
    "standing": "margin.gaps",
    "target": "margin.at_most",
}  # what is allowed there is no time limit


def _margin(verdict: Verdict, rule: Obligation | None, counted: Quantity | None) -> Node | None:
    """The subtraction: limit − measured, or measured − limit where more is better (targets, notice before).

    `counted` are the days to the last day, where they are not what the limit says.
    """
    measure, limit, margin = verdict.measure, counted or verdict.limit, verdict.margin
    if measure is None or limit is None or margin is None:
        return None
    a, b, kind = (measure, limit, "margin.more") if more_is_better(rule) else (limit, measure, "margin")
    if rule is not None and rule.modality in _ALLOWED and kind == "margin":
        kind = _ALLOWED[rule.modality]
    if rule is not None and rule.modality == "standing" and margin.value == 0:
        return None
    if _is_timer(rule):
        return None
    if rule is not None and rule.modality == "prohibition":
        if verdict.status != "broken":
            return None
        return node("margin.forbidden", sum=node("margin.wait", a=a, b=b, margin=margin))
    touching = None
    if margin.value == 0 and margin.type == "duration":
        touching = node("margin.touching_out" if verdict.limit_strict else "margin.touching")
    return node("margin.name", touching, sum=node(kind, a=a, b=b, margin=in_points(margin)))


def more_is_better(rule: Obligation | None) -> bool:
    """Whether the margin is measure − limit: a target that asks for at least so much, and notice at least so long before."""
    if rule is None:
        return False
    if rule.modality == "target":
        return isinstance(rule.holds, Op) and rule.holds.op in {">", ">="}
    return rule.limit is not None and rule.limit.kind == "within" and rule.limit.direction == "before"


def gaps_part(verdict: Verdict, as_of: int) -> Node | None:
    """The exact intervals in which a standing duty was not kept, and their sum."""
    if not verdict.gaps:
        return None
    rows = []
    total = 0
    for gap in verdict.gaps:
        end = as_of if gap.end is None else gap.end
        total += end - gap.start
        rows.append(
            node(
                "gap",
                start=Instant(gap.start),
                end=Instant(end),
                length=duration(end - gap.start),
                reason=why(gap.reason),
                ids=gap.events,
            )
        )
    return node("gaps", *rows, node("gaps.sum", total=duration(total)))


def choices_part(trace: CaseTrace) -> Node | None:
    """The policies that the contract chose and this case touched."""
    rows = [
        node("policy", key=Word(key, "policy"), choice=choice(taken), by=_stated(by))
        for key, taken, by in trace.policies
    ]
    return node("policies", *rows) if rows else None


def choice(taken: str) -> Arg:
    """A policy's choice in words; a list of statuses is said status by status."""
    parts = taken.split(",")
    if len(parts) > 1 or taken in STATUS:
        return tuple(Word(part.strip(), "status") for part in parts)
    return Word(taken, "choice")


def _stated(by: str) -> Arg:
    return Word("rule", "said") if by == "rule" else by or None


def assumptions_part(verdict: Verdict) -> Node | None:
    """Open words, chosen readings and stated assumptions that the verdict rests on."""
    rows = []
    for item in verdict.assumptions:
        reason = item.reason or None
        if item.name:
            kind = Word(item.sort, "assumption")
            rows.append(node("assumption", sort=kind, name=item.name, value=_plain(item), reason=reason))
        else:
            rows.append(node("assumption.stated", value=item.value, reason=reason))
    return node("assumptions", *rows) if rows else None


def _plain(item: Assumption) -> Arg:
    """An assumption's value as it is written; a duration and a canonical limit (`<= duration 60000000`) are put in words."""
    value = item.value
    if item.sort == "open_word" and value.startswith(("PT", "-PT")):
        return literal("duration", str(durations.parse(value)))
    if item.sort == "open_word" and "@" in value and value.partition("@")[0].isdigit():
        return literal("workdays", value)
    length = civil.parse(value) if item.sort == "open_word" else None
    if length is not None:
        return literal("civil", f"{length[0]},{length[1]}")
    head = value.split(" ", 2)
    if len(head) == 3 and head[0] in {"<=", "<"} and head[1] == "duration" and head[2].isdigit():
        return literal("limit", value)
    return value
