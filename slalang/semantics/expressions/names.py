"""A name inside an expression goes in; what it means in its context comes out as an expression of the IR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates, close
from slalang.ir.expressions import (
    AmountRef,
    Const,
    Expr,
    Field,
    MetricRef,
    Named,
    Param,
    SignalAt,
    TableLookup,
    Ty,
)
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.names import UnknownLevel, UnknownName
from slalang.semantics.errors.reach import (
    AmbiguousName,
    AmbiguousPath,
    NotReached,
    UnknownField,
    ValueNeedsInstant,
    WrongKind,
)
from slalang.semantics.errors.tables import NoColumn
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import of_kind
from slalang.semantics.scope.paths import follow, paths
from slalang.semantics.scope.world import AGREEMENT, ALWAYS_THERE

if TYPE_CHECKING:
    from slalang.semantics.expressions.context import Context
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax.tree import CaseMeasure, Name

_MISSING = object()


def resolve(world: World, name: Name, ctx: Context, wanted: Ty | None) -> Expr | None:
    """The value that a name stands for: local to the subject, then rules and parameters, then levels (`wanted` is what stands beside it)."""
    found = _plain(world, name, ctx, wanted) if len(name.parts) == 1 else _dotted(world, name, ctx)
    return None if found is _MISSING else found  # type: ignore[return-value]


def _plain(world: World, name: Name, ctx: Context, wanted: Ty | None) -> Expr | object | None:
    word = name.parts[0]
    found = local(world, word, ctx)
    if found is not None:
        return found
    declared = world.use(word)
    if declared:
        return _value(world, declared, name, ctx)
    if word in world.units:
        world.used.add(("unit", word))
        return Const(f"amount:{word}", "1")  # `3 × voucher` are three of them
    level = _level(world, name, wanted)
    if level is not _MISSING:
        return level
    if wanted == "text" and ctx.role == "fixed":
        return Const("text", word)  # data, as in a fact or a register
    if wanted == "text" and word not in world.signals:
        near = close(word, visible(world, ctx))
        world.collector.add(UnknownName(name.span, name=word, near=near, quoted=word))
        return None
    if word in world.signals:
        return _far_signal(world, name, ctx)
    if wanted is not None and wanted.startswith("levels:"):
        _no_level(world, name, wanted)
        return None
    lookup.unknown(world, word, name.span, visible(world, ctx), ctx.event.fields if ctx.event else ())
    return None


def local(world: World, word: str, ctx: Context) -> Expr | None:
    """A field of the event, or a signal, field or attribute of the context's own subject."""
    if ctx.role == "event" and ctx.event is not None:
        ty = ctx.event.fields.get(word, (ALWAYS_THERE.get(word), False))[0]
        return Field(ctx.event.kept(word), ty, "event") if ty else None
    if ctx.role in {"fixed", "event"}:
        return None
    owners = world.signals.get(word, {})
    owner = ctx.entity if ctx.entity in owners else "" if "" in owners else None
    if owner is None and ctx.loose and len(owners) == 1:
        owner = next(iter(owners))
    if owner is not None:
        return signal(world, owners[owner], ctx, ())
    return _field(world, word, ctx)


def _field(world: World, word: str, ctx: Context) -> Expr | None:
    for events, of in ((ctx.triggers, "trigger"), (ctx.discharges, "discharge")):
        types = {event.fields[word][0] for event in events if word in event.fields}
        if len(types) == 1:
            return Field(word, types.pop(), of)  # type: ignore[arg-type]
    entity = world.entities.get(ctx.entity)
    if entity and word in entity.attributes:
        return Field(word, entity.attributes[word][0], "register")
    return None


def signal(world: World, declared: Declared, ctx: Context, via: tuple[str, ...]) -> Expr | None:
    """A signal read at the context's instant."""
    world.used.add(("signal", declared.name))
    made = world.made(declared)
    return None if made is None else SignalAt(declared.name, made.type, ctx.at, via)


def _value(world: World, declared: list[Declared], name: Name, ctx: Context) -> Expr | None:
    first = declared[0]
    if first.kind == "table":
        return lookup_in(world, declared, name, None, ctx)
    subject = ctx.entity if first.kind == "let" else ""
    made = [world.made(item, subject) for item in declared]
    if first.kind in {"parameter", "open_word"}:
        return None if made[0] is None else Param(first.name, made[0].type)
    if any(item is None for item in made):
        return None
    if first.kind == "let":
        return Named(first.name, made[0].type)
    if ctx.role in {"fixed", "event", "signal"} and first.kind in {"metric", "amount_rule"}:
        world.collector.add(ValueNeedsInstant(name.span, name=name.text))
        return None
    if first.kind == "metric":
        return MetricRef(first.name, made[0].type)
    if first.kind == "amount_rule":
        return AmountRef(first.name, made[0].amount.type)
    needed = of_kind("value")
    world.collector.add(
        WrongKind(name.span, name=name.text, found=of_kind(first.kind), needed=needed, declared=first.span)
    )
    return None


def lookup_in(
    world: World, tables: list[Declared], name: Name, column: str | None, ctx: Context
) -> Expr | None:
    """A result column of a table; the only one where none is named."""
    made = [world.made(item, ctx.entity) for item in tables]
    if any(item is None for item in made):
        return None
    columns = {item.name: item.type for item in made[0].results}
    if column is None:
        if len(columns) != 1:
            world.collector.add(
                NoColumn(name.span, name=name.text, near=tuple(columns), first=next(iter(columns)))
            )
            return None
        column = next(iter(columns))
    if column not in columns:
        near = candidates(column, columns)
        world.collector.add(UnknownField(name.span, name=column, owner=made[0].name, near=near))
        return None
    return TableLookup(made[0].name, column, columns[column])


def _dotted(world: World, name: Name, ctx: Context) -> Expr | object | None:
    head, last = name.parts[:-1], name.parts[-1]
    tables = world.values.get(head[0], []) if len(head) == 1 else []
    if tables and tables[0].kind == "table":
        return lookup_in(world, world.use(head[0]), name, last, ctx)
    if head == (ctx.entity,):
        found = local(world, last, ctx)
        if found is None:
            _no_field(world, name, last, ctx.entity)
        return found
    for events, of in ((ctx.triggers, "trigger"), (ctx.discharges, "discharge")):
        for event in events:
            if head in {(event.verb,), (event.entity, event.verb)} and last in event.fields:
                return Field(last, event.fields[last][0], of)  # type: ignore[arg-type]
    reached = _walk(world, head, ctx)
    if reached is None:
        lookup.unknown(world, name.text, name.span, visible(world, ctx))
        return None
    entity, via = reached
    return member(world, entity, via, name, ctx)


def _walk(world: World, head: tuple[str, ...], ctx: Context) -> tuple[str, tuple[str, ...]] | None:
    if ctx.role in {"fixed", "event"}:
        return None
    if head == (AGREEMENT,):
        return AGREEMENT, (AGREEMENT,)
    if ctx.entity and (reached := follow(world, ctx.entity, head)):
        return reached
    if ctx.entity and len(head) == 1 and head[0] in world.entities:
        found = paths(world, ctx.entity, head[0])
        return (head[0], found[0]) if len(found) == 1 else None
    if ctx.loose and head[0] in world.entities:
        return follow(world, head[0], head[1:])
    return None


def member(world: World, entity: str, via: tuple[str, ...], name: Name, ctx: Context) -> Expr | None:
    """A signal or register attribute of an entity that was reached."""
    last = name.parts[-1]
    owners = world.signals.get(last, {})
    if entity in owners:
        return signal(world, owners[entity], ctx, via)
    declared = world.entities.get(entity)
    if declared and last in declared.attributes:
        return Field(last, declared.attributes[last][0], "register", via)
    _no_field(world, name, last, entity)
    return None


def _no_field(world: World, name: Name, last: str, entity: str) -> None:
    declared = world.entities.get(entity)
    known = [word for word, owners in world.signals.items() if entity in owners]
    near = candidates(last, [*known, *(declared.attributes if declared else ())])
    world.collector.add(UnknownField(name.span, name=last, owner=entity, near=near), ("field", entity, last))


def _far_signal(world: World, name: Name, ctx: Context) -> Expr | None:
    """A signal of another entity by its bare name: taken where exactly one chain of references leads there."""
    word = name.text
    owners = world.signals[word]
    if ctx.role in {"fixed", "event"}:
        world.collector.add(ValueNeedsInstant(name.span, name=word))
        return None
    if {"", ctx.entity} & set(owners):
        return None  # it is near, and its own lines have a mistake, which is told there
    ways = [
        (owner, path) for owner in owners for path in (paths(world, ctx.entity, owner) if ctx.entity else [])
    ]
    if len(ways) == 1:
        owner, via = ways[0]
        return signal(world, owners[owner], ctx, via)
    if ways:
        shown = tuple(".".join(path) or owner for owner, path in ways)
        world.collector.add(AmbiguousPath(name.span, name=word, paths=shown, example_path=shown[0]))
        return None
    owner = next(iter(owners))
    subject = (
        Text(en=f"`{ctx.entity}`", zh=f" `{ctx.entity}` ")
        if ctx.entity
        else Text(en="the agreement", zh="协议")
    )
    remedy = Text(
        en=f"fold it first: `signal any_{word}` with `any {word} over {owner} by agreement`",
        zh=f"先汇总: `信号 任一_{word}`，`任一 {word} 遍及 {owner} 依 agreement`",
    )
    world.collector.add(NotReached(name.span, name=word, owner=owner, subject=subject, remedy=remedy))
    return None


def _level(world: World, name: Name, wanted: Ty | None) -> Expr | object | None:
    word = name.parts[0]
    if wanted is not None and wanted.startswith("levels:"):
        levels = world.levels.get(wanted.partition(":")[2])
        return Const(wanted, word) if levels and word in levels.values else _MISSING
    if wanted == "text":
        return _MISSING
    fitting = [levels.name for levels in world.levels.values() if word in levels.values]
    if len(fitting) == 1:
        return Const(f"levels:{fitting[0]}", word)
    if fitting:
        near = tuple(f"{levels}: {word}" for levels in fitting)
        world.collector.add(AmbiguousName(name.span, name=word, near=near))
        return None
    return _MISSING


def _no_level(world: World, name: Name, wanted: Ty) -> None:
    levels = world.levels.get(wanted.partition(":")[2])
    if levels is None:
        return
    near = candidates(name.text, levels.values) or levels.values
    found = UnknownLevel(name.span, name=name.text, levels=levels.name, near=near, declared=levels.span)
    world.collector.add(found, ("level", levels.name, name.text))


def visible(world: World, ctx: Context) -> list[str]:
    """Names that could have been meant here, nearest kinds first."""
    names: list[str] = []
    if ctx.event is not None:
        names += [*ctx.event.fields, *ALWAYS_THERE]
    for event in (*ctx.triggers, *ctx.discharges):
        names += event.fields
    if ctx.role not in {"fixed", "event"}:
        names += [
            word for word, owners in world.signals.items() if {"", ctx.entity} & set(owners) or ctx.loose
        ]
    names += [
        name
        for name, found in world.values.items()
        if found[0].kind not in {"obligation", "right", "exception"}
    ]
    names += [value for levels in world.levels.values() for value in levels.values]
    return names


def unpaid(world: World, node: CaseMeasure, ctx: Context) -> Expr | None:
    """What is still owed of an amount at the beginning of a day; any other word before `of` is unknown."""
    if node.what.lower() != "unpaid":
        lookup.unknown(world, f"{node.what} of {node.of.text}", node.span, [])
        return None
    if not ctx.daily:
        text = Text(
            en="what is unpaid is read for each day: in `amount per day late = …`",
            zh="未付的金额按日读取：只用于 `金额 逾期每日 = …`",
        )
        world.collector.add(NotPlaced(node.span, what=text))
        return None
    rule = lookup.rule(world, node.of, "amount_rule")
    ty = world.type_ahead(rule) if rule is not None else None
    return None if rule is None or ty is None else AmountRef(rule.name, ty, unpaid=True)
