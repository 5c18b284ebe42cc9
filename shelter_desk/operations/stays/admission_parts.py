"""What an admission writes besides the stay: what the person agreed to, said aloud at the door (R-15).

The kit of an admission: given out, or asked of the store, in the act that admits.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.assistance.referrals import Consent
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.consent import consents as decide
from shelter_desk.domain.consent.consents import RECORDING, SHELTERING
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import ConsentId, ItemId, PersonId
from shelter_desk.domain.residents import residents
from shelter_desk.domain.residents.residents import Names, Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.domain.stock import ledger
from shelter_desk.domain.stock.items import THOUSAND, Kit
from shelter_desk.domain.stock.vouchers import AskedLine, Slip
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Writing, needs
from shelter_desk.operations.stock import issuing
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stays import stays as stored_stays
from shelter_desk.storage.stock import stock

CHANGES = Changes(stays=True, stock=True, services=True, requests=True)
_NO_ITEM = ItemId(0)


@needs(Permission.STOCK_REQUEST)
def kits_offered(desk: Desk) -> tuple[Kit, ...]:
    """The kits in use, in order of names."""
    with desk.reading() as connection:
        return tuple(one for one in stock.kits(connection).values() if one.is_active and one.lines)


@needs(Permission.STOCK_REQUEST)
def kits_in_store(desk: Desk, kit: Kit) -> int:
    """How many of it what may be given out today makes up."""
    today, wanted = desk.today(), Counter[ItemId]()
    for line in kit.lines:
        wanted[line.item] += line.amount
    with desk.reading() as connection:
        free = {item: ledger.free_lots(stock.moves_of(connection, item), today) for item in wanted}
    return min(ledger.usable(free[item], today) // amount for item, amount in wanted.items())


def write_kit(desk: Desk, writing: Writing, stay: Stay, kit_code: str) -> str:
    """Give the kit inside the admission, dated on its day, and return the number of the slip; of the request where
    the person at the desk has no store.

    Raises as `issuing.issue` and `issuing.ask`; NotAllowed for who may not ask.
    """
    desk.check(Permission.STOCK_REQUEST)
    line = AskedLine(_NO_ITEM, THOUSAND, kit_code=kit_code)
    slip = Slip(stay.admitted_at.date(), "individuel", (line,), stay.id, requested_by=desk.user)
    if not desk.may(Permission.STOCK_EDIT):
        return issuing.put_request(desk, writing, slip).voucher_no
    approved_by = desk.user if desk.may(Permission.STOCK_APPROVE) else None
    return issuing.give_out(desk, writing, replace(slip, approved_by=approved_by)).voucher_no


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person decided at the door: codes of `consent_status`, "" for what was not asked yet.

    to_stay: to the stay and the care. to_record: to have more than the minimum written. language: the points were
    explained in it. reason: why no representative of a child is asked.
    """

    to_stay: str = ""
    to_record: str = ""
    language: str = ""
    reason: str = ""


NOT_ASKED = Asked()
GIVEN = "donne"


def write_asked(desk: Desk, writing: Writing, asked: Asked, person: Person, day: date) -> None:
    """Write the decisions inside the admission. Raises Missing where one is not whole, NotAllowed."""
    is_minor = person.birth.protected_as_minor(day)
    if is_minor and GIVEN in (asked.to_stay, asked.to_record) and not asked.reason.strip():
        raise Missing("no_guardian_reason")
    language = asked.language or next(iter(person.languages), "")
    for purpose, status in ((SHELTERING, asked.to_stay), (RECORDING, asked.to_record)):
        if status:
            decision = Consent(ConsentId(0), person.id, purpose, status, "", "", day)
            said = decide.said_at_the_door(decision, language, desk.user_name)
            given = said if is_minor else replace(said, child_assent="")
            consents.add(desk, writing, given, asked.reason if is_minor and status == GIVEN else "")


def check_agreed(desk: Desk, connection: Connection, stay: Stay, new: Person | None, names: Names) -> None:
    """Whether what is told may be written. new: the person where nobody knew them yet. Raises NoConsent."""
    told = list(residents.said_anew(None, stay, residents.AT_THE_DOOR))
    if new is not None:
        told += residents.said_anew(None, new, residents.AT_THE_DOOR)
    if told or (new is not None and names.known):
        consents.check_not_refused(connection, stay.person, desk.today())


def entry_kind(connection: Connection, kind: str, person: PersonId) -> str:
    """A first admission of somebody who was here before is a readmission."""
    if kind != "premiere":
        return kind
    return "readmission" if any(stay.counts for stay in stored_stays.of_person(connection, person)) else "premiere"
