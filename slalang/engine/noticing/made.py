"""A rule, a line of it that sends notices, and an instant go in; the notice, sent or scheduled, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from slalang.outcome.records import Notice

if TYPE_CHECKING:
    from slalang.ir.amounts import Right
    from slalang.ir.rules import NoticeRule, Obligation


class Awaiting(Protocol):
    """Something that has to know of each agreement as soon as there is one, since it acts by the clock."""

    def knows(self, agreement: str) -> bool:
        """Whether an agreement is known."""

    def known(self, agreement: str, begin: int, at: int) -> None:
        """An agreement is known at `at` (µs); its periods begin with `begin`, and what it does by the clock is played from there on."""


def notice_of(
    rule: Obligation | Right,
    line: NoticeRule,
    agreement: str,
    subject: str,
    at: int,
    as_of: int,
    instance: str = "",
) -> Notice:
    """The notice of a line that is due at an instant."""
    return Notice(
        rule=rule.name,
        clause=line.about.clause or rule.about.clause,
        agreement=agreement,
        subject=subject,
        to=line.to,
        text=line.text,
        at=at,
        status="sent" if at <= as_of else "scheduled",
        instance=instance,
    )
