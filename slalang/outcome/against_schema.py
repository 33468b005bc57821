"""Plain data and a schema of ours go in; the first place that does not fit, and what is wanted there, come out, or nothing.

Only the words of JSON Schema that `outcome.schema` uses are known: a validator for all of them would be a dependency of every
installation for the sake of one command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from slalang.diagnostics.diagnostic import Text

if TYPE_CHECKING:
    from slalang.outcome.schema import Schema

KINDS: Final[dict[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (type(None),),
}


class Misfit(NamedTuple):
    """A place (`verdicts[3].status`) and what is wrong with it."""

    path: str
    problem: Text


def misfit(value: Any, schema: Schema, path: str = "") -> Misfit | None:
    """The first place, in the order of the schema, at which a value does not fit."""
    kinds = schema.get("type", ())
    kinds = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    if kinds and not any(_is(value, kind) for kind in kinds):
        wanted = ", ".join(kinds)
        return Misfit(path, Text(en=f"{wanted} is wanted", zh=f"应为 {wanted}"))
    if "const" in schema and value != schema["const"]:
        return Misfit(path, Text(en=f"`{schema['const']}` is wanted", zh=f"应为 `{schema['const']}`"))
    if "enum" in schema and value not in schema["enum"]:
        wanted = ", ".join(str(one) for one in schema["enum"])
        return Misfit(path, Text(en=f"one of {wanted} is wanted", zh=f"应为 {wanted} 之一"))
    if isinstance(value, str) and "pattern" in schema and re.search(schema["pattern"], value) is None:
        return Misfit(path, Text(en=f"`{value}` is not written so", zh=f"`{value}` 的写法不对"))
    if isinstance(value, int) and value < schema.get("minimum", value):
        return Misfit(
            path, Text(en=f"at least {schema['minimum']} is wanted", zh=f"至少应为 {schema['minimum']}")
        )
    if isinstance(value, dict):
        return _in_object(value, schema, path)
    if isinstance(value, list) and "items" in schema:
        found = (misfit(one, schema["items"], f"{path}[{at}]") for at, one in enumerate(value))
        return next((one for one in found if one is not None), None)
    return None


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, KINDS[kind]) and not (kind == "integer" and isinstance(value, bool))


def _in_object(value: dict[str, Any], schema: Schema, path: str) -> Misfit | None:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            return Misfit(_below(path, name), Text(en="it is missing", zh="缺失"))
    more = schema.get("additionalProperties", True)
    for name, one in value.items():
        if name not in known and more is False:
            return Misfit(_below(path, name), Text(en="it is not known", zh="不是已知的项目"))
        inside = known.get(name, more if isinstance(more, dict) else {})
        found = misfit(one, inside, _below(path, name))
        if found is not None:
            return found
    return None


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
