"""The party that a rule names, and the one in its place if that is another, go in; how both are written comes out."""

from __future__ import annotations


def named(role: str, party: str) -> str:
    """`Heir (Customer)`: the party that owes or is owed, and whose place it has taken; `Customer` where that is itself."""
    return f"{party} ({role})" if party else role
