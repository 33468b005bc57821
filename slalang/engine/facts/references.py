"""References of subjects and of the register go in; the subjects, agreements and attributes that they lead to come out."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from slalang.engine.reasons import say
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from slalang.engine.compile.environment import Env
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World


class References:
    """Who refers to whom, by the fields of events and the attributes of the register."""

    def __init__(self, world: World) -> None:
        """Take the world whose subjects are asked about."""
        self.world = world
        self.entities = world.entities
        self._paths: dict[tuple[str, str], tuple[str, ...] | None] = {}

    def agreement_of(self, subject: Subject) -> str:
        """The agreement that a subject's references lead to; empty where they lead to none."""
        path = self.path(subject.entity, "agreement")
        if not path:
            return ""
        found = self.follow(subject, path)
        return "" if found is None else found.id

    def path(self, entity: str, target: str) -> tuple[str, ...] | None:
        """The shortest chain of reference fields from one entity to another."""
        key = (entity, target)
        if key not in self._paths:
            todo = deque([(entity, ())])
            seen = {entity}
            found: tuple[str, ...] | None = None
            while todo and found is None:
                name, path = todo.popleft()
                for reference in self.entities[name].references if name in self.entities else ():
                    if reference.entity == target:
                        found = (*path, reference.field)
                        break
                    if reference.entity not in seen:
                        seen.add(reference.entity)
                        todo.append((reference.entity, (*path, reference.field)))  # type: ignore[arg-type]
            self._paths[key] = found
        return self._paths[key]

    def reference_field(self, entity: str, name: str) -> str:
        """The field of an entity's reference, which may be named by its field or by the entity it leads to."""
        for reference in self.entities[entity].references if entity in self.entities else ():
            if name in {reference.field, reference.entity}:
                return reference.field
        return name

    def target(self, entity: str, field: str) -> str:
        """The entity that a reference field leads to."""
        for reference in self.entities[entity].references if entity in self.entities else ():
            if field == reference.field:
                return reference.entity
        return field

    def resolve(self, env: Env, via: tuple[str, ...], entity: str) -> Subject | None:
        """The subject of an entity that the environment's subject leads to; the agreement's own where entity is empty."""
        subject = env.subject
        if entity == "":
            return self.world.subject("", env.agreement)
        if via:
            if via[0] == "agreement" and (subject is None or self.path(subject.entity, "agreement") is None):
                return self.follow(self.world.subject("agreement", env.agreement), via[1:])
            return None if subject is None else self.follow(subject, via)
        if entity == "agreement":
            return self.world.subject("agreement", env.agreement)
        if subject is None:
            return None
        path = self.path(subject.entity, entity)
        return None if path is None else self.follow(subject, path)

    def follow(self, subject: Subject, via: tuple[str, ...]) -> Subject | None:
        """The subject that a chain of references leads to, as they stand now."""
        for name in via:
            field = self.reference_field(subject.entity, name)
            target = self.target(subject.entity, field)
            id_ = subject.refs.get(field)
            if id_ is None and subject.entity in self.world.registers.entries:
                entry = self.world.registers.at(subject.entity, subject.id, max(self.world.now, 0)) or {}
                found = entry.get(field)
                id_ = found if isinstance(found, str) else None
            if id_ is None:
                return None
            subject = self.world.subject(target, id_)
        return subject

    def attribute(self, env: Env, via: tuple[str, ...], name: str) -> Any:
        """An attribute of the register entry of the subject, or of what its references lead to."""
        subject = self._owner(env, via)
        if subject is None:
            raise Undetermined(say("reference", subject=env.agreement, reference="/".join(via)))
        at = env.at if env.at is not None else self.world.now
        entry = self.world.registers.at(subject.entity or "agreement", subject.id, at) or {}
        if entry.get(name) is None:
            raise Undetermined(
                say("register", entity=subject.entity or "agreement", attribute=name, id=subject.id)
            )
        return entry[name]

    def _owner(self, env: Env, via: tuple[str, ...]) -> Subject | None:
        if not via and env.subject is not None:
            return env.subject
        return self.resolve(env, via, via[-1] if via else "agreement")

    def attribute_points(self, env: Env, via: tuple[str, ...], start: int, end: int) -> set[int]:
        """The instants in [start, end) from which a register entry has other attributes."""
        subject = self._owner(env, via)
        if subject is None:
            return set()
        entries = self.world.registers.entries.get(subject.entity or "agreement", {}).get(subject.id, [])
        return {since for since, _ in entries if start <= since < end}
