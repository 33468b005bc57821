"""The declared choices of a rule go in; each is looked up by key, and one that is needed and not stated is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.engine.undetermined import ProgramError

if TYPE_CHECKING:
    from slalang.ir.rules import Policy

_KEYS: Final = {"after_a_relaxed_limit": "after_relaxed_limit", "leaving_the_scope": "leaving_scope"}
_CHOICES: Final = {
    "the_breach_stands": "breach_stands",
    "the_oldest": "oldest",
    "the_named": "named",
    "open_cases_from_their_start": "open_cases_from_start",
    "open_cases_from_the_change": "open_cases_from_change",
}


class Policies:
    """The choices of one rule, under the names of the language's policy table."""

    __slots__ = ("_found", "rule")

    def __init__(self, rule: str, policies: tuple[Policy, ...]) -> None:
        """Keep them by key."""
        self.rule = rule
        self._found = {_KEYS.get(one.key, one.key): _CHOICES.get(one.choice, one.choice) for one in policies}

    def __call__(self, key: str) -> str:
        """The choice.

        Raises:
            ProgramError: nobody stated it; there are no hidden defaults.
        """
        if key not in self._found:
            raise ProgramError(f"rule `{self.rule}` needs the policy `{key}`, and nobody states it")
        return self._found[key]

    def get(self, key: str, otherwise: str) -> str:
        """The choice, or what a rule means that has no need of one."""
        return self._found.get(key, otherwise)
