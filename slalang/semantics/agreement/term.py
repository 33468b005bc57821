"""The lines of a contract's life go in: term, renewal, ending, suspension; their IR comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import Const, Expr, SignalAt
from slalang.ir.facts import Between, EventMatch, Pattern, Signal
from slalang.ir.program import LifeStep
from slalang.ir.rules import About, Standstill, Within
from slalang.semantics import parts
from slalang.semantics.errors.agreement import CountingOfLife
from slalang.semantics.errors.lowering import SaidTwice, TimeRefused
from slalang.semantics.errors.units import OutOfDomain
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import typed
from slalang.semantics.expressions.patterns import pattern
from slalang.semantics.lines import limits
from slalang.semantics.scope import lookup
from slalang.semantics.scope.world import place
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence

SUSPENDED: Final = "agreement.suspended"  # no name of a contract's own has a dot in it
KINDS: Final = ("term", "renews", "ends_on", "suspended")
_LIFE = Context("case", "", "now")


def bounds(world: World) -> tuple[Expr | None, Expr | None, Pattern | None]:
    """First and last day of the term; a term that begins with the signatures has their pattern instead of a first day."""
    lines = [line for kind, line, _ in world.life if kind == "term"]
    for again in lines[1:]:
        world.collector.add(SaidTwice(again.span, first=lines[0].span))
    if not lines:
        return None, None, None
    term = lines[0]
    start, end = parts.expr(term, "start"), parts.expr(term, "end")
    signed = _signed(world, start)
    first = None
    if signed is None and start is not None:
        first = typed(world, start, Context("fixed"), "date")
    last = typed(world, end, Context("period", ""), "date") if end is not None else None
    if isinstance(first, Const) and isinstance(last, Const) and last.value < first.value:
        reason = Text(en="the term ends before it begins", zh="期限的结束早于开始")
        world.collector.add(TimeRefused(term.span, reason=reason))
    return first, last, signed


def _signed(world: World, node: syn.Expr | None) -> Pattern | None:
    """`term from signed`: an event of the agreement, where no value has that name."""
    if not isinstance(node, syn.Name) or node.parts[0] in world.values:
        return None
    name = node.text if "." in node.text else f"agreement.{node.text}"
    if name not in world.events:
        return None
    return Pattern((EventMatch(name),))


def steps(world: World) -> tuple[LifeStep, ...]:
    """Renewal, endings and suspensions, in the order written."""
    found: list[LifeStep] = []
    renewals = [line for kind, line, _ in world.life if kind == "renews"]
    for again in renewals[1:]:
        world.collector.add(SaidTwice(again.span, first=renewals[0].span))
    for kind, line, clause in world.life:
        about = About(clause, kind, place=place(line.span))
        if kind == "renews":
            found += _renewal(world, line, about)
        elif kind == "ends_on":
            found += _ending(world, line, about)
        elif kind == "suspended":
            for effect, key in (("suspend", "start"), ("resume", "end")):
                node = parts.pattern(line, key)
                made = pattern(world, node, "") if node is not None else None
                if made is not None:
                    found.append(LifeStep(effect, made[0], about))  # type: ignore[arg-type]
    return tuple(found)


def _renewal(world: World, line: Sentence, about: About) -> list[LifeStep]:
    node, times = parts.expr(line, "length"), line.parts.get("times")
    length = typed(world, node, _LIFE, "civil") if node is not None else None
    if isinstance(length, Const) and node is not None and not any(_civil_parts(length)):
        world.collector.add(OutOfDomain(node.span, name=node.span.text, domain="> 0"))
    lookup.has_term(world, line.span)
    most, blank = 0, None
    if times is not None and not isinstance(times, syn.Number):
        blank = typed(world, parts.expr(line, "times"), _LIFE, "integer")  # type: ignore[arg-type]
    if isinstance(times, syn.Number):
        most = int(times.value)
        if times.value.denominator != 1 or most < 1:
            world.collector.add(OutOfDomain(times.span, name=times.span.text, domain=">= 1"))
    stops = [parts.pattern(child, "pattern") for child in parts.children(line, "unless")]
    made = [pattern(world, stop, "") for stop in stops if stop is not None]
    if length is None or (blank is None and isinstance(times, syn.Name)) or any(one is None for one in made):
        return []
    unless = None
    if made:
        matches = tuple(match for one in made if one for match in one[0].any_of)
        derived = tuple(key for one in made if one for key in one[0].derived)
        unless = Pattern(matches, "any", derived)
    return [LifeStep("renew", Pattern(), about, length=length, times=most, unless=unless, most=blank)]


def _civil_parts(length: Const) -> list[Fraction]:
    """Months and days of a civil length."""
    return [Fraction(part) for part in length.value.split(",")]


def _ending(world: World, line: Sentence, about: About) -> list[LifeStep]:
    node, delay = parts.pattern(line, "pattern"), parts.expr(line, "after")
    made = pattern(world, node, "") if node is not None else None
    after = None
    if delay is not None:
        value = limits.within(world, delay, _LIFE, inclusive=True)
        after = Within(value) if value is not None else None
        if limits.kinds_of(world, after) & {"civil", "workdays"} and not world.counting:
            world.collector.add(CountingOfLife(line.span))
    return [] if made is None else [LifeStep("terminate", made[0], about, after=after)]


def suspension(world: World) -> Signal | None:
    """The signal that is true while the contract is suspended, by its lines and by rights; None where nothing suspends it."""
    starts: list[Pattern] = []
    stops: list[Pattern] = []
    for step in world.life_steps:
        if step.effect in {"suspend", "resume"}:
            (starts if step.effect == "suspend" else stops).append(step.on)
    for effect, into in (("suspend", starts), ("resume", stops)):
        names = [name for name, found in _effects(world) if found == effect]
        into += [Pattern(derived=((name, "exercise"),)) for name in names]
    if not starts:
        return None
    return Signal(SUSPENDED, "", "bool", Between(_joined(starts), _joined(stops)))


def _effects(world: World) -> list[tuple[str, str]]:
    """The rights of the contract and what their exercise does to its life, as written."""
    words = {"suspends_the_contract": "suspend", "resumes_the_contract": "resume"}
    found = []
    for item in world.all_values():
        line = parts.child(item.sentence, "effect") if item.kind == "right" else None
        if line is not None and parts.ident(line, "effect") in words:
            found.append((item.name, words[parts.ident(line, "effect")]))
    return found


def _joined(patterns: list[Pattern]) -> Pattern:
    return Pattern(
        tuple(match for one in patterns for match in one.any_of),
        "any",
        tuple(key for one in patterns for key in one.derived),
    )


def suspends(world: World) -> bool:
    """Whether anything in the contract can suspend it."""
    return any(kind == "suspended" for kind, _, _ in world.life) or any(
        effect == "suspend" for _, effect in _effects(world)
    )


def standstill(world: World) -> Standstill:
    """The clocks of duties stand still while the contract is suspended."""
    line = next(((line, clause) for kind, line, clause in world.life if kind == "suspended"), None)
    about = About(line[1], "suspended", place=place(line[0].span)) if line else About()
    return Standstill("suspended", SignalAt(SUSPENDED, "bool", "now"), about)
