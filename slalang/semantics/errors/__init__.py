"""All messages of the checker, by topic: names 02xx, units 03xx, tables, exceptions and policies 04xx, lowering 05xx, lints."""

from __future__ import annotations

from slalang.semantics.errors import (
    agreement,
    exceptions,
    lints,
    lowering,
    money,
    names,
    policies,
    reach,
    tables,
    units,
)

CODES = (
    *names.CODES,
    *reach.CODES,
    *units.CODES,
    *tables.CODES,
    *exceptions.CODES,
    *policies.CODES,
    *money.CODES,
    *lowering.CODES,
    *agreement.CODES,
    *lints.CODES,
)
