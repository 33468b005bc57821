"""A program crosses the border of the process: JSON text in and a validated program out, and the JSON Schema of the format.

Pydantic is imported here, when it is first needed, and nowhere else on the way of a check.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from slalang.ir.canonical import as_data
from slalang.ir.program import IR_VERSION, Program

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class NotAProgram(ValueError):  # noqa: N818 - a refusal, with its reasons
    """A text that is no program of this version; `problems` says where and why, one line each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@cache
def _adapter() -> TypeAdapter[Program]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - heavy, and only needed at the border

    return TypeAdapter(Program)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a program file."""
    made = _adapter().json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"slalang program, IR version {IR_VERSION}",
        **{key: value for key, value in made.items() if key != "title"},
    }


def as_text(program: Program) -> str:
    """The program as JSON text; `from_text` gives it back equal."""
    return json.dumps(as_data(program), ensure_ascii=False, indent=1) + "\n"


def from_text(text: str) -> Program:
    """A program from JSON text.

    Raises:
        NotAProgram: not JSON, another version, a field that is missing, unknown or of another type.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - as above

    try:
        data = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as bad:
        raise NotAProgram((f"not JSON: {bad}",)) from None
    if not isinstance(data, dict) or data.get("ir_version") != IR_VERSION:
        found = data.get("ir_version") if isinstance(data, dict) else None
        raise NotAProgram((f"IR version {IR_VERSION} is needed, found {found}",))
    try:
        made = _adapter().validate_python(data)
    except ValidationError as bad:
        problems = tuple(
            f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}" for item in bad.errors()[:_MOST]
        )
        left = len(bad.errors()) - len(problems)
        raise NotAProgram((*problems, f"{left} more") if left else problems) from None
    if as_data(made) != data:
        raise NotAProgram(("fields that this version does not know, or values of another form",))
    return made


_MOST = 20


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found
