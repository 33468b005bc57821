"""An explained case goes in; a hand-written SVG of its service hours, waiting, running clock, deadline and events comes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from slalang.explain.tree import duration
from slalang.explain.wording import lexicon, numbers
from slalang.explain.wording.say import Voice, say
from slalang.report.picture import axis, drawing, pins
from slalang.report.picture.labels import Label, lanes, text_width
from slalang.report.picture.pins import word
from slalang.report.picture.scale import scale, to_shorten
from slalang.values import instant, interval
from slalang.values.zone import DAY, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.diagnostics.diagnostic import Language
    from slalang.explain.tree import Explanation
    from slalang.outcome.records import Verdict
    from slalang.outcome.trace import CaseTrace

WIDTH, LEFT, RIGHT, TOP = 1040, 118, 20, 10
LANE, ROW, GAP, SIZE, SMALL = 19, 26, 9, 12, 11
NARROWEST = 300


def svg(explanation: Explanation, language: Language, hours: Sequence[tuple[int, int]] | None = None) -> str:
    """The picture of an explained verdict, or an empty text for one that has nothing to draw.

    `hours` are the calendar's open intervals over (at least) the span of the picture; without them the service hours
    are those that the clock's stretches tell.
    """
    verdict, trace = explanation.verdict, explanation.trace
    if verdict is None or trace is None:
        return ""
    if pins.span(explanation) is None:
        return ""
    return _Drawing(explanation, language, verdict, trace, hours).svg()


class _Drawing:
    """One picture under way: rows are added from the top down."""

    def __init__(
        self,
        explanation: Explanation,
        language: Language,
        verdict: Verdict,
        trace: CaseTrace,
        hours: Sequence[tuple[int, int]] | None,
    ) -> None:
        self.explanation, self.language = explanation, language
        self.zone, self.verdict, self.trace, self.hours = explanation.zone, verdict, trace, hours
        named = pins.pins_of(verdict, trace, explanation, language)
        over = pins.span(explanation) or (0, 1)
        self.name = "tl-" + re.sub(
            r"[^A-Za-z0-9]+", "-", f"{verdict.rule}-{verdict.subject}-{verdict.instance}"
        )
        self.pins, self.more = pins.kept(named)
        self.dated = axis.step_of([over]) >= DAY // 2
        texts = [(at, self._pin_text(at, words), sort) for at, words, sort in self.pins]
        short = to_shorten(over, self._closed(over), [at for at, _, _ in named])
        self.width = WIDTH - LEFT - RIGHT
        self.scale = scale(over, short, LEFT, self.width)
        while self.width > NARROWEST and any(
            self.scale.x(at) + 5 + text_width(words, SIZE) > WIDTH - 4 for at, words, _ in texts
        ):  # a label runs to the right of its pin: the plot gives way until all of them fit
            self.width -= 6
            self.scale = scale(over, short, LEFT, self.width)
        self.labels = [Label(self.scale.x(at), words, sort) for at, words, sort in texts]
        self.lane_of = lanes(self.labels, SIZE)
        self.head = TOP + (max(self.lane_of, default=0) + 1) * LANE + 8
        self.y = self.head
        self.parts: list[str] = []

    def svg(self) -> str:
        """All rows, the marks across them, and the axis."""
        if self.verdict.gaps:
            self._gaps_row()
        elif self.trace.clock:
            self._hours_row()
            self._still_row()
            self._clock_row()
        if not self.verdict.gaps:
            self._result_row()
        bottom = self.y
        behind = [*self._shade(bottom), *self._grid(bottom)]
        marks = self._marks(bottom)
        self._axis(bottom)
        height = self.y + 6
        voice = Voice(self.language, self.zone)
        title = say(self.explanation.root, voice)
        rows = [
            say(item, voice)
            for part in self.explanation.root.children
            for item in part.children
            if part.kind in {"events", "result"}
        ]
        return drawing.picture(
            self.name, (WIDTH, height), (title, " · ".join(rows)), [*behind, *self.parts, *marks]
        )

    # -- rows

    def _row(self, key: str) -> int:
        top = self.y
        self.parts.append(drawing.text(LEFT - 12, top + 17, word(key, self.language), "row", "end"))
        self.parts.append(drawing.box(LEFT, top, self.width, ROW, name="track"))
        self.y += ROW + GAP
        return top

    def _bar(self, top: int, start: int, end: int, style: tuple[str, str], words: str, *classes: str) -> None:
        """A bar with words inside it where they fit; they are always told when it is pointed at."""
        x, right = self.scale.x(start), self.scale.x(end)
        name, fill = style
        self.parts.append(
            drawing.box(
                x, top + 2, right - x, ROW - 4, name=name, fill=fill, title=self._told(start, end, words)
            )
        )
        if not words:
            return
        if text_width(words, SMALL) + 8 <= right - x:
            self.parts.append(drawing.text((x + right) // 2, top + 17, words, "small", "middle", *classes))

    def _told(self, start: int, end: int, words: str) -> str:
        first, last = (numbers.instant(at, self.zone, self.language) for at in (start, end))
        return f"{first} – {last}  {words}".strip()

    def _hours_row(self) -> None:
        top = self._row("hours")
        calendar = self.explanation.root.find("rule.clock_in")
        if not calendar and self.explanation.root.find("rule.clock"):
            self._bar(top, self.scale.start, self.scale.end, ("hours", ""), word("always", self.language))
            return
        name = calendar[0].get("calendar") if calendar else ""
        for start, end in self.hours if self.hours is not None else self._open_stretches():
            self._bar(top, start, end, ("hours", ""), str(name or ""))

    def _closed(self, over: tuple[int, int]) -> list[tuple[int, int]]:
        """The stretches of the span in which the calendar is closed."""
        if self.hours is None:
            return [(item.start, item.end) for item in self.trace.clock if item.state == "closed"]
        return interval.subtract([over], list(self.hours))

    def _open_stretches(self) -> Iterable[tuple[int, int]]:
        joined: list[tuple[int, int]] = []
        for item in self.trace.clock:
            if item.state == "closed":
                continue
            if joined and joined[-1][1] == item.start:
                joined[-1] = (joined[-1][0], item.end)
            else:
                joined.append((item.start, item.end))
        return joined

    def _still_row(self) -> None:
        top = self._row("still")
        still = [item for item in self.trace.clock if item.state == "standstill"]
        if not still:
            words = word("none", self.language)
            self.parts.append(
                drawing.text(LEFT + self.width // 2, top + 17, words, "soft", "small", "middle", "halo")
            )
            return
        for item in still:
            words = item.reason or self._length(item.end - item.start)
            self._bar(top, item.start, item.end, ("still-edge", ""), "")
            self._bar(top, item.start, item.end, ("", f"url(#{self.name}-still)"), words, "halo", "strong")
        ends = [self.scale.x(item.end) for item in still]
        begins = [*(self.scale.x(item.start) for item in still[1:]), LEFT + self.width]
        for item, right, room in zip(
            still, ends, begins, strict=True
        ):  # words that fit beside their bar only
            words = item.reason or self._length(item.end - item.start)
            wide = text_width(words, SMALL) + 8
            if wide > right - self.scale.x(item.start) and right + wide <= room:
                self.parts.append(drawing.text(right + 6, top + 17, words, "small", "halo", "strong"))

    def _clock_row(self) -> None:
        """What counted, in the two halves before and after the deadline."""
        top = self._row("run")
        deadline = self.verdict.deadline
        for item in self.trace.clock:
            if not item.counted:
                continue
            cut = item.end if deadline is None else min(max(deadline, item.start), item.end)
            if cut > item.start:
                self._bar(top, item.start, cut, ("run", ""), self._length(cut - item.start), "on")
            if cut < item.end:
                self._bar(
                    top, cut, item.end, ("", f"url(#{self.name}-over)"), self._length(item.end - cut), "on"
                )

    def _result_row(self) -> None:
        """From the deadline to what happened (or the other way round), with the margin in words."""
        verdict = self.verdict
        done = verdict.discharged_at if verdict.discharged_at is not None else self.explanation.as_of
        if verdict.deadline is None:
            return
        top = self._row("result")
        left, right = sorted((verdict.deadline, done))
        late = done > verdict.deadline
        key = "over" if late else "left" if verdict.status == "pending" else "spare"
        margin = verdict.margin if verdict.margin is not None else duration(verdict.deadline - done)
        size = numbers.quantity(type(margin)(margin.type, abs(margin.value)), self.language)
        words = word(key, self.language, size)
        if verdict.status not in {"met", "pending", "late", "overdue", "broken"}:
            words += f" · {lexicon.word(verdict.status, 'status', self.language)}"
        style = ("", f"url(#{self.name}-over)") if late else (key, "")
        self._bar(top, left, right, style, "")
        x, end, wide = self.scale.x(left), self.scale.x(right), text_width(words, SIZE) + 10
        if wide <= end - x:
            self.parts.append(drawing.text((x + end) // 2, top + 17, words, "middle", "on"))
        elif end + wide <= LEFT + self.width:
            self.parts.append(drawing.text(end + 7, top + 17, words, "strong", "halo"))
        else:
            self.parts.append(drawing.text(x - 7, top + 17, words, "strong", "end", "halo"))

    def _gaps_row(self) -> None:
        top = self._row("kept")
        period = self.verdict.period
        start = self.scale.start if period is None else period.start
        end = self.scale.end if period is None else min(period.end, self.explanation.as_of)
        self._bar(top, start, end, ("run", ""), "")
        for gap in self.verdict.gaps:
            until = end if gap.end is None else gap.end
            self._bar(
                top, gap.start, until, ("", f"url(#{self.name}-over)"), self._length(until - gap.start), "on"
            )

    # -- marks across the rows

    def _shade(self, bottom: int) -> list[str]:
        """The overrun, from the deadline to what happened, behind all rows."""
        verdict = self.verdict
        if verdict.deadline is None or verdict.status not in {"late", "overdue", "excused"}:
            return []
        done = verdict.discharged_at if verdict.discharged_at is not None else self.explanation.as_of
        x, end = self.scale.x(verdict.deadline), self.scale.x(done)
        return [drawing.box(x, self.head - 4, end - x, bottom - self.head, name="shade")] if end > x else []

    def _grid(self, bottom: int) -> list[str]:
        marks = axis.ticks(self.scale.shown(), self.zone, self.language)
        return [
            drawing.line(self.scale.x(tick.at), self.head - 4, self.scale.x(tick.at), bottom, "grid")
            for tick in marks
        ]

    def _marks(self, bottom: int) -> list[str]:
        """Leaders and words of the events, and the deadline across all rows."""
        found: list[str] = []
        for label, lane in zip(self.labels, self.lane_of, strict=True):
            base = self.head - 10 - lane * LANE
            is_deadline = label.sort == "deadline"
            found.append(drawing.line(label.x, base - 9, label.x, bottom, "mark" if is_deadline else "pin"))
            if not is_deadline:
                found.append(drawing.dot(label.x, bottom, 3, "dot"))
            styles = (
                ("deadline", "halo")
                if is_deadline
                else ("soft", "halo")
                if label.sort in {"as_of", "ignored"}
                else ("halo",)
            )
            found.append(drawing.text(label.x + 5, base, label.text, *styles))
        if self.more:
            found.append(
                drawing.text(
                    WIDTH - RIGHT,
                    TOP + 4,
                    word("more", self.language, str(self.more)),
                    "soft",
                    "small",
                    "end",
                )
            )
        return found

    def _axis(self, bottom: int) -> None:
        """Ticks with local times, the local days below them, and the zone."""
        self.parts.append(drawing.line(LEFT, bottom, LEFT + self.width, bottom, "grid"))
        room = -1
        for tick in axis.ticks(self.scale.shown(), self.zone, self.language):
            x, half = self.scale.x(tick.at), text_width(tick.text, SMALL) // 2
            if x - half <= room:
                continue
            room = x + half + 4
            self.parts.append(drawing.text(x, bottom + 17, tick.text, "soft", "small", "middle"))
        self.y = bottom + 36
        if axis.step_of(self.scale.shown()) < DAY:
            self._days(bottom)
        for first, last in self.scale.shortened:
            self.parts += _break((self.scale.x(first) + self.scale.x(last)) // 2, bottom)
        zone = word("zone", self.language, self.zone)
        if self.scale.shortened:
            zone += word("short", self.language)
        self.y += 14
        self.parts.append(drawing.text(LEFT + self.width, self.y - 2, zone, "soft", "small", "end"))

    def _days(self, bottom: int) -> None:
        """The local days that have room for their name."""
        for day in axis.days(self.scale.start, self.scale.end, self.zone, self.language):
            x, end = self.scale.x(day.start), self.scale.x(day.end)
            words = next(
                (item for item in (day.long, day.short) if text_width(item, SMALL) + 8 <= end - x), ""
            )
            if words:
                self.parts.append(drawing.line(x, bottom, x, bottom + 32, "grid"))
                self.parts.append(drawing.text(x + 4, self.y - 4, words, "small"))

    def _length(self, us: int) -> str:
        return numbers.duration(us, self.language)

    def _pin_text(self, at: int, words: str) -> str:
        clock = numbers.instant(at, self.zone, self.language, day=False)
        date = f"{instant.as_datetime(at, load(self.zone)):%m-%d} " if self.dated else ""
        return f"{date}{clock} {words}"


def _break(x: int, bottom: int) -> list[str]:
    """Two slanted strokes across the axis: time is left out here."""
    return [drawing.line(x + shift, bottom + 6, x + shift + 6, bottom - 6, "break") for shift in (-6, 1)]
