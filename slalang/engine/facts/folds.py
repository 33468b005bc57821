"""Members of a subject and their signals go in; the fold over them (any, all, count, lowest, highest) comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import UNSET
from slalang.engine.reasons import say
from slalang.engine.undetermined import Undetermined
from slalang.ir.facts import MemberFold

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.compile.environment import Env
    from slalang.engine.facts.signals import Plan
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World


class Folds:
    """The folds of a program: who is a member of whom, and the value of each member where events alone move it."""

    def __init__(self, world: World) -> None:
        """Sort the folds by the entity of their members."""
        self.world = world
        self.by_member: dict[str, list[tuple[Plan, MemberFold, str, int]]] = {}
        for plan in world.signals.plans.values():
            form = plan.signal.form
            if isinstance(form, MemberFold):
                field = world.references.reference_field(form.members, form.reference)
                slot = world.signals.plan(form.signal).slot
                self.by_member.setdefault(form.members, []).append((plan, form, field, slot))

    def register(self) -> None:
        """Members that only the register knows exist from the beginning."""
        for entity in self.by_member:
            for id_ in self.world.registers.ids(entity):
                self.world.subject(entity, id_)

    def introduced(self, member: Subject, at: int) -> None:
        """A subject has come into being: it joins the folds of its agreement."""
        for plan, _, reference, _ in self.by_member.get(member.entity, ()):
            if self._is_agreement(plan, reference) and reference not in member.refs:
                owner = self.world.subject(plan.signal.entity, member.agreement or "")
                self._set(plan, owner, member, self._value(plan, member), at, "")

    def _is_agreement(self, plan: Plan, reference: str) -> bool:
        return plan.signal.entity in {"", "agreement"} and reference == "agreement"

    def _owner(self, plan: Plan, member: Subject, reference: str) -> Subject | None:
        id_ = member.refs.get(reference)
        if id_ is None and self._is_agreement(plan, reference):
            id_ = member.agreement or ""
        return None if id_ is None else self.world.subject(plan.signal.entity, id_)

    def owner(self, plan: Plan, member: Subject) -> Subject | None:
        """The subject that has a member in its fold."""
        form = plan.signal.form
        assert isinstance(form, MemberFold)
        return self._owner(plan, member, self.world.references.reference_field(form.members, form.reference))

    def moved_agreement(self, member: Subject, old: str, new: str, at: int) -> None:
        """A subject's references lead to another agreement than before."""
        for plan, _, reference, _ in self.by_member.get(member.entity, ()):
            if self._is_agreement(plan, reference) and reference not in member.refs:
                entity = plan.signal.entity
                self._set(plan, self.world.subject(entity, old), member, None, at, "")
                self._set(plan, self.world.subject(entity, new), member, self._value(plan, member), at, "")

    def joined(self, member: Subject, field: str, old: str | None, new: str | None, at: int) -> None:
        """A member's reference changed: leave the one subject, join the other."""
        for plan, _, reference, _ in self.by_member.get(member.entity, ()):
            if reference != field:
                continue
            entity = plan.signal.entity
            if old is not None or self._is_agreement(plan, reference):
                self._set(plan, self.world.subject(entity, old or ""), member, None, at, "")
            if new:
                value = self._value(plan, member)
                self._set(plan, self.world.subject(entity, new), member, value, at, "")

    def moved(self, member: Subject, slot: int, at: int, event: str) -> None:
        """A member's signal changed: tell the folds over it."""
        for plan, _, reference, watched in self.by_member.get(member.entity, ()):
            if watched == slot and slot >= 0:
                owner = self._owner(plan, member, reference)
                if owner is not None:
                    self._set(plan, owner, member, member.values[slot], at, event)

    def _rank(self, plan: Plan) -> Callable[[Any], Any] | None:
        """By what the values of a level are compared; None for what compares by itself."""
        kind, _, name = plan.signal.type.partition(":")
        return self.world.ranks[name].__getitem__ if kind == "levels" else None

    def _value(self, plan: Plan, member: Subject) -> Any:
        form = plan.signal.form
        assert isinstance(form, MemberFold)
        slot = self.world.signals.plan(form.signal).slot
        return member.values[slot] if slot >= 0 else UNSET

    def _set(self, plan: Plan, owner: Subject, member: Subject, value: Any, at: int, event: str) -> None:
        form = plan.signal.form
        assert isinstance(form, MemberFold)
        key = plan.slot if plan.slot >= 0 else -1 - id(plan)
        members = owner.folds.setdefault(key, {})
        if value is None or (plan.slot >= 0 and _neutral(form.fold, value)):
            members.pop(member.id, None)
        else:
            members[member.id] = value
        if plan.slot >= 0:
            made = fold(form.fold, members, self._rank(plan))
            if made != owner.values[plan.slot]:
                self.world.put(owner, plan.slot, made, at, event)
        else:
            for depend in self.world.dependents.get((plan.signal.entity, key), ()):
                depend(owner, at, event)

    # -- folds that are asked anew each time ----------------------------------------------------------------------------

    def members(self, plan: Plan, owner: Subject) -> list[Subject]:
        """The members of a subject now."""
        form = plan.signal.form
        assert isinstance(form, MemberFold)
        key = plan.slot if plan.slot >= 0 else -1 - id(plan)
        return [self.world.subject(form.members, id_) for id_ in owner.folds.get(key, {})]

    def pull(self, plan: Plan, owner: Subject, env: Env) -> Any:
        """The value of a fold whose members' signals move by themselves."""
        form = plan.signal.form
        assert isinstance(form, MemberFold)
        inner = self.world.signals.plan(form.signal)
        outer = env.subject
        found: dict[str, Any] = {}
        try:
            for member in self.members(plan, owner):
                env.subject = member
                try:
                    assert inner.value is not None
                    found[member.id] = inner.value(env)
                except Undetermined:
                    found[member.id] = UNSET
        finally:
            env.subject = outer
        made = fold(form.fold, found, self._rank(plan))
        if made is UNSET:
            raise Undetermined(say("unset", signal=plan.signal.name, subject=owner.id))
        return made

    def points(self, plan: Plan, owner: Subject, env: Env, start: int, end: int) -> set[int]:
        """The instants in [start, end) at which a fold that is asked anew may change."""
        form = plan.signal.form
        assert isinstance(form, MemberFold)
        inner = self.world.signals.plan(form.signal)
        outer = env.subject
        found: set[int] = set()
        try:
            for member in self.members(plan, owner):
                env.subject = member
                found |= self.world.signals.points([(inner, ())], env, start, end)
        finally:
            env.subject = outer
        return found


def _neutral(how: str, value: Any) -> bool:
    """Whether a member does not matter to the fold, so that it need not be remembered."""
    return value is True if how == "all" else value is False and how in {"any", "count"}


def fold(how: str, members: dict[str, Any], rank: Callable[[Any], Any] | None = None) -> Any:
    """The fold of the members' values; one that decides is enough, else an unknown one leaves it unknown."""
    values = list(members.values())
    unknown = UNSET in values
    match how:
        case "any":
            return True if True in values else UNSET if unknown else False
        case "all":
            return False if False in values else UNSET if unknown else True
        case "count":
            return UNSET if unknown else sum(1 for value in values if value is True)
        case _:
            if unknown or not values:
                return UNSET
            return min(values, key=rank) if how == "lowest" else max(values, key=rank)
