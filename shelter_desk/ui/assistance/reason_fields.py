"""Why a request for a place was not met: a reason of the list, and what it asks besides."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.place_requests import ELSEWHERE, GIVEN_UP, MOST_LETTERS, OTHER
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.referring import lists
from shelter_desk.ui.widgets.flow import Flow

_OF_THE_PERSON = ("personne_decline", "sans_nouvelles")
_OF_BOTH = (ELSEWHERE, OTHER)


class ReasonFields(QWidget):
    """The reason; a few words where it is none of the list, the partner where the persons were sent there.

    below: one under the other, where there is little room.
    """

    def __init__(self, desk: Desk, below: bool = False) -> None:
        super().__init__()
        self._of_house = tuple(code for code, _ in lists.of("request_reason") if code not in _OF_THE_PERSON)
        self.reason = ChoiceField(words.text("Reason"), lists.of("request_reason"), required=True)
        self.said = LineField(
            words.text("In a few words"),
            required=True,
            placeholder=words.text("no name, no story"),
            open_words=True,
        )
        self.said.line.setMaxLength(MOST_LETTERS)
        names = partners.partners(desk) if desk.may(Permission.ASSIST_SEE) else ()
        known = [(one.name, one.name) for one in names if one.is_active]
        # who may not read the directory types the name of the structure
        self.partner: ChoiceField | LineField
        if known:
            self.partner = ChoiceField(words.text("Partner"), known, required=True)
        else:
            self.partner = LineField(words.text("Partner"), required=True)
        self.fields: dict[str, Field] = {
            "request_reason": self.reason,
            "reason_said": self.said,
            "partner": self.partner,
        }
        self._below() if below else self._beside()
        self.reason.chosen.connect(self._show)
        self._show()

    def _below(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE)
        for field in self.fields.values():
            column.addWidget(field)

    def _beside(self) -> None:
        row = Flow()
        for field, width in ((self.reason, 290), (self.said, 300), (self.partner, 300)):
            field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.setLayout(row)

    def be_about(self, outcome: str) -> None:
        """Offer the reasons of a refusal, or of a request that was given up."""
        only = (*_OF_THE_PERSON, *_OF_BOTH) if outcome == GIVEN_UP else self._of_house
        chosen = self.reason.value()
        self.reason.set_choices(lists.of("request_reason", only))
        self.reason.choose(chosen if chosen in only else None)
        self._show()

    @Slot()
    def _show(self, _code: str = "") -> None:
        self.said.setVisible(self.reason.value() == OTHER)
        self.partner.setVisible(self.reason.value() == ELSEWHERE)

    def values(self) -> tuple[str, str, str]:
        """Reason, words, partner."""
        partner = (self.partner.value() or "") if isinstance(self.partner, ChoiceField) else self.partner.text().strip()
        return self.reason.value() or "", self.said.text(), partner
