"""What the grammar read for a name, a literal, a pattern or an expression goes in; its node of the tree comes out."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics import diagnostic
from slalang.diagnostics.diagnostic import Fix
from slalang.syntax import errors
from slalang.syntax.grammar.tables import tables
from slalang.syntax.lexer import LineError, money_parts
from slalang.syntax.tree import (
    Across,
    Aggregate,
    AnyValue,
    AtTrigger,
    Binary,
    Bound,
    Call,
    CaseMeasure,
    Cell,
    Choice,
    DateValue,
    EventRef,
    InRange,
    Interval,
    IsOneOf,
    Measured,
    Name,
    Number,
    Pattern,
    PeriodEdge,
    Pieces,
    Previous,
    TermEdge,
    Text,
    TimeValue,
    Token,
    Truth,
    Unary,
)
from slalang.values import capitals

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.source.text import SourceFile, Span

DEEPEST: Final = 100  # expressions within one another
DAY_US: Final = 86_400_000_000
_SYMBOLS: Final = {"¥": "CNY", "$": "USD", "€": "EUR", "£": "GBP"}
_FACTORS: Final = {
    "": 1,
    "万": 10_000,
    "亿": 100_000_000,
    "ten thousand": 10_000,
    "hundred million": 100_000_000,
}
_PARTS_OF: Final = {"百": 100, "千": 1000, "万": 10_000}
_DIGITS: Final = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_OPERATORS: Final = {
    "LT": "<",
    "LE": "<=",
    "GT": ">",
    "GE": ">=",
    "IS": "is",
    "IS_NOT": "is_not",
    "PLUS": "+",
    "MINUS": "-",
    "TIMES": "*",
    "DIVIDED": "/",
    "OR": "or",
    "AND": "and",
}


class Values:
    """Builds the nodes of one line; `depth` of an expression is watched so that no later stage can run out of stack."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._depths: dict[
            int, tuple[int, Any]
        ] = {}  # by identity; the node is kept so that the identity stays its own
        self.builders: dict[str, Callable[[list[Any], Span], Any]] = {
            name.removeprefix("_on_"): getattr(self, name) for name in dir(self) if name.startswith("_on_")
        }

    def start_line(self) -> None:
        """Forget the expressions of the line before."""
        self._depths.clear()

    def _deep(self, node: Any, *parts: Any) -> Any:
        depth = 1 + max((self._depths.get(id(part), (0, None))[0] for part in parts), default=0)
        if depth > DEEPEST:
            raise LineError(errors.TooDeep(node.span, most=DEEPEST, what=errors.EXPRESSIONS))
        if depth > 1 or parts:
            self._depths[id(node)] = (depth, node)
        return node

    # --- names, texts, numbers

    def _on_name(self, values: list[Any], span: Span) -> Name:
        return Name(tuple(token.value for token in values), span)

    def _on_names(self, values: list[Any], _span: Span) -> tuple[Name, ...]:
        return tuple(values)

    def _on_always(self, _values: list[Any], span: Span) -> Name:
        return Name(("always",), span)

    def _on_type(self, values: list[Any], span: Span) -> Name:
        found = values[0]
        return found if isinstance(found, Name) else Name((found.value.removesuffix("_type"),), span)

    def _on_text(self, values: list[Any], span: Span) -> Text:
        return Text(values[0].value, span)

    _on_zone = _on_number_of_clause = _on_subject = _on_when_period = _on_text

    def _on_number(self, values: list[Any], span: Span) -> Number:
        token = values[0]
        return Number(Fraction(token.value), span, token.type == "INTEGER_NUMBER")

    def _on_measured(self, values: list[Any], span: Span) -> Measured:
        value, unit = Fraction(values[0].value), values[1].type
        divisor = {"PERCENT": 100, "PERMILLE": 1000}.get(unit, 1)
        return Measured(value / divisor, unit, span)

    def _on_working_days(self, values: list[Any], span: Span) -> Measured:
        return Measured(Fraction(values[0].value), "WORKING_DAY", span, calendar=values[2])

    def _on_money(self, values: list[Any], span: Span) -> Any:
        token = values[0]
        if token.type == "MONEY_NUMBER":
            sign, digits, factor = money_parts(token.value)
            return Measured(
                Fraction(digits.replace(",", "")) * _FACTORS[factor], "AMOUNT", span, _SYMBOLS[sign]
            )
        value, unit = Fraction(token.value), values[1]
        if unit.type == "CURRENCY_CODE" and unit.value == "RMB":  # its name, not its code
            raise LineError(
                errors.UnknownUnit(unit.span, found=unit.text, near=("CNY",), fix=Fix(unit.span, "CNY"))
            )
        if unit.type == "CURRENCY_CODE":
            return Measured(value, "AMOUNT", span, unit.value)
        typed = " ".join(unit.text.split())
        entry = next(one for one in tables().money.values() if typed in (*one["en"], *one["zh"]))
        value *= entry["factor"]
        if not entry["currency"]:
            return Number(value, span, value.denominator == 1)
        return Measured(value, "AMOUNT", span, entry["currency"])

    def _on_capitals(self, values: list[Any], span: Span) -> Measured:
        text = values[0].value
        try:
            found = capitals.from_text(text)
        except capitals.CapitalError as bad:
            raise LineError(
                errors.CapitalsUnclear(
                    span, fault=diagnostic.Text(en=bad.en, zh=bad.zh), instead=bad.fix or None
                )
            ) from None
        return Measured(found.value, "AMOUNT", span, found.currency, words=text)

    def _on_ratio(self, values: list[Any], span: Span) -> Measured:
        text = values[0].value
        divisor, figure = _PARTS_OF[text[0]], text[3:]
        value = Fraction(figure) if figure[0].isdigit() and figure.isascii() else chinese_number(figure, span)
        return Measured(value / divisor, "PERMILLE" if divisor == 1000 else "PERCENT", span)

    def _on_moment(self, values: list[Any], span: Span) -> DateValue:
        day = date.fromisoformat(values[0].value)
        if values[1] is None:
            return DateValue(day, span)
        us = int(values[1].value)
        if us == DAY_US:
            return DateValue(day, span, time(), end_of_day=True)
        seconds, us = divmod(us, 1_000_000)
        return DateValue(day, span, time(seconds // 3600, seconds // 60 % 60, seconds % 60, us))

    def _on_day(self, values: list[Any], span: Span) -> DateValue:
        return DateValue(date.fromisoformat(values[0].value), span)

    def _on_time_value(self, values: list[Any], span: Span) -> TimeValue:
        return TimeValue(int(values[0].value), span)

    def _on_truth(self, values: list[Any], span: Span) -> Truth:
        return Truth(values[0].type == "TRUE", span)

    # --- expressions

    def _on_parenthesised(self, values: list[Any], _span: Span) -> Any:
        return self._deep(values[1], values[1])

    def _on_binary(self, values: list[Any], span: Span) -> Any:
        left, operator, right = values
        return self._deep(Binary(_OPERATORS[operator.type], left, right, span), left, right)

    def _on_unary(self, values: list[Any], span: Span) -> Any:
        operator, arg = values
        return self._deep(Unary("not" if operator.type == "NOT" else "-", arg, span), arg)

    def _on_choice(self, values: list[Any], span: Span) -> Any:
        condition, then, orelse = values
        return self._deep(Choice(condition, then, orelse, span), *values)

    def _on_bound(self, values: list[Any], span: Span) -> Any:
        sign: Any = _OPERATORS[values[0].type]
        return self._deep(Bound(sign, values[1], span), values[1])

    def _on_interval(self, values: list[Any], span: Span) -> Any:
        opening, low, high, closing = values
        return self._deep(
            Interval(low, opening.type == "LSQB", high, closing.type == "RSQB", span), low, high
        )

    def _on_in_range(self, values: list[Any], span: Span) -> Any:
        return self._deep(InRange(values[0], values[1], span), *values)

    def _on_operands(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return tuple(values)

    def _on_is_one_of(self, values: list[Any], span: Span) -> Any:
        return self._deep(IsOneOf(values[0], values[1], span), values[0], *values[1])

    def _on_call(self, values: list[Any], span: Span) -> Any:
        args = tuple(value for value in values[1:] if not isinstance(value, Token) and value is not None)
        return self._deep(Call(values[0], args, span), *args)

    def _on_across(self, values: list[Any], span: Span) -> Across:
        return Across(values[0].value.removesuffix("_across"), values[1], span)

    def _on_across_periods(self, values: list[Any], span: Span) -> Across:
        word, count, name = values
        return Across(
            word.value.removesuffix("_of_periods"), name, span, True, int(count.value) if count else 0
        )

    def _on_earlier(self, values: list[Any], span: Span) -> Previous:
        return Previous(1, values[1], span, "year" if values[0].type == "EARLIER_THIS_YEAR" else "contract")

    def _on_previous(self, values: list[Any], span: Span) -> Previous:
        return Previous(int(values[0].value) if values[0] else 1, values[1], span)

    def _on_period_edge(self, values: list[Any], span: Span) -> PeriodEdge:
        return PeriodEdge(values[0].value.removeprefix("period_"), span)

    def _on_at_trigger(self, values: list[Any], span: Span) -> AtTrigger:
        return AtTrigger(values[0], span)

    def _on_term_edge(self, values: list[Any], span: Span) -> TermEdge:
        return TermEdge(values[0].value.removeprefix("term_"), span)

    # --- aggregates and values of cases

    def _on_share_met(self, values: list[Any], span: Span) -> Aggregate:
        return Aggregate("share_met", span, names=values[0])

    def _on_count(self, values: list[Any], span: Span) -> Any:
        return self._deep(Aggregate("count", span, pattern=values[0]), *(e.where for e in values[0].events))

    def _on_fold(self, values: list[Any], span: Span) -> Any:
        fold = "time_of" if values[0].type == "TIME_OF" else values[0].value.removesuffix("_of")
        _, value, over, pieces = values
        made = Aggregate(fold, span, value=value, pattern=over, pieces=pieces)
        return self._deep(made, value, *_wheres(over), *_cut(pieces))

    def _on_percentile(self, values: list[Any], span: Span) -> Any:
        number, interpolated, value, over, pieces = values
        fold = "percentile" if interpolated is None else "interpolated_percentile"
        made = Aggregate(fold, span, value=value, pattern=over, percent=number.value, pieces=pieces)
        return self._deep(made, value, *_wheres(over), *_cut(pieces))

    def _on_ratio_in_bins(self, values: list[Any], span: Span) -> Any:
        top, bottom, over, pieces = values
        made = Aggregate("ratio", span, value=top, pattern=over, bottom=bottom, pieces=pieces)
        return self._deep(made, top, bottom, *_wheres(over), *_cut(pieces))

    def _on_in_bins(self, values: list[Any], span: Span) -> Pieces:
        length, (word, percent, bound, how) = values
        join = how + word.type.partition("_")[0].lower()
        return Pieces(length, join, span, bound, percent, not word.type.endswith("_VALUE"))

    def _on_over_bins(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        word, *more = values
        if word.type == "PERCENTILE_OF_BINS":
            number, interpolated = more
            return word, number.value, None, "" if interpolated is None else "interpolated_"
        return word, None, more[0] if more else None, ""

    def _on_time_in(self, values: list[Any], span: Span) -> Aggregate:
        return Aggregate("time_in", span, names=(values[0],))

    def _on_case_measure(self, values: list[Any], span: Span) -> Any:
        return self._deep(
            CaseMeasure(values[0].value.removesuffix("_of"), values[1], span, values[2]), values[2]
        )

    def _on_case_word(self, values: list[Any], _span: Span) -> Any:
        return values[0]

    def _on_field_of(self, values: list[Any], span: Span) -> Any:
        return self._deep(CaseMeasure(values[0].text, values[1], span, values[2]), values[2])

    # --- patterns

    def _on_plain_event(self, values: list[Any], span: Span) -> EventRef:
        pick, name, where = values
        return EventRef(name, pick.value if pick else "", where, span)

    def _on_pattern(self, values: list[Any], span: Span) -> Pattern:
        together = any(isinstance(value, Token) and value.type == "ALL_OF" for value in values)
        found = tuple(value for value in values if isinstance(value, EventRef))
        return Pattern(found, span, together)

    _on_one_pattern = _on_act = _on_pattern

    # --- cells

    def _on_any_value(self, _values: list[Any], span: Span) -> AnyValue:
        return AnyValue(span)

    def _on_cell(self, values: list[Any], span: Span) -> Cell:
        for first, second in pairwise(values):
            if isinstance(first, Number) and first.span.end + 1 == second.span.start:
                both = self._file.text[first.span.start : second.span.end]
                if both[len(first.span.text) + 1].isdigit():
                    raise LineError(
                        errors.DecimalComma(
                            self._file.span(first.span.start, second.span.end),
                            found=both,
                            point=".".join(both.split(both[len(first.span.text)], 1)),
                            two=f"{first.span.text}, {second.span.text}",
                        )
                    )
        return Cell(tuple(values), span)

    def _on_result_cell(self, values: list[Any], span: Span) -> Cell:
        return Cell((values[1],), span, result=True)

    def _on_hole(self, values: list[Any], _span: Span) -> Any:
        return values

    def _on_hole_cell(self, values: list[Any], span: Span) -> Cell:
        expression, operator = values[1]
        return Cell((expression,), span, result=True, hole=_OPERATORS[operator.type])

    def _on_row_cell(self, values: list[Any], span: Span) -> Cell:
        return values[0] or Cell((), self._file.span(span.start, span.start))


def _cut(pieces: Pieces | None) -> tuple[Any, ...]:
    """The expressions in what cuts and joins bins."""
    return () if pieces is None else (pieces.length, *((pieces.bound,) if pieces.bound is not None else ()))


def _wheres(over: Pattern | None) -> tuple[Any, ...]:
    """The conditions of a pattern that may be left out."""
    return () if over is None else tuple(one.where for one in over.events)


def chinese_number(text: str, span: Span) -> Fraction:
    """A number in Chinese numerals up to 9999, with `点` for the decimal point: `九十九点九`.

    Raises:
        LineError: the numerals make no number.
    """
    whole, point, decimals = text.partition("点")
    total, digit = 0, None
    for char in whole:
        if char in _DIGITS:
            if digit:
                raise LineError(errors.NumeralsUnclear(span))
            digit = _DIGITS[char]
        else:
            total += (1 if digit is None else digit) * {"十": 10, "百": 100}[char]
            digit = None
    total += digit or 0
    if point and (not decimals or any(char not in _DIGITS for char in decimals)):
        raise LineError(errors.NumeralsUnclear(span))
    fraction = "".join(str(_DIGITS[char]) for char in decimals) or "0"
    return total + Fraction(int(fraction), 10 ** len(fraction))
