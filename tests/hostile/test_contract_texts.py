"""Contract texts that are broken, each with the code and the line that must be told; no command may stumble over one."""

from __future__ import annotations

import random

import pytest

HEAD = """\
contract "T" version "1"
time zone Asia/Shanghai
currency CNY
counting prc_civil_code
use std.plain, std.tickets
conventions std.plain
levels priority = High > Low
party A "a"
party B "b"
"""
AFTER = HEAD.count("\n") + 1  # the first line after the head
MANY = "9" * 10_000
CIVIL = "calendar C\n  zone UTC\n  mon to fri 09:00 to 17:00\n"


def rule(limit="<= 4 h", clock="always", before="", after=""):
    closing = "" if clock == "always" else "    at closing time : closing\n"
    return (
        f'{HEAD}{before}clause 1 "x"\n  obligation R\n    for each ticket\n    A owes B\n'
        f"    from opened until first responded\n    clock {clock}\n    within {limit}\n"
        f"    on reopening : frozen\n{closing}{after}"
    )


def scenario(
    at="2026-03-02 09:00", as_of="2026-03-03 00:00", expect="R T-1 is overdue", fields="priority High"
):
    return (
        f'  scenario "s"\n    given\n      {at} ticket T-1 opened {fields}, customer "c"\n'
        f"    as of {as_of}\n    expect {expect}\n"
    )


def test_the_frame_of_these_tests_is_sound(checked, slalang, tmp_path):
    assert checked(rule(after=scenario())) == []
    assert slalang("test", tmp_path / "bad.sla").code == 0


IN_THE_HEAD = {
    "a name for two values": ("let x = 1\nlet x = 2", "SLA-E0202", 1),
    "a party twice": ('party A "x"', "SLA-E0202", 0),
    "a parameter twice": ("parameter p : money\nparameter p : money", "SLA-E0202", 1),
    "a level twice": ("levels z = A1 > B1 > A1", "SLA-E0202", 0),
    "a field twice": ("entity e\nevent e.x\n  field a : text\n  field a : number", "SLA-E0202", 3),
    "a calendar twice": (CIVIL + CIVIL.rstrip(), "SLA-E0202", 3),
    "a head line twice": ("time zone UTC", "SLA-E0506", 0),
    "two that need each other": ("let x = y\nlet y = x", "SLA-E0502", 0),
    "one that needs itself": ("let x = x + 1", "SLA-E0502", 0),
    "calendars in a circle": ("calendar C\n  same as D\ncalendar D\n  same as C", "SLA-E0502", 0),
    "a calendar like itself": ("calendar C\n  same as C", "SLA-E0502", 0),
    "division by nought": ("let x = 1 / 0", "SLA-E0310", 0),
    "division of hours by none": ("let x = 1 h / 0 h", "SLA-E0310", 0),
    "year 0000": ("effective from 0000-01-01", "SLA-E0118", 0),
    "30 February": ("effective from 2026-02-30", "SLA-E0118", 0),
    "30 February in Chinese": ("effective from 2026年2月30日", "SLA-E0118", 0),
    "month 13": ("effective from 2026-13-01", "SLA-E0118", 0),
    "a subtraction that looks like year 10000": ("effective from 10000-01-01", "SLA-E0302", 0),
    "a term in reverse": ("term from 9999-12-31 until 0001-01-01", "SLA-E0507", 0),
    "10,000 digits": (f"let x = {MANY}", "SLA-E0113", 0),
    "10,000 decimals": (f"let x = 0.{MANY}", "SLA-E0113", 0),
    "10,000 digits of per cent": (f"let x = {MANY}%", "SLA-E0113", 0),
    "a full-width percent sign alone": ("let z = ％", "SLA-E0101", 0),
    "two full-width percent signs": ("let w = 5％％", "SLA-E0101", 0),
    "a text without an end": ('let x = "abc', "SLA-E0104", 0),
    "a Chinese text without an end": ("let x = 「abc", "SLA-E0104", 0),
    "a name in one backtick": ("let `a = 1", "SLA-E0105", 0),
    "an emoji": ("let 😀 = 1", "SLA-E0106", 0),
    "text that runs backwards": ("let \u202ex = 1", "SLA-E0106", 0),
    "a NUL": ("let a\0b = 1", "SLA-E0106", 0),
    "an unknown library": ("use std.nothing", "SLA-E0204", 0),
    "a path for a library": ("use std.../../etc/passwd", "SLA-E0101", 0),
    "an unknown type": ("parameter s : nosuch", "SLA-E0212", 0),
    "a domain upside down": ("parameter q : number, at least 5, at most 1", "SLA-E0416", 0),
    "a chosen option that is none": ('reading R "q"\n  option a "x"\n  chosen c because "z"', "SLA-E0441", 2),
    "a reading without options": ('reading R "q"', "SLA-E0441", 0),
    "a tab": ('clause 1 "x"\n\tnot judged "y"', "SLA-E0109", 1),
    "a row without a table": ("| a |", "SLA-E0111", 0),
    "words of another kind": ('let x = 1 < "a"', "SLA-E0301", 0),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "code", "down"), IN_THE_HEAD.values(), ids=IN_THE_HEAD.keys())
def test_a_line_of_the_head(checked, lines, code, down):
    assert (code, AFTER + down) in checked(HEAD + lines + "\n")


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "Asia", "leapseconds", "localtime", "posixrules", "right/UTC"]
)
def test_a_zone_that_is_none_or_that_each_machine_has_its_own_of(checked, zone):
    assert ("SLA-E0507", 2) in checked(HEAD.replace("Asia/Shanghai", zone))


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/passwd", "12"])
def test_a_path_is_no_zone(checked, zone):
    assert ("SLA-E0101", 2) in checked(HEAD.replace("Asia/Shanghai", zone))


CALENDARS = {
    "never open": "  zone UTC",
    "open on no day that it knows": "  mon 09:00 to 10:00\n  valid 2026-03-03 to 2026-03-03",
    "of no length": "  mon 09:00 to 09:00",
    "backwards": "  mon 10:00 to 09:00",
    "valid backwards": "  mon 09:00 to 10:00\n  valid 2026-12-31 to 2026-01-01",
    "closed for ever": "  mon 09:00 to 10:00\n  closed 0001-01-01 to 9999-12-31",
    "holidays of nowhere": "  mon 09:00 to 10:00\n  holidays Mars federal",
    "in no zone": "  zone No/Where\n  mon 09:00 to 10:00",
}


@pytest.mark.parametrize("lines", CALENDARS.values(), ids=CALENDARS.keys())
def test_a_calendar_that_cannot_be_used(checked, lines):
    found = checked(rule(clock="in C", before=f"calendar C\n{lines}\n"))
    code, line = found[0]
    assert code == "SLA-E0504"
    assert AFTER <= line <= AFTER + lines.count("\n") + 1


LIMITS = {
    "10^30 h": (f"<= {10**30} h", "pending"),
    "10^30 h within opening hours": (f"<= {10**30} h|C", "undetermined"),
    "a million hours within opening hours": ("<= 1000000 h|C", "pending"),
    "10^30 working days": (f"<= {10**30} business days of C", "undetermined"),
}


@pytest.mark.parametrize(("limit", "status"), LIMITS.values(), ids=LIMITS.keys())
def test_a_limit_beyond_all_time_is_never_due(slalang, tmp_path, limit, status):
    limit, _, calendar = limit.partition("|")
    clock = f"in {calendar}" if calendar else "always"
    path = tmp_path / "far.sla"
    path.write_text(rule(limit, clock, CIVIL, scenario(expect=f"R T-1 is {status}")), "utf-8")
    assert slalang("check", path).code == 0
    done = slalang("test", path)
    assert done.code == 0, done.out


FACTS = {
    "year 1": (scenario("0001-01-01 00:00"), "SLA-E0507", 2),
    "year 9999": (scenario("9999-12-31 23:59"), "SLA-E0507", 2),
    "asked in 9999": (scenario(as_of="9999-12-31 00:00"), "SLA-E0507", 3),
    "30 February": (scenario("2026-02-30 09:00"), "SLA-E0118", 2),
    "25 o'clock": (scenario("2026-02-20 25:00"), "SLA-E0119", 2),
    "a field told twice": (scenario(fields="priority High, priority Low"), "SLA-E0202", 2),
    "too many faults": (scenario(expect=f"{MANY} faults"), "SLA-E0113", 4),
}


@pytest.mark.parametrize(("lines", "code", "down"), FACTS.values(), ids=FACTS.keys())
def test_a_fact_of_a_scenario(checked, lines, code, down):
    first = rule().count("\n") + 1
    assert (code, first + down) in checked(rule(after=lines))


def test_a_value_bound_twice_in_a_scenario(checked):
    text = rule(before="parameter p : number\n", after='  scenario "s"\n    with p = 1, p = 2\n    given\n')
    assert ("SLA-E0202", text.count("\n") - 1) in checked(text)


# --- encodings


def test_not_text(checked):
    small = HEAD.encode()
    for data in (small[:50] + b"\xed\xa0\x80" + small[50:], HEAD.encode("utf-16"), bytes(range(256)) * 20):
        assert checked(data) == [("SLA-E0004", 0)]


def test_other_line_ends_marks_and_encodings_are_the_same_contract(slalang, contract_a, tmp_path):
    chinese = contract_a.with_name("contract.zh.sla").read_text("utf-8")
    forms = {
        "gb.sla": chinese.encode("gb18030"),
        "bom.sla": b"\xef\xbb\xbf" + chinese.encode(),
        "crlf.sla": chinese.replace("\n", "\r\n").encode(),
        "cr.sla": chinese.replace("\n", "\r").encode(),
    }
    for name, data in forms.items():
        (tmp_path / name).write_bytes(data)
    hashes = {
        slalang("show", "hash", path).out for path in (contract_a, *(tmp_path / name for name in forms))
    }
    assert len(hashes) == 1


# --- what is left of a sound contract


@pytest.mark.parametrize(("name", "step"), [("faithful.sla", 97), ("contract.sla", 97 * 7)])
def test_cut_off_anywhere(checked, contract_b, name, step):
    whole = contract_b.with_name(name).read_text("utf-8")
    last = whole.count("\n") + 1
    for number, cut in enumerate(range(0, len(whole), step)):
        found = checked(whole[:cut], others=number % 15 == 0)
        assert all(code.startswith("SLA-") and line <= last for code, line in found)


@pytest.mark.parametrize("seed", range(25))
def test_words_lost_and_swapped(checked, contract_b, seed):
    chance = random.Random(seed)
    lines = contract_b.with_name("faithful.sla").read_text("utf-8").splitlines()
    for _ in range(6):
        at = chance.randrange(len(lines))
        words = lines[at].split(" ")
        if chance.random() < 0.5 and len(words) > 1:
            del words[chance.randrange(len(words))]
        else:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], " ".join(words)
    assert all(line <= len(lines) + 1 for _, line in checked("\n".join(lines), others=seed % 5 == 0))
