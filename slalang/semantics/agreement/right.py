"""The sentences of a right go in; the IR's right comes out: holder, ground, window, cure, exercise, effect, notices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import Cure, Right
from slalang.ir.rules import Limit, NoticeRule, Shape, Within
from slalang.semantics import parts
from slalang.semantics.errors.lowering import LineMissing, NotPlaced
from slalang.semantics.errors.units import Expected
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import condition, lower, typed
from slalang.semantics.expressions.operators import expect
from slalang.semantics.expressions.patterns import pattern
from slalang.semantics.expressions.reads import reads
from slalang.semantics.lines import limits
from slalang.semantics.lines.head import check_under, counting_of
from slalang.semantics.lines.once import single
from slalang.semantics.lines.policies import Choices
from slalang.semantics.lines.triggers import trigger_days
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import of_type
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr
    from slalang.ir.facts import Pattern
    from slalang.semantics.scope.world import Declared, EventDeclared, World
    from slalang.syntax import tree as syn
    from slalang.syntax.tree import Sentence

EFFECTS: Final = {
    "ends_the_contract": "terminate",
    "suspends_the_contract": "suspend",
    "resumes_the_contract": "resume",
    "renews_the_contract": "renew",
    "stops_the_renewal": "stop_renewal",
    "withdraws": "withdraw",
    "escalates": "escalate",
    "demands": "demand",
    "claims_right": "claim",
}
DELAYED: Final = ("terminate",)
_NOTICES: Final = ("right", "expiry", "before_window_end")
_OTHER_NOTICE = Text(
    en="a right has notices `on right`, `on expiry` and `… before the window ends`",
    zh="权利的通知为 `可行使时`、`届满时` 和 `… 早于行使期满`",
)
_NOT_DELAYED = Text(en="this effect has no delay", zh="该效力没有延后")
_NO_SUBJECT = Text(en="only a right `for each` subject can withdraw", zh="只有 `对每个` 对象的权利可以撤回")
_ON_FIGURES = Text(
    en="whether a right on a figure is still there then nobody has reckoned: its notices go out `on right`",
    zh="以指标为条件的权利，其时是否仍在并未计算：其通知在 `可行使时` 发出",
)
_NO_WINDOW = Text(en="there is no window that could end", zh="没有会届满的行使期")


@dataclass(slots=True)
class Draft:
    """A right while its lines are read."""

    world: World
    declared: Declared
    sentence: Sentence
    entity: str = ""
    triggers: tuple[EventDeclared, ...] = ()
    fine: bool = True
    counted: list[Limit] = field(default_factory=list)

    @property
    def ctx(self) -> Context:
        """Signals as they are when the right is exercised."""
        return Context("case", self.entity, "now")

    @property
    def given(self) -> Context:
        """Windows may also read the event that gives the right."""
        return Context("case", self.entity, "now", None, self.triggers)

    def pattern(self, node: syn.Pattern | None) -> tuple[Pattern | None, tuple[EventDeclared, ...]]:
        """A pattern's IR; a mistake in it spoils the right."""
        if node is None:
            return None, ()
        found = pattern(self.world, node, self.entity)
        self.fine = self.fine and found is not None
        return found if found is not None else (None, ())

    def misplaced(self, line: Sentence, what: Text) -> None:
        """Report a line that has no place in this right."""
        self.world.collector.add(NotPlaced(line.span, what=what))
        self.fine = False

    def limit(self, node: syn.Expr | None, line: Sentence, *, inclusive: bool = False) -> Limit | None:
        """An elapsed limit, counted by the right's convention."""
        if node is None:
            return None
        value = limits.within(self.world, node, self.given, inclusive=inclusive)
        self.fine = self.fine and value is not None
        if value is None:
            return None
        made = Within(value)
        limits.check_counting(
            self.world, self.declared, line, made, counting_of(self.world, self.sentence), ""
        )
        self.counted.append(made)
        return made


def right(world: World, declared: Declared, _: str = "") -> Right | None:
    """The right, or None when it has mistakes."""
    sentence = declared.sentence
    draft = Draft(world, declared, sentence, fine=check_under(world, sentence))
    holders = tuple(filter(None, (lookup.party(world, name) for name in parts.names(sentence, "holders"))))
    draft.fine = draft.fine and len(holders) == len(parts.names(sentence, "holders"))
    scope = _scope(draft)
    trigger = _trigger(draft)
    where = _where(draft)
    line = single(world, sentence, "when")
    node = parts.expr(line, "condition") if line else None
    ground = condition(world, node, draft.ctx) if node is not None else None
    draft.fine = draft.fine and (node is None or ground is not None)
    window, opens, closes = _window(draft)
    exercised = single(world, sentence, "exercised_by")
    exercise, _events = draft.pattern(parts.pattern(exercised, "pattern") if exercised else None)
    effect, after, length = _effect(draft, exercised)
    cure = _cure(draft)
    on_figures = any(sort == "metric" for sort, _, _ in reads([ground], world.named))
    notices = _notices(draft, has_window=window is not None or closes is not None, on_figures=on_figures)
    against = _against(draft)
    choices = Choices(world, declared)
    for limit in draft.counted:
        trigger_days(world, choices, limit, declared)
    policies = choices.done()
    if not draft.fine:
        return None
    return Right(
        name=declared.name,
        about=world.about(declared),
        holder=holders[0],
        against=against,
        scope=scope,  # type: ignore[arg-type]
        condition=ground,
        trigger=trigger,
        window=window,
        exercise=exercise,
        effect=effect,  # type: ignore[arg-type]
        policies=policies,
        under=declared.under,
        shape=Shape((), 0, (), ()),
        effect_after=after,
        entity=draft.entity,
        where=where,
        holders=holders if len(holders) > 1 else (),
        opens=opens,
        closes=closes,
        cure=cure,
        length=length,
        counting=counting_of(world, sentence),
        notices=notices,
        anyone=parts.child(sentence, "by_anyone") is not None,
        survives=parts.child(sentence, "survives") is not None,
        ends=_ends(draft),
    )


def _scope(draft: Draft) -> str:
    line = single(draft.world, draft.sentence, "for_each", "once")
    if line is None or line.kind == "once":
        return "once"
    name = parts.name(line, "entity")
    entity = lookup.entity(draft.world, name) if name else None
    draft.fine = draft.fine and entity is not None
    draft.entity = entity or ""
    return "each"


def _trigger(draft: Draft) -> Pattern | None:
    line = single(draft.world, draft.sentence, "from_until")
    if line is None:
        return None
    found, draft.triggers = draft.pattern(parts.pattern(line, "start"))
    return found


def _ends(draft: Draft) -> Pattern | None:
    """What ends the right for good, if it was not used before."""
    line = parts.child(draft.sentence, "from_until")
    node = parts.pattern(line, "end") if line is not None else None
    return draft.pattern(node)[0]


def _where(draft: Draft) -> Expr | None:
    line = parts.child(draft.sentence, "for_each")
    node = parts.expr(line, "where") if line else None
    if node is None:
        return None
    found = condition(draft.world, node, draft.given)
    draft.fine = draft.fine and found is not None
    return found


def _window(draft: Draft) -> tuple[Limit | None, Expr | None, Expr | None]:
    """Counted from what gives the right, or between two dates or instants."""
    line = single(draft.world, draft.sentence, "right_within", "right_window", "right_until")
    if line is None:
        return None, None, None
    if line.kind == "right_within":
        return draft.limit(parts.expr(line, "limit"), line), None, None
    return None, _edge(draft, parts.expr(line, "start")), _edge(draft, parts.expr(line, "end"))


def _edge(draft: Draft, node: syn.Expr | None) -> Expr | None:
    if node is None:
        return None
    value = lower(draft.world, node, draft.given)
    if value is not None and value.type not in {"date", "instant"}:
        draft.world.collector.add(Expected(node.span, needed=of_type("date"), found=of_type(value.type)))
        value = None
    draft.fine = draft.fine and value is not None
    return value


def _effect(draft: Draft, exercised: Sentence | None) -> tuple[str, Limit | None, Expr | None]:
    """What the exercise does, after how long, and by how much a renewal prolongs the term."""
    line = single(draft.world, draft.sentence, "effect")
    if line is None:
        return "", None, None
    effect = EFFECTS[parts.ident(line, "effect")]
    if exercised is None:
        what = Text(en="by which event it is exercised", zh="凭何事件行使")
        example = written("exercised_by", "notice.given", chinese=draft.world.chinese)
        found = LineMissing(draft.declared.span, name=draft.declared.name, what=what, line=example)
        draft.world.collector.add(found)
        draft.fine = False
    if effect == "withdraw" and not draft.entity:
        draft.misplaced(line, _NO_SUBJECT)
    node = parts.expr(line, "after")
    if node is not None and effect not in DELAYED:
        draft.misplaced(line, _NOT_DELAYED)
    after = draft.limit(node, line, inclusive=True)
    node = parts.expr(line, "length")
    length = typed(draft.world, node, draft.ctx, "civil") if node is not None else None
    draft.fine = draft.fine and (node is None or length is not None)
    if effect in {"renew", "stop_renewal"}:
        draft.fine = lookup.has_term(draft.world, line.span) and draft.fine
    return effect, after, length


def _cure(draft: Draft) -> Cure | None:
    line = single(draft.world, draft.sentence, "cure")
    if line is None:
        return None
    by, _ = draft.pattern(parts.pattern(line, "pattern"))
    start, _ = draft.pattern(parts.pattern(line, "start"))
    limit = draft.limit(parts.expr(line, "limit"), line)
    return Cure(by, limit, start) if by is not None and start is not None and limit is not None else None


def _against(draft: Draft) -> str:
    line = single(draft.world, draft.sentence, "against")
    party = lookup.party(draft.world, parts.name(line, "party")) if line else ""
    draft.fine = draft.fine and party is not None
    return party or ""


def _notices(draft: Draft, *, has_window: bool, on_figures: bool) -> tuple[NoticeRule, ...]:
    """Notices when the right becomes exercisable, before its window ends and when it has passed unused."""
    world, found = draft.world, []
    for number, line in enumerate(parts.children(draft.sentence, "notice"), start=1):
        on = parts.ident(line, "on")
        if on not in _NOTICES:
            draft.misplaced(line, _OTHER_NOTICE)
            continue
        if on == "before_window_end" and not has_window:
            draft.misplaced(line, _NO_WINDOW)
            continue
        if on != "right" and on_figures:
            draft.misplaced(line, _ON_FIGURES)
            continue
        to = lookup.party(world, parts.name(line, "to"))
        node = parts.expr(line, "offset")
        offset = lower(world, node, draft.ctx) if node is not None else None
        if to is None or (node is not None and offset is None):
            draft.fine = False
            continue
        if node is not None and offset is not None and offset.type not in {"civil", "workdays"}:
            draft.fine = expect(world, offset, "duration", node.span) and draft.fine
        name = f"{draft.declared.name}.notice{number}"
        found.append(NoticeRule(name, on, to, parts.text(line, "text"), offset, world.about(draft.declared)))  # type: ignore[arg-type]
    return tuple(found)
