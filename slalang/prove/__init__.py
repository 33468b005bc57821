"""A program goes in; what can be proved of its tables, amounts and exceptions comes out, each finding with a witness."""

from __future__ import annotations
