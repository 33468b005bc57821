"""A bindings file goes in; the description of tables that it holds comes out: which columns of which file become which events."""

from __future__ import annotations

from slalang.events.bindings.from_toml import from_toml, read_bindings
from slalang.events.bindings.tables import Bindings, Cell, Constant, Production, Table, Template

__all__ = ["Bindings", "Cell", "Constant", "Production", "Table", "Template", "from_toml", "read_bindings"]
