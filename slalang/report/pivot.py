"""Metrics and ledger lines of many agreements go in; one row an agreement with a column a metric or amount comes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.explain.wording import lexicon, numbers
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.diagnostics.diagnostic import Language
    from slalang.outcome.records import LedgerLine, MetricValue

    Place = tuple[str, str, tuple[tuple[str, str], ...]]  # agreement, period, key

WORDS = {
    "agreement": ("agreement", "协议"),
    "period": ("period", "期间"),
    "key": ("of", "维度"),
    "sum": ("in all", "合计"),
    "note": ("* provisional", "* 暂定"),
}
MARK = "*"
LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Pivot:
    """Heads, rows of as many cells, the first column of figures, last rows of sums, one a status (empty: none), and a note below (empty: none)."""

    heads: list[str]
    rows: list[list[str]]
    figures_from: int
    sums: list[list[str]]
    note: str

    def first(self, most: int) -> tuple[list[list[str]], int]:
        """All rows of the first `most` agreements, and how many agreements are left out."""
        names = list(dict.fromkeys(row[0] for row in self.rows))
        kept = set(names[:most])
        return [row for row in self.rows if row[0] in kept], max(len(names) - most, 0)


def many(metrics: Sequence[MetricValue], ledger: Sequence[LedgerLine]) -> bool:
    """Whether there is more than one agreement to tell of."""
    return len({item.agreement for item in metrics} | {line.agreement for line in ledger}) > 1


def pivot(metrics: Sequence[MetricValue], ledger: Sequence[LedgerLine], language: Language) -> Pivot:
    """One row an agreement (and period and key, where they differ); amounts of one rule are added up."""
    at = 0 if language == "en" else 1
    names = list(dict.fromkeys([item.rule for item in metrics] + [line.rule for line in ledger]))
    cells: dict[Place, dict[str, str]] = {}
    for item in metrics:
        place = (item.agreement, item.period.label, item.key)
        cells.setdefault(place, {})[item.rule] = _metric(item, language)
    lines = _lines(ledger)
    for place, rules in lines.items():
        for rule, found in rules.items():
            cells.setdefault(place, {})[rule] = _amount(found, language)
    shown = [len({place[column] for place in cells}) > 1 for column in (1, 2)]
    heads = [WORDS["agreement"][at]]
    heads += [WORDS[name][at] for name, wanted in zip(("period", "key"), shown, strict=True) if wanted]
    rows = [
        [
            place[0] or "–",
            *([place[1]] if shown[0] else []),
            *([", ".join(f"{name} {value}" for name, value in place[2])] if shown[1] else []),
            *(values.get(name, "") for name in names),
        ]
        for place, values in sorted(cells.items())
    ]
    sums = _sums(ledger, names, len(heads), WORDS["sum"][at], language)
    provisional = not (all(item.final for item in metrics) and all(line.final for line in ledger))
    return Pivot([*heads, *names], rows, len(heads), sums, WORDS["note"][at] if provisional else "")


def brief(value: Quantity, language: Language) -> str:
    """A quantity for a column: as `numbers.quantity`, but a duration to the second, with `≈` where that cut it."""
    if value.type != "duration" or (value.value / 1_000_000).denominator == 1:
        return numbers.quantity(value, language)
    whole = (2 * value.value.numerator + 1_000_000 * value.value.denominator) // (
        2_000_000 * value.value.denominator
    )
    return f"≈ {numbers.duration(whole * 1_000_000, language)}"


def _metric(item: MetricValue, language: Language) -> str:
    said = (
        lexicon.word("undetermined", "status", language)
        if item.value is None
        else brief(item.value, language)
    )
    return said if item.final else said + MARK


def _lines(ledger: Sequence[LedgerLine]) -> dict[Place, dict[str, list[LedgerLine]]]:
    found: dict[Place, dict[str, list[LedgerLine]]] = {}
    for line in ledger:
        place = (line.agreement, line.period.label if line.period is not None else "", line.key)
        found.setdefault(place, {}).setdefault(line.rule, []).append(line)
    return found


def _amount(lines: Sequence[LedgerLine], language: Language) -> str:
    """The sum of some lines by unit; what lapsed or is undetermined is not in it and said beside it."""
    lapsed = [line for line in lines if line.status == LAPSED]
    word = lexicon.word(LAPSED, "ledger", language)
    said = [
        _money(unit, total, language)
        for unit, total in _by_unit(line for line in lines if line.status != LAPSED).items()
    ]
    said += [f"{_money(unit, total, language)} {word}" for unit, total in _by_unit(lapsed).items()]
    if any(line.amount is None for line in lines):
        said.append(lexicon.word("undetermined", "status", language))
    return " + ".join(said) + ("" if all(line.final for line in lines) else MARK)


def _by_unit(lines: Iterable[LedgerLine]) -> dict[str, Fraction]:
    totals: dict[str, Fraction] = {}
    for line in lines:
        if line.amount is not None:
            totals[line.unit] = totals.get(line.unit, Fraction(0)) + line.amount
    return totals


def _money(unit: str, total: Fraction, language: Language) -> str:
    return numbers.quantity(Quantity(f"amount:{unit}", total), language)


def _sums(
    ledger: Sequence[LedgerLine], names: list[str], before: int, word: str, language: Language
) -> list[list[str]]:
    """A row a status: what lapsed or may still be claimed is never added to what was posted."""
    found = []
    statuses = list(dict.fromkeys(line.status for line in ledger))
    for status in statuses:
        said = lexicon.word(status, "ledger", language)
        named = f"{word}, {said}" if language == "en" else f"{word}（{said}）"
        row = [named if len(statuses) > 1 else word, *[""] * (before - 1)]
        for name in names:
            lines = [line for line in ledger if (line.rule, line.status) == (name, status)]
            totals = [_money(unit, total, language) for unit, total in _by_unit(lines).items()]
            mark = MARK if any(not line.final for line in lines) else ""
            row.append(" + ".join(totals) + mark if totals else "")
        found.append(row)
    return found
