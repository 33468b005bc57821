"""Files that cannot be contracts are told apart, each with its code."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from slalang.diagnostics.as_text import message
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.diagnostics.opening import open_contract
from slalang.source.reading import LARGEST


def refused(path):
    with pytest.raises(Stop) as stop:
        open_contract(path, Collector())
    (found,) = stop.value.diagnostics
    return found


def test_a_missing_file_names_its_neighbours(tmp_path):
    (tmp_path / "contract.sla").write_text("")
    found = refused(tmp_path / "contrct.sla")
    assert found.code == "SLA-E0001"
    assert message(found, "both") == (
        f"error[SLA-E0001]: no such file\n --> {tmp_path}/contrct.sla\n  = nothing is stored under this name\n"
        f"  = hint: in the same folder: `{tmp_path}/contract.sla`\n\n"
        f"错误[SLA-E0001]: 文件不存在\n --> {tmp_path}/contrct.sla\n  = 没有这个名称的文件\n"
        f"  = 建议: 同一文件夹中有: `{tmp_path}/contract.sla`"
    )


def test_a_missing_folder_has_no_hint(tmp_path):
    assert refused(tmp_path / "no" / "contract.sla").say("hint", "en") is None


def test_a_folder(tmp_path):
    (tmp_path / "a.sla").write_text("")
    (tmp_path / "b.md").write_text("")
    (tmp_path / "c.txt").write_text("")
    found = refused(tmp_path)
    assert found.code == "SLA-E0002"
    assert found.inside == (f"{tmp_path}/a.sla", f"{tmp_path}/b.md")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.sla")
    assert refused(tmp_path / "pipe.sla").code == "SLA-E0002"


def test_too_large(tmp_path):
    path = tmp_path / "large.sla"
    path.write_bytes(b"x" * LARGEST)
    assert len(open_contract(path, Collector()).text) == LARGEST
    path.write_bytes(b"x" * (LARGEST + 1))
    found = refused(path)
    assert (found.code, found.most) == ("SLA-E0003", "4")


def test_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "noise.sla"
    path.write_bytes(b"ok\n\xff\xfe\x00")
    found = refused(path)
    assert (found.code, found.offset) == ("SLA-E0004", 4)


@pytest.mark.parametrize("path", ["a\0b.sla", "x" * 5000])
def test_names_that_the_system_does_not_accept(path):
    assert refused(path).code == "SLA-E0005"


def test_no_permission(tmp_path, monkeypatch):
    path = tmp_path / "closed.sla"
    path.write_text("")

    def deny(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    # The superuser, who runs many machines that test, may read everything: so the system's answer is played.
    monkeypatch.setattr(Path, "open", deny)
    found = refused(path)
    assert (found.code, found.say("label", "zh")) == ("SLA-E0005", "系统不允许读取")


def test_markdown_without_a_contract(tmp_path):
    path = tmp_path / "read.md"
    path.write_text("# Title\n\n```python\nx\n```\n")
    collector = Collector()
    assert open_contract(path, collector).text.strip() == ""
    assert [item.code for item in collector.sorted()] == ["SLA-E0006"]


def test_markdown_with_an_open_block(tmp_path):
    path = tmp_path / "read.md"
    path.write_text("# Title\n\n~~~~slalang\ncontract\n")
    collector = Collector()
    assert open_contract(path, collector).text == "       \n\n           \ncontract\n"
    (found,) = collector.sorted()
    assert (found.code, found.at.line, found.at.column) == ("SLA-E0007", 3, 1)
    assert found.say("hint", "en") == "close it with a line `~~~~`"
