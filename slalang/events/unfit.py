"""A fault in one line goes in where it is found; a diagnostic with file and line comes out where it is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.events.errors.content import TimeUnfit
from slalang.source.text import Spot

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Diagnostic
    from slalang.values.time_error import TimeError

LONGEST_EXCERPT = 240  # code points of a line that a message repeats


class Unfit(Exception):  # noqa: N818 - not an error of the program: one line cannot be taken
    """One line, row, attribute or field cannot be taken; `kind` and `fields` make the diagnostic once the place is known."""

    def __init__(self, kind: type[Diagnostic], caret: int | None = None, /, **fields: Any) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.caret = caret
        self.fields = fields

    def at(self, name: str, line: int, text: str = "") -> Diagnostic:
        """The diagnostic, placed; `text` is the line, shown up to 240 characters."""
        excerpt = text[:LONGEST_EXCERPT].rstrip("\r\n")
        column, length = (self.caret, 1) if self.caret is not None else self._culprit(excerpt)
        return self.kind(Spot(name, line, column, length, excerpt), **self.fields)

    def _culprit(self, excerpt: str) -> tuple[int | None, int]:
        """Where the line names what the message is about; nowhere when it does not."""
        for field in ("near", "found", "name", "key", "column"):
            value = self.fields.get(field)
            if isinstance(value, str) and value:
                for shown in (f'"{value}"', value):
                    if (at := excerpt.rfind(shown)) >= 0:
                        return at + 1, len(shown)
        return None, 1


def of_time(name: str, error: TimeError) -> Unfit:
    """What the time library says of an attribute or field."""
    fix = Text(en=error.fix_en, zh=error.fix_zh) if error.fix_en else None
    return Unfit(TimeUnfit, name=name, reason=Text(en=error.en, zh=error.zh), fix_words=fix)


def kind_of(value: object) -> Text:
    """What a JSON value is, in words for a message, with the value where it is short."""
    if value is None:
        return Text(en="`null`", zh=" `null`")
    if isinstance(value, bool):
        word = "true" if value else "false"
        return Text(en=f"`{word}`", zh=f" `{word}`")
    if isinstance(value, str):
        shown = _safe(value)
        return (
            Text(en=f"the text `{shown}`", zh=f"文本 `{shown}`")
            if value
            else Text(en="an empty text", zh="空文本")
        )
    if isinstance(value, dict):
        return Text(en="an object", zh="对象")
    if isinstance(value, list):
        return Text(en="an array", zh="数组")
    shown = _safe(str(value))
    return Text(en=f"the number `{shown}`", zh=f"数 `{shown}`")


def _safe(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
