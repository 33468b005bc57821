"""Arguments that no command can take: told with a code, exit 2, standard output empty, nothing written."""

from __future__ import annotations

import json

import pytest

COMMANDS = ("check", "run", "explain", "test", "fmt", "show", "clock")
FEE = ["--set", "monthly_fee=1000 USD"]
PLAN = ["--set", "plan=Enterprise"]


def refused(done, *codes):
    assert done.code == 2
    assert done.out == ""
    assert done.codes == set(codes), done.err


@pytest.mark.parametrize("words", [[], ["frobnicate"], ["--frob"], [""], ["-"], ["a\0b"], ["--lang", "en"]])
def test_no_such_command(slalang, words):
    refused(slalang(*words), "SLA-E0851")


def test_the_language_asked_for_before_the_command(slalang, lean_b):
    done = slalang("--lang", "en", "check", lean_b)
    refused(done, "SLA-E0851")
    assert "`--lang` stands after the command" in done.err


@pytest.mark.parametrize("command", COMMANDS)
def test_no_such_option_no_arguments_no_such_file(slalang, tmp_path, lean_b, command):
    refused(slalang(command, "--lang", "both"), "SLA-E0851")
    refused(slalang(command, "--frob", lean_b), "SLA-E0851")
    refused(slalang(command, "--lang", "fr", lean_b), "SLA-E0851")
    before = {"show": ["ir"]}.get(command, [])
    after = {
        "clock": ["R", "--at", "2026-03-06 16:00"],
        "explain": ["--rule", "R", "--events", "x"],
        "run": ["--events", "x"],
    }
    places = {"/none/x.sla": "SLA-E0001", tmp_path: "SLA-E0002", "/dev/zero": "SLA-E0002", "": "SLA-E0002"}
    for place, code in {**places, "a\0b": "SLA-E0005", "x" * 10_000: "SLA-E0005"}.items():
        refused(slalang(command, *before, place, *after.get(command, [])), code)


@pytest.mark.parametrize("command", ["check", "run", "explain", "test", "clock"])
def test_no_such_format(slalang, lean_b, command):
    refused(slalang(command, lean_b, "--format", "xml"), "SLA-E0851")


SETTINGS = {
    "no value": (["--set", "plan", *FEE], "SLA-E0721"),
    "empty": (["--set", "", *PLAN, *FEE], "SLA-E0721"),
    "no name": (["--set", "=Enterprise", *FEE], "SLA-E0101"),
    "nothing behind the sign": (["--set", "plan=", *FEE], "SLA-E0102"),
    "an unknown level": (["--set", "plan=Nope", *FEE], "SLA-E0203"),
    "no unit": ([*PLAN, "--set", "monthly_fee=1000"], "SLA-E0302"),
    "another unit": ([*PLAN, "--set", "monthly_fee=1000 h"], "SLA-E0302"),
    "another currency": ([*PLAN, "--set", "monthly_fee=1000 CNY"], "SLA-E0302"),
    "outside its domain": ([*PLAN, "--set", "monthly_fee=-5 USD"], "SLA-E0308"),
    "by nought": ([*PLAN, "--set", "monthly_fee=1000 USD / 0"], "SLA-E0310"),
    "no fixed value": ([*PLAN, "--set", "monthly_fee=monthly_fee"], "SLA-E0509"),
    "10,000 digits": ([*PLAN, "--set", f"monthly_fee={'9' * 10_000} USD"], "SLA-E0113"),
    "brackets": ([*PLAN, "--set", "monthly_fee=" + "(" * 100_000], "SLA-E0113"),
    "an open bracket": ([*PLAN, "--set", "monthly_fee=(1000 USD"], "SLA-E0114"),
    "a float": ([*PLAN, "--set", "monthly_fee=1e400 USD"], "SLA-E0107"),
    "NaN": ([*PLAN, "--set", "monthly_fee=NaN"], "SLA-E0201"),
    "a NUL": (["--set", "pl\0an=Enterprise", *FEE], "SLA-E0106"),
    "half a surrogate": (["--set", "plan=Enterprise\udc80", *FEE], "SLA-E0106"),
    "twice": ([*PLAN, "--set", "plan=Basic", *FEE], "SLA-E0721"),
    "twice, once in backticks": ([*PLAN, "--set", "`plan`=Basic", *FEE], "SLA-E0721"),
    "two in one": (["--set", "plan=Enterprise, monthly_fee = 5 USD"], "SLA-E0721"),
    "a second line": (["--set", "plan=Enterprise\nparameter x : money", *FEE], "SLA-E0721"),
    "a second line of an old Mac": (["--set", "plan=Enterprise\r  given", *FEE], "SLA-E0721"),
    "a second line of Unicode": (["--set", "plan=Enterprise\u2028  given", *FEE], "SLA-E0721"),
    "a sentence behind it": (["--set", "plan=Enterprise as of 2026-01-01", *FEE], "SLA-E0101"),
    "one left out": (FEE, "SLA-E0722"),
}  # fmt: skip


@pytest.mark.parametrize(("settings", "code"), SETTINGS.values(), ids=SETTINGS.keys())
def test_a_setting(slalang, judged, tmp_path, settings, code):
    refused(slalang(*judged[:4], *settings, "--lang", "both", "-o", tmp_path / "out"), code)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_setting_is_told_by_its_name(slalang, judged):
    done = slalang(*judged, "--set", "nope=5")
    assert done.code == 2
    assert "`nope`" in done.err


READINGS = ["", "=", "exclusions", "exclusions=", "exclusions=nope", "nope=not_agreed", "exclusions=not_agreed\nx",
            "EXCLUSIONS=not_agreed", "exclusions=not_agreed=x", "a\0", "\udc80"]  # fmt: skip


@pytest.mark.parametrize("reading", READINGS)
def test_a_reading(slalang, judged, reading):
    refused(slalang(*judged, "--reading", reading, "--lang", "both"), "SLA-E0721")


def test_two_readings_of_one_question(slalang, judged):
    two = ["--reading", "exclusions=not_agreed", "--reading", "exclusions=credit_only"]
    refused(slalang(*judged, *two), "SLA-E0721")


INSTANTS = ["", "garbage", "now", "NaN", "-1", "1e9", "2026", "20260501", "2026-W10-1", "2026-05-01T10", "2026-02-30",
            "2026-13-01", "0000-01-01", "0001-01-01", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31",
            "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "10000-01-01", "2026-05-01T25:00:00Z",
            "2026-05-01T00:00:00+99:00", "2026-05-01 10:00+08:00", "2026-05-01T00:00:60Z", "2026-05-01T00:00:00+08:00:30",
            "2026-05-01T00:00:00.1234567Z", "2026-05-01T00:00:00Z\n", "２０２６-05-01", "2026-03-08 02:30",
            "2026-11-01 01:30", "\udc80"]  # fmt: skip


@pytest.mark.parametrize("at", INSTANTS)
def test_an_instant(slalang, judged, at):
    refused(slalang(*judged, "--as-of", at, "--lang", "both"), "SLA-E0721")


@pytest.mark.parametrize("at", ["1900-01-02", "2026-01-01", "2026-03-31T23:59:59.999999-04:00"])
def test_before_everything_is_an_answer(slalang, judged, at):
    done = slalang(*judged, "--as-of", at, "--format", "json")
    assert done.code in {0, 1}
    assert json.loads(done.out)["verdicts"] == []


@pytest.mark.parametrize("options", [["--table", "nope"], ["--fail-on", "nope"], ["--bindings"]])
def test_a_choice_of_run(slalang, judged, options):
    refused(slalang(*judged, *options), "SLA-E0851")


def test_runs_that_lack_something(slalang, judged, lean_b, tmp_path):
    refused(slalang("run", lean_b, *PLAN, *FEE), "SLA-E0724")
    refused(slalang("run", lean_b, *judged[1:]), "SLA-E0723")
    refused(slalang(*judged, "--bindings", tmp_path / "none"), "SLA-E0001")
    refused(slalang(*judged, "--bindings", tmp_path), "SLA-E0002")
    for place in (tmp_path, "/none/x", "a\0b"):
        refused(slalang(*judged, "--lenient", "--rejects", place), "SLA-E0613")


EXPLAINED = [["--rule", "Nope"], ["--rule", ""], ["--rule", "Response", "--subject", "zzz"],
             ["--rule", "Uptime", "--period", "zzz"], ["--rule", "\x1b[31m\n\udc80"]]  # fmt: skip


@pytest.mark.parametrize("options", EXPLAINED)
def test_nothing_to_explain(slalang, judged, options):
    done = slalang("explain", *judged[1:], *options, "--lang", "both")
    assert (done.code, done.out) == (2, "")
    assert "SLA-E0854" in done.codes
    assert ("leave out `--period zzz`" in done.err) == ("zzz" in options and "--period" in options)
    assert "\x1b" not in done.err


def test_explained_codes(slalang):
    done = slalang("explain", "SLA-E9998", "--lang", "both")
    assert (done.code, "SLA-E0855" in done.codes) == (2, True)
    done = slalang("explain", "SLA-E0203", "--lang", "both")
    assert done.code == 0
    assert "unknown level" in done.out


# --- output


def snapshot(folder):
    return {item.name: item.read_bytes() for item in folder.iterdir()}


@pytest.mark.parametrize("command", ["run", "explain", "fmt", "clock"])
def test_output_into_places_that_take_none(slalang, judged, lean_b, tmp_path, command):
    inputs = {
        "run": judged,
        "explain": ["explain", *judged[1:], "--rule", "Response"],
        "fmt": ["fmt", lean_b],
        "clock": ["clock", lean_b, "Response", "--at", "2026-03-06 16:00", "--field", "priority=Major"],
    }
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    (tmp_path / "kept").mkdir()
    for place in ("/none/x", tmp_path, "", "a\0b", "/proc/x", tmp_path / ("x" * 300), circle):
        done = slalang(*inputs[command], "-o", place, "--lang", "both")
        assert (done.code, done.out) == (2, "")
        assert done.codes == {"SLA-E0852"}
    assert sorted(item.name for item in tmp_path.iterdir()) == ["circle", "kept"]


def test_a_run_that_fails_leaves_the_old_output_alone(slalang, judged, tmp_path):
    (tmp_path / "out.json").write_text("old", "utf-8")
    before = snapshot(tmp_path)
    assert slalang(*judged, "--as-of", "garbage", "-o", tmp_path / "out.json").code == 2
    assert slalang(*judged[:4], "-o", tmp_path / "out.json").code == 2
    assert snapshot(tmp_path) == before


def test_a_link_keeps_pointing_and_a_device_stays_one(slalang, lean_b, tmp_path):
    target, link = tmp_path / "target.sla", tmp_path / "link.sla"
    target.write_text('contract   "T" version "1"\ntime   zone UTC\n', "utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    assert slalang("fmt", link).code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8") == 'contract "T" version "1"\ntime zone UTC\n'
    assert target.stat().st_mode & 0o777 == 0o640
    null = tmp_path / "null"
    null.symlink_to("/dev/null")
    assert slalang("fmt", lean_b, "-o", null).code == 0
    assert null.is_char_device()


def test_fmt_options_that_contradict(slalang, contract_a, lean_b, tmp_path):
    refused(slalang("fmt", contract_a, lean_b, "-o", tmp_path / "x"), "SLA-E0851")
    refused(slalang("fmt", lean_b, "--check", "-o", tmp_path / "x"), "SLA-E0851")
    refused(slalang("fmt", lean_b, "--to", "fr"), "SLA-E0851")


def test_fmt_of_a_broken_file_changes_no_file(slalang, tmp_path):
    (tmp_path / "good.sla").write_text('contract   "T" version "1"\n', "utf-8")
    (tmp_path / "bad.sla").write_text('contract   "T\n', "utf-8")
    before = snapshot(tmp_path)
    refused(slalang("fmt", tmp_path / "good.sla", tmp_path / "bad.sla"), "SLA-E0104")
    assert snapshot(tmp_path) == before


# --- clock

FIELD = ["--field", "priority=Major"]
AT = ["--at", "2026-03-06 16:00"]
ON_CALENDAR = ["--calendar", "SupportEastern", "--add", "4 h"]
CLOCKS = {
    "no such rule": (["Nope", *AT], "SLA-E0725"),
    "a metric": (["Uptime", *AT], "SLA-E0725"),
    "a duty without a case": (["UptimeGuarantee", *AT], "SLA-E0726"),
    "asked before it opened": (["Response", *AT, *FIELD, "--as-of", "2026-03-06 15:00"], "SLA-E0726"),
    "30 February": (["Response", "--at", "2026-02-30 10:00", *FIELD], "SLA-E0118"),
    "an hour that the clocks skip": (["Response", "--at", "2026-03-08 02:30", *FIELD], "SLA-E0507"),
    "an hour that they show twice": (["Response", "--at", "2026-11-01 01:30", *FIELD], "SLA-E0507"),
    "year 1": (["Response", "--at", "0001-01-01 00:00", *FIELD], "SLA-E0507"),
    "year 9999": (["Response", "--at", "9999-12-31 10:00", *FIELD], "SLA-E0507"),
    "asked in 9999": (["Response", *AT, *FIELD, "--as-of", "9999-12-31 00:00"], "SLA-E0507"),
    "an unknown level": (["Response", *AT, "--field", "priority=Nope"], "SLA-E0203"),
    "a number for a level": (["Response", *AT, "--field", "priority=5"], "SLA-E0302"),
    "an unknown field": (["Response", *AT, *FIELD, "--field", "nope=5"], "SLA-E0217"),
    "a field twice": (["Response", *AT, *FIELD, "--field", "priority=Minor"], "SLA-E0202"),
    "facts in a field": (["Response", *AT, "--field", "priority=Major\n    2026-03-07 10:00 ticket case responded"], "SLA-E0721"),
    "facts in the opening": (["Response", "--at", "2026-03-06 16:00 ticket X resolved\n 2026-03-06 17:00", *FIELD], "SLA-E0721"),
    "facts in the question": (["Response", *AT, *FIELD, "--as-of", "2026-03-07\n  expect 0 faults"], "SLA-E0721"),
    "facts in a setting": (["Response", *AT, *FIELD, "--set", "plan=Basic\r  given"], "SLA-E0721"),
    "a setting of another type": (["Response", *AT, *FIELD, "--set", "monthly_fee=5 h"], "SLA-E0302"),
    "no rule and no calendar": (AT, "SLA-E0851"),
    "both": (["Response", *AT, *ON_CALENDAR], "SLA-E0851"),
    "a calendar and no duration": ([*AT, "--calendar", "SupportEastern"], "SLA-E0851"),
    "a calendar and fields": ([*AT, *ON_CALENDAR, *FIELD], "SLA-E0851"),
    "a calendar in JSON": ([*AT, *ON_CALENDAR, "--format", "json"], "SLA-E0851"),
    "a rule and a duration": (["Response", *AT, *FIELD, "--add", "4 h"], "SLA-E0851"),
    "no such calendar": ([*AT, "--calendar", "Nope", "--add", "4 h"], "SLA-E0727"),
}  # fmt: skip


@pytest.mark.parametrize(("options", "code"), CLOCKS.values(), ids=CLOCKS.keys())
def test_a_clock(slalang, lean_b, options, code):
    refused(slalang("clock", lean_b, *options, "--lang", "both"), code)


@pytest.mark.parametrize(
    "add", ["", "h", "4", "--4 h", "NaN h", "1e3 h", "²h", "9" * 30 + " h", "9" * 5000 + " h", "1000000 h"]
)
def test_a_duration_on_a_calendar(slalang, lean_b, add):
    refused(slalang("clock", lean_b, *AT, "--calendar", "SupportEastern", "--add", add), "SLA-E0721")


@pytest.mark.parametrize(
    "pause",
    ["", "/", "x/y", "2026-03-06 16:00", "2026-03-06 17:00/2026-03-06 16:00", "0001-01-01/9999-12-31"],
)
def test_a_pause_on_a_calendar(slalang, lean_b, pause):
    refused(slalang("clock", lean_b, *AT, *ON_CALENDAR, "--pause", pause), "SLA-E0721")


def test_the_run_that_these_tests_break_is_sound(slalang, judged):
    assert slalang(*judged).code == 0


def test_an_agreement_without_an_id_is_counted_and_not_named(slalang, tmp_path):
    text = tmp_path / "c.sla"
    text.write_text(
        'contract "C" version "1"\nuse std.plain, std.agreements\ntime zone UTC\nconventions std.plain\n'
        "party A\nparty B\nterm from 2026-01-01 until 2026-12-31\n"
    )
    (tmp_path / "none.jsonl").write_text("")
    done = slalang(
        "status", text, "--events", tmp_path / "none.jsonl", "--as-of", "2026-03-01", "--lang", "en"
    )
    assert "agreements: 1 in force\n" in done.out
