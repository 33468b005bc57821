"""The grammar's text and the table of words go in; tables that a parser can run come out."""

from __future__ import annotations
