"""With whom somebody was of one family, and on which days, as rows on the stay."""

from PySide6.QtWidgets import QGridLayout

from shelter_desk import words
from shelter_desk.operations.residents.family_times import FamilyTime
from shelter_desk.operations.residents.residents import StayRecord
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import families

Line = tuple[str, str, str]


def lines(one: StayRecord) -> list[Line]:
    """Who it is, what one is to the other, and when; none where nothing of it was written."""
    return [_line(time) for time in one.families if families.link(time.membership) or families.days(time.membership)]


def _line(time: FamilyTime) -> Line:
    told = words.text("In the care of {code}") if time.is_head else words.text("{code}, in care")
    return told.format(code=time.person.code), families.link(time.membership), families.days(time.membership)


def grid(shown: list[Line]) -> QGridLayout:
    """A row each."""
    made = QGridLayout()
    made.setHorizontalSpacing(tokens.SPACE_2)
    made.setVerticalSpacing(tokens.SPACE_HALF)
    made.setColumnStretch(1, 1)
    for row, (who, link, days) in enumerate(shown):
        made.addWidget(Label(who), row, 0)
        made.addWidget(Label(link, ink="ink2", wrap=True), row, 1)
        made.addWidget(Label(days, ink="ink2"), row, 2)
    return made
