"""What the admission page asks the operation for.

What the admission says: after it was done, and of what is left for later.
"""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.beds.held_beds import HeldGone
from shelter_desk.domain.ids import HeldBedId, PlaceRequestId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.place_requests import PlaceRequest
from shelter_desk.domain.stock.vouchers import is_request
from shelter_desk.operations.beds import beds, held_beds
from shelter_desk.operations.beds.held_beds import HeldLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.stays import place_requests
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.ui.page import Told
from shelter_desk.words.beds import room_rules

if TYPE_CHECKING:
    from shelter_desk.ui.residents.admission.admission import AdmissionFace


def told_of(made: Admitted) -> Told:
    """That somebody is admitted, and what only warns."""
    sentence = words.text("{code} is admitted.")
    if made.is_provisional:
        sentence = words.text("{code} is admitted provisionally. A case worker completes it.")
    admitted = sentence.format(code=made.code)
    if made.paper:
        paper = words.text("Slip {number}: the kit is given out.")
        if is_request(made.paper):
            paper = words.text("Request {number} for the kit waits at the store.")
        admitted = " ".join([admitted, paper.format(number=made.paper)])
    warned = [room_rules.warning(finding.rule) for finding in made.warnings]
    return Told("attention" if warned else "ok", " ".join([admitted, *warned]), made.done)


def left_for_later(n: int) -> str:
    """How many answers are open."""
    if not n:
        return words.text("Everything is answered")
    return words.count("{n} answer to complete later", "{n} answers to complete later", n)


def met_again(desk: Desk, kept: Value) -> tuple[PlaceRequest | None, HeldLine | None]:
    """The request and what is held of a draft, as far as the one waits and the other is held still."""
    request, held = ("", "") if isinstance(kept, str) else kept
    key = PlaceRequestId(int(str(request))) if request else None
    return place_requests.waiting_one(desk, key), taken_line(desk, held)


def taken_line(desk: Desk, key: object) -> HeldLine | None:
    """What is held under that id, while it is."""
    if not key:
        return None
    with suppress(HeldGone):
        line = held_beds.line(desk, HeldBedId(int(str(key))))
        return line if line.held.holds(desk.today()) else None
    return None


def is_held_for(desk: Desk, line: HeldLine, spot: Spot) -> bool:
    """Whether that place is the bed that is held, or a bed of the room where places are."""
    if line.held.bed is not None or spot.place != "lit":
        return spot.place == "lit" and spot.bed == line.held.bed
    return any(
        room.id == line.held.room and bed.id == spot.bed for room, several in beds.rooms(desk) for bed in several
    )


def asked(face: "AdmissionFace") -> Admission:
    """What is typed. Raises Missing for what the page asks for beyond the operation."""
    person = face.person
    night = face.arrival.night()
    head = person.accompanied()
    if not person.sex_code():
        raise errors.Missing("sex")
    if person.known is None and not person.birth.is_answered():
        raise errors.Missing("birth_date")
    is_minor = person.is_minor(night)
    if is_minor and not person.child.value():
        raise errors.Missing("child_status")
    if face.arrival.kind.value() == "naissance" and head is None:
        raise errors.Missing("head_stay_no")
    admission = Admission(
        face.arrival.moment(),
        face.arrival.kind.value() or "",
        person.situation.value() or "",
        referral_source=face.arrival.source.value() or "",
        child_status=(person.child.value() or "") if is_minor else "",
        is_dependant=head is not None,
        head=None if head is None else head.stay.family,
        spot=face.choice.spot(),
        request=None if face.arrival.request is None else face.arrival.request.id,
        held=None if face.arrival.held is None else face.arrival.held.held.id,
        not_the_same=tuple(sorted(face.others)),
        family_link="" if head is None else person.link.code(),
        link_basis="" if head is None else person.basis.code(),
        rejoining=face.rejoining.stays(),
    )
    if person.known is not None:
        return face.welcome.complete(replace(admission, person=person.known.id), person.known.languages)
    whole = replace(
        admission,
        sex=person.sex_code(),
        birth=person.birth.birth(),
        nationality=person.country.value() or "",
        names=person.names() if face.desk.may(Permission.SEE_NAMES_TONIGHT) else Names(),
        region_origin=person.region.region(),
        languages=person.languages.values(),
    )
    return face.welcome.complete(whole, person.languages.values())
