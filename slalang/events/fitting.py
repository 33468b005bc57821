"""A contract's vocabulary and the plain mapping of one line go in; a checked event comes out, or `Unfit` says why not."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import close
from slalang.events.errors.content import AttributeMissing, AttributeWrong, CorrectionTwofold, FieldMissing
from slalang.events.event import Event, Scalar
from slalang.events.moments import instant_of
from slalang.events.scalars import Convert, bounded, converter, loose
from slalang.events.unfit import Unfit, kind_of, of_time
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from slalang.ir.facts import FieldType
    from slalang.ir.program import Program

PLAIN = frozenset({"id", "type", "subject", "time", "data"})
EXTRA = ("recordedtime", "sequence", "corrects", "retracts", "by", "to", "source", "specversion")
PASSED = frozenset({"datacontenttype", "dataschema", "time", "traceparent", "tracestate"})
ATTRIBUTES = PLAIN | frozenset(EXTRA)
MOST_NAMES = 1000  # different undeclared names that are counted by themselves
OTHERS = "…"
NEAR = 50  # undeclared fields of an event that are looked through for a misspelt one

_SEQUENCE = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_CORRECTING = Text(en="a correction says when it became known", zh="更正须写明何时为人所知")
_EXPECTED_TEXT = Text(en="a text", zh="文本")
_Fields = tuple[tuple[str, Convert, bool], ...]


class Fitter:
    """Checks events against one vocabulary; compiled once, so that each event costs little.

    Attributes:
        ignored: events of types that the contract does not declare, by type.
        not_read: undeclared attributes and fields that were seen, by `type.field`.
    """

    def __init__(self, program: Program) -> None:
        levels = {item.name: item.values for item in program.levels}
        self._types: dict[bool, dict[str, tuple[int, _Fields, dict[str, None]]]] = {
            is_text: {
                item.name: (
                    item.rank,
                    _compiled(item.fields, levels, is_text=is_text),
                    dict.fromkeys(each.name for each in item.fields),
                )
                for item in program.events
            }
            for is_text in (False, True)
        }
        self.ignored: Counter[str] = Counter()
        self.not_read: Counter[str] = Counter()

    @property
    def types(self) -> tuple[str, ...]:
        """The declared types."""
        return tuple(self._types[False])

    def event(self, raw: dict[str, Any], origin: tuple[str, int], *, is_text: bool) -> Event | None:
        """The checked event of one line; None when its type is not declared (counted) and it corrects nothing.

        A correction of an undeclared type is returned, since what it corrects is no longer so; its rank is -1.

        Raises:
            Unfit: an attribute or field is missing or cannot be taken.
        """
        get = raw.get
        type_ = get("type")
        if type(type_) is not str or not type_:
            if get("retracts") is not None:
                return self._retraction(raw, origin)
            raise _attribute(raw, "type")
        known = self._types[is_text].get(type_)
        extra = len(raw) > 5 or not raw.keys() <= PLAIN
        if known is None:
            if extra and (get("corrects") is not None or get("retracts") is not None):
                return self._undeclared(raw, type_, origin)
            count(self.ignored, type_)
            return None
        if extra and get("retracts") is not None:
            return self._retraction(raw, origin)
        id_, subject, moment = get("id"), get("subject"), get("time")
        if type(id_) is not str or not id_:
            raise _attribute(raw, "id")
        if type(subject) is not str or not subject:
            raise _attribute(raw, "subject")
        if type(moment) is not str:
            raise _attribute(raw, "time")
        try:
            time = instant_of(moment)
        except TimeError as error:
            raise of_time("time", error) from None
        rank, fields, names = known
        data = self._data(get("data"), type_, fields, names)
        event = Event(id_, type_, subject, time, data, 0, rank, origin=origin)
        if extra:
            self._attributes(event, raw)
        return event

    def _data(self, given: Any, type_: str, fields: _Fields, names: dict[str, None]) -> dict[str, Scalar]:
        if given is None:
            given = {}
        elif type(given) is not dict:
            wanted = Text(en="an object", zh="对象")
            raise Unfit(AttributeWrong, name="data", wanted=wanted, found=kind_of(given))
        data: dict[str, Scalar] = {}
        present = 0
        for name, convert, is_optional in fields:
            value = given.get(name)
            if value is None:
                if name in given:
                    present += 1
                if is_optional:
                    continue
                near = close(name, islice((key for key in given if key not in names), NEAR))
                raise Unfit(FieldMissing, type=type_, name=name, near=near[0] if near else None)
            present += 1
            data[name] = convert(value, name)
        if present != len(given):
            for name, value in given.items():
                if name not in names:
                    count(self.not_read, f"{type_}.{name}")
                    data[name] = loose(value)
        return data

    def _attributes(self, event: Event, raw: dict[str, Any]) -> None:
        for name, value in raw.items():
            if name in PLAIN or value is None:
                continue
            match name:
                case "recordedtime":
                    event.recorded = _instant(value, name)
                case "sequence":
                    event.sequence = _sequence(value)
                case "by" | "to" | "source" | "corrects" | "retracts":
                    setattr(event, name, _nonempty(value, name))
                case "specversion":
                    _specversion(value)
                case _ if name not in PASSED:
                    self._unknown(name, raw)
        if event.corrects:
            if event.recorded is None:
                raise Unfit(AttributeMissing, name="recordedtime", why_needed=_CORRECTING)
            _not_itself(event.id, event.corrects, "corrects")

    def _unknown(self, name: str, raw: dict[str, Any]) -> None:
        plain = name.casefold().replace("_", "").replace("-", "")
        if plain in ATTRIBUTES and plain not in raw:
            raise Unfit(AttributeMissing, name=plain, near=name)
        count(self.not_read, name)

    def _retraction(self, raw: dict[str, Any], origin: tuple[str, int]) -> Event:
        """A retraction needs neither type, subject nor data: it only says that an event did not happen."""
        if raw.get("corrects") is not None:
            raise Unfit(CorrectionTwofold, corrects=str(raw["corrects"]), retracts=str(raw["retracts"]))
        return self._action(raw, "retracts", str(raw.get("type") or ""), origin)

    def _undeclared(self, raw: dict[str, Any], type_: str, origin: tuple[str, int]) -> Event:
        if raw.get("retracts") is not None:
            return self._retraction(raw, origin)
        count(self.ignored, type_)
        return self._action(raw, "corrects", type_, origin)

    def _action(self, raw: dict[str, Any], what: str, type_: str, origin: tuple[str, int]) -> Event:
        id_ = raw.get("id")
        if type(id_) is not str or not id_:
            raise _attribute(raw, "id")
        if raw.get("recordedtime") is None:
            raise Unfit(AttributeMissing, name="recordedtime", why_needed=_CORRECTING)
        recorded = _instant(raw["recordedtime"], "recordedtime")
        time = recorded if raw.get("time") is None else _instant(raw["time"], "time")
        target = _nonempty(raw[what], what)
        _not_itself(id_, target, what)
        sequence = 0 if raw.get("sequence") is None else _sequence(raw["sequence"])
        event = Event(
            id_, type_, str(raw.get("subject") or ""), time, {}, sequence, -1, recorded, origin=origin
        )
        setattr(event, what, target)
        return event


def count(counter: Counter[str], name: str) -> None:
    """Count a name that the input chose; beyond a thousand names they are counted together, so that memory stays bounded."""
    counter[name if name in counter or len(counter) < MOST_NAMES else OTHERS] += 1


def _compiled(fields: tuple[FieldType, ...], levels: dict[str, tuple[str, ...]], *, is_text: bool) -> _Fields:
    return tuple(
        (item.name, bounded(item, converter(item.type, levels, is_text=is_text)), item.optional)
        for item in fields
    )


def _attribute(raw: dict[str, Any], name: str) -> Unfit:
    value = raw.get(name)
    if value is None or value == "":
        near = next((key for key in raw if key not in ATTRIBUTES and key.casefold().strip() == name), None)
        return Unfit(AttributeMissing, name=name, near=near)
    return Unfit(AttributeWrong, name=name, wanted=_EXPECTED_TEXT, found=kind_of(value))


def _instant(value: Any, name: str) -> int:
    if type(value) is not str:
        raise Unfit(AttributeWrong, name=name, wanted=_EXPECTED_TEXT, found=kind_of(value))
    try:
        return instant_of(value)
    except TimeError as error:
        raise of_time(name, error) from None


def _nonempty(value: Any, name: str) -> str:
    if type(value) is str and value:
        return value
    wanted = Text(en="a text that is not empty", zh="非空文本")
    raise Unfit(AttributeWrong, name=name, wanted=wanted, found=kind_of(value))


def _sequence(value: Any) -> int:
    if type(value) is int and -(2**62) < value < 2**62:
        return value
    if type(value) is str and _SEQUENCE.fullmatch(value):
        return int(value)
    wanted = Text(en="a whole number", zh="整数")
    raise Unfit(AttributeWrong, name="sequence", wanted=wanted, found=kind_of(value))


def _specversion(value: Any) -> None:
    if value != "1.0":
        raise Unfit(
            AttributeWrong, name="specversion", wanted=Text(en="`1.0`", zh=" `1.0`"), found=kind_of(value)
        )


def _not_itself(id_: str, target: str, what: str) -> None:
    if id_ == target:
        wanted = Text(en="the id of another event", zh="另一个事件的 id")
        raise Unfit(AttributeWrong, name=what, wanted=wanted, found=f"`{id_}`")
