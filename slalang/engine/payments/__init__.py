"""The ledger and payments go in; what is paid, set off, and still open comes out."""

from __future__ import annotations
