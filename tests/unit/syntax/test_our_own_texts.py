"""The contracts and the library of this checkout: read without mistakes, and over the other language and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalang.diagnostics.as_text import messages
from slalang.diagnostics.collector import Collector
from slalang.source.reading import read_source
from slalang.source.text import SourceFile
from slalang.syntax.format import format_text, shape
from slalang.syntax.parse import parse

ROOT = Path(__file__).parents[3]
FILES = sorted([*(ROOT / "contracts").rglob("*.sla"), *(ROOT / "stdlib").rglob("*.sla")])


def read(file):
    collector = Collector()
    document = parse(file, collector)
    assert messages(collector) == ""
    return list(shape(document))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_text_of_ours_means_the_same_in_either_language(path):
    file = read_source(path)
    meaning = read(file)
    chinese = format_text(file, "zh")
    english = format_text(file, "en")
    for text in (chinese, english):
        assert read(SourceFile(file.name, text)) == meaning
    assert format_text(english, "zh") == chinese
    assert format_text(chinese, "en") == english
