"""The laws of model §1, held on random streams of ticket events."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).resolve().parents[1] / "unit" / "engine"))

from small_programs import (
    HOUR,
    MINUTE,
    RECEIPT,
    at,
    credit,
    duty,
    event,
    number,
    on,
    op,
    program,
    run,
    settings,
    share,
    sig,
    still,
    target,
)  # fmt: skip

from slalang.engine.run import Run
from slalang.engine.settings import Version
from slalang.events.registers import Registers
from slalang.ir import expressions as ex
from slalang.ir import rules as ru

BEGIN = at("2026-03-30 08:00")  # near a month's end, so that periods matter
KINDS = (
    "opened",
    "responded",
    "waiting",
    "resumed",
    "priority_changed",
    "resolved",
    "reopened",
    "cancelled",
    "cause_found",
)
LEVELS = ("Critical", "High", "Medium", "Low")
DELAY = still("CustomerDelay", sig("awaiting"))
EXCUSE = ru.Excuse(
    "PlatformFault", op("==", sig("cause", "text", "latest"), ex.Const("text", "aws")), "release", "latest"
)
NOTICE = ru.NoticeRule("Soon", "share_of_limit", "Customer", "nearly due", number("4/5", "ratio"))
ON_BREACH = ru.NoticeRule("Gone", "breach", "Provider", "over")
RULES = (
    duty("FirstResponse", on("opened"), on("responded", pick="first"), target("respond"), void=on("cancelled"), excuses=(EXCUSE,)),
    duty(
        "Resolution", on("opened"), on("resolved"), target("resolve"), void=on("cancelled"), reopen=on("reopened"),
        standstills=(DELAY,), notices=(NOTICE, ON_BREACH), calendar="Office",
    ),
    duty(
        "Progress", on("opened", "responded"), on("responded", "resolved"), "<= 5 h",
        policies={"second_trigger": "opens_another", "discharge_ends": "all"},
    ),
    share("Attainment", ("FirstResponse", "Resolution"), by=("priority",)),
    share("Overall", ("FirstResponse", "Resolution"), pooling="cases_meet_all"),
    credit("Credit", op("*", ex.Param("fee", "amount:CNY"), op("-", number(1, "ratio"), ex.MetricRef("Overall", "ratio"), type_="ratio"), type_="amount:CNY")),
)  # fmt: skip
PROGRAM = program(*RULES)


@st.composite
def streams(draw, subjects=("T-1", "T-2", "T-3"), longest=14):
    steps = draw(
        st.lists(
            st.tuples(
                st.integers(0, 4 * 24 * 60), st.sampled_from(KINDS), st.sampled_from(subjects), st.sampled_from(LEVELS),
                st.sampled_from(["customer", "engineer"]), st.sampled_from(["aws", "disk"]),
            ),
            max_size=longest,
        )
    )  # fmt: skip
    opened = [
        event(BEGIN + n * HOUR, "opened", subject, f"o{n}", priority="High")
        for n, subject in enumerate(subjects)
    ]
    return opened + [made(n, *step) for n, step in enumerate(steps)]


def made(n, minute, kind, subject, level, on_, cause):
    data = {"opened": {"priority": level}, "priority_changed": {"priority": level}, "waiting": {"on": on_}}
    fields = {**data, "cause_found": {"cause": cause}}.get(kind, {})
    return event(BEGIN + minute * MINUTE, kind, subject, f"s{n:03d}", **fields)


UNTIL = st.integers(0, 6 * 24 * 60).map(lambda minute: BEGIN + minute * MINUTE)


@given(streams(), UNTIL, st.lists(st.integers(-40 * 24 * 60, 4 * 24 * 60), max_size=4))
def test_an_event_that_no_rule_reads_changes_nothing(events, until, minutes):
    names = ("T-1", "T-9")
    noise = [
        event(BEGIN + m * MINUTE, "noise", names[n % 2], f"n{n}", agreement="A-9")
        for n, m in enumerate(minutes)
    ]
    unknown = [event(BEGIN + m * MINUTE, "coffee.made", "C-1", f"c{n}") for n, m in enumerate(minutes)]
    assert run(PROGRAM, events + noise + unknown, until) == run(PROGRAM, events, until)


@given(streams(), UNTIL, st.randoms(use_true_random=False))
def test_permuting_the_input_changes_nothing(events, until, chance):
    mixed = list(events)
    chance.shuffle(mixed)
    assert run(PROGRAM, mixed, until) == run(PROGRAM, events, until)


@given(streams(), UNTIL, st.integers(0, 6 * 24 * 60))
def test_two_steps_equal_one(events, until, minute):
    middle = min(BEGIN + minute * MINUTE, until)
    ordered = sorted(events, key=lambda one: one.order)
    steps = Run([Version(PROGRAM)], Registers(), settings(until))
    steps.feed(one for one in ordered if one.time <= middle)
    first = steps.outcome(RECEIPT, middle)
    steps.feed(one for one in ordered if one.time > middle)
    assert first == run(PROGRAM, events, middle)
    assert steps.outcome(RECEIPT) == run(PROGRAM, events, until)


@given(streams(), UNTIL)
def test_as_of_an_instant_equals_only_what_was_known_then(events, until):
    late = [replace_recorded(one, until + 1) if n % 3 == 0 else one for n, one in enumerate(events)]
    known = [one for one in late if one.time <= until and (one.recorded is None or one.recorded <= until)]
    assert run(PROGRAM, late, until) == run(PROGRAM, known, until)


def replace_recorded(one, when):
    return replace(one, recorded=when)


@given(streams(), UNTIL)
def test_an_ignored_trigger_equals_a_removed_one(events, until):
    # While a ticket is open a second `opened` is ignored by Resolution; it must say the level that holds, else it is a change.
    prog = program(duty("Resolution", on("opened"), on("resolved"), "<= 8 h", standstills=(DELAY,)))
    plain = [one for one in events if one.type != "ticket.opened" or one.id.startswith("o")]
    first = min(
        (one.time for one in plain if one.type == "ticket.resolved" and one.subject == "T-1"), default=1 << 60
    )
    again = [event(BEGIN + m * MINUTE, "opened", "T-1", f"z{m}", priority="High") for m in (1, 90, 700)]
    ignored = [one for one in again if one.time < first]
    assert run(prog, plain + ignored, until) == run(prog, plain, until)


@given(streams(), st.integers(0, 4 * 24 * 60), UNTIL)
def test_a_notice_once_sent_is_not_unsent_by_later_events(events, minute, until):
    middle = min(BEGIN + minute * MINUTE, until)
    early = run(PROGRAM, events, middle)
    late = run(PROGRAM, events, until)
    sent = [one for one in early.notices if one.status == "sent" and one.at < middle]
    assert [one for one in late.notices if one.at < middle] == sent


@given(streams(), UNTIL)
def test_swapping_subjects_permutes_the_results(events, until):
    swap = {"T-1": "T-2", "T-2": "T-1", "T-3": "T-3"}
    swapped = [replace(one, subject=swap[one.subject]) for one in events]
    before = run(PROGRAM, events, until)
    after = run(PROGRAM, swapped, until)
    order = {
        (one.rule, swap[one.subject], one.instance): replace(one, subject=swap[one.subject])
        for one in before.verdicts
    }
    assert {(one.rule, one.subject, one.instance): one for one in after.verdicts} == order
    assert after.metrics == before.metrics
    assert after.ledger == before.ledger


@given(streams(), UNTIL)
def test_swapping_levels_everywhere_permutes_the_groups(events, until):
    # With one limit for all levels the two groups of the share trade places.
    prog = program(
        duty("Resolution", on("opened"), on("resolved"), "<= 8 h"), share("Attainment", by=("priority",))
    )
    swap = {"High": "Low", "Low": "High", "Medium": "Medium", "Critical": "Critical"}

    def turned(one):
        data = {name: swap.get(value, value) for name, value in one.data.items()}
        return replace(one, data=data)

    before, after = run(prog, events, until), run(prog, [turned(one) for one in events], until)
    assert {(swap[m.key[0][1]], m.period.label): m.value for m in before.metrics} == {
        (m.key[0][1], m.period.label): m.value for m in after.metrics
    }


@given(streams(), UNTIL)
def test_tracing_changes_no_result(events, until):
    from small_programs import focus

    traced = run(PROGRAM, events, until, trace=focus("Resolution"))
    assert replace(traced, case_traces=()) == run(PROGRAM, events, until)
    for trace in traced.case_traces:
        verdict = next(
            one
            for one in traced.verdicts
            if (one.rule, one.subject, one.instance) == (trace.rule, trace.subject, trace.instance)
        )
        if verdict.measure is not None:
            assert sum(stretch.counted for stretch in trace.clock) == verdict.measure.value
