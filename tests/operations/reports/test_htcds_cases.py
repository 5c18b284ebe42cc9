"""Cases leave in the words of HTCDS: of who agreed alone, without names, closed, for one recipient, and read back."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.casefile.htcds_sheet import COLUMNS
from shelter_desk.domain.consent.consents import NobodyAgreed
from shelter_desk.domain.errors import ApprovalNeeded, Missing, NoSuch, NotAllowed
from shelter_desk.domain.ids import VictimStatusId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export, registers
from shelter_desk.operations.reports import htcds_cases
from shelter_desk.operations.sending import pseudonyms, recipients, sendings, unread_passwords
from shelter_desk.operations.stays import stays, victim_statuses
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import approvals, unlocking
from tests.operations.referral_scene import agree_to
from tests.operations.retention_scene import last_line
from tests.operations.sending.test_closed_files import opened_with
from tests.operations.shelter import PASSWORD, admit, days_ago, open_small_shelter

TO = GateAnswers("OIM Mali", "coordination")
NAME = "Sacko"
FORMS = (
    ("sex_prostitution",),
    ("trav_orpaillage", "sex_prive"),
    ("mendicite_forcee",),
    ("mariage_force", "trav_construction"),
    ("groupe_arme", "organes", "adoption_illegale"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    recipients.keep_recipient(opened, recipients.usual("OIM Mali", "oim"))
    yield opened
    opened.close()


@pytest.fixture
def women(desk: Desk) -> list[Admitted]:
    """Six women of one country, five of them identified, of whom the sixth agreed to nothing."""
    found = [
        admit(desk, code, days=30 - at, names=Names(NAME, f"Awa {at}"))
        for at, code in enumerate(("1A", "1B", "1C", "1D"))
    ]
    found += [admit(desk, days=20 - at, names=Names(NAME, f"Fanta {at}")) for at in range(2)]
    for one, forms in zip(found, FORMS, strict=False):
        agree_to(desk, one.person, "stats_anonymes", 20)
        decided = VictimStatus(VictimStatusId(0), one.stay, "identifiee", desk.today(), "justice", forms)
        victim_statuses.decide(desk, replace(decided, status_decider="Tribunal de la commune III"), "faits établis")
    return found


def leave(desk: Desk, path: Path, gate: GateAnswers = TO) -> str:
    return htcds_cases.export(desk, path, gate, approvals.alone(desk, GraveAct.EXPORT, PASSWORD))


def rows(desk: Desk, path: Path, gate: GateAnswers = TO) -> list[dict[str, Any]]:
    plain = opened_with(path, leave(desk, path, gate))
    sheet = openpyxl.load_workbook(io.BytesIO(plain))["Case Sheet"]
    heads, *lines = sheet.iter_rows(values_only=True)
    assert heads == COLUMNS
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines]


def test_one_row_for_each_case_of_who_agreed_without_a_name(desk: Desk, women: list[Admitted], tmp_path: Path) -> None:
    out = tmp_path / "cases.xlsx"
    plain = opened_with(out, leave(desk, out))
    book = openpyxl.load_workbook(io.BytesIO(plain))
    text = json.dumps([[list(row) for row in sheet.values] for sheet in book], default=str, ensure_ascii=False)
    assert book["Case Sheet"].max_row == 1 + 5
    assert book.sheetnames == ["Case Sheet", "About"]
    numbers = [one.stay_no for one in stays_of(desk, women)]
    for secret in (NAME, "Awa", "Fanta", *codes_of(desk, women), *numbers):
        assert secret not in text
    assert "CC BY 4.0" in text
    assert "OIM Mali" in text
    assert desk.user_name not in plain.decode("latin-1")


def stays_of(desk: Desk, women: list[Admitted]) -> list[Any]:
    with desk.reading() as connection:
        from shelter_desk.storage.stays import stays as stored

        return [stored.stay(connection, one.stay) for one in women]


def codes_of(desk: Desk, women: list[Admitted]) -> list[str]:
    with desk.reading() as connection:
        from shelter_desk.storage.residents import residents

        return [residents.person(connection, one.person).code for one in women]


def test_codes_are_mapped_to_the_words_of_the_standard(desk: Desk, women: list[Admitted], tmp_path: Path) -> None:
    found = rows(desk, tmp_path / "cases.xlsx")
    assert {(one["Gender"], one["Citizenship"], one["Age Band"], one["Status"]) for one in found} == {
        ("Feminine", "Guinea", "18–59 years", "Active")
    }
    assert {one["Trafficking Status"] for one in found} == {"Actual victim of trafficking"}
    assert {one["Trafficking Status Decision Making Organization"] for one in found} == {"Court or prosecution"}
    assert {
        (one["Type of Exploitation"], one["Forced Labour Industry"], one["Type of Sex Exploitation"]) for one in found
    } == {
        ("Sexual exploitation", None, "Prostitution"),
        ("Forced labour, Sexual exploitation", "Mining and quarrying", "Private Sexual Services"),
        ("Forced begging", None, None),
        ("Forced marriage, Forced labour", "Construction", None),
        ("Forced military (by non-state actors), Organ removal, Forced adoption", None, None),
    }


def test_what_was_written_is_taken_in_by_a_house_that_reads_htcds(
    desk: Desk, women: list[Admitted], tmp_path: Path
) -> None:
    out, plain = tmp_path / "cases.xlsx", tmp_path / "plain.xlsx"
    plain.write_bytes(opened_with(out, leave(desk, out)))
    other = open_small_shelter(tmp_path / "other" / "shelter")
    try:
        fixed = {"admitted_at": "01/10/2026", "migration_situation": "indetermine"}
        looked = registers.look(other, plain, None, fixed)
        assert not looked.judgement.refusals
        registers.take_in(other, looked)
        register_export.export(other, tmp_path / "other.xlsx")
        book = openpyxl.load_workbook(tmp_path / "other.xlsx")
    finally:
        other.close()

    def listed(name: str, *keys: str) -> list[tuple[Any, ...]]:
        heads, *lines = list(book[name].iter_rows(values_only=True))[1:]
        return [tuple(line[heads.index(key)] for key in keys) for line in lines]

    assert listed("personnes", "sex", "nationality") == [("f", "GN")] * 5
    told = listed("statuts_victime", "victim_status", "status_decided_by", "exploitation_forms")
    assert {(status, body) for status, body, _ in told} == {("identifiee", "justice")}
    assert {frozenset(forms.split("; ")) for _, _, forms in told} == {frozenset(forms) for forms in FORMS}
    unknown = [column for _, column in looked.unknown_columns]
    assert unknown == ["Case", "Age Band", "Method of Recruitment", "Methods of Control", "Status"]


def test_who_takes_the_consent_back_is_not_in_the_next_one(desk: Desk, women: list[Admitted], tmp_path: Path) -> None:
    before = {one["Case"] for one in rows(desk, tmp_path / "a.xlsx")}
    decided = next(one for one in consents.of(desk, women[0].person).all if one.purpose == "stats_anonymes")
    consents.withdraw(desk, decided.id, desk.today())
    after = {one["Case"] for one in rows(desk, tmp_path / "b.xlsx")}
    assert after < before
    (gone,) = before - after
    assert pseudonyms.code_of(desk, gone) == codes_of(desk, women)[0]


def test_two_recipients_cannot_join_what_they_have(desk: Desk, women: list[Admitted], tmp_path: Path) -> None:
    recipients.keep_recipient(desk, recipients.usual("Ministère", "etat"))
    first = {one["Case"] for one in rows(desk, tmp_path / "a.xlsx")}
    again = {one["Case"] for one in rows(desk, tmp_path / "b.xlsx")}
    other = {one["Case"] for one in rows(desk, tmp_path / "c.xlsx", GateAnswers("Ministère", "tutelle"))}
    assert (first == again, first & other) == (True, set())


def test_a_small_house_tells_less_and_says_so_before(desk: Desk, women: list[Admitted], tmp_path: Path) -> None:
    assert htcds_cases.agreed(desk) == htcds_cases.WhoAgreed(5, 5, 0)
    man = admit(desk, "2A", sex="m", days=12)
    agree_to(desk, man.person, "stats_anonymes", 10)
    assert htcds_cases.agreed(desk) == htcds_cases.WhoAgreed(6, 6, 1)
    found = rows(desk, tmp_path / "a.xlsx")
    alone = [one for one in found if one["Gender"] != "Feminine"]
    assert [(one["Gender"], one["Citizenship"], one["Age Band"]) for one in alone] == [
        ("NonSpecifiedUnknown", None, None)
    ]


def test_the_state_of_a_case_follows_the_exit(desk: Desk, women: list[Admitted], tmp_path: Path) -> None:
    stays.leave(desk, women[0].stay, days_ago(2), "autonomie")
    stays.leave(desk, women[1].stay, days_ago(2), "transfert")
    said = sorted(one["Status"] for one in rows(desk, tmp_path / "a.xlsx"))
    assert said == ["Active", "Active", "Active", "Closed", "Closed Referred"]


def test_it_is_kept_without_a_copy_and_the_journal_has_its_line(
    desk: Desk, women: list[Admitted], tmp_path: Path
) -> None:
    password = leave(desk, tmp_path / "cases.xlsx")
    (one,) = sendings.sent_files(desk)
    assert (one.sending.kind, one.sending.level, one.sending.recipient, one.has_copy) == (
        "cas_htcds", "nominatif", "OIM Mali", False,
    )  # fmt: skip
    assert [kept.password for kept in unread_passwords.mine(desk)] == [password]
    line = last_line(desk)
    told = json.loads(line.details)
    assert (line.action, told["cases"], told["purpose"], told["alone"]) == ("htcds_exported", 5, "coordination", True)


def test_without_recipient_purpose_password_or_right_nothing_leaves(
    desk: Desk, women: list[Admitted], tmp_path: Path
) -> None:
    out = tmp_path / "cases.xlsx"
    for gate in (GateAnswers(), GateAnswers("OIM Mali"), GateAnswers("", "coordination")):
        with pytest.raises(Missing):
            leave(desk, out, gate)
    with pytest.raises(NoSuch):
        leave(desk, out, GateAnswers("Quelqu’un", "coordination"))
    with pytest.raises(ApprovalNeeded):
        htcds_cases.export(desk, out, TO, None)
    assert not out.exists()
    other = "quatre pirogues lentes"
    user_accounts.add(desk, "Agent B", Role.CASE_WORKER, other)
    desk.close()
    with unlocking.unlock(tmp_path / "shelter", "Agent B", other) as mine:
        with pytest.raises(NotAllowed):
            htcds_cases.export(mine, out, TO, None)
        with pytest.raises(NotAllowed):
            htcds_cases.agreed(mine)


def test_where_nobody_agreed_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    woman = admit(desk, "1A", days=10)
    with pytest.raises(NobodyAgreed):
        leave(desk, tmp_path / "cases.xlsx")
    agree_to(desk, woman.person, "stats_anonymes", 5)
    stays.leave(desk, woman.stay, days_ago(1), "erreur_saisie")
    assert htcds_cases.agreed(desk).cases == 0
    assert not list(tmp_path.glob("*.xlsx"))
