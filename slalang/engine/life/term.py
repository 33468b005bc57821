"""The term of one agreement in one version: the stretches of it so far, its end as known now, and what moved that end."""

from __future__ import annotations

from dataclasses import dataclass, field

from slalang.engine.settings import FOREVER


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the term between two renewals: [start, end), and its first and last day are dates of the contract's zone."""

    start: int
    end: int


@dataclass(slots=True)
class Term:
    """From `start` to `end` the contract is in force; the end instant itself belongs to it where an event ended it then.

    `spans` are the first term and its renewals; the last one is running (or was, when the contract ended).
    """

    agreement: str
    start: int
    end: int
    end_included: bool = False
    spans: list[Span] = field(default_factory=list)
    renewals: int = 0
    over: bool = False  # the end has come
    ended_by: str = ""  # the event that ended it, or will; empty where it runs out
    ended_from: int | None = None  # when that event happened
    stopped_by: list[str] = field(default_factory=list)  # events that stop the renewal of the running stretch
    prolonged: list[tuple[int, int, str]] = field(default_factory=list)  # months and days, and the event
    signatures: dict[str, int] = field(default_factory=dict)
    steps: list[tuple[int, str, str]] = field(default_factory=list)  # instant, what became of it, the event
    suspended_from: int | None = None

    def holds(self, at: int) -> bool:
        """Whether the contract is in force then, versions apart."""
        return self.start <= at < self.end or (self.end_included and at == self.end)

    def at(self, instant: int) -> Span | None:
        """The stretch of the term that holds an instant; before the first the first, after the last the last."""
        if not self.spans:
            return None
        return next((one for one in self.spans if instant < one.end), self.spans[-1])

    @property
    def begun(self) -> bool:
        """Whether the term has a beginning yet (signatures may be missing)."""
        return self.start < FOREVER
