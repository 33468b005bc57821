"""Lines of a register go in; checked entries with dated attributes come out, and every contradiction between lines."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import close
from slalang.events.errors.content import (
    AttributeMissing,
    AttributeWrong,
    EntryConflict,
    OpenWordBound,
    OutsideDomain,
    TimeUnfit,
)
from slalang.events.fitting import count
from slalang.events.moments import instant_of, plausible
from slalang.events.registers import VERSION, Registers
from slalang.events.scalars import Convert, bounded, converter, loose
from slalang.events.unfit import Unfit, kind_of, of_time
from slalang.ir.domains import domain_text, holds
from slalang.values import zone as zones
from slalang.values.instant import day_start
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections import Counter

    from slalang.events.event import Scalar
    from slalang.ir.program import Parameter, Program

BEGINNING = -(2**62)
KEYS = ("entity", "id", "from", "recordedtime", "attributes")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Entries:
    """Collects the register of one run.

    Attributes:
        registers: what was collected.
        read: entries taken.
        duplicates: lines that repeat another one.
        after: lines recorded after the instant of the run.
    """

    def __init__(
        self, program: Program, as_of: int | None, ignored: Counter[str], not_read: Counter[str]
    ) -> None:
        self._entities = {is_text: _entities(program, is_text=is_text) for is_text in (False, True)}
        self._zone = zones.load(program.zone)
        self._as_of = as_of
        self._ignored = ignored
        self._not_read = not_read
        self._said: dict[tuple[str, str, int], dict[str, tuple[Scalar, tuple[str, int]]]] = {}
        self.registers = Registers()
        self.read = 0
        self.duplicates = 0
        self.after = 0

    def add(self, raw: dict[str, Any], origin: tuple[str, int], *, is_text: bool) -> None:
        """Take one line `{"entity", "id", "from", "attributes"}`; an undeclared entity is counted and left out.

        Raises:
            Unfit: a part is missing, of the wrong kind, or contradicts another line.
        """
        entity, id_ = _needed(raw, "entity"), _needed(raw, "id")
        known = self._entities[is_text].get(entity)
        for name in raw:
            if name not in KEYS:
                if near := close(name, KEYS):
                    raise Unfit(AttributeMissing, name=near[0], near=name)
                count(self._not_read, f"{entity}.{name}")
        if known is None:
            count(self._ignored, f"register {entity}")
            return
        since = BEGINNING if raw.get("from") is None else self._since(raw["from"], "from")
        recorded = (
            None if raw.get("recordedtime") is None else self._since(raw["recordedtime"], "recordedtime")
        )
        given = raw.get("attributes")
        if given is None:
            given = {}
        if type(given) is not dict:
            raise Unfit(
                AttributeWrong,
                name="attributes",
                wanted=Text(en="an object", zh="对象"),
                found=kind_of(given),
            )
        attributes: dict[str, Scalar] = {}
        for name, value in given.items():
            convert = known.get(name)
            if convert is None:
                count(self._not_read, f"{entity}.{name}")
                attributes[name] = loose(value)
            elif value is not None:
                attributes[name] = convert(value, name)
        if recorded is not None and self._as_of is not None and recorded > self._as_of:
            self.after += 1
            return
        self._record(entity, id_, since, attributes, origin)

    def _record(
        self, entity: str, id_: str, since: int, attributes: dict[str, Scalar], origin: tuple[str, int]
    ) -> None:
        said = self._said.get((entity, id_, since))
        if said is not None:
            for name, value in attributes.items():
                if name in said and said[name][0] != value:
                    file, line = said[name][1]
                    raise Unfit(EntryConflict, entity=entity, id=id_, name=name, other=f"{file}:{line}")
            if attributes.keys() <= said.keys():
                self.duplicates += 1
                return
        else:
            said = self._said[entity, id_, since] = {}
        for name, value in attributes.items():
            said.setdefault(name, (value, origin))
        self.read += 1
        self.registers.add(entity, id_, attributes, since)

    def _since(self, value: Any, name: str) -> int:
        if type(value) is not str:
            wanted = Text(en="a date, or a date and time with an offset", zh="日期，或带偏移量的日期时间")
            raise Unfit(AttributeWrong, name=name, wanted=wanted, found=kind_of(value))
        try:
            if _DATE.fullmatch(value):
                return plausible(day_start(date.fromisoformat(value), self._zone), value)
            return instant_of(value)
        except TimeError as error:
            raise of_time(name, error) from None
        except ValueError:
            reason = Text(en=f"`{value}` is no day of the calendar", zh=f"`{value}` 不是日历上的日期")
            raise Unfit(TimeUnfit, name=name, reason=reason) from None


def _entities(program: Program, *, is_text: bool) -> dict[str, dict[str, Convert]]:
    """The attributes of each entity with their converters; an agreement may also bind the contract's parameters."""
    levels = {item.name: item.values for item in program.levels}
    found: dict[str, dict[str, Convert]] = {
        "agreement": {VERSION: converter("text", levels, is_text=is_text)}  # under which version it is
    }
    for entity in program.entities:
        attributes = found.setdefault(entity.name, {})
        for reference in entity.references:
            attributes[reference.field] = converter("text", levels, is_text=is_text)
        for item in entity.attributes:
            attributes[item.name] = bounded(item, converter(item.type, levels, is_text=is_text))
    for parameter in program.parameters:
        convert = converter(parameter.type, levels, is_text=is_text)
        found["agreement"][parameter.name] = _bounded(parameter, convert)
    return found


def _bounded(parameter: Parameter, convert: Convert) -> Convert:
    """A converter that holds a parameter to its domain; an open word is the contract's alone to bind (model §7)."""

    def bound(value: Any, name: str) -> Scalar:
        if parameter.open_word:
            raise Unfit(OpenWordBound, name=name)
        scalar = convert(value, name)
        if not holds(parameter, scalar):
            raise Unfit(OutsideDomain, name=name, found=str(value), domain=domain_text(parameter))
        return scalar

    return bound


def _needed(raw: dict[str, Any], name: str) -> str:
    value = raw.get(name)
    if type(value) is str and value:
        return value
    if value is None or value == "":
        raise Unfit(AttributeMissing, name=name)
    wanted = Text(en="a text", zh="文本")
    raise Unfit(AttributeWrong, name=name, wanted=wanted, found=kind_of(value))
