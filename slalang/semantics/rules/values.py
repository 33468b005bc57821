"""Parameters, open words and definitions go in; the IR's named values come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.ir.amounts import Definition
from slalang.ir.domains import domain_text
from slalang.ir.expressions import Const, Ty
from slalang.ir.program import Parameter
from slalang.ir.rules import About
from slalang.semantics import parts
from slalang.semantics.errors.lowering import NotConstant
from slalang.semantics.errors.tables import EmptyRange
from slalang.semantics.errors.units import OutOfDomain
from slalang.semantics.expressions import types
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.literals import fraction
from slalang.semantics.expressions.lower import lower, typed
from slalang.semantics.lines.head import check_under
from slalang.semantics.rules import exceptions
from slalang.semantics.scope import lookup
from slalang.semantics.scope.world import Domain, place

if TYPE_CHECKING:
    from slalang.ir.domains import Bounded
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax.tree import Expr as Node
    from slalang.syntax.tree import Sentence

FIXED = Context("fixed")


def parameter(world: World, declared: Declared, _: str = "") -> Parameter | None:
    """A blank with its type and domain."""
    name = parts.name(declared.sentence, "type")
    ty = lookup.type_of(world, name) if name else None
    if ty is None:
        return None
    help_ = next(
        (
            parts.as_text(nodes[0])
            for what, *nodes in parts.tuples(declared.sentence, "domain")
            if what == "help"
        ),
        "",
    )
    found = domain(world, declared.sentence, ty)
    if found is None:
        return None
    about = About(declared.clause, declared.name, help_, (), place(declared.span))
    return Parameter(declared.name, ty, found.low, True, found.high, True, found.one_of, about=about)


def domain(world: World, sentence: Sentence, ty: Ty) -> Domain | None:
    """The domain on the line of a parameter or field; None after a message."""
    low = high = ""
    options: list[str] = []
    fine = True
    span = sentence.span
    for what, *nodes in parts.tuples(sentence, "domain"):
        if what == "help":
            continue
        span = nodes[0].span
        consts = [constant(world, node, ty) for node in nodes]
        fine = fine and all(consts)
        texts = [const.value for const in consts if const]
        if what == "one_of":
            options = texts
        elif texts:
            low = texts[0] if what in {"from", "at_least"} else low
            high = texts[-1] if what in {"from", "at_most"} else high
    if low and high and types.is_ordered(ty) and not _rises(ty, low, high):
        world.collector.add(EmptyRange(span))
        return None
    return Domain(ty, low, high, tuple(options)) if fine else None


def _rises(ty: Ty, low: str, high: str) -> bool:
    if types.is_quantity(ty) and ty not in {"civil", "workdays"}:
        return fraction(Const(ty, low)) <= fraction(Const(ty, high))
    return ty != "date" or low <= high


def constant(world: World, node: Node, ty: Ty | None) -> Const | None:
    """A fixed value of a type; what has to be worked out is refused."""
    value = lower(world, node, FIXED, ty) if ty is None else typed(world, node, FIXED, ty)
    if value is None:
        return None
    if not isinstance(value, Const):
        world.collector.add(NotConstant(node.span))
        return None
    return Const(ty or value.type, value.value)


def open_word(world: World, declared: Declared, _: str = "") -> Parameter | None:
    """A vague word and the figure that the contract gives it; one that it leaves open is bound like a parameter."""
    sentence = declared.sentence
    node, named = parts.expr(sentence, "value"), parts.name(sentence, "type")
    value = constant(world, node, None) if node is not None else None
    ty = value.type if value is not None else lookup.type_of(world, named) if named is not None else None
    if ty is None:
        return None
    found = domain(world, sentence, ty)
    if found is None:
        return None
    about = About(declared.clause, declared.name, parts.text(sentence, "why"), (), place(declared.span))
    made = Parameter(
        declared.name, ty, found.low, True, found.high, True, found.one_of, value, open_word=True, about=about
    )
    if value is not None and node is not None and not in_domain(made, value):
        world.collector.add(OutOfDomain(node.span, name=made.name, domain=domain_text(made)))
        return None
    return made


def definition(world: World, declared: Declared, entity: str = "") -> Definition | None:
    """A named value as rules about `entity` read it."""
    node = parts.expr(declared.sentence, "value")
    ctx = Context("period", entity, loose=not entity)
    value = lower(world, node, ctx) if node is not None else None
    if value is None or not check_under(world, declared.sentence):
        return None
    value = exceptions.overridden(world, declared, value, "value", ctx)
    return Definition(declared.name, world.about(declared), value, value.type, declared.under)


def in_domain(made: Bounded, value: Const) -> bool:
    """Whether a value lies in the domain of its parameter or field."""
    if made.one_of:
        return value.value in made.one_of
    if not types.is_quantity(made.type) or made.type in {"civil", "workdays"}:
        low_fits = not made.low or made.type != "date" or made.low <= value.value
        high_fits = not made.high or made.type != "date" or value.value <= made.high
        return low_fits and high_fits
    from_low = not made.low or fraction(value) >= fraction(Const(made.type, made.low))
    return from_low and (not made.high or fraction(value) <= fraction(Const(made.type, made.high)))
