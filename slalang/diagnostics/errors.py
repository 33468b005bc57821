"""Messages about files as wholes (SLA-E00xx): a file that cannot be read, a literate file without a contract."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class FileMissing(Diagnostic):
    """A file named on the command line or in a contract does not exist."""

    code = "SLA-E0001"
    page_zh = "命令行或合同中写到的文件不存在"
    title = Text(en="no such file", zh="文件不存在")
    label = Text(en="nothing is stored under this name", zh="没有这个名称的文件")
    hint = Text(en="in the same folder: {near}", zh="同一文件夹中有: {near}")
    near: tuple[str, ...] = ()


class NotAFile(Diagnostic):
    """A folder, a pipe or a device was named where a contract file is needed."""

    code = "SLA-E0002"
    page_zh = "此处需要合同文件，给出的却是文件夹、管道或设备"
    title = Text(en="not a plain file", zh="不是普通文件")
    label = Text(en="this is {kind}", zh="这是{kind}")
    hint = Text(en="name the contract file inside it: {inside}", zh="写出其中的合同文件: {inside}")
    kind: Text
    inside: tuple[str, ...] = ()


class FileTooLarge(Diagnostic):
    """A contract file is larger than 4 MiB: it is refused before it is read whole, so that memory stays bounded."""

    code = "SLA-E0003"
    page_zh = "合同文件超过 4 MiB，在完整读取之前即被拒绝，以限制内存占用"
    title = Text(en="contract file too large", zh="合同文件过大")
    label = Text(en="a contract file holds at most {most} MiB", zh="合同文件最多 {most} MiB")
    hint = Text(
        en="events and registers belong in files of their own, passed with `--events`",
        zh="事件和登记表应放在单独的文件中，用 `--events` 传入",
    )
    most: str


class NotText(Diagnostic):
    """A contract file is neither UTF-8 nor GB18030 text: a damaged file, another encoding, or no text at all."""

    code = "SLA-E0004"
    page_zh = "合同文件既不是 UTF-8 也不是 GB18030 文本：文件已损坏、编码不同，或根本不是文本"
    title = Text(en="text in an unknown encoding", zh="文本编码无法识别")
    label = Text(
        en="byte {offset} fits neither UTF-8 nor GB18030", zh="第 {offset} 个字节不符合 UTF-8 和 GB18030"
    )
    hint = Text(en="save the file as UTF-8", zh="将文件另存为 UTF-8")
    offset: int


class FileClosed(Diagnostic):
    """The system refused to read a file: permissions, a broken disk, a name the system does not accept."""

    code = "SLA-E0005"
    page_zh = "系统拒绝读取文件：没有权限、磁盘故障，或文件名不被系统接受"
    title = Text(en="file cannot be read", zh="文件无法读取")
    label = Text(en="{reason}", zh="{reason}")
    reason: Text | str


class NoContractBlock(Diagnostic):
    """A Markdown file has no fenced block tagged `slalang` or `sla`, so there is no contract in it."""

    code = "SLA-E0006"
    page_zh = "Markdown 文件中没有标记为 `slalang` 或 `sla` 的围栏代码块，因此其中没有合同"
    title = Text(en="no contract in this Markdown file", zh="此 Markdown 文件中没有合同")
    label = Text(en="no fenced block is tagged `slalang`", zh="没有标记为 `slalang` 的围栏代码块")
    hint = Text(en="begin each block with ```` ```slalang ````", zh="每个代码块以 ```` ```slalang ```` 开头")


class BlockNotClosed(Diagnostic):
    """A fenced contract block runs to the end of its list item or file: prose after it would be read as contract."""

    code = "SLA-E0007"
    page_zh = "围栏代码块没有结束标记，一直延伸到列表项或文件末尾：后面的文字会被当作合同读取"
    title = Text(en="contract block without an end", zh="合同代码块没有结束")
    label = Text(en="this block is not closed", zh="此代码块没有关闭")
    hint = Text(en="close it with a line `{mark}`", zh="用一行 `{mark}` 结束")
    mark: str


CODES = (
    FileMissing,
    NotAFile,
    FileTooLarge,
    NotText,
    FileClosed,
    NoContractBlock,
    BlockNotClosed,
)
