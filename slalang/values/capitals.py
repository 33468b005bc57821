"""Chinese amounts in capital numerals (大写): a text goes in and an exact amount comes out, or an amount goes in and its text comes out.

The rules are those of the People's Bank of China for bills (支付结算办法, annex 1), exact to 分:

- Between two digits that are not zero, a run of zeros is one `零`. Where the lower digit stands for thousands (仟, 仟万,
  仟亿), or for 角 after 元 that end in zero, the `零` may be left out. It stands nowhere else.
- An amount that ends with 元 ends in `整` (正); after 角 it may; after 分 it may not.
- `壹拾` may be written `拾` at the very beginning. 圆 is 元; traditional capitals (貳 參 陸 萬 億 圓) are taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import Final

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
MOST: Final = 10**16  # 元
_UNITS: Final = ("", "拾", "佰", "仟")
_CURRENCIES: Final = {
    "人民币": "CNY", "港币": "HKD", "港元": "HKD", "美元": "USD", "美金": "USD", "欧元": "EUR", "英镑": "GBP",
}  # fmt: skip
_NAMES: Final = {"CNY": "", "HKD": "港币", "USD": "美元", "EUR": "欧元", "GBP": "英镑"}
_TYPED: Final = "貳貮弍參叄陸捌萬億圓圆正"
_TWINS: Final = str.maketrans(_TYPED, "贰贰贰叁叁陆捌万亿元元整")
# What the rules forbid in an amount, and what is to be written.
_FORBIDDEN: Final = dict(
    zip("一二两三四五六七八九十百千念另〇毛块兩", "壹贰贰叁肆伍陆柒捌玖拾佰仟廿零零角元贰", strict=True)
)
_NAME: Final = "|".join(_CURRENCIES)
_HEAD: Final = re.compile(rf"\s*({_NAME})?\s*(?:[(（]大写[)）])?\s*[:：]?\s*(负)?")
_BIG: Final = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿貳貮弍參叄陸萬億"
_SMALL: Final = "零壹贰叁肆伍陆柒捌玖貳貮弍參叄陸角分整正"
# What is meant as such an amount where a value stands: it names 元, 角 or 分 after its digits.
LITERAL: Final = re.compile(rf"(?:{_NAME})?负?[{_BIG}]+(?:[元圆圓][{_SMALL}]*|角[{_SMALL}]*|分[整正]?)")
_LETTERS: Final = frozenset(DIGITS + "拾佰仟万亿元角分整")
_DIGIT: Final = f"[{DIGITS[1:]}]"
_SECTION: Final = re.compile(rf"(?:({_DIGIT})仟)?(?:({_DIGIT})佰)?(?:({_DIGIT}?)(拾))?({_DIGIT})?")
_TAIL: Final = re.compile(rf"(?:({_DIGIT})角)?(?:({_DIGIT})分)?整?")


@dataclass(frozen=True, slots=True)
class Capital:
    """An amount as it was read: exact, to 分, and the currency that it names (CNY where it names none)."""

    value: Fraction
    currency: str


class CapitalError(ValueError):
    """A text that is no amount in capital numerals: what is wrong, at which character, and what to write instead.

    `fix` is the whole amount as it should be written, where it is known what amount is meant; else it is empty.
    """

    def __init__(self, en: str, zh: str, *, at: int = 0, fix: str = "") -> None:
        """Keep the parts for whoever tells them."""
        self.en = en
        self.zh = zh
        self.at = at
        self.fix = fix
        super().__init__(en)


def as_text(value: Fraction | int, currency: str = "CNY") -> str:
    """An amount in capital numerals: `壹仟肆佰零玖元伍角`, `零元整`, `负叁仟元整`; before it the currency unless it is CNY.

    Raises:
        CapitalError: it is no whole number of 分, 10^16 or more, or in a currency that is not counted in 元.
    """
    cents = Fraction(value) * 100
    if cents.denominator != 1:
        raise CapitalError("an amount in capital numerals ends with 分 (0.01)", "大写金额最小到分（0.01）")
    if abs(cents) >= MOST * 100:
        raise CapitalError("an amount in capital numerals is less than 10^16", "大写金额应小于一亿亿")
    if currency not in _NAMES:
        raise CapitalError(
            f"an amount in `{currency}` has no capital numerals", f"`{currency}` 的金额没有大写写法"
        )
    return _NAMES[currency] + ("负" if cents < 0 else "") + _forms(abs(int(cents)))[0]


def from_text(text: str) -> Capital:
    """The amount that a text in capital numerals says; 人民币 and （大写）： may stand before it.

    Raises:
        CapitalError: it is not written by the rules: a character that is no capital, units out of order, a `零` missing or
            too many, `整` missing or too many.
    """
    head = _HEAD.match(text)
    assert head is not None
    start = head.end()
    body = text[start:].rstrip().translate(_TWINS)
    _check_letters(body, start)
    cents = _loose(body, start)
    forms = _forms(cents)
    if body not in forms:
        raise _misplaced(body, forms, text[:start])
    if head[2] and not cents:
        raise CapitalError("zero has no sign", "零没有负数", at=start - 1, fix=forms[0])
    return Capital(Fraction(-cents if head[2] else cents, 100), _CURRENCIES[head[1] or "人民币"])


# --- writing


def _forms(cents: int) -> list[str]:
    """Every way in which the rules let an amount be written; first the one that `as_text` writes."""
    yuan, rest = divmod(cents, 100)
    if not cents:
        return ["零元整"]
    # (place, digit) of each digit that is not zero, highest first; place 0 is 元, -1 角, -2 分.
    digits = [(at - 2, int(digit)) for at, digit in enumerate(reversed(str(cents))) if digit != "0"][::-1]
    zeros = [_between(high, low) for (high, _), (low, _) in pairwise(digits)]
    wholes = [_joined(digits, ("", *choice)) for choice in product(*zeros)]
    forms = [form for whole in wholes for form in ([whole, whole[1:]] if whole[:2] == "壹拾" else [whole])]
    if not yuan:
        forms += [f"零元{'' if rest >= 10 else '零'}{form}" for form in forms]
    if not rest:
        return [f"{form}整" for form in forms]
    return forms if rest % 10 else [*forms, *(f"{form}整" for form in forms)]


def _between(high: int, low: int) -> tuple[str, ...]:
    """What may stand between two digits at these places, the usual one first."""
    if high - low == 1:
        return ("",)
    if low == -1:
        return ("零", "")
    if low >= 0 and low % 4 == 3:
        # Several zeros (1,001,000) are usually said, one alone (105,000) usually not.
        return ("零", "") if high - low > 2 else ("", "零")
    return ("零",)


def _joined(digits: list[tuple[int, int]], zeros: tuple[str, ...]) -> str:
    said = ""
    for number, (place, digit) in enumerate(digits):
        after = digits[number + 1][0] if number + 1 < len(digits) else -3
        said += zeros[number] + DIGITS[digit]
        if place < 0:
            said += "角" if place == -1 else "分"
            continue
        said += _UNITS[place % 4]
        if place // 4 % 2 == 1 and after // 4 != place // 4:
            said += "万"
        if place >= 8 > after:
            said += "亿"
        if after < 0:
            said += "元"
    return said


# --- reading


def _check_letters(body: str, start: int) -> None:
    if not body:
        raise CapitalError("there is no amount", "没有金额", at=start)
    for at, letter in enumerate(body):
        if letter in _LETTERS:
            continue
        meant = _FORBIDDEN.get(letter)
        raise CapitalError(
            f"`{letter}` is no capital numeral" + (f": write `{meant}`" if meant else ""),
            f"`{letter}` 不是大写数字" + (f"，应写 `{meant}`" if meant else ""),
            at=start + at,
        )


def _loose(body: str, start: int) -> int:
    """The amount in 分 by its digits and units alone, wherever its zeros stand."""
    if found := re.search(rf"{_DIGIT}零*{_DIGIT}", body):
        raise CapitalError(
            f"between `{found[0][0]}` and `{found[0][-1]}` the unit is missing (拾, 佰, 仟, 万, 元, 角)",
            f"`{found[0][0]}` 与 `{found[0][-1]}` 之间缺少单位（拾、佰、仟、万、元、角）",
            at=start + found.start(),
        )
    if found := re.search(rf"(?<!{_DIGIT})[佰仟角分]", body):
        raise CapitalError(
            f"`{found[0]}` has no digit before it", f"`{found[0]}` 前没有数字", at=start + found.start()
        )
    if body.strip("零") and not re.search("[元角分]", body):
        raise CapitalError("it names no 元, 角 or 分", "没有写明元、角或分", at=start + len(body))
    yuan, sign, tail = body.partition("元") if "元" in body else ("", "", body)
    rest = _TAIL.fullmatch(tail.replace("零", ""))
    if rest is None or (sign and not yuan) or (not sign and not rest[1] and not rest[2]):
        raise _disorder(body, start)
    whole = _whole(yuan.replace("零", ""), body, start)
    jiao, fen = (DIGITS.index(rest[part]) if rest[part] else 0 for part in (1, 2))
    return whole * 100 + jiao * 10 + fen


def _whole(text: str, body: str, start: int) -> int:
    if "亿" in text:
        above, _, below = text.rpartition("亿")
        if "亿" in above or not above:
            raise _disorder(body, start)
        return _whole(above, body, start) * 10**8 + _whole(below, body, start)
    above, sign, below = text.rpartition("万")
    if sign and not above:
        raise _disorder(body, start)
    return _section(above, body, start) * 10**4 + _section(below, body, start)


def _section(text: str, body: str, start: int) -> int:
    found = _SECTION.fullmatch(text)
    if found is None:
        raise _disorder(body, start)
    total = 0
    for part, size in ((1, 1000), (2, 100), (5, 1)):
        total += DIGITS.index(found[part]) * size if found[part] else 0
    return total + (10 * (DIGITS.index(found[3]) if found[3] else 1) if found[4] else 0)


def _disorder(body: str, start: int) -> CapitalError:
    return CapitalError(
        f"the units of `{body}` do not stand in order, each once: 亿, 万, 元, 角, 分, and 仟, 佰, 拾 within each",
        f"`{body}` 的单位没有依次各写一次：亿、万、元、角、分，其中又依仟、佰、拾",
        at=start,
    )


def _misplaced(body: str, forms: list[str], head: str) -> CapitalError:
    """What is wrong with an amount whose digits and units are in order."""
    fix = head + forms[0]
    if f"{body}整" in forms:
        return CapitalError(
            "an amount that ends with 元 ends in `整`",
            "到元为止的金额应以 `整` 结尾",
            at=len(head + body),
            fix=fix,
        )
    if body.endswith("整") and body[:-1] in forms:
        return CapitalError("after 分 no `整` follows", "分之后不写 `整`", at=len(head + body) - 1, fix=fix)
    if found := re.search(rf"(?<!{_DIGIT})(?<!^)拾", body):
        return CapitalError(
            "inside an amount `拾` has its digit before it: `壹拾`",
            "金额中间的 `拾` 前应写数字：`壹拾`",
            at=len(head) + found.start(),
            fix=fix,
        )
    near = max(forms, key=lambda form: _alike(body, form))
    at = _alike(body, near)
    here, wanted = body[at : at + 1], near[at : at + 1]
    if wanted == "零":
        return CapitalError(
            f"a `零` is missing before `{here}`", f"`{here}` 前缺少 `零`", at=len(head) + at, fix=fix
        )
    if here == "零" or not wanted:
        return CapitalError("a `零` stands where none may", "此处不应有 `零`", at=len(head) + at, fix=fix)
    return CapitalError("it is not written by the rules", "不合大写金额的写法", at=len(head) + at, fix=fix)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at
