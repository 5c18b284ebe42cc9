"""The guide on paper: a booklet for each who works here, printed or as a PDF; it says nothing of any shelter."""

import re
from pathlib import Path

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Role
from shelter_desk.operations.vault import output_paths
from shelter_desk.ui.guide import chapter_html
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import guide

READERS = (Role.DIRECTOR, Role.CASE_WORKER, Role.STOREKEEPER, Role.RECEPTION)
MARGIN = 14.0  # millimetres
POINTS = 9.0
PICTURE = 290  # how wide a picture is, of the 510 points between the margins
LARGER = {Role.RECEPTION: (11.5, 400), Role.STOREKEEPER: (10.0, 360)}  # points and picture where there is room


def html(role: Role) -> str:
    """All chapters of that role, one after the other."""
    wide = LARGER.get(role, (POINTS, PICTURE))[1]
    look = chapter_html.GuideLook(wide, "#1B1F2A", "#5D636F", "#1D2850", "#EDEBE6", heading="15pt", on_paper=True)
    beside = guide.place() / words.language()
    head = words.text("Shelter Desk, guide: {role}").format(role=words.label("role", role.value))
    chapters = _once("".join(chapter_html.html(one.title, one.text, look, beside) for one in guide.booklet(role)))
    told = f"<p align='right' class='told'>{head}</p>"
    return f"<html><head><style>{chapter_html.style(look)}</style></head><body>{told}{chapters}</body></html>"


def _once(text: str) -> str:
    """Each picture where it stands first: on paper one turns back to it."""
    seen: set[str] = set()

    def kept(found: re.Match[str]) -> str:
        is_new = found["picture"] not in seen
        seen.add(found["picture"])
        return found[0] if is_new else ""

    return re.sub(r"<table style='float.*?src='(?P<picture>[^']*)'.*?</table>", kept, text)


def paint(role: Role) -> printing.Paint:
    """What paints the booklet of that role."""
    return printing.sheets(html(role), LARGER.get(role, (POINTS, PICTURE))[0])


def save(role: Role, path: Path) -> None:
    """The same as a PDF, also where no window is open. Raises WouldOverwrite, DiskFull, ReadOnly, DriveGone."""
    from shelter_desk.ui.offscreen import application

    output_paths.check(path)
    application()
    printing.write_pdf(path, paint(role), MARGIN, words.text("Guide"))


def print_booklet(parent: QWidget, role: Role) -> str:
    """Print it, or save it as a PDF where there is no printer; what was done, "" when it was given up."""
    return printing.send(
        parent,
        paint(role),
        words.text("Save the booklet"),
        words.text("The booklet is printed."),
        words.text("The booklet is in {file}."),
        file="guide.pdf",
        margin=MARGIN,
    )
