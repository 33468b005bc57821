"""A name in the text goes in; what it stands for comes out, or None after one message about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.suggest import candidates, close
from slalang.semantics.errors import names as errors
from slalang.semantics.errors.agreement import TermMissing
from slalang.semantics.errors.reach import AmbiguousName, UnknownRule, WrongKind
from slalang.semantics.errors.units import NoCurrency
from slalang.semantics.scope import kinds
from slalang.semantics.scope.world import EntityDeclared
from slalang.semantics.surface import line
from slalang.syntax import given
from slalang.syntax.values import chinese_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.ir.expressions import Ty
    from slalang.semantics.scope.world import Declared, EventDeclared, World
    from slalang.source.text import Span
    from slalang.syntax.tree import Name

_COUNTED: Final = re.compile(
    "([一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
    "个?(分钟|小时|工作日|日|天|周|月|年)[内前]?"
)


def party(world: World, name: Name | None) -> str | None:
    """A declared party's name."""
    if name is None:
        return None
    if name.text not in world.parties:
        near = candidates(name.text, world.parties)
        world.collector.add(errors.UnknownParty(name.span, name=name.text, near=near), ("party", name.text))
        return None
    world.used.add(("party", name.text))
    return name.text


ALWAYS = ("always", "始终")
_CROSSED = given.FOLLOWING["crossing"]


def calendar(world: World, name: Name) -> str | None:
    """A declared calendar's name; `always` is built in."""
    if name.text in ALWAYS and name.text not in world.calendars:
        return "always"
    if name.text not in world.calendars:
        near = candidates(name.text, (*world.calendars, "always"))
        world.collector.add(
            errors.UnknownCalendar(name.span, name=name.text, near=near), ("calendar", name.text)
        )
        return None
    world.used.add(("calendar", name.text))
    return name.text


def entity(world: World, name: Name) -> str | None:
    """A declared entity's name; `agreement` is one without a declaration."""
    if name.text == "agreement" and name.text not in world.entities:
        world.entities[name.text] = EntityDeclared(name.text, name.span, own=False)
    if name.text in world.entities:
        return name.text
    near = candidates(name.text, world.entities)
    use = brought(world, name.text)
    world.collector.add(
        errors.UnknownEntity(name.span, name=name.text, near=near, use=use), ("entity", name.text)
    )
    return None


def reading(world: World, name: Name, option: Name) -> tuple[str, str] | None:
    """A declared reading and one of its options."""
    found = world.readings.get(name.text)
    if found is None:
        near = candidates(name.text, world.readings)
        world.collector.add(
            errors.UnknownReading(name.span, name=name.text, near=near), ("reading", name.text)
        )
        return None
    if option.text not in found.options:
        near = tuple(found.options)
        world.collector.add(errors.UnknownReading(option.span, name=option.text, near=near))
        return None
    return name.text, option.text


def rule(world: World, name: Name, *wanted: str) -> Declared | None:
    """The first alternative of a rule of one of the wanted kinds."""
    found = world.use(name.text)
    if not found:
        known = [item.name for item in world.all_values() if item.kind in wanted]
        near = candidates(name.text, known)
        unknown = errors.UnknownName if wanted == ("parameter",) else UnknownRule
        world.collector.add(unknown(name.span, name=name.text, near=near), ("value", name.text))
        return None
    if found[0].kind not in wanted:
        needed = kinds.of_kind(wanted[0] if len(wanted) == 1 else "rule")
        kind = kinds.of_kind(found[0].kind)
        world.collector.add(
            WrongKind(name.span, name=name.text, found=kind, needed=needed, declared=found[0].span)
        )
        return None
    return found[0]


def _following(world: World, name: Name) -> list[str]:
    """What may be meant by a name like `Paymnt.breached`: the same of each rule that there is; only a signal is crossed."""
    if len(name.parts) != 2:
        return []
    verb = name.parts[-1]
    verbs = [verb] if verb in kinds.FOLLOWING else close(verb, kinds.FOLLOWING)
    rules = [item.name for item in world.all_values() if item.kind in {"obligation", "right"}]
    return [f"{owner}.{one}" for one in verbs for owner in (world.signals if one in _CROSSED else rules)]


def event(world: World, name: Name, entity: str) -> EventDeclared | None:
    """An event type by its whole name, or by its verb among the subject's events, else among all where only one fits."""
    known = world.events
    found = find_event(world, name, entity)
    if found is not None:
        return found
    fitting = _of_verb(world, name)
    if fitting:
        near = tuple(sorted(item.name for item in fitting))
        world.collector.add(AmbiguousName(name.span, name=name.text, near=near))
        return None
    verbs = [item.verb for item in known.values() if not entity or item.entity == entity]
    near = close(name.text, (*verbs, *known, *_following(world, name))) or candidates(name.text, verbs)
    world.collector.add(
        errors.UnknownEvent(
            name.span, name=name.text, near=near, use=brought(world, name.text, f"{entity}.{name.text}")
        ),
        ("event", entity, name.text),
    )
    return None


def find_event(world: World, name: Name, entity: str) -> EventDeclared | None:
    """The event type that a name means, without a word where it means none or several."""
    known = world.events
    whole = known.get(name.text) or (known.get(f"{entity}.{name.text}") if entity else None)
    if whole is not None:
        return whole
    fitting = _of_verb(world, name)
    return fitting[0] if len(fitting) == 1 else None


def _of_verb(world: World, name: Name) -> list[EventDeclared]:
    return [item for item in world.events.values() if item.verb == name.text] if len(name.parts) == 1 else []


def type_of(world: World, name: Name) -> Ty | None:
    """The type that a type name stands for: built in, or declared levels."""
    text = name.text
    if text in world.levels:
        return f"levels:{text}"
    if text in world.units:
        world.used.add(("unit", text))
        return f"amount:{text}"
    built_in = kinds.TYPE_NAMES.get(text)
    if built_in == "money":
        if world.currency:
            return f"amount:{world.currency}"
        world.collector.add(
            NoCurrency(name.span, line=line("currency", "CNY", chinese=world.chinese)), ("currency", "")
        )
        return None
    if built_in is None:
        own = [known for known in kinds.TYPE_NAMES if known.isascii() is not world.chinese]
        near = close(text, (*own, *world.levels)) or tuple(own)
        world.collector.add(errors.UnknownType(name.span, name=text, near=near), ("type", text))
    return built_in


def has_term(world: World, span: Span) -> bool:
    """Whether the contract has a term that something can hang on; reported where it has none."""
    if any(kind == "term" for kind, _, _ in world.life):
        return True
    world.collector.add(TermMissing(span), ("term", ""))
    return False


def unknown(world: World, name: str, span: Span, visible: list[str], first: Iterable[str] = ()) -> None:
    """Report a name that nothing declares; of a dotted one the part before the dot may be what is misspelt.

    `first` are the names that are offered where none is near: the fields of the event that is read.
    """
    near = candidates(name, visible) or tuple(first)
    head, dot, rest = name.partition(".")
    if dot and not near:
        near = tuple(f"{one}.{rest}" for one in close(head, visible))
    world.collector.add(
        errors.UnknownName(
            span, name=name, near=near, use=brought(world, name), figures=in_figures(name, span)
        ),
        ("name", name),
    )


def in_figures(name: str, span: Span) -> str:
    """A count written in Chinese numerals (`七日`, `十五个工作日内`), as the language reads it: `7 日`; empty where it is none."""
    found = _COUNTED.fullmatch(name)
    if found is None:
        return ""
    unit = "个" + found[2] if found[2] in ("月", "工作日") else found[2]
    return f"{chinese_number(found[1], span)} {unit}"


def brought(world: World, *names: str) -> str:
    """The `use` line of the library that declares one of some names and is not used; empty where there is none."""
    found = next((world.elsewhere()[name] for name in names if name in world.elsewhere()), "")
    return line("use", found, chinese=world.chinese) if found else ""
