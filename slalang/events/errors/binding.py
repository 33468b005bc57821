"""Messages about bindings (the TOML file) and about the tables that they turn into events."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class BindingUnreadable(Diagnostic):
    """A bindings file is not TOML."""

    code = "SLA-E0650"
    page_zh = "绑定文件不是 TOML"
    title = Text(en="bindings are not TOML", zh="绑定文件不是 TOML")
    label = Text(en="{reason}", zh="此处不符合 TOML: {reason}")
    hint = Text(en="{remedy}", zh="{remedy}")
    reason: str
    remedy: Text | None = None


class BindingKeyUnknown(Diagnostic):
    """A bindings file has a key that nothing reads: a misspelt key would otherwise be ignored in silence."""

    code = "SLA-E0651"
    page_zh = "绑定文件中有无人读取的键：否则拼错的键会被悄悄忽略"
    title = Text(en="unknown key in the bindings", zh="绑定文件中有未知的键")
    label = Text(en="`{key}` is read by nothing", zh="没有任何部分读取 `{key}`")
    hint = Text(en="known here: {known}", zh="此处可用: {known}")
    key: str
    known: tuple[str, ...]


class BindingKeyMissing(Diagnostic):
    """A binding lacks a key without which a table cannot become events."""

    code = "SLA-E0652"
    page_zh = "绑定缺少将表格变为事件所必需的键"
    title = Text(en="key missing in the bindings", zh="绑定文件缺少键")
    label = Text(en="`{key}` is missing", zh="缺少 `{key}`")
    hint = Text(en="write, for example, `{sample}`", zh="例如写 `{sample}`")
    key: str
    sample: str


class BindingValueWrong(Diagnostic):
    """A key of a bindings file holds a value that it cannot have."""

    code = "SLA-E0653"
    page_zh = "绑定文件中某个键的值不合要求"
    title = Text(en="value in the bindings cannot be taken", zh="绑定文件中的值无法采用")
    label = Text(en="`{key}` must be {wanted}, found {found}", zh="`{key}` 应为{wanted}，实为{found}")
    key: str
    wanted: Text
    found: Text | str


class BindingUnused(Diagnostic):
    """A binding names a file pattern that fits none of the files given."""

    code = "SLA-E0654"
    severity = "warning"
    page_zh = "绑定的文件名样式与给出的任何文件都不相符"
    title = Text(en="binding without a file", zh="绑定没有对应的文件")
    label = Text(en="no file fits `{pattern}`", zh="没有文件符合 `{pattern}`")
    hint = Text(en="files given: {files}", zh="给出的文件: {files}")
    pattern: str
    files: tuple[str, ...]


class ColumnMissing(Diagnostic):
    """A binding reads a column that the table does not have."""

    code = "SLA-E0655"
    page_zh = "绑定所读的列在表格中不存在"
    title = Text(en="no such column", zh="没有这一列")
    label = Text(en="the binding reads `{column}`", zh="绑定读取 `{column}`")
    hint = (
        Text(en="near it: {near}", zh="相近的列: {near}"),
        Text(en="the table has {columns}", zh="表格的列为 {columns}"),
    )
    column: str
    near: tuple[str, ...]
    columns: tuple[str, ...]


class ValueUnmapped(Diagnostic):
    """A cell holds a value for which the binding's map has no entry; leaving it out would be a silent loss."""

    code = "SLA-E0656"
    page_zh = "单元格的值在绑定的对照表中没有条目；略去即为无声的遗漏"
    title = Text(en="value without a mapping", zh="值没有对照")
    label = Text(en="column `{column}` holds `{found}`", zh="列 `{column}` 的值为 `{found}`")
    hint = (
        Text(
            en='give it an event with `value = "{state}"`, or list it in `ignore`',
            zh='为其写一个带 `value = "{state}"` 的事件，或列入 `ignore`',
        ),
        Text(
            en="add `{found}` to the map, or give `otherwise`",
            zh="请将 `{found}` 加入对照表，或写明 `otherwise`",
        ),
    )
    column: str
    found: str
    state: str = ""


class CellBlank(Diagnostic):
    """A cell is blank that an event or entry needs."""

    code = "SLA-E0657"
    page_zh = "事件或条目所需的单元格为空"
    title = Text(en="blank cell", zh="单元格为空")
    label = Text(en="column `{column}` is blank", zh="列 `{column}` 为空")
    hint = Text(
        en="fill it, or write `skip_blank = true` where a blank means that nothing happened",
        zh="请补上；若空白表示没有发生，写 `skip_blank = true`",
    )
    column: str


class CellTime(Diagnostic):
    """A cell holds no time in the binding's format, or one that the zone's clocks skip or show twice."""

    code = "SLA-E0658"
    page_zh = "单元格不是绑定格式的时间，或该时区的时钟跳过或重复了该时间"
    title = Text(en="time in a cell cannot be taken", zh="单元格中的时间无法采用")
    label = Text(en="column `{column}`: {reason}", zh="列 `{column}`：{reason}")
    hint = Text(en="{fix_words}", zh="{fix_words}")
    column: str
    reason: Text
    fix_words: Text | None = None
    found: str = ""


class CellNumber(Diagnostic):
    """A binding says `decimal = ","`, and a cell of an amount or a number is not written so."""

    code = "SLA-E0665"
    page_zh = "绑定写明小数点为逗号，而单元格的金额或数字不是这样写的"
    title = Text(en="number in a cell cannot be taken", zh="单元格中的数字无法采用")
    label = Text(
        en="column `{column}`: `{found}` is no number with a decimal comma, such as `1.234,50`",
        zh="列 `{column}`：`{found}` 不是以逗号为小数点的数字，例如 `1.234,50`",
    )
    column: str
    found: str


class IntervalReversed(Diagnostic):
    """An interval ends before it starts."""

    code = "SLA-E0659"
    page_zh = "区间的结束早于开始"
    title = Text(en="interval ends before it starts", zh="区间的结束早于开始")
    label = Text(en="from {start} until {end}", zh="自 {start} 至 {end}")
    start: str
    end: str


class RowsSilent(Diagnostic):
    """What a binding left out or moved, as it says: blank times that mean nothing happened, filtered rows, ignored states, times moved."""

    code = "SLA-E0660"
    severity = "note"
    page_zh = "绑定按其规定略去或移动的内容：表示未发生的空白时间、被筛去的行、忽略的状态、被移动的时间"
    title = Text(en="left out or moved by a binding", zh="绑定略去或移动的内容")
    label = Text(en="{said}", zh="{said}")
    said: tuple[str, ...]


class CellNested(Diagnostic):
    """A column of a JSON record holds an array or an object where one value is read."""

    code = "SLA-E0661"
    page_zh = "JSON 记录的某列是数组或对象，而此处只读一个值"
    title = Text(en="not a single value", zh="不是单个值")
    label = Text(en="column `{column}` holds {kind}", zh="列 `{column}` 为{kind}")
    hint = Text(
        en='name a key inside it, `{column}.KEY`; for a row from each element of an array, write `each = "{column}"`',
        zh='请写其内部的键 `{column}.键`；若数组的每个元素各成一行，写 `each = "{column}"`',
    )
    column: str
    kind: Text


class NotAnArray(Diagnostic):
    """A column that `each` lays out into rows is no array."""

    code = "SLA-E0662"
    page_zh = "`each` 要展开成行的列不是数组"
    title = Text(en="not an array", zh="不是数组")
    label = Text(en="`each` names `{column}`, which holds {found}", zh="`each` 所指的 `{column}` 为{found}")
    column: str
    found: Text


class NoRecords(Diagnostic):
    """The key that `records` names holds no array of records in a JSON document."""

    code = "SLA-E0663"
    page_zh = "JSON 文档中 `records` 所指的键不是记录数组"
    title = Text(en="no records in the document", zh="文档中没有记录")
    label = Text(en="`{key}` is no array there", zh="`{key}` 在其中不是数组")
    hint = Text(en="the document has {keys}", zh="文档的键为 {keys}")
    key: str
    keys: tuple[str, ...]


class NotJsonTable(Diagnostic):
    """`records` and `each` speak of JSON, and the file is a CSV table."""

    code = "SLA-E0664"
    page_zh = "`records` 与 `each` 用于 JSON，而该文件是 CSV 表"
    title = Text(en="the table is not JSON", zh="该表不是 JSON")
    label = Text(
        en="the binding has `{key}`, which only a JSON file can follow",
        zh="绑定含 `{key}`，仅适用于 JSON 文件",
    )
    key: str


BINDING_CODES = (
    BindingUnreadable,
    BindingKeyUnknown,
    BindingKeyMissing,
    BindingValueWrong,
    BindingUnused,
    ColumnMissing,
    ValueUnmapped,
    CellBlank,
    CellTime,
    CellNumber,
    IntervalReversed,
    RowsSilent,
    CellNested,
    NotAnArray,
    NoRecords,
    NotJsonTable,
)
