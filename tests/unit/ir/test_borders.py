"""A program written and read back is the same program; what is no program is refused with the place and the reason."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from slalang.diagnostics.collector import Collector
from slalang.ir import borders
from slalang.ir.canonical import content_hash
from slalang.pipeline.journey import check
from slalang.source.text import SourceFile

if TYPE_CHECKING:
    from slalang.ir.program import Program

ROOT = Path(__file__).resolve().parents[3]
CONTRACTS = sorted((ROOT / "contracts").glob("*/contract.sla"))


def program(path: Path) -> Program:
    checked = check(SourceFile(path.name, path.read_text("utf-8")), Collector(), proofs=False)
    assert checked is not None
    return checked.program


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.parent.name)
def test_a_program_survives_the_border(path):
    made = program(path)
    back = borders.from_text(borders.as_text(made))
    assert back == made
    assert content_hash(back) == content_hash(made)


def test_the_schema_describes_what_is_written():
    made = program(CONTRACTS[0])
    schema = borders.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(borders.as_text(made)), schema)


def changed(key: str, value: object) -> str:
    data = json.loads(borders.as_text(program(CONTRACTS[0])))
    data[key] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{", "not JSON"),
        ("[]", "IR version 1"),
        ('{"ir_version": "0"}', "found 0"),
        ('{"ir_version": "1", "ir_version": "1"}', "a key stands twice"),
        ("[" * 100_000, "not JSON"),
        (changed("zone", 8), "zone"),
        (changed("surprise", 1), "does not know"),
        (changed("obligations", [{}]), "obligations.0"),
    ],
)
def test_what_is_no_program_is_refused(text, part):
    with pytest.raises(borders.NotAProgram, match=part):
        borders.from_text(text)


def test_importing_the_border_does_not_import_pydantic():
    code = "import sys, slalang.ir.borders; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
