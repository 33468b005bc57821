"""A missed target on the time of a signal and the events go in; ends of outages that, coming earlier, would have met it, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.explain.flips.announcements import named
from slalang.ir.amounts import Formula, TimeOf
from slalang.ir.facts import Between, Computed, MemberFold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slalang.events.event import Event
    from slalang.ir.program import Program
    from slalang.ir.rules import Obligation
    from slalang.outcome.records import Verdict

MOST = 5  # ends of outages that are offered


def ended_earlier(
    program: Program, rule: Obligation, verdict: Verdict, events: Iterable[Event]
) -> list[tuple[Event, int]]:
    """Events that end what a target's metric adds up, each with the time at which it would have had to come (µs).

    What is too much is the missing share of the period's real length; whether that is right for the metric at hand is
    for the evaluation to say.
    """
    period, measure, limit = verdict.period, verdict.measure, verdict.limit
    if (
        period is None
        or measure is None
        or limit is None
        or measure.type != "ratio"
        or measure.value >= limit.value
    ):
        return []
    missing = (limit.value - measure.value) * (period.end - period.start)
    earlier = -(-missing.numerator // missing.denominator)
    forms = outages_of(program, named(rule.holds, "metric"))
    found: list[tuple[Event, int]] = []
    known = list(events)
    for form in forms:
        starts = {match.type for match in form.start.any_of}
        stops = {match.type for match in form.stop.any_of}
        began: dict[str, int] = {}
        for event in known:
            if event.type in stops and event.subject in began:
                start = began.pop(event.subject)
                # It cannot have ended before it began.
                if period.start < event.time <= period.end and start < event.time - earlier:
                    found.append((event, event.time - earlier))
            elif event.type in starts:
                began.setdefault(event.subject, event.time)
    return found[:MOST]


def outages_of(program: Program, figures: Iterable[str]) -> Iterator[Between]:
    """The signals from one event until another that metrics of these names add up, through any other signals."""
    metrics = {metric.name: metric for metric in program.metrics}
    signals = {signal.name: signal for signal in program.signals}
    todo = [("metric", name) for name in figures]
    seen: set[tuple[str, str]] = set()
    while todo:
        kind, name = item = todo.pop(0)
        if item in seen:
            continue
        seen.add(item)
        form = metrics[name].form if kind == "metric" and name in metrics else None
        if isinstance(form, Formula):
            todo += [("metric", one) for one in named(form.value, "metric")]
        elif isinstance(form, TimeOf):
            todo += [("signal", one) for one in named(form.signal, "signal")]
        signal = signals[name].form if kind == "signal" and name in signals else None
        if isinstance(signal, Between):
            yield signal
        elif isinstance(signal, Computed):
            todo += [("signal", one) for one in named(signal.value, "signal")]
        elif isinstance(signal, MemberFold):
            todo.append(("signal", signal.signal))
