"""A reason as the engine gives it (a short code or an English sentence of its own) goes in; its words in both languages come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.engine.reasons import in_chinese
from slalang.explain.wording.lexicon import DETAIL

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Language


def reason(text: str) -> Text | None:
    """The reason in both languages; None for an empty one. A text that is the contract's own stands as it is written."""
    if not text:
        return None
    return DETAIL.get(text) or Text(text, in_chinese(text))


def said(text: str, language: Language) -> str:
    """The reason in one language; empty for an empty one."""
    found = reason(text)
    return found.in_(language) if found is not None else ""
