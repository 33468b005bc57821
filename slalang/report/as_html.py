"""Explanations and outcomes go in; one self-contained HTML page, no scripts and no outside resources, comes out."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from slalang.explain.wording import lexicon, numbers
from slalang.explain.wording.say import Voice, cells, heads, is_row, say
from slalang.report import overview, timeline
from slalang.report.hours import open_hours
from slalang.report.style import CSS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.diagnostics.diagnostic import Language
    from slalang.explain.tree import Explanation, Node
    from slalang.ir.program import Program
    from slalang.outcome.records import Verdict
    from slalang.outcome.whole import Outcome

WORDS: dict[str, tuple[str, str]] = {
    "status": ("Verdict", "结论"),
    "limit": ("Limit", "限期"),
    "measure": ("Measured", "实测"),
    "margin": ("Margin", "余量"),
    "deadline": ("Deadline", "到期时刻"),
    "discharged_at": ("Done", "履行时刻"),
    "breached_at": ("Breach began", "违约始于"),
    "not_done": ("not done", "未履行"),
    "k-hours": ("service hours", "服务时间"),
    "k-still": ("clock stood still", "停计"),
    "k-run": ("counted", "计入"),
    "k-over": ("over the limit", "超出限期"),
    "k-deadline": ("deadline", "到期时刻"),
    "k-run kept": ("duty kept", "已履行"),
    "k-over gap": ("interrupted", "中断"),
    "interrupted": ("Interrupted", "中断"),
    "explained": ("Explained", "逐项解释"),
    "month": ("{contract}: {period}", "{contract}：{period}"),
    "lead": (
        "Contract version {version} · as of {at} ({zone})",
        "合同版本 {version} · 截至 {at}（{zone}）",
    ),
    "made": ("Made by slalang {software}", "由 slalang {software} 生成"),
    "hash": ("contract {hash}", "合同 {hash}"),
    "caption": ("From trigger to result, in local time", "自触发至结果，当地时间"),
}
STATES = {
    "standstill": "still",
    "discharged": "still",
    "excluded": "closed",
    "closed": "closed",
    "counted": "counted",
}
NUMERIC = {"count", "counted", "length"}


def verdict_page(
    program: Program, outcome: Outcome, explanation: Explanation, language: Language = "en"
) -> str:
    """The page of one explained verdict, metric or amount: headline, picture, the whole tree."""
    title = say(explanation.root, Voice(language, explanation.zone))
    body = article(program, explanation, language, top=True)
    return page(title, body + _footer(outcome, language), language)


def month_page(
    program: Program,
    outcome: Outcome,
    explanations: Sequence[Explanation],
    language: Language = "en",
    period: str | None = None,
) -> str:
    """The page of a measured period (or of the whole run): verdict table, metrics, credits, breaches, then the explanations given."""
    label = period or " – ".join(
        dict.fromkeys((summary_periods := overview.labels(outcome))[:1] + summary_periods[-1:])
    )
    title = word("month", language).format(contract=outcome.contract, period=label or outcome.version)
    anchors = {
        (item.verdict.rule, item.verdict.subject, item.verdict.instance): anchor(item)
        for item in explanations
        if item.verdict is not None
    }
    body = [
        f"<header><h1>{escape(title)}</h1>{_lead(outcome, language)}</header>",
        overview.figures(outcome, period, language),
    ]
    if explanations:
        body.append(f"<h2>{escape(word('explained', language))}</h2>")
        body += [article(program, item, language, top=False) for item in explanations]
    body.append(overview.lists(outcome, period, language, anchors))
    return page(title, "\n".join(body) + _footer(outcome, language), language)


def page(title: str, body: str, language: Language) -> str:
    """A whole HTML document around a body."""
    tag = "en" if language == "en" else "zh-CN"
    return (
        f'<!doctype html>\n<html lang="{tag}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{CSS}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def both(english: str, chinese: str) -> str:
    """Two pages about the same as one document: the English one, then the Chinese one (its anchors end in `-zh`)."""
    start, end = "<main>\n", "\n</main>"
    inner = chinese[chinese.index(start) + len(start) : chinese.rindex(end)]
    ids = set(re.findall(r'\bid="([^"]+)"', inner))
    for name in sorted(ids, key=len, reverse=True):
        for mark in ('id="{}"', 'href="#{}"', "url(#{})"):
            inner = inner.replace(mark.format(name), mark.format(f"{name}-zh"))
    inner = re.sub(
        r'aria-labelledby="([^"]+)"',
        lambda found: f'aria-labelledby="{" ".join(f"{one}-zh" for one in found[1].split())}"',
        inner,
    )
    return english.replace(end, f'\n<hr>\n<div lang="zh-CN">\n{inner}\n</div>{end}', 1)


def article(program: Program, explanation: Explanation, language: Language, *, top: bool) -> str:
    """One explanation as an article: headline, facts at a glance, picture, then every part of the tree."""
    voice = Voice(language, explanation.zone)
    level = 1 if top else 3
    headline = escape(say(explanation.root, voice))
    parts = [f"<h{level}>{headline}</h{level}>"]
    if explanation.verdict is not None:
        parts.append(_glance(explanation.verdict, voice))
        picture = timeline.svg(explanation, language, open_hours(program, explanation))
        if picture:
            parts.append(_figure(picture, explanation, language))
    parts += [_part(item, voice, level + 1) for item in explanation.root.children]
    return f'<article id="{anchor(explanation)}">\n' + "\n".join(parts) + "\n</article>"


def anchor(explanation: Explanation) -> str:
    """The id of an explanation's article."""
    verdict = explanation.verdict
    instance = verdict.instance if verdict is not None else ""
    raw = f"{explanation.sort}-{explanation.rule}-{explanation.subject}-{instance}"
    return "".join(char if char.isalnum() or char in "-_" else "-" for char in raw)


def word(key: str, language: Language) -> str:
    """One of the page's own words."""
    return WORDS[key][0 if language == "en" else 1]


def _lead(outcome: Outcome, language: Language) -> str:
    at = numbers.instant(outcome.as_of, outcome.zone, language)
    return f'<p class="lead">{escape(word("lead", language).format(version=outcome.version, at=at, zone=outcome.zone))}</p>'


def _glance(verdict: Verdict, voice: Voice) -> str:
    """The figures that a reader looks for first, as cards."""
    language, tone = voice.language, overview.tone(verdict.status)
    cards = [_card(word("status", language), lexicon.word(verdict.status, "status", language), tone)]
    # A duty that was interrupted has no deadline, and its limit is nothing: what tells is how long.
    figures = ("measure",) if verdict.gaps else ("limit", "measure", "margin")
    instants = ("breached_at",) if verdict.gaps else ("deadline", "discharged_at", "breached_at")
    for name in figures:
        value = getattr(verdict, name)
        if value is not None:
            shown = numbers.signed(value, language) if name == "margin" else numbers.quantity(value, language)
            title = word("interrupted" if verdict.gaps else name, language)
            cards.append(_card(title, shown, tone if name == "margin" or verdict.gaps else ""))
    for name in instants:
        at = getattr(verdict, name)
        if at is not None and not (name == "breached_at" and at == verdict.deadline):
            cards.append(_moment(name, at, voice))
        elif at is None and name == "discharged_at" and verdict.status in {"overdue", "pending"}:
            cards.append(_card(word(name, language), word("not_done", language), tone))
    return f'<dl class="cards">{"".join(cards)}</dl>'


def _moment(name: str, at: int, voice: Voice) -> str:
    """A card of an instant: its time large, its day below it; a deadline at midnight is 24:00 of the day before."""
    language = voice.language
    clock = numbers.instant(at, voice.zone, language, day=False)
    whole = numbers.instant(at, voice.zone, language)
    if name == "deadline" and numbers.deadline(at, voice.zone, language) != whole:
        whole = numbers.instant(at - 1, voice.zone, language)
        day = whole.removesuffix(numbers.instant(at - 1, voice.zone, language, day=False)).strip()
        return _card(word(name, language), "24:00", "", day)
    return _card(word(name, language), clock, "", whole.removesuffix(clock).strip())


def _card(title: str, value: str, tone: str, small: str = "") -> str:
    below = f"<small>{escape(small)}</small>" if small else ""
    return f'<div class="{tone}"><dt>{escape(title)}</dt><dd>{escape(value)}{below}</dd></div>'


def _figure(picture: str, explanation: Explanation, language: Language) -> str:
    keys = ["k-run", "k-over", "k-deadline"]
    if explanation.verdict is not None and explanation.verdict.gaps:
        keys = ["k-run kept", "k-over gap"]
    if explanation.trace is not None and explanation.trace.clock:
        keys = ["k-hours", "k-still", *keys]
    legend = "".join(f'<li><span class="{key}"></span>{escape(word(key, language))}</li>' for key in keys)
    caption = escape(word("caption", language))
    return f'<figure>{picture}<figcaption>{caption}<ul class="key tl">{legend}</ul></figcaption></figure>'


def _part(item: Node, voice: Voice, level: int) -> str:
    """A part of the tree: a heading and its rows and lists, or a plain sentence when nothing is below it."""
    words = escape(say(item, voice))
    if not item.children:
        return f'<p class="soft">{words}</p>'
    inner = "\n".join([f"<h{level}>{words}</h{level}>", *_blocks(item, voice)])
    return (
        f'<section class="flip">{inner}</section>' if item.kind == "flip" else f"<section>{inner}</section>"
    )


def _blocks(item: Node, voice: Voice) -> list[str]:
    found: list[str] = []
    rows: list[Node] = []
    listed: list[Node] = []
    for child in item.children:
        if is_row(child):
            rows.append(child)
            continue
        if rows:
            found.append(_table(item, rows, voice))
            rows = []
        listed.append(child)
    if rows:
        found.append(_table(item, rows, voice))
    if listed:
        found.append(f'<ul class="tree">{"".join(_leaf(child, voice) for child in listed)}</ul>')
    return found


def _leaf(item: Node, voice: Voice) -> str:
    below = ""
    if item.children:
        below = f"<ul>{''.join(_leaf(child, voice) for child in item.children)}</ul>"
    return f"<li>{escape(say(item, voice))}{below}</li>"


def _table(item: Node, rows: Sequence[Node], voice: Voice) -> str:
    names = heads(item, voice)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(
        f"<tr{_state(row)}>{''.join(f'<td>{escape(cell)}</td>' for cell in cells(row, voice))}</tr>"
        for row in rows
    )
    top = f"<thead><tr>{head}</tr></thead>" if names else ""
    return f'<div class="wide"><table>{top}<tbody>{body}</tbody></table></div>'


def _state(row: Node) -> str:
    state = row.get("state")
    key = getattr(state, "key", "")
    return f' class="{STATES[key]}"' if key in STATES else ""


def _footer(outcome: Outcome, language: Language) -> str:
    receipt = outcome.receipt
    lines = [word("made", language).format(software=receipt.software)]
    lines += [
        word("hash", language).format(hash=f"{version}: {value}") for version, value in receipt.contract
    ]
    return f"<footer>{' · '.join(escape(line) for line in lines)}</footer>"
