from __future__ import annotations

import pytest

from slalang.values import duration
from slalang.values.time_error import TimeError

MINUTE = 60_000_000


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "PT0S"),
        (15 * MINUTE, "PT15M"),
        (26 * 60 * MINUTE, "PT26H"),
        (-5 * MINUTE, "-PT5M"),
        (90 * MINUTE + 500_000, "PT1H30M0.5S"),
        (1, "PT0.000001S"),
        (60_000_000 - 1, "PT59.999999S"),
        (1000 * 60 * MINUTE + 1_000_000, "PT1000H1S"),
        (-1, "-PT0.000001S"),
    ],
)
def test_durations_are_written_and_read_exactly(amount: int, text: str) -> None:
    assert duration.format(amount) == text
    assert duration.parse(text) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [("PT90M", 90 * MINUTE), ("PT0,5S", 500_000), ("+PT1M", MINUTE), ("PT0.5000000S", 500_000)],
)
def test_other_spellings_are_read(text: str, amount: int) -> None:
    assert duration.parse(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PT",
        "P",
        "15M",
        "PT1",
        "PT1.5H",
        "PT1M1H",
        "PT-1M",
        "P1DT",
        "PT1.0000001S",
        "PT１S",
        "pt1s",
        "PT" + "9" * 99 + "S",
    ],
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(TimeError) as caught:
        duration.parse(text)
    assert caught.value.code == "SLA-E0823"


@pytest.mark.parametrize("text", ["P1D", "P2W", "P1M", "P1Y", "-P1D"])
def test_a_day_is_no_exact_duration_and_the_refusal_says_so(text: str) -> None:
    with pytest.raises(TimeError, match="not an exact length"):
        duration.parse(text)
