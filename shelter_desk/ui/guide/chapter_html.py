"""A chapter or a card as a document for the screen or for paper; the little Markdown that they are written in.

Qt reads Markdown too (`setMarkdown`), but shows a picture as wide as it is, without what is told below it, and takes no
style sheet; on paper nothing would flow beside a picture.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QUrl

_IMAGE = re.compile(r"!\[(?P<told>[^\]]*)\]\((?P<path>[^)]+)\)")
_INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*(.+?)\*"), r"<i>\1</i>"),
    (re.compile(r"`(.+?)`"), r"<code>\1</code>"),
    (re.compile(r"\[([^\]]+)\]\(([^)]+)\)"), r"<a href='\2'>\1</a>"),
)
_ROW, _RULE = re.compile(r"^\|(.*)\|$"), re.compile(r"^[\s|:-]+$")
_STEP, _POINT = re.compile(r"^\d+\. "), re.compile(r"^- ")
_BEGUN = {"ol": "<ol>", "ul": "<ul>", "table": "<table class='rows' border='1' cellspacing='0' width='100%'>"}


@dataclass(frozen=True, slots=True)
class GuideLook:
    """How it looks. wide: of a picture, in the units of the document; on_paper: no links, text beside the pictures."""

    wide: int
    ink: str
    quiet: str
    accent: str
    sunken: str
    heading: str = "14pt"
    on_paper: bool = False


def html(title: str, text: str, look: GuideLook, beside: Path) -> str:
    """A title and what is below it. beside: the folder that its pictures are told from."""
    return f"<h1>{_inline(title, look)}</h1>{body(text, look, beside)}"


def body(text: str, look: GuideLook, beside: Path) -> str:
    """The text without its title."""
    return "".join(_blocks(text.splitlines(), look, beside))


def style(look: GuideLook) -> str:
    """The style sheet of the document."""
    return (
        f"h1 {{ color: {look.accent}; font-size: {look.heading}; margin-top: 14px; margin-bottom: 4px; }}"
        f"h2 {{ color: {look.accent}; font-size: large; margin-top: 12px; margin-bottom: 2px; }}"
        f"p, li {{ color: {look.ink}; }} p {{ margin-top: 3px; margin-bottom: 3px; }}"
        "ol, ul { margin-top: 2px; margin-bottom: 4px; -qt-list-indent: 1; } li { margin-bottom: 2px; }"
        f"code {{ background-color: {look.sunken}; }} a {{ color: {look.accent}; }}"
        "table.rows { margin-top: 6px; margin-bottom: 8px; }"
        f"th, td {{ color: {look.ink}; padding: 4px; }} th {{ background-color: {look.sunken}; }}"
        f".told {{ color: {look.quiet}; font-size: small; }}"
    )


def _blocks(lines: Iterable[str], look: GuideLook, beside: Path) -> Iterator[str]:
    listed = ""  # the list or the table that is open
    cell = ""
    for line in lines:
        row = _ROW.match(line.strip())
        kind = "ol" if _STEP.match(line) else "ul" if _POINT.match(line) else "table" if row else ""
        if kind != listed:
            yield f"</{listed}>" if listed else ""
            yield _BEGUN.get(kind, "")
            listed, cell = kind, "th"
        picture = _IMAGE.fullmatch(line.strip())
        if row is not None:
            yield "" if _RULE.match(row[1]) else _row(row[1], cell, look)
            cell = "td"
        elif kind:
            yield f"<li>{_inline(_POINT.sub('', _STEP.sub('', line)), look)}</li>"
        elif picture is not None:
            yield _picture(picture["path"], picture["told"], look, beside)
        elif line.startswith("## "):
            yield f"<h2>{_inline(line[3:], look)}</h2>"
        elif line.strip():
            yield f"<p>{_inline(line, look)}</p>"
    yield f"</{listed}>" if listed else ""


def _row(cells: str, cell: str, look: GuideLook) -> str:
    told = (f"<{cell} align='left'>{_inline(one.strip(), look)}</{cell}>" for one in cells.split("|"))
    return f"<tr>{''.join(told)}</tr>"


def _picture(path: str, told: str, look: GuideLook, beside: Path) -> str:
    where = QUrl.fromLocalFile(str((beside / path).resolve())).toString()
    if look.on_paper:
        shown = f"<img src='{where}' width='{look.wide}'><br><span class='told'>{escape(told)}</span>"
        return f"<table style='float: right; margin-left: 12px'><tr><td>{shown}</td></tr></table>"
    return f"<p><img src='{where}' width='{look.wide}'><br><span class='told'>{escape(told)}</span></p>"


def _inline(text: str, look: GuideLook) -> str:
    made = escape(text, quote=False)
    for pattern, put in _INLINE:
        made = pattern.sub(put, made)
    return re.sub(r"</?a\b[^>]*>", "", made) if look.on_paper else made
