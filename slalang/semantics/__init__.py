"""Meaning: a parsed document goes in; a checked program (the IR) and its scenarios come out, or diagnostics."""

from __future__ import annotations
