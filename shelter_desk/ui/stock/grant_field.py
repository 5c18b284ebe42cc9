"""The grant of a donor, the last one unless another is chosen; away while the donor has none."""

from collections.abc import Sequence
from datetime import date

from shelter_desk import words
from shelter_desk.domain.equipment import receiving
from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.operations.drafts import Value
from shelter_desk.ui.forms.choice_field import ChoiceField

NONE = "none"


class GrantField(ChoiceField):
    """Follows the donor chosen beside it."""

    def __init__(self, grants: Sequence[Grant]) -> None:
        super().__init__(words.text("Grant"))
        self._grants = grants
        self.hide()

    def follow(self, donor: str, day: date) -> None:
        """The grants of that donor, the last one chosen."""
        mine = [one for one in self._grants if one.donor == donor]
        named = [(one.code, f"{one.code} {one.title}".strip()) for one in mine]
        last = receiving.last_of(mine, donor, day)
        self.set_choices([(NONE, words.text("no grant")), *named])
        self.choose(NONE if last is None else last.code)
        self.setVisible(bool(mine))

    def code(self) -> str:
        """The code chosen, "" for none."""
        chosen = self.value()
        return "" if self.isHidden() or chosen in (None, NONE) else str(chosen)

    def draft_value(self) -> Value:
        """The code chosen; the donor of a draft is put before."""
        return self.value() or ""

    def put_draft(self, value: Value) -> None:
        """Show it again, with the others of its donor."""
        one = next((one for one in self._grants if one.code == value), None)
        if one is not None:
            self.follow(one.donor, date.max)
        self.choose(str(value) or None)
