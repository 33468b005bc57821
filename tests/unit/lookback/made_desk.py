"""A small contract whose figures can be worked out with a pencil, events for it, and the command line called in this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from slalang.cli.main import main

CONTRACT = """contract "Desk" version "1.0"
use std.plain, std.tickets
time zone Asia/Shanghai
currency CNY
counting calendar_days
conventions std.plain
party Provider
party Customer
levels priority = High > Low
parameter monthly_fee : money, at least 0 CNY

clause 1 "Answers"
  "Every request is answered within one hour."

  obligation Answer
    for each ticket
    Provider owes Customer
    from opened until first responded
    clock always
    within <= 1 h
    on reopening : frozen
    notice at 80% of the limit to Provider "the answer is nearly due"

clause 2 "Credit"
  "The share answered in time decides the month's credit."

  metric Attainment each month
    = share met of Answer
    counted by : deadline
    when none : 100%

  credit MonthCredit each month
    Provider owes Customer
    amount
      | Attainment  | = monthly_fee × |
      | (95%, 100%] | 0%              |
      | [90%, 95%]  | 10%             |
      | < 90%       | 15%             |
    posted : next period
    no next period : paid out
"""


def ticket(number, *, minutes=30, day=2, extra=None):
    """A ticket opened at nine on a day of March and answered so many minutes later (None: never)."""
    lines = [
        event(
            f"o{number}", "ticket.opened", f"T-{number}", f"2026-03-{day:02d}T09:00:00+08:00", priority="High"
        )
    ]
    if minutes is not None:
        hour, minute = divmod(9 * 60 + minutes, 60)
        at = f"2026-03-{day:02d}T{hour:02d}:{minute:02d}:00+08:00"
        lines.append(event(f"r{number}", "ticket.responded", f"T-{number}", at, **(extra or {})))
    return lines


def event(id_, type_, subject, time, **data):
    """One line; `recorded`, `corrects` and `retracts` are attributes, the rest is data."""
    line = {"id": id_, "type": type_, "subject": subject, "time": time}
    names = {"recorded": "recordedtime", "corrects": "corrects", "retracts": "retracts"}
    line |= {names[key]: data.pop(key) for key in list(data) if key in names}
    return {**line, "data": data} if data else line


class Desk:
    """The command line over event lists."""

    def __init__(self, capsys):
        self._capsys = capsys

    def call(self, *arguments):
        """Exit code, standard output, standard error."""
        with pytest.raises(SystemExit) as ended:
            main([str(one) for one in arguments])
        out = self._capsys.readouterr()
        return ended.value.code, out.out, out.err

    def write(self, name, *events):
        """A file of events."""
        Path(name).write_text("".join(json.dumps(one) + "\n" for one in events), encoding="utf-8")
        return name

    def old(self, events, as_of="2026-04-02", fee="10000 CNY"):
        """The earlier run."""
        self.write("old.jsonl", *events)
        code, _, err = self.call(
            "run", "desk.sla", "--events", "old.jsonl", "--set", f"monthly_fee={fee}", "--as-of", as_of,
            "--format", "json", "-o", "old.json",
        )  # fmt: skip
        assert code == 0, err

    def restate(self, events, *more, as_of="2026-05-02", fee="10000 CNY"):
        """`restate` as JSON, with its exit code; the later events are a file of their own."""
        self.write("new.jsonl", *events)
        given = ["--as-of", as_of] if as_of else []
        code, out, err = self.call(
            "restate", "old.json", "desk.sla", "--events", "new.jsonl", "--set", f"monthly_fee={fee}",
            "--format", "json", *given, *more,
        )  # fmt: skip
        assert code in {0, 1}, err
        return code, json.loads(out)
