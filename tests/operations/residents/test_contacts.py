"""Whom to reach around a person: sealed, told to who may know, written from the interview, gone with the identity."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from shelter_desk.domain.consent.consents import RECORDING, NoConsent
from shelter_desk.domain.errors import InTheFuture, Missing, NotAllowed
from shelter_desk.domain.ids import ContactId, PersonId
from shelter_desk.domain.residents.contacts import Contact, Named
from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import interviews
from shelter_desk.operations.casefile.interviews import InterviewOutcome
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import contacts, residents, timeline
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.retention import erasing
from shelter_desk.system import clock
from tests.operations.interview_scene import begun, desk, woman
from tests.operations.referral_scene import agree, become, given

__all__ = ["desk", "woman"]

MARIAM = Named("Mariam Diarra", "70 11 22 33")


def mother(person: PersonId, wish: str = "oui", safe: str = "oui") -> Contact:
    return Contact(ContactId(0), person, wish, clock.today(), "mere", safe)


def only(desk: Desk, who: Admitted) -> contacts.ContactLine:
    (line,) = contacts.of(desk, who.person).lines
    return line


def test_name_and_telephone_are_sealed_and_read_on_demand(desk: Desk, woman: Admitted) -> None:
    contacts.add(desk, mother(woman.person), MARIAM)
    with desk.reading() as connection:
        row = connection.execute(text("SELECT contact_name, phone, kin_relation FROM contacts")).one()
    assert (b"Mariam" in row.contact_name, b"22" in row.phone, row.kin_relation) == (False, False, "mere")
    assert contacts.named(desk, only(desk, woman).contact.id) == MARIAM


def test_reading_a_contact_is_written_to_the_journal(desk: Desk, woman: Admitted) -> None:
    contacts.add(desk, mother(woman.person), MARIAM)
    contacts.named(desk, only(desk, woman).contact.id)
    assert residents.record(desk, woman.person).thread[0].action == "contact_read"


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.STOREKEEPER, Role.AUDITOR])
def test_other_roles_learn_nothing_of_contacts(desk: Desk, woman: Admitted, role: Role) -> None:
    contacts.add(desk, mother(woman.person), MARIAM)
    key = only(desk, woman).contact.id
    become(desk, role)
    for ask in (lambda: contacts.of(desk, woman.person), lambda: contacts.named(desk, key)):
        with pytest.raises(NotAllowed):
            ask()


def test_a_contact_waits_for_the_consent_to_contact_the_family(desk: Desk, woman: Admitted) -> None:
    contacts.add(desk, mother(woman.person), MARIAM)
    before = only(desk, woman).verdict
    agree(desk, woman.person, "", "contact_famille")
    assert (before, only(desk, woman).verdict) == ("no_consent", "reach")


def test_a_contact_is_corrected_and_taken_back(desk: Desk, woman: Admitted) -> None:
    contacts.add(desk, mother(woman.person), MARIAM)
    old = only(desk, woman).contact
    done = contacts.change(desk, replace(old, wish="non", safe="non"), Named("Mariam Traoré", ""))
    changed = (only(desk, woman).verdict, contacts.named(desk, old.id))
    undo(desk, done)
    assert changed == ("never", Named("Mariam Traoré", ""))
    assert (only(desk, woman).contact.wish, contacts.named(desk, old.id)) == ("oui", MARIAM)


def test_a_name_that_stays_is_not_sealed_anew(desk: Desk, woman: Admitted) -> None:
    contacts.add(desk, mother(woman.person), MARIAM)
    done = contacts.change(desk, replace(only(desk, woman).contact, wish="non"), MARIAM)
    (written,) = done.written
    assert written.before is not None
    assert written.after is not None
    assert {key for key in written.after if written.after[key] != written.before[key]} == {"contact_wish"}


def test_a_contact_that_ends_stays_on_record(desk: Desk, woman: Admitted) -> None:
    contacts.add(desk, mother(woman.person), MARIAM)
    contacts.end(desk, only(desk, woman).contact.id, clock.today())
    assert (only(desk, woman).verdict, only(desk, woman).contact.ended_on) == ("ended", clock.today())


def test_a_contact_of_tomorrow_is_refused(desk: Desk, woman: Admitted) -> None:
    with pytest.raises(InTheFuture):
        contacts.add(desk, replace(mother(woman.person), noted_on=clock.today().replace(year=2099)), MARIAM)


def test_of_somebody_who_refuses_the_recording_no_contact_is_written(desk: Desk, woman: Admitted) -> None:
    consents.record(desk, replace(given(woman.person, "", RECORDING), status="refuse"))
    with pytest.raises(NoConsent):
        contacts.add(desk, mother(woman.person), MARIAM)


def test_the_thread_tells_a_contact_without_a_name(desk: Desk, woman: Admitted) -> None:
    contacts.add(desk, mother(woman.person), MARIAM)
    (event,) = [one.event for one in timeline.of(desk, woman.person) if one.event.topic == "contacts"]
    assert (event.what, dict(event.told)) == ("contact", {"kin_relation": "mere", "contact_wish": "oui"})


def test_a_contact_goes_with_the_identity(desk: Desk, woman: Admitted) -> None:
    contacts.add(desk, mother(woman.person), MARIAM)
    with desk.writing("erase", contacts.TOPICS) as writing:
        erasing.identities(writing.connection, [woman.person], clock.now())
    with desk.reading() as connection:
        row = connection.execute(text("SELECT contact_name, phone, kin_relation FROM contacts")).one()
    assert tuple(row) == (None, None, "mere")
    assert contacts.named(desk, only(desk, woman).contact.id) == Named()


def test_an_interview_writes_its_contacts_in_the_same_act(desk: Desk, woman: Admitted) -> None:
    one = begun(desk, woman.stay, stage=9)
    nobody = Contact(ContactId(0), PersonId(0), "non", clock.today(), "pere")
    done = interviews.keep(desk, one, said=InterviewOutcome(contacts=((nobody, Named("Seydou", "")),)))
    line = only(desk, woman)
    written = (line.contact.person, line.verdict, contacts.named(desk, line.contact.id).name)
    undo(desk, done)
    assert (written, contacts.of(desk, woman.person).lines) == ((woman.person, "never", "Seydou"), ())


def test_a_contact_without_a_wish_stops_the_interview_from_going_on(desk: Desk, woman: Admitted) -> None:
    one = begun(desk, woman.stay, stage=9)
    empty = Contact(ContactId(0), PersonId(0), "", clock.today(), "pere")
    with pytest.raises(Missing):
        interviews.keep(desk, one, said=InterviewOutcome(contacts=((empty, Named()),)))
    assert contacts.of(desk, woman.person).lines == ()
