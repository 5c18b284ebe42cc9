"""The directory of recipients, typed by the shelter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.errors import CodeTaken
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.refusals import (
    AgreementOver,
    LevelNotAllowed,
    NoAgreement,
    NotSentToAnyMore,
    PrefixTaken,
)
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.sending import recipients, sendings
from tests.operations.shelter import open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


def test_a_recipient_gets_a_prefix_that_stays(desk: Desk) -> None:
    recipients.keep_recipient(desk, recipients.usual("OIM  Mali", "oim"))
    (kept,) = recipients.recipients(desk)
    assert (kept.name, kept.prefix, kept.levels) == ("OIM Mali", "OIM", ("partenaire", "public"))
    recipients.keep_recipient(desk, replace(kept, name="Organisation des migrations", prefix="AUTRE"))
    (changed,) = recipients.recipients(desk)
    assert (changed.name, changed.prefix) == ("Organisation des migrations", "OIM")


def test_two_recipients_have_neither_one_name_nor_one_prefix(desk: Desk) -> None:
    recipients.keep_recipient(desk, recipients.usual("Cluster"))
    with pytest.raises(CodeTaken):
        recipients.keep_recipient(desk, recipients.usual(" cluster "))
    with pytest.raises(PrefixTaken):
        recipients.keep_recipient(desk, replace(recipients.usual("Autre"), prefix="CLUS"))


def test_a_recipient_is_taken_back(desk: Desk) -> None:
    done = recipients.keep_recipient(desk, recipients.usual("Cluster"))
    undo(desk, done)
    assert recipients.recipients(desk) == []


def test_the_agreement_in_force_is_written_beside_the_answers(desk: Desk) -> None:
    one = replace(
        recipients.usual("Bailleur", "bailleur"),
        agreement_no="C-7",
        agreement_until=desk.today(),
        levels=("convention", "partenaire"),
    )
    recipients.keep_recipient(desk, one)
    for level in ("convention", "partenaire"):
        assert sendings.check(desk, GateAnswers(" bailleur ", "audit"), level).agreement == "C-7"
    (kept,) = recipients.recipients(desk)
    recipients.keep_recipient(desk, replace(kept, agreement_until=desk.today() - timedelta(1)))
    with pytest.raises(AgreementOver):
        sendings.check(desk, GateAnswers("Bailleur", "audit"), "convention")
    assert sendings.check(desk, GateAnswers("Bailleur", "audit"), "partenaire").agreement == ""


def test_names_go_to_whom_the_directory_gives_that_level(desk: Desk) -> None:
    for name, levels in (("Presse", ("public",)), ("Juge", ("nominatif",))):
        recipients.keep_recipient(desk, replace(recipients.usual(name), levels=levels))
    assert sendings.check(desk, GateAnswers("Juge", "transfert"), "nominatif").recipient == "Juge"
    for name in ("Presse", "Inconnu"):
        with pytest.raises(LevelNotAllowed):
            sendings.check(desk, GateAnswers(name, "audit"), "nominatif")
        assert sendings.check(desk, GateAnswers(name, "audit"), "nominatif", is_approved=True).recipient == name
    for approved in (False, True):
        with pytest.raises(NoAgreement):
            sendings.check(desk, GateAnswers("Juge", "audit", agreement="C-9"), "nominatif", is_approved=approved)


def test_accents_make_no_other_recipient(desk: Desk) -> None:
    recipients.keep_recipient(desk, replace(recipients.usual("Réseau Écoute"), levels=("public",)))
    with pytest.raises(LevelNotAllowed):
        sendings.check(desk, GateAnswers("Reseau Ecoute", "audit"), "partenaire")
    assert sendings.check(desk, GateAnswers("RESEAU  ecoute", "audit"), "public").recipient == "Réseau Écoute"
    with pytest.raises(CodeTaken):
        recipients.keep_recipient(desk, recipients.usual("Reseau Ecoute"))


def test_nothing_goes_to_one_who_is_not_sent_to_any_more(desk: Desk) -> None:
    recipients.keep_recipient(desk, replace(recipients.usual("Cluster"), is_active=False))
    for approved in (False, True):
        with pytest.raises(NotSentToAnyMore):
            sendings.check(desk, GateAnswers("cluster", "audit"), "partenaire", is_approved=approved)
