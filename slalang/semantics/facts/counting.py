"""The lines of a declared counting convention go in; the convention as data comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.ir.counting import Counting
from slalang.semantics import parts
from slalang.semantics.errors.lowering import LineMissing, NotPlaced, SaidTwice
from slalang.semantics.errors.names import DuplicateName, UnknownConventions
from slalang.values.counting import CONVENTIONS

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence

# An answer in words: which question it answers, and how.
ANSWERS: Final[dict[str, tuple[str, str]]] = {
    "first_day_counts": ("first_day", "counted"),
    "first_day_does_not": ("first_day", "not_counted"),
    "missing_is_last": ("missing_day", "last_day"),
    "missing_is_next": ("missing_day", "first_of_next"),
    "missing_is_error": ("missing_day", "error"),
    "rest_stays": ("rest_day", "stays"),
    "rest_moves": ("rest_day", "next_open_day"),
}
# A day of 24 hours has no first day, no month and no rest day: there is nothing to answer.
BASES: Final = tuple(name for name, one in CONVENTIONS.items() if not one.day_is_24_hours)


def counting_convention(world: World, sentence: Sentence) -> None:
    """Declare a counting convention; what is wrong with it is reported, and then it is another one without answers."""
    name = parts.name(sentence, "name")
    if name is None:
        return
    if name.text in CONVENTIONS:
        what = Text(
            en=f"`{name.text}` comes with slalang: give your own another name",
            zh=f"`{name.text}` 为随附的计期方法，请另取名称",
        )
        world.collector.add(NotPlaced(name.span, what=what))
        return
    if name.text in world.countings:
        world.collector.add(DuplicateName(name.span, name=name.text, first=world.counting_spans[name.text]))
        return
    answers: Any = _answers(world, sentence)
    world.counting_spans[name.text] = name.span
    world.countings[name.text] = Counting(name.text, _base(world, sentence, name.text), **answers)


def _base(world: World, sentence: Sentence, name: str) -> str:
    line = parts.child(sentence, "cal_same")
    base = parts.name(line, "name") if line is not None else None
    if base is None:
        what = Text(en="the convention that it starts from", zh="以何种计期方法为基础")
        written = "同 calendar_days" if world.chinese else "same as calendar_days"
        world.collector.add(LineMissing(sentence.span, name=name, what=what, line=written))
        return "calendar_days"
    if base.text not in BASES:
        near = candidates(base.text, BASES) or BASES
        world.collector.add(UnknownConventions(base.span, name=base.text, near=near))
        return "calendar_days"
    return base.text


def _answers(world: World, sentence: Sentence) -> dict[str, str]:
    found: dict[str, str] = {}
    first: dict[str, Sentence] = {}
    for line in parts.children(sentence, "counting_answer"):
        question, answer = ANSWERS[parts.ident(line, "answer")]
        if question in found:
            world.collector.add(SaidTwice(line.span, first=first[question].span))
            continue
        found[question], first[question] = answer, line
    return found
