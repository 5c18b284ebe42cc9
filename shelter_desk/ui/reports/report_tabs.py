"""The tables of the report in one row of tabs, and its controls at the end.

The lessons of the incidents closed in the period, below the figures of T12.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent

from shelter_desk import words
from shelter_desk.domain.reports.tables.t12_incidents import Lesson
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Tabs
from shelter_desk.words import formats


def lessons_card(found: Sequence[Lesson]) -> Card | None:
    """None where there is none."""
    if not found:
        return None
    card = Card(words.text("Lessons of the incidents closed in the period"))
    for one in found:
        kind = words.label("incident_type", one.incident_type)
        card.body.addWidget(Label(f"{formats.day(one.closed_on)} · {kind}", size="small", ink="ink2"))
        lesson = Label(one.text)
        lesson.setWordWrap(True)
        card.body.addWidget(lesson)
    return card


TABLES = ("t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t10", "t11", "t12")
CONTROLS = "controls"


class ReportTabs(Tabs):
    """Twelve tables in one row of an old screen: by name alone, the number is told on hovering.

    Where the names have no room, as in large text, the others are called by their number, the chosen one by its name.
    """

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        super().__init__([(code, _name(code, whole)) for code, whole in names], tight=True)
        self._names = dict(names)
        for place, (_, whole) in enumerate(names):
            self.setTabToolTip(place, whole)
            self.setAccessibleTabName(place, whole)
        self.currentChanged.connect(self._fold)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _fold(self) -> None:
        for is_short in (False, True):
            for place in range(self.count()):
                code = str(self.tabData(place))
                by_number = is_short and place != self.currentIndex() and code != CONTROLS
                self.setTabText(place, code.upper() if by_number else _name(code, self._names[code]))
            if sum(self.tabSizeHint(place).width() for place in range(self.count())) <= self.width():
                return


def _name(code: str, whole: str) -> str:
    """`Mouvements` of `T2 Mouvements`."""
    return whole.removeprefix(f"{code.upper()} ")


def report_tabs() -> ReportTabs:
    """The tables in the order of the report."""
    whole = (
        ("t1", words.text("T1 Capacity")),
        ("t2", words.text("T2 Movements")),
        ("t3", words.text("T3 Profile")),
        ("t4", words.text("T4 Identification")),
        ("t5", words.text("T5 Minors")),
        ("t6", words.text("T6 Services")),
        ("t7", words.text("T7 Referrals")),
        ("t8", words.text("T8 Exits")),
        ("t9", words.text("T9 Activities")),
        ("t10", words.text("T10 Equipment")),
        ("t11", words.text("T11 Stock")),
        ("t12", words.text("T12 Incidents")),
        (CONTROLS, words.text("Controls")),
    )
    return ReportTabs(whole)
