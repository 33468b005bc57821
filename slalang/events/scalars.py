"""A declared type of the IR goes in; a function that turns a JSON value or a cell's text into a checked scalar comes out."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from slalang.builtins.capitals import from_capitals
from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.events.errors.content import FieldWrong, LevelUnknown, NumberUnfit, OutsideDomain
from slalang.events.errors.shape import NotJson
from slalang.events.moments import instant_of
from slalang.events.unfit import Unfit, kind_of, of_time
from slalang.ir.domains import domain_text, holds
from slalang.values import duration
from slalang.values.capitals import LITERAL, CapitalError
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slalang.events.event import Scalar
    from slalang.ir.domains import Bounded
    from slalang.ir.expressions import Ty

Convert: TypeAlias = "Callable[[Any, str], Scalar]"

MOST_DIGITS = 60
_LARGEST = 10**MOST_DIGITS
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[^0-9,]*[0-9.]+,[0-9]+[^0-9,]*", re.ASCII)
_INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_PERIOD = re.compile(
    r"P(?=[0-9])(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?", re.ASCII
)
_TRUE, _FALSE = frozenset({"true", "是", "真", "1", "yes"}), frozenset({"false", "否", "假", "0", "no"})


def exact(text: str) -> Fraction:
    """The exact value of a decimal text (`12.50`, `-3e2`).

    Raises:
        Unfit: not a number, or of more than 60 digits before or after the point.
    """
    if len(text) <= 2 * MOST_DIGITS and _NUMBER.fullmatch(text):
        try:
            value = Decimal(text)
        except InvalidOperation:
            raise _too_long(text) from None
        exponent = value.as_tuple().exponent
        if (
            -MOST_DIGITS <= value.adjusted() < MOST_DIGITS
            and isinstance(exponent, int)
            and exponent >= -MOST_DIGITS
        ):
            return Fraction(value)
        if not value:
            return Fraction(0)
    raise _too_long(text)


def converter(type_: Ty, levels: Mapping[str, tuple[str, ...]], *, is_text: bool) -> Convert:
    """The function for a declared type; it takes the value and the field's name.

    Args:
        type_: the IR type, as `slalang.ir.expressions` lists them.
        levels: the values of each enumeration.
        is_text: the values are cells of a table, so that a boolean is written as a word.
    """
    if type_.startswith("amount:"):
        return _amount(type_.removeprefix("amount:"))
    if type_.startswith("levels:"):
        name = type_.removeprefix("levels:")
        return _level(name, levels.get(name, ()))
    if type_ == "bool" and is_text:
        return _bool_word
    return _BY_TYPE.get(type_, _text)


def bounded(item: Bounded, convert: Convert) -> Convert:
    """A converter that holds a field to its domain, where it has one (model §6: a value outside it is refused)."""
    if not (item.low or item.high or item.one_of):
        return convert

    def inside(value: Any, name: str) -> Scalar:
        scalar = convert(value, name)
        if not holds(item, scalar):
            raise Unfit(OutsideDomain, name=name, found=str(value), domain=domain_text(item))
        return scalar

    return inside


def loose(value: Any) -> Scalar:
    """A value whose field is not declared: kept exactly; objects and arrays as their JSON text."""
    if value is None or isinstance(value, str | bool | Fraction):
        return value
    if isinstance(value, int):
        return Fraction(value) if -_LARGEST < value < _LARGEST else str(value)
    try:
        return _nested(value)
    except RecursionError:
        raise Unfit(NotJson, reason=Text(en="nested too deeply", zh="嵌套过深")) from None


def _nested(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{key!r}:{_nested(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_nested(item) for item in value) + "]"
    return str(value) if isinstance(value, Fraction) else repr(value)


def _wrong(name: str, en: str, zh: str, value: object) -> Unfit:
    remedy = None
    if isinstance(value, str) and _GROUPED.fullmatch(value.strip()):
        plain = value.strip().replace(",", "")
        remedy = Text(en=f"write it without commas: `{plain}`", zh=f"请去掉逗号: `{plain}`")
    elif isinstance(value, str) and _DECIMAL_COMMA.fullmatch(value.strip()):
        remedy = Text(
            en='write a point instead of the comma; for a table, its binding may say `decimal = ","`',
            zh='请用点代替逗号；若为表格，可在绑定中写 `decimal = ","`',
        )
    elif isinstance(value, str) and (plain := _plain_figure(value, yuan="CNY" in en)):
        remedy = Text(en=f"write the figure alone: `{plain}`", zh=f"请只写数字: `{plain}`")
    return Unfit(FieldWrong, name=name, wanted=Text(en=en, zh=zh), found=kind_of(value), remedy=remedy)


def _plain_figure(text: str, *, yuan: bool) -> str:
    """The figure that full-width digits, or digits beside 元 where yuan are meant, stand for; empty where none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if yuan:
        plain = plain.removeprefix("人民币").removeprefix("¥").removesuffix("元").strip()
    return plain if plain != text.strip() and _NUMBER.fullmatch(plain) else ""


def _too_long(text: str) -> Unfit:
    return Unfit(NumberUnfit, found=text[:40] + ("…" if len(text) > 40 else ""), most=MOST_DIGITS)


def _text(value: Any, name: str) -> Scalar:
    if type(value) is str:
        return value
    raise _wrong(name, "a text", "文本", value)


def _bool(value: Any, name: str) -> Scalar:
    if type(value) is bool:
        return value
    raise _wrong(name, "`true` or `false`", " `true` 或 `false`", value)


def _bool_word(value: Any, name: str) -> Scalar:
    word = value.strip().casefold() if isinstance(value, str) else value
    if word in _TRUE or word is True:
        return True
    if word in _FALSE or word is False:
        return False
    raise _wrong(name, "`true` or `false`", " `true` 或 `false`", value)


def _number(value: Any, name: str) -> Scalar:
    if type(value) is int and -_LARGEST < value < _LARGEST:
        return Fraction(value)
    if isinstance(value, Fraction):
        return value
    if type(value) is str and _NUMBER.fullmatch(value.strip()):
        return exact(value.strip())
    if type(value) is int:
        raise _too_long(hex(value))  # decimal digits of a huge number take quadratic time
    raise _wrong(name, "a number", "数", value)


def _integer(value: Any, name: str) -> Scalar:
    if type(value) is int and -_LARGEST < value < _LARGEST:
        return Fraction(value)
    if type(value) is str and _INTEGER.fullmatch(value.strip()):
        return exact(value.strip())
    if isinstance(value, Fraction) and value.denominator == 1:
        return value
    raise _wrong(name, "a whole number", "整数", value)


def _ratio(value: Any, name: str) -> Scalar:
    if type(value) is str:
        text = value.strip().replace("％", "%")
        for sign, parts in (("%", 100), ("‰", 1000)):
            if text.endswith(sign) and _NUMBER.fullmatch(text[:-1].rstrip()):
                return exact(text[:-1].rstrip()) / parts
    try:
        return _number(value, name)
    except Unfit as unfit:
        if unfit.kind is NumberUnfit:
            raise
        raise _wrong(name, "a ratio such as `0.95` or `95%`", "比例，例如 `0.95` 或 `95%`", value) from None


def _amount(unit: str) -> Convert:
    def amount(value: Any, name: str) -> Scalar:
        stripped = value.strip() if type(value) is str else value
        if type(stripped) is str and LITERAL.fullmatch(stripped):
            return _capitals(stripped, unit, name)
        if type(stripped) is str and stripped.endswith(unit):
            stripped = stripped.removesuffix(unit).rstrip()
        try:
            return _number(stripped, name)
        except Unfit as unfit:
            if unfit.kind is NumberUnfit:
                raise
            raise _wrong(
                name, f"an amount in {unit} such as `12.50`", f"以 {unit} 计的金额，例如 `12.50`", value
            ) from None

    return amount


def _capitals(text: str, unit: str, name: str) -> Scalar:
    try:
        return from_capitals(text, unit)
    except CapitalError as bad:
        raise _wrong(
            name,
            f"an amount in {unit} in capital numerals ({bad.en})",
            f"以 {unit} 计的大写金额（{bad.zh}）",
            text,
        ) from None


def _level(levels: str, values: tuple[str, ...]) -> Convert:
    known = {value: value for value in values}

    def level(value: Any, name: str) -> Scalar:
        found = known.get(value) if type(value) is str else None
        if found is not None:
            return found
        if type(value) is not str:
            raise _wrong(name, f"a value of `{levels}`", f" `{levels}` 的值", value)
        raise Unfit(LevelUnknown, name=name, found=value, levels=levels, near=candidates(value, values))

    return level


def _instant(value: Any, name: str) -> Scalar:
    if type(value) is not str:
        raise _wrong(name, "a date and time with an offset", "带偏移量的日期时间", value)
    try:
        return instant_of(value)
    except TimeError as error:
        raise of_time(name, error) from None


def _duration(value: Any, name: str) -> Scalar:
    if type(value) is not str:
        raise _wrong(name, "a duration such as `PT15M`", "时长，例如 `PT15M`", value)
    try:
        return duration.parse(value)
    except TimeError as error:
        raise of_time(name, error) from None


def _date(value: Any, name: str) -> Scalar:
    if type(value) is str and _DATE.fullmatch(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return value
    raise _wrong(name, "a date such as `2026-03-02`", "日期，例如 `2026-03-02`", value)


def _civil(value: Any, name: str) -> Scalar:
    """Civil periods as the IR writes them: `months,days`."""
    if type(value) is int and 0 <= value < _LARGEST:
        return f"0,{value}"
    found = _PERIOD.fullmatch(value.strip()) if type(value) is str else None
    if found:
        years, months, weeks, days = (int(part or 0) for part in found.groups())
        return f"{12 * years + months},{7 * weeks + days}"
    raise _wrong(
        name,
        "a period such as `P10D` or `P1M`, or a number of days",
        "期间，例如 `P10D`、`P1M`，或天数",
        value,
    )


def _workdays(value: Any, name: str) -> Scalar:
    """Business days as the IR writes them: their number."""
    if type(value) is int and 0 <= value < _LARGEST:
        return str(value)
    if type(value) is str and len(value) <= MOST_DIGITS and value.isascii() and value.strip().isdecimal():
        return str(int(value))
    raise _wrong(name, "a number of business days", "工作日的天数", value)


_BY_TYPE: dict[str, Convert] = {
    "text": _text,
    "bool": _bool,
    "number": _number,
    "integer": _integer,
    "ratio": _ratio,
    "points": _ratio,
    "duration": _duration,
    "civil": _civil,
    "workdays": _workdays,
    "date": _date,
    "instant": _instant,
}
