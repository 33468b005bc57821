"""Ids of subjects go in; the mutable state kept for each subject comes out: signals, references, life, live cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slalang.engine.cases.case import Case
    from slalang.engine.facts.tracks import Track


class Subject:
    """One subject: the current value of each of its signals by slot, what it refers to, and its cases by rule."""

    __slots__ = (
        "acted",
        "agreement",
        "counts",
        "entity",
        "folds",
        "id",
        "life",
        "live",
        "marks",
        "refs",
        "since",
        "tracks",
        "values",
        "watchers",
    )

    def __init__(
        self, entity: str, id_: str, values: list[Any], tracks: list[Track | None], rules: int, life: str
    ) -> None:
        """A subject as it is before its first event."""
        self.entity = entity
        self.id = id_
        self.values = values
        self.tracks = tracks
        self.life = life
        self.acted = False  # whether an event had it as its subject
        self.since: int | None = None  # the instant of the first such event, µs
        self.agreement: str | None = None
        self.refs: dict[str, str] = {}
        self.live: list[list[Case] | None] = [None] * rules
        self.marks: dict[Any, Any] = {}
        self.counts: dict[int, int] = {}
        self.folds: dict[int, dict[str, Any]] = {}
        self.watchers: set[Case] | None = None  # cases whose clocks its signals move
