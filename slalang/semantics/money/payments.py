"""The sentences about payments go in; the IR's payments come out: which events pay which amounts, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.ir.amounts import AmountRule, Payments
from slalang.semantics import parts
from slalang.semantics.errors.lowering import LineMissing
from slalang.semantics.errors.money import NotPaid
from slalang.semantics.errors.reach import UnknownField
from slalang.semantics.errors.units import Expected
from slalang.semantics.expressions import types
from slalang.semantics.expressions.patterns import pattern
from slalang.semantics.lines.head import check_under
from slalang.semantics.lines.once import single
from slalang.semantics.lines.policies import Choices
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import of_type
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from slalang.ir.expressions import Ty
    from slalang.ir.facts import Pattern
    from slalang.semantics.scope.world import Declared, EventDeclared, World
    from slalang.syntax.tree import Name, Sentence

_WHO = Text(en="who pays whom", zh="何方付给何方")
_BY = Text(en="which event is a payment, and which field its amount", zh="何事件为付款，何字段为其金额")
_WHAT = Text(en="which amounts are paid", zh="清偿哪些金额")
_NAMED = Text(en="in which field a payment names its debt", zh="付款在何字段指明债务")


def payments(world: World, declared: Declared, _: str = "") -> Payments | None:
    """The payments, or None when they have mistakes."""
    choices = Choices(world, declared)
    pays, paid_by, settles = (
        _needed(world, declared, kind, what, *shown)
        for kind, what, shown in (
            ("pays", _WHO, ([*world.parties, "A", "B"][:2])), ("paid_by", _BY, ()), ("settles", _WHAT, ("…",)),
        )
    )  # fmt: skip
    order = choices.choice("apportioned")
    named = single(world, declared.sentence, "debt_named_by")
    if order == "named" and named is None:
        _needed(world, declared, "debt_named_by", _NAMED)
    policies = choices.done()
    if pays is None or paid_by is None or settles is None or not check_under(world, declared.sentence):
        return None
    debtor, creditor = (lookup.party(world, parts.name(pays, key)) for key in ("debtor", "creditor"))
    found = _amount(world, paid_by)
    if found is None or not debtor or not creditor or not order or (order == "named" and named is None):
        return None
    events, ty, declared_events = found
    named_by = parts.name(named, "field") if named is not None else None
    if named_by is not None and _field(world, named_by, declared_events) is None:
        return None
    rules = _settled(world, settles, (debtor, creditor), ty)
    field = parts.name(paid_by, "field")
    if rules is None or field is None:
        return None
    return Payments(
        declared.name, world.about(declared), debtor, creditor, events, field.text, ty.partition(":")[2], rules,
        order, named_by.text if named_by is not None else "",  # type: ignore[arg-type]
        parts.child(declared.sentence, "by_anyone") is not None, policies, declared.under,
    )  # fmt: skip


def _needed(world: World, declared: Declared, kind: str, what: Text, *shown: str) -> Sentence | None:
    line = single(world, declared.sentence, kind)
    if line is None:
        example = written(kind, *shown, chinese=world.chinese)
        world.collector.add(LineMissing(declared.span, name=declared.name, what=what, line=example))
    return line


def _amount(world: World, line: Sentence) -> tuple[Pattern, Ty, tuple[EventDeclared, ...]] | None:
    """The events that pay, and the type of the field with the amount: one and the same in all of them."""
    node, field = parts.pattern(line, "pattern"), parts.name(line, "field")
    found = pattern(world, node, "") if node is not None else None
    if found is None or field is None:
        return None
    ty = _field(world, field, found[1])
    if ty is None:
        return None
    if not types.is_amount(ty):
        needed = of_type(f"amount:{world.currency or 'CNY'}")
        world.collector.add(Expected(field.span, needed=needed, found=of_type(ty)))
        return None
    return found[0], ty, found[1]


def _field(world: World, name: Name, events: tuple[EventDeclared, ...]) -> Ty | None:
    """The type of a field that every one of the events has."""
    ty: Ty | None = None
    for event in events:
        own = event.fields.get(name.text)
        if own is None:
            near = candidates(name.text, event.fields)
            world.collector.add(UnknownField(name.span, name=name.text, owner=event.name, near=near))
            return None
        if ty is not None and own[0] != ty:
            world.collector.add(Expected(name.span, needed=of_type(ty), found=of_type(own[0])))
            return None
        ty = own[0]
    return ty


def _settled(world: World, line: Sentence, parties: tuple[str, str], ty: Ty) -> tuple[str, ...] | None:
    fine = True
    rules: list[str] = []
    for name in parts.names(line, "rules"):
        rule = lookup.rule(world, name, "amount_rule")
        made: AmountRule | None = world.made(rule) if rule is not None else None
        fine = fine and made is not None
        if made is None:
            continue
        if (made.debtor, made.creditor) != parties or made.amount.type != ty:
            world.collector.add(
                NotPaid(name.span, other=name.text, debtor=parties[0], creditor=parties[1], unit=of_type(ty))
            )
            fine = False
        rules.append(made.name)
    return tuple(rules) if fine else None
