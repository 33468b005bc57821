"""What agreements have agreed on (their register entries, `--set`, the contract's own values) goes in; parameters as they stood come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.constants import from_const, from_scalar
from slalang.engine.compile.environment import Env
from slalang.engine.reasons import say
from slalang.engine.undetermined import Undetermined
from slalang.events.registers import BEGINNING

if TYPE_CHECKING:
    from slalang.engine.world import World
    from slalang.ir.program import Parameter
    from slalang.ir.rules import Obligation


@dataclass(frozen=True, slots=True)
class Dated:
    """A value that the register changes: (since, value), in order; None before the first."""

    steps: tuple[tuple[int, Any], ...]

    def at(self, instant: int) -> Any:
        """The value in force at an instant, µs UTC."""
        return next((value for since, value in reversed(self.steps) if since <= instant), None)


class Agreed:
    """The values of parameters by agreement, and the optional rules that they choose."""

    __slots__ = ("_chosen", "_values", "world")

    def __init__(self, world: World) -> None:
        """Take the world whose register and settings are read."""
        self.world = world
        self._values: dict[tuple[str, str], Any] = {}
        self._chosen: dict[tuple[int, str, int | None], bool] = {}

    def value(self, name: str, env: Env) -> Any:
        """A parameter: bound for the agreement, an attribute of its register entry, bound for the run, or an open word.

        Raises:
            Undetermined: nobody has bound it, or not yet at the instant that is read.
        """
        key = (name, env.agreement)
        if key not in self._values:
            self._values[key] = self._found(name, env.agreement)
        value = self._values[key]
        if isinstance(value, Dated):
            value = value.at(self.instant(env))
        if value is None:
            raise Undetermined(say("parameter", name=name))
        return value

    def instant(self, env: Env) -> int:
        """When what was agreed is read: a case has what stood at its trigger, an event what stood when it happened, a period what stood
        at its end; where an instant is stated, that; else the latest that is known."""
        case = env.case
        if case is not None and (env.verdict is None or env.at is None):
            return case.trigger_at
        if env.at is not None:
            return env.at
        if env.event is not None:
            return env.event.time
        as_of = self.world.settings.as_of
        return as_of if env.period is None or env.latest else min(env.period.end - 1, as_of)

    def changes(self, agreement: str) -> bool:
        """Whether the register changes the entry of an agreement on some day."""
        return len(self.world.registers.entries.get("agreement", {}).get(agreement, ())) > 1

    def chooses(self, rule: Obligation, agreement: str, at: int | None = None) -> bool:
        """Whether an optional rule exists for an agreement (at an instant; without one, by the latest that is known); where its blank has
        no value (in a scenario), the option is not taken."""
        key = (id(rule), agreement, at if self.changes(agreement) else None)
        if key not in self._chosen:
            env = Env()
            env.agreement, env.at = agreement, key[2]
            try:
                self._chosen[key] = rule.chosen is None or bool(self.world.compiler.expr(rule.chosen)(env))
            except Undetermined:
                self._chosen[key] = False
        return self._chosen[key]

    def _found(self, name: str, agreement: str) -> Any:
        world = self.world
        given = world.settings.parameters
        declared = next((one for one in world.program.parameters if one.name == name), None)
        if agreement and name in given.get(agreement, {}):
            return from_const(given[agreement][name])
        if agreement:
            steps = self._registered(name, agreement, declared)
            if len(steps) > 1 or (steps and steps[0][0] > BEGINNING):
                return Dated(steps)
            if steps:
                return steps[0][1]
        return self._of_the_run(name, declared, agreement)

    def _of_the_run(self, name: str, declared: Parameter | None, agreement: str) -> Any:
        given = self.world.settings.parameters.get("", {})
        if name in given:
            return from_const(given[name])
        if declared is not None and declared.value is not None:
            env = Env()
            env.agreement = agreement
            return self.world.compiler.expr(declared.value)(env)
        return None

    def _registered(
        self, name: str, agreement: str, declared: Parameter | None
    ) -> tuple[tuple[int, Any], ...]:
        type_ = declared.type if declared else "text"
        entries = self.world.registers.entries.get("agreement", {}).get(agreement, ())
        as_of = self.world.settings.as_of
        steps = [
            (since, from_scalar(type_, attributes[name]))
            for since, attributes in entries
            if attributes.get(name) is not None and since <= as_of
        ]
        first = self._of_the_run(name, declared, agreement) if steps and steps[0][0] > BEGINNING else None
        return tuple(steps) if first is None else ((BEGINNING, first), *steps)
