"""Rows go in, in any order; they come out sorted by a key, from memory, or from temporary files when there are many."""

from __future__ import annotations

import pickle
from heapq import merge
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Row = TypeVar("Row")

LIMIT: Final = 250_000  # rows held in memory; an event takes about 0.7 kB
_BATCH = 500  # rows that a temporary file is read in at a time
_FAN_IN = 48  # temporary files that are open at once


class Sorter(Generic[Row]):
    """Sorts rows of plain data. Iterate as often as needed, then `close`.

    Args:
        key: what rows are sorted by.
        limit: rows held in memory; more go to files of their own, which are merged while iterating.
        scratch: the folder in which a private temporary folder is made when needed; the system's when None.
    """

    def __init__(self, key: Callable[[Row], Any], limit: int = LIMIT, scratch: Path | None = None) -> None:
        self._key = key
        self._limit = limit
        self._scratch = scratch
        self._rows: list[Row] = []
        self._files: list[Path] = []
        self._made = 0
        self._folder: TemporaryDirectory[str] | None = None

    @property
    def has_spilled(self) -> bool:
        """Whether anything went to a temporary file."""
        return self._folder is not None

    def add(self, row: Row) -> bool:
        """Take a row; True when this filled the memory, so that it was emptied into a file.

        Raises:
            OSError: the temporary file cannot be written.
        """
        self._rows.append(row)
        if len(self._rows) < self._limit:
            return False
        self._rows.sort(key=self._key)
        self._write(self._rows)
        self._rows = []
        if len(self._files) >= _FAN_IN:
            together, self._files = self._files, []
            self._write(merge(*map(_read, together), key=self._key))
            for path in together:
                path.unlink()
        return True

    def finish(self) -> None:
        """All rows have been added."""
        self._rows.sort(key=self._key)

    def __iter__(self) -> Iterator[Row]:
        if not self._files:
            return iter(self._rows)
        return merge(*map(_read, self._files), self._rows, key=self._key)

    def close(self) -> None:
        """Remove the temporary files; nothing can be iterated afterwards."""
        self._rows, self._files = [], []
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _write(self, rows: Iterable[Row]) -> None:
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="slalang-", dir=self._scratch)
        self._made += 1
        path = Path(self._folder.name) / f"{self._made}.rows"
        with path.open("xb") as file:
            batch: list[Row] = []
            for row in rows:
                batch.append(row)
                if len(batch) == _BATCH:
                    pickle.dump(batch, file, pickle.HIGHEST_PROTOCOL)
                    batch = []
            pickle.dump(batch, file, pickle.HIGHEST_PROTOCOL)
        self._files.append(path)


def _read(path: Path) -> Iterator[Any]:
    """The rows of a temporary file; it was written by this process into a folder that only its user can enter."""
    with path.open("rb") as file:
        while True:
            try:
                batch = pickle.load(file)  # noqa: S301 - see above
            except EOFError:
                return
            yield from batch
