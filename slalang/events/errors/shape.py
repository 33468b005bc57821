"""Messages about the form of event files: encodings, lines, JSON, CSV, and what a load as a whole came to."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class FactsUnfit(Diagnostic):
    """Some lines of the event files cannot be taken, so nothing was evaluated: a missing event could change a verdict."""

    code = "SLA-E0600"
    page_zh = "事件文件中有无法采用的行，因此未作任何评估：缺少一个事件就可能改变结论"
    title = Text(en="facts that cannot be taken", zh="事实无法采用")
    label = Text(
        en="{unfit} of {read} facts read are unfit: {codes}",
        zh="读到 {read} 条事实，其中 {unfit} 条不合格: {codes}",
    )
    why = Text(en="a verdict must not rest on facts with holes in them", zh="结论不能建立在有缺漏的事实上")
    hint = Text(
        en="mend them, or set them aside with `--lenient`", zh="请修正这些行，或用 `--lenient` 将其搁置"
    )
    unfit: int
    read: int
    codes: tuple[str, ...]


class FactsSetAside(Diagnostic):
    """With `--lenient`, unfit lines were written to a reject file with their reasons, and the run went on without them."""

    code = "SLA-E0601"
    severity = "warning"
    page_zh = "使用 `--lenient` 时，不合格的行连同原因写入搁置文件，运行在没有这些行的情况下继续"
    title = Text(en="lines set aside", zh="有行被搁置")
    label = Text(
        en="{unfit} of {read} facts read, by code: {codes}",
        zh="读到 {read} 条事实，搁置 {unfit} 条，按代码: {codes}",
    )
    why = Text(
        en="verdicts rest on the remaining facts; lines and reasons are in `{rejects}`",
        zh="结论只依据其余事实；各行及原因见 `{rejects}`",
    )
    unfit: int
    read: int
    codes: tuple[str, ...]
    rejects: str


class NotJson(Diagnostic):
    """A line of a JSON Lines file is not one JSON object of its own."""

    code = "SLA-E0602"
    page_zh = "JSON Lines 文件中的一行不是一个独立的 JSON 对象"
    title = Text(en="line is not a JSON object", zh="此行不是 JSON 对象")
    label = Text(en="{reason}", zh="{reason}")
    hint = Text(
        en='write one object a line: `{{"id": "1", "type": "ticket.opened", …}}`',
        zh='每行写一个对象: `{{"id": "1", "type": "ticket.opened", …}}`',
    )
    reason: Text


class KeyTwice(Diagnostic):
    """A JSON object gives one key twice, so it has two meanings."""

    code = "SLA-E0603"
    page_zh = "JSON 对象中同一个键出现两次，含义不唯一"
    title = Text(en="the same key twice", zh="同一个键出现两次")
    label = Text(en="`{key}` is given twice", zh="`{key}` 出现了两次")
    hint = Text(en="keep one of them", zh="请只保留一个")
    key: str


class LineTooLong(Diagnostic):
    """A line is longer than a megabyte: it is refused before it is read whole, so that memory stays bounded."""

    code = "SLA-E0604"
    page_zh = "一行超过 1 MB，在完整读取之前即被拒绝，以限制内存占用"
    title = Text(en="line too long", zh="行过长")
    label = Text(en="a line holds at most {most} bytes", zh="一行最多 {most} 字节")
    most: int


class EncodingUnknown(Diagnostic):
    """An event file is neither UTF-8 nor GB18030 text; nothing of it can be trusted."""

    code = "SLA-E0605"
    page_zh = "事件文件既不是 UTF-8 也不是 GB18030 文本，其内容均不可信"
    title = Text(en="text in an unknown encoding", zh="文本编码无法识别")
    label = Text(en="this line is neither UTF-8 nor GB18030", zh="此行既不是 UTF-8 也不是 GB18030")
    hint = Text(en="save the file as UTF-8", zh="将文件另存为 UTF-8")


class EncodingTaken(Diagnostic):
    """A file is not UTF-8 and was read as GB18030, as Chinese spreadsheet programs write it."""

    code = "SLA-E0606"
    severity = "note"
    page_zh = "文件不是 UTF-8，已按 GB18030 读取（中文电子表格软件常用此编码）"
    title = Text(en="file read as GB18030", zh="文件按 GB18030 读取")
    label = Text(en="line {line} is not UTF-8", zh="第 {line} 行不是 UTF-8")
    line: int


class ArchiveDamaged(Diagnostic):
    """A `.gz` file is cut off or damaged: what it still yields may not be all there was."""

    code = "SLA-E0607"
    page_zh = "`.gz` 文件被截断或已损坏：能读出的部分可能不是全部内容"
    title = Text(en="compressed file is damaged", zh="压缩文件已损坏")
    label = Text(en="{reason}", zh="{reason}")
    hint = Text(en="fetch the file again", zh="请重新取得该文件")
    reason: str


class FileEmpty(Diagnostic):
    """A file of facts holds nothing at all; that may be right for a quiet month, but it is said."""

    code = "SLA-E0608"
    severity = "note"
    page_zh = "事实文件没有任何内容；平静的月份可能确实如此，但仍予说明"
    title = Text(en="file without facts", zh="文件中没有事实")
    label = Text(en="no line holds an event or a register entry", zh="没有任何一行是事件或登记条目")


class HeadTwice(Diagnostic):
    """Two columns of a table have the same name, so a cell's meaning is not settled."""

    code = "SLA-E0609"
    page_zh = "表格中两列同名，单元格的含义不确定"
    title = Text(en="two columns with one name", zh="两列同名")
    label = Text(en="column `{column}` stands twice in the head", zh="表头中 `{column}` 出现两次")
    hint = Text(en="rename or remove one of them", zh="请改名或删去其中一列")
    column: str


class ColumnsNotEvents(Diagnostic):
    """A CSV file without a binding must have the columns of an event."""

    code = "SLA-E0610"
    page_zh = "没有绑定的 CSV 文件必须含有事件所需的列"
    title = Text(en="table is not a list of events", zh="表格不是事件列表")
    label = Text(en="the head lacks {missing}", zh="表头缺少 {missing}")
    why = Text(en="its columns are {columns}", zh="现有的列为 {columns}")
    hint = Text(
        en="say with `--bindings` how its columns become events", zh="用 `--bindings` 说明各列如何成为事件"
    )
    missing: tuple[str, ...]
    columns: tuple[str, ...]


class RowRagged(Diagnostic):
    """A row has more or fewer cells than the head has columns: cells may have slipped into the wrong column."""

    code = "SLA-E0611"
    page_zh = "某行的单元格数与表头列数不符：内容可能错列"
    title = Text(en="row does not fit the head", zh="行与表头不符")
    label = Text(en="{found} cells, the head has {wanted}", zh="有 {found} 个单元格，表头为 {wanted} 列")
    found: int
    wanted: int


class RowUnreadable(Diagnostic):
    """A row of a CSV file breaks the rules of quoting: a quote that is not closed, or text after a closing quote."""

    code = "SLA-E0612"
    page_zh = "CSV 行的引号有误：引号未闭合，或闭合引号之后还有文字"
    title = Text(en="row cannot be read", zh="行无法读取")
    label = Text(en="{reason}", zh="{reason}")
    hint = Text(
        en='double a quote inside a quoted cell: `"a ""b"" c"`', zh='引号内的引号要双写: `"a ""b"" c"`'
    )
    reason: Text


class NotWritable(Diagnostic):
    """A reject file or a temporary file cannot be written: the disk is full, or the place is not writable. Nothing half-written is left."""

    code = "SLA-E0613"
    page_zh = "搁置文件或临时文件无法写入：磁盘已满，或目标位置不可写。不会留下写了一半的文件"
    title = Text(en="file cannot be written", zh="文件无法写入")
    label = Text(en="the system says: {reason}", zh="系统提示: {reason}")
    reason: str


class DocumentTooLong(Diagnostic):
    """A table that is one JSON document is longer than 100 MB: it would have to be held in memory as a whole."""

    code = "SLA-E0614"
    page_zh = "单个 JSON 文档形式的表超过 100 MB：须整体放入内存"
    title = Text(en="JSON document too long", zh="JSON 文档过长")
    label = Text(en="longer than {most} bytes", zh="超过 {most} 字节")
    hint = Text(en="write one record a line (JSON Lines)", zh="请改为每行一条记录（JSON Lines）")
    most: int


class ParquetNeedsLibrary(Diagnostic):
    """A Parquet file is given, and the library that reads such files is not installed: it is heavy, so it is an extra."""

    code = "SLA-E0615"
    page_zh = "给出了 Parquet 文件，而读取它的库没有安装：该库较大，因而列为可选"
    title = Text(en="library for Parquet missing", zh="读取 Parquet 需要额外的库")
    label = Text(
        en="this file is Parquet, and `pyarrow` is not installed",
        zh="此文件为 Parquet，而 `pyarrow` 没有安装",
    )
    hint = Text(
        en='install slalang with the extra: `pip install "slalang[parquet]"`; or give the table as CSV or JSON Lines',
        zh='安装时带上可选项：`pip install "slalang[parquet]"`；或以 CSV、JSON Lines 提供该表',
    )


class ParquetUnreadable(Diagnostic):
    """A Parquet file is cut off or damaged."""

    code = "SLA-E0616"
    page_zh = "Parquet 文件被截断或已损坏"
    title = Text(en="damaged Parquet file", zh="Parquet 文件已损坏")
    label = Text(en="{reason}", zh="{reason}")
    hint = Text(en="fetch the file again", zh="请重新取得该文件")
    reason: str


class ParquetColumn(Diagnostic):
    """A column of a Parquet file holds lists, records or bytes; a field of an event is a single value."""

    code = "SLA-E0617"
    page_zh = "Parquet 文件的某列为列表、记录或字节；事件的字段应为单个值"
    title = Text(en="column of no single values", zh="列不是单个值")
    label = Text(en="column `{column}` holds {type}", zh="列 `{column}` 的类型为 {type}")
    hint = Text(
        en="write its parts as columns of their own, or give the table as JSON",
        zh="请将其各部分写成单独的列，或以 JSON 提供该表",
    )
    column: str
    type: str


SHAPE_CODES = (
    FactsUnfit,
    FactsSetAside,
    NotJson,
    KeyTwice,
    LineTooLong,
    EncodingUnknown,
    EncodingTaken,
    ArchiveDamaged,
    FileEmpty,
    HeadTwice,
    ColumnsNotEvents,
    RowRagged,
    RowUnreadable,
    NotWritable,
    DocumentTooLong,
    ParquetNeedsLibrary,
    ParquetUnreadable,
    ParquetColumn,
)
