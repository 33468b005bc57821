"""An outcome and a period go in; the verdict table of the month, its metrics and its credits, come out as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.width import cells as width
from slalang.explain.wording import lexicon, numbers
from slalang.outcome.naming import named
from slalang.outcome.records import Quantity
from slalang.report import summary
from slalang.report.pivot import brief, many, pivot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.diagnostics.diagnostic import Language
    from slalang.outcome.records import LedgerLine, MetricValue
    from slalang.outcome.whole import Outcome

BOLD, DIM, RED, YELLOW, GREEN, RESET = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[0m"
TINT = {
    "met": GREEN,
    "late": RED,
    "overdue": RED,
    "broken": RED,
    "undetermined": YELLOW,
    "pending": DIM,
    "void": DIM,
}
METRIC_HEADS = ("metric", "clause", "value", "of", "standing")
LEDGER_HEADS = ("rule", "clause", "who", "amount", "status", "posted", "standing")
MOST = 30  # agreements that a terminal lists
TIMES = 10**9  # a denominator this large is a time in microseconds: nobody counts so many cases in a month
HEADS = {
    "more": ("… and {:,} more agreements", "……另有 {:,} 份协议"),
    "rule": ("rule", "规则"),
    "clause": ("clause", "条款"),
    "cases": ("cases", "件数"),
    "all": ("all rules", "合计"),
    "metric": ("metric", "指标"),
    "value": ("value", "数值"),
    "of": ("of", "分子/分母"),
    "standing": ("standing", "终局与否"),
    "amount": ("amount", "金额"),
    "who": ("who owes whom", "应付方 → 收款方"),
    "status": ("status", "状态"),
    "posted": ("posted in", "入账期"),
    "none": ("no verdicts", "无结论"),
    "month": ("Verdicts of {}", "{} 的结论"),
    "whole": ("Verdicts", "结论"),
}


def month_table(
    outcome: Outcome, period: str | None, language: Language = "en", *, colour: bool = False
) -> str:
    """The verdict table (rules × statuses), metrics and amounts of one measured period, or of the whole run for None."""
    verdicts = outcome.verdicts if period is None else summary.of_period(outcome, period)
    metrics = [item for item in outcome.metrics if period in (None, item.period.label)]
    ledger = [line for line in outcome.ledger if period in (None, line.period.label if line.period else "")]
    title = head("whole", language) if period is None else head("month", language).format(period)
    blocks = [
        [_tinted(title, BOLD, colour), "", *verdict_lines(summary.tallies(verdicts), language, colour=colour)]
    ]
    if many(metrics, ledger):
        blocks.append(agreement_lines(metrics, ledger, language))
        metrics, ledger = [], []
    if metrics:
        blocks.append(metric_lines(metrics, language))
    if ledger:
        blocks.append(ledger_lines(ledger, language))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def head(key: str, language: Language) -> str:
    """A head or title of the table."""
    return HEADS[key][0 if language == "en" else 1]


def verdict_lines(found: list[summary.Tally], language: Language, *, colour: bool = False) -> list[str]:
    """One line a rule, a column a status that occurs, a last line with the sums."""
    if not found:
        return [head("none", language)]
    statuses = summary.columns(found)
    heads = [head("rule", language), head("clause", language), head("cases", language)]
    heads += [lexicon.word(status, "status", language) for status in statuses]
    rows = [[tally.rule, tally.clause, f"{tally.cases:,}", *_counts(tally, statuses)] for tally in found]
    if len(found) > 1:
        sums = [sum(tally.counts[status] for tally in found) for status in statuses]
        rows.append(["", "", "", *("" for _ in statuses)])
        total = f"{sum(tally.cases for tally in found):,}"
        rows.append([head("all", language), "", total, *(f"{count:,}" if count else "·" for count in sums)])
    tints = ["", "", "", *(TINT.get(status, "") for status in statuses)]
    return aligned([heads, *rows], right=range(2, len(heads)), tints=tints if colour else None)


def agreement_lines(
    metrics: Sequence[MetricValue], ledger: Sequence[LedgerLine], language: Language
) -> list[str]:
    """One line an agreement (period, key), a column a metric or amount, the sums below; at most thirty agreements, and how many more there are."""
    found = pivot(metrics, ledger, language)
    rows, more = found.first(MOST)
    below = [["" for _ in found.heads], *found.sums] if found.sums else []
    lines = aligned([found.heads, *rows, *below], right=range(found.figures_from, len(found.heads)))
    if more > 0:
        lines.append(head("more", language).format(more))
    return [*lines, found.note] if found.note else lines


def metric_lines(metrics: Sequence[MetricValue], language: Language) -> list[str]:
    """One line a metric, key and period, with numerator and denominator where they tell something."""
    return aligned([_heads(METRIC_HEADS, language), *metric_rows(metrics, language)], right=(2, 3))


def metric_rows(metrics: Iterable[MetricValue], language: Language) -> list[list[str]]:
    """The cells below `METRIC_HEADS`."""
    rows = []
    for item in metrics:
        name = _named(item.rule, item.period.label, item.key)
        rows.append(
            [
                name,
                item.clause,
                _value(item, language),
                _fraction(item, language),
                _standing(item.final, language),
            ]
        )
    return rows


def ledger_lines(ledger: Sequence[LedgerLine], language: Language) -> list[str]:
    """One line a posted amount."""
    return aligned([_heads(LEDGER_HEADS, language), *ledger_rows(ledger, language)], right=(3,))


def ledger_rows(ledger: Iterable[LedgerLine], language: Language) -> list[list[str]]:
    """The cells below `LEDGER_HEADS`."""
    return [
        [
            " ".join(
                filter(
                    None,
                    (
                        _named(line.rule, line.period.label if line.period is not None else "", line.key),
                        line.subject,
                        f"← {line.carried_from}" if line.carried_from else "",
                    ),
                )
            ),
            line.clause,
            f"{named(line.debtor, line.debtor_party)} → {named(line.creditor, line.creditor_party)}",
            amount(line, language),
            lexicon.word(line.status, "ledger", language),
            line.posted_period,
            _standing(line.final, language),
        ]
        for line in ledger
    ]


def _named(rule: str, period: str, key: tuple[tuple[str, str], ...]) -> str:
    """A rule with its period and what it is for: `ServiceCredit 2026-04 priority P1`."""
    return " ".join(filter(None, (rule, period, ", ".join(f"{name} {value}" for name, value in key))))


def _heads(keys: tuple[str, ...], language: Language) -> list[str]:
    return [head(key, language) for key in keys]


def amount(line: LedgerLine, language: Language) -> str:
    """A line's amount, or the word for one that could not be determined."""
    if line.amount is None:
        return lexicon.word("undetermined", "status", language)
    return numbers.quantity(Quantity(f"amount:{line.unit}", line.amount), language)


def aligned(
    rows: Sequence[Sequence[str]], right: Iterable[int] = (), tints: Sequence[str] | None = None
) -> list[str]:
    """Rows as lines, columns aligned by terminal cells, a rule below the heads; `tints` colour whole columns' filled cells."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    ends = frozenset(right)
    lines = []
    for index, row in enumerate(rows):
        pieces = []
        for column, cell in enumerate(row):
            gap = " " * (widths[column] - width(cell))
            shown = cell
            if tints is not None and index and tints[column] and cell not in {"", "·"}:
                shown = f"{tints[column]}{cell}{RESET}"
            pieces.append(gap + shown if column in ends else shown + gap)
        lines.append("  ".join(pieces).rstrip())
        if index == 0:
            lines.append("  ".join("─" * size for size in widths))
    return lines


def _counts(tally: summary.Tally, statuses: tuple[str, ...]) -> list[str]:
    return [f"{tally.counts[status]:,}" if tally.counts[status] else "·" for status in statuses]


def _value(item: MetricValue, language: Language) -> str:
    if item.value is None:
        return lexicon.word("undetermined", "status", language)
    return brief(item.value, language)


def _fraction(item: MetricValue, language: Language) -> str:
    if item.numerator is None or item.denominator is None or item.value is None or item.value.type != "ratio":
        return ""
    if item.denominator.denominator != 1 or item.numerator.denominator != 1:
        return ""
    if item.denominator >= TIMES:
        return f"{numbers.duration(int(item.numerator), language)} / {numbers.duration(int(item.denominator), language)}"
    return f"{numbers.decimal(item.numerator)} / {numbers.decimal(item.denominator)}"


def _standing(final: bool, language: Language) -> str:
    return lexicon.word("final" if final else "provisional", "said", language)


def _tinted(words: str, tint: str, colour: bool) -> str:
    return f"{tint}{words}{RESET}" if colour else words
