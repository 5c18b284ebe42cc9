"""What left: kept with its sum, a copy where there are no persons in it, acknowledged later."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from shelter_desk import words
from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.errors import BadDates, Damaged, InTheFuture, Missing, NoSuch, NotAllowed
from shelter_desk.domain.ids import SendingId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.sendings import Sending
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.refusals import NoAgreement, StaysHere
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import dossiers
from shelter_desk.operations.imports import register_export
from shelter_desk.operations.reports import closing, month_versions, proving, reports
from shelter_desk.operations.sending import departures, sendings
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import approvals, journal, key_change, unlocking
from shelter_desk.storage.file import sealed_boxes
from shelter_desk.storage.reports import versions
from shelter_desk.words import sending as sending_words
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

MONTHLY = GateAnswers("Cluster Protection", "coordination", channel="courriel", carried_by="Agent B")
OTHER = "quatre pirogues lentes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    admit(opened, "1A", days=100)
    yield opened
    opened.close()


def last(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


def sent(desk: Desk, out: Path, gate: GateAnswers = MONTHLY) -> Sending:
    reports.export(desk, reports.monthly(desk, last(desk)), "partenaire", out, gate)
    return sendings.sent_files(desk)[0].sending


def last_line(desk: Desk) -> journal.JournalLine:
    (line,) = journal.lines(desk, journal.numbers(desk, journal.Wanted())[:1])
    return line


def test_what_was_said_at_the_gate_is_kept_with_the_sum(desk: Desk, tmp_path: Path) -> None:
    one = sent(desk, tmp_path / "out.xlsx")
    written = (tmp_path / "out.xlsx").read_bytes()
    assert (one.kind, one.recipient, one.purpose_code, one.channel, one.carried_by) == (
        "rapport", "Cluster Protection", "coordination", "courriel", "Agent B",
    )  # fmt: skip
    assert (one.sha256, one.size) == (sha256(written).hexdigest(), len(written))
    assert one.number == f"E-{desk.today().year}-0001"


def test_the_file_is_called_after_month_version_and_level(desk: Desk) -> None:
    draft = reports.monthly(desk, last(desk)).report
    month = f"{last(desk).first:%Y-%m}"
    assert reports.file_name(desk, draft, "partenaire") == f"rapport_{month}_partenaire.xlsx"
    settings.write(desk, replace(settings.read(desk), sigle="M.M.B"))
    closing.close(desk, last(desk), lambda _: "sans_objet")
    closed = month_versions.month(desk, last(desk)).report
    assert reports.file_name(desk, closed, "interne") == f"rapport_MMB_{month}_v1_interne.xlsx"


def test_who_prepared_it_stands_there_by_name_by_function_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    month, said = reports.monthly(desk, last(desk)), dict[str, str]()
    function = words.label("role", "director")
    for level, gate in (("interne", GateAnswers()), ("partenaire", MONTHLY), ("public", MONTHLY)):
        out = tmp_path / f"{level}.xlsx"
        reports.export(desk, month, level, out, gate)  # type: ignore[arg-type]
        with zipfile.ZipFile(out) as archive:
            parts = b"".join(archive.read(name) for name in archive.namelist())
        found = [name for name in ("Agent A", function) if name.encode() in parts]
        said[level] = ", ".join(found)
        assert str(tmp_path).encode() not in parts
    assert said == {"interne": "Agent A", "partenaire": function, "public": ""}


def test_a_refusal_at_the_gate_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    month, out = reports.monthly(desk, last(desk)), tmp_path / "out.xlsx"
    with pytest.raises(StaysHere):
        reports.export(desk, month, "interne", out, MONTHLY)
    with pytest.raises(Missing):
        reports.export(desk, month, "partenaire", out, GateAnswers("Cluster"))
    with pytest.raises(NoAgreement):
        reports.export(desk, month, "partenaire", out, GateAnswers("Cluster", "audit", agreement="C-1"))
    assert (out.exists(), sendings.sent_files(desk)) == (False, [])


def test_the_copy_is_the_file_as_it_left(desk: Desk, tmp_path: Path) -> None:
    one = sent(desk, tmp_path / "out.xlsx")
    sendings.open_copy(desk, one.id, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "out.xlsx").read_bytes()
    assert (last_line(desk).action, last_line(desk).subject) == ("sending_copy_opened", one.number)


def test_a_copy_that_is_not_what_left_is_not_given_for_it(desk: Desk, tmp_path: Path) -> None:
    """Whoever has the file can put another one into the box of what leaves."""
    one = sent(desk, tmp_path / "out.xlsx")
    with desk.reading() as connection:
        box = sealed_boxes.of(connection, desk.box)
    forged = box.seal_bytes(versions.SENDINGS, "copy", one.id, b"another file")
    with desk.database.transaction(departures.TOPICS) as connection:
        connection.exec_driver_sql("UPDATE sendings SET copy = ? WHERE id = ?", (forged, one.id))
    with pytest.raises(Damaged):
        sendings.open_copy(desk, one.id, tmp_path / "again.xlsx")
    assert not (tmp_path / "again.xlsx").exists()


def test_a_copy_opens_under_other_keys(desk: Desk, tmp_path: Path) -> None:
    one = sent(desk, tmp_path / "out.xlsx")
    key_change.change_keys(desk, PASSWORD)
    desk.close()
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as again:
        sendings.open_copy(again, one.id, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "out.xlsx").read_bytes()


def test_no_copy_is_kept_of_persons_nor_of_what_stays_here(desk: Desk, tmp_path: Path) -> None:
    register_export.export(desk, tmp_path / "codes.xlsx")
    approval = approvals.alone(desk, GraveAct.EXPORT, PASSWORD)
    register_export.export_with_names(desk, tmp_path / "names.xlsx", GateAnswers("Juge", "transfert"), approval)
    reports.export(desk, reports.monthly(desk, last(desk)), "interne", tmp_path / "ours.xlsx")
    found = sendings.sent_files(desk)
    assert [(one.sending.kind, one.sending.level, one.has_copy) for one in found] == [
        ("rapport", "interne", False), ("registres", "nominatif", False), ("registres", "interne", False),
    ]  # fmt: skip
    with desk.reading() as connection:
        assert desk.protection is not None
        kept = [versions.sent_content(connection, one.sending.id, desk.protection) for one in found[1:]]
    assert kept == [None, None]
    with pytest.raises(NoSuch):
        sendings.open_copy(desk, found[1].sending.id, tmp_path / "again.xlsx")


def test_a_dossier_is_a_sending_of_its_own(desk: Desk, tmp_path: Path) -> None:
    dossiers.write_dossier(desk, tmp_path / "dossier.xlsx", donor="oim", gate=GateAnswers("OIM", "bailleur"))
    (one,) = sendings.sent_files(desk)
    assert (one.sending.kind, one.sending.level, one.has_copy, bool(one.sending.title)) == (
        "dossier", "partenaire", True, True,
    )  # fmt: skip


def test_copies_of_more_than_ten_years_ago_go_with_the_next_sending(desk: Desk, tmp_path: Path) -> None:
    old, kept = sent(desk, tmp_path / "a.xlsx"), sent(desk, tmp_path / "b.xlsx")
    for one, years in ((old, 11), (kept, 9)):
        moment = one.sent_at.replace(year=one.sent_at.year - years, day=1).isoformat(timespec="minutes")
        with desk.database.transaction(departures.TOPICS) as connection:
            connection.exec_driver_sql("UPDATE sendings SET sent_at = ? WHERE id = ?", (moment, one.id))
    sent(desk, tmp_path / "c.xlsx")
    assert {one.sending.id: one.has_copy for one in sendings.sent_files(desk)} == {1: False, 2: True, 3: True}


def test_an_acknowledgement_is_noted_on_a_day_since_it_left(desk: Desk, tmp_path: Path) -> None:
    one = sent(desk, tmp_path / "out.xlsx")
    with pytest.raises(InTheFuture):
        sendings.acknowledge(desk, one.id, desk.today() + timedelta(1))
    with pytest.raises(BadDates):
        sendings.acknowledge(desk, one.id, desk.today() - timedelta(1))
    sendings.acknowledge(desk, one.id, desk.today())
    assert sendings.sent_files(desk)[0].sending.acknowledged_on == desk.today().isoformat()


def test_an_acknowledgement_that_did_not_come_is_late(desk: Desk, tmp_path: Path) -> None:
    for number, days in enumerate((-1, 0)):
        gate = GateAnswers("Cluster", "audit", due=desk.today() + timedelta(days))
        sent(desk, tmp_path / f"{number}.xlsx", gate)
    assert [one.is_late for one in sendings.sent_files(desk)] == [False, True]


def test_a_sending_of_a_version_that_was_replaced_says_by_which(desk: Desk, tmp_path: Path) -> None:
    closing.close(desk, last(desk), lambda _: "sans_objet")
    reports.export(desk, month_versions.month(desk, last(desk)), "partenaire", tmp_path / "v1.xlsx", MONTHLY)
    with desk.because_late("saisie_tardive"):
        admit(desk, "1B", days=90)
    closing.rectify(desk, last(desk), "une entrée oubliée")
    reports.export(desk, month_versions.month(desk, last(desk)), "partenaire", tmp_path / "r1.xlsx", MONTHLY)
    now, before = sendings.sent_files(desk)
    assert (now.replacing, now.rectified, before.rectified, before.replacing_rectified) == (None, 1, 0, 1)
    assert before.replacing is not None
    assert before.replacing.version == 2


def test_the_auditor_reads_the_list_and_opens_no_copy(desk: Desk, tmp_path: Path) -> None:
    one = sent(desk, tmp_path / "out.xlsx")
    user_accounts.add(desk, "Agent C", Role.AUDITOR, OTHER)
    desk.close()
    with unlocking.unlock(tmp_path / "shelter", "Agent C", OTHER) as auditor:
        (found,) = sendings.sent_files(auditor)
        assert (found.sending.recipient, found.has_copy) == ("Cluster Protection", False)
        for act in (
            lambda: sendings.open_copy(auditor, one.id, tmp_path / "again.xlsx"),
            lambda: sendings.acknowledge(auditor, one.id, auditor.today()),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_a_copy_of_what_a_storekeeper_sent_is_kept_for_who_may_open_it(desk: Desk, tmp_path: Path) -> None:
    user_accounts.add(desk, "Agent C", Role.STOREKEEPER, OTHER)
    desk.close()
    gate = GateAnswers("OIM", "bailleur")
    with unlocking.unlock(tmp_path / "shelter", "Agent C", OTHER) as keeper:
        assert keeper.protection is None
        dossiers.write_dossier(keeper, tmp_path / "dossier.xlsx", donor="oim", gate=gate)
        with pytest.raises(NotAllowed):
            sendings.open_copy(keeper, SendingId(1), tmp_path / "again.xlsx")
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as again:
        (one,) = sendings.sent_files(again)
        assert one.has_copy
        key_change.change_keys(again, PASSWORD)
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as again:
        sendings.open_copy(again, one.sending.id, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "dossier.xlsx").read_bytes()
    assert (tmp_path / "dossier.xlsx").read_bytes()[:200] not in (tmp_path / "shelter" / "shelter.db").read_bytes()


def test_a_closing_replaces_reports_and_donors_workbooks_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    """A dossier of the same days is what it was; a draft of the month gives way to the closing."""
    period = last(desk)
    draft = sent(desk, tmp_path / "draft.xlsx")
    with desk.reading() as connection:
        every = versions.sent(connection)
    assert [one.id for one in every] == [draft.id]
    dossiers.write_dossier(desk, tmp_path / "dossier.xlsx", donor="oim", gate=GateAnswers("OIM", "bailleur"))
    days = (period.first.isoformat(), period.last.isoformat())
    with desk.database.transaction(departures.TOPICS) as connection:
        connection.exec_driver_sql("UPDATE sendings SET first_day = ?, last_day = ? WHERE kind = 'dossier'", days)
    closing.close(desk, period, lambda _: "sans_objet")
    listed = {one.sending.kind: one.replacing and one.replacing.version for one in sendings.sent_files(desk)}
    proven = {
        kind: proving.verify(desk, tmp_path / name).replaced_by
        for kind, name in (("rapport", "draft.xlsx"), ("dossier", "dossier.xlsx"))
    }
    assert listed == proven == {"rapport": 1, "dossier": None}
    assert [one.kind for one in month_versions.standing(desk, period).sendings] == ["rapport"]


def test_a_purpose_is_told_with_the_words_beside_it(desk: Desk, tmp_path: Path) -> None:
    said = {
        GateAnswers("OIM", "audit", "visite de mai"): "Audit, inspection: visite de mai",
        GateAnswers("OIM", "autre", "visite de mai"): "visite de mai",
        GateAnswers("OIM", "visite de mai"): "visite de mai",
        GateAnswers("OIM", "audit"): "Audit, inspection",
        GateAnswers("OIM", "Audit, contrôle"): "Audit, contrôle",
    }
    for gate, told in said.items():
        assert sending_words.purpose(sent(desk, tmp_path / "out.xlsx", gate)) == told
