from __future__ import annotations

from fractions import Fraction

import pytest
from facts_desk import ids

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.events.bindings import from_toml
from slalang.source.text import SourceFile

WIDE = """
[[table]]
file = "tickets*.csv"
kind = "wide"
subject = "{CASE}"
zone = "America/New_York"
time_format = "%m/%d/%Y %I:%M:%S %p"
blank = ["-"]

[[table.event]]
type = "ticket.opened"
time = "OPEN"
fields = { customer = "WHO", due = "TARGET", vip = { value = true }, priority = { column = "PRIO", map = { 1 = "Critical", 2 = "High" } } }

[[table.event]]
type = "ticket.resolved"
time = "CLOSED"
skip_blank = true
"""
HEAD = "CASE,OPEN,TARGET,CLOSED,WHO,PRIO\n"
ROW = "T-1,03/02/2026 09:00:00 AM,03/03/2026 05:00:00 PM,03/02/2026 12:15:00 PM,Ann,2\n"
LOG = """
[[table]]
file = "log.csv"
kind = "log"
subject = "{TICKET}"
state = "STATUS"
time = "AT"
ignore = ["Viewed"]

[[table.event]]
value = ["New", "Created"]
type = "ticket.opened"
fields = { priority = { value = "Low" } }

[[table.event]]
value = "Answered"
type = "ticket.responded"
"""
OUTAGES = """
[[table]]
file = "outages.csv"
kind = "intervals"
subject = "{SERVICE}"
zone = "Asia/Shanghai"
time_format = "%Y-%m-%d %H:%M"

[table.start]
type = "outage.started"
time = "BEGIN"

[table.end]
type = "outage.ended"
time = "END"
"""
REGISTER = """
[[table]]
file = "customers.csv"
kind = "register"
entity = "agreement"
id = "{ACCOUNT}"
from = "SINCE"
zone = "Asia/Shanghai"
time_format = "%Y/%m/%d"
date_format = "%Y/%m/%d"
attributes = { fee = "FEE", since = "SIGNED" }
"""
# 09:00 in New York on 2 March 2026 (EST, −5) is 14:00 UTC, 18 000 s after 09:00 in Shanghai plus 8 h: counted below.
NINE_NEW_YORK = 1_772_413_200_000_000 + 13 * 3_600_000_000


def bound(text):
    return from_toml(SourceFile("b.toml", text), Collector())


def refused(text):
    collector = Collector()
    with pytest.raises(Stop):
        from_toml(SourceFile("b.toml", text), collector)
    return [(item.code, item.at.line) for item in collector.sorted()]


def test_one_row_a_ticket_becomes_events(desk):
    first, last = desk.load(("tickets-2026.csv", HEAD + ROW), bindings=bound(WIDE)).events
    assert (first.type, first.subject, first.time) == ("ticket.opened", "T-1", NINE_NEW_YORK)
    assert first.data == {
        "customer": "Ann",
        "due": NINE_NEW_YORK + 32 * 3_600_000_000,
        "vip": True,
        "priority": "High",
    }
    assert (last.type, last.time - first.time) == ("ticket.resolved", 3.25 * 3_600_000_000)
    assert (first.id, last.id) == ("T-1:ticket.opened", "T-1:ticket.resolved")
    assert first.origin[1] == 2


def test_what_is_blank_or_filtered_is_counted(desk):
    rows = HEAD + ROW + ROW.replace("T-1", "T-2").replace("03/02/2026 12:15:00 PM", "-")
    loaded = desk.load(("tickets.csv", rows), bindings=bound(WIDE))
    assert ids(loaded) == ["T-1:ticket.opened", "T-2:ticket.opened", "T-1:ticket.resolved"]
    assert loaded.counts.bound == {"tickets*.csv: ticket.resolved: blank CLOSED": 1}
    filtered = WIDE.replace('time = "CLOSED"\n', 'time = "CLOSED"\nwhen = { WHO = ["Bob"] }\n')
    loaded = desk.load(("tickets.csv", rows), bindings=bound(filtered))
    assert ids(loaded) == ["T-1:ticket.opened", "T-2:ticket.opened"]
    assert loaded.counts.bound == {"tickets*.csv: ticket.resolved: when": 2}


def test_a_time_may_be_held_to_another_column(desk):
    rows = HEAD + ROW.replace("12:15:00 PM", "08:59:58 AM") + ROW.replace("T-1", "T-2")
    held = WIDE.replace('time = "CLOSED"\n', 'time = "CLOSED"\nnot_before = "OPEN"\n')
    loaded = desk.load(("tickets.csv", rows), bindings=bound(held))
    times = {event.id: event.time for event in loaded.events}
    assert times["T-1:ticket.resolved"] == NINE_NEW_YORK
    assert times["T-2:ticket.resolved"] == NINE_NEW_YORK + 195 * 60_000_000
    assert loaded.counts.bound == {"tickets*.csv: ticket.resolved: moved to OPEN": 1}
    (note,) = desk.collector.sorted()
    assert (note.code, note.said) == ("SLA-E0660", ("tickets*.csv: ticket.resolved: moved to OPEN × 1",))


def test_an_event_may_hang_on_a_column_that_is_not_its_time(desk):
    rows = HEAD + ROW + ROW.replace("T-1", "T-2").replace("03/03/2026 05:00:00 PM", "")
    hanging = WIDE.replace('time = "OPEN"\n', 'time = "OPEN"\nskip_blank = ["TARGET"]\n')
    loaded = desk.load(("tickets.csv", rows), bindings=bound(hanging))
    assert ids(loaded) == ["T-1:ticket.opened", "T-1:ticket.resolved", "T-2:ticket.resolved"]
    assert loaded.counts.bound == {"tickets*.csv: ticket.opened: blank TARGET": 1}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (ROW.replace("03/02/2026 09:00:00 AM", "2026-03-02"), "SLA-E0658"),
        (
            ROW.replace("03/02/2026 09:00:00 AM", "03/08/2026 02:30:00 AM"),
            "SLA-E0658",
        ),  # skipped by the clocks
        (ROW.replace("03/02/2026 09:00:00 AM", "11/01/2026 01:30:00 AM"), "SLA-E0658"),  # shown twice
        (ROW.replace("03/02/2026 09:00:00 AM", ""), "SLA-E0657"),
        (ROW.replace("T-1", ""), "SLA-E0657"),
        (ROW.replace(",2\n", ",7\n"), "SLA-E0656"),
        (ROW.replace(",2\n", ",\n"), "SLA-E0623"),
        (ROW.replace("03/03/2026 05:00:00 PM", "soon"), "SLA-E0658"),
    ],
)
def test_cells_that_cannot_be_taken_are_refused_with_their_line(desk, row, code):
    found = desk.refused(("tickets.csv", HEAD + ROW.replace("T-1", "T-0") + row), bindings=bound(WIDE))
    assert (code, 3) in found
    assert set(found[1:]) <= {(code, 3)}


def test_gaps_and_overlaps_follow_the_stated_choice(desk):
    hour = 3_600_000_000
    spring = HEAD + ROW.replace("03/02/2026 09:00:00 AM", "03/08/2026 02:30:00 AM")
    autumn = HEAD + ROW.replace("03/02/2026 09:00:00 AM", "11/01/2026 01:30:00 AM")

    def opened_at(text, line):
        stated = WIDE.replace("\nblank =", f"\n{line}\nblank =")
        events = desk.load(("tickets.csv", text), bindings=bound(stated)).events
        return next(event.time for event in events if event.type == "ticket.opened")

    seven_utc = 1_772_928_000_000_000 + 7 * hour  # 2026-03-08T07:00Z: the change to daylight time
    assert opened_at(spring, 'gap = "next"') == seven_utc
    assert opened_at(spring, 'gap = "shift"') == seven_utc + hour // 2
    five_thirty = 1_793_491_200_000_000 + 5 * hour + hour // 2  # 2026-11-01T05:30Z, the first 01:30
    assert opened_at(autumn, 'overlap = "first"') == five_thirty
    assert opened_at(autumn, 'overlap = "second"') == five_thirty + hour


def test_two_rows_that_disagree_about_one_ticket_are_a_conflict(desk):
    rows = HEAD + ROW + ROW.replace("09:00:00", "09:30:00")
    assert desk.refused(("tickets.csv", rows), bindings=bound(WIDE)) == [
        ("SLA-E0600", None),
        ("SLA-E0630", 3),
    ]
    assert desk.load(("tickets.csv", HEAD + ROW + ROW), bindings=bound(WIDE)).counts.duplicates == 2


def test_a_log_of_states_becomes_events(desk):
    text = (
        "TICKET,AT,STATUS\nT-1,2026-03-02T09:00:00+08:00,New\nT-1,2026-03-02T09:05:00+08:00,Viewed\n"
        "T-1,2026-03-02T09:15:00+08:00,Answered\n"
    )
    loaded = desk.load(("log.csv", text), bindings=bound(LOG))
    assert [(event.type, event.time) for event in loaded.events] == [
        ("ticket.opened", 1_772_413_200_000_000),
        ("ticket.responded", 1_772_414_100_000_000),
    ]
    assert loaded.counts.bound == {"log.csv: STATUS = Viewed": 1}
    bad = (
        text
        + "T-1,2026-03-02T09:15:00+08:00,Reopened\nT-1,2026-03-02T09:15:00+08:00,\nT-1,2026-03-02T09:15:00,New\n"
    )
    assert desk.refused(("log.csv", bad), bindings=bound(LOG)) == [
        ("SLA-E0600", None),
        ("SLA-E0656", 5),
        ("SLA-E0657", 6),
        ("SLA-E0658", 7),
    ]


def test_intervals_become_two_events_and_an_open_end_one(desk):
    text = "SERVICE,BEGIN,END\nweb,2026-03-02 09:00,2026-03-02 09:30\nweb,2026-03-02 10:00,\n"
    loaded = desk.load(("outages.csv", text), bindings=bound(OUTAGES))
    assert [event.type for event in loaded.events] == ["outage.started", "outage.ended", "outage.started"]
    assert next(iter(loaded.events)).time == 1_772_413_200_000_000
    assert loaded.counts.bound == {"outages.csv: outage.ended: blank END": 1}
    reversed_ = text + "web,2026-03-02 11:00,2026-03-02 10:59\nweb,,2026-03-02 10:59\n"
    assert desk.refused(("outages.csv", reversed_), bindings=bound(OUTAGES)) == [
        ("SLA-E0600", None),
        ("SLA-E0659", 4),
        ("SLA-E0657", 5),
    ]


def test_rows_become_register_entries(desk):
    text = "ACCOUNT,SINCE,FEE,SIGNED\nA-1,2026/02/01,9000,2025/12/31\nA-1,,8000,\n"
    loaded = desk.load(("customers.csv", text), bindings=bound(REGISTER))
    february = 1_769_875_200_000_000
    assert loaded.registers.at("agreement", "A-1", february) == {"fee": 9000, "since": "2025-12-31"}
    assert loaded.registers.at("agreement", "A-1", february - 1) == {"fee": 8000}


def test_a_missing_column_is_refused_with_the_nearest(desk):
    with pytest.raises(Stop) as caught:
        desk.load(("tickets.csv", HEAD.replace("TARGET", "TARGETS") + ROW), bindings=bound(WIDE))
    (found,) = caught.value.diagnostics
    assert (found.code, found.at.line, found.column, found.near) == ("SLA-E0655", 1, "TARGET", ("TARGETS",))


def test_a_binding_without_a_file_is_said(desk):
    loaded = desk.load(("log.csv", "TICKET,AT,STATUS\n"), bindings=bound(LOG + WIDE))
    assert ids(loaded) == []
    assert desk.said() == ["SLA-E0608", "SLA-E0654"]
    assert loaded.bindings.startswith("sha256:")


def test_a_table_that_no_binding_fits_is_told_with_the_patterns(desk):
    found = desk.refused(("ticket.csv", HEAD + ROW), bindings=bound(WIDE))
    assert found == [("SLA-E0610", 1), ("SLA-E0654", 2)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WIDE.replace('subject = "{CASE}"\n', 'subjekt = "{CASE}"\n'), [("SLA-E0652", 2), ("SLA-E0651", 5)]),
        (WIDE.replace("skip_blank = true", "skip_blank = 1"), [("SLA-E0653", 18)]),
        (WIDE.replace('"wide"', '"broad"'), [("SLA-E0653", 4)]),
        (WIDE.replace("America/New_York", "America/Boston"), [("SLA-E0653", 6)]),
        (WIDE.replace('"%m/%d/%Y %I:%M:%S %p"', '"MM/DD/YYYY"'), [("SLA-E0653", 7)]),
        (WIDE.replace('type = "ticket.resolved"\n', ""), [("SLA-E0652", 15)]),
        (WIDE.replace('time = "CLOSED"\n', ""), [("SLA-E0652", 15)]),
        (WIDE.replace('subject = "{CASE}"', 'subject = "{CASE"'), [("SLA-E0653", 5)]),
        (WIDE.replace("value = true", "value = 1.5"), [("SLA-E0653", 13)]),
        (WIDE.replace("value = true", "valeu = true"), [("SLA-E0651", 13), ("SLA-E0653", 13)]),
        (LOG.replace('value = "Answered"\n', ""), [("SLA-E0652", 15)]),
        ("", [("SLA-E0652", 1)]),
        ("tables = 1\n", [("SLA-E0651", 1), ("SLA-E0652", 1)]),
    ],
)
def test_a_wrong_bindings_file_is_refused_at_the_key(text, found):
    assert sorted(refused(text)) == sorted(found)


def test_what_is_no_toml_is_refused_at_the_place():
    with pytest.raises(Stop) as caught:
        bound('[[table]]\nfile = "a\n')
    (found,) = caught.value.diagnostics
    assert (found.code, found.at.line) == ("SLA-E0650", 2)


FEES = REGISTER.replace('kind = "register"', 'kind = "register"\ndecimal = ","\ndelimiter = ";"')


@pytest.mark.parametrize(
    ("cell", "fee"),
    [
        ("9,00", Fraction(9)),
        ("0,905", Fraction(905, 1000)),
        ("1.234,50", Fraction(2469, 2)),
        ("1 234 567", Fraction(1_234_567)),
        ("1\u202f234,5", Fraction(2469, 2)),
        ("1.234", Fraction(1234)),  # the binding says that a point groups thousands
        ("-3,5", Fraction(-7, 2)),
        ("12,34 CNY", Fraction(617, 50)),
    ],
)
def test_amounts_with_a_decimal_comma(desk, cell, fee):
    loaded = desk.load(("customers.csv", f"ACCOUNT;SINCE;FEE;SIGNED\nA-1;;{cell};\n"), bindings=bound(FEES))
    assert loaded.registers.at("agreement", "A-1", NINE_NEW_YORK) == {"fee": fee}


@pytest.mark.parametrize("cell", ["9.00", "1.23,4", "1,2,3", "12.3456", ",5", "9,"])
def test_what_is_no_number_with_a_decimal_comma_is_unfit(desk, cell):
    text = f"ACCOUNT;SINCE;FEE;SIGNED\nA-1;;{cell};\n"
    assert desk.refused(("customers.csv", text), bindings=bound(FEES)) == [
        ("SLA-E0600", None),
        ("SLA-E0665", 2),
    ]


def test_without_the_key_a_decimal_comma_is_refused_with_the_way_out(desk):
    text = 'ACCOUNT,SINCE,FEE,SIGNED\nA-1,,"9,00",\n'
    assert desk.refused(("customers.csv", text), bindings=bound(REGISTER)) == [
        ("SLA-E0600", None),
        ("SLA-E0624", 2),
    ]
    assert refused(REGISTER.replace('kind = "register"', 'kind = "register"\ndecimal = ";"')) == [
        ("SLA-E0653", 5)
    ]
