"""The dimensions of a metric or amount go in; keys of cases, events and subjects, and the groups to report, come out."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import as_plain
from slalang.engine.undetermined import Undetermined
from slalang.ir.expressions import SignalAt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.engine.compile.environment import Env
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World

Key = tuple[tuple[str, str], ...]
UNKNOWN = "undetermined"


class Dimensions:
    """How each dimension of a rule is read from the subject of the environment."""

    def __init__(self, world: World, by: tuple[str, ...], at: str = "latest") -> None:
        """A dimension is a signal of the subject, a reference of it, or its own entity."""
        self.world = world
        self.by = tuple(name for name in by if name not in {"agreement", "period"})
        self.readers: list[Any] = [self._reader(name, at) for name in self.by]

    def _reader(self, name: str, at: str) -> Any:
        world = self.world
        if name in world.signals.plans:
            plan = world.signals.plans[name]
            return world.signals.reader(SignalAt(name, plan.signal.type, at))  # type: ignore[arg-type]

        def referred(env: Env) -> str:
            subject = env.subject
            if subject is None:
                raise Undetermined(name)
            if subject.entity == name:
                return subject.id
            field = world.references.reference_field(subject.entity, name)
            if field in subject.refs:
                return subject.refs[field]
            found = world.resolve(env, (), name)
            if found is not None:
                return found.id
            if env.event is not None and isinstance(env.event.data.get(name), str):
                return str(env.event.data[name])
            raise Undetermined(name)

        return referred

    def key(self, env: Env) -> Key:
        """The key of the environment's subject; a dimension that cannot be read has a group of its own."""
        found = []
        for name, reader in zip(self.by, self.readers, strict=True):
            try:
                value = reader(env)
            except Undetermined:
                value = UNKNOWN
            found.append((name, str(as_plain(value))))
        return tuple(found)

    def subject(self, key: Key) -> Subject | None:
        """The subject that a key is about: of its first dimension that is an entity (as the checker reads names there)."""
        world = self.world
        name, id_ = next(((one, id_) for one, id_ in key if one in world.entities), ("", ""))
        if not name:
            return None
        known = world.subjects.get(name, {}).get(id_)
        if known is None and id_ in world.registers.ids(name):
            known = world.subject(name, id_)
        return known

    def universe(self, agreement: str, seen: Iterable[Key], groups: str) -> list[Key]:
        """The keys to report: those of the register, or those seen in the data."""
        if not self.by:
            return [()]
        if groups != "register":
            return sorted(set(seen))
        sides = [[(name, value) for value in self._values(name, agreement)] for name in self.by]
        return [tuple(one) for one in product(*sides)]

    def _values(self, name: str, agreement: str) -> list[str]:
        world = self.world
        plan = world.signals.plans.get(name)
        if plan is not None:
            kind = plan.signal.type.removeprefix("levels:")
            return list(next((one.values for one in world.program.levels if one.name == kind), ()))
        found = []
        for id_ in world.registers.ids(name):
            subject = world.subject(name, id_)
            if not agreement or (subject.agreement or "") in {"", agreement}:
                found.append(id_)
        return found
