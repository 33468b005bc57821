"""The texts in `grammar/` go in; Lark makes the LALR(1) tables; they come out as plain data, ready to be stored as JSON.

`python -m slalang.syntax.grammar.compile` writes `grammar/compiled.json`. Lark is needed here only: a parser that is
asked for the first time in a process reads the stored tables, which takes a tenth of the time (`tables.py`).
"""

from __future__ import annotations

import json
import logging
import re
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lark import Lark
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import IntParseTable, Shift
from lark.utils import logger

from slalang import resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lark.grammar import Rule

FILES = ("slalang", "heads", "vocabulary", "rules", "scenarios", "expressions")
SPLICE = 1000  # added to a child's index in a rule's recipe: its values are put in one by one
NOTHING = -1  # in a recipe: an optional part that is not there

_TERMINAL = re.compile(r"(?<![\w])_?[A-Z][A-Z0-9_]*(?!\w)")
_COMMENT = re.compile(r"//.*")


class CannotCompile(Exception):  # noqa: N818 - for those who edit the grammar
    """The grammar is ambiguous where it must not be, or a word stands for two things at one place."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """The tables as plain data, and the shift-reduce conflicts that were resolved as shift."""

    data: dict[str, Any]
    conflicts: tuple[str, ...]


class _NoLexer(Lexer):
    """Lark wants a lexer; the tables are made without one."""

    __future_interface__ = 2

    def __init__(self, conf: Any) -> None:
        self.conf = conf

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        raise NotImplementedError


def stamp() -> str:
    """A fingerprint of everything the tables are made from."""
    digest = sha256()
    for name in ("keywords.toml", *(f"{file}.lark" for file in FILES)):
        digest.update(resources.text(f"grammar/{name}").encode())
        digest.update(b"\0")
    return digest.hexdigest()


def grammar_text(words: dict[str, Any]) -> str:
    """All rules as one Lark grammar: the files, the policy lines made from the table of words, the declarations."""
    parts = [resources.text(f"grammar/{file}.lark") for file in FILES]
    parts.append(policy_rules(words["policies"]))
    text = "\n".join(parts)
    used = sorted(set(_TERMINAL.findall(_COMMENT.sub("", text))))
    return f"{text}\n%declare {' '.join(used)}\n"


def policy_rules(policies: dict[str, Any]) -> str:
    """One alternative per policy: its key, a name where it takes one, a colon, its choices."""
    lines = []
    for key, policy in policies.items():
        choices = " | ".join(f"{key}__{choice}".upper() for choice in policy.get("choices", {}))
        what = {"choice": choices, "statuses": "statuses", "expression": f"expr | {choices}"}[policy["takes"]]
        about = {True: " name", "optional": " [name]"}.get(policy.get("about", False), "")
        lines.append(f"POLICY_{key.upper()}{about} _COLON ({what})")
    return "policy: " + "\n    | ".join(lines) + "\nstatuses: status (_COMMA status)*\n"


def build() -> Compiled:
    """Make the tables.

    Raises:
        CannotCompile: see there.
    """
    words = tomllib.loads(resources.text("grammar/keywords.toml"))
    lark, conflicts = _run_lark(grammar_text(words))
    table = IntParseTable.from_ParseTable(lark.parser.parser._parse_table)  # noqa: SLF001
    order = _order(table)
    rules = sorted(set(_rules_of(table)), key=str)
    number = {rule: index for index, rule in enumerate(rules)}
    rows: dict[str, int] = {}
    actions, gotos = [], []
    for state in order:
        row, goto = _row(table.states[state], number, order)
        actions.append(rows.setdefault(json.dumps(row, sort_keys=True), len(rows)))
        gotos.append(dict(sorted(goto.items())))
    data = {
        "stamp": stamp(),
        "start": order[table.start_states["start"]],
        "end": order[table.end_states["start"]],
        "rules": [_rule(rule) for rule in rules],
        "rows": [json.loads(key) for key in rows],
        "actions": actions,
        "gotos": gotos,
        "begins": begins(rules),
        "words": _unambiguous(spelled(words), rows),
        "money": words["money"],
        "policies": {
            key: {"choices": list(value.get("choices", ())), "takes": value["takes"]}
            for key, value in words["policies"].items()
        },
    }
    return Compiled(data, conflicts)


def spelled(words: dict[str, Any]) -> dict[str, list[Any]]:
    """Every word of the language: terminal → spellings in English, in Chinese, the English singular, the group."""
    out: dict[str, list[Any]] = {}
    for group, entries in words.items():
        if group == "money":
            continue
        for key, entry in entries.items():
            prefix = "POLICY_" if group == "policies" else ""
            out[f"{prefix}{key}".upper()] = [entry["en"], entry["zh"], entry.get("one", ""), group]
            for choice, spelling in entry.get("choices", {}).items():
                out[f"{key}__{choice}".upper()] = [spelling["en"], spelling["zh"], "", "choices"]
    return out


def _unambiguous(known: dict[str, list[Any]], rows: Iterable[str]) -> dict[str, list[Any]]:
    """The words, when no spelling is that of two words of which the grammar takes either at one place."""
    ids: dict[str, set[str]] = {}
    for key, (en, zh, _, _) in known.items():
        for spelling in (*en, *zh):
            ids.setdefault(spelling, set()).add(key)
    for row in map(json.loads, rows):
        taken = {name for name, action in row.items() if action >= 0} if isinstance(row, dict) else set()
        for spelling, keys in ids.items():
            if len(both := keys & taken) > 1:
                raise CannotCompile(f"`{spelling}` stands for each of {sorted(both)} at one place")
    return known


def begins(rules: Iterable[Rule]) -> dict[str, list[str]]:
    """For each kind of line the terminals that it may begin with."""
    firsts: dict[str, set[str]] = {}
    heads = [(rule.origin.name, rule.expansion[0]) for rule in rules]
    grows = True
    while grows:
        grows = False
        for origin, symbol in heads:
            known = firsts.setdefault(origin, set())
            found = {symbol.name.lstrip("_")} if symbol.is_term else firsts.get(symbol.name, set())
            grows = grows or not found <= known
            known |= found
    lines = [symbol.name for origin, symbol in heads if origin.endswith("_line")]
    return {kind: sorted(firsts[kind]) for kind in sorted({*lines, "policy"})}


def as_json(compiled: Compiled) -> str:
    """The tables as they are stored: compact, the same bytes for the same grammar."""
    return json.dumps(compiled.data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _run_lark(text: str) -> tuple[Lark, tuple[str, ...]]:
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    listener = Listener()
    before, handlers = logger.level, logger.handlers
    logger.handlers = [listener]
    logger.setLevel(logging.DEBUG)
    try:
        lark = Lark(text, parser="lalr", lexer=_NoLexer, maybe_placeholders=True, debug=True)
    finally:
        logger.setLevel(before)
        logger.handlers = handlers
    return lark, tuple(sorted(_conflicts(said)))


def _conflicts(said: list[str]) -> Iterator[str]:
    for line, rule in pairwise(said):
        if line.startswith("Shift/Reduce conflict"):
            yield f"{line.split()[4].strip(':')} after {rule.strip(' *')}"


def _order(table: Any) -> dict[int, int]:
    """State → its number here: breadth first by symbol, because Lark's own numbers change from run to run."""
    order = {table.start_states["start"]: 0}
    queue = list(order)
    for state in queue:
        for _, (action, argument) in sorted(table.states[state].items(), key=lambda item: item[0]):
            if action is Shift and argument not in order:
                order[argument] = len(order)
                queue.append(argument)
    return order


def _rules_of(table: Any) -> Iterable[Rule]:
    for state in range(len(table.states)):
        for action, argument in table.states[state].values():
            if action is not Shift:
                yield argument


def _row(
    state: dict[str, Any], number: dict[Rule, int], order: dict[int, int]
) -> tuple[dict[str, int] | int, dict[str, int]]:
    """A state's actions: shift to s is s, reduce by r is -1 - r; a state that can only reduce by one rule is that number."""
    row: dict[str, int] = {}
    goto: dict[str, int] = {}
    for symbol, (action, argument) in state.items():
        if action is Shift and not symbol.lstrip("_").isupper() and symbol != "$END":
            goto[symbol] = order[argument]
            continue
        terminal = symbol.lstrip("_")
        code = order[argument] if action is Shift else -1 - number[argument]
        if row.setdefault(terminal, code) != code:
            raise CannotCompile(f"{terminal} means two things in one state")
    codes = set(row.values())
    if len(codes) == 1 and (only := codes.pop()) < 0:
        return only, goto
    return row, goto


def _rule(rule: Rule) -> list[Any]:
    """Origin, length, the name under which its values are built (empty: passed on or spliced), the recipe for its values."""
    if not rule.expansion:
        raise CannotCompile(f"{rule.origin.name} may be empty")
    recipe: list[int] = []
    gaps = _gaps(rule)
    for index, symbol in enumerate(rule.expansion):
        recipe.extend([NOTHING] * gaps[index])
        if symbol.is_term:
            if not symbol.name.startswith("_"):
                recipe.append(index)
        else:
            recipe.append(index + (SPLICE if symbol.name.startswith("_") else 0))
    recipe.extend([NOTHING] * gaps[-1])
    name = rule.alias or rule.origin.name
    passes = rule.options.expand1 and not rule.alias and len(recipe) == 1
    return [
        str(rule.origin.name),
        len(rule.expansion),
        "" if passes or name.startswith("_") else str(name),
        recipe,
    ]


def _gaps(rule: Rule) -> list[int]:
    """How many absent optional parts stand before each symbol, and after the last."""
    marks = rule.options.empty_indices
    if not marks:
        return [0] * (len(rule.expansion) + 1)
    groups = "".join(str(int(mark)) for mark in marks).split("0")
    return [len(group) for group in groups]


def main() -> None:
    """Write the compiled tables into the checkout."""
    compiled = build()
    target = resources.folder("grammar") / "compiled.json"
    with open(str(target), "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a Traversable of a checkout
        file.write(as_json(compiled))
    for line in compiled.conflicts:
        logging.getLogger(__name__).info(line)


if __name__ == "__main__":
    main()
