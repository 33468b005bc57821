"""A right is explained: whose it is, what gave it, until when, what used it, and what tried to and had no effect."""

from __future__ import annotations

import json

from slalang.report.as_json import data
from slalang.report.as_markdown import markdown
from slalang.report.as_text import text

RIGHT = """
entity letter
event letter.sent
  field kind : text

clause 2 "Ending"
  "After a demand the customer may end the contract within thirty days."

  right Terminate of Customer
    against Provider
    from letter.sent where kind is "demand"
    exercise window within <= 30 days
    exercised by letter.sent where kind is "end"
"""


def letter(id_, kind, time):
    return (
        json.dumps(
            {
                "id": id_,
                "type": "letter.sent",
                "subject": "L",
                "time": f"{time}+02:00",
                "data": {"kind": kind},
            }
        )
        + "\n"
    )


def test_a_right_that_can_be_used(told):
    [found] = told(RIGHT, [letter("d", "demand", "2026-04-10T10:00:00")], "Terminate", "2026-04-20 00:00")
    english = text(found)
    assert english.startswith("Terminate, a right of Customer: exercisable")
    assert "Customer has it against Provider" in english
    assert (
        "given by letter sent where kind is demand" in english
        or "given by letter.sent where kind is demand" in english
    )
    # The day itself is not counted: the thirtieth day after 10 April is 10 May.
    assert "until the end of Sun 2026-05-10" in english
    assert "gives the right" in english
    assert "Customer 的权利 Terminate：可行使" in text(found, "zh")
    assert data(found)["sort"] == "right"


def test_a_right_that_was_used_and_an_exercise_without_effect(told):
    events = [
        letter("early", "end", "2026-04-01T10:00:00"),
        letter("d", "demand", "2026-04-10T10:00:00"),
        letter("e", "end", "2026-04-12T09:00:00"),
    ]
    found = {
        item.root.get("status").key: item for item in told(RIGHT, events, "Terminate", "2026-04-20 00:00")
    }
    english = text(found["exercised"])
    assert "it was used at Sun 2026-04-12 09:00" in english
    assert "uses it" in english
    shown = markdown(found["exercised"])
    for line in (
        "it was used at Sun 2026-04-12 09:00",
        "has it against Provider",
        "gives the right",
        "until the end of",
    ):
        assert line in shown


def changed(told, events, as_of):
    """What the explanations say would have changed it: English and Chinese lines of the last part."""
    found = []
    for item in told(RIGHT, events, "Terminate", as_of):
        for language, title in (("en", "What would have changed it"), ("zh", "怎样会不同")):
            found.append(
                [
                    line.strip()
                    for line in text(item, language).partition(title)[2].splitlines()
                    if line.strip()
                ]
            )
    return found


def test_what_would_have_made_a_late_exercise_count(told):
    """The window of 10 April ends with 10 May; noon of 12 May is a day and a half after its end."""
    events = [letter("d", "demand", "2026-04-10T10:00:00"), letter("e", "end", "2026-05-12T12:00:00")]
    english, chinese = changed(told, events, "2026-05-20 00:00")
    assert english[:2] == [
        "letter sent more than 36 h earlier, before Mon 2026-05-11 00:00 (event e)",
        "evaluated again with this change: exercised",
    ]
    assert chinese[1] == "按此改变重新评定：已行使"


def test_what_would_have_undone_an_exercise(told):
    """Used on 12 April at 09:00; from the end of 10 May on, 28 days and 15 h later, it would have had no effect."""
    events = [letter("d", "demand", "2026-04-10T10:00:00"), letter("e", "end", "2026-04-12T09:00:00")]
    english, _ = changed(told, events, "2026-05-20 00:00")
    # 28 × 24 + 15 = 687 hours; two days less an hour earlier nothing had given the right yet.
    assert "letter sent 687 h later, at Mon 2026-05-11 00:00 (event e)" in english
    assert "letter sent more than 47 h earlier, before Fri 2026-04-10 10:00 (event e)" in english
    assert "without letter sent (event d)" in english
    assert "evaluated again with this change: exercised" not in english


def test_what_would_have_used_a_right_that_lapsed(told):
    english, _ = changed(told, [letter("d", "demand", "2026-04-10T10:00:00")], "2026-05-20 00:00")
    assert english == [
        "letter sent before Mon 2026-05-11 00:00",
        "evaluated again with this change: exercised",
    ]
