"""The compiled table of words goes in; spellings by their beginning, and words by language, come out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from slalang.syntax.grammar.tables import tables

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_RUN = 40  # characters of Chinese that are looked at for words run together
Surface = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the language: its spellings, the first of each language being the one that `fmt` writes."""

    id: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    one: str
    group: str

    def spelling(self, surface: Surface) -> str:
        """How it is written in a language."""
        return (self.en if surface == "en" else self.zh)[0]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling: its pieces between spaces, and the words that are written so."""

    pieces: tuple[str, ...]
    ids: tuple[str, ...]
    is_chinese: bool


@dataclass(frozen=True, slots=True)
class Index:
    """Spellings by first piece (Latin) or first character (Chinese), longest first; those after a comma apart."""

    latin: Mapping[str, tuple[Spelling, ...]]
    chinese: Mapping[str, tuple[Spelling, ...]]
    latin_after_comma: Mapping[str, tuple[Spelling, ...]]
    chinese_after_comma: Mapping[str, tuple[Spelling, ...]]
    pieces: frozenset[
        str
    ]  # every Chinese spelling without spaces, to see whether a piece of text is nothing but words


@cache
def words() -> Mapping[str, Word]:
    """Every word by its terminal."""
    found = {
        key: Word(key, tuple(en), tuple(zh), one, group)
        for key, (en, zh, one, group) in tables().words.items()
    }
    for key, entry in tables().money.items():
        spelled = tuple(one for one in entry["en"] if not is_code(one))  # a code is read for any currency
        name = f"MONEY_{key}".upper()
        found[name] = Word(name, spelled, tuple(entry["zh"]), "", "money")
    return found


@cache
def index() -> Index:
    """All spellings, ready for the lexer."""
    ids: dict[str, list[str]] = {}
    for word in words().values():
        name = "MONEY_UNIT" if word.group == "money" else word.id
        for spelling in (*word.en, *word.zh):
            known = ids.setdefault(spelling, [])
            if name not in known:
                known.append(name)
    maps: tuple[dict[str, list[Spelling]], ...] = ({}, {}, {}, {})
    pieces = set()
    for text, found in ids.items():
        after_comma = text[0] in ",，"
        bare = text.lstrip(",， ")
        chinese = is_chinese(bare[0])
        entry = Spelling(tuple(bare.split()), tuple(found), chinese)
        start = bare[0] if chinese else entry.pieces[0]
        maps[2 * after_comma + chinese].setdefault(start, []).append(entry)
        if chinese and not after_comma:
            pieces.add(bare.replace(" ", ""))
    longest = [
        {
            start: tuple(sorted(all_, key=lambda item: -len(" ".join(item.pieces))))
            for start, all_ in one.items()
        }
        for one in maps
    ]
    return Index(longest[0], longest[1], longest[2], longest[3], frozenset(pieces))


def is_code(text: str) -> bool:
    """Whether a unit of money is written as the three capitals of a currency."""
    return len(text) == 3 and text.isascii() and text.isupper()


def is_chinese(char: str) -> bool:
    """Whether a character is a Chinese ideograph (also of the extensions), which needs no space beside Latin text."""
    return (
        "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U000323af"
    )


@lru_cache(4096)
def is_only_words(piece: str) -> bool:
    """Whether a piece of Chinese text is nothing but words of the language, one after another."""
    if not piece:
        return True
    if len(piece) > _LONGEST_RUN:
        return False
    known, longest = index().pieces, 12
    return any(
        piece[:size] in known and is_only_words(piece[size:])
        for size in range(min(len(piece), longest), 0, -1)
    )
