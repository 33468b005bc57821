"""A Parquet file goes in; its columns and its rows come out as texts, as the sheet of a CSV file gives them."""

from __future__ import annotations

import importlib
import math
import struct
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.diagnostic import Stop
from slalang.events.connectors.sheet import Row
from slalang.events.errors import shape
from slalang.source.text import Spot
from slalang.values import duration, instant
from slalang.values import zone as zones

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from slalang.events.connectors.files import FactFile

ROWS_AT_ONCE: Final = 10_000
MICROSECONDS: Final = {"s": 1_000_000, "ms": 1_000, "us": 1}
NANOSECONDS: Final = 1_000  # in a microsecond


class ParquetSheet:
    """The columns and rows of one Parquet file, read in pieces.

    Attributes:
        columns: the names of the columns.
        head_line: where messages about columns point; rows are numbered from 1.

    Raises:
        Stop: the library that reads such files is not installed, the file is damaged, two columns have one name, or a
            column holds lists, records or bytes.
    """

    head_line = 1

    def __init__(self, file: FactFile) -> None:
        self._file = file
        try:
            parquet = importlib.import_module("pyarrow.parquet")
        except ImportError:
            raise Stop(shape.ParquetNeedsLibrary(Spot(file.name))) from None
        self._broken = importlib.import_module("pyarrow").ArrowException
        try:
            self._source = parquet.ParquetFile(file.path)
            schema = self._source.schema_arrow
        except (self._broken, OSError) as trouble:
            raise self._damaged(trouble) from None
        self.columns: tuple[str, ...] = tuple(name.strip() for name in schema.names)
        for name in self.columns:
            if self.columns.count(name) > 1:
                raise Stop(shape.HeadTwice(Spot(file.name), column=name))
        self._texts = [self._text_of(field.name, field.type) for field in schema]

    def __iter__(self) -> Iterator[Row]:
        number = 0
        try:
            for batch in self._source.iter_batches(batch_size=ROWS_AT_ONCE):
                pieces = [
                    [None if one is None else text(one) for one in _plain(column)]
                    for text, column in zip(self._texts, batch.columns, strict=True)
                ]
                for row in zip(*pieces, strict=True):
                    number += 1
                    cells = [cell or "" for cell in row]
                    yield Row(number, cells, ",".join(cells))
        except (self._broken, OSError) as trouble:
            raise self._damaged(trouble) from None

    def _damaged(self, trouble: Exception) -> Stop:
        reason = str(trouble).splitlines()[0] if str(trouble) else type(trouble).__name__
        return Stop(shape.ParquetUnreadable(Spot(self._file.name), reason=reason))

    def _text_of(self, name: str, type_: Any) -> Callable[[Any], str]:
        """How a value of a column is written, exactly; a time with a zone as an instant, one without as local time."""
        kinds = importlib.import_module("pyarrow").types
        if kinds.is_dictionary(type_):
            return self._text_of(name, type_.value_type)
        if kinds.is_timestamp(type_):
            return _moment(type_.unit, local=type_.tz is None)
        if kinds.is_duration(type_):
            return _length(type_.unit)
        if kinds.is_float64(type_):
            return _from_float
        if kinds.is_float32(type_):
            return _from_single
        if kinds.is_boolean(type_):
            return lambda value: "true" if value else "false"
        if kinds.is_decimal(type_):
            return lambda value: format(Decimal(value), "f")
        if kinds.is_date(type_):
            return lambda value: str(value.isoformat())
        if (
            kinds.is_integer(type_)
            or kinds.is_string(type_)
            or kinds.is_large_string(type_)
            or kinds.is_null(type_)
        ):
            return str
        raise Stop(shape.ParquetColumn(Spot(self._file.name), column=name, type=str(type_)))


def _plain(column: Any) -> list[Any]:
    """The values of a column; times as whole numbers of their unit since the epoch, so that nothing is rounded."""
    pyarrow = importlib.import_module("pyarrow")
    if pyarrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pyarrow.types.is_timestamp(column.type) or pyarrow.types.is_duration(column.type):
        column = column.cast(pyarrow.int64())
    found: list[Any] = column.to_pylist()
    return found


def _moment(unit: str, *, local: bool) -> Callable[[int], str]:
    """A count since the epoch as RFC 3339 in UTC, or without an offset where the file names no zone; finer than a microsecond it stays a number."""
    utc = zones.load("UTC")

    def text(value: int) -> str:
        if unit == "ns" and value % NANOSECONDS:
            return f"{value} ns"  # finer than an instant is: whoever reads it as one refuses it
        us = value // NANOSECONDS if unit == "ns" else value * MICROSECONDS[unit]
        written = instant.format(us, utc)
        return written.removesuffix("Z").removesuffix("+00:00") if local else written

    return text


def _length(unit: str) -> Callable[[int], str]:
    """A duration as ISO 8601 in hours, minutes and seconds; finer than a microsecond it stays a number, which is refused."""

    def text(value: int) -> str:
        if unit == "ns" and value % NANOSECONDS:
            return f"{value} ns"
        return duration.format(value // NANOSECONDS if unit == "ns" else value * MICROSECONDS[unit])

    return text


def _from_float(value: float) -> str:
    """The shortest decimal that means this number; not a number is as good as none, as programs that write such files mean it."""
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def _from_single(value: float) -> str:
    """The same of a number of single precision: 0.1 is written so, and not as the double nearest to its single."""
    stored = struct.pack("f", value)
    shortest = (float(f"{value:.{digits}g}") for digits in range(1, 10))
    return _from_float(next((one for one in shortest if struct.pack("f", one) == stored), value))
