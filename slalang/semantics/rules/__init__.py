"""Sentences of rules go in; obligations, metrics, amounts, tables and exceptions of the IR come out."""

from __future__ import annotations
