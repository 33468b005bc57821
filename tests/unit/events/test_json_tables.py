from __future__ import annotations

import gzip
import json

import pytest
from facts_desk import ids

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.events.bindings import from_toml
from slalang.events.connectors import files
from slalang.source.text import SourceFile

WIDE = """
[[table]]
file = "tickets*.json*"
subject = "{case}"

[[table.event]]
type = "ticket.opened"
time = "times.opened"
fields = { priority = "who.rank", vip = "who.vip", count = "n", fee = "fee" }

[[table.event]]
type = "ticket.resolved"
time = "times.closed"
skip_blank = true
"""
PARTS = """
[[table]]
file = "outages*.json"
kind = "intervals"
subject = "{id}/{parts.name}/{parts.places}"
each = ["parts", "parts.places"]
KEYS

[table.start]
type = "outage.started"
time = "from"
recordedtime = "{told}"

[table.end]
type = "outage.ended"
time = "until"
"""
ONE = {
    "case": "T-1",
    "times": {"opened": "2026-03-02T09:00:00+08:00", "closed": None},
    "who": {"rank": "High", "vip": True},
    "n": 7,
    "fee": "12.50 CNY",
}
OUTAGE = {
    "id": "O-1",
    "from": "2026-03-02T01:00:00Z",
    "until": "2026-03-02T03:00:00Z",
    "told": "2026-03-05T00:00:00Z",
    "parts": [{"name": "web", "places": ["north", "south"]}, {"name": "mail", "places": ["north"]}],
}


def bound(text):
    return from_toml(SourceFile("b.toml", text), Collector())


def outages(keys=""):
    return bound(PARTS.replace("KEYS", keys))


def stopped(desk, file, bindings):
    with pytest.raises(Stop) as stop:
        desk.load(file, bindings=bindings)
    return stop.value.diagnostics[0]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ONE) + "\n",
        json.dumps([ONE]),
        json.dumps([ONE], indent=2),
        " \n[\n" + json.dumps(ONE) + "\n]\n",
    ],
    ids=["lines", "array on one line", "array over many lines", "space around"],
)
def test_a_record_is_a_line_or_an_element(desk, text):
    loaded = desk.load(("tickets.json", text), bindings=bound(WIDE))
    (event,) = loaded.events
    assert (event.type, event.subject) == ("ticket.opened", "T-1")
    assert event.data["priority"] == "High"
    assert event.data["vip"] is True
    assert event.data["count"] == 7
    assert loaded.counts.bound == {"tickets*.json*: ticket.resolved: blank times.closed": 1}


def test_packed_and_as_lines(desk):
    packed = gzip.compress((json.dumps(ONE) + "\n").encode())
    assert ids(desk.load(("tickets.jsonl.gz", packed), bindings=bound(WIDE))) == ["T-1:ticket.opened"]


def test_arrays_are_laid_out_in_every_combination(desk):
    loaded = desk.load(("outages.json", json.dumps([OUTAGE])), bindings=outages())
    subjects = [event.subject for event in loaded.events]
    # web north, web south, mail north; a start and an end of each
    assert sorted(set(subjects)) == ["O-1/mail/north", "O-1/web/north", "O-1/web/south"]
    assert len(subjects) == 6


def test_what_is_told_later_is_known_later(desk):
    # The start is recorded on 5 March, 00:00 UTC; as of the day before nobody knows of it. The ends carry no such time.
    file = ("outages.json", json.dumps([OUTAGE]))
    fourth = 1_772_582_400_000_000  # 2026-03-04T00:00:00Z, 20,516 days after 1970 began
    loaded = desk.load(file, bindings=outages(), as_of=fourth)
    assert {event.type for event in loaded.events} == {"outage.ended"}
    assert loaded.counts.after_as_of == 3


def test_an_empty_or_missing_array_gives_no_row_and_is_counted(desk):
    records = [OUTAGE, {**OUTAGE, "id": "O-2", "parts": []}, {"id": "O-3"}]
    loaded = desk.load(("outages.json", json.dumps(records)), bindings=outages())
    assert len(list(loaded.events)) == 6
    assert loaded.counts.bound == {"outages*.json: no parts": 2}


def test_records_may_stand_under_a_key(desk):
    document = {"made": "2026-03-09", "list": {"incidents": [OUTAGE]}}
    loaded = desk.load(("outages.json", json.dumps(document)), bindings=outages('records = "list.incidents"'))
    assert len(list(loaded.events)) == 6


def test_a_key_with_a_point_of_its_own_is_found(desk):
    record = {
        "case": "T-1",
        "times.opened": "2026-03-02T09:00:00+08:00",
        "times.closed": "",
        "who.rank": "High",
    }
    record |= {"who.vip": False, "n": 1, "fee": None}
    loaded = desk.load(("tickets.json", json.dumps([record])), bindings=bound(WIDE))
    assert ids(loaded) == ["T-1:ticket.opened"]


# --- what is refused


def test_a_column_that_no_record_has_is_refused(desk):
    found = stopped(desk, ("tickets.json", json.dumps([ONE])), bound(WIDE.replace('"n"', '"number"')))
    assert (found.code, found.column, found.columns) == ("SLA-E0655", "number", tuple(ONE))


def test_an_array_that_no_record_has_is_refused(desk):
    misspelt = bound(PARTS.replace("KEYS", "").replace('"parts", "parts.places"', '"part", "part.places"'))
    found = stopped(desk, ("outages.json", json.dumps([OUTAGE])), misspelt)
    assert (found.code, found.column, found.near) == ("SLA-E0655", "part", ("parts",))


def test_a_column_that_some_records_lack_is_blank_there(desk):
    second = {**ONE, "case": "T-2"}
    del second["n"]
    loaded = desk.load(("tickets.json", json.dumps([ONE, second])), bindings=bound(WIDE))
    assert [event.data.get("count") for event in loaded.events] == [7, None]


@pytest.mark.parametrize(("value", "said"), [([1], "an array"), ({"a": 1}, "an object")])
def test_a_column_is_one_value(desk, value, said):
    found = stopped_line(desk, {**ONE, "n": value}, bound(WIDE))
    assert (found.code, found.column, found.kind.en) == ("SLA-E0661", "n", said)


def test_each_names_an_array(desk):
    with pytest.raises(Stop):
        desk.load(("outages.json", json.dumps([{**OUTAGE, "parts": "web"}])), bindings=outages())
    (found,) = [item for item in desk.collector.sorted() if item.code == "SLA-E0662"]
    assert (found.column, found.at.line) == ("parts", 1)


def stopped_line(desk, record, bindings):
    with pytest.raises(Stop):
        desk.load(("tickets.json", json.dumps([ONE | {"case": "T-0"}, record], indent=0)), bindings=bindings)
    (found,) = [item for item in desk.collector.sorted() if item.code == "SLA-E0661"]
    return found


def test_the_line_of_a_record_is_told(desk):
    text = "[\n" + json.dumps(ONE) + ",\n\n" + json.dumps({**ONE, "case": "T-2", "n": []}) + "\n]\n"
    with pytest.raises(Stop):
        desk.load(("tickets.json", text), bindings=bound(WIDE))
    (found,) = [item for item in desk.collector.sorted() if item.code == "SLA-E0661"]
    assert found.at.line == 4


def test_no_array_under_the_key(desk):
    found = stopped(desk, ("outages.json", '{"list": 3}'), outages('records = "list"'))
    assert (found.code, found.key, found.keys) == ("SLA-E0663", "list", ("list",))


@pytest.mark.parametrize("key", ['records = "list"', 'each = "parts"'])
def test_a_csv_table_has_no_records_and_nothing_to_lay_out(desk, key):
    bindings = bound(
        WIDE.replace("tickets*.json*", "tickets.csv").replace("[[table]]", f"[[table]]\n{key}", 1)
    )
    found = stopped(desk, ("tickets.csv", "case\nT-1\n"), bindings)
    assert (found.code, found.key) == ("SLA-E0664", key.split()[0])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[{"case": 1} {"case": 2}]', 1),  # no comma
        ('[\n{"case": 1},\n{"case": 2}', 3),  # no end
        ('[\n{"case": 1},\n]', 3),  # a comma too many
        ('[\n{"case": 1, "case": 2}\n]', 2),  # a key twice
        ('[\n{"case": NaN}\n]', 2),
        ("[" * 100_000, 1),
        ("[1]", 1),
    ],
)
def test_a_document_that_is_broken_is_refused(desk, text, line):
    try:
        desk.load(("tickets.json", text), bindings=bound(WIDE))
    except Stop as stop:
        found = [item for item in stop.diagnostics if item.code in {"SLA-E0602", "SLA-E0603"}]
    assert found[0].at.line == line


def test_a_document_too_long_is_refused(desk, monkeypatch):
    monkeypatch.setattr(files, "LONGEST_DOCUMENT", 20)
    found = stopped(desk, ("tickets.json", json.dumps([ONE])), bound(WIDE))
    assert (found.code, found.most) == ("SLA-E0614", 20)


def test_an_empty_array_is_an_empty_file(desk):
    assert list(desk.load(("tickets.json", "[]"), bindings=bound(WIDE)).events) == []
    assert [item.code for item in desk.collector.sorted()] == ["SLA-E0608"]


def test_half_a_character_is_refused(desk):
    text = json.dumps([ONE]).replace("T-1", "\\ud800")
    with pytest.raises(Stop):
        desk.load(("tickets.json", text), bindings=bound(WIDE))
    assert "SLA-E0602" in {item.code for item in desk.collector.sorted()}
