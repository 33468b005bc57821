"""Files, a vocabulary and bindings go in; events in total order, registers, counts and hashes come out, or `Stop` with reasons."""

from __future__ import annotations

import gc
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from slalang.diagnostics.diagnostic import Diagnostic, Stop
from slalang.events.connectors import CONNECTORS, from_table
from slalang.events.connectors.files import FactFile, look
from slalang.events.entries import Entries
from slalang.events.errors import binding, content, shape
from slalang.events.fitting import Fitter
from slalang.events.holding import Held
from slalang.events.rejecting import RejectFile
from slalang.events.sorting import LIMIT
from slalang.events.unfit import Unfit
from slalang.source.text import Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from slalang.diagnostics.collector import Collector
    from slalang.events.bindings import Bindings
    from slalang.events.connectors.files import Line
    from slalang.events.event import Event
    from slalang.events.registers import Registers
    from slalang.ir.program import Program

SHOWN = 20


@dataclass(slots=True)
class Counts:
    """What became of every line read: nothing is dropped without being counted here.

    Attributes:
        read: lines or rows that hold an event or an entry (also those that cannot be taken).
        ignored: events of undeclared types and entries of undeclared entities, by type.
        duplicates: events and entries that repeat another one.
        rejected: lines set aside (only with `lenient`).
        after_as_of: events timed or recorded after the instant of the run, and entries recorded after it.
        entries: register entries taken.
        bound: what bindings left out or moved, by binding and reason: blank times, filtered rows, ignored states.
        not_read: undeclared attributes and fields, by name.
    """

    read: int = 0
    ignored: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    rejected: int = 0
    after_as_of: int = 0
    entries: int = 0
    bound: Counter[str] = field(default_factory=Counter)
    not_read: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Loaded:
    """The facts of one run. Iterating `events` gives them in total order, as often as wanted, until `close`.

    Attributes:
        events: those that are known as of the instant, corrections applied, each once.
        registers: entities with dated attributes.
        counts: what became of every line.
        inputs: name (without folder) and SHA-256 of each file, in the order given.
        bindings: SHA-256 of the bindings file, or empty.
    """

    events: Iterable[Event]
    registers: Registers
    counts: Counts
    inputs: tuple[tuple[str, str], ...]
    bindings: str
    _held: Held

    def said(self) -> Iterator[Event]:
        """Every event read, once each: corrections and retractions beside what they speak of."""
        return self._held.everything()

    def close(self) -> None:
        """Remove temporary files."""
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def load(
    paths: Sequence[str | Path],
    vocabulary: Program,
    collector: Collector,
    *,
    bindings: Bindings | None = None,
    lenient: bool = False,
    rejects: Path | None = None,
    as_of: int | None = None,
    scratch: Path | None = None,
    limit: int = LIMIT,
) -> Loaded:
    """Load facts.

    Args:
        paths: files of events and registers; tables that a binding names.
        vocabulary: the contract whose entities, event types and levels decide what fits.
        collector: takes notes and warnings; errors of lines also, unless `lenient`.
        bindings: how tables become events.
        lenient: set unfit lines aside instead of stopping.
        rejects: where to; the first file's name with `.rejects.jsonl` when None.
        as_of: instant of the run in µs; later events, and those recorded later, are not known. None: all are.
        scratch: folder for temporary files, when there are more events than memory should hold.
        limit: events held in memory.

    Raises:
        Stop: a file cannot be read, or a line is unfit and not `lenient`; carries the first 20 and the number of all.
    """
    target = (rejects or Path(f"{paths[0]}.rejects.jsonl")) if lenient and paths else None
    run = _Run(vocabulary, collector, bindings, Held(as_of, limit, scratch), target)
    collected = gc.isenabled()
    gc.disable()  # events are many and make no circles; searching for some costs a fifth of the load
    try:
        files = [look(path) for path in paths]
        try:
            for file in files:
                run.take(file)
        except Stop as stop:
            # A binding whose pattern fits no file is often why a table could not be read.
            raise Stop(*stop.diagnostics, *run.unused(files)) from None
        return run.finish(files)
    except OSError as trouble:
        run.abandon()
        reason = trouble.strerror or str(trouble)
        raise Stop(shape.NotWritable(Spot(str(scratch or "temporary files")), reason=reason)) from None
    except BaseException:
        run.abandon()
        raise
    finally:
        if collected:
            gc.enable()


class _Run:
    """One load under way."""

    def __init__(
        self,
        program: Program,
        collector: Collector,
        bindings: Bindings | None,
        held: Held,
        target: Path | None,
    ) -> None:
        self._program = program
        self._collector = collector
        self._bindings = bindings
        self._as_of = as_of = held.as_of
        self._held = held
        self._rejects = RejectFile(target) if target is not None else None
        self._fitter = Fitter(program)
        self._counts = Counts(ignored=self._fitter.ignored, not_read=self._fitter.not_read)
        self._entries = Entries(program, as_of, self._fitter.ignored, self._fitter.not_read)
        self._unfit: Counter[str] = Counter()
        self._first: list[Diagnostic] = []

    def take(self, file: FactFile) -> None:
        """Read one file."""
        if file.encoding != "utf-8":
            self._collector.add(shape.EncodingTaken(Spot(file.name), line=file.not_utf8))
        before = self._counts.read
        lines, is_text = self._lines(file)
        entries, held, as_of, name = self._entries, self._held, self._as_of, file.name
        fit = self._fitter.event
        for number, raw, text in lines:
            self._counts.read += 1
            if isinstance(raw, Unfit):
                self._reject(raw.at(name, number, text), text)
                continue
            try:
                if "entity" in raw and "type" not in raw:
                    entries.add(raw, (name, number), is_text=is_text)
                    continue
                event = fit(raw, (name, number), is_text=is_text)
            except Unfit as unfit:
                self._reject(unfit.at(name, number, text), text)
                continue
            if event is None:
                continue
            if as_of is not None and event.recorded is not None and event.recorded > as_of:
                self._counts.after_as_of += 1
                continue
            held.add(event)
        if self._counts.read == before:
            self._collector.add(shape.FileEmpty(Spot(file.name)))

    def finish(self, files: list[FactFile]) -> Loaded:
        """Sort, compare, correct, and decide whether the facts can be used."""
        held, counts = self._held, self._counts
        held.finish()
        for conflict in held.conflicts:
            self._conflict(conflict.id, conflict.origins, conflict.differs)
        for circle in held.corrections.circles:
            file, line = held.corrections.actions[circle[0]].origin
            self._reject(content.CorrectionsCircle(Spot(file, line), id=circle[0], circle=circle), None)
        for event, target in held.unknown:
            self._collector.add(content.TargetUnknown(Spot(*event.origin), id=event.id, target=target))
        counts.duplicates = held.duplicates + self._entries.duplicates
        counts.after_as_of += held.after + self._entries.after
        counts.entries = self._entries.read
        counts.rejected = self._unfit.total()
        self._say(files)
        if self._unfit and self._rejects is None:
            raise Stop(self._summary(files), *self._first)
        if self._rejects is not None:
            self._rejects.keep()
            if self._unfit:
                self._collector.add(self._aside())
        # Without the folder, so that the same files give the same receipt wherever they lie.
        inputs = tuple((file.path.name, file.digest) for file in files)
        digest = self._bindings.digest if self._bindings is not None else ""
        return Loaded(held, self._entries.registers, counts, inputs, digest, held)

    def unused(self, files: list[FactFile]) -> list[Diagnostic]:
        """Bindings that fit none of the files."""
        if self._bindings is None:
            return []
        names = tuple(file.name for file in files)
        return [
            binding.BindingUnused(
                Spot(self._bindings.name, table.line), pattern=table.file, files=_listed(names)
            )
            for table in self._bindings.unused(names)
        ]

    def abandon(self) -> None:
        """Leave no temporary and no reject file behind."""
        self._held.close()
        if self._rejects is not None:
            self._rejects.discard()

    def _lines(self, file: FactFile) -> tuple[Iterator[Line], bool]:
        tables = self._bindings.of(file.name) if self._bindings is not None else ()
        if tables:
            return from_table.read(file, tables, self._program, self._counts.bound), from_table.IS_TEXT
        connector = next(each for each in CONNECTORS if each.fits(file))
        return connector.read(file), connector.IS_TEXT

    def _reject(self, diagnostic: Diagnostic, text: str | None) -> None:
        self._unfit[diagnostic.code] += 1
        if self._rejects is not None:
            self._rejects.add(diagnostic, text)
            return
        self._collector.add(diagnostic)
        if len(self._first) < SHOWN:
            self._first.append(diagnostic)

    def _conflict(self, id_: str, origins: tuple[tuple[str, int], ...], differs: tuple[str, ...]) -> None:
        file, line = origins[0]
        for at in origins[1:] if self._rejects is None else origins:
            other = f"{file}:{line}" if at != origins[0] else "{}:{}".format(*origins[1])
            found = content.IdentityConflict(Spot(*at), id=id_, other=other, differs=differs)
            self._reject(found, None)

    def _codes(self) -> tuple[str, ...]:
        return tuple(f"{code} × {n}" for code, n in sorted(self._unfit.items()))

    def _summary(self, files: list[FactFile]) -> Diagnostic:
        at = Spot(files[0].name) if len(files) == 1 else None
        return shape.FactsUnfit(at, unfit=self._unfit.total(), read=self._counts.read, codes=self._codes())

    def _aside(self) -> Diagnostic:
        assert self._rejects is not None
        return shape.FactsSetAside(
            None,
            unfit=self._unfit.total(),
            read=self._counts.read,
            codes=self._codes(),
            rejects=str(self._rejects.path),
        )

    def _say(self, files: list[FactFile]) -> None:
        """Notes about the load as a whole."""
        if self._counts.not_read:
            fields = [f"{name} × {n}" for name, n in self._counts.not_read.most_common()]
            self._collector.add(content.NotRead(None, fields=_listed(fields)))
        if self._counts.bound:
            said = [f"{what} × {n}" for what, n in sorted(self._counts.bound.items())]
            name = self._bindings.name if self._bindings is not None else ""
            self._collector.add(binding.RowsSilent(Spot(name), said=_listed(said)))
        ignored = self._counts.ignored
        taken = self._counts.read - ignored.total() - self._unfit.total()
        if ignored and not taken:
            found = _listed([name for name, _ in ignored.most_common()])
            declared = _listed(self._fitter.types)
            self._collector.add(content.NothingDeclared(None, found=found, declared=declared))
        self._collector.extend(self.unused(files))


def _listed(names: Sequence[str]) -> tuple[str, ...]:
    """At most twenty names, and how many more there are."""
    return tuple(names) if len(names) <= SHOWN else (*names[:SHOWN], f"+ {len(names) - SHOWN}")
