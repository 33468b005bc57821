"""What only a process of its own can show: a reader that goes away, names that are no text, a terminal of few letters."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SLALANG = Path(sys.executable).with_name("slalang")


def ended(*arguments, **environment):
    return subprocess.run(
        [SLALANG, *arguments], capture_output=True, check=False, timeout=30, env={**os.environ, **environment}
    )


@pytest.mark.parametrize("command", [["show", "ir"], ["show", "hash"], ["check"], ["fmt", "-o", "-"]])
def test_a_reader_that_goes_away(contract_a, command):
    reading, writing = os.pipe()
    os.close(reading)  # as after `| head -1`, but at once, whatever a pipe may hold
    try:
        done = subprocess.run(
            [SLALANG, *command[:2], contract_a, *command[2:]]
            if command[0] == "show"
            else [SLALANG, *command, contract_a],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
            timeout=30,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (2, b"")


def test_names_that_are_no_text(contract_b, tmp_path):
    path = bytes(tmp_path) + b"/\xff\xfe.sla"
    Path(os.fsdecode(path)).write_bytes(contract_b.read_bytes().replace(b"priority", b"prority", 1))
    done = ended("check", path)
    assert done.returncode == 1
    assert b"SLA-E0999" not in done.stdout + done.stderr
    assert b"Traceback" not in done.stdout + done.stderr


def test_a_terminal_without_chinese(contract_b, tmp_path):
    path = tmp_path / "bad.sla"
    path.write_bytes(contract_b.read_bytes().replace(b"priority", b"prority", 1))
    for arguments in (["check", path, "--lang", "both"], ["test", contract_b, "--lang", "zh"]):
        done = ended(*arguments, PYTHONIOENCODING="ascii")
        assert done.returncode in {0, 1}, done.stderr
        assert b"Traceback" not in done.stderr


def test_standard_output_that_takes_nothing(contract_b):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [SLALANG, "show", "hash", contract_b],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=30,
        )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"SLA-E0999" not in done.stderr
