"""Expressions of the tree and a context go in; typed expressions and patterns of the IR come out."""

from __future__ import annotations
