"""An explained verdict goes in; what is named above its picture, and the span that the picture covers, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.explain.wording import lexicon, numbers

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Language
    from slalang.explain.tree import Explanation
    from slalang.outcome.records import Verdict
    from slalang.outcome.trace import CaseTrace

Pin = tuple[int, str, str]  # instant, words, sort
MOST_LABELS = 14  # events that are named in the picture; the rest is counted, and all stand in the table
WORDS: dict[str, tuple[str, str]] = {
    "hours": ("Service hours", "服务时间"),
    "still": ("Waiting", "停计"),
    "run": ("Clock", "计时"),
    "result": ("Result", "结果"),
    "kept": ("Duty kept", "履行状态"),
    "done": ("done", "已履行"),
    "deadline": ("deadline", "到期"),
    "always": ("every hour of every day", "全天候"),
    "none": ("none", "无"),
    "over": ("{} over", "超出 {}"),
    "spare": ("{} to spare", "余量 {}"),
    "left": ("{} left", "尚余 {}"),
    "gap": ("interrupted {}", "中断 {}"),
    "more": ("and {} more events, listed below", "另有 {} 个事件，见下表"),
    "as_of": ("as of", "截至"),
    "short": ("; long closed hours are shortened (//)", "；较长的非服务时间已缩短（//）"),
    "zone": ("local time, {}", "{} 当地时间"),
}


def span(explanation: Explanation) -> tuple[int, int] | None:
    """The instants between which the picture of an explained verdict is drawn; None when there is nothing to draw."""
    verdict, trace = explanation.verdict, explanation.trace
    if verdict is None or trace is None:
        return None
    pins = pins_of(verdict, trace, explanation, "en")
    return _span(verdict, trace, [at for at, _, _ in pins], explanation.as_of)


def word(key: str, language: Language, filled: str = "") -> str:
    """One of the picture's own words."""
    return WORDS[key][0 if language == "en" else 1].format(filled)


def pins_of(verdict: Verdict, trace: CaseTrace, explanation: Explanation, language: Language) -> list[Pin]:
    """What is named above the picture: (instant, words, sort), by time; the deadline stands after events of its instant."""
    pins = [
        (
            role.at,
            lexicon.word(role.type, "event", language),
            "ignored" if role.role == "ignored" else "event",
        )
        for role in trace.roles
    ]
    if verdict.deadline is not None and not verdict.gaps:
        pins.append((verdict.deadline, word("deadline", language), "deadline"))
    done = verdict.discharged_at
    if done is not None and all(role.at != done for role in trace.roles):
        pins.append((done, word("done", language), "event"))
    if verdict.status in {"overdue", "pending"}:
        pins.append((explanation.as_of, word("as_of", language), "as_of"))
    for gap in verdict.gaps:
        length = (explanation.as_of if gap.end is None else gap.end) - gap.start
        pins.append((gap.start, word("gap", language, numbers.duration(length, language)), "event"))
    return sorted(pins, key=lambda pin: (pin[0], pin[2] not in {"event", "ignored"}))


def _span(verdict: Verdict, trace: CaseTrace, pins: list[int], as_of: int) -> tuple[int, int] | None:
    points = list(pins)
    points += [at for stretch in trace.clock for at in (stretch.start, stretch.end)]
    points += [at for at in (verdict.start, verdict.deadline, verdict.discharged_at) if at is not None]
    for gap in verdict.gaps:
        points += [gap.start, as_of if gap.end is None else gap.end]
    if verdict.gaps and verdict.period is not None:
        points += [verdict.period.start, min(verdict.period.end, as_of)]
    if not points or min(points) == max(points):
        return None
    start, end = min(points), max(points)
    pad = max((end - start) // 40, 1)
    return start - pad, end + pad


def kept(pins: list[Pin]) -> tuple[list[Pin], int]:
    """The pins that are named, and how many are not: those without effect go first, then those in the middle."""
    if len(pins) <= MOST_LABELS:
        return pins, 0
    named = [pin for pin in pins if pin[2] != "ignored"]
    if len(named) > MOST_LABELS:
        half = MOST_LABELS // 2
        named = [
            pin
            for index, pin in enumerate(named)
            if index < half or index >= len(named) - half or pin[2] != "event"
        ]
    return named, len(pins) - len(named)
