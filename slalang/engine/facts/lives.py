"""The life of an entity and a state go in; whether some events can still happen comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from slalang.ir.facts import Life


def may_happen(life: Life, state: str, types: AbstractSet[str]) -> bool:
    """Whether an event of some types is admitted in any state that can be reached from a state.

    Types that the life does not speak of at all may always happen.
    """
    named = {_full(life, name) for one in life.transitions for name in one.events}
    if types - named:
        return True
    reached, todo = {state}, [state]
    while todo:
        here = todo.pop()
        for one in life.transitions:
            if here not in one.sources:
                continue
            if types & {_full(life, name) for name in one.events}:
                return True
            after = one.to or here
            if after not in reached:
                reached.add(after)
                todo.append(after)
    return False


def _full(life: Life, name: str) -> str:
    return name if "." in name else f"{life.entity}.{name}"
