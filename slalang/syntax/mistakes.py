"""A line that the grammar does not admit goes in; the message that says most about it comes out."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Fix, Text
from slalang.diagnostics.suggest import FEW, close, distance
from slalang.syntax import errors
from slalang.syntax.expected import begin_words, in_words, language_of, spellings, units
from slalang.syntax.grammar.tables import END, Machine, tables
from slalang.syntax.grammar.words import is_chinese, words
from slalang.syntax.sentences import SENTENCES, TOP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.diagnostics.diagnostic import Diagnostic
    from slalang.syntax.grammar.words import Surface
    from slalang.syntax.tree import Token

_NUMBERS: Final = ("NUMBER", "INTEGER_NUMBER")
_INSTEAD: Final = {"=>": ">=", "=<": "<=", "&&": "AND", "!=": "IS_NOT", "<>": "IS_NOT", "≠": "IS_NOT"}
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?![0-9])")
_DECIMALS: Final = re.compile(r"[,，]([0-9]+)(?![0-9]|[.,，][0-9])")
_APART: Final = re.compile(r"[\s:：，,]+")
_STEM: Final = 5  # letters that a word and the one that was meant begin with, as in `exclude` and `excluding`
_CURRENCIES: Final = (
    "CNY",
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "HKD",
    "CHF",
)  # that a misspelt code is compared with
_IF: Final = ("if", "如果")
_THEN: Final = ("then", "则")
_SIGNS_BEFORE: Final = frozenset({"LT", "LE", "GT", "GE", "EQ", "PLUS", "MINUS", "TIMES", "DIVIDED"})
_SAME_KIND: Final = {"cal_every_day": "cal_week", "until_only": "from_until"}


class Refusal:
    """A line that broke off at its last token, with what the grammar would have taken there."""

    def __init__(
        self, machine: Machine, tokens: Sequence[Token], parent: str, above: Sequence[Token]
    ) -> None:
        self.token, self.before = tokens[-1], tokens[:-1]
        self.parent = parent
        self.surface: Surface = language_of(self.before, above)
        self.expected = machine.expected()
        file, end = self.token.span.file, self.token.span.start
        stop = file.line_bounds(self.token.span.line)[1]
        self.rest = file.text[end : min(stop, end + 200)]

    def why(self) -> Diagnostic:
        """The first of the recognisers that knows the mistake tells about it."""
        for recogniser in (
            _other_date,
            _decimal_comma,
            _points_in_number,
            _bare_choice,
            _policy_key,
            _wrong_sign,
            _unit,
            _comma_in_number,
            _row_end,
            _beginning,
            _colon,
        ):
            if found := recogniser(self):
                return found
        apart = _run_together(self)
        said = in_words(self.expected, self.surface)
        if self.token.type == END:
            return errors.Unfinished(self.token.span, expected=said, apart=apart)
        nearest = _nearest_word(self)
        if nearest is None and (misspelt := _word_before(self)):
            return misspelt
        fix = Fix(self.token.span, nearest) if nearest and " " not in nearest else None
        return errors.Unexpected(self.token.span, expected=said, nearest=nearest, apart=apart, fix=fix)


def not_understood(
    machine: Machine, tokens: Sequence[Token], parent: str, above: Sequence[Token] = ()
) -> Diagnostic:
    """The message for a line whose last token may not stand where it stands; `above` are the tokens of its block's head."""
    return Refusal(machine, tokens, parent, above).why()


def in_short(token: Token, *, is_first: bool) -> Diagnostic:
    """The kind of mistake alone, for lines that are counted and no longer shown."""
    nothing = Text(en="", zh="")
    if token.type == END:
        return errors.Unfinished(token.span, expected=nothing)
    return (
        errors.UnknownSentence(token.span, found="")
        if is_first
        else errors.Unexpected(token.span, expected=nothing)
    )


def misplaced(
    kind: str, tokens: Sequence[Token], parent: str, above: Sequence[Token], blocks: Sequence[tuple[str, int]]
) -> Diagnostic:
    """The message for a sentence in a block where it does not belong.

    Args:
        kind: of the sentence.
        tokens: of the sentence.
        parent: kind of the block's head.
        above: tokens of the block's head; empty at the edge of the file.
        blocks: for each block that is open, outermost first, the kind of its head and the line of its last sentence.
    """
    allowed = SENTENCES[kind][0]
    line = next((line for head, line in reversed(blocks) if head in allowed and head != parent), None)
    if allowed == (TOP,):
        line = None
    surface = language_of(tokens, above)
    possible = tuple(word for head in allowed if head != TOP for word in begin_words(head, surface))
    return errors.WrongPlace(
        tokens[0].span,
        word=tokens[0].text,
        parent=above[0].text if above else None,
        above=above[0].span if above else None,
        line=line,
        possible=tuple(dict.fromkeys(possible)),
    )


# --- recognisers: each returns a message or nothing


def _other_date(line: Refusal) -> Diagnostic | None:
    """`03.04.2026`: with dots the day comes first."""
    found = _DAY_FIRST.match(line.rest) if "DATE" in line.expected else None
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        instead = date(year, month, day).isoformat()
    except ValueError:
        return None
    start = line.token.span.start
    span = line.token.span.file.span(start, start + found.end())
    said = Text(en="a date with the year first", zh="年份在前的日期")
    return errors.Unexpected(span, expected=said, nearest=instead, fix=Fix(span, instead))


def _decimal_comma(line: Refusal) -> Diagnostic | None:
    """`99,5%`: decimals stand after a point."""
    last = line.before[-1] if line.before else None
    found = _DECIMALS.match(line.rest)
    if (
        last is None
        or found is None
        or last.type != "INTEGER_NUMBER"
        or last.span.end != line.token.span.start
    ):
        return None
    instead = f"{last.value}.{found[1]}"
    span = last.span.file.span(last.span.start, last.span.end + found.end())
    said = Text(en="decimals after a point", zh="以小数点隔开的小数")
    return errors.Unexpected(span, expected=said, nearest=instead, fix=Fix(span, instead))


def _points_in_number(line: Refusal) -> Diagnostic | None:
    """`1.000,50`: here thousands are grouped by commas and decimals stand after a point."""
    last = line.before[-1] if line.before else None
    found = _DECIMALS.match(line.rest)
    if last is None or found is None or last.type != "NUMBER" or last.span.end != line.token.span.start:
        return None
    whole, _, group = last.value.partition(".")
    if len(group) != 3 or len(whole) > 3:
        return None
    instead = f"{whole},{group}.{found[1]}"
    span = last.span.file.span(last.span.start, last.span.end + found.end())
    said = Text(
        en="thousands grouped by commas, decimals after a point", zh="以逗号分千位、以小数点隔开的小数"
    )
    return errors.Unexpected(span, expected=said, nearest=instead, fix=Fix(span, instead))


def _bare_choice(line: Refusal) -> Diagnostic | None:
    """`within <= if A then B else C`: after a sign a choice stands in parentheses."""
    for sign, token in pairwise(line.before):
        if token.type == "NAME" and token.text in _IF and sign.type in _SIGNS_BEFORE:
            file = token.span.file
            text = file.text[token.span.start : file.line_bounds(token.span.line)[1]]
            choice = text.partition("#")[0].rstrip()
            if not any(f" {word} " in choice or (word in choice and not word.isascii()) for word in _THEN):
                return None
            span = file.span(token.span.start, token.span.start + len(choice))
            said = Text(en=f"parentheses around `{token.text} …`", zh=f"以括号括起的`{token.text} …`")
            instead = f"({choice})"
            return errors.Unexpected(span, expected=said, nearest=instead, fix=Fix(span, instead))
    return None


def _policy_key(line: Refusal) -> Diagnostic | None:
    """`on reopenning : frozen`: what stands before the colon is nearly the key of a choice."""
    if not line.before or line.parent not in SENTENCES["policy"][0]:
        return None
    file, start = line.token.span.file, line.before[0].span.start
    whole = file.text[start : file.line_bounds(line.before[0].span.line)[1]][:200]
    typed, colon, _ = whole.replace("：", ":").partition(":")
    keys = {name for name in words() if name.startswith("POLICY_")}
    if not colon or any(f"{typed.strip()} ".startswith(f"{one} ") for one in _all_spellings(keys)):
        return None
    near = _near_spellings(typed, keys)
    if not near:
        return None
    parts = list(re.finditer(r"\S+", typed))[: len(near[0].split())]
    span = file.span(start, start + parts[-1].end())
    return errors.UnknownSentence(span, found=span.text, near=near[:1], fix=Fix(span, near[0]))


def _wrong_sign(line: Refusal) -> Diagnostic | None:
    token = line.token
    if token.type == "WRONG_QUOTE":
        instead = f'"{token.value}"' if line.surface == "en" else f"「{token.value}」"
        return errors.WrongQuote(token.span, instead=instead, fix=Fix(token.span, instead))
    if token.type == "WRONG_SIGN":
        wanted = _INSTEAD.get(token.value) or ("=" if "EQ" in line.expected else "IS")
        instead = words()[wanted].spelling(line.surface) if wanted in words() else wanted
        return errors.WrongSign(token.span, found=token.value, instead=instead, fix=Fix(token.span, instead))
    if token.type == "EQ" and "IS" in line.expected:
        said = words()["IS"].spelling(line.surface)
        expected = in_words(line.expected, line.surface)
        return errors.Unexpected(token.span, expected=expected, nearest=said, fix=Fix(token.span, said))
    return None


def _unit(line: Refusal) -> Diagnostic | None:
    if not line.before or line.before[-1].type not in _NUMBERS or "MINUTE" not in line.expected:
        return None
    number = line.before[-1]
    possible = spellings(line.expected & units(), line.surface)
    if line.token.type == "NAME":
        every = [one for name in units() if name in words() for one in (*words()[name].en, *words()[name].zh)]
        near = close(line.token.value, every)
        if line.token.value.isupper() or not near:
            near = close(line.token.value.upper(), _CURRENCIES) or near
        fix = Fix(line.token.span, near[0]) if near else None
        return errors.UnknownUnit(
            line.token.span, found=line.token.value, near=near, possible=possible, fix=fix
        )
    if line.expected <= units():
        return errors.UnitMissing(number.span, number=number.text, possible=possible)
    return None


def _comma_in_number(line: Refusal) -> Diagnostic | None:
    last = line.before[-1] if line.before else None
    if not last or last.type not in _NUMBERS or "COMMA" not in line.expected:
        return None
    text = last.text.replace("，", ",")
    if line.token.type not in ("RSQB", "RPAR") or "," not in text:
        return None
    instead = text.replace(",", ", ")
    return errors.CommaInNumber(last.span, instead=instead, fix=Fix(last.span, instead))


def _row_end(line: Refusal) -> Diagnostic | None:
    if line.token.type != END or line.before[0].type != "PIPE" or "PIPE" not in line.expected:
        return None
    return errors.RowNotClosed(line.token.span, fix=Fix(line.token.span, " |"))


def _beginning(line: Refusal) -> Diagnostic | None:
    """The first word of the line is none that begins a sentence; a name there is one only before `owes` and `at least`."""
    if line.before and (len(line.before) > 1 or line.before[0].type != "NAME"):
        return None
    if line.before and (_nearest_word(line) or _run_together(line)):
        return None
    first = line.before[0] if line.before else line.token
    starts = {name for kind in tables().begins.values() for name in kind}
    text = first.span.file.text
    rest = text[first.span.start : first.span.file.line_bounds(first.span.line)[1]][:200]
    near = _near_spellings(rest, starts)
    begun = first.text + " "
    near = tuple(dict.fromkeys([*(one for one in _all_spellings(starts) if one.startswith(begun)), *near]))
    inside = [kind for kind in tables().begins if line.parent in SENTENCES[_SAME_KIND.get(kind, kind)][0]]
    possible = spellings({name for kind in inside for name in tables().begins[kind]}, line.surface)
    if not near and first.text.isascii() and len(first.text) > _STEM:
        near = tuple(one for one in possible if one[:_STEM] == first.text[:_STEM].casefold())
    fits = len(possible) <= FEW and line.parent not in (TOP, "")
    return errors.UnknownSentence(
        first.span,
        found=first.text,
        near=near[:FEW],
        parent=line.parent.replace("_", " ") if fits else None,
        possible=possible if fits else (),
        fix=Fix(first.span, near[0]) if near and " " not in near[0] else None,
    )


def _colon(line: Refusal) -> Diagnostic | None:
    if "COLON" not in line.expected or line.token.type in ("DOT", "COLON", END):
        return None
    start = line.before[0].span.start
    file = line.token.span.file
    begun = file.text[start : line.token.span.start].rstrip()
    return errors.ColonMissing(
        line.token.span,
        instead=f"{begun} : {line.rest.partition('#')[0].strip(' =＝')}",  # an `=` was meant to be the colon
        fix=Fix(file.span(line.token.span.start, line.token.span.start), ": "),
    )


# --- words nearly right


def _word_before(line: Refusal) -> Diagnostic | None:
    """A name right before the token may be a misspelt word: `until frist responded` breaks off at `responded`."""
    if not line.before or line.before[-1].type != "NAME":
        return None
    name = line.before[-1]
    machine = Machine(tables(), lambda *_: None)
    if not all(machine.feed(token) for token in line.before[:-1]):
        return None
    possible = machine.expected()
    found = _near_spellings(name.text, possible)
    if not found:
        return None
    fix = Fix(name.span, found[0]) if " " not in found[0] else None
    said = in_words(possible, line.surface)
    return errors.Unexpected(name.span, expected=said, nearest=found[0], apart=None, fix=fix)


def _nearest_word(line: Refusal) -> str | None:
    """The word that may come here and is spelled nearly like what stands here, in the language of the line."""
    if line.token.type != "NAME" and line.token.type not in words():
        return None
    found = _near_spellings(line.rest, line.expected)
    return found[0] if found else None


def _all_spellings(terminals: Sequence[str] | frozenset[str] | set[str]) -> tuple[str, ...]:
    known = words()
    return tuple(
        dict.fromkeys(
            one.lstrip(",， ")
            for name in sorted(terminals)
            if name in known
            for one in (*known[name].en, *known[name].zh)
        )
    )


def _near_spellings(rest: str, terminals: Sequence[str] | frozenset[str] | set[str]) -> tuple[str, ...]:
    """Spellings that lie within two edits of the text that begins `rest`, each compared with as many words as it has."""
    pieces = [piece for piece in _APART.split(rest) if piece]
    by_length: dict[int, list[str]] = {}
    for spelling in _all_spellings(terminals):
        by_length.setdefault(len(spelling.split()), []).append(spelling)
    found: list[str] = []
    for length, candidates in sorted(by_length.items(), reverse=True):
        typed = " ".join(pieces[:length])[:60]
        near = close(typed, [one for one in candidates if len(one) > 1])
        found.extend(one for one in near if len(one) > 4 or distance(typed.casefold(), one) < 2)
    return tuple(found)


def _run_together(line: Refusal) -> str | None:
    """A Chinese name that swallowed a word of the language: the same text with spaces around that word."""
    for token in (line.token, *reversed(line.before[-1:])):
        text = token.text
        if token.type != "NAME" or not any(map(is_chinese, text)):
            continue
        wanted = [one for one in _all_spellings(line.expected) if is_chinese(one[0]) and one in text]
        if wanted:
            longest = max(wanted, key=len)
            head, _, tail = text.partition(longest)
            return " ".join(part for part in (head, longest, tail) if part)
    return None
