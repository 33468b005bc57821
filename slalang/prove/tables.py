"""A decision table goes in; its gaps, contradictions, doubled and unreachable rows come out as diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import Field, Op, Param, SignalAt
from slalang.prove.axes import Axis, axis, cuts_in, cuts_of
from slalang.prove.errors import Gap, NotProved, Overlap, SameTwice, Unreachable
from slalang.prove.regions import Region, regions
from slalang.prove.shown import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.diagnostics.collector import Collector
    from slalang.ir.amounts import Table
    from slalang.ir.expressions import Expr
    from slalang.prove.model import Model
    from slalang.prove.places import Places
    from slalang.source.text import Span, Spot

MOST_PAIRS: Final = (
    2000  # overlapping rows of one table that are told; a huge table of them must not take for ever
)


def axes_of(model: Model, table: Table, when: Expr | None) -> list[Axis] | None:
    """The axes of a table's inputs, cut where its rows or the condition around it change."""
    found: list[Axis] = []
    around = cuts_in(model, [when]) if when is not None else set()
    for place, column in enumerate(table.inputs):
        cuts = cuts_of(model, table, place)
        made = (
            axis(model, column.value, column.name, cuts | around)
            if cuts is not None and column.value
            else None
        )
        if made is None:
            return None
        found.append(made)
    return found


def sweep_table(model: Model, table: Table, when: Expr | None, places: Places, collector: Collector) -> None:
    """Look at every region of the inputs; `when` is the condition under which the table is read at all."""
    axes = axes_of(model, table, when)
    found = regions(model, table, axes) if axes is not None else None
    if axes is None or found is None:
        what = Text(en="the rows cannot be compared with fixed values", zh="各行无法与固定值比较")
        collector.add(NotProved(places.of(table.about.place), name=table.name, what=what))
        return
    reached: set[int] = set()
    told: dict[tuple[int, int], Region] = {}
    gaps: list[Region] = []
    for region in found:
        first_only = table.rows_policy == "first_applies"
        reached.update(region.rows[:1] if first_only else region.rows)
        if when is not None and model.value(when, region.known(axes)) is False:
            continue
        if not region.rows and table.otherwise is None and not table.partial:
            gaps.append(region)
        if table.rows_policy == "one_applies":
            for other in region.rows[1:]:
                pair = (region.rows[0], other)
                if pair not in told and len(told) < MOST_PAIRS:
                    told[pair] = region
    # A row written twice where another was meant leaves that one's case out: one mistake, told at the row.
    copied = next((pair for pair in told if _is_copy(table, pair)), None)
    for pair, region in told.items():
        left_out = gaps[0].text(axes) if gaps and pair == copied else None
        _overlap(model, table, axes, region, pair, left_out, places, collector)
    for region in gaps[1:] if copied else gaps:
        at = _nearest(table, axes, region, places)
        collector.add(Gap(at, region=region.text(axes), witness=region.witness(axes)))
    if len(told) == MOST_PAIRS:
        what = Text(
            en=f"{MOST_PAIRS} pairs of rows overlap; no more were compared",
            zh=f"已有 {MOST_PAIRS} 对行重叠；不再继续比较",
        )
        collector.add(NotProved(places.of(table.about.place), name=table.name, what=what))
    _unreachable(table, reached, places, collector)


def _nearest(table: Table, axes: Sequence[Axis], region: Region, places: Places) -> Span | Spot:
    """The row beside a gap on a line, else the table itself."""
    for place, (one, (first, last)) in enumerate(zip(axes, region.items, strict=True)):
        if not one.stretches or (first, last) == (0, one.size - 1):
            continue
        stretch = one.stretches[first].joined(one.stretches[last])
        for row in table.rows:
            cell = row.cells[place]
            if cell.kind != "range":
                continue
            ends = [end.value for end in (cell.low, cell.high) if end is not None and end.kind == "const"]
            if any(str(edge) in ends for edge in (stretch.low, stretch.high) if edge is not None):
                return places.row(table.about.place, row.line)
    return places.of(table.about.place)


def _is_copy(table: Table, pair: tuple[int, int]) -> bool:
    """Whether two rows have the same inputs and other results."""
    one, other = (table.rows[number] for number in pair)
    return one.cells == other.cells and one.results != other.results


def _overlap(
    model: Model,
    table: Table,
    axes: Sequence[Axis],
    region: Region,
    pair: tuple[int, int],
    left_out: Text | None,
    places: Places,
    collector: Collector,
) -> None:
    one, other = (table.rows[number] for number in pair)
    at, first = places.row(table.about.place, other.line), places.second(table.about.place, one.line)
    if one.results == other.results:
        collector.add(SameTwice(at, region=region.text(axes), first=first))
        return
    known = region.known(axes)
    values = [[model.value(result, known) for result in row.results] for row in (one, other)]
    alone = all(
        axis.stretches[item[0]].is_point
        for axis, item in zip(axes, region.items, strict=True)
        if axis.stretches
    )
    if alone and None not in values[0] and values[0] == values[1]:
        return  # two formulas that meet in a point agree there
    shown = [", ".join(_result(model, result) for result in row.results) for row in (one, other)]
    collector.add(
        Overlap(
            at,
            region=region.text(axes),
            one=shown[0],
            other=shown[1],
            witness=region.witness(axes),
            remedy=_remedy(table, pair, left_out),
            first=first,
        )
    )


def _remedy(table: Table, pair: tuple[int, int], left_out: Text | None) -> Text:
    """How rows that overlap are parted: by another value where both name the same, by their ends where they are ranges."""
    if left_out is not None:
        return Text(
            en=f"{left_out.en} stands in no row: write it in one of the two",
            zh=f"{left_out.zh}不在任何一行中: 请在两行之一写明",
        )
    one, other = (table.rows[number] for number in pair)
    if any("range" in {a.kind, b.kind} for a, b in zip(one.cells, other.cells, strict=True)):
        return Text(
            en="write `[` or `(` so that each end stands in one row, or say which row goes first",
            zh="用 `[` 或 `(` 使每个端点只在一行中，或写明何者优先",
        )
    return Text(
        en="leave one of the two rows out, or say which row goes first: `rows : first applies`",
        zh="删去两行之一，或写明何者优先: `行 : 首行`",
    )


def _result(model: Model, result: Expr) -> str:
    """A result in short: a share of the base is shown by itself."""
    if isinstance(result, Op) and result.op == "*" and isinstance(result.args[0], Param | Field | SignalAt):
        base = result.args[0]
        return (
            f"{_result(model, result.args[1])} × {base.signal if isinstance(base, SignalAt) else base.name}"
        )
    if result.kind == "const" and result.type == "limit":
        sign, ty, raw = result.value.split(" ", 2)
        inner = model.value(type(result)(ty, raw), {})
        return f"{sign} {show(inner, ty)}" if inner is not None else f"{sign} {raw} {ty}"
    value = model.value(result, {})
    return show(value, result.type) if value is not None else "…"


def _unreachable(table: Table, reached: set[int], places: Places, collector: Collector) -> None:
    for number, row in enumerate(table.rows):
        if number in reached:
            continue
        because = (
            Text(en="the rows above it hold for every such case", zh="其上各行已涵盖所有此类情形")
            if table.rows_policy == "first_applies"
            else Text(en="no possible value of the inputs fits it", zh="输入不可能取到此行的值")
        )
        collector.add(Unreachable(places.row(table.about.place, row.line), because=because))
