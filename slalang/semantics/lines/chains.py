"""The sentences of a chain and the `buys` lines go in; the IR's chains and purchases come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.ir.program import Chain
from slalang.semantics import parts
from slalang.semantics.errors.lowering import LineMissing
from slalang.semantics.errors.names import DuplicateName, UnknownName
from slalang.semantics.lines.once import single
from slalang.semantics.scope import lookup
from slalang.semantics.scope.collect import flat
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax.tree import Document, Name

TWO = 2  # parts of `Network.Available`


def purchases(world: World, document: Document) -> tuple[tuple[str, str], ...]:
    """Name and file of each `buys` line; a name that stands twice is reported."""
    found: dict[str, tuple[str, Name]] = {}
    for sentence, _ in flat(document):
        name = parts.name(sentence, "name") if sentence.kind == "buys" else None
        if name is None:
            continue
        if name.text in found:
            world.collector.add(DuplicateName(name.span, name=name.text, first=found[name.text][1].span))
        found.setdefault(name.text, (parts.text(sentence, "file"), name))
    return tuple((name, file) for name, (file, _) in found.items())


def chain(world: World, declared: Declared, _: str = "") -> Chain | None:
    """The chain, or None when it has mistakes."""
    sentence = declared.sentence
    promise = _promise(world, declared)
    line = single(world, sentence, "rests_on")
    if line is None:
        _missing(world, declared, "rests_on", "what it rests on", "所依赖的承诺", "A.Available, B.Available")
        return None
    bought = [_bought(world, name) for name in parts.names(line, "rules")]
    if promise is None or not all(bought):
        return None
    joined: Literal["series", "parallel"] = (
        "parallel" if parts.ident(line, "joined") == "in_parallel" else "series"
    )
    return Chain(declared.name, promise, tuple(one for one in bought if one), joined, world.about(declared))


def _promise(world: World, declared: Declared) -> str | None:
    line = single(world, declared.sentence, "promises")
    name = parts.name(line, "rule") if line else None
    if name is None:
        _missing(world, declared, "promises", "what is promised", "所承诺者", "Available")
        return None
    found = lookup.rule(world, name, "obligation")
    return found.name if found else None


def _bought(world: World, name: Name) -> tuple[str, str] | None:
    known = _names(world)
    if len(name.parts) == TWO and name.parts[0] in known:
        return name.parts[0], name.parts[1]
    near = candidates(name.text, [f"{one}.…" for one in known])
    world.collector.add(UnknownName(name.span, name=name.text, near=near, use=""), ("bought", name.text))
    return None


def _names(world: World) -> list[str]:
    return [parts.text(line, "name") for line in world.buys]


def _missing(world: World, declared: Declared, key: str, en: str, zh: str, example: str) -> None:
    line = written(key, example, chinese=world.chinese)
    world.collector.add(LineMissing(declared.span, name=declared.name, what=Text(en=en, zh=zh), line=line))
