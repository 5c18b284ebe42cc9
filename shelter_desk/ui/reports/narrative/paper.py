"""The narrative of a month on paper or as a PDF: one page, two at most."""

from html import escape

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words.reports.narrative import NarrativePage

POINTS, MARGIN = 10.0, 16.0


def html(page: NarrativePage) -> str:
    """The page as a document."""
    quiet = "style='color:#5D636F; font-size:9pt; margin-top:0; margin-bottom:0'"
    made = [f"<p align='right' style='color:#A3242B'><b>{escape(page.warning)}</b></p>"] if page.warning else []
    made.append(f"<p style='color:#1D2850; font-size:18pt; margin-bottom:2px'><b>{escape(page.title)}</b></p>")
    made += [f"<p {quiet}>{escape(one)}</p>" for one in page.about]
    for heading, passages in page.parts:
        top = "style='color:#1D2850; font-size:11.5pt; margin-top:9px; margin-bottom:1px'"
        made.append(f"<p {top}><b>{escape(heading)}</b></p>")
        lines = "".join(f"<tr><td width='14'>–</td><td>{escape(one)}</td></tr>" for one in passages)
        made.append(f"<table width='100%' cellspacing='0' cellpadding='1'>{lines}</table>")
    if page.signed:
        made.append(f"<p {quiet}>&nbsp;</p>{_signed(page)}")
    if page.foot:
        made.append(f"<p style='color:#5D636F; font-size:8pt; margin-top:6px'>{escape(page.foot)}</p>")
    return "".join(made)


def _signed(page: NarrativePage) -> str:
    rows = "".join(
        f"<tr><td width='30%'>{escape(label)}</td><td>{escape(said) or '&nbsp;'}</td></tr>"
        for label, said in page.signed
    )
    return (
        "<table width='100%' border='1' cellspacing='0' cellpadding='3' style='border-collapse:collapse'>"
        f"{rows}</table>"
    )


def _sheets(page: NarrativePage) -> printing.Paint:
    return printing.sheets(html(page), POINTS, mark=page.warning)


def pdf(page: NarrativePage) -> bytes:
    """The same as a PDF that names no author; also where no window is open."""
    from shelter_desk.ui.offscreen import application

    application()
    return printing.pdf(_sheets(page), MARGIN, page.title)


def print_page(parent: QWidget, page: NarrativePage) -> str:
    """Print it, or save it as a PDF where there is no printer; what was done, "" when it was given up."""
    return printing.send(
        parent,
        _sheets(page),
        words.text("Save the narrative"),
        words.text("The narrative is printed."),
        words.text("The narrative is in {file}."),
        file="narratif.pdf",
        margin=MARGIN,
    )
