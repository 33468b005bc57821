"""The text of a bindings file goes in, strictly read; its tables come out, or diagnostics with the line of each key."""

from __future__ import annotations

import hashlib
import re
import tomllib
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Stop, Text
from slalang.diagnostics.opening import open_source
from slalang.events.bindings.keys import Reader, locate
from slalang.events.bindings.tables import Bindings, Cell, Constant, Production, Table, Template, Value
from slalang.events.errors.binding import BindingUnreadable
from slalang.source.text import SourceFile, Spot
from slalang.values import zone as zones
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from pathlib import Path

    from slalang.diagnostics.collector import Collector

KINDS = ("wide", "log", "intervals", "register")
GAPS = ("refuse", "shift", "next")
OVERLAPS = ("refuse", "first", "second")
ATTRIBUTES = ("id", "subject", "sequence", "recordedtime", "by", "to", "corrects", "retracts")
_TABLE = (
    "file", "kind", "subject", "zone", "gap", "overlap", "time_format", "date_format", "delimiter", "decimal", "blank",
    "source", "records", "each",
)  # fmt: skip
_OWN = {
    "wide": ("event",),
    "log": ("state", "ignore", "time", "event"),
    "intervals": ("start", "end"),
    "register": ("entity", "id", "from", "attributes", "when"),
}
_EVENT = ("type", "time", "fields", "when", "skip_blank", "not_before", "time_format", *ATTRIBUTES)
_HOLE = re.compile(r"\{([^{}]*)\}")
_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_TEXT = Text(en="a text", zh="文本")


def read_bindings(path: str | Path, collector: Collector) -> Bindings:
    """Read a bindings file.

    Raises:
        Stop: it cannot be read, or is not TOML; what is wrong inside is in the collector, and then raises too.
    """
    return from_toml(open_source(path), collector)


def from_toml(file: SourceFile, collector: Collector) -> Bindings:
    """Read the text of a bindings file.

    Raises:
        Stop: it is not TOML, or a key is unknown, missing or wrong.
    """
    try:
        data = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as broken:
        raise Stop(_not_toml(file, str(broken))) from None
    except RecursionError:
        raise Stop(BindingUnreadable(Spot(file.name), reason="nested too deeply")) from None
    before = len(collector)
    top = Reader(file, locate(file), data, (), collector)
    top.only("table")
    tables = tuple(
        _table(reader) for reader in top.tables("table", sample='[[table]]\nfile = "tickets*.csv"')
    )
    if len(collector) > before:
        raise Stop(*collector.shown()[0])
    digest = "sha256:" + hashlib.sha256(file.text.encode()).hexdigest()
    return Bindings(tables, file.name, digest)


def _table(reader: Reader) -> Table:
    kind = reader.one_of("kind", KINDS) or "wide"
    reader.only(*_TABLE, *_OWN[kind])
    subject = _value(reader, "subject", reader.data.get("subject"), is_template=True)
    if kind != "register" and "subject" not in reader.data:
        reader.missing("subject", 'subject = "{TICKET_ID}"')
    zone = reader.text("zone")
    if zone:
        try:
            zones.load(zone)
        except TimeError as error:
            reader.wrong(
                "zone", Text(en="an IANA time zone", zh=" IANA 时区"), Text(en=error.en, zh=error.zh)
            )
    productions = {"wide": _wide, "log": _log, "intervals": _intervals, "register": _register}[kind](reader)
    return Table(
        file=reader.text("file", sample='file = "tickets*.csv"'),
        kind=kind,  # type: ignore[arg-type]
        subject=subject,
        productions=productions,
        zone=zone,
        gap=reader.one_of("gap", GAPS) or "refuse",  # type: ignore[arg-type]
        overlap=reader.one_of("overlap", OVERLAPS) or "refuse",  # type: ignore[arg-type]
        time_format=_format(reader, "time_format"),
        date_format=_format(reader, "date_format"),
        state=reader.text("state", sample='state = "STATUS"') if kind == "log" else "",
        ignore=frozenset(reader.texts("ignore")) if kind == "log" else frozenset(),
        delimiter=reader.one_of("delimiter", (",", ";", "\t")) or "",
        decimal=reader.one_of("decimal", (",", ".")) or "",
        blank=frozenset(reader.texts("blank")),
        source=reader.text("source"),
        records=reader.text("records"),
        each=reader.texts("each"),
        line=reader.line(),
    )


def _wide(reader: Reader) -> tuple[Production, ...]:
    sample = '[[table.event]]\ntype = "ticket.opened"\ntime = "OPENED_AT"'
    return tuple(_event(each, time="", extra=()) for each in reader.tables("event", sample=sample))


def _log(reader: Reader) -> tuple[Production, ...]:
    time = reader.text("time", sample='time = "CHANGED_AT"')
    state = reader.text("state")
    sample = '[[table.event]]\nvalue = "In progress"\ntype = "ticket.assigned"'
    found = []
    for each in reader.tables("event", sample=sample):
        values = each.texts("value")
        if not values:
            each.missing("value", 'value = "In progress"')
        found.append(_event(each, time=time, extra=("value",), state=(state, frozenset(values))))
    return tuple(found)


def _intervals(reader: Reader) -> tuple[Production, ...]:
    found = []
    for name in ("start", "end"):
        each = reader.table(name, sample=f'[table.{name}]\ntype = "outage.{name}ed"\ntime = "{name.upper()}"')
        if each is not None:
            found.append(_event(each, time="", extra=()))
    return tuple(found)


def _register(reader: Reader) -> tuple[Production, ...]:
    entity = reader.text("entity", sample='entity = "agreement"')
    if "id" not in reader.data:
        reader.missing("id", 'id = "{ACCOUNT}"')
    own = _value(reader, "id", reader.data.get("id"), is_template=True)
    attributes = () if own is None else (("id", own),)
    fields = _fields(reader, "attributes")
    return (Production(entity, reader.text("from"), fields, attributes, _when(reader), skip_blank=True),)


def _event(
    reader: Reader, *, time: str, extra: tuple[str, ...], state: tuple[str, frozenset[str]] | None = None
) -> Production:
    reader.only(*_EVENT, *extra)
    given = [
        (name, _value(reader, name, reader.data[name], is_template=True))
        for name in ATTRIBUTES
        if name in reader.data
    ]
    when = _when(reader)
    skip_blank = reader.data.get("skip_blank", False)
    if not isinstance(skip_blank, list):
        skip_blank = reader.flag("skip_blank")
    return Production(
        type=reader.text("type", sample='type = "ticket.opened"'),
        time=reader.text("time", sample="" if time else 'time = "OPENED_AT"') or time,
        fields=_fields(reader, "fields"),
        attributes=tuple((name, value) for name, value in given if value is not None),
        when=when if state is None else (state, *when),
        skip_blank=skip_blank is not False,
        skip_columns=() if isinstance(skip_blank, bool) else reader.texts("skip_blank"),
        time_format=_format(reader, "time_format"),
        not_before=reader.text("not_before"),
    )


def _fields(reader: Reader, key: str) -> tuple[tuple[str, Value], ...]:
    inner = reader.table(key)
    if inner is None:
        return ()
    found = ((name, _value(inner, name, value)) for name, value in inner.data.items())
    return tuple((name, value) for name, value in found if value is not None)


def _when(reader: Reader) -> tuple[tuple[str, frozenset[str]], ...]:
    inner = reader.table("when")
    return () if inner is None else tuple((column, frozenset(inner.texts(column))) for column in inner.data)


def _value(reader: Reader, key: str, given: Any, *, is_template: bool = False) -> Value | None:
    """A text names a column (or, for ids and subjects, is a template); a table says column, value or template."""
    if given is None:
        return None
    if isinstance(given, str):
        return _template(reader, key, given) if is_template or "{" in given else Cell(given)
    if not isinstance(given, dict):
        wanted = Text(en="a column's name or a table", zh="列名或表")
        reader.wrong(key, wanted, given)
        return None
    inner = Reader(reader.file, reader.places, given, (*reader.path, key), reader.collector)
    inner.only("column", "map", "otherwise", "value", "template")
    ways = [name for name in ("column", "value", "template") if name in given]
    if len(ways) != 1:
        reader.wrong(
            key,
            Text(en="one of `column`, `value`, `template`", zh=" `column`、`value`、`template` 之一"),
            given,
        )
        return None
    if ways == ["value"]:
        return Constant(inner.scalar("value"))
    if ways == ["template"]:
        return _template(inner, "template", inner.text("template"))
    mapping = inner.table("map")
    pairs = None if mapping is None else tuple((name, mapping.scalar(name)) for name in mapping.data)
    return Cell(inner.text("column"), pairs, inner.text("otherwise") if "otherwise" in given else None)


def _template(reader: Reader, key: str, text: str) -> Template | None:
    parts = tuple(_HOLE.split(text))
    if any("{" in part or "}" in part for part in parts[::2]) or not all(parts[1::2]):
        reader.wrong(
            key,
            Text(en="text with columns in braces, `{COLUMN}`", zh="带花括号列名的文本，如 `{COLUMN}`"),
            text,
        )
        return None
    return Template(parts)


def _format(reader: Reader, key: str) -> str:
    text = reader.text(key)
    if text and ("%" not in text or not re.fullmatch(r"(?:[^%]|%[YmdHIpMSfyjBbzZ%])*", text)):
        wanted = Text(en="a format such as `%Y-%m-%d %H:%M:%S`", zh="格式，例如 `%Y-%m-%d %H:%M:%S`")
        reader.wrong(key, wanted, text)
    return text


def _not_toml(file: SourceFile, said: str) -> BindingUnreadable:
    found = _LINE.search(said)
    reason = _LINE.sub("", said).strip()
    reason = reason[:1].lower() + reason[1:]
    if found is None:
        return BindingUnreadable(Spot(file.name), reason=reason)
    at = file.offset(min(int(found[1]), file.line_count), 1)
    start, stop = file.line_bounds(file.position(at).line)
    begin = min(start + int(found[2]) - 1, stop)
    remedy = None
    if begin < stop and not file.text[begin].isascii():
        remedy = Text(
            en='a key with letters other than a to z stands in quotes: `fields."总价" = "金额"`',
            zh='含有 a 至 z 以外文字的键须加引号: `fields."总价" = "金额"`',
        )
    return BindingUnreadable(file.span(begin, min(begin + 1, stop)), reason=reason, remedy=remedy)
