"""A right's standing, its rule and the events go in; the tree that explains who may do what, since when, until when, and what was done, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.explain.parts.cases import choice, place
from slalang.explain.parts.expressions import due, pattern, words
from slalang.explain.readings import in_force
from slalang.explain.signals import said
from slalang.explain.tree import Explanation, Instant, Node, Word, node
from slalang.explain.wording.reasons import reason as why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.events.event import Event
    from slalang.ir.amounts import Right
    from slalang.ir.program import Program
    from slalang.ir.rules import Limit
    from slalang.outcome.records import RightState
    from slalang.outcome.whole import Outcome


def explain_right(
    program: Program, outcome: Outcome, state: RightState, events: Sequence[Event] = ()
) -> Explanation:
    """The explanation of where a right stands; of `events` those are told that gave it or tried to use it."""
    program = in_force(program, outcome.receipt.readings)
    rule = next((item for item in program.rights if item.name == state.rule), None)
    version = state.version or outcome.version
    root = node(
        "right",
        _rule(program, state, rule),
        _events(state, events),
        _standing(state),
        _policies(rule),
        Node("evidence", (("ids", state.evidence),), (), state.evidence) if state.evidence else None,
        node("version", contract=outcome.contract, version=version, zone=outcome.zone),
        rule=state.rule,
        subject=state.subject or state.agreement or None,
        holder=state.holder,
        status=Word(state.status, "right"),
        standing=Word("final" if state.final else "provisional", "said"),
        clause=state.clause or None,
    )
    return Explanation(
        sort="right",
        rule=state.rule,
        subject=state.subject,
        contract=outcome.contract,
        version=version,
        zone=outcome.zone,
        as_of=outcome.as_of,
        root=root,
        readings=outcome.receipt.readings,
    )


def _rule(program: Program, state: RightState, rule: Right | None) -> Node:
    held = next((item for item in program.clauses if item.number == state.clause), None)
    children: list[Node | None] = [
        node("rule.text", text=text) for text in (held.text if held is not None else ())
    ]
    children.append(node("right.parties", holder=state.holder, against=state.against or None))
    if rule is not None:
        given = node("right.given", trigger=pattern(rule.trigger)) if rule.trigger is not None else None
        children += [given or node("right.standing"), *said(program, rule.trigger)]
        if rule.ends is not None:
            children.append(node("right.ends", act=pattern(rule.ends)))
        if rule.condition is not None:
            children.append(node("right.when", condition=words(rule.condition)))
        children += _window(rule)
        if rule.exercise is not None:
            children.append(node("right.used", act=pattern(rule.exercise)))
        if rule.effect:
            after = _length(rule.effect_after) if rule.effect_after is not None else None
            children.append(node("right.effect", effect=Word(rule.effect, "right_effect"), after=after))
        children.append(place(rule.about))
    if not state.clause:
        return node("rule.uncited", *children, name=state.rule)
    return node(
        "rule", *children, clause=state.clause, title=held.title or None if held is not None else None
    )


def _window(rule: Right) -> list[Node | None]:
    """When it may be used, and what cures its ground, as the contract says."""
    found: list[Node | None] = []
    if rule.cure is not None:
        found.append(
            node(
                "right.cure",
                act=pattern(rule.cure.by),
                limit=due(rule.cure.limit),
                start=pattern(rule.cure.start),
            )
        )
    if rule.window is not None:
        found.append(node("right.within", limit=due(rule.window)))
    elif rule.opens is not None or rule.closes is not None:
        start, end = (None if edge is None else words(edge) for edge in (rule.opens, rule.closes))
        found.append(node("right.between", start=start, end=end))
    return found


def _length(limit: Limit) -> Node:
    """How long after the exercise an effect comes: the length without its `at most`."""
    said = due(limit)
    while said.kind in {"x.value", "limit.<=", "limit.<"} and isinstance(inner := said.get("value"), Node):
        said = inner
    return said


def _events(state: RightState, events: Sequence[Event]) -> Node | None:
    """What gave the right, what used it, and what tried to and had no effect."""
    attempts = {one.event: one.reason for one in state.attempts}
    rows = []
    for event in events:
        if event.id in attempts:
            role, detail = "no_effect", why(attempts[event.id])
        elif event.id == state.exercised_by or (
            event.time == state.exercised_at and event.id in state.evidence
        ):
            role, detail = "uses", None
        elif event.id in state.evidence:
            role, detail = ("gives" if event.id == state.instance else "cures"), None
        else:
            continue
        rows.append(
            node(
                "event",
                at=Instant(event.time),
                type=Word(event.type, "event"),
                role=Word(role, "role"),
                detail=detail,
                id=Word(event.id, "id"),
                ids=(event.id,),
            )
        )
    return node("events", *rows) if rows else None


def _standing(state: RightState) -> Node:
    """Its window, since when it can be used, what was done, and what follows."""
    children: list[Node | None] = []
    if state.opens is not None:
        children.append(node("right.opens", at=Instant(state.opens)))
    if state.since is not None:
        kind = "right.since" if state.status in {"exercisable", "exercised"} else "right.exists"
        children.append(node(kind, at=Instant(state.since)))
    children.append(
        node("right.until", at=Instant(state.until, ends=True))
        if state.until is not None
        else node("right.no_end")
    )
    if state.exercised_at is not None:
        children.append(node("right.done", at=Instant(state.exercised_at)))
    if state.effective_at is not None:
        children.append(node("right.effective", at=Instant(state.effective_at)))
    if state.reason:
        children.append(node("reason", text=why(state.reason)))
    if not state.final:
        children.append(node("provisional"))
    return node("result", *children)


def _policies(rule: Right | None) -> Node | None:
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
