"""Events go in as they happen; windows that each end with the day of such an event, by agreement and key, come out as periods."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from slalang.engine.cases.roles import conditions
from slalang.engine.metrics.spans import PeriodList, in_force_part
from slalang.engine.undetermined import Undetermined
from slalang.outcome.records import Period

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from slalang.engine.facts.subjects import Subject
    from slalang.engine.metrics.keys import Dimensions, Key
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.facts import Pattern
    from slalang.ir.rules import Schedule

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}


class WindowList(PeriodList):
    """Windows may overlap: an instant may lie in several, and each concerns only the keys of its events."""

    __slots__ = ("keys",)

    def __init__(self, periods: list[Period], keys: dict[str, set[Key]]) -> None:
        """Index them."""
        super().__init__(periods)
        self.keys = keys

    def all_at(self, instant: int) -> list[Period]:
        """Every window that holds an instant."""
        return [one for one in self.periods if one.start <= instant < one.end]

    def concerns(self, label: str, key: Key) -> bool:
        """Whether any event of the window's last day is one of the key."""
        return key in self.keys[label]


class Windows:
    """The windows of one rule: two events on one day end the same window."""

    def __init__(self, world: World, schedule: Schedule, dimensions: Dimensions, *, over_all: bool) -> None:
        """Compile the pattern of the events that end a window."""
        assert schedule.before is not None
        self.world = world
        self.schedule = schedule
        self.dimensions = dimensions
        self.over_all = over_all
        self.pattern: Pattern = schedule.before
        self.days: dict[str, dict[date, set[Key]]] = {}

    def collectors(self) -> dict[str, Callable[[Subject, Event], None]]:
        """What to do with each event type as it happens."""
        return {type_: self._collector(one) for type_, one in conditions(self.world, self.pattern).items()}

    def _collector(self, condition: Any) -> Callable[[Subject, Event], None]:
        world = self.world

        def collect(subject: Subject, event: Event) -> None:
            try:
                if not condition(world.env):
                    return
            except Undetermined as unknown:
                world.fault("SLA-E0705", subject, event, unknown.reason, unknown.reason)
                return
            agreement = "" if self.over_all else subject.agreement or ""
            day = world.zone.date_of(event.time)
            keys = self.days.setdefault(agreement, {}).setdefault(day, set())
            keys.add(self.dimensions.key(world.env))

        return collect

    def listed(self, agreement: str, as_of: int) -> WindowList:
        """The windows of an agreement, in order, cut where the term begins or ends."""
        found, keys = [], {}
        for day, own in sorted(self.days.get(agreement, {}).items()):
            part = in_force_part(self.world, agreement, self._window(day), as_of)
            if part is not None:
                found.append(part)
                keys[part.label] = own
        return WindowList(found, keys)

    def _window(self, day: date) -> Period:
        """So many days, weeks or months up to and with a day."""
        zone, unit, n = self.world.zone, self.schedule.unit, self.schedule.n
        after = day + timedelta(days=1)
        first = zone.add_civil(after, -_MONTHS.get(unit, 0) * n, -_DAYS.get(unit, 0) * n)
        return Period(day.isoformat(), zone.start_of(first), zone.start_of(after))
