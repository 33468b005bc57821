"""The sentences about amounts, caps, payments and units go in; their rules in the IR come out."""

from __future__ import annotations
