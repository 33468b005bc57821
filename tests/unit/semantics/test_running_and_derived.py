"""What is refused of running signals, derived events, measured cases, required duties, edges of periods and values at the trigger."""

from __future__ import annotations

import pytest

from semantics.checking import DUTY, HEAD, checked, told

COUNT = "signal n for each ticket\n  running count of waiting\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("signal n for each ticket\n  running sum of on of waiting\n", ("SLA-E0302", 2, 18)),
        (COUNT + "  starts as 0 CNY\n", ("SLA-E0302", 3, 13)),
        ("signal n for each ticket\n  running count of waiting in the last 0 days\n", ("SLA-E0302", 2, 40)),
        (COUNT + "  less on of resumed\n", ("SLA-E0511", 3, 3)),
        (COUNT.replace("waiting", "first waiting"), ("SLA-E0511", 2, 20)),
        ("signal w for each ticket\n  from waiting until resumed\n  reset by closed\n", ("SLA-E0511", 3, 3)),
        (COUNT + DUTY.replace("from opened", "from n.crossed"), ("SLA-E0302", 6, 8)),
        (DUTY.replace("from opened", "from all of opened"), ("SLA-E0511", 4, 8)),
        (COUNT.replace("waiting", "all of waiting, resumed"), ("SLA-E0511", 2, 20)),
        (DUTY.replace("obligation", "measured"), ("SLA-E0511", 3, 3)),
        (DUTY.replace(" until first responded", ""), ("SLA-E0501", 1, 12)),
        ("target Up\n  each month\n  Provider owes Customer\n  holds 1 < 2\n  survives the end\n", ("SLA-E0511", 5, 3)),
        (
            "fee F each month\n  Provider owes Customer\n  amount = fee\n  posted : same period\n  survives the end\n",
            ("SLA-E0511", 5, 3),
        ),
        (DUTY.replace("for each ticket", "for each ticket where opened.time > period start"), None),
        (DUTY + "exception E to Answer\n  clock stands still while awaiting_customer\n  requires Answer\n", ("SLA-E0511", 10, 3)),
        (
            DUTY + "obligation Other\n  for each outage\n  Provider owes Customer\n  from started until ended\n  clock always\n  within <= 1 h\n"
            "exception E to Answer\n  excused when awaiting_customer, extend\n  requires Other\n",
            ("SLA-E0511", 16, 12),
        ),
        (DUTY.replace("within <= 1 h", "within <= (if fee at trigger > 0 CNY then 1 h else 2 h)"), ("SLA-E0511", 5, 17)),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_with_its_place(lines, expected):
    found = told(lines)
    assert found
    if expected is not None:
        assert found == [expected]


def test_a_circle_of_derived_events_names_all_that_are_in_it():
    lines = (
        "signal often for each ticket\n  = misses >= 2\nsignal misses for each ticket\n  running count of Answer.breached\n"
        + DUTY.replace("from opened", "from often.crossed")
    )
    assert told(lines) == [("SLA-E0520", 5, 12)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Anwser.breached", ("Answer.breached",)),
        ("repaeted.crossed", ("repeated.crossed",)),
        ("repaeted.breached", ()),
    ],
)
def test_a_misspelled_owner_of_a_derived_event_is_named(written, meant):
    lines = (
        DUTY
        + "signal repeated for each ticket\n  = 1 >= 2\n"
        + DUTY.replace("Answer", "Again").replace("from opened", f"from {written}")
    )
    found = [one for one in checked(HEAD + lines)[1] if one.code == "SLA-E0206"]
    assert [one.near for one in found] == [meant]
