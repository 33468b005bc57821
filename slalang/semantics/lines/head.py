"""Lines that many rules share go in: parties, counting, readings; their checked values come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.semantics import parts
from slalang.semantics.errors.lowering import LineMissing, NotPlaced
from slalang.semantics.errors.names import UnknownConventions
from slalang.semantics.lines.limits import COUNTINGS
from slalang.semantics.lines.once import single
from slalang.semantics.scope import lookup
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax.tree import Sentence


def parties(world: World, declared: Declared) -> tuple[str, str]:
    """Debtor and creditor; empty after a report."""
    line = single(world, declared.sentence, "owes")
    if line is None:
        names = [*world.parties, "A", "B"][:2]
        what = Text(en="who owes whom", zh="何方向何方负责")
        example = written("owes", *names, chinese=world.chinese)
        world.collector.add(LineMissing(declared.span, name=declared.name, what=what, line=example))
        return "", ""
    debtor, creditor = (lookup.party(world, parts.name(line, key)) for key in ("debtor", "creditor"))
    return debtor or "", creditor or ""


def owed_by_nobody(world: World, sentence: Sentence) -> bool:
    """A measured case has no parties: an `owes` line in it would blame one of them."""
    line = parts.child(sentence, "owes")
    if line is not None:
        what = Text(
            en="a measured case is owed by nobody; write `obligation` if it is owed",
            zh="计量事项无人负责；如确有义务，请写 `义务`",
        )
        world.collector.add(NotPlaced(line.span, what=what))
    return line is None


def counting_of(world: World, sentence: Sentence) -> str:
    """The counting convention in force for a rule: its own line, else the contract's."""
    line = single(world, sentence, "counting")
    return known_counting(world, line) if line is not None else world.counting


def known_counting(world: World, line: Sentence) -> str:
    """The name on a `counting` line; one that is not known is reported, and stands so that nobody asks for it again."""
    name = parts.name(line, "name")
    if name is None:
        return ""
    if world.convention(name.text) is None:
        near = candidates(name.text, (*COUNTINGS, *world.countings))
        world.collector.add(UnknownConventions(name.span, name=name.text, near=near), ("counting", name.text))
    return name.text


def under_of(world: World, declared: Declared) -> tuple[tuple[str, str], ...]:
    """The readings and options under which a signal or calendar is this one; unknown ones are reported."""
    check_under(world, declared.sentence)
    return tuple((one.reading, one.option) for one in declared.under)


def check_under(world: World, sentence: Sentence) -> bool:
    """Whether the readings on a rule's `under` lines are declared; what is not is reported."""
    found = []
    for line in parts.children(sentence, "under"):
        reading, option = parts.name(line, "reading"), parts.name(line, "option")
        if reading and option:
            found.append(lookup.reading(world, reading, option))
    return all(found)
