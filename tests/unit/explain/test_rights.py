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
