"""One line of text and the state of the parser go in; the next token comes out: a word only where the grammar takes it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final

from slalang.source.text import Span
from slalang.syntax import errors
from slalang.syntax.grammar.words import index, is_chinese, is_only_words
from slalang.syntax.tree import Token
from slalang.values.capitals import LITERAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slalang.diagnostics.diagnostic import Diagnostic
    from slalang.source.text import SourceFile
    from slalang.syntax.grammar.tables import Machine
    from slalang.syntax.grammar.words import Spelling

LONGEST_NUMBER: Final = 40  # digits; the largest sum of money there is has fewer than twenty
MOST_TOKENS: Final = 1000  # in one sentence

_TWINS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TWINS |= dict.fromkeys(map(ord, "\u3000\ufeff\u00a0\t\n\r\x0b\x0c\x85\u2028\u2029"), ord(" "))
_TWINS |= {
    ord("、"): ord(","),
    ord("￥"): ord("¥"),
    ord("−"): ord("-"),
    ord("【"): ord("["),
    ord("】"): ord("]"),
}

# Letters of any script with their marks: Python's \w knows no combining marks, without which Hindi or Thai cannot be written.
_MARKED = r"[\w\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u109f\u1780-\u17dd]"
NAME: Final = re.compile(rf"[^\W\d]{_MARKED}*(?:-{_MARKED}+)*")
_TICKED = re.compile(r"`([^`]+)`")
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9-])|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_PERIOD = re.compile(
    r"([0-9]{4})-(?:([0-9]{2})|(Q[1-4]|W(?:0[1-9]|[1-4][0-9]|5[0-3])))(?![\w-])|([0-9]{4})年([0-9]{1,2})月"
)
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?(?![0-9:])")
_NUMBER = re.compile(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(\.[0-9]+)?")
_RATIO = re.compile(r"([百千万])分之([〇零一二两三四五六七八九十百点]+|[0-9]+(?:\.[0-9]+)?)")
_MONEY = re.compile(
    r"([¥$€£]) ?((?:[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
    r"(?: ?([万亿])| +(ten +thousand|hundred +million)\b)?"
)
_CODE = re.compile(r"[A-Z]{3}(?![\w-])")
_CLAUSE = re.compile(r"[^\s\"“”「」『』#`]+")
_LISTED_CLAUSE = re.compile(r"[^\s\"“”「」『』#`,、，]+")
_ZONE = re.compile(r"[A-Za-z][\w+\-]*(?:/[\w+\-]+)*")
_SPECIAL: Final = {
    "CLAUSE": ("CLAUSE_NUMBER", _CLAUSE),
    "CLAUSES": ("CLAUSE_NUMBER", _LISTED_CLAUSE),
    "POINTS_TO": ("CLAUSE_NUMBER", _LISTED_CLAUSE),
    "TO": ("CLAUSE_NUMBER", _LISTED_CLAUSE),
    "COMMA": ("CLAUSE_NUMBER", _LISTED_CLAUSE),
    "TIME_ZONE": ("ZONE", _ZONE),
    "ZONE_OF": ("ZONE", _ZONE),
}
_WRONG = re.compile(r"==|=>|=<|!=|<>|≠|&&|\^")
_SIGNS = {
    "<": "LT",
    "<=": "LE",
    "≤": "LE",
    ">": "GT",
    ">=": "GE",
    "≥": "GE",
    "=": "EQ",
    "+": "PLUS",
    "-": "MINUS",
    "×": "TIMES",
    "*": "TIMES",
    "/": "DIVIDED",
    "÷": "DIVIDED",
    "(": "LPAR",
    ")": "RPAR",
    "[": "LSQB",
    "]": "RSQB",
    ",": "COMMA",
    ":": "COLON",
    "|": "PIPE",
    ".": "DOT",
    "%": "PERCENT",
    "‰": "PERMILLE",
}
QUOTES: Final = {'"': '"', "“": "”", "”": "”", "「": "」", "『": "』"}
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class LineError(Exception):
    """A line cannot be read; carries the one diagnostic that says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


def twins(text: str) -> str:
    """The text with every full-width character, odd space and Chinese sign as its plain twin; of the same length."""
    return text if text.isascii() and text.isprintable() else text.translate(_TWINS)


def money_parts(text: str) -> tuple[str, str, str]:
    """The sign, the figures and the word of an amount like `¥3,000` or `¥3 万`; the word is empty where there is none."""
    found = _MONEY.fullmatch(twins(text))
    assert found, "asked only of what was read so"
    return found[1], found[2], found[3] or " ".join((found[4] or "").split())


class Lexer:
    """Reads the tokens of one logical line.

    Args:
        file: where the spans point.
        text: the line's text with plain twins and with comments blanked out.
        base: the offset of the text's first character in the file.
        splits: whether a Chinese word that begins with a word of the language is taken apart even where a name may stand.
    """

    __slots__ = ("_at", "_base", "_before", "_count", "_file", "_splits", "_text")

    def __init__(self, file: SourceFile, text: str, base: int, *, splits: bool = False) -> None:
        self._file, self._text, self._base, self._splits = file, text, base, splits
        self._at = 0
        self._count = 0
        self._before = ""

    def next(self, machine: Machine) -> Token | None:
        """The next token, or None at the end of the line.

        Raises:
            LineError: what stands there is no token of the language.
        """
        text = self._text
        while self._at < len(text) and text[self._at] == " ":
            self._at += 1
        if self._at >= len(text):
            return None
        self._count += 1
        if self._count > MOST_TOKENS:
            raise LineError(
                errors.LineTooLong(self._span(self._at, len(text)), most=MOST_TOKENS, unit=errors.TOKENS)
            )
        char = text[self._at]
        if self._before in _SPECIAL and (token := self._special(machine)):
            return token
        if char.isalpha() or char == "_":
            return self._word(machine)
        if "0" <= char <= "9":
            return self._figure(machine)
        if char in QUOTES:
            return self._string(char)
        if char == "`":
            return self._ticked()
        if char == "," and (token := self._after_comma(machine)):
            return token
        return self._sign(char)

    # --- pieces

    def _span(self, start: int, end: int) -> Span:
        return self._file.span(self._base + start, self._base + end)

    def _token(self, type_: str, end: int, value: str) -> Token:
        start, self._at, self._before = self._base + self._at, end, type_
        stop = self._base + end
        return Token(type_, self._file.text[start:stop], value, Span(self._file, start, stop))

    def _string(self, quote: str) -> Token:
        start, text = self._at, self._text
        closing, end = QUOTES[quote], self._at + 1
        while (end := text.find(closing, end)) >= 0:
            if quote == '"' and text[end + 1 : end + 2] == '"':
                end += 2
                continue
            break
        if end < 0:
            raise LineError(errors.TextNotClosed(self._span(start, len(text.rstrip())), closing=closing))
        raw = self._file.text[self._base + start + 1 : self._base + end]
        if found := _UNSEEN.search(raw):
            raise LineError(self._unseen(start + 1 + found.start()))
        return self._token("STRING", end + 1, raw.replace('""', '"') if quote == '"' else raw)

    def _ticked(self) -> Token:
        found = _TICKED.match(self._text, self._at)
        if not found:
            raise LineError(errors.NameNotClosed(self._span(self._at, self._at + 1)))
        if hidden := _UNSEEN.search(found[1]):
            raise LineError(self._unseen(found.start(1) + hidden.start()))
        return self._token("NAME", found.end(), _composed(found[1]))

    def _special(self, machine: Machine) -> Token | None:
        """What stands after these words and nowhere else: the number of a clause, the name of a time zone."""
        terminal, pattern = _SPECIAL[self._before]
        if machine.takes(terminal) and (found := pattern.match(self._text, self._at)):
            return self._token(terminal, found.end(), found[0])
        return None

    def _figure(self, machine: Machine) -> Token:
        text, at = self._text, self._at
        if found := _DATE.match(text, at):
            parts = [part for part in found.groups() if part]
            value = f"{parts[0]}-{int(parts[1]):02}-{int(parts[2]):02}"
            try:
                date.fromisoformat(value)
            except ValueError:
                raise LineError(errors.NoSuchDate(self._span(at, found.end()))) from None
            return self._token("DATE", found.end(), value)
        if (found := _TIME.match(text, at)) and machine.takes("TIME"):
            return self._token("TIME", found.end(), _clock_time(found, self._span(at, found.end())))
        if machine.takes("PERIOD") and (found := _PERIOD.match(text, at)):
            return self._token("PERIOD", found.end(), _period(found, self._span(at, found.end())))
        found = _NUMBER.match(text, at)
        assert found
        if len(found[0]) > LONGEST_NUMBER:
            raise LineError(errors.NumberTooLong(self._span(at, found.end()), most=LONGEST_NUMBER))
        type_ = "NUMBER" if found[1] else "INTEGER_NUMBER"
        return self._token(type_, found.end(), found[0].replace(",", ""))

    def _sign(self, char: str) -> Token:
        text, at = self._text, self._at
        if found := _WRONG.match(text, at):
            return self._token("WRONG_SIGN", found.end(), found[0])
        if (found := _MONEY.match(text, at)) and len(found[0]) <= LONGEST_NUMBER:
            return self._token("MONEY_NUMBER", found.end(), found[0])
        for size in (2, 1):
            if (sign := text[at : at + size]) in _SIGNS:
                return self._token(_SIGNS[sign], at + len(sign), sign)
        if char == "'" and (end := text.find("'", at + 1)) > 0:
            return self._token("WRONG_QUOTE", end + 1, text[at + 1 : end])
        raise LineError(self._unseen(at))

    def _unseen(self, at: int) -> Diagnostic:
        char = self._file.text[self._base + at]
        return errors.StrayCharacter(self._span(at, at + 1), character=char, number=f"U+{ord(char):04X}")

    # --- words and names

    def _after_comma(self, machine: Machine) -> Token | None:
        at = self._at + 1
        while self._text[at : at + 1] == " ":
            at += 1
        known = index()
        found = self._choose(machine, at, known.latin_after_comma, known.chinese_after_comma)
        return self._token(found[0], found[1], found[0].lower()) if found else None

    def _word(self, machine: Machine) -> Token:
        known = index()
        if found := self._choose(machine, self._at, known.latin, known.chinese):
            return self._token(found[0], found[1], found[0].lower())
        text, at = self._text, self._at
        ratio = _RATIO.match(text, at) if text[at + 1 : at + 3] == "分之" else None
        if ratio and machine.takes("RATIO_NUMBER") and is_only_words(_chinese_run(text, ratio.end())):
            return self._token("RATIO_NUMBER", ratio.end(), ratio[0])
        capital = LITERAL.match(text, at) if not text[at].isascii() else None
        if capital and machine.takes("CAPITAL_NUMBER") and is_only_words(_chinese_run(text, capital.end())):
            return self._token("CAPITAL_NUMBER", capital.end(), capital[0])
        if (code := _CODE.match(text, at)) and machine.takes("CURRENCY_CODE"):
            return self._token("CURRENCY_CODE", code.end(), code[0])
        word = NAME.match(text, at)
        if not word:
            raise LineError(self._unseen(at))
        end = word.end() if word[0].isascii() else self._cut(machine, at, word.end())
        return self._token("NAME", end, _composed(text[at:end]))

    def _cut(self, machine: Machine, start: int, end: int) -> int:
        """Where a name ends that runs into Chinese words of the language: `opened至首次responded` begins with `opened`."""
        text, at = self._text, start
        while at < end and is_chinese(text[at]):
            at += 1
        while at < end:
            while at < end and not is_chinese(text[at]):
                at += 1
            run = _chinese_run(text, at)
            if run and is_only_words(run):
                for spelling in index().chinese.get(run[0], ()):
                    whole = "".join(spelling.pieces)
                    if run.startswith(whole) and any(
                        machine.takes_both("NAME", name) for name in spelling.ids
                    ):
                        return at
            at += len(run)
        return end

    def _choose(
        self,
        machine: Machine,
        at: int,
        latin: Mapping[str, tuple[Spelling, ...]],
        chinese: Mapping[str, tuple[Spelling, ...]],
    ) -> tuple[str, int] | None:
        """The word that stands at a place, and where it ends: the longest spelling that the grammar takes here."""
        text = self._text
        if at >= len(text):
            return None
        if is_chinese(text[at]):
            return self._choose_chinese(machine, at, chinese.get(text[at], ()))
        word = NAME.match(text, at)
        if not word:
            return None
        for spelling in latin.get(_latin_head(word[0]), ()):
            end = _latin_end(text, at, spelling.pieces)
            if end >= 0 and (taken := _first_taken(machine, spelling.ids)):
                return taken, end
        return None

    def _choose_chinese(
        self, machine: Machine, at: int, spellings: Sequence[Spelling]
    ) -> tuple[str, int] | None:
        text = self._text
        running: list[tuple[str, int]] = []
        for spelling in spellings:
            end = _chinese_end(text, at, spelling.pieces)
            if end < 0 or not (taken := _first_taken(machine, spelling.ids)):
                continue
            if not _chinese_run(text, end):
                return taken, end
            running.append((taken, end))
        words_only = next((one for one in running if is_only_words(_chinese_run(text, one[1]))), None)
        if self._splits:
            return words_only or (running[0] if running else None)
        return None if machine.takes("NAME") else words_only


def _first_taken(machine: Machine, ids: Sequence[str]) -> str:
    return next((name for name in ids if machine.takes(name)), "")


def _latin_head(word: str) -> str:
    """A word up to its first Chinese character, when what follows is nothing but words of the language."""
    if word.isascii():
        return word
    for at, char in enumerate(word):
        if is_chinese(char):
            return word[:at] if is_only_words(_chinese_run(word, at)) else word
    return word


def _latin_end(text: str, at: int, pieces: Sequence[str]) -> int:
    """Where a spelling ends that stands at `at`, its pieces parted by spaces; -1 when it does not stand there."""
    end = at
    for number, piece in enumerate(pieces):
        if number:
            start = end
            while text[end : end + 1] == " ":
                end += 1
            if end == start:
                return -1
        word = NAME.match(text, end)
        if not word or _latin_head(word[0]) != piece:
            return -1
        end += len(piece)
    return end


def _chinese_end(text: str, at: int, pieces: Sequence[str]) -> int:
    end = at
    for piece in pieces:
        while end > at and text[end : end + 1] == " ":
            end += 1
        if not text.startswith(piece, end):
            return -1
        end += len(piece)
    return end


def _chinese_run(text: str, at: int) -> str:
    end = at
    while end < len(text) and is_chinese(text[end]):
        end += 1
    return text[at:end]


def _composed(name: str) -> str:
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def _clock_time(found: re.Match[str], span: Span) -> str:
    hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3))
    whole_day = (hour, minute, second, int(found[4] or 0)) == (24, 0, 0, 0)
    if not whole_day and (hour > 23 or minute > 59 or second > 59):
        raise LineError(errors.NoSuchTime(span))
    fraction = (found[4] or "").ljust(6, "0")
    return str(((hour * 60 + minute) * 60 + second) * 1_000_000 + int(fraction))


def _period(found: re.Match[str], span: Span) -> str:
    if found[3]:
        return f"{found[1]}-{found[3]}"
    year, month = found[1] or found[4], int(found[2] or found[5])
    if not 1 <= month <= 12:
        raise LineError(errors.NoSuchDate(span))
    return f"{year}-{month:02}"
