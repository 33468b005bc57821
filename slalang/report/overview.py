"""An outcome and a period go in; the HTML of its verdict table, metrics, credits, breaches and open points comes out."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from slalang.explain.wording import lexicon, numbers
from slalang.explain.wording.reasons import said
from slalang.outcome.records import Quantity
from slalang.report import month_table, summary
from slalang.report.pivot import many, pivot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from slalang.diagnostics.diagnostic import Language
    from slalang.outcome.records import LedgerLine, MetricValue, Verdict
    from slalang.outcome.whole import Outcome

MOST = 100  # rows of a list on a page; the rest is counted
TONE = {"met": "good", "late": "bad", "overdue": "bad", "broken": "bad"}
WORDS: dict[str, tuple[str, str]] = {
    "cases": ("Cases judged", "已判案件"),
    "breaches": ("Breaches", "违约"),
    "open": ("Pending or undetermined", "待定或无法判定"),
    "owed": ("{debtor} owes {creditor}", "{debtor} 应付 {creditor}"),
    "by_rule": ("Verdicts by rule", "各规则结论"),
    "mix": ("mix", "构成"),
    "agreements": ("By agreement", "各协议"),
    "metrics": ("Metrics", "指标"),
    "ledger": ("Ledger", "台账"),
    "list": ("Breaches, the furthest over its limit first", "违约清单（超限比例最大者在前）"),
    "none": ("No breach.", "无违约。"),
    "more": ("{shown} of {all} shown; all are in the run's JSON and CSV", "列出 {shown} 项，共 {all} 项；全部见运行输出的 JSON 与 CSV"),
    "subject": ("subject", "对象"),
    "over": ("over by", "超出"),
    "deadline": ("deadline", "到期时刻"),
    "done": ("done", "履行时刻"),
    "undetermined": ("Undetermined", "无法判定"),
    "faults": ("Faults in the data", "数据缺陷"),
    "what": ("what", "事项"),
    "why": ("why", "原因"),
    "assumptions": ("The verdicts rest on", "结论依据的假定"),
    "verdicts": ("verdicts", "结论数"),
    "sort": ("kind", "类别"),
    "value": ("value", "取值"),
    "event": ("event", "事件"),
}  # fmt: skip


def figures(outcome: Outcome, period: str | None, language: Language) -> str:
    """Cards and tables of a period, or of the whole run for None: verdicts by rule, metrics, ledger."""
    metrics = [item for item in outcome.metrics if period in (None, item.period.label)]
    ledger = [line for line in outcome.ledger if period in (None, line.period.label if line.period else "")]
    found = summary.tallies(_verdicts(outcome, period))
    blocks = [
        _cards(found, ledger, language),
        _section("by_rule", _rules(found, language), language),
        *_money(metrics, ledger, language),
    ]
    return "\n".join(block for block in blocks if block)


def lists(
    outcome: Outcome, period: str | None, language: Language, anchors: Mapping[tuple[str, str, str], str]
) -> str:
    """Breaches, open points, faults and assumptions; `anchors` link breaches to their explanations on the page."""
    verdicts = _verdicts(outcome, period)
    blocks = [
        _section("list", _breaches(outcome, verdicts, language, anchors), language),
        _undetermined(outcome, language),
        _faults(outcome, language),
        _assumptions(verdicts, language),
    ]
    return "\n".join(block for block in blocks if block)


def _verdicts(outcome: Outcome, period: str | None) -> Sequence[Verdict]:
    return outcome.verdicts if period is None else summary.of_period(outcome, period)


def labels(outcome: Outcome) -> list[str]:
    """The measured periods of the outcome."""
    return summary.periods(outcome)


def tone(status: str) -> str:
    """Good, bad or open."""
    return TONE.get(status, "open")


def table(names: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """A table of cells that are HTML already."""
    kind = dict.fromkeys(right, ' class="n"')
    head = "".join(
        f'<th scope="col"{kind.get(column, "")}>{escape(name)}</th>' for column, name in enumerate(names)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{kind.get(column, '')}>{cell}</td>" for column, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _word(key: str, language: Language) -> str:
    return WORDS[key][0 if language == "en" else 1]


def _section(key: str, inner: str, language: Language) -> str:
    return f"<section><h2>{escape(_word(key, language))}</h2>{inner}</section>"


def _cards(found: list[summary.Tally], ledger: list[LedgerLine], language: Language) -> str:
    breached = sum(tally.breached for tally in found)
    waiting = sum(tally.counts["pending"] + tally.counts["undetermined"] for tally in found)
    items = [
        ("", _word("cases", language), f"{sum(tally.cases for tally in found):,}"),
        ("bad" if breached else "good", _word("breaches", language), f"{breached:,}"),
        ("", _word("open", language), f"{waiting:,}"),
    ]
    for total in summary.totals(ledger, by_agreement=False):
        title = _word("owed", language).format(debtor=total.debtor, creditor=total.creditor)
        status = lexicon.word(total.status, "ledger", language)
        amount = numbers.quantity(Quantity(f"amount:{total.unit}", total.amount), language)
        items.append(("", f"{title} ({status})" if language == "en" else f"{title}（{status}）", amount))
    shown = "".join(
        f'<div class="{kind}"><dt>{escape(title)}</dt><dd>{escape(value)}</dd></div>'
        for kind, title, value in items
    )
    return f'<dl class="cards">{shown}</dl>'


def _rules(found: list[summary.Tally], language: Language) -> str:
    statuses = summary.columns(found)
    names = [month_table.head(key, language) for key in ("rule", "clause", "cases")]
    names += [lexicon.word(status, "status", language) for status in statuses] + [_word("mix", language)]
    rows = [
        [
            escape(tally.rule),
            escape(tally.clause),
            f"{tally.cases:,}",
            *(_count(tally.counts[status], status) for status in statuses),
            _bar(tally, statuses, language),
        ]
        for tally in found
    ]
    return table(names, rows, frozenset(range(2, 3 + len(statuses))))


def _count(count: int, status: str) -> str:
    if not count:
        return '<span class="soft">·</span>'
    return f'<strong style="color:var(--over)">{count:,}</strong>' if tone(status) == "bad" else f"{count:,}"


def _bar(tally: summary.Tally, statuses: tuple[str, ...], language: Language) -> str:
    """A stacked bar of the statuses; the figures beside it say the same."""
    pieces = []
    for status in statuses:
        count = tally.counts[status]
        if count:
            per_mille = max(1000 * count // tally.cases, 8)  # a rare status is still seen
            name = lexicon.word(status, "status", language)
            pieces.append(
                f'<i class="b-{status}" style="flex:{per_mille}" title="{escape(name)} {count:,}"></i>'
            )
    return f'<span class="bar" aria-hidden="true">{"".join(pieces)}</span>'


def _money(metrics: list[MetricValue], ledger: list[LedgerLine], language: Language) -> list[str]:
    """Metrics and amounts: side by side for many agreements, else each in a table of its own."""
    if many(metrics, ledger):
        found = pivot(metrics, ledger, language)
        kept, more = found.first(MOST)
        rows = [*kept, *found.sums]
        right = frozenset(range(found.figures_from, len(found.heads)))
        inner = table(found.heads, [[escape(cell) for cell in row] for row in rows], right)
        note = f'<p class="soft">{escape(found.note)}</p>' if found.note else ""
        shown = MOST if more else 0
        return [_section("agreements", inner + note + _more(shown, shown + more, language), language)]
    blocks = [_section("metrics", _metrics(metrics, language), language)] if metrics else []
    return blocks + ([_section("ledger", _ledger(ledger, language), language)] if ledger else [])


def _metrics(metrics: list[MetricValue], language: Language) -> str:
    return _cut(
        metrics,
        month_table.metric_rows(metrics[:MOST], language),
        month_table.METRIC_HEADS,
        frozenset({2, 3}),
        language,
    )


def _ledger(ledger: list[LedgerLine], language: Language) -> str:
    return _cut(
        ledger,
        month_table.ledger_rows(ledger[:MOST], language),
        month_table.LEDGER_HEADS,
        frozenset({3}),
        language,
    )


def _cut(
    whole: Sequence[object],
    rows: list[list[str]],
    heads: tuple[str, ...],
    right: frozenset[int],
    language: Language,
) -> str:
    names = [month_table.head(key, language) if key else "" for key in heads]
    shown = table(names, [[escape(cell) for cell in row] for row in rows], right)
    return shown + _more(len(rows), len(whole), language)


def _breaches(
    outcome: Outcome,
    verdicts: Sequence[Verdict],
    language: Language,
    anchors: Mapping[tuple[str, str, str], str],
) -> str:
    found = summary.breaches(verdicts)
    if not found:
        return f"<p>{escape(_word('none', language))}</p>"
    shown = found[:MOST]
    # Explained breaches are always listed, so that their explanation can be reached.
    shown += [item for item in found[MOST:] if (item.rule, item.subject, item.instance) in anchors]
    rows = []
    for item in shown:
        over = (
            ""
            if item.margin is None
            else numbers.quantity(Quantity(item.margin.type, -item.margin.value), language)
        )
        link = anchors.get((item.rule, item.subject, item.instance))
        subject = escape(item.subject or (item.period.label if item.period else item.agreement))
        rows.append(
            [
                escape(item.rule),
                f'<a href="#{link}">{subject}</a>' if link else subject,
                f'<span class="badge bad">{escape(lexicon.word(item.status, "status", language))}</span>',
                escape(over),
                escape(_end(item.deadline, outcome.zone, language)),
                escape(_moment(item.discharged_at, outcome.zone, language)),
            ]
        )
    names = [
        month_table.head("rule", language),
        _word("subject", language),
        month_table.head("status", language),
    ]
    names += [_word(key, language) for key in ("over", "deadline", "done")]
    return table(names, rows, frozenset({3})) + _more(len(rows), len(found), language)


def _moment(at: int | None, zone: str, language: Language) -> str:
    return "–" if at is None else numbers.instant(at, zone, language)


def _end(at: int | None, zone: str, language: Language) -> str:
    return "–" if at is None else numbers.deadline(at, zone, language)


def _more(shown: int, count: int, language: Language) -> str:
    if shown >= count:
        return ""
    words = _word("more", language).format(shown=f"{shown:,}", all=f"{count:,}")
    return f'<p class="soft">{escape(words)}</p>'


def _undetermined(outcome: Outcome, language: Language) -> str:
    verdicts, metrics, ledger = summary.undetermined(outcome)
    lines = [
        (f"{item.rule} {item.subject or (item.period.label if item.period else '')}", item.reason)
        for item in verdicts
    ]
    lines += [(f"{item.rule} {item.period.label}", item.reason) for item in metrics]
    lines += [(f"{item.rule} {item.period.label if item.period else ''}", item.reason) for item in ledger]
    if not lines:
        return ""
    rows = [[escape(what), escape(said(why, language))] for what, why in lines[:MOST]]
    inner = table([_word("what", language), _word("why", language)], rows) + _more(
        len(rows), len(lines), language
    )
    return _section("undetermined", inner, language)


def _faults(outcome: Outcome, language: Language) -> str:
    if not outcome.faults:
        return ""
    rows = [
        [escape(item.subject), escape(item.event), escape(item.text_en if language == "en" else item.text_zh)]
        for item in outcome.faults[:MOST]
    ]
    names = [_word(key, language) for key in ("subject", "event", "what")]
    return _section("faults", table(names, rows) + _more(len(rows), len(outcome.faults), language), language)


def _assumptions(verdicts: Sequence[Verdict], language: Language) -> str:
    found = summary.assumptions(verdicts)
    if not found:
        return ""
    rows = [
        [
            escape(lexicon.word(sort, "assumption", language)),
            escape(f"{name} = {summary.in_words(sort, value, language)}" if name else value),
            escape(reason),
            f"{count:,}",
        ]
        for sort, name, value, reason, count in found[:MOST]
    ]
    names = [_word(key, language) for key in ("sort", "value", "why", "verdicts")]
    inner = table(names, rows, frozenset({3})) + _more(len(rows), len(found), language)
    return _section("assumptions", inner, language)
