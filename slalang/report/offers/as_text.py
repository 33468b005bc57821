"""Offers go in; a table comes out with a column an offer, each row a blank, what follows from it, a rule's breaches, or money owed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.width import cells
from slalang.explain.wording import numbers
from slalang.outcome.records import Quantity
from slalang.report.offers.offer import money, provisional, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slalang.diagnostics.diagnostic import Language
    from slalang.report.offers.offer import Offer

WORDS: Final = {
    "blanks": ("what is bound", "所定各项"),
    "follows": ("what follows from it", "由此得出"),
    "verdicts": ("breached of judged", "违约/已判"),
    "money": ("who owes whom", "应付方 → 收款方"),
    "undetermined": ("undetermined", "无法判定"),
    "open": ("{} lines of periods that are not over are left out", "未计入尚未结束期间的 {} 笔"),
    "left_open": ("left open", "未填"),
    "same": ("the offers come to the same", "各方案结果相同"),
    "strict": ("under {}", "不足 {}"),
    "inclusive": ("at most {}", "不超过 {}"),
}


def as_text(offers: Sequence[Offer], language: Language, *, everything: bool = False) -> str:
    """The table; values that all offers share are left out unless `everything` is asked for, and counted. A single offer is told whole."""
    everything = everything or len(offers) == 1
    tongue = 0 if language == "en" else 1
    rows: list[list[str]] = [["", *(offer.title for offer in offers)]]
    hidden = 0
    for head, block in (
        ("blanks", _blanks(offers, language)),
        ("follows", _follows(offers, language)),
        ("verdicts", _verdicts(offers)),
        ("money", _money(offers, language)),
    ):
        kept = list(block)
        shown = [row for row in kept if everything or len(set(row[1:])) > 1 or head == "money"]
        hidden += len(kept) - len(shown)
        if shown:
            rows += [
                [WORDS[head][tongue], *("" for _ in offers)],
                *([f"  {row[0]}", *row[1:]] for row in shown),
            ]
    if len(rows) == 1:
        rows.append([WORDS["same"][tongue], *("" for _ in offers)])
    widths = [max(cells(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = [_line(row, widths) for row in rows]
    open_ = sum(provisional(offer) for offer in offers)
    if open_:
        lines += ["", WORDS["open"][tongue].format(open_)]
    if hidden:
        lines += [
            "",
            f"{hidden} rows are the same for all (--all shows them)"
            if tongue == 0
            else f"另有 {hidden} 行各方案相同（--all 全部显示）",
        ]
    return "\n".join(lines) + "\n"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        (text + " " * (width - cells(text))) if n == 0 else (" " * (width - cells(text)) + text)
        for n, (text, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([first, *rest]).rstrip()


def _blanks(offers: Sequence[Offer], language: Language) -> Iterator[list[str]]:
    bound = [name for offer in offers for name, _ in offer.bound]
    names = dict.fromkeys([*bound, *(name for offer in offers for name in offer.left_open)])
    left = WORDS["left_open"][0 if language == "en" else 1]
    for name in names:
        found = [dict(offer.bound).get(name) for offer in offers]
        # One without a value in an offer has it from the register, where events were given; else it is still open.
        missing = [left if offer.outcome is None and name in offer.left_open else "-" for offer in offers]
        yield [
            name,
            *(
                _shown(one.type, one.value, language) if one else gap
                for one, gap in zip(found, missing, strict=True)
            ),
        ]


def _follows(offers: Sequence[Offer], language: Language) -> Iterator[list[str]]:
    names = dict.fromkeys(one.name for offer in offers for one in offer.follows)
    for name in names:
        found = [next((one for one in offer.follows if one.name == name), None) for offer in offers]
        yield [name, *(_shown(one.type, one.value, language) if one else "-" for one in found)]


def _verdicts(offers: Sequence[Offer]) -> Iterator[list[str]]:
    counted = [verdicts(offer) for offer in offers]
    for rule in dict.fromkeys(name for found in counted for name in found):
        yield [rule, *("{}/{}".format(*found.get(rule, (0, 0))) for found in counted)]


def _money(offers: Sequence[Offer], language: Language) -> Iterator[list[str]]:
    owed = [money(offer) for offer in offers]
    for key in dict.fromkeys(pair for found in owed for pair in found):
        debtor, creditor, unit = key
        cells_ = []
        for found in owed:
            amount = found.get(key, Fraction(0))
            cells_.append(
                WORDS["undetermined"][0 if language == "en" else 1]
                if amount is None
                else numbers.quantity(Quantity(_unit_type(unit), amount), language)
            )
        yield [f"{debtor} → {creditor}", *cells_]


def _unit_type(unit: str) -> str:
    return unit if unit in {"civil", "workdays", "duration"} else f"amount:{unit}"


def _shown(type_: str, value: str, language: Language) -> str:
    """A constant as people write it."""
    if type_ == "limit":
        comparator, kind, amount = value.split(" ", 2)
        word = WORDS["strict" if comparator == "<" else "inclusive"][0 if language == "en" else 1]
        return word.format(_shown(kind, amount, language))
    if type_ in {"number", "integer", "ratio", "points", "duration"} or type_.startswith("amount:"):
        return numbers.quantity(Quantity(type_, Fraction(value)), language)
    if type_ == "civil":
        months, _, days = value.partition(",")
        told = [("months", months), ("civil", days)]
        return " ".join(
            numbers.quantity(Quantity(kind, Fraction(n)), language) for kind, n in told if int(n or 0)
        ) or numbers.quantity(Quantity("civil", Fraction(0)), language)
    if type_ == "workdays":
        return numbers.quantity(Quantity("workdays", Fraction(value.partition("@")[0])), language)
    if type_ == "bool":
        return {"en": ("no", "yes"), "zh": ("否", "是")}[language][value.lower() == "true"]
    return value
