"""What a draft keeps of an admission, and how it is shown again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from shelter_desk.domain.residents.residents import Person
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents import residents
from shelter_desk.ui.forms import drafting

if TYPE_CHECKING:
    from shelter_desk.ui.residents.admission.admission import AdmissionFace

FORM = "residents/admission"


class AdmissionDraft:
    """The admission as a form whose draft is kept."""

    def __init__(self, face: "AdmissionFace") -> None:
        self._face = face

    def values(self) -> dict[str, Value]:
        """Everything typed or chosen."""
        typed: dict[str, Value] = {key: drafting.said(editor) for key, editor in self._face.drafted.items()}
        known = self._face.person.known
        typed["known"] = "" if known is None else known.code
        return typed

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show what was kept; whom it cannot be about any more (somebody undone meanwhile) is left out."""
        face, editors = self._face, self._face.drafted
        face.begin()
        drafting.put(face.arrival.day, values.get("arrival/day", ""))
        face.refresh()
        for key, editor in editors.items():
            if key in values and key not in ("arrival/day", "choice"):
                drafting.put(editor, values[key])
            if key == "person/country":  # the nationality asks for a region
                face.person.region.set_country(face.person.country.value() or "")
        known = str(values.get("known", ""))
        person = person_of(face.desk, known) if known else None
        if person is not None:
            face.person.use(person)
        face.refresh()
        face.welcome.show_again()
        drafting.put(face.choice, values.get("choice", ["", ""]))
        face.take_up()


def person_of(desk: Desk, code: str) -> Person | None:
    """Who has this code; None where the admission was undone meanwhile."""
    found = (residents.record(desk, key).person for key in residents.search(desk, code, 5))
    return next((person for person in found if person.code == code), None)
