"""Messages about a table of names: it cannot be read, or the contract under it would not be the same contract."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text

NAME = Text(en="name", zh="名称")
TEXT = Text(en="text", zh="文字")
COMMENT = Text(en="comment", zh="注释")


class NamesUnreadable(Diagnostic):
    """A table of names is not TOML, or has something in it that is no pair of texts below `[names]`, `[texts]` or `[comments]`."""

    code = "SLA-E0751"
    title = Text(en="table of names cannot be read", zh="无法读取名称对照表")
    label = Text(en="{reason}", zh="{reason}")
    example = Text(
        en='[names]\nProvider = "甲方"\n[texts]\n"Response times" = "响应时间"',
        zh='[names]\nProvider = "甲方"\n[texts]\n"Response times" = "响应时间"',
    )
    page_zh = "名称对照表不是 TOML，或其中有不属于 `[names]`、`[texts]`、`[comments]` 的内容。"

    reason: Text


class NameNowhere(Diagnostic):
    """A table of names speaks of something that the contract does not have: a misspelt entry would otherwise do nothing."""

    code = "SLA-E0752"
    title = Text(en="the contract has no such name or text", zh="合同中没有该名称或文字")
    label = Text(en="no {sort} `{given}` occurs in {file}", zh="{file} 中没有{sort} `{given}`")
    hint = Text(en="it has {near}", zh="合同中有 {near}")
    page_zh = "对照表中的一项在合同中不存在：拼错的条目否则会悄悄失效。"

    sort: Text
    given: str
    file: str
    near: tuple[str, ...]


class NamesClash(Diagnostic):
    """Two different things would have one name, so that nobody could turn the contract back."""

    code = "SLA-E0753"
    title = Text(en="two things would have one name", zh="两者将同名")
    label = (
        Text(
            en="`{given}` and `{other}` would both be `{target}`",
            zh="`{given}` 与 `{other}` 都将成为 `{target}`",
        ),
        Text(
            en="`{given}` would be `{target}`, which the contract already has",
            zh="`{given}` 将成为 `{target}`，而合同中已有它",
        ),
    )
    hint = Text(en="choose another one", zh="请另选一个")
    page_zh = "改名后两个不同的对象会同名，合同便无法改回。"

    given: str
    target: str
    other: str | None = None


class NotAName(Diagnostic):
    """A table of names gives something a name that the language cannot read as one."""

    code = "SLA-E0754"
    title = Text(en="not a name", zh="不是名称")
    label = Text(en="`{target}` cannot be a name", zh="`{target}` 不能作名称")
    hint = Text(
        en="a name is letters of any script, digits, `_`, and a hyphen inside; it begins with a letter",
        zh="名称由任何文字的字母、数字、`_` 和中间的连字符组成，以字母开头",
    )
    page_zh = "对照表给出的名称不合名称的写法。"

    target: str


class LibrarysName(Diagnostic):
    """A table of names renames a word of a library: the contract would no longer find it there."""

    code = "SLA-E0755"
    title = Text(en="a library's word", zh="库中的词")
    label = Text(en="`{name}` is a word of {library}", zh="`{name}` 是 {library} 中的词")
    why = Text(
        en="a word of a library stays: events are told in it",
        zh="库中的词保持不变：事件即以之记述",
    )
    hint = Text(
        en="leave it out of the table, or give the contract's own name another spelling",
        zh="请从表中删去，或为合同自己的名称改用另一写法",
    )
    page_zh = "对照表改动了库中的词：改名后合同在库中便找不到它。"

    name: str
    library: str


class MeaningMoved(Diagnostic):
    """Under the new names the contract would not mean what it means: nothing is written."""

    code = "SLA-E0756"
    title = Text(en="the contract would not mean the same", zh="合同含义将改变")
    label = Text(en="{reason}", zh="{reason}")
    hint = Text(
        en="a name in the table is also a word of the language, or of the data: leave it out",
        zh="表中某一名称同时是语言或数据中的词：请将其删去",
    )
    page_zh = "改名后合同不再表示原来的意思，因此不写出任何内容。"

    reason: Text


class NotInTable(Diagnostic):
    """What the contract declares or says, and a table of names leaves as it is."""

    code = "SLA-E0757"
    severity = "note"
    title = Text(en="left as they are", zh="未改动")
    label = Text(en="{count} not in the table: {some}", zh="{count} 项不在表中：{some}")
    page_zh = "合同中有名称或文字不在对照表中，保持原样。"

    count: int
    some: tuple[str, ...]


CODES = (NamesUnreadable, NameNowhere, NamesClash, NotAName, LibrarysName, MeaningMoved, NotInTable)
