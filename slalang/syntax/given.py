"""Names that the language itself gives, in both languages, go in with a line's tokens; the tokens under the names of one language come out.

They are no keywords: functions (`min(…)`), what follows from a rule (`Payment.breached`), what becomes of the agreement
(`agreement.ended`), the units of money (`元`, `CNY`). A contract's own name that happens to be spelled so stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from slalang.syntax.grammar.tables import tables
from slalang.syntax.grammar.words import is_code
from slalang.syntax.tree import Name, Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from slalang.ir.facts import Derivation
    from slalang.syntax.grammar.words import Surface
    from slalang.syntax.tree import Document, Sentence

    Load = Callable[[str], "Document | None"]

# Each first in English, then in Chinese; `fmt` writes the first spelling of a language.
FOLLOWING: Final[dict[Derivation, tuple[str, ...]]] = {
    "breach": ("breached", "违约"), "discharge": ("discharged", "履行"), "expiry": ("expired", "届满"),
    "exercise": ("exercised", "行使"), "crossing": ("crossed", "成立", "越限"),
}  # fmt: skip
LIFE: Final[dict[Derivation, tuple[str, str]]] = {
    "began": ("began", "生效"), "expired": ("expired", "届满"), "ended": ("ended", "终止"),
    "renewed": ("renewed", "续期"), "suspended": ("suspended", "中止"), "resumed": ("resumed", "恢复"),
}  # fmt: skip
AGREEMENT: Final = ("agreement", "协议", "合同")
LATE: Final = ("late", "迟延")
FUNCTIONS: Final[dict[str, tuple[str, str]]] = {
    "min": ("min", "较小"), "max": ("max", "较大"), "abs": ("abs", "绝对值"), "round_down": ("round_down", "舍去"),
    "round_up": ("round_up", "进位"), "round_nearest": ("round_nearest", "舍入"), "number": ("number", "数值"),
    "in_capitals": ("in_capitals", "大写"), "from_capitals": ("from_capitals", "读大写"),
    "days_from": ("days_from", "天数自"), "days_in_month": ("days_in_month", "当月天数"),
    "days_in_year": ("days_in_year", "当年天数"),
}  # fmt: skip

_OWNERS: Final = frozenset({"obligation", "right", "signal"})  # what has derived events


def _plain(*pairs: tuple[str, ...]) -> dict[str, str]:
    return {spelling: pair[0] for pair in pairs for spelling in pair}


_TAILS: Final = _plain(*FOLLOWING.values())
_LIVES: Final = _plain(*LIFE.values())
_CALLS: Final = _plain(*FUNCTIONS.values())
_HEADS: Final = dict.fromkeys(AGREEMENT, AGREEMENT[0])
_ANY: Final = {**_TAILS, **_LIVES, **_CALLS, **_HEADS, **dict.fromkeys(LATE, LATE[0])}


def plain(name: Name) -> tuple[str, ...]:
    """A name's parts, those that may be the language's own in English: what `Bill.违约` and `Bill.breached` have in common."""
    return tuple(_ANY.get(part, part) for part in name.parts)


@dataclass(slots=True)
class Given:
    """What a contract calls its own, as far as it decides whether a name is the language's. `load` finds its libraries, read only when needed."""

    document: Document
    load: Load | None = None
    _owners: set[str] | None = field(default=None, repr=False)
    _events: set[str] = field(default_factory=set, repr=False)
    _fields: set[str] = field(default_factory=set, repr=False)

    def written(self, tokens: Sequence[Token], to: Surface) -> tuple[Token, ...]:
        """A line's tokens with each of the language's own names and units in one language."""
        at_language = 0 if to == "en" else 1
        out = list(tokens)
        for at, new in self._changes(tokens, at_language):
            out[at] = new
        return tuple(out)

    def _changes(self, tokens: Sequence[Token], language: int) -> Iterator[tuple[int, Token]]:
        is_late = False
        for at, (token, after) in enumerate(pairwise([*tokens, None])):
            assert token is not None
            if token.type == "NAME":
                if after is not None and after.type == "LPAR" and token.value in _CALLS:
                    yield at, _renamed(token, FUNCTIONS[_CALLS[token.value]][language])
                elif _is_pair(tokens, at):
                    pair = self._pair(token.value, tokens[at + 2].value, language)
                    is_late = is_late or pair is not None
                    for place, new in zip((at, at + 2), pair or (), strict=False):
                        yield place, _renamed(tokens[place], new)
            elif at and token.type in _UNITS and tokens[at - 1].type in _NUMBERS:
                new_unit = _unit(token, language)
                if new_unit is not None:
                    yield at, new_unit
        if is_late:
            yield from self._late(tokens, language)

    def _pair(self, head: str, tail: str, language: int) -> tuple[str, str] | None:
        """Both parts of a derived event's name in a language; None for any other name."""
        if tail in _TAILS and head in self._known():
            return head, next(pair[language] for pair in FOLLOWING.values() if tail in pair)
        if head in _HEADS and tail in _LIVES:
            new = AGREEMENT[language], next(pair[language] for pair in LIFE.values() if tail in pair)
            self._known()
            return None if {f"{head}.{tail}", ".".join(new)} & self._events else new
        return None

    def _late(self, tokens: Sequence[Token], language: int) -> Iterator[tuple[int, Token]]:
        for at, token in enumerate(tokens):
            beside = [one.type for one in (*tokens[max(at - 1, 0) : at], *tokens[at + 1 : at + 2])]
            is_plain = token.type == "NAME" and token.value in LATE and "DOT" not in beside
            if is_plain and not self._fields.intersection(LATE):
                yield at, _renamed(token, LATE[language])

    def _known(self) -> set[str]:
        """The names of rules, rights and signals, those of the libraries too."""
        if self._owners is None:
            self._owners = set()
            todo, seen = [self.document], {""}
            while todo:
                document = todo.pop()
                for sentence in _sentences(document.sentences):
                    for name in map(_text, _parts(sentence, "name", "names")):
                        if sentence.kind in _OWNERS:
                            self._owners.add(name)
                        elif sentence.kind in {"event", "field"}:
                            (self._events if sentence.kind == "event" else self._fields).add(name)
                        elif sentence.kind == "use" and self.load is not None and name not in seen:
                            seen.add(name)
                            library = self.load(name)
                            todo.extend([] if library is None else [library])
        return self._owners


def _sentences(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    for sentence in sentences:
        yield sentence
        if sentence.kind in {"clause", "event"}:
            yield from _sentences(sentence.children)


def _parts(sentence: Sentence, *keys: str) -> Iterator[object]:
    for key in keys:
        part = sentence.parts.get(key)
        yield from part if isinstance(part, tuple) else (part,)


def _text(part: object) -> str:
    return part.text if isinstance(part, Name) else part.value if isinstance(part, Token) else ""


def _is_pair(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name of exactly two parts begins here."""
    kinds = [one.type for one in tokens[at : at + 4]]
    return kinds[:3] == ["NAME", "DOT", "NAME"] and "DOT" not in (
        *kinds[3:],
        *(one.type for one in tokens[max(at - 1, 0) : at]),
    )


def _renamed(token: Token, new: str) -> Token:
    return token if new == token.value else Token(token.type, new, new, token.span)


# --- units of money

_NUMBERS: Final = frozenset({"NUMBER", "INTEGER_NUMBER"})
_UNITS: Final = frozenset({"MONEY_UNIT", "CURRENCY_CODE"})


def _unit(token: Token, language: int) -> Token | None:
    """A unit of money in a language; None for a currency that has no Chinese unit."""
    units: Mapping[str, Mapping[str, list[str]]] = tables().money
    typed = " ".join(token.text.split())
    for entry in units.values():
        if typed in (*entry["en"], *entry["zh"]):
            new = (entry["en"], entry["zh"])[language][0]
            return Token("CURRENCY_CODE" if is_code(new) else "MONEY_UNIT", new, new, token.span)
    return None
