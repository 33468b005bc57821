"""A contract under two sets of names goes in; nothing comes out when both mean the same, else what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop, Text
from slalang.ir.canonical import as_data
from slalang.pipeline import journey
from slalang.pipeline.renaming import errors
from slalang.source.text import Spot
from slalang.syntax.lexer import NAME

if TYPE_CHECKING:
    from slalang.pipeline.renaming.names import Names
    from slalang.semantics.checked import Checked
    from slalang.source.text import SourceFile


def same_meaning(old: SourceFile, new: SourceFile, table: Names) -> None:
    """Check both texts and compare what they mean, name for name. A contract with errors of meaning is compared no further.

    Raises:
        Stop: the new text has a mistake that the old one has not, or means something else.
    """
    before, after = Collector(), Collector()
    one, two = (journey.check(text, found, proofs=False) for text, found in ((old, before), (new, after)))
    if one is None:
        return
    if two is None:
        first = next(item for item in after.sorted() if item.severity == "error")
        said = (f"{first.code}: {first.title.in_(language)}" for language in ("en", "zh"))
        raise Stop(_moved(table, Text(*(text.replace("{", "{{").replace("}", "}}") for text in said))))
    where = _difference(_whole(one), _whole(two), table, "")
    if where is not None:
        raise Stop(_moved(table, Text(en=f"they differ at {where}", zh=f"二者在 {where} 处不同")))


def _moved(table: Names, reason: Text) -> errors.MeaningMoved:
    return errors.MeaningMoved(Spot(table.file), reason=reason)


def _whole(checked: Checked) -> Any:
    return {
        "program": as_data(checked.program, meaning_only=True),
        "scenarios": as_data(checked.scenarios, meaning_only=True),
    }


def _difference(one: Any, two: Any, table: Names, where: str) -> str | None:
    """Where two meanings differ other than by the table; None when they do not."""
    if isinstance(one, dict) and isinstance(two, dict) and one.keys() == two.keys():
        pairs = [(one[key], two[key], f"{where}.{key}") for key in one if key != "place"]
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        if all(isinstance(item, str) for item in (*one, *two)) and _as_sets(one, two, table):
            return None
        one, two = _by_name(one, two, table)
        pairs = [
            (left, right, f"{where}[{at}]") for at, (left, right) in enumerate(zip(one, two, strict=True))
        ]
    elif isinstance(one, str) and isinstance(two, str):
        return None if two in (one, _renamed(one, table), table.texts.get(one)) else where.removeprefix(".")
    else:
        return None if type(one) is type(two) and one == two else where.removeprefix(".")
    return next(
        (found for each in pairs if (found := _difference(*each[:2], table, each[2])) is not None), None
    )


def _as_sets(one: list[str], two: list[str], table: Names) -> bool:
    """Whether lists of words are the same in another order: some are kept in the order of the alphabet, which names change."""
    return sorted(_renamed(text, table) for text in one) == sorted(two)


def _by_name(one: list[Any], two: list[Any], table: Names) -> tuple[list[Any], list[Any]]:
    """Lists of named things side by side: rules that do not depend on each other stand in the order of the alphabet."""
    if not all(isinstance(item, dict) and isinstance(item.get("name"), str) for item in (*one, *two)):
        return one, two
    return (
        sorted(one, key=lambda item: _renamed(item["name"], table)),
        sorted(two, key=lambda item: str(item["name"])),
    )


def _renamed(text: str, table: Names) -> str:
    """A word of the program in which each name is exchanged (`targets.respond`, `R.breached`)."""
    return NAME.sub(lambda found: table.names.get(found[0], found[0]), text)
