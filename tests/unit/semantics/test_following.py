"""What of a standing duty and of a target is no event, circles through them, and what a standing duty of each subject may say."""

from __future__ import annotations

import pytest

from semantics.checking import told

UP = "standing duty Up\n  for each outage\n  each month\n  Provider owes Customer\n  holds not down\n"
TARGET = "metric Share each month\n  = count of outage.started\ntarget Few\n  each month\n  Provider owes Customer\n  holds Share <= 1\n"
AFTER = "obligation Plan\n  for each agreement\n  Provider owes Customer\n  from {} until ticket.opened\n  clock always\n  within <= 1 h\n  second trigger : ignored\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (UP + AFTER.format("Up.breached"), None),
        (TARGET + AFTER.format("Few.breached"), None),
        (UP + AFTER.format("Up.discharged"), ("SLA-E0511", 9, 8)),
        (TARGET + AFTER.format("Few.expired"), ("SLA-E0511", 10, 8)),
        (UP.replace("for each outage", "for each outage where 1 > 2"), ("SLA-E0511", 2, 25)),
        (UP.replace("for each outage", "for each outage\n  for each outage"), ("SLA-E0506", 3, 3)),
        # What the duty reads is moved by its own breach.
        (
            "signal bad\n  running count of Few.breached\n"
            + TARGET.replace("Share <= 1", "Share <= (if bad > 0 then 1 else 2)"),
            ("SLA-E0520", 5, 8),
        ),
        (
            "signal falls for each outage\n  running count of Up.breached\n"
            + UP.replace("not down", "falls < 1"),
            ("SLA-E0520", 3, 15),
        ),
    ],
)
def test_what_is_said_of_them(lines, expected):
    found = told(lines)
    assert not found if expected is None else expected in found
