"""The domains on the lines of fields go in, once every name is known; what each field may hold comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.semantics.rules.values import domain

if TYPE_CHECKING:
    from slalang.semantics.scope.world import World


def read_domains(world: World) -> None:
    """Fill in the domains of the fields of events and registers; a mistake is reported once."""
    for domains, name, line, ty in world.domains_told:
        found = domain(world, line, ty)
        if found is not None:
            domains[name] = found
