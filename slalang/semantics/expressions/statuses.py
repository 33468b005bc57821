"""A status compared with a word goes in; the status that the word means, in either language, comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.suggest import candidates
from slalang.ir.expressions import CaseValue, Const, Expr, Op
from slalang.semantics.errors.names import UnknownName
from slalang.syntax import tree as syn
from slalang.syntax.grammar.words import words

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World
    from slalang.source.text import Span
    from slalang.syntax.grammar.words import Word

BREACHED: Final = ("late", "overdue", "broken")


def of_status(world: World, left: Expr, right: Expr, op: str, span: Span) -> Expr | None:
    """`status of R is WORD`, with `breached` for late, overdue and broken; None after a report. Ask `is_status` first."""
    value, word = (left, right) if _is_status(left) else (right, left)
    assert isinstance(word, Const)
    status = _status(word.value)
    if not status:
        known = [spelling for one in _words() for spelling in (one.zh if world.chinese else one.en)]
        world.collector.add(
            UnknownName(span, name=word.value, near=candidates(word.value, known) or tuple(known))
        )
        return None
    wanted = BREACHED if status == "breached" else (status,)
    tests = tuple(Op("==", (value, replace(word, value=one)), "bool") for one in wanted)
    found: Expr = tests[0] if len(tests) == 1 else Op("or", tests, "bool")
    return found if op in {"is", "=="} else Op("not", (found,), "bool")


def status_word(value: Expr | None, word: syn.Expr) -> Const | None:
    """A word beside `status of R`: it means the status even where something else has its name."""
    if value is None or not _is_status(value) or not isinstance(word, syn.Name) or len(word.parts) != 1:
        return None
    return Const("text", word.text) if _status(word.text) else None


def is_status(left: Expr, right: Expr, op: str) -> bool:
    """Whether a comparison is of a status with a word."""
    sides = (_is_status(left), _is_status(right))
    words_ = any(isinstance(one, Const) and one.type == "text" for one in (left, right))
    return any(sides) and words_ and op in {"is", "is_not", "==", "!="}


def _is_status(value: Expr) -> bool:
    return isinstance(value, CaseValue) and value.what == "status"


def _words() -> list[Word]:
    return [one for one in words().values() if one.group == "statuses"]


def _status(text: str) -> str:
    return next((one.id.lower() for one in _words() if text in (*one.en, *one.zh)), "")
