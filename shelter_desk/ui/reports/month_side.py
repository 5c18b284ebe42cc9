"""Beside the tables of a month: the figure that is opened, its closing, what is written of it, who signed, what is left
to settle.
"""

from PySide6.QtWidgets import QWidget

from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.reports.closed_card import ClosedCard
from shelter_desk.ui.reports.comments_card import CommentsCard
from shelter_desk.ui.reports.computing import LeftTerm
from shelter_desk.ui.reports.narrative.card import NarrativeCard
from shelter_desk.ui.reports.points_card import PointsCard
from shelter_desk.ui.reports.visas_card import VisasCard
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words.reports import closing as closing_words

SIDE, BROAD_SIDE, BROAD = 350, 440, 1700


class MonthSide(QWidget):
    """Cards one below the other; those of which nothing is known are hidden. opened: the card of an opened figure."""

    def __init__(self, desk: Desk, opened: QWidget) -> None:
        super().__init__()
        self._desk, self._opened = desk, opened
        self._has_visas = False
        self.points_card = PointsCard()
        self.closed_card = ClosedCard()
        self.comments_card = CommentsCard(desk)
        self.visas_card = VisasCard(desk)
        self.narrative_card = NarrativeCard(may_write=desk.may(Permission.REPORT_COMMENT))
        self.bridge = Alert("", "info")
        self.bridge.hide()
        in_column(
            opened,
            self.closed_card,
            self.bridge,
            self.narrative_card,
            self.comments_card,
            self.visas_card,
            (self.points_card, 1),
            within=self,
            spacing=tokens.SPACE_PANEL,
        )

    def clear(self) -> None:
        """Another period: of that nothing is known yet."""
        self._has_visas = False
        self.points_card.clear()
        for card in (self.closed_card, self.bridge, self.visas_card, self.narrative_card):
            card.hide()

    def show_left(self, found: LeftTerm) -> None:
        """What is known of a month once its figures are shown."""
        report, is_closed = found.month.report, found.standing is not None
        self.closed_card.setVisible(is_closed)
        self.points_card.setVisible(not is_closed)
        self.bridge.setVisible(found.before is not None)
        if found.before is not None:
            before = found.before
            self.bridge.sentence.setText(closing_words.bridge(before.published, before.corrected, before.opening))
        if found.standing is not None:
            may_close = self._desk.may(Permission.REPORT_CLOSE)
            self.closed_card.show_standing(found.standing, found.moved, found.accepted, may_close=may_close)
        else:
            self.points_card.show_points(found.points)
        self.comments_card.show_month(report, found.written)
        self.visas_card.show_visas(report.period, found.visas)
        self.narrative_card.show_narrative(found.narrative)
        self._has_visas = bool(found.visas)
        self.make_room()

    def make_room(self) -> None:
        """Who signed stands aside for a figure that is opened: a small screen has no room for both."""
        self.visas_card.setVisible(self._has_visas and self._opened.isHidden())

    def share(self, wide: int) -> None:
        """Wider where there is room, or where the text is large. wide: pixels of the page."""
        narrow = max(SIDE, min(tokens.wide(SIDE), round(wide * 0.36)))
        self.setFixedWidth(BROAD_SIDE if wide >= BROAD else narrow)
