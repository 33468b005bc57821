"""The name of a folder of language text (`grammar`, `stdlib`) goes in; the folder comes out, wherever it was installed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def folder(name: str) -> Traversable:
    """Find the folder `name` in a wheel, in an editable install or in a bare checkout.

    The bundled copy comes first: otherwise a top-level `grammar/` that another package left in site-packages
    could be read instead. An editable install has no bundled copy next to the package, hence the second look.

    Raises:
        RuntimeError: the package was installed without the folder.
    """
    bundled = files("slalang") / "_bundled" / name
    if bundled.is_dir():
        return bundled
    checkout = Path(__file__).resolve().parent.parent / name
    if checkout.is_dir():
        return checkout
    raise RuntimeError(f"slalang was installed without its {name}/ folder")


def text(path: str) -> str:
    """Read one resource as UTF-8 text: `text("grammar/slalang.lark")`.

    Raises:
        RuntimeError: the package was installed without the folder.
        FileNotFoundError: the folder has no such file.
    """
    first, *rest = path.split("/")
    found = folder(first)
    for part in rest:
        found = found / part
    return found.read_text(encoding="utf-8")


def names(path: str, suffix: str = "") -> tuple[str, ...]:
    """List the files directly inside a resource folder whose names end in `suffix`, sorted."""
    first, *rest = path.split("/")
    found = folder(first)
    for part in rest:
        found = found / part
    return tuple(
        sorted(item.name for item in found.iterdir() if item.is_file() and item.name.endswith(suffix))
    )
