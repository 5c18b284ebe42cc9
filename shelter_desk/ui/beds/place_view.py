"""Somebody for a free bed: those present, the ones without a bed first, and what the rules say."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot

from shelter_desk import words
from shelter_desk.domain.errors import Missing, NeedsReason
from shelter_desk.operations.beds.beds import Board
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.beds import moving, phrases
from shelter_desk.ui.beds.panel_views import ActFace
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.card import Alert


class PlaceFace(ActFace):
    """Choose who comes to this bed. place: does it; reason_wanted is called where a rule asks for a reason."""

    def __init__(
        self,
        desk: Desk,
        board: Board,
        key: str,
        title: str,
        place: Callable[[Present], Told],
        reason_wanted: Callable[[Present, NeedsReason], None],
    ) -> None:
        super().__init__(desk, title, "", words.text("Place"), "move")
        self._board, self._key, self._place, self._reason_wanted = board, key, place, reason_wanted
        self.everyone = {one.person.code: one for one in [*board.unplaced, *board.everyone]}
        choices = [
            (code, phrases.person_line(one, board.night, moving.place_name(board, one)))
            for code, one in self.everyone.items()
        ]
        self.who = ChoiceField(words.text("Person present"), choices, required=True)
        self.says = Alert("", "attention")
        self.says.hide()
        self.fields = {"person_code": self.who}
        self.who.chosen.connect(self._chosen)
        self.add(self.who, self.says)

    def set_first(self) -> None:
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _chosen(self, code: str) -> None:
        one = self.everyone.get(code)
        verdict = None
        if one is not None:
            verdict = moving.verdicts(self.desk, self._board, moving.Moving("move", one)).get(self._key)
        self.says.setVisible(bool(verdict and verdict.told))
        self.says.sentence.setText(verdict.told if verdict else "")

    def _chosen_one(self) -> Present:
        one = self.everyone.get(self.who.value() or "")
        if one is None:
            raise Missing("person_code")
        return one

    def act(self) -> Told:
        return self._place(self._chosen_one())

    def ask_reason(self, error: NeedsReason) -> None:
        self._reason_wanted(self._chosen_one(), error)
