"""Shapes with their classes go in; escaped SVG elements come out, with coordinates as whole pixels."""

from __future__ import annotations

from html import escape

PALETTE = """
.tl{--ink:#1b1f24;--soft:#5c6670;--line:#c9d0d7;--paper:#fff;--hours:#cfe6f5;--hours-edge:#56b4e9;
--run:#0072b2;--still:#f6d58c;--still-edge:#b87900;--over:#d55e00;--spare:#009e73;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC",
"PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif}
@media (prefers-color-scheme:dark){.tl{--ink:#e8ebee;--soft:#a4aeb8;--line:#48525c;--paper:#14181c;--hours:#1d3a4d;
--hours-edge:#56b4e9;--still:#5c4510;--still-edge:#e69f00;--run:#2b8fd0;--over:#e0701a;--spare:#1fae86}}
@media print{.tl{--ink:#000;--soft:#333;--line:#999;--paper:#fff;--hours:#cfe6f5;--still:#f6d58c;--run:#0072b2;
--over:#d55e00;--spare:#009e73}}
.tl text{font-size:12px;fill:var(--ink)} .tl .row{font-weight:600} .tl .soft{fill:var(--soft)}
.tl .small{font-size:11px} .tl .strong{font-weight:700} .tl .on{fill:#fff;font-weight:600}
.tl .deadline{fill:var(--over);font-weight:700} .tl .middle{text-anchor:middle} .tl .end{text-anchor:end}
.tl .track{fill:none;stroke:var(--line)} .tl .hours{fill:var(--hours);stroke:var(--hours-edge)}
.tl .run{fill:var(--run)} .tl .still-edge{fill:none;stroke:var(--still-edge)} .tl .over{fill:var(--over)}
.tl .spare{fill:var(--spare)} .tl .left{fill:var(--soft)}
.tl .grid{stroke:var(--line);stroke-width:1} .tl .pin{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 3}
.tl .mark{stroke:var(--over);stroke-width:2.5;stroke-dasharray:7 3} .tl .dot{fill:var(--ink)}
.tl .break{stroke:var(--ink);stroke-width:1.5}
.tl .shade{fill:var(--over);opacity:.12} .tl .halo{paint-order:stroke;stroke:var(--paper);stroke-width:3px}
"""


def text(x: int, y: int, words: str, *classes: str) -> str:
    """Words with their baseline at y."""
    return f'<text x="{x}" y="{y}" class="{" ".join(classes)}">{escape(words)}</text>'


def box(x: int, y: int, width: int, height: int, *, name: str = "", fill: str = "", title: str = "") -> str:
    """A rectangle, at least two pixels wide so that a short stretch is seen; `title` shows when it is pointed at."""
    style = f' fill="{fill}"' if fill else ""
    kind = f' class="{name}"' if name else ""
    inner = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<rect x="{x}" y="{y}" width="{max(width, 2)}" height="{height}" rx="2"{kind}{style}>{inner}</rect>'
    )


def line(x1: int, y1: int, x2: int, y2: int, name: str) -> str:
    """A straight line."""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" class="{name}"/>'


def dot(x: int, y: int, radius: int, name: str) -> str:
    """A filled circle."""
    return f'<circle cx="{x}" cy="{y}" r="{radius}" class="{name}"/>'


def patterns(name: str) -> str:
    """Hatchings that tell colours apart in print and without colour sight: `<name>-still` and `<name>-over`."""
    return (
        f'<defs><pattern id="{name}-still" width="8" height="8" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="8" height="8" style="fill:var(--still)"/>'
        '<line x1="0" y1="0" x2="0" y2="8" style="stroke:var(--still-edge)" stroke-width="2"/></pattern>'
        f'<pattern id="{name}-over" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(-45)"><rect width="7" height="7" style="fill:var(--over)"/>'
        '<line x1="0" y1="0" x2="0" y2="7" stroke="#fff" stroke-opacity=".35" stroke-width="2"/></pattern></defs>'
    )


def picture(name: str, size: tuple[int, int], said: tuple[str, str], parts: list[str]) -> str:
    """The whole SVG, with a title and a description for those who do not see it and its own style, so that it also stands alone."""
    (width, height), (title, description) = size, said
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tl" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        f"<style>{PALETTE}</style>{patterns(name)}"
    )
    return head + "\n".join(parts) + "</svg>"
