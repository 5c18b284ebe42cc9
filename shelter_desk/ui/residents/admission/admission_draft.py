"""What a draft keeps of an admission, and how it is shown again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shelter_desk.domain.residents.residents import Person
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents import residents
from shelter_desk.ui.forms import drafting

if TYPE_CHECKING:
    from shelter_desk.ui.residents.admission.admission import AdmissionFace

FORM = "residents/admission"


def _editors(face: "AdmissionFace") -> dict[str, QWidget]:
    """In the order in which they are filled: the sex names the nationalities, the nationality asks for a region."""
    arrival, person = face.arrival, face.person
    return {
        "day": arrival.day,
        "hour": arrival.hour,
        "kind": arrival.kind,
        "source": arrival.source,
        "last_name": person.last,
        "first_name": person.given,
        "alias": person.alias,
        "sex": person.sex,
        "birth": person.birth,
        "nationality": person.country,
        "languages": person.languages,
        "region": person.region,
        "situation": person.situation,
        "child": person.child,
        "head": person.head_field,
        "urgent_needs": face.welcome.urgent,
        "interpreter": face.welcome.interpreter,
        "to_stay": face.welcome.to_stay,
        "to_record": face.welcome.to_record,
        "rules": face.welcome.rules,
        "no_guardian": face.welcome.reason,
        "kit": face.welcome.kit,
        "place": face.choice,
    }


class AdmissionDraft:
    """The admission as a form whose draft is kept."""

    def __init__(self, face: "AdmissionFace") -> None:
        self._face = face

    def values(self) -> dict[str, Value]:
        """Everything typed or chosen."""
        typed: dict[str, Value] = {key: drafting.said(editor) for key, editor in _editors(self._face).items()}
        known = self._face.person.known
        typed["known"] = "" if known is None else known.code
        return typed

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show what was kept; whom it cannot be about any more (somebody undone meanwhile) is left out."""
        face, editors = self._face, _editors(self._face)
        face.begin()
        drafting.put(editors["day"], values.get("day", ""))
        face.refresh()
        for key, editor in editors.items():
            if key in values and key not in ("day", "place"):
                drafting.put(editor, values[key])
            if key == "nationality":
                face.person.region.set_country(face.person.country.value() or "")
        known = str(values.get("known", ""))
        person = person_of(face.desk, known) if known else None
        if person is not None:
            face.person.use(person)
        face.refresh()
        face.welcome.show_again()
        drafting.put(face.choice, values.get("place", ["", ""]))
        face.take_up()


def person_of(desk: Desk, code: str) -> Person | None:
    """Who has this code; None where the admission was undone meanwhile."""
    found = (residents.record(desk, key).person for key in residents.search(desk, code, 5))
    return next((person for person in found if person.code == code), None)
