"""The state of one instance of an obligation: last-writer flags and counters, and what its verdict will cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slalang.engine.cases.log import Log
    from slalang.engine.cases.rule import Rule
    from slalang.engine.compile.constants import Bound
    from slalang.engine.facts.subjects import Subject
    from slalang.events.event import Event

UNREACHED = 1 << 80  # a limit that no clock reaches, µs


class Stand:
    """A stretch in which one standstill held: its number in the rule, its bounds, and the events that made them."""

    __slots__ = ("end", "ended_by", "forfeited", "member", "number", "start", "started_by")

    def __init__(self, number: int, start: int, started_by: str, member: str = "") -> None:
        """It begins and is open; `member`: whose signal makes an excuse hold, where the excuse requires duties of members."""
        self.number = number
        self.member = member
        self.forfeited = ""  # the duty whose breach took the excuse away
        self.start = start
        self.end: int | None = None
        self.started_by = started_by
        self.ended_by = ""


class Case:
    """One instance: keyed by rule, subject and trigger event.

    `last` is the instant up to which the clock has been counted; all instants are µs UTC, `elapsed` is clock time.
    """

    __slots__ = (
        "agreement",
        "bound",
        "breach_at",
        "captured",
        "carried",
        "deadline",
        "discharge_event",
        "done_at",
        "done_by",
        "due",
        "due_strict",
        "elapsed",
        "ends_day",
        "evidence",
        "extended",
        "extension",
        "extensions",
        "flags",
        "granted",
        "instance",
        "last",
        "limit",
        "log",
        "open",
        "paused",
        "reason",
        "released",
        "rule",
        "running",
        "sent",
        "settled",
        "since",
        "stands",
        "start",
        "strict",
        "subject",
        "taint",
        "trigger_at",
        "trigger_event",
        "triggered",
        "void_at",
        "void_reason",
        "waiting",
        "withheld",
    )

    def __init__(self, rule: Rule, subject: Subject, agreement: str, event: Event, at: int) -> None:
        """A case that has just been triggered by an event and whose clock starts now."""
        self.rule = rule
        self.subject = subject
        self.agreement = agreement
        self.instance = event.id
        self.trigger_at = at
        self.trigger_event: Event | None = event if rule.keeps_trigger else None
        self.discharge_event: Event | None = None
        self.triggered = True
        self.start: int | None = at
        self.ends_day = False  # it began at the 24:00 of a date, from which its days are counted
        self.last = at
        self.elapsed: Any = 0
        # A limit that took over the used share of another one is counted on from there: from when, and with how much used.
        self.since: int | None = None
        self.carried: Any = 0
        self.limit: Any = UNREACHED
        self.strict = False
        self.bound: Bound | None = None
        self.due: int | None = None
        self.due_strict = True
        self.deadline: int | None = None  # fixed when breached
        self.open = True
        self.paused = False
        self.running = True
        self.flags: list[bool] | None = None
        self.stands: list[Stand] | None = None
        self.breach_at: int | None = None
        self.done_at: int | None = None
        self.done_by = ""
        self.void_at: int | None = None
        self.void_reason = ""
        self.reason = ""  # why the limit or a condition is unknown now
        self.taint = ""  # what was unknown while it mattered, and stays so
        self.extension = False
        self.extended: Any = 0
        self.withheld = False  # the breach was not told, since an excuse released it then
        self.granted: Any = 0  # the extension when the limit passed; what came after does not undo it
        self.extensions: list[Stand] | None = None
        self.released: dict[int, tuple[bool | None, str]] | None = None
        self.captured: dict[Any, Any] | None = None
        self.evidence = [event.id]
        # Clock, breach and extension at a discharge that may not be the last.
        self.settled: tuple[Any, int | None, Any] | None = None
        self.sent: list[Any] | None = None
        self.waiting: list[int] | None = None
        self.log: Log | None = None

    @property
    def net(self) -> Any:
        """Clock time that uses up the limit: what was counted, less what excuses extend the limit by."""
        return self.elapsed - self.extended

    @property
    def dated(self) -> int:
        """An instant of the date from which days are counted: that of the start, or of the day at whose end it began."""
        start = self.start if self.start is not None else self.trigger_at
        return start - 1 if self.ends_day else start

    @property
    def added(self) -> Any:
        """What excuses added to the limit; those that came after it had passed added nothing."""
        return self.extended if self.breach_at is None else self.granted

    @property
    def pleaded(self) -> list[Stand]:
        """The stretches of excuses that extend the limit, but for those whose required duties were not kept."""
        return [one for one in self.extensions or () if not one.forfeited]

    @property
    def held(self) -> bool:
        """Whether events keep the limit from being used up now: a standstill, or an excuse that extends."""
        return not self.running or self.extension
