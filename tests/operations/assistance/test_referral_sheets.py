"""The sheet that goes with a referral, and the directory of structures."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk.domain.assistance.referrals import MINIMUM, NotNext, Partner
from shelter_desk.domain.consent.consents import NoConsent
from shelter_desk.domain.errors import CodeTaken, Missing
from shelter_desk.domain.ids import PartnerId, ReferralId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.assistance import partners, referral_sheets, referrals
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.sending import sendings
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.assistance import referrals as stored_referrals
from shelter_desk.storage.file import journal
from shelter_desk.system import clock
from shelter_desk.words import sending as sending_words
from tests.operations.referral_scene import (
    CLINIC,
    KINDS,
    PAIN,
    agree,
    agree_to_recording,
    desk,
    given,
    issued,
    line,
    resident,
    state,
    wish,
)
from tests.operations.shelter import admit, small_shelter

__all__ = ["desk", "resident"]


# The sheet ------------------------------------------------------------------------------------------------------------

PAPER = GateAnswers(purpose="suivi", channel="papier")


def test_the_sheet_has_neither_name_nor_summary_unless_agreed(desk: Desk) -> None:
    someone = admit(desk, "1A", names=Names("Sidibé", "Nana"), days=60)
    agree_to_recording(desk, someone.person)
    agree(desk, someone.person)
    key = referrals.draft(desk, replace(wish(someone), summary=PAIN)).id
    referrals.issue(desk, key, clock.today())
    made = referral_sheets.sheet(desk, key, with_name=True)
    assert (made.names.known, made.summary) == (False, "")


def named(desk: Desk) -> ReferralId:
    someone = admit(desk, "1A", names=Names("Sidibé", "Nana"), days=60)
    agree_to_recording(desk, someone.person)
    data = (*MINIMUM, "nom", "resume_approuve")
    consents.record(desk, given(someone.person, scope=data))
    key = referrals.draft(desk, replace(wish(someone), summary=PAIN, data_shared=data)).id
    referrals.issue(desk, key, clock.today())
    return key


def test_the_sheet_has_the_code_alone_even_where_the_name_is_agreed(desk: Desk) -> None:
    made = referral_sheets.sheet(desk, named(desk))
    assert (made.names.known, made.summary) == (False, PAIN)


def test_the_sheet_has_the_name_where_it_is_agreed_and_asked_for(desk: Desk) -> None:
    assert referral_sheets.sheet(desk, named(desk), with_name=True).names == Names("Sidibé", "Nana")


def test_the_journal_keeps_which_data_went_to_whom(desk: Desk) -> None:
    with referral_sheets.recorded(desk, referral_sheets.sheet(desk, named(desk), with_name=True), PAPER):
        pass
    with desk.reading() as connection:
        told = list(journal.lines(connection))[-1].known
    assert (told["recipient"], "nom" in told["data_shared"], told["names"]) == (CLINIC, True, True)


def test_nothing_that_is_kept_of_a_sheet_gives_its_names_back(desk: Desk) -> None:
    with referral_sheets.recorded(desk, referral_sheets.sheet(desk, named(desk), with_name=True), PAPER):
        pass
    (one,) = sendings.sent_files(desk)
    assert (one.sending.kind, one.sending.sha256, one.sending.size) == ("fiche", "", 0)
    assert sending_words.file(one.sending) == one.sending.title
    with desk.reading() as connection:
        line = list(journal.lines(connection))[-1]
    assert line.action == "referral_sheet"
    assert re.findall(r"\b[0-9a-f]{64}\b", line.details) == []


def test_no_sheet_leaves_after_the_consent_was_taken_back(desk: Desk, resident: Admitted) -> None:
    key = issued(desk, resident)
    consents.withdraw(desk, consents.of(desk, resident.person).all[0].id, clock.today())
    with pytest.raises(NoConsent):
        referral_sheets.sheet(desk, key)


def test_what_was_sent_before_stays_on_record(desk: Desk, resident: Admitted) -> None:
    key = issued(desk, resident)
    consents.withdraw(desk, consents.of(desk, resident.person).all[0].id, clock.today())
    referrals.advance(desk, key, "acceptee", clock.today())
    assert state(desk, key) == "acceptee"


def test_a_draft_has_no_sheet(desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person)
    with pytest.raises(NotNext):
        referral_sheets.sheet(desk, referrals.draft(desk, wish(resident)).id)


# The directory --------------------------------------------------------------------------------------------------------


def test_a_new_shelter_knows_no_structure(tmp_path: Path) -> None:
    with small_shelter(tmp_path / "new") as fresh:
        assert partners.partners(fresh) == []


def test_the_directory_stands_in_order_of_name(desk: Desk) -> None:
    assert [one.name for one in partners.partners(desk)] == sorted(KINDS, key=str.casefold)


def test_two_structures_have_two_names(desk: Desk) -> None:
    with pytest.raises(CodeTaken):
        partners.keep_partner(desk, Partner(PartnerId(0), CLINIC.upper(), "sante"))


@pytest.mark.parametrize(("name", "kind"), [("", "sante"), ("Autre", "")])
def test_a_structure_has_a_name_and_a_type(desk: Desk, name: str, kind: str) -> None:
    with pytest.raises(Missing):
        partners.keep_partner(desk, Partner(PartnerId(0), name, kind))


def test_a_new_name_goes_to_the_referrals_and_consents(desk: Desk, resident: Admitted) -> None:
    key = issued(desk, resident)
    clinic = next(one for one in partners.partners(desk) if one.name == CLINIC)
    partners.keep_partner(desk, replace(clinic, name="Centre Karité"))
    with desk.reading() as connection:
        agreed = stored_referrals.consents(connection, resident.person)[0].recipient
    assert (line(desk, key).referral.partner, agreed) == ("Centre Karité",) * 2


def test_a_new_name_is_undone_everywhere(desk: Desk, resident: Admitted) -> None:
    key = issued(desk, resident)
    clinic = next(one for one in partners.partners(desk) if one.name == CLINIC)
    undo(desk, partners.keep_partner(desk, replace(clinic, name="Centre Karité")))
    assert line(desk, key).referral.partner == CLINIC
