from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from facts_desk import PROGRAM, ids, opened, responded
from hypothesis import given, settings
from hypothesis import strategies as st

from slalang.events.corrections import Corrections
from slalang.events.event import Event
from slalang.events.fitting import Fitter
from slalang.events.holding import Held, digest

MINUTE = 60_000_000
NINE = 1_772_413_200_000_000


def test_events_come_out_by_time_sequence_rank_and_id(desk):
    at = "2026-03-02T09:00:00+08:00"
    lines = [
        responded("b", at),  # rank 1
        opened("z", at),  # rank 0
        opened("a", at),
        opened("late", at, sequence=1),
        opened("early", "2026-03-02T00:59:59Z"),
    ]
    for seed in range(5):
        random.Random(seed).shuffle(lines)
        assert ids(desk.load(lines)) == ["early", "a", "z", "b", "late"]


def test_the_same_event_again_counts_once(desk):
    loaded = desk.load([opened(), opened(), responded()], [opened()])
    assert ids(loaded) == ["e1", "e2"]
    assert loaded.counts.duplicates == 2


def test_one_id_with_two_contents_is_refused_at_the_later_place(desk):
    found = desk.refused([opened(), responded(), opened(subject="T-2")])
    assert found == [("SLA-E0600", None), ("SLA-E0630", 3)]
    (conflict,) = (item for item in desk.collector.sorted() if item.code == "SLA-E0630")
    assert conflict.differs == ("subject",)
    assert conflict.other.endswith("0.jsonl:1")


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 100])
def test_conflicts_and_duplicates_are_found_across_temporary_files(desk, limit):
    lines = [
        opened("a"),
        responded("b"),
        opened("c"),
        responded("b"),
        opened("a", subject="T-9"),
        opened("a"),
    ]
    assert desk.refused(lines, limit=limit) == [("SLA-E0600", None), ("SLA-E0630", 5)]
    loaded = desk.load([*lines[:4], lines[5]], limit=limit)
    assert ids(loaded) == ["a", "c", "b"]
    assert loaded.counts.duplicates == 2
    loaded.close()


def test_temporary_files_are_removed(desk, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    lines = [opened(f"e{at}", f"2026-03-02T09:{at % 60:02d}:00Z") for at in range(300)]
    with desk.load(lines, limit=2, scratch=scratch) as loaded:  # 150 files: more than are open at once
        assert len(list(scratch.iterdir())) == 1
        first, again = ids(loaded), ids(loaded)
    assert (
        first == again == [f"e{at}" for minute in range(60) for at in sorted(range(minute, 300, 60), key=str)]
    )
    assert list(scratch.iterdir()) == []
    desk.refused([*lines, "broken"], limit=2, scratch=scratch)
    assert list(scratch.iterdir()) == []


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3), st.booleans()), max_size=40),
    st.integers(1, 12),
    st.randoms(use_true_random=False),
)
def test_memory_disk_and_order_in_the_file_change_nothing(made, limit, chance):
    fitter = Fitter(PROGRAM)
    events = []
    for at, (minute, sequence, is_opened) in enumerate(made):
        time = (datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=minute)).isoformat()
        raw = (opened if is_opened else responded)(f"e{at % 25}", time, sequence=sequence)
        event = fitter.event(raw, ("f", at), is_text=False)
        assert event is not None
        events.append(event)
    shuffled = events[:]
    chance.shuffle(shuffled)
    results = []
    for order, size in ((events, 10**6), (shuffled, limit), (shuffled, 10**6)):
        held = Held(limit=size)
        for event in order:
            held.add(event)
        held.finish()
        conflicts = sorted((one.id, len(one.origins)) for one in held.conflicts)
        results.append(([event.order for event in held], held.duplicates, conflicts))
        held.close()
    assert results[0] == results[1] == results[2]


def test_the_digest_tells_contents_apart():
    one = Event("a", "t", "s", 1, {"x": "1", "y": True})
    assert digest(one) == digest(Event("b", "t", "s", 1, {"y": True, "x": "1"}))
    assert digest(one) != digest(Event("a", "t", "s", 1, {"x": "1"}))
    assert digest(one) != digest(Event("a", "t", "s", 2, {"x": "1", "y": True}))


# --- as of an instant


def test_what_lies_after_the_instant_is_not_known(desk):
    lines = [
        opened("e1"),
        responded("on", "2026-03-02T09:15:00+08:00"),
        responded("after", "2026-03-02T09:15:00.000001+08:00"),
        responded("learnt-later", "2026-03-02T09:10:00+08:00", recordedtime="2026-03-03T00:00:00Z"),
        responded("announced", "2026-03-02T09:30:00+08:00", recordedtime="2026-03-01T00:00:00Z"),
    ]
    loaded = desk.load(lines, as_of=NINE + 15 * MINUTE)
    assert ids(loaded) == ["e1", "on"]
    assert loaded.counts.after_as_of == 3
    assert len(ids(desk.load(lines))) == 5


# --- corrections

DAY1, DAY2, DAY3 = ("2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z")
US = {DAY1: 1_772_496_000_000_000, DAY2: 1_772_582_400_000_000, DAY3: 1_772_668_800_000_000}


def correction(id_, target, recorded, minute=20, **extra):
    return responded(id_, f"2026-03-02T09:{minute}:00+08:00", corrects=target, recordedtime=recorded, **extra)


def retraction(id_, target, recorded):
    return {"id": id_, "retracts": target, "recordedtime": recorded}


def test_a_correction_replaces_the_event_from_when_it_was_recorded(desk):
    lines = [opened(), responded(), correction("c1", "e2", DAY1)]
    assert ids(desk.load(lines)) == ["e1", "c1"]
    assert ids(desk.load(lines, as_of=US[DAY1])) == ["e1", "c1"]
    assert ids(desk.load(lines, as_of=US[DAY1] - 1)) == ["e1", "e2"]
    assert desk.said() == []


def test_the_last_recorded_correction_holds_whatever_the_order_of_lines(desk):
    lines = [opened(), responded(), correction("c1", "e2", DAY1), correction("c2", "e2", DAY2, 25)]
    for seed in range(4):
        random.Random(seed).shuffle(lines)
        assert ids(desk.load(lines)) == ["e1", "c2"]
        assert ids(desk.load(lines, as_of=US[DAY1])) == ["e1", "c1"]
        assert ids(desk.load(lines, limit=1)) == ["e1", "c2"]


def test_corrections_chain(desk):
    lines = [
        responded(),
        correction("c1", "e2", DAY1),
        correction("c2", "c1", DAY3),
        correction("c3", "e2", DAY2),
    ]
    assert ids(desk.load(lines)) == ["c2"]  # the last word about e2 is that about c1
    assert ids(desk.load(lines, as_of=US[DAY2])) == ["c3"]


def test_a_retraction_withdraws_an_event_and_one_of_a_correction_puts_it_back(desk):
    lines = [responded(), retraction("r1", "e2", DAY1)]
    assert ids(desk.load(lines)) == []
    assert ids(desk.load(lines, as_of=US[DAY1] - 1)) == ["e2"]
    lines = [responded(), correction("c1", "e2", DAY1), retraction("r1", "c1", DAY2)]
    assert ids(desk.load(lines)) == ["e2"]
    assert ids(desk.load(lines, as_of=US[DAY1])) == ["c1"]
    lines = [responded(), retraction("r1", "e2", DAY1), retraction("r2", "r1", DAY2)]
    assert ids(desk.load(lines)) == ["e2"]
    lines = [responded(), retraction("r1", "e2", DAY1), correction("c1", "e2", DAY2)]
    assert ids(desk.load(lines)) == ["c1"]


def test_a_correction_into_an_undeclared_type_takes_the_event_away(desk):
    lines = [responded(), {**correction("c1", "e2", DAY1), "type": "ticket.commented"}]
    loaded = desk.load(lines)
    assert ids(loaded) == []
    assert loaded.counts.ignored == {"ticket.commented": 1}


def test_a_corrected_time_after_the_instant_has_not_happened_yet(desk):
    moved = responded("c1", "2026-06-01T00:00:00Z", corrects="e2", recordedtime=DAY1)
    loaded = desk.load([responded(), moved], as_of=US[DAY2])
    assert ids(loaded) == []
    assert loaded.counts.after_as_of == 1


def test_an_unknown_target_is_reported_and_the_correction_stands_alone(desk):
    for limit in (1, 100):
        assert ids(desk.load([opened(), correction("c1", "gone", DAY1)], limit=limit)) == ["e1", "c1"]
        (warning,) = desk.collector.sorted()
        assert (warning.code, warning.severity, warning.at.line) == ("SLA-E0631", "warning", 2)
        assert ids(desk.load([opened(), retraction("r1", "gone", DAY1)], limit=limit)) == ["e1"]
        assert desk.said() == ["SLA-E0631"]


def test_corrections_in_a_circle_are_refused(desk):
    lines = [opened(), correction("a", "b", DAY1), correction("b", "a", DAY1), correction("tail", "a", DAY1)]
    assert desk.refused(lines) == [("SLA-E0600", None), ("SLA-E0632", 2)]


def test_an_event_that_tells_of_an_edit_corrects_nothing(desk):
    lines = [responded(), responded("edit", "2026-03-02T09:40:00+08:00", recordedtime=DAY1)]
    assert ids(desk.load(lines)) == ["e2", "edit"]


def test_a_long_chain_needs_no_deep_stack():
    chain = Corrections()
    for at in range(20_000):
        chain.add(Event(f"c{at}", "t", "s", at, {}, recorded=at, corrects=f"c{at - 1}" if at else "e"))
    chain.resolve()
    assert chain.winners == {"c19999"}
    assert "e" in chain.superseded


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=9))
def test_as_of_equals_only_what_was_known(said):
    """Corrections recorded one a second: the state after k of them is that of the first k alone."""
    actions = []
    for at, (target, is_retraction) in enumerate(said):
        name = "e" if target >= at else f"c{target}"
        kind = {"retracts": name} if is_retraction else {"corrects": name}
        actions.append(Event(f"c{at}", "t", "s", at, {}, recorded=at, **kind))
    for known in range(len(actions) + 1):
        whole, part = Corrections(), Corrections()
        for action in actions:
            if action.recorded < known:
                whole.add(action)
        for action in reversed(actions[:known]):
            part.add(action)
        whole.resolve()
        part.resolve()
        assert (whole.winners, whole.superseded) == (part.winners, part.superseded)
        assert len(whole.winners) <= 1
        assert bool(whole.winners) <= ("e" in whole.superseded)
