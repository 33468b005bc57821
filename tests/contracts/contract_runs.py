"""Runs a contract over events as a user would, and gives back the JSON that comes out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import in_process

CONTRACTS = Path(__file__).resolve().parents[2] / "contracts"
A = CONTRACTS / "aws-managed-support"
B = CONTRACTS / "managed-hosting"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def stamp(at: int) -> str:
    """RFC 3339 of microseconds since the epoch."""
    return (EPOCH + timedelta(microseconds=at)).isoformat(timespec="microseconds")


def micros(text: str | None) -> int | None:
    """Microseconds since the epoch of an RFC 3339 text."""
    return None if text is None else (datetime.fromisoformat(text) - EPOCH) // timedelta(microseconds=1)


def write(path: Path, events: list[tuple[int, str, str, dict[str, Any]]]) -> Path:
    """Write (µs, type, subject, data) as JSON Lines with ids of their own."""
    lines = [
        json.dumps({"id": f"e{n}", "type": kind, "subject": subject, "time": stamp(at), "data": data})
        for n, (at, kind, subject, data) in enumerate(events)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@dataclass(frozen=True)
class Done:
    """A call that ended, under the names of a process that ended."""

    returncode: int
    stdout: str
    stderr: str


def slalang(*arguments: str | Path) -> Done:
    """The command line, in this process."""
    return Done(*in_process.called(*arguments))


def run(
    contract: Path, events: Path, as_of: str, *sets: str, contracts: tuple[Path, ...] = (), reading: str = ""
) -> dict[str, Any]:
    """`slalang run` as JSON, of a contract and perhaps more versions of it, under a reading; fails with what the command said."""
    options = [part for item in sets for part in ("--set", item)]
    options += ["--reading", reading] if reading else []
    done = slalang(
        "run", contract, *contracts, "--events", events, "--as-of", as_of, "--format", "json", *options
    )
    assert done.returncode in {0, 1}, done.stderr + done.stdout
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def findings(contract: Path) -> set[tuple[str, str]]:
    """What `check` finds in a file that has errors: each code with the text of the line that it points at."""
    done = slalang("check", contract, "--format", "json")
    assert done.returncode == 1, done.stdout + done.stderr
    lines = contract.read_text(encoding="utf-8").split("\n")
    return {
        (item["code"], " ".join(lines[item["at"]["line"] - 1].split()))
        for item in json.loads(done.stdout)["diagnostics"]
    }
