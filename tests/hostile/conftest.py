"""Calls a command in this process; hands back what a person would see, having checked what holds of every call."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path

import in_process
import pytest

CONTRACTS = Path(__file__).parents[2] / "contracts"
LONGEST = (
    60.0  # seconds of processor time after which a call counts as hanging; how time grows is for benchmarks/
)


@dataclass(frozen=True)
class Ended:
    """A call that ended: exit code, what it wrote, how long it took."""

    code: int
    out: str
    err: str

    @property
    def codes(self) -> set[str]:
        """The codes of all messages, on either stream."""
        return set(re.findall(r"\[(SLA-[EL]\d{4})\]", self.out + self.err))

    @property
    def places(self) -> set[str]:
        """What arrows point at: `file:line:column`, `file:line` or `file`."""
        return set(re.findall(r"^ *--> (.*)$", self.out + self.err, re.MULTILINE))

    def found(self) -> list[tuple[str, int]]:
        """Code and line of each finding of `check --format json`."""
        told = json.loads(self.out)["diagnostics"]
        return [(item["code"], (item["at"] or {}).get("line") or 0) for item in told]


def called(*arguments: str | Path) -> Ended:
    """One call. Whatever is fed: a documented exit code, no traceback, no fault of ours, in bounded time."""
    begun = time.process_time()
    done = Ended(*in_process.called(*arguments))
    took = time.process_time() - begun
    assert done.code in {0, 1, 2}
    assert "Traceback" not in done.out + done.err
    assert "SLA-E0999]" not in done.out + done.err, done.err
    assert took < LONGEST
    if done.code == 2:
        assert done.out == ""
        assert done.codes  # nothing ends in 2 without a message
    return done


@pytest.fixture
def slalang():
    """The command line."""
    return called


@pytest.fixture
def contract_a():
    return CONTRACTS / "aws-managed-support" / "contract.sla"


@pytest.fixture
def contract_b():
    return CONTRACTS / "managed-hosting" / "contract.sla"


@pytest.fixture(scope="session")
def lean_b(tmp_path_factory):
    """Contract B without its scenarios: what is fed to options is judged by the same rules, in a third of the time."""
    kept, inside = [], False
    for line in (CONTRACTS / "managed-hosting" / "contract.sla").read_text("utf-8").splitlines():
        if line.strip() and len(line) - len(line.lstrip()) <= 2:
            inside = line.startswith("  scenario ")
        if not inside:
            kept.append(line)
    path = tmp_path_factory.mktemp("lean") / "contract.sla"
    path.write_text("\n".join(kept) + "\n", "utf-8")
    return path


@pytest.fixture
def boston():
    return CONTRACTS / "boston-311"


@pytest.fixture
def judged(lean_b):
    """Contract B with its month of events and its parameters: a run that is good as it stands."""
    events = CONTRACTS / "managed-hosting" / "events.jsonl"
    return [
        "run",
        lean_b,
        "--events",
        events,
        "--set",
        "plan=Enterprise",
        "--set",
        "monthly_fee=1000 USD",
    ]


@pytest.fixture
def checked(slalang, tmp_path):
    """Check a text (or bytes); code and line of each finding, after every other command has read it too."""

    def check(text, *, name="bad.sla", others=True):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        done = slalang("check", path, "--format", "json")
        if others:
            for command in (["show", "ir"], ["show", "tree"], ["fmt", "--check"], ["test", "--lang", "both"]):
                slalang(*command, path)
            assert path.read_bytes() == (
                text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
            )
        return done.found() if done.code != 2 else [(code, 0) for code in sorted(done.codes)]

    return check
