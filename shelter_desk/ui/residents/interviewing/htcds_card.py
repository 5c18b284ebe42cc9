"""The decision and the sessions of a stay in the words of HTCDS, to be copied into a partner's table (F39)."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication

from shelter_desk import words
from shelter_desk.domain import htcds
from shelter_desk.domain.htcds import Case
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import Facts


class HtcdsCard(Card):
    """Fields and values as the standard names them, in no language but its own; nobody's name, no code of a person."""

    def __init__(self, case: Case) -> None:
        super().__init__(words.text("HTCDS terms"), words.text("for IOM and partners"))
        self.fields = htcds.fields(case)
        self.copy_button = Button(words.text("Copy as a table"), "quiet")
        self.copy_button.clicked.connect(self._copy)
        self.head.addWidget(self.copy_button)
        self.body.addWidget(Facts([(name, "; ".join(values)) for name, values in self.fields.items()]))
        credit = words.text("Names and values: HTCDS 2.0, IOM, CC BY 4.0. IOM does not vouch for this program.")
        self.body.addWidget(Label(credit, size="small", ink="ink2", wrap=True), 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _copy(self) -> None:
        """Names in the first line, values in the second, as a spreadsheet takes them."""
        lines = ("\t".join(self.fields), "\t".join("; ".join(values) for values in self.fields.values()))
        QGuiApplication.clipboard().setText("\n".join(lines))
