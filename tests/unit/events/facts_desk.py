from __future__ import annotations

import json

import pytest

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.events.loading import load
from slalang.ir.facts import Entity, EventType, FieldType, Reference
from slalang.ir.program import Levels, Program, Validity

OPENED = (
    FieldType("priority", "levels:priority"),
    FieldType("customer", "text", optional=True),
    FieldType("due", "instant", optional=True),
    FieldType("fee", "amount:CNY", optional=True),
    FieldType("wait", "duration", optional=True),
    FieldType("share", "ratio", optional=True),
    FieldType("vip", "bool", optional=True),
    FieldType("count", "integer", optional=True),
    FieldType("day", "date", optional=True),
    FieldType("size", "integer", optional=True, low="1", high="9"),
    FieldType("price", "amount:CNY", optional=True, low="0"),
    FieldType("stay", "duration", optional=True, high="7200000000"),
    FieldType("mark", "text", optional=True, one_of=("a", "b")),
    FieldType("begun", "date", optional=True, low="2026-01-01"),
)
PROGRAM = Program(
    title="T",
    version="1",
    zone="Asia/Shanghai",
    currency="CNY",
    counting="",
    validity=Validity(),
    parties=(),
    parameters=(),
    levels=(Levels("priority", ("Critical", "High", "Low")),),
    readings=(),
    entities=(
        Entity("ticket", (Reference("agreement", "agreement"),)),
        Entity("agreement", (), (FieldType("fee", "amount:CNY"), FieldType("since", "date", optional=True))),
    ),
    events=(
        EventType("ticket.opened", "ticket", OPENED, 0),
        EventType("ticket.responded", "ticket", (), 1),
        EventType("ticket.resolved", "ticket", (), 2),
        EventType("outage.started", "outage", (), 3),
        EventType("outage.ended", "outage", (), 4),
    ),
    lives=(),
    signals=(),
    calendars=(),
    definitions=(),
    tables=(),
    obligations=(),
    metrics=(),
    amounts=(),
    rights=(),
)


def opened(id_="e1", time="2026-03-02T09:00:00+08:00", subject="T-1", **extra):
    data = {"priority": "High", **extra.pop("data", {})}
    return {"id": id_, "type": "ticket.opened", "subject": subject, "time": time, "data": data, **extra}


def responded(id_="e2", time="2026-03-02T09:15:00+08:00", subject="T-1", **extra):
    return {"id": id_, "type": "ticket.responded", "subject": subject, "time": time, **extra}


class Desk:
    """Writes files, loads them, and tells what came out or why not."""

    def __init__(self, folder):
        self.folder = folder
        self.collector = Collector()
        self.open = []

    def write(self, name, content):
        path = self.folder / name
        if isinstance(content, list):
            lines = (
                line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in content
            )
            content = "".join(f"{line}\n" for line in lines)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def load(self, *contents, **options):
        """Each content is a list of lines (JSONL), or a pair of a file name and its content."""
        paths = []
        for at, content in enumerate(contents):
            name, body = content if isinstance(content, tuple) else (f"{at}.jsonl", content)
            paths.append(self.write(name, body))
        self.collector = Collector()
        loaded = load(paths, options.pop("program", PROGRAM), self.collector, **options)
        self.open.append(loaded)
        return loaded

    def close(self):
        for loaded in self.open:
            loaded.close()

    def refused(self, *contents, **options):
        """The codes and places of why the load stopped."""
        with pytest.raises(Stop) as caught:
            self.load(*contents, **options)
        return [(item.code, item.at.line if item.at else None) for item in caught.value.diagnostics]

    def said(self):
        return sorted(item.code for item in self.collector.sorted())


def ids(loaded):
    return [event.id for event in loaded.events]
