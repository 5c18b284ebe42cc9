"""Away and back: the forms of somebody's nights, in the panel.

What the page does to a stay or a bed: one operation, one sentence for the message bar.
"""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.errors import Missing
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences, stays
from shelter_desk.operations.stays.stays import Spot
from shelter_desk.ui.beds import phrases
from shelter_desk.ui.beds.panel_views import ActFace
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.label import Label


def move(desk: Desk, who: Present, spot: Spot, place: str) -> Told:
    """Give somebody another place from now on. place: how the sentence calls it. Raises NeedsReason and the like."""
    done = stays.move(desk, who.stay.id, spot, desk.now())
    if spot.place == "appoint":
        sentence = words.text("{code} sleeps on a mat in room {place}.")
    else:
        sentence = words.text("{code} sleeps in bed {place}.")
    return Told("ok", sentence.format(code=who.person.code, place=place), done)


def move_family(desk: Desk, moves: Sequence[tuple[Present, Bed]], room: str, reason: str = "") -> Told:
    """Give a whole family its beds in one act. room: its code. Raises NeedsReason and the like; then nobody moves."""
    spots = [(who.stay.id, Spot("lit", bed.id, reason=reason)) for who, bed in moves]
    done = stays.move_household(desk, spots, desk.now())
    beds = ", ".join(bed.code for _, bed in moves)
    return Told("ok", words.text("The family sleeps in room {room}: {beds}.").format(room=room, beds=beds), done)


def swap(desk: Desk, who: Present, other: Present, places: tuple[str, str], reason: str = "") -> Told:
    """Let two persons exchange their beds. places: where each is before."""
    done = stays.swap(desk, who.stay.id, other.stay.id, desk.now(), reason)
    sentence = words.text("{one} now has {there}, {other} has {here}.")
    here, there = places
    return Told("ok", sentence.format(one=who.person.code, there=there, other=other.person.code, here=here), done)


def _about(one: Present, place: str) -> str:
    return words.text("{code}, {place}").format(code=one.person.code, place=place[:1].lower() + place[1:])


class AwayForm(ActFace):
    """Why, the first night away, and the first night back where it is known; the bed is kept."""

    when = "from"

    def __init__(self, desk: Desk, one: Present, place: str) -> None:
        super().__init__(desk, words.text("Away"), _about(one, place), words.text("Record"), "absence")
        self._one = one
        today = desk.today()
        self.why = ChoiceField(words.text("Reason"), phrases.of_list("absence_type"), required=True)
        self.first = DayField(words.text("First night away"), today, required=True, value=today)
        self.back = DayField(words.text("First night back"), today)
        self.fields = {"absence_type": self.why, "from": self.first, "to": self.back}
        note = Label(
            words.text("The bed is kept. Write the return when it is known."), size="small", ink="ink2", wrap=True
        )
        self.add(self.why, self.first, self.back, note)

    def act(self) -> Told:
        first, back = self.first.day(), self.back.day()
        if first is None:
            raise Missing("from")
        done = absences.be_away(self.desk, self._one.stay.id, self.why.value() or "", first, back)
        return Told("ok", words.text("Absence of {code} recorded.").format(code=self._one.person.code), done)


class BackInBedForm(ActFace):
    """The first night slept here again."""

    when = "to"

    def __init__(self, desk: Desk, one: Present, place: str) -> None:
        super().__init__(desk, words.text("Back"), _about(one, place), words.text("Record"), "arrive")
        self._one = one
        today = desk.today()
        self.back = DayField(words.text("First night back"), today, required=True, value=today)
        self.fields = {"to": self.back}
        self.add(self.back)

    def act(self) -> Told:
        back = self.back.day()
        if back is None:
            raise Missing("to")
        done = absences.come_back(self.desk, self._one.stay.id, back)
        return Told("ok", words.text("Return of {code} recorded.").format(code=self._one.person.code), done)
