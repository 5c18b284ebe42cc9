"""What every blank sheet is made of: a title with its reference, questions with lines and boxes, empty tables."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from shelter_desk import words
from shelter_desk.domain import codes

LINES = 18  # of an empty list
SHORT = 36  # signs of an answer that fit any line
BOX, LINE, GAP = "☐", "_" * 24, " \u2003"  # the gap is where a line may break
LONG = f"{LINE} " * 9  # where a sentence is written, on lines as broad as there is room
Field = tuple[str, str]  # what is asked, and where it is written


def reference(letter: str, day: date, n: int) -> str:
    """`A-25112026-1`: the kind of sheet, the day, the number of the copy."""
    return f"{letter}-{day:%d%m%Y}-{n}"


def _head(title: str, number: str, is_signed: bool = False) -> str:
    told = words.text("Reference {reference}: write it when you type this sheet. Keep it locked up, then destroy it.")
    if is_signed:
        told = words.text(
            "Reference {reference}: write it when you type this sheet. The signed paper is kept locked up."
        )
    return f"<h2>{escape(title)}</h2><p>{escape(told.format(reference=number))}</p>"


def sheet(title: str, number: str, fields: Iterable[Field], is_signed: bool = False) -> str:
    """Questions with the place for their answers. is_signed: the paper is a proof, and stays."""
    rows = "".join(
        f"<tr><td width='34%'><b>{escape(asked)}</b></td><td width='66%'>{escape(answer)}</td></tr>"
        for asked, answer in fields
    )
    head = _head(title, number, is_signed)
    return f"{head}<table width='100%' border='0' cellspacing='0' cellpadding='5'>{rows}</table>"


def table(title: str, number: str, heads: Sequence[str]) -> str:
    """A list of empty lines under these heads."""
    named = "".join(f"<th align='left'>{escape(one)}</th>" for one in heads)
    empty = "<tr>" + "<td>&nbsp;</td>" * len(heads) + "</tr>"
    return (
        f"{_head(title, number)}<table width='100%' border='1' cellspacing='0' cellpadding='6' "
        f"style='border-collapse:collapse'><thead><tr>{named}</tr></thead>{empty * LINES}</table>"
    )


def boxes(list_name: str) -> str:
    """Every code of a list that may be chosen, with a box before it; a short one is never broken."""
    labels = (words.label(list_name, one.code) for one in codes.codes(list_name) if one.active)
    return GAP.join(f"{BOX}\u00a0{one if len(one) > SHORT else one.replace(' ', chr(0xA0))}" for one in labels)


def yes_no() -> str:
    """A box for yes and one for no."""
    return GAP.join((f"{BOX} {words.text('Yes')}", f"{BOX} {words.text('No')}"))


def answers(title: str, number: str, asked: Sequence[str], columns: Sequence[str]) -> str:
    """Questions one below the other, a box for each answer beside them."""
    named = "".join(f"<th>{escape(one)}</th>" for one in columns)
    boxes = f"<td align='center'>{BOX}</td>" * len(columns)
    rows = "".join(f"<tr><td>{escape(one)}</td>{boxes}</tr>" for one in asked)
    code = f"<p><b>{escape(words.text('Code of the person'))}</b> {LINE}</p>"
    return (
        f"{_head(title, number)}{code}<table width='100%' border='1' cellspacing='0' cellpadding='1' "
        f"style='border-collapse:collapse'><thead><tr><th></th>{named}</tr></thead>{rows}</table>"
    )
