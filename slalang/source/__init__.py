"""Bytes of contract files go in; texts whose every place has a line and a column come out."""

from __future__ import annotations
