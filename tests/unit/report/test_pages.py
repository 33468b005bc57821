"""Pages and texts from a hand-made outcome: what they say, that they stand alone, and that nothing is cut in silence."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import re
import sys
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from wcwidth import wcswidth

from slalang.explain.from_outcome import explanations
from slalang.explain.from_trace import explain_amount, explain_verdict
from slalang.outcome.records import Fault, Notice, Quantity
from slalang.report.as_html import both, month_page, verdict_page
from slalang.report.as_json import data, json_text
from slalang.report.as_markdown import markdown
from slalang.report.human import human
from slalang.report.month_table import month_table
from slalang.report.summary import breaches, of_period, tallies, totals
from slalang.report.timeline import svg

spec = importlib.util.spec_from_file_location(
    "reported_by_hand", Path(__file__).parent.parent / "explain" / "made.py"
)
assert spec is not None
made = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = made
spec.loader.exec_module(made)


def case(number, status, margin=3, **changed):
    return dataclasses.replace(
        made.LATE,
        subject=f"T-{number}",
        instance=f"e-{number}",
        status=status,
        margin=made.us(margin),
        **changed,
    )


MONTH = dataclasses.replace(
    made.OUTCOME,
    verdicts=(
        made.LATE,
        *(case(n, "met") for n in range(2, 150)),
        case(200, "overdue", -600),
        case(201, "undetermined", reason="parameter `fee` has no value"),
    ),
    faults=(
        Fault("SLA-E0701", "A-1", "T-9", "e-99", 0, "resolved before it was opened", "尚未开立即已解决"),
    ),
)


@pytest.fixture
def late():
    return explain_verdict(made.PROGRAM, made.OUTCOME, made.LATE, made.LATE_TRACE)


# --- sums


def test_verdicts_are_counted_by_rule_and_status():
    (tally,) = tallies(MONTH.verdicts)
    assert (tally.cases, tally.breached) == (151, 2)
    assert dict(tally.counts) == {"late": 1, "met": 148, "overdue": 1, "undetermined": 1}


def test_the_ledger_is_added_up_by_parties_unit_and_status():
    lines = (
        made.LINE,
        dataclasses.replace(made.LINE, amount=Fraction(1, 4)),
        dataclasses.replace(made.LINE, amount=None),
    )
    (total,) = totals(lines)
    assert (total.amount, total.lines, total.unknown) == (Fraction(4001, 4), 3, 1)


def test_breaches_stand_by_how_far_they_ran_over():
    assert [item.subject for item in breaches(MONTH.verdicts)] == ["T-200", "T-1"]


def test_a_period_holds_the_cases_that_started_in_it():
    april = dataclasses.replace(made.LATE, subject="T-500", start=made.at("00:00", "2026-04-01"))
    outcome = dataclasses.replace(MONTH, verdicts=(*MONTH.verdicts, april))
    assert len(of_period(outcome, "2026-03")) == len(MONTH.verdicts)


# --- text


def test_the_month_table_is_aligned_in_both_languages():
    for language in ("en", "zh"):
        lines = month_table(MONTH, "2026-03", language).splitlines()
        rule = next(index for index, line in enumerate(lines) if line.startswith("─"))
        assert wcswidth(lines[rule]) == wcswidth(lines[rule - 1])
        assert "FirstResponse  2.1" in lines[rule + 1]
        assert "148" in lines[rule + 1]
    assert "\x1b[" not in month_table(MONTH, "2026-03")


def test_colours_change_nothing_but_colours():
    coloured = month_table(MONTH, "2026-03", colour=True)
    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == month_table(MONTH, "2026-03")


def test_the_summary_tells_everything_and_counts_what_it_cuts():
    many = tuple(dataclasses.replace(MONTH.faults[0], event=f"e-{n}") for n in range(25))
    en = human(dataclasses.replace(MONTH, faults=many))
    for words in (
        "Managed support, version 1.0, as of Wed 2026-04-01 00:00 (Asia/Shanghai)",
        "Attainment 2026-03  4.2     ≈ 94.904 %  149 / 157",
        "Provider owes Customer: 1,000.00 CNY posted, 1 line(s)",
        "Undetermined: 1",
        "FirstResponse: parameter `fee` has no value (1 cases): T-201",
        "Faults in the data: 25",
        "… and 5 more",
        "reading customer_delay_scope = both (151 verdicts)",
        "Events: 4 read",
    ):
        assert words in en
    zh = human(MONTH, "zh")
    assert "FirstResponse：参数 `fee` 没有取值（1 件）：T-201" in zh
    assert "尚未开立即已解决" in zh


def test_markdown_has_headings_tables_and_lists(late):
    said = markdown(late)
    assert said.startswith("## FirstResponse, T-1: late by 12 min \\[final\\]\n")
    assert "### The clock\n\n| from | until | length |" in said
    assert "| Mon 2026-03-02 09:05 | Mon 2026-03-02 09:15 | 10 min |" in said
    assert "- counted in all: 5 min + 22 min = 27 min" in said
    assert "customer\\_delay" in said


def test_json_holds_the_same_tree_exactly(late):
    whole = json.loads(json_text(late))
    assert whole == data(late)
    assert whole["tree"]["text"]["zh"].startswith("FirstResponse，T-1：迟延 12 分钟")
    clock = next(part for part in whole["tree"]["because"] if part["kind"] == "clock")
    stretch = clock["because"][1]
    assert stretch["values"]["length"] == {"type": "duration", "value": "PT10M"}
    assert stretch["values"]["start"] == "2026-03-02T09:05:00+08:00"
    assert stretch["events"] == ["e-2", "e-3"]
    amount = data(explain_amount(made.PROGRAM, made.OUTCOME, made.LINE, made.LINE_TRACE))
    assert amount["tree"]["values"]["value"] == {"type": "amount:CNY", "value": "1000"}


# --- pages


class Page(HTMLParser):
    """Collects what a page refers to and whether its elements are closed."""

    VOID = frozenset({"meta", "br", "link", "img", "hr"})

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.ids, self.links, self.outside = [], [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        if tag == "a":
            self.links.append(given["href"])
        self.outside += [given[name] for name in ("src", "href") if given.get(name, "#")[:1] != "#"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-CN")])
def test_a_page_stands_alone_and_is_well_formed(late, language, tag):
    text = month_page(made.PROGRAM, MONTH, [late], language, "2026-03")
    page = Page(text)
    assert f'<html lang="{tag}">' in text
    assert "script" not in page.tags
    assert page.outside == []
    assert not re.search(r"url\((?!#)|@import|https?://(?!www\.w3\.org/2000/svg)", text)
    assert len(page.ids) == len(set(page.ids))
    assert all(link[1:] in page.ids for link in page.links)
    assert page.links == ["#verdict-FirstResponse-T-1-e-1"]
    assert page.tags.count("h1") == 1
    assert {"th", "figure", "title", "desc"} <= set(page.tags)


def test_what_a_contract_says_cannot_become_markup():
    nasty = '<script>alert("1")</script>&'
    verdict = dataclasses.replace(made.LATE, subject=nasty)
    explanation = explain_verdict(made.PROGRAM, made.OUTCOME, verdict, made.LATE_TRACE)
    text = verdict_page(made.PROGRAM, made.OUTCOME, explanation)
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "script" not in Page(text).tags


def test_a_long_list_of_breaches_says_how_many_it_shows(late):
    many = (made.LATE, *(case(n, "late", -n) for n in range(1000, 1250)))
    text = month_page(made.PROGRAM, dataclasses.replace(MONTH, verdicts=many), [late], "en", "2026-03")
    assert "101 of 251 shown" in text  # a hundred, and the explained one
    assert '<a href="#verdict-FirstResponse-T-1-e-1">T-1</a>' in text


def test_the_picture_is_svg_that_says_what_it_shows(late):
    for language, deadline, over in (
        ("en", "09:25 deadline", "12 min over"),
        ("zh", "09:25 到期", "超出 12 分钟"),
    ):
        root = ET.fromstring(svg(late, language))
        texts = [item.text for item in root.iter("{http://www.w3.org/2000/svg}text")]
        assert deadline in texts
        assert over in texts
        assert root.get("role") == "img"
        width = int(root.get("viewBox").split()[2])
        for item in root.iter("{http://www.w3.org/2000/svg}rect"):
            if item.get("x") is not None:
                assert int(item.get("x")) >= 0
                assert int(item.get("x")) + int(item.get("width")) <= width


def test_a_metric_has_no_picture():
    explanation = explain_amount(made.PROGRAM, made.OUTCOME, made.LINE, made.LINE_TRACE)
    assert svg(explanation, "en") == ""


def test_everything_that_was_traced_is_explained():
    outcome = dataclasses.replace(
        made.OUTCOME,
        case_traces=(made.LATE_TRACE,),
        metric_traces=(made.SHARE_TRACE,),
        amount_traces=(made.LINE_TRACE,),
    )
    assert [item.sort for item in explanations(made.PROGRAM, outcome)] == ["verdict", "metric", "amount"]
    assert Quantity("ratio", Fraction(149, 157)) in [
        item.root.get("value") for item in explanations(made.PROGRAM, outcome)
    ]


# --- many agreements


def test_many_agreements_stand_in_a_row_each_with_their_sums():
    other = dataclasses.replace(made.LINE, agreement="A-2", amount=Fraction(1, 4), final=False)
    share = dataclasses.replace(made.SHARE, agreement="A-2")
    outcome = dataclasses.replace(made.OUTCOME, metrics=(made.SHARE, share), ledger=(made.LINE, other))
    lines = [line.split() for line in month_table(outcome, "2026-03").splitlines()]
    assert ["A-1", "≈", "94.904", "%", "1,000.00", "CNY"] in lines
    assert ["A-2", "≈", "94.904", "%", "0.25", "CNY*"] in lines
    assert ["in", "all", "1,000.25", "CNY*"] in lines  # 1,000 + 0.25
    assert ["*", "provisional"] in lines
    page = month_page(made.PROGRAM, outcome, [], "zh", "2026-03")
    assert "<td>A-2</td>" in page
    assert "1,000.25 CNY" in page
    assert "Provider owes Customer: 1,000.25 CNY posted, 2 line(s)" in human(outcome)


def test_a_long_list_of_agreements_is_counted():
    shares = tuple(dataclasses.replace(made.SHARE, agreement=f"A-{n:03d}") for n in range(35))
    text = month_table(dataclasses.replace(made.OUTCOME, metrics=shares, ledger=()), None)
    assert "A-029" in text
    assert "A-030" not in text
    assert "… and 5 more agreements" in text


def test_durations_in_columns_are_told_to_the_second_and_marked():
    from slalang.report.pivot import brief

    assert brief(Quantity("duration", Fraction(3_599_600_000)), "en") == "≈ 1 h"  # 3,599.6 s
    assert brief(Quantity("duration", Fraction(90_000_000)), "zh") == "1 分钟 30 秒"


# --- several agreements, credits by key, notices, both languages


def line(agreement, month, amount, status, key=()):
    period = dataclasses.replace(made.LINE.period, label=f"2026-{month:02d}")
    return dataclasses.replace(
        made.LINE, agreement=agreement, period=period, amount=Fraction(amount), status=status, key=key
    )


def test_agreements_are_counted_not_rows_and_what_lapsed_is_not_added():
    # Thirty-two agreements of two months each: thirty are shown with both rows, two are counted.
    ledger = tuple(line(f"A{n:02d}", month, 10, "posted") for n in range(32) for month in (3, 4))
    ledger += (line("A00", 5, 700, "lapsed"),)
    told = month_table(dataclasses.replace(made.OUTCOME, metrics=(), ledger=ledger), None)
    rows = [" ".join(row.split()) for row in told.splitlines()]
    assert [sum(row.startswith(f"A{n:02d} ") for row in rows) for n in (0, 1, 29, 30)] == [3, 2, 2, 0]
    assert "… and 2 more agreements" in rows
    assert "in all, posted 640.00 CNY" in rows
    assert "in all, lapsed 700.00 CNY" in rows
    assert "A00 2026-05 700.00 CNY lapsed" in rows


def test_a_credit_by_a_key_says_which():
    ledger = tuple(
        line("", 3, amount, "posted", (("priority", name),)) for name, amount in (("P1", 5), ("P2", 7))
    )
    told = month_table(dataclasses.replace(made.OUTCOME, metrics=(), ledger=ledger), None)
    rows = [" ".join(row.split()) for row in told.splitlines()]
    assert any(row.startswith("SlaCredit 2026-03 priority P1 ") and "5.00 CNY" in row for row in rows)
    assert any(row.startswith("SlaCredit 2026-03 priority P2 ") and "7.00 CNY" in row for row in rows)


def test_notices_sent_are_listed_up_to_ten_and_the_rest_is_counted():
    notices = tuple(
        Notice("FirstResponse", "2.1", "", f"T-{n}", "Provider", "nearly due", made.at(f"10:{n:02d}"), "sent")
        for n in range(12)
    )
    later = dataclasses.replace(notices[0], subject="T-99", status="scheduled")
    told = human(dataclasses.replace(made.OUTCOME, notices=(*notices, later)))
    assert "Notices: 12 sent, 1 scheduled (`--format csv --table notices` lists them all)" in told
    assert "  Mon 2026-03-02 10:09, to Provider: nearly due (FirstResponse T-9)\n  … and 2 more" in told
    assert "T-99" not in told


def test_one_document_in_both_languages_has_no_anchor_twice(late):
    pages = [verdict_page(made.PROGRAM, made.OUTCOME, late, language) for language in ("en", "zh")]
    whole = both(*pages)
    ids = re.findall(r'\bid="([^"]+)"', whole)
    assert len(ids) == len(set(ids)) > 0
    used = set(re.findall(r"url\(#([^)]+)\)", whole))
    used |= {one for found in re.findall(r'aria-labelledby="([^"]+)"', whole) for one in found.split()}
    assert used <= set(ids)
    assert "late by 12 min" in whole
    assert "迟延 12 分钟" in whole
    assert whole.count("</html>") == 1
