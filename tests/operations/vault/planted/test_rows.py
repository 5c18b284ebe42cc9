"""What somebody with a password of the house writes past the program: read by nobody else, told by the check."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.casefile.incidents import IncidentContent
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged, RowsAltered, SealsAltered
from shelter_desk.domain.ids import IncidentId, UserId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations import drafts, settings
from shelter_desk.operations.assistance import services_taken_out
from shelter_desk.operations.casefile import flags, incidents, notes
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export
from shelter_desk.operations.residents import documents, residents
from shelter_desk.operations.residents.documents import NewDocument
from shelter_desk.operations.sending import sendings, signing, unread_passwords
from shelter_desk.operations.today import handovers, shifts
from shelter_desk.operations.vault import integrity_check, unlocking
from shelter_desk.operations.vault import journal as of_journal
from shelter_desk.storage import tables
from shelter_desk.storage.casefile import incidents as stored_incidents
from shelter_desk.storage.file import drafts as stored_drafts
from shelter_desk.storage.file import journal, sealed_boxes
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.settings import add_user
from shelter_desk.storage.retention import erasing
from tests.operations.case_scene import paper_file, wording
from tests.operations.casefile.test_incidents import CONTENT, fight
from tests.operations.referral_scene import agree_to_recording
from tests.operations.shelter import PASSWORD, admit, days_ago, small_shelter
from tests.operations.vault.planted.scene import line, not_signed_yet

OWN = bytes(range(32))  # a key that somebody chose
SECRET = "La directrice a vu les deux"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def write_over(desk: Desk, key: IncidentId, content: IncidentContent) -> None:
    """What whoever has the key of the file does: other words, under a key that they know."""
    with desk.database.transaction(EVERYTHING) as connection:
        seal = sealed_boxes.of(connection, desk.box).seal("incidents", "seal", key, OWN.hex())
        row = stored_incidents.sealed_row(Sealer(OWN), key, content)
        connection.execute(tables.incidents.update().where(tables.incidents.c.id == key).values(**row, seal=seal))


def test_what_readers_write_of_an_incident_opens_to_nobody_who_chose_its_key(desk: Desk) -> None:
    key = incidents.report(desk, fight(), CONTENT).id
    write_over(desk, key, CONTENT)
    incidents.follow(desk, key, SECRET)
    assert incidents.read(desk, key).follow_up == SECRET
    with desk.reading() as connection:
        found = connection.execute(text("SELECT follow_up FROM incidents WHERE id = :id"), {"id": key}).scalar_one()
    with pytest.raises(Damaged):
        Sealer(OWN).unseal("incidents", "follow_up", key, found)


def test_what_an_older_program_wrote_is_read_and_sealed_anew_with_what_follows(desk: Desk) -> None:
    key = incidents.report(desk, fight(), CONTENT).id
    write_over(desk, key, IncidentContent(CONTENT.facts, CONTENT.immediate_action, follow_up="Avant"))
    assert incidents.read(desk, key).follow_up == "Avant"
    incidents.follow(desk, key, SECRET)
    assert incidents.read(desk, key).follow_up == f"Avant\n{SECRET}"


@pytest.mark.parametrize(
    "content",
    [
        IncidentContent("Rien ne s’est passé", CONTENT.immediate_action),
        IncidentContent(CONTENT.facts, CONTENT.immediate_action, is_staff_involved=True, staff=(UserId(1),)),
    ],
)
def test_the_check_tells_an_incident_that_was_written_over(desk: Desk, content: IncidentContent) -> None:
    made = incidents.report(desk, fight(), CONTENT)
    incidents.follow(desk, made.id, SECRET)
    incidents.close(desk, incidents.report(desk, fight(), CONTENT).id, desk.today(), "Réglé", "Rien")
    integrity_check.check(desk)
    write_over(desk, made.id, content)
    with pytest.raises(RowsAltered) as caught:
        integrity_check.check(desk)
    assert (caught.value.count, caught.value.codes) == (1, (made.number,))


def test_the_check_tells_an_incident_that_was_put_in(desk: Desk) -> None:
    key = incidents.report(desk, fight(), CONTENT).id
    columns = ", ".join(one.name for one in tables.incidents.c if one.name not in ("id", "incident_no"))
    with desk.database.transaction(EVERYTHING) as connection:
        copied = f"INSERT INTO incidents (incident_no, {columns}) SELECT 'I-2026-0999', {columns} FROM incidents"
        connection.execute(text(f"{copied} WHERE id = :id"), {"id": key})
    with pytest.raises(SealsAltered) as caught:  # its key is bound to the row that it was copied from
        integrity_check.check(desk)
    assert caught.value.codes == ("I-2026-0999",)


PLANTED = (
    "UPDATE incidents SET erased_at = '2026-01-01', severity = 'mineur', closed_on = '2026-01-02'",
    "UPDATE case_notes SET written_by = 2",
    "UPDATE case_notes SET note_kind = 'sante'",
    "UPDATE settings SET value = '3' WHERE key = 'small_cell_k'",
    "DELETE FROM settings WHERE key = 'eas_channel'",
    "UPDATE handover_lines SET written_at = '2020-01-01T08:00'",
    "DELETE FROM case_notes",
    "INSERT INTO settings VALUES ('retention_identity_months', '1')",
    "INSERT INTO settled_flags (rule, subject, settled_at, reason) VALUES ('R-24', 'stay/1', '2026-01-01', 'Rien')",
)


@pytest.mark.parametrize("planted", PLANTED)
def test_the_check_tells_what_was_written_past_the_program(desk: Desk, planted: str) -> None:
    with desk.database.transaction(EVERYTHING) as connection:
        add_user(connection, UserId(2), "Agent B", Role.CASE_WORKER)
    made = admit(desk, "1A")
    agree_to_recording(desk, made.person)
    notes.write(desk, made.person, wording(SECRET))
    incidents.report(desk, fight("grave"), CONTENT)
    incidents.keep_eas_channel(desk, "La référente")
    settings.write(desk, replace(settings.read(desk), small_cell_k=5))
    settings.write(desk, replace(settings.read(desk), small_cell_k=7))
    handovers.add_line(desk, "Nuit calme")
    integrity_check.check(desk)
    with desk.database.transaction(EVERYTHING) as connection:
        assert connection.execute(text(planted.replace(":", "\\:"))).rowcount == 1
    with pytest.raises(RowsAltered) as caught:
        integrity_check.check(desk)
    assert caught.value.count == 1


def test_what_goes_at_a_term_is_told_where_no_line_erased_it(desk: Desk) -> None:
    gone, stays_here = admit(desk, "1A"), admit(desk, "1B")
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE situations SET urgent_needs = 'medical'"))
    line(desk, "erase", gone.code, {"codes": [gone.code], "count": 1})
    with desk.database.transaction(EVERYTHING) as connection:
        erasing.identities(connection, [gone.person], desk.now())
        erasing.reduce(connection, [gone.person], desk.now())
        connection.execute(text("UPDATE situations SET urgent_needs = ''"))
    integrity_check.check(desk)
    with desk.database.transaction(EVERYTHING) as connection:
        erasing.reduce(connection, [stays_here.person], desk.now())
    with pytest.raises(RowsAltered) as caught:
        integrity_check.check(desk)
    assert {stays_here.code, gone.code} & {*caught.value.codes} == {stays_here.code}


DESTROYED = (
    "UPDATE incidents SET seal = NULL",
    "UPDATE incidents SET seal = x'00'",
    "UPDATE handover_lines SET seal = x'00'",
    "UPDATE document_contents SET content = x''",
    "UPDATE document_contents SET content = NULL",
    "UPDATE document_contents SET content = x'00'",
    "DELETE FROM document_contents",
)


@pytest.mark.parametrize("planted", DESTROYED)
def test_what_opens_no_more_and_stands_in_no_line_is_told(desk: Desk, tmp_path: Path, planted: str) -> None:
    made = admit(desk, "1A")
    agree_to_recording(desk, made.person)
    incidents.report(desk, fight("grave"), CONTENT)
    handovers.add_line(desk, "Nuit calme")
    documents.take_in(desk, made.person, paper_file(tmp_path), NewDocument("passeport", "Passeport"))
    integrity_check.check(desk)
    with desk.database.transaction(EVERYTHING) as connection:
        assert connection.execute(text(planted)).rowcount == 1
    with pytest.raises(SealsAltered):
        integrity_check.check(desk)


@pytest.mark.parametrize(
    "planted", ["UPDATE persons SET last_name = NULL", "DELETE FROM consents", "UPDATE handover_lines SET words = NULL"]
)
def test_an_erasure_of_one_kind_hides_nothing_of_another(desk: Desk, planted: str) -> None:
    made = admit(desk, "1A", days=30, names=Names(last_name="Sacko"))
    agree_to_recording(desk, made.person)
    handovers.add_line(desk, "Nuit calme")
    line(desk, "erase", made.code, {"codes": [made.code], "codes_by_kind": {"narratives": [made.code]}})
    integrity_check.check(desk)
    with desk.database.transaction(EVERYTHING) as connection:
        assert connection.execute(text(planted)).rowcount >= 1
    with pytest.raises(RowsAltered):
        integrity_check.check(desk)


def test_an_update_of_the_program_hides_no_name_that_was_altered(desk: Desk) -> None:
    not_signed_yet(desk)
    admit(desk, "1A", names=Names(last_name="Sacko"))
    line(desk, "upgrade", "0037", {"from": "0019"})
    integrity_check.check(desk)
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE persons SET last_name = NULL"))
    with pytest.raises(RowsAltered):
        integrity_check.check(desk)


def test_what_was_altered_is_told_still_after_the_next_act(desk: Desk) -> None:
    made = incidents.report(desk, fight(), CONTENT)
    write_over(desk, made.id, CONTENT)
    incidents.follow(desk, made.id, SECRET)
    with desk.database.transaction(EVERYTHING) as connection:
        forged = Sealer(OWN).seal("incidents", "follow_up", made.id, "Elle a menti")
        connection.execute(text("UPDATE incidents SET follow_up = :f"), {"f": forged})
    incidents.follow(desk, made.id, "Suite")
    with pytest.raises(RowsAltered) as caught:
        integrity_check.check(desk)
    assert caught.value.codes == (made.number,)


def test_a_number_that_no_paper_has_keeps_nobody_from_writing(desk: Desk) -> None:
    year = days_ago(1).year
    with desk.database.transaction(EVERYTHING) as connection:
        values = {"key": f"last_number_I-{year}", "value": "9" * 5000}
        connection.execute(tables.settings.insert().values(**values))
    assert incidents.report(desk, fight(), CONTENT).number == f"I-{year}-0001"


@pytest.mark.parametrize("seal", ["zz", "[]", ""])
def test_nonsense_in_the_place_of_the_key_of_an_incident_is_told_as_damage(desk: Desk, seal: str) -> None:
    key = incidents.report(desk, fight(), CONTENT).id
    with desk.database.transaction(EVERYTHING) as connection:
        planted = sealed_boxes.of(connection, desk.box).seal("incidents", "seal", key, seal)
        connection.execute(text("UPDATE incidents SET seal = :seal WHERE id = :id"), {"seal": planted, "id": key})
    with pytest.raises(Damaged):
        incidents.read(desk, key)


def test_what_was_never_written_is_told_as_damage(desk: Desk) -> None:
    key = incidents.report(desk, fight(), CONTENT).id
    with desk.database.transaction(EVERYTHING) as connection:
        box = sealed_boxes.of(connection, desk.box)
        facts = box.seal("incidents", "facts", key, "[1]")
        connection.execute(text("UPDATE incidents SET seal = NULL, immediate_action = NULL, facts = :f"), {"f": facts})
    with pytest.raises(Damaged):
        incidents.read(desk, key)


@pytest.mark.parametrize(("table", "column"), [("persons", "seal"), ("profiles", "protection_seal")])
def test_an_empty_key_of_a_person_is_no_key(desk: Desk, table: str, column: str) -> None:
    person = admit(desk, "1A").person
    agree_to_recording(desk, person)
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text(f"UPDATE {table} SET {column} = x'' WHERE id = :id"), {"id": person})
    with pytest.raises(SealsAltered):
        integrity_check.check(desk)
    if column == "protection_seal":
        with pytest.raises(Damaged):
            notes.write(desk, person, wording(SECRET))


def test_the_check_tells_whose_key_of_words_was_taken_away(desk: Desk) -> None:
    made = admit(desk, "1A")
    agree_to_recording(desk, made.person)
    notes.write(desk, made.person, wording(SECRET))
    integrity_check.check(desk)
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE profiles SET protection_seal = NULL WHERE id = :id"), {"id": made.person})
    with pytest.raises(SealsAltered) as caught:
        integrity_check.check(desk)
    assert caught.value.codes == (made.code,)


def test_an_open_draft_counts_for_nobody_who_has_a_key(desk: Desk) -> None:
    form, told = "reports/password/1", b'text:{"file": "registre.xlsx", "password": "ATTA-CKER-CHOS-E555"}'
    with desk.database.transaction(EVERYTHING) as connection:
        row = {"user_id": desk.user, "form": form, "saved_at": f"{desk.now():%Y-%m-%dT%H:%M}", "body": told}
        connection.execute(tables.drafts.insert().values(**row))
        (kept,) = stored_drafts.of_user(connection, desk.user)
    assert kept.text(None) is not None
    assert (drafts.mine(desk), drafts.find(desk, form), list(unread_passwords.mine(desk))) == ([], None, [])


def test_another_key_that_signs_files_is_told_where_there_was_one(desk: Desk) -> None:
    first = signing.signer(desk)
    assert signing.signer(desk) == first
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("DELETE FROM settings WHERE key = 'file_signing_seed'"))
    assert signing.signer(desk) != first
    with desk.reading() as connection:
        told = [one.action for one in journal.lines(connection) if one.action.startswith("file_key")]
    assert told == [signing.MADE, signing.RENEWED]


def test_no_name_of_a_file_of_persons_lies_where_every_role_reads(desk: Desk, tmp_path: Path) -> None:
    admit(desk, "1A")
    register_export.export(desk, tmp_path / "Awa Traore.xlsx")
    (one,) = sendings.sent_files(desk)
    assert (one.sending.kind, one.sending.file_name) == ("registres", "registres.xlsx")
    with desk.reading() as connection:
        told = [line.details for line in journal.lines(connection)]
    assert [line for line in told if "Traore" in line] == []


def test_lines_and_rows_of_no_known_form_stop_nothing(desk: Desk) -> None:
    made = admit(desk, "1A")
    rows = [
        None,
        3,
        {},
        {"table": "services"},
        {"table": "services", "id": "x"},
        {"table": "consents", "id": 1, "after": 2},
    ]
    for action in ("take_out_service", "leave", "move", "admit", "void", "record_consent", "hold_bed"):
        line(desk, action, made.code, {"rows": [*rows, {"table": "services", "before": {"stay_id": int(made.stay)}}]})
        line(desk, action, made.code, {"rows": 4})
        line(desk, action, made.code, [1])
    line(desk, "call_roll", "zz")
    with desk.database.transaction(EVERYTHING) as connection:
        settled = "INSERT INTO settled_flags (rule, subject, settled_at, reason) VALUES ('R-1', :subject, :at, 'x')"
        for subject in ("stay/x", "stay/", "stay/" + "9" * 30):
            connection.execute(text(settled), {"subject": subject, "at": f"{desk.now():%Y-%m-%dT%H:%M}"})
    assert services_taken_out.of_person(desk, made.person) == ()
    assert shifts.shift(desk).events
    assert consents.of(desk, made.person).all == ()
    flags.settled(desk)
    with desk.reading() as connection:
        lines = [one.seq for one in journal.lines(connection)]
    assert [of_journal.detail(desk, one) is not None for one in lines] == [True] * len(lines)
    assert {one.action for one in residents.record(desk, made.person).thread} >= {"take_out_service", "void"}
    with desk.database.transaction(EVERYTHING) as connection:
        erasing.narratives(connection, [made.person])


LINKED = ("keys.json.next", "shelter.db.rekeyed", "retour", "shelter.lock")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("is_round", [False, True], ids=["no disk has its name", "to itself"])
@pytest.mark.parametrize("name", LINKED)
def test_a_link_put_into_the_folder_keeps_nobody_out(tmp_path: Path, name: str, is_round: bool) -> None:
    with small_shelter(tmp_path / "shelter") as opened:
        folder = opened.folder
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(name if is_round else "a" * 300)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        integrity_check.check(again)
