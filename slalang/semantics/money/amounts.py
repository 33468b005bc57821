"""The sentences of a credit, penalty, fee, interest or rebate go in; the IR's amount rule comes out, its table beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import AmountRule, Claim, PerDay
from slalang.ir.expressions import Expr, Op, TableLookup, Ty
from slalang.ir.rules import ByPoint, Limit, Schedule, Shape, Within
from slalang.semantics import parts
from slalang.semantics.agreement.survives import only_where_it_counts
from slalang.semantics.errors.lowering import LineMissing, NotPlaced
from slalang.semantics.errors.units import Expected
from slalang.semantics.expressions import types
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import condition, lower, typed
from slalang.semantics.expressions.patterns import facts_only
from slalang.semantics.expressions.reads import reads
from slalang.semantics.lines import limits, rolls
from slalang.semantics.lines.head import check_under, counting_of, parties
from slalang.semantics.lines.once import single
from slalang.semantics.lines.policies import Choices
from slalang.semantics.lines.schedules import schedule
from slalang.semantics.lines.triggers import trigger_days
from slalang.semantics.money.caps import own_cap
from slalang.semantics.money.daily import daily
from slalang.semantics.money.happenings import happening
from slalang.semantics.money.unpaid import reads_unpaid
from slalang.semantics.rules import exceptions, tables
from slalang.semantics.scope.kinds import of_type
from slalang.semantics.surface import line as written
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax.tree import Sentence

NOT_MONEY = ("civil", "workdays", "duration")


@dataclass(slots=True)
class Draft:
    """An amount while its lines are read."""

    world: World
    declared: Declared
    choices: Choices
    ctx: Context
    fine: bool = True


def amount_rule(world: World, declared: Declared, _: str = "") -> AmountRule | None:
    """The amount rule, or None when it has mistakes."""
    sentence = declared.sentence
    choices = Choices(world, declared)
    by = tuple(name.text for name in parts.names(sentence, "by"))
    entity = next((name for name in by if name in world.entities and name != "agreement"), "")
    period = schedule(world, sentence, entity)
    paid_for = happening(world, declared, choices, by)
    if paid_for is None or (period is None and parts.ident(sentence, "unit")):
        return None
    lasts = only_where_it_counts(world, sentence, by_period=not paid_for.once)
    draft = Draft(world, declared, choices, paid_for.ctx, check_under(world, sentence) and lasts)
    debtor, creditor = parties(world, declared)
    value, per_day = _amount(draft, sentence)
    if value is None:
        return None
    when = _conditions(draft, sentence)
    at_most, at_least = (_bounds(draft, sentence, kind, value.type) for kind in ("at_most", "at_least"))
    when = _only_if(draft, sentence, value, when, at_most)
    counting = counting_of(world, sentence)
    claim, due = _claim(draft, sentence, counting), _due(draft, sentence, counting)
    read_once = (
        None if per_day is not None else value
    )  # what is read for each day is read at each day's start
    named = reads([read_once, when, *at_most, *at_least], world.named)
    once_given = paid_for.event is not None or paid_for.exercise  # then signals are read as it happens
    if any(sort == "signal" for sort, _, _ in named) and not once_given:
        choices.need("read_at")
    elif any(sort == "parameter" for sort, _, _ in named) and not once_given:
        choices.maybe("read_at")  # what is agreed may change on a day
    rounding = choices.choice("rounding")
    posted = choices.choice("posted") if period is not None else "same_period"
    _no_next_window(draft, period, posted)
    last = choices.choice("no_next_period") if posted == "next_period" else ""
    if period is None:  # what is counted from the end of a period is not counted from a trigger
        trigger_days(world, choices, due, declared)
    set_off = single(world, sentence, "set_off")
    group, choose = _group(draft, claim)
    start = _opening(draft, sentence, period, value.type)
    policies = choices.done()
    if not draft.fine or not debtor or not creditor or not rounding or not posted:
        return None
    return AmountRule(
        name=declared.name, about=world.about(declared), sort=parts.ident(sentence, "sort") or "credit",  # type: ignore[arg-type]
        debtor=debtor, creditor=creditor, period=period, by=by, for_each=paid_for.breach, when=when,
        amount=value, unit=_unit(value.type), at_most=at_most, at_least=at_least,
        rounding=rounding, posted=posted, no_next_period=last, claim=claim, due=due,  # type: ignore[arg-type]
        set_off=parts.text(set_off, "against") if set_off else "", policies=policies, under=declared.under,
        shape=Shape((), 0, (), ()), sole_remedy=parts.child(sentence, "sole_remedy") is not None,
        for_each_event=paid_for.event, for_each_exercise=paid_for.exercise, for_each_debt=paid_for.debt, group=group, choose=choose, counting=counting,  # type: ignore[arg-type]
        survives=parts.child(sentence, "survives") is not None, places=_places(world, value.type), per_day=per_day, opening=start, anyone=parts.child(sentence, "by_anyone") is not None, on_unpaid=bool(paid_for.debt) or reads_unpaid(value), set_off_rules=tuple(name.text for name in parts.names(set_off, "rules")) if set_off else (),
    )  # fmt: skip


def _opening(draft: Draft, sentence: Sentence, period: Schedule | None, ty: Ty) -> Expr | None:
    """What a look-back reads before the first period: a stated amount, or a signal that an opening statement sets."""
    line = single(draft.world, sentence, "sig_starts_as")
    node = parts.expr(line, "value") if line is not None else None
    if line is None or node is None:
        return None
    found = typed(draft.world, node, Context("period", "", "latest"), ty)
    if period is None or any(
        sort in {"metric", "amount"} for sort, _, _ in reads([found], draft.world.named)
    ):
        what = Text(
            en="a start value is of an amount for each period, and stated, not worked out from metrics or amounts",
            zh="初值属于按期的金额，并且是写明的，不由指标或金额得出",
        )
        draft.world.collector.add(NotPlaced(line.span, what=what))
        found = None
    draft.fine = draft.fine and found is not None
    return found


def _unit(ty: Ty) -> str:
    """The unit that an amount is told in: a currency or another unit of amounts; service is in days or hours."""
    return ty.partition(":")[2] or {"civil": "days", "workdays": "working days", "duration": "hours"}.get(
        ty, ty
    )


def _amount(draft: Draft, sentence: Sentence) -> tuple[Expr | None, PerDay | None]:
    """`amount = E`, or a table whose result is the amount; once, or for each day late."""
    world, declared = draft.world, draft.declared
    line = single(world, sentence, "amount")
    if line is None:
        what, example = Text(en="how much", zh="金额多少"), written("amount", "…", chinese=world.chinese)
        world.collector.add(LineMissing(declared.span, name=declared.name, what=what, line=example))
        return None, None
    ctx, per_day = draft.ctx, None
    if parts.ident(line, "per"):
        per_day = daily(world, line, draft.choices, draft.ctx)
        ctx = replace(ctx, at="now")
        if per_day is None:
            draft.fine = False
            return None, None
        ctx = replace(ctx, daily=True)
    node = parts.expr(line, "value")
    if node is None:
        value = _table(draft, line)
    else:
        value = lower(world, node, ctx, _money(world))
        if value is not None and not _is_amount(world, value.type, node.span):
            value = None
    found = None if value is None else exceptions.overridden(world, declared, value, "amount", ctx)
    return found, per_day


_CODE = re.compile("amount:([A-Z]{3})")  # of a currency; other units of an amount have names of their own


def _places(world: World, ty: Ty) -> int | None:
    """The places of a declared unit."""
    declared = world.units.get(ty.partition(":")[2])
    return None if declared is None else parts.integer(declared.sentence, "places")


def _money(world: World) -> Ty | None:
    return f"amount:{world.currency}" if world.currency else None


def _is_amount(world: World, ty: Ty, span: Any) -> bool:
    other = _CODE.fullmatch(ty)
    if (types.is_amount(ty) and not (other and world.currency and other[1] != world.currency)) or (
        ty in NOT_MONEY
    ):
        return True
    remedy = Text(
        en="a share is a share of something: write `fee × 5%`", zh="份额须是某量的份额: 写作 `费用 × 5%`"
    )
    needed = of_type(_money(world) or "amount:CNY")
    world.collector.add(
        Expected(span, needed=needed, found=of_type(ty), remedy=remedy if ty == "ratio" else None)
    )
    return False


def _table(draft: Draft, line: Sentence) -> Expr | None:
    world, declared = draft.world, draft.declared
    policy = draft.choices.maybe("rows") or "one_applies"
    about = replace(world.about(declared), text="", assumptions=())
    ctx = draft.ctx if draft.ctx.role == "case" else replace(draft.ctx, at="now")
    made = tables.build(world, line, f"{declared.name}.amount", about, policy, ctx, declared.under)
    if made is None:
        return None
    column = made.results[0]
    rows = list(parts.children(line, "row"))
    if not _is_amount(world, column.type, rows[1].span):
        return None
    world.hidden_tables.append(made)
    return TableLookup(made.name, column.name, column.type)


def _conditions(draft: Draft, sentence: Sentence) -> Expr | None:
    line = single(draft.world, sentence, "when")
    node = parts.expr(line, "condition") if line else None
    if node is None:
        return None
    found = condition(draft.world, node, draft.ctx)
    draft.fine = draft.fine and found is not None
    return found


def _only_if(
    draft: Draft, sentence: Sentence, amount: Expr, when: Expr | None, at_most: tuple[Expr, ...]
) -> Expr | None:
    """`issued only if > 1 USD`: nothing is owed where the exact amount, once capped, does not pass the bound."""
    line = single(draft.world, sentence, "only_if")
    node = parts.expr(line, "bound") if line else None
    if not isinstance(node, syn.Bound):
        return when
    bound = typed(draft.world, node.value, draft.ctx, amount.type)
    if bound is None:
        draft.fine = False
        return when
    capped = Op("min", (amount, *at_most), amount.type) if at_most else amount
    passes = Op(node.op, (capped, bound), "bool")
    return passes if when is None else Op("and", (when, passes), "bool")


def _no_next_window(draft: Draft, period: Schedule | None, posted: str) -> None:
    """A window before an event is followed by no other: what it comes to is posted to itself."""
    if period is not None and period.before is not None and posted == "next_period":
        what = Text(
            en="a window before an event has no next period: write `posted : same period`",
            zh="以事件为止的窗口没有下期: 请写 `入账于：本期`",
        )
        draft.world.collector.add(NotPlaced(draft.declared.span, what=what))
        draft.fine = False


def _bounds(draft: Draft, sentence: Sentence, kind: str, ty: Ty) -> tuple[Expr, ...]:
    found = []
    for line in parts.children(sentence, kind):
        if parts.ident(line, "over") in {"period", "total"}:
            made = own_cap(draft.world, draft.declared, line, draft.choices, ty)
            draft.fine = draft.fine and made is not None
            if made is not None:
                draft.world.own_caps.append(made)
            continue
        node = parts.expr(line, "value")
        value = typed(draft.world, node, draft.ctx, ty) if node is not None else None
        draft.fine = draft.fine and value is not None
        if value is not None:
            found.append(value)
    return tuple(found)


def _group(draft: Draft, claim: Claim | None) -> tuple[str, str]:
    """The group of amounts that exclude each other, and who or what chooses; a creditor chooses by claiming."""
    line = single(draft.world, draft.declared.sentence, "one_of_group")
    if line is None:
        return "", ""
    choose = parts.ident(line, "choose")
    if choose == "creditor" and claim is None:
        what = Text(
            en="by which event the creditor claims it, which is how the choice is made",
            zh="债权人凭何事件申领（选择以申领作出）",
        )
        example = written("claim", chinese=draft.world.chinese)
        draft.world.collector.add(LineMissing(line.span, name=draft.declared.name, what=what, line=example))
        draft.fine = False
    return parts.text(line, "group"), choose


def _claim(draft: Draft, sentence: Sentence, counting: str) -> Claim | None:
    line = single(draft.world, sentence, "claim")
    node = parts.pattern(line, "pattern") if line else None
    if line is None or node is None:
        return None
    if not _counted_from(draft, sentence, line):
        draft.fine = False
        return None
    about = draft.ctx.entity if draft.ctx.role == "case" else ""
    # A claim may be an event of its own kind (`credit.claimed`), which concerns the whole agreement.
    known = [draft.world.events.get(ref.name.text) for ref in node.events]
    if any(event is not None and event.entity != about for event in known):
        about = ""
    found = facts_only(draft.world, node, about, periodic=draft.ctx.role == "period")
    periods = parts.integer(line, "periods")
    limit = _after(draft, line, counting) if periods is None else _through(draft, line, periods)
    if found is None or limit is None:
        draft.fine = False
        return None
    return Claim(found[0], limit)


def _counted_from(draft: Draft, sentence: Sentence, line: Sentence) -> bool:
    """Whether what the claim is counted from is there: the end of a period, or the event or breach that the amount is for."""
    of_it, chinese = parts.flag(line, "of_it"), draft.world.chinese
    judged = draft.world.made(draft.world.values[draft.ctx.rule][0]) if draft.ctx.rule else None
    scope = getattr(judged, "scope", None)
    periods = schedule(draft.world, sentence) is not None or (scope is not None and scope.kind == "recurring")
    if draft.ctx.role == "period" and of_it:
        what = Text(
            en=f"the amount is for a period: write `{written('claim', chinese=chinese)}`",
            zh=f"该金额按期间计: 请写 `{written('claim', chinese=chinese)}`",
        )
    elif not of_it and not periods:
        what = Text(
            en=f"the amount is for something that happens and has no period: write `{written('claim_of_it', chinese=chinese)}`",
            zh=f"该金额针对所发生之事，没有期间: 请写 `{written('claim_of_it', chinese=chinese)}`",
        )
    else:
        return True
    draft.world.collector.add(NotPlaced(line.span, what=what))
    return False


def _through(draft: Draft, line: Sentence, periods: int) -> ByPoint | None:
    """The end of a period so many after the measured one: its last day is included."""
    period = schedule(draft.world, draft.declared.sentence)
    if period is None or period.before is not None or period.unit == "term":
        what = Text(
            en="no such periods follow one another here: write `within … after period end`",
            zh="此处没有前后相继的期间: 请写 `于期末后 … 内`",
        )
        draft.world.collector.add(NotPlaced(line.span, what=what))
        return None
    return ByPoint(period.unit, periods, 0, "day", True, schedule=period)


def _due(draft: Draft, sentence: Sentence, counting: str) -> Limit | None:
    line = single(draft.world, sentence, "due", "by_point", "by_date")
    if line is None:
        draft.fine = rolls.nothing_moves(draft.world, sentence) and draft.fine
        return None
    found: Limit | None
    if line.kind == "due":
        found = _after(draft, line, counting, sentence)
    elif line.kind == "by_point":
        found = limits.point(draft.world, line, schedule(draft.world, sentence))
    else:
        found = limits.by_date(draft.world, line, draft.ctx)
    if line.kind != "due":
        found = rolls.moved(draft.world, sentence, found, counting)
    draft.fine = draft.fine and found is not None
    return found


def _after(draft: Draft, line: Sentence, counting: str, moved_by: Sentence | None = None) -> Limit | None:
    """`within 30 days after period end`: the words include the last day; a rule's own roll moves when it is due."""
    node = parts.expr(line, "limit")
    value = limits.within(draft.world, node, draft.ctx, inclusive=True) if node is not None else None
    limit: Limit | None = Within(value) if value is not None else None
    if moved_by is not None:
        limit = rolls.moved(draft.world, moved_by, limit, counting)
    limits.check_counting(draft.world, draft.declared, line, limit, counting, "")
    return limit
