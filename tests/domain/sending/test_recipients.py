"""Who may have which level, and what is said at the gate."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shelter_desk.domain.errors import Missing, NotInList
from shelter_desk.domain.ids import RecipientId
from shelter_desk.domain.sending.gate import GateAnswers, check_said, kept_since
from shelter_desk.domain.sending.recipients import KnownRecipient, check_level, check_recipient, proposed_prefix
from shelter_desk.domain.sending.refusals import AgreementOver, LevelNotAllowed, NoAgreement, StaysHere

TODAY = date(2026, 12, 4)
OIM = KnownRecipient(
    RecipientId(1), "OIM Mali", "oim", "chargée de projet", "C-2026-014", date(2027, 12, 31), ("convention",), "OIM"
)


def over(days: int) -> KnownRecipient:
    return KnownRecipient(
        RecipientId(2), "Bailleur", "bailleur", "", "C-1", TODAY + timedelta(days), ("convention", "partenaire"), "BA"
    )


def test_the_internal_level_goes_to_nobody() -> None:
    with pytest.raises(StaysHere):
        check_level(OIM, "OIM Mali", "interne", TODAY)


def test_exact_numbers_go_where_an_agreement_is_recorded() -> None:
    check_level(OIM, "OIM Mali", "convention", TODAY)
    check_level(OIM, "OIM Mali", "convention", TODAY, "C-2026-014")
    with pytest.raises(NoAgreement):
        check_level(OIM, "OIM Mali", "convention", TODAY, "C-2026-015")
    with pytest.raises(NoAgreement):
        check_level(None, "Inconnu", "convention", TODAY)


def test_an_agreement_holds_on_its_last_day_and_not_on_the_next() -> None:
    check_level(over(0), "Bailleur", "convention", TODAY)
    with pytest.raises(AgreementOver) as refused:
        check_level(over(-1), "Bailleur", "convention", TODAY)
    assert refused.value.until == TODAY - timedelta(1)
    check_level(over(-1), "Bailleur", "partenaire", TODAY)


def test_an_agreement_without_an_end_opens_no_exact_numbers() -> None:
    endless = replace(OIM, agreement_until=None)
    with pytest.raises(NoAgreement):
        check_level(endless, "OIM Mali", "convention", TODAY)
    check_level(replace(endless, levels=("partenaire",)), "OIM Mali", "partenaire", TODAY, "C-2026-014")


def test_a_level_goes_to_whom_the_directory_gives_it_and_two_to_everybody() -> None:
    for level in ("partenaire", "public"):
        check_level(None, "Inconnu", level, TODAY)
        with pytest.raises(LevelNotAllowed):
            check_level(OIM, "OIM Mali", level, TODAY)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": " "}, Missing),
        ({"kind": "ami"}, NotInList),
        ({"levels": ()}, Missing),
        ({"levels": ("interne",)}, NotInList),
        ({"agreement_no": ""}, Missing),
        ({"agreement_until": None}, Missing),
        ({"prefix": "o/m"}, NotInList),
    ],
)
def test_what_the_directory_cannot_keep_is_refused(wrong: dict[str, object], error: type[Exception]) -> None:
    given = {name: getattr(OIM, name) for name in OIM.__slots__}
    check_recipient(OIM)
    with pytest.raises(error):
        check_recipient(KnownRecipient(**{**given, **wrong}))


@pytest.mark.parametrize(
    ("name", "taken", "prefix"),
    [
        ("OIM Mali", (), "OIM"),
        ("Cluster Protection, Bamako", (), "CPB"),
        ("Cluster Protection, Bamako", ("CPB",), "CPB2"),
        ("Écoute", (), "ECOU"),
        ("à", (), "ENVO"),
    ],
)
def test_a_prefix_is_proposed_from_the_name(name: str, taken: tuple[str, ...], prefix: str) -> None:
    assert proposed_prefix(name, taken) == prefix


def test_a_purpose_is_a_code_also_where_its_label_is_typed() -> None:
    said = {typed: GateAnswers("OIM", typed) for typed in ("audit", "Audit, contrôle", "rapport mensuel", "visite")}
    assert {typed: (one.purpose_code, one.words_said) for typed, one in said.items()} == {
        "audit": ("audit", ""),
        "Audit, contrôle": ("audit", "Audit, contrôle"),
        "rapport mensuel": ("rapport_projet", "rapport mensuel"),
        "visite": ("autre", "visite"),
    }


def test_what_leaves_has_a_purpose() -> None:
    check_said(GateAnswers())
    check_said(GateAnswers("OIM", "audit", channel="courriel"))
    check_said(GateAnswers("OIM", "Autre", "visite"))
    for wrong in ("", " ", "autre", "Autre", "other"):
        with pytest.raises(Missing):
            check_said(GateAnswers("OIM", wrong))
    with pytest.raises(NotInList):
        check_said(GateAnswers("OIM", "audit", channel="pigeon"))


def test_copies_are_kept_for_ten_years() -> None:
    assert (kept_since(TODAY), kept_since(date(2028, 2, 29))) == (date(2016, 12, 4), date(2018, 2, 28))
