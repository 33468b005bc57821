"""An obligation goes in; out comes what each event type can do to its cases, and which signals move them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.walk import signals_of
from slalang.engine.reasons import in_chinese
from slalang.engine.undetermined import Undetermined
from slalang.ir import facts
from slalang.ir.expressions import Field
from slalang.ir.rules import Within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.engine.cases.rule import Rule
    from slalang.engine.facts.signals import Signals
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.expressions import Expr, SignalAt
    from slalang.ir.facts import Pattern
    from slalang.ir.rules import Obligation


@dataclass(slots=True)
class Roles:
    """What one event type can do: conditions (None: nothing) and what must be read again."""

    starts: Any = None
    triggers: Any = None
    voids: Any = None
    discharges: Any = None
    reopens: Any = None
    standstills: bool = False
    extends: bool = False
    limits: bool = False
    leaves: bool = False

    @property
    def refreshes(self) -> bool:
        """Whether anything must be read again."""
        return self.standstills or self.extends or self.limits or self.leaves

    @property
    def ends(self) -> bool:
        """Whether a case may end, or come back."""
        return any((self.voids, self.discharges, self.reopens))

    @property
    def begins(self) -> bool:
        """Whether a case may begin."""
        return any((self.starts, self.triggers))


@dataclass(slots=True)
class Needs:
    """What moves the cases of a rule between their own events."""

    outside: list[SignalAt]  # moved by other subjects, calendars or plans: the clock reads their history
    moving: list[Expr]
    standstills: set[str] = field(default_factory=set)
    extends: set[str] = field(default_factory=set)
    limits: set[str] = field(default_factory=set)
    leaves: set[str] = field(default_factory=set)
    limit_moves: bool = (
        False  # a limit may be moved by derived events alone, which are no event types of `limits`
    )


def needs_of(rule: Rule) -> Needs:
    """Which event types move standstills, extensions, limit and scope, and whether other things move them as well."""
    ir, signals = rule.ir, rule.world.signals
    still = [one.when for one in ir.clock.standstills if rule.world.applies(one.under)]
    extend = [one.ir.when for one in rule.extend_excuses]
    limit: list[Expr] = []
    if isinstance(ir.limit, Within) and not rule.before:
        # Only the changes that the rule names move its limit.
        limit = [
            node for node in signals_of([ir.limit.limit], rule.world.program) if node.signal in ir.changes
        ]
    moving = [*still, *extend, *limit]
    entity = ir.scope.entity
    own = {one.name for one in rule.world.program.events if one.entity == entity}
    types = [moved_by(signals, part) for part in (still, extend, limit)]
    outside = [
        node for node in signals_of(moving, rule.world.program) if not _is_local(signals, node, entity, own)
    ]
    leaves: set[str] = set()
    if ir.scope.where is not None and rule.policies.get("leaving_scope", "stays") == "void":
        leaves = moved_by(signals, [ir.scope.where])
    return Needs(outside, moving, types[0], types[1], types[2], leaves, bool(limit))


def _is_local(signals: Signals, node: SignalAt, entity: str, own: set[str]) -> bool:
    """Whether only the subject's own events move a signal."""
    plan = signals.plan(node.signal)
    if node.via or plan.signal.entity != entity or plan.slot < 0:
        return False
    return not _has_outside(signals, node.signal) and moved_by(signals, [node]) <= own


def _has_outside(signals: Signals, name: str) -> bool:
    form = signals.plan(name).signal.form
    if isinstance(form, facts.Spans | facts.MemberFold | facts.Lasting | facts.DaysLate):
        return True
    if isinstance(form, facts.Between):
        return bool(form.start.derived or form.stop.derived)
    if isinstance(form, facts.Running):
        patterns = (form.events, form.less, form.reset)
        return form.window is not None or any(one is not None and one.derived for one in patterns)
    if isinstance(form, facts.Computed):
        return any(
            _has_outside(signals, node.signal) for node in signals_of([form.value], signals.world.program)
        )
    return False


def moves_by_itself(form: facts.SignalForm) -> bool:
    """Whether a signal changes at instants at which no event happens: announced spans, windows, bounds that time reaches."""
    return isinstance(form, facts.Spans | facts.Lasting | facts.DaysLate) or (
        isinstance(form, facts.Running) and form.window is not None
    )


def moved_by(signals: Signals, roots: Iterable[Expr | None]) -> set[str]:
    """The event types that can change some expressions, through any signals."""
    found: set[str] = set()
    todo = [node.signal for node in signals_of(roots, signals.world.program)]
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        form = signals.plan(name).signal.form
        found |= types_of(form)
        if isinstance(form, facts.Computed):
            todo += [node.signal for node in signals_of([form.value], signals.world.program)]
        elif isinstance(form, facts.MemberFold | facts.Lasting):
            todo.append(form.signal)
    return found


def types_of(form: facts.SignalForm) -> set[str]:
    """The event types that a signal itself reads."""
    match form:
        case facts.Between():
            patterns = [form.start, form.stop]
        case facts.Running():
            patterns = [one for one in (form.events, form.less, form.reset) if one is not None]
        case facts.Latest():
            return {one.type for one in form.sources}
        case facts.Spans():
            return {one.type for one in form.events}
        case _:
            return set()
    return {one.type for pattern in patterns for one in pattern.any_of}


def conditions(world: World, pattern: Pattern | None, *, derived: bool = False) -> dict[str, Any]:
    """The condition of each event type of a pattern: any of its matches; with those of its derived events where asked."""
    found: dict[str, list[Any]] = {}
    for match in pattern.any_of if pattern is not None else ():
        where = None if match.where is None else world.compiler.expr(match.where)
        found.setdefault(match.type, []).append(where)
    made = {type_: _any_of(wheres) for type_, wheres in found.items()}
    return made | derived_conditions(world, pattern) if derived else made


def is_periodic(ir: Obligation) -> bool:
    """Whether a rule is judged by periods (a recurring, standing or target rule, or a duty owed once in the term)."""
    once = ir.scope.kind == "once" and ir.trigger is None
    return ir.scope.kind == "recurring" or ir.modality in {"standing", "target"} or once


def derived_conditions(world: World, pattern: Pattern | None) -> dict[str, Any]:
    """The derived events of a pattern, as types of their own, each with its condition over the trigger's fields."""
    found: dict[str, list[Any]] = {}
    for number, (name, what) in enumerate(pattern.derived if pattern is not None else ()):
        assert pattern is not None
        where = pattern.where[number] if pattern.where else None
        condition = None if where is None else world.compiler.expr(where)
        found.setdefault(derived_type(name, what), []).append(condition)
    return {type_: _any_of(wheres) for type_, wheres in found.items()}


def derived_type(name: str, what: str) -> str:
    """The type of a derived event; no type of a fact begins so."""
    return f"~{name}.{what}"


def derived_of(type_: str) -> tuple[str, str] | None:
    """Whose derived event a type is, and which; None for a fact."""
    if not type_.startswith("~"):
        return None
    name, _, what = type_[1:].rpartition(".")
    return name, what


def holds_for(world: World, condition: Any, subject: Subject, event: Event) -> bool:
    """Whether an event that moves a signal meets its condition; one of which nobody can say is reported, and does not."""
    if condition is always:
        return True
    try:
        return bool(condition(world.env))
    except Undetermined as unknown:
        world.fault(
            "SLA-E0705",
            subject,
            event,
            f"whether `{event.type}` moves a signal cannot be told: {unknown.reason}",
            f"无法判断 `{event.type}` 是否改变信号：{in_chinese(unknown.reason)}",
        )
        return False


def always(_env: Any) -> bool:
    """The condition that every event meets."""
    return True


def _any_of(wheres: list[Any]) -> Any:
    if None in wheres:
        return always
    if len(wheres) == 1:
        return wheres[0]
    return lambda env: any(where(env) for where in wheres)


def reads_fields(roots: Iterable[Expr | None], world: World, of: str) -> bool:
    """Whether some expressions read fields of the trigger or the discharge."""
    return any(isinstance(node, Field) and node.of == of for node in world.nodes(roots))
