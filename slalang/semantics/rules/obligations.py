"""The sentences of a duty, prohibition, standing duty or target go in; the IR's obligation comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.ir.facts import EventMatch, Pattern
from slalang.ir.rules import ByDate, ByPoint, Clock, Excuse, Limit, Obligation, Scope, Shape, Within
from slalang.semantics import parts
from slalang.semantics.agreement import survives
from slalang.semantics.agreement.term import SUSPENDED
from slalang.semantics.errors.lowering import LineMissing
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import condition
from slalang.semantics.expressions.patterns import any_only, facts_only, pattern
from slalang.semantics.expressions.reads import reads
from slalang.semantics.facts.vocabulary import may_repeat
from slalang.semantics.lines import limits, rolls
from slalang.semantics.lines.head import check_under, counting_of, owed_by_nobody, parties
from slalang.semantics.lines.once import single
from slalang.semantics.lines.policies import Choices
from slalang.semantics.lines.triggers import trigger_days
from slalang.semantics.rules import exceptions
from slalang.semantics.rules.clocks import clock_of, movable, periodic_and_suspended, resting
from slalang.semantics.rules.early import not_before
from slalang.semantics.rules.notices import notices
from slalang.semantics.rules.scopes import scope_of
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr
    from slalang.semantics.scope.world import Declared, EventDeclared, World
    from slalang.syntax.tree import Sentence

_MODALITIES = {
    "standing": "standing",
    "standing_duty": "standing",
    "target": "target",
    "prohibition": "prohibition",
    "measured": "measured",
}
Maker = Callable[[Any, Any, str], Any]  # a pattern as it may stand in its place
LIMITS = ("within", "by_point", "by_date", "at_least_before")


@dataclass(slots=True)
class Draft:
    """An obligation while its lines are read."""

    world: World
    declared: Declared
    choices: Choices
    scope: Scope
    sentence: Sentence
    fine: bool = True
    trigger: Pattern | None = None
    triggers: tuple[EventDeclared, ...] = ()
    discharge: Pattern | None = None
    discharges: tuple[EventDeclared, ...] = ()
    starts: Pattern | None = None
    clock: Clock = field(default_factory=Clock)
    limit: Limit | None = None
    changes: tuple[str, ...] = ()

    @property
    def running(self) -> Context:
        """Signals as they run."""
        return Context("signal", self.scope.entity)

    def case(self, *, calendar: str = "") -> Context:
        """Conditions on a case, its signals read at the stated instant."""
        stated = self.choices.find("read_at")
        at: Any = stated.policy.choice if stated else "latest"
        return Context(
            "case", self.scope.entity, at, None, self.triggers, self.discharges, calendar, self.declared.name
        )

    def missing(self, en: str, zh: str, example: str) -> None:
        """Report a line without which the rule says nothing."""
        what = Text(en=en, zh=zh)
        self.world.collector.add(
            LineMissing(self.declared.span, name=self.declared.name, what=what, line=example)
        )
        self.fine = False

    def pattern_of(self, kind: str) -> tuple[Pattern | None, tuple[EventDeclared, ...]]:
        """The pattern of a line that may be left out."""
        line = single(self.world, self.sentence, kind)
        node = parts.pattern(line, "pattern") if line else None
        return self.made(node, any_only)

    def made(
        self, node: object, made_by: Maker = pattern
    ) -> tuple[Pattern | None, tuple[EventDeclared, ...]]:
        """A pattern's IR; a mistake in it spoils the obligation."""
        if node is None:
            return None, ()
        found = made_by(self.world, node, self.scope.entity)
        self.fine = self.fine and found is not None
        return found if found is not None else (None, ())

    def signals(self, *exprs: Expr | None, at_trigger: bool = True) -> set[str]:
        """The signals that expressions read; without `at_trigger` only those that may be read later."""
        return {
            name
            for sort, name, _ in reads(exprs, self.world.named, at_trigger=at_trigger)
            if sort == "signal"
        }


def obligation(world: World, declared: Declared, _: str = "") -> Obligation | None:
    """The obligation, or None when it has mistakes."""
    sentence = declared.sentence
    modality = _MODALITIES.get(parts.ident(sentence, "modality"), "duty")
    scope = scope_of(world, sentence)
    draft = Draft(
        world, declared, Choices(world, declared), scope or Scope("once"), sentence, scope is not None
    )
    debtor, creditor = _between(draft, modality)
    draft.fine = check_under(world, sentence) and draft.choices.of_cases(modality, draft.scope) and draft.fine
    _acts(draft, modality)
    draft.starts = draft.pattern_of("starts_at")[0]
    where = _where(draft)
    draft.scope = replace(draft.scope, where=where)
    draft.clock = clock_of(draft)
    holds = _holds(draft, modality)
    counting = counting_of(world, sentence)
    if modality not in {"standing", "target"}:
        _limit(draft, counting)
        draft.fine = draft.fine and draft.limit is not None
    else:
        draft.fine = rolls.nothing_moves(world, sentence) and draft.fine
    excuses = (*resting(draft, modality), *movable(draft, modality))
    void = draft.pattern_of("void_when")[0]
    reopen = _reopen(draft, modality)
    _needed(draft, modality, where, excuses, reopen)
    window, period_field = _report(draft)
    opens, early = _opens(draft), not_before(draft, modality)
    notes, chosen = notices(draft, modality), _chosen(draft)
    policies = draft.choices.done()
    if not draft.fine:
        return None
    return Obligation(
        name=declared.name,
        about=world.about(declared),
        modality=modality,  # type: ignore[arg-type]
        debtor=debtor,
        creditor=creditor,
        scope=draft.scope,
        trigger=draft.trigger,
        starts=draft.starts,
        discharge=draft.discharge,
        clock=draft.clock,
        limit=draft.limit,
        holds=holds,
        counting=counting,
        void_when=void,
        reopen=reopen,
        changes=draft.changes,
        excuses=excuses,
        notices=notes,
        policies=policies,
        under=declared.under,
        shape=Shape((), 0, (), ()),
        period_field=period_field,
        window_from=window,  # type: ignore[arg-type]
        window_opens=opens,
        survives=parts.child(sentence, "survives") is not None,
        not_before=early,
        chosen=chosen,
        anyone=parts.child(sentence, "by_anyone") is not None,
    )


def _between(draft: Draft, modality: str) -> tuple[str, str]:
    """Who owes whom; nobody owes what is only measured."""
    if modality == "measured":
        draft.fine = owed_by_nobody(draft.world, draft.sentence) and draft.fine
        return "", ""
    debtor, creditor = parties(draft.world, draft.declared)
    draft.fine = draft.fine and bool(debtor and creditor)
    return debtor, creditor


def _acts(draft: Draft, modality: str) -> None:
    """Trigger and discharge: from … until …, or the act before an anchor."""
    before = parts.child(draft.sentence, "at_least_before")
    if before is not None:
        draft.trigger, draft.triggers = draft.made(parts.pattern(before, "anchor"), facts_only)
        draft.discharge, draft.discharges = draft.made(parts.pattern(before, "act"), facts_only)
        return
    line = single(draft.world, draft.sentence, "from_until")
    if line is not None:
        draft.trigger, draft.triggers = draft.made(parts.pattern(line, "start"))
        by_period = draft.trigger is None and draft.scope.kind != "each"
        maker = partial(facts_only, periodic=draft.scope.kind == "recurring") if by_period else pattern
        draft.discharge, draft.discharges = draft.made(parts.pattern(line, "end"), maker)
    if modality in {"standing", "target"} or not draft.fine:
        return
    chinese = draft.world.chinese
    if draft.discharge is None and (modality != "measured" or draft.trigger is None):
        draft.missing(
            "what fulfils it", "何为履行", written("from_until", "opened", "resolved", chinese=chinese)
        )
    elif draft.trigger is None and draft.scope.kind == "each":
        draft.missing(
            "what starts it", "自何时起", written("from_until", "opened", "resolved", chinese=chinese)
        )


def _by_period(draft: Draft, modality: str) -> bool:
    """Whether the rule is judged by the periods of the term, which are over with it."""
    return draft.scope.kind == "recurring" or modality in {"standing", "target"} or draft.trigger is None


def _chosen(draft: Draft) -> Expr | None:
    """The option of the contract under which the rule exists: it reads parameters, and nothing that happens."""
    line = single(draft.world, draft.sentence, "when")
    node = parts.expr(line, "condition") if line else None
    if node is None:
        return None
    found = condition(draft.world, node, Context("fixed"))
    draft.fine = draft.fine and found is not None
    return found


def _where(draft: Draft) -> Expr | None:
    line = parts.child(draft.sentence, "for_each")
    node = parts.expr(line, "where") if line else None
    if node is None:
        return None
    ctx = draft.case()
    if draft.choices.find("read_at") is None:
        ctx = replace(ctx, at="trigger")
    found = condition(draft.world, node, ctx)
    draft.fine = draft.fine and found is not None
    return found


def _holds(draft: Draft, modality: str) -> Expr | None:
    line = single(draft.world, draft.sentence, "holds")
    node = parts.expr(line, "value") if line else None
    if modality not in {"standing", "target"}:
        return None
    if node is None:
        draft.missing("what must hold", "须保持什么", written("holds", "…", chinese=draft.world.chinese))
        return None
    if draft.scope.kind != "recurring" and parts.child(draft.sentence, "each") is None:
        draft.missing(
            "in which periods it is judged",
            "按何期间判定",
            written("each_month", chinese=draft.world.chinese),
        )
    ctx = draft.running if modality == "standing" else Context("period", "", "period_end")
    found = condition(draft.world, node, ctx)
    draft.fine = draft.fine and found is not None
    return found


def _limit(draft: Draft, counting: str) -> None:
    world, declared = draft.world, draft.declared
    line = single(world, draft.sentence, *LIMITS)
    if line is None:
        draft.missing("by when", "期限", written("within", "4 h", chinese=world.chinese))
        return
    ctx = replace(
        draft.case(calendar="" if draft.clock.calendar == "always" else draft.clock.calendar), at="now"
    )
    if line.kind == "by_point":
        draft.limit = limits.point(world, line, draft.scope.schedule)
    elif line.kind == "by_date":
        draft.limit = limits.by_date(world, line, ctx)
    else:
        node = parts.expr(line, "limit")
        value = (
            limits.within(world, node, ctx, inclusive=line.kind == "at_least_before")
            if node is not None
            else None
        )
        if value is not None and line.kind == "within":
            value = exceptions.overridden(world, declared, value, "within", ctx)
        direction = "before" if line.kind == "at_least_before" else "after"
        draft.limit = Within(value, direction) if value is not None else None  # type: ignore[arg-type]
    draft.limit = rolls.moved(world, draft.sentence, draft.limit, counting)
    limits.check_counting(world, declared, line, draft.limit, counting, draft.clock.calendar)
    if parts.child(draft.sentence, "clock") is None:
        limits.check_clock(world, declared, draft.limit)


def _needed(
    draft: Draft, modality: str, where: Expr | None, excuses: tuple[Excuse, ...], reopen: Pattern | None
) -> None:
    """Ask for the choices of §7 that this obligation cannot do without."""
    lasts = survives.only_where_it_counts(draft.world, draft.sentence, by_period=_by_period(draft, modality))
    draft.fine = draft.fine and lasts
    choices, kinds = draft.choices, limits.kinds_of(draft.world, draft.limit)
    _changes(draft)
    if draft.signals(where):
        choices.need("leaving_scope")
    if draft.signals(where, *(item.when for item in excuses if item.effect == "release")) - {SUSPENDED}:
        choices.need("read_at")
    if reopen is not None:
        choices.need("on_reopening")
    repeats = draft.scope.kind == "each" and _repeats(draft)
    if repeats and choices.choice("second_trigger") == "opens_another":
        choices.need("discharge_ends")
    if draft.clock.calendar != "always" and isinstance(draft.limit, Within):
        choices.need("at_closing_time")
    trigger_days(draft.world, choices, draft.limit if draft.trigger else None, draft.declared)
    if draft.clock.standstills and (
        kinds & {"civil", "workdays"} or (draft.limit and not isinstance(draft.limit, Within))
    ):
        choices.need("standstill_of_days")
    if draft.scope.kind == "recurring" and modality in {"duty", "measured"}:
        choices.need("report_matched_by")
    if periodic_and_suspended(draft.world, draft.scope.kind == "recurring", modality):
        choices.need("while_suspended")
    if draft.world.retroactive:
        choices.granted("amendment_reaches", "open_cases_from_start", draft.declared.span, "retroactive")
        choices.maybe("amendment_reaches")
    elif draft.world.amended:
        choices.need("amendment_reaches")
    else:
        choices.maybe("amendment_reaches")


def _repeats(draft: Draft) -> bool:
    if draft.trigger is None or draft.trigger.pick in {"first", "last"}:
        return False
    return len(draft.triggers) != 1 or may_repeat(draft.world, draft.triggers[0])


def _changes(draft: Draft) -> None:
    """Each signal in the limit either follows its changes as stated, or is read at a stated instant."""
    limit = draft.limit
    value = limit.limit if isinstance(limit, Within) else limit.value if isinstance(limit, ByDate) else None
    followed = []
    for name in sorted(draft.signals(value, at_trigger=False)):
        read_at = draft.choices.find("read_at")
        fixed = read_at is not None and read_at.policy.choice != "latest"  # the latest value still moves
        if draft.choices.find("on_change", name) is not None or not fixed:
            draft.choices.need("on_change", name)
            followed.append(name)
        else:
            draft.choices.need("read_at")
    if followed:
        draft.choices.need("after_relaxed_limit")
    draft.changes = tuple(followed)


def _reopen(draft: Draft, modality: str) -> Pattern | None:
    stated = draft.pattern_of("reopened_by")[0]
    if stated is not None or modality not in {"duty", "measured"} or draft.scope.kind != "each":
        return stated
    event = draft.world.events.get(f"{draft.scope.entity}.reopened")
    if event is None or parts.child(draft.sentence, "at_least_before") is not None:
        return None
    return Pattern((EventMatch(event.name),))


def _opens(draft: Draft) -> ByPoint | None:
    """The day of a period from which on it may be done; a mistake in the line spoils the obligation."""
    found = rolls.window_opens(draft.world, draft.sentence, draft.scope.schedule)
    draft.fine = draft.fine and (found is not None or parts.child(draft.sentence, "window_opens") is None)
    return found


def _report(draft: Draft) -> tuple[str, str]:
    """From when a report may be given, and the field that names its period."""
    line = single(draft.world, draft.sentence, "window_from")
    window = parts.ident(line, "at") if line else ""
    named = single(draft.world, draft.sentence, "period_field")
    name = parts.name(named, "name") if named else None
    if name is not None:
        return window, name.text
    by_field = draft.choices.find("report_matched_by")
    fields = all("period" in event.fields for event in draft.discharges)
    return window, "period" if by_field and by_field.policy.choice == "period_field" and fields else ""
