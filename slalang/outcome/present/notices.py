"""Notices go in; each with an id that stays the same from run to run, and as JSON Lines for a mailer, comes out."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from slalang.outcome.as_json import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slalang.outcome.present.records import Present
    from slalang.outcome.records import Notice


def named(contract: str, notices: Iterable[Notice]) -> tuple[tuple[str, Notice], ...]:
    """Each notice with its id, in order of time.

    The id is made of what the notice is about (contract, rule, agreement, subject, instance, to whom, text) and, where a
    case has several such notices, of its number among them in order of time. Its instant is no part of it: a scheduled
    notice that moves, or is sent, keeps its id.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for one in sorted(
        notices, key=lambda item: (item.at, item.rule, item.agreement, item.subject, item.text)
    ):
        about = (contract, one.rule, one.agreement, one.subject, one.instance, one.to, one.text)
        seen[about] += 1
        text = json.dumps([*about, seen[about]], ensure_ascii=False)
        found.append((f"notice-{sha256(text.encode()).hexdigest()[:20]}", one))
    return tuple(found)


def as_jsonl(present: Present) -> Iterator[str]:
    """A line for each notice, sent or scheduled, in order of time; a mailer sends those `sent` whose id it has not sent yet."""
    told = Telling(present.zone)
    for id_, one in present.notices:
        line = {"id": id_, **told.notice(one), "contract": present.contract, "version": present.version}
        yield json.dumps(line, ensure_ascii=False) + "\n"
