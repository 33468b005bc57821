"""A message is a frozen class with its words in two languages; filling its fields gives one diagnostic.

    class UnknownPriority(Diagnostic):
        \"\"\"A target names a priority that the contract does not declare.\"\"\"

        code = "SLA-E0203"
        title = Text(en="unknown priority", zh="未知的优先级")
        label = Text(en="`{name}` is not declared", zh="没有声明 `{name}`")
        hint = Text(en="write `{nearest}`", zh="改为 `{nearest}`")
        name: str
        nearest: str | None

    collector.add(UnknownPriority(span, name="P0", nearest="P1"))

A part (label, why, example, hint) whose field is None or empty is left out; a tuple of texts means the first one
whose fields are all filled.
"""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any, ClassVar, Literal, dataclass_transform

if TYPE_CHECKING:
    from slalang.source.text import Place, Span

Language = Literal["en", "zh"]
Severity = Literal["error", "warning", "note"]
PARTS = ("label", "why", "example", "hint")
LONGEST_VALUE = 120  # code points of one field's value that a message repeats


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and in Chinese, with `{field}` placeholders."""

    en: str
    zh: str

    def in_(self, language: Language) -> str:
        """The words in one language, placeholders unfilled."""
        return self.en if language == "en" else self.zh

    def placeholders(self, language: Language) -> frozenset[str]:
        """Names of the fields that one language's words mention."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.in_(language)) if name is not None)


Words = Text | tuple[Text, ...] | None


@dataclass(frozen=True, slots=True)
class Label:
    """Words under a second place: `field` names the diagnostic's field that holds the span."""

    field: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What an editor may do: put `text` in place of `span`."""

    span: Span
    text: str


def _field(*, kw_only: bool) -> Any:
    """Tells type checkers that a field is passed by place."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(_field,))
class _Message:
    """Gives every subclass what a frozen dataclass has, so that a new message needs no decorator.

    `dataclass` itself compiles six methods a class: with a hundred messages that is 50 ms before the first line of a
    contract is read. Here the methods are shared and a class costs a walk over its annotations.
    """

    field_names: ClassVar[tuple[str, ...]] = ()
    """Names of the fields, those of the parent first."""

    def __init_subclass__(cls) -> None:
        own = (name for name, kind in cls.__annotations__.items() if not str(kind).startswith("ClassVar"))
        cls.field_names = tuple(dict.fromkeys((*cls.field_names, *own)))

    def __init__(self, at: Place | None, **values: Any) -> None:
        unknown = values.keys() - set(self.field_names)
        missing = [
            name
            for name in self.field_names
            if name != "at" and name not in values and not hasattr(self, name)
        ]
        if unknown or missing:
            raise TypeError(
                f"{type(self).__name__}: unknown fields {sorted(unknown)}, missing fields {missing}"
            )
        given = {**values, "at": at}
        self.__dict__.update(
            (name, given[name] if name in given else getattr(self, name)) for name in self.field_names
        )

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items() if value is not None)
        return f"{type(self).__name__}({shown})"


class Diagnostic(_Message):
    """One thing to tell, with the place it is about.

    Class attributes are the words: `code`; `title`, the rule broken; `label`, what was seen; `why`, the consequence;
    `example`, the smallest witness; `hint`, what can be typed; `places`, words under further places. `bad` and `good`
    are snippets for the manual page, which is the class docstring.

    Attributes:
        at: the primary place; None when the message is about no place at all.
        fix: a replacement that an editor may offer.
    """

    code: ClassVar[str]
    title: ClassVar[Text]
    severity: ClassVar[Severity] = "error"
    label: ClassVar[Words] = None
    why: ClassVar[Words] = None
    example: ClassVar[Words] = None
    hint: ClassVar[Words] = None
    places: ClassVar[tuple[Label, ...]] = ()
    page_zh: ClassVar[str] = ""
    bad: ClassVar[str] = ""
    good: ClassVar[str] = ""

    at: Place | None = _field(kw_only=False)
    fix: Fix | None = None

    def say(self, part: str, language: Language) -> str | None:
        """One part (`title`, `label`, `why`, `example`, `hint`) in words, or None when there is nothing to say."""
        words: Words = getattr(self, part)
        for choice in words if isinstance(words, tuple) else (words,):
            if choice is not None and self._has_all(choice):
                return self.fill(choice.in_(language), language)
        return None

    def fill(self, template: str, language: Language) -> str:
        """Put the fields' values into a template."""
        needed = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        return template.format_map({name: _shown(getattr(self, name), language) for name in needed})

    def further(self, language: Language) -> list[tuple[Span, str]]:
        """The labelled secondary places, in the order the class names them."""
        found: list[tuple[Span, str]] = []
        for label in self.places:
            value: Span | tuple[Span, ...] | None = getattr(self, label.field)
            spans = () if value is None else value if isinstance(value, tuple) else (value,)
            words = self.fill(label.en if language == "en" else label.zh, language)
            found.extend((span, words) for span in spans)
        return found

    def field_values(self) -> dict[str, Any]:
        """The fields that fill the placeholders, as they are."""
        told = {"at", "fix", *(label.field for label in self.places)}
        return {name: value for name, value in self.__dict__.items() if name not in told}

    def _has_all(self, text: Text) -> bool:
        return all(getattr(self, name) not in (None, "", ()) for name in text.placeholders("en"))


class Stop(Exception):  # noqa: N818 - not an error of the program: the input cannot be used
    """A stage cannot go on; carries the diagnostics that say why. Caught by the command line only."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(f"{item.code} {item.say('title', 'en')}" for item in diagnostics))
        self.diagnostics = diagnostics


def visible(text: str) -> str:
    """Replace characters that a terminal would obey or hide (controls, bidirectional marks) by their escapes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\u3000" else _escape(char) for char in text)


def _escape(char: str) -> str:
    if char == "\u200d":  # joins the parts of an emoji
        return char
    return char.encode("unicode_escape").decode("ascii")


def _shown(value: object, language: Language) -> str:
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, tuple):
        return ("、" if language == "zh" else ", ").join(f"`{_shown(item, language)}`" for item in value)
    text = str(value)
    return visible(text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…")
