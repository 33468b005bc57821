"""A TOML file of names goes in; a checked table of names, texts and comments comes out, in either direction."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.diagnostic import Stop, Text
from slalang.diagnostics.opening import from_unreadable
from slalang.events.bindings.keys import locate
from slalang.pipeline.renaming import errors
from slalang.source.reading import read_source
from slalang.source.text import Spot, Unreadable
from slalang.syntax.lexer import NAME

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Diagnostic
    from slalang.source.text import Place, SourceFile

SORTS: Final = {"names": errors.NAME, "texts": errors.TEXT, "comments": errors.COMMENT}


@dataclass(frozen=True, slots=True)
class Names:
    """What becomes what: identifiers, prose, comments (without their `#`); `places` tells where each entry stands."""

    names: dict[str, str]
    texts: dict[str, str]
    comments: dict[str, str]
    file: str = ""
    places: dict[tuple[str, str], Place] = field(default_factory=dict)

    def of(self, sort: str) -> dict[str, str]:
        """One of the three tables: `names`, `texts`, `comments`."""
        return {"names": self.names, "texts": self.texts, "comments": self.comments}[sort]

    def back(self) -> Names:
        """The same table, read from right to left."""
        turned = {
            (sort, target): self.place(sort, given)
            for sort in SORTS
            for given, target in self.of(sort).items()
        }
        names, texts, comments = (
            {target: given for given, target in self.of(sort).items()} for sort in SORTS
        )
        return Names(names, texts, comments, self.file, turned)

    def place(self, sort: str, given: str) -> Place:
        """Where an entry stands; the file as a whole when its line cannot be told."""
        return self.places.get((sort, given), Spot(self.file))


def names_of(path: str) -> Names:
    """Read a table of names: `[names]`, `[texts]` and `[comments]`, each of `"English" = "Chinese"`.

    Raises:
        Stop: it cannot be read, is not TOML, has something else in it, names nothing properly, or gives one name twice.
    """
    try:
        source = read_source(path)
    except Unreadable as trouble:
        raise Stop(from_unreadable(trouble)) from None
    return from_toml(source)


def from_toml(source: SourceFile) -> Names:
    """Read the text of a table of names.

    Raises:
        Stop: see `names_of`.
    """
    try:
        data = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as broken:
        reason = Text(en=str(broken), zh=f"不符合 TOML：{broken}")
        raise Stop(errors.NamesUnreadable(Spot(source.name), reason=reason)) from None
    places: dict[tuple[str, str], Place] = {
        (str(path[0]), str(path[1])): span for path, span in locate(source).items() if len(path) == 2
    }
    wrong = _odd(data, source.name)
    if wrong:
        raise Stop(*wrong)
    read = {sort: dict(data.get(sort, {})) for sort in SORTS}
    names = Names(read["names"], read["texts"], read["comments"], source.name, places)
    bad = [*_no_names(names), *_twice(names)]
    if bad:
        raise Stop(*bad)
    return names


def _odd(data: dict[str, Any], file: str) -> list[Diagnostic]:
    out: list[Diagnostic] = []
    for sort, table in data.items():
        if sort not in SORTS or not isinstance(table, dict):
            reason = Text(
                en=f"`{sort}` is none of `[names]`, `[texts]`, `[comments]`",
                zh=f"`{sort}` 不是 `[names]`、`[texts]` 或 `[comments]`",
            )
            out.append(errors.NamesUnreadable(Spot(file), reason=reason))
            continue
        for key, value in table.items():
            if not isinstance(value, str) or not value.strip() or not value.isprintable():
                reason = Text(
                    en=f"`{key}` below `[{sort}]` has no text of one line",
                    zh=f"`[{sort}]` 下的 `{key}` 没有单行文字",
                )
                out.append(errors.NamesUnreadable(Spot(file), reason=reason))
    return out


def _no_names(names: Names) -> list[Diagnostic]:
    return [
        errors.NotAName(names.place("names", given), target=each)
        for given, target in names.names.items()
        for each in (given, target)
        if not NAME.fullmatch(each)
    ]


def _twice(names: Names) -> list[Diagnostic]:
    out: list[Diagnostic] = []
    for sort in SORTS:
        seen: dict[str, str] = {}
        for given, target in names.of(sort).items():
            if target in seen:
                out.append(
                    errors.NamesClash(
                        names.place(sort, given), given=given, target=target, other=seen[target]
                    )
                )
            seen.setdefault(target, given)
    return out
