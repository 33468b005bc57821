"""Messages about the form of decision tables (SLA-E0411 to SLA-E0419); what sweeping finds is in `prove.errors`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Diagnostic, Label, Text

if TYPE_CHECKING:
    from slalang.source.text import Span


class RowWidth(Diagnostic):
    """A row has more or fewer cells than the head."""

    code = "SLA-E0411"
    page_zh = "行的单元格数与表头不同"
    title = Text(en="row of another width", zh="行的单元格数不符")
    label = Text(en="{found} cells under a head of {wanted}", zh="此行 {found} 格，表头 {wanted} 格")
    places = (Label("head", en="the head", zh="表头"),)
    bad = "table t\n  | priority | = pay |\n  | Critical |\n  otherwise 5%"
    good = "table t\n  | priority | = pay |\n  | Critical | 1% |\n  otherwise 5%"
    found: int
    wanted: int
    head: Span | None = None


class EmptyCell(Diagnostic):
    """A cell is empty: what matches every value is written `any`."""

    code = "SLA-E0412"
    page_zh = "单元格为空：匹配任何值应写作 `任意`"
    title = Text(en="empty cell", zh="空单元格")
    label = Text(en="nothing is written here", zh="此处没有内容")
    hint = Text(en="{remedy}", zh="{remedy}")
    bad = "table t\n  | priority | = pay |\n  | | 1% |"
    good = "table t\n  | priority | = pay |\n  | any | 1% |"
    remedy: Text


class NoResult(Diagnostic):
    """A table has no result column: a head cell that begins with `=`."""

    code = "SLA-E0413"
    page_zh = "表格没有结果列：结果列的表头以 `=` 开头"
    title = Text(en="table without a result", zh="表格没有结果列")
    label = Text(en="no head cell begins with `=`", zh="没有以 `=` 开头的表头单元格")
    bad = "table t\n  | priority |\n  | Critical |"
    good = "table t\n  | priority | = pay |\n  | Critical | 1% |\n  otherwise 2%"


class NoRows(Diagnostic):
    """A table has a head and no row, or not even a head."""

    code = "SLA-E0414"
    page_zh = "表格没有数据行，或连表头也没有"
    title = Text(en="table without rows", zh="表格没有行")
    label = Text(en="no case is stated", zh="没有写明任何情形")
    bad = "table t\n  | priority | = pay |"
    good = "table t\n  | priority | = pay |\n  | any | 1% |"


class CellForm(Diagnostic):
    """A cell is of a form that its column cannot have: a range of levels, a comparison inside a list, a list as a result."""

    code = "SLA-E0415"
    page_zh = "单元格的形式与所在列不符：等级的区间、列表中的比较、结果中的列表"
    title = Text(en="cell of another form", zh="单元格形式不符")
    label = Text(en="{found} does not fit {column}", zh="{found}不适合{column}")
    places = (Label("head", en="the column", zh="所在列"),)
    bad = "table t\n  | monthly_fee | = pay |\n  | [1 CNY, 2 CNY), 7 CNY | 1% |\n  otherwise 2%"
    good = "table t\n  | monthly_fee | = pay |\n  | [1 CNY, 2 CNY) | 1% |\n  otherwise 2%"
    found: Text
    column: Text
    head: Span | None = None


class EmptyRange(Diagnostic):
    """A range in which no value lies: its ends stand the wrong way round, or it is a point without its end."""

    code = "SLA-E0416"
    page_zh = "区间内没有任何值：两端颠倒，或单点却不含端点"
    title = Text(en="range without a value", zh="区间为空")
    label = Text(en="no value lies in it", zh="没有值落在其中")
    hint = Text(en="write the lower end first", zh="先写较小的一端")
    bad = "table t\n  | monthly_fee | = pay |\n  | [2 CNY, 1 CNY) | 1% |\n  otherwise 2%"
    good = "table t\n  | monthly_fee | = pay |\n  | [1 CNY, 2 CNY) | 1% |\n  otherwise 2%"


class ManySubjects(Diagnostic):
    """A table is used by rules about different subjects for which its head means different things."""

    code = "SLA-E0417"
    page_zh = "不同主体的规则使用同一表格，而表头对它们含义不同"
    title = Text(en="table read by different subjects", zh="表格被不同主体使用")
    label = Text(en="`{name}` of {one} is not that of {other}", zh="{one}的 `{name}` 与{other}的不同")
    hint = Text(en="write a table for each", zh="各写一张表")
    name: str
    one: str
    other: str


class NoColumn(Diagnostic):
    """A table with several results is used without saying which."""

    code = "SLA-E0418"
    page_zh = "使用有多个结果列的表格时，没有写明哪一列"
    title = Text(en="which result of the table", zh="没有写明表格的哪一列")
    label = Text(en="`{name}` has {near}", zh="`{name}` 有 {near}")
    hint = Text(en="write `{name}.{first}`", zh="写成 `{name}.{first}`")
    bad = "table t\n  | priority | = a | = b |\n  | any | 1% | 2% |\nlet x = t"
    good = "table t\n  | priority | = a | = b |\n  | any | 1% | 2% |\nlet x = t.a"
    name: str
    near: tuple[str, ...]
    first: str


CODES = (RowWidth, EmptyCell, NoResult, NoRows, CellForm, EmptyRange, ManySubjects, NoColumn)
