"""An explanation tree goes in; plain JSON data with every node's kind, exact values and words in both languages comes out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.explain.tree import Instant, Node, Word
from slalang.explain.wording.say import Voice, say
from slalang.outcome.records import Quantity
from slalang.values import duration, instant
from slalang.values.zone import load

if TYPE_CHECKING:
    from datetime import tzinfo

    from slalang.explain.tree import Arg, Explanation


def data(explanation: Explanation) -> dict[str, Any]:
    """The explanation as dictionaries, lists and texts: durations ISO 8601, exact numbers as texts, instants RFC 3339."""
    return {
        "sort": explanation.sort,
        "rule": explanation.rule,
        "subject": explanation.subject,
        "contract": explanation.contract,
        "version": explanation.version,
        "zone": explanation.zone,
        "as_of": instant.format(explanation.as_of, load(explanation.zone)),
        "tree": _node(explanation.root, explanation.zone, load(explanation.zone)),
    }


def json_text(explanation: Explanation) -> str:
    """The same as JSON text with a line end."""
    return json.dumps(data(explanation), ensure_ascii=False, indent=2) + "\n"


def _node(item: Node, zone: str, where: tzinfo) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": item.kind,
        "text": {"en": say(item, Voice("en", zone)), "zh": say(item, Voice("zh", zone))},
        "values": {name: _value(value, zone, where) for name, value in item.args},
    }
    if item.ids:
        found["events"] = list(item.ids)
    if item.children:
        found["because"] = [_node(child, zone, where) for child in item.children]
    return found


def _value(value: Arg, zone: str, where: tzinfo) -> Any:
    match value:
        case Quantity():
            return {"type": value.type, "value": _number(value)}
        case Instant():
            return instant.format(value.us, where)
        case Word():
            return value.key
        case Text():
            return {"en": value.en, "zh": value.zh}
        case Node():
            return {"en": say(value, Voice("en", zone)), "zh": say(value, Voice("zh", zone))}
        case tuple():
            return [_value(item, zone, where) for item in value]
        case _:
            return value


def _number(value: Quantity) -> str:
    if value.type == "duration" and value.value.denominator == 1:
        return duration.format(int(value.value))
    return str(value.value)
