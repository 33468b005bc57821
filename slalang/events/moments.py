"""RFC 3339 text of an event goes in; integer microseconds come out, fast for the usual forms and bounded to plausible years."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from slalang.values.instant import parse
from slalang.values.time_error import TimeError
from slalang.values.zone import EPOCH_ORDINAL

# The forms nearly all systems write; anything else goes the careful way. Years 1900 to 2999 only.
_USUAL = re.compile(
    r"(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]{3}(?:[0-9]{3})?)?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
).fullmatch
_read = datetime.fromisoformat
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
FIRST: Final = (datetime(1900, 1, 1, tzinfo=UTC).toordinal() - EPOCH_ORDINAL) * 86_400_000_000
END: Final = (datetime(3000, 1, 1, tzinfo=UTC).toordinal() - EPOCH_ORDINAL) * 86_400_000_000


def instant_of(text: str) -> int:
    """The instant of an RFC 3339 text with an offset, in µs since the epoch.

    Raises:
        TimeError: as `slalang.values.instant.parse`; `SLA-E0824` also outside the years 1900 to 2999, where times in
            event data are placeholders (0001-01-01, 9999-12-31) and not something that happened.
    """
    if _USUAL(text):
        try:
            gone = _read(text) - _EPOCH
        except ValueError:
            return plausible(parse(text), text)  # says what is wrong with it
        return plausible((gone.days * 86_400 + gone.seconds) * 1_000_000 + gone.microseconds, text)
    return plausible(parse(text), text)


def plausible(instant: int, text: str) -> int:
    """The instant itself, unless it is outside the years 1900 to 2999.

    Raises:
        TimeError: `SLA-E0824`.
    """
    if FIRST <= instant < END:
        return instant
    raise TimeError(
        "SLA-E0824",
        f"`{text}` lies outside the years 1900 to 2999",
        f"`{text}` 不在 1900 年至 2999 年之间",
        fix_en="leave out a time that stands for none; nothing happened then",
        fix_zh="若该时间只是占位，请略去：那时没有发生任何事",
    )
