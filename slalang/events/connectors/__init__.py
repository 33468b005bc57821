"""Files of facts go in; the lines of each come out as plain mappings: `CONNECTORS` is tried in order."""

from __future__ import annotations

from slalang.events.connectors import from_csv, from_jsonl

CONNECTORS = (from_jsonl, from_csv)
"""Each has `fits(file) -> bool` and `read(file) -> Iterator[Line]`; a file that a binding names goes to `from_table` instead."""
