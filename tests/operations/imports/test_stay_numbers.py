"""Numbers of stays of lines that have none: nothing is guessed from them, and the line that comes again is known."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk import words
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake, intake_batches, intake_layouts, registers, typed_lines
from shelter_desk.operations.imports.intake_layouts import LayoutAnswers, SheetAnswer
from shelter_desk.operations.imports.register_spreads import own_number
from shelter_desk.operations.residents import retention
from shelter_desk.operations.stays import stays
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.imports import intake as stored_intake
from tests.operations.imports.test_intake import nobody
from tests.operations.imports.test_own_registers import AWA, BABY, HEADINGS, book, counts
from tests.operations.retention_scene import alone
from tests.operations.shelter import PASSWORD, days_ago, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


def stay_numbers(desk: Desk) -> set[str]:
    with desk.reading() as connection:
        return set(connection.execute(text("SELECT stay_no FROM stays")).scalars())


def test_the_number_of_a_stay_is_made_of_nothing_that_the_line_says(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY))
    looks = [registers.look(desk, path) for _ in range(2)]
    offered = [{one.values["stay_no"] for one in look.judgement.standing["sejours"].values()} for look in looks]
    assert offered[0].isdisjoint(offered[1])
    registers.take_in(desk, looks[1])
    assert stay_numbers(desk) == offered[1]
    with desk.reading() as connection:
        kept = stored_settings.read(connection)
    assert "register_salt" not in kept
    made = {own_number(value, "L", said) for value in (desk.register_salt, "00" * 16) for said in stated(looks[1])}
    assert made.isdisjoint(offered[1])
    assert looks[1].salt not in "".join(kept.values())
    assert counts(registers.look(desk, path))["sejours"] == (0, 0, 2, 0)


def stated(look: registers.Look) -> list[str]:
    """What the number of each line of that look was made of in older programs."""
    keys = ("last_name", "first_name", "sex", "birth_date", "age_estimated", "nationality")
    persons = {one.values["person_code"]: one.values for one in look.judgement.standing["personnes"].values()}
    stays_of = [(persons[one.values["person_code"]], one) for one in look.judgement.standing["sejours"].values()]
    return [
        "|".join([*(str(who.get(key) or "").casefold() for key in keys), str(one.values["admitted_at"]), "1"])
        for who, one in stays_of
    ]


def test_a_stay_left_by_an_undo_is_known_when_the_file_comes_again(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY))
    seq = registers.take_in(desk, registers.look(desk, path)).seq
    (batch,) = (one.batch for one in intake_batches.past(desk) if one.batch.seq == seq)
    with desk.reading() as connection:
        awa = connection.execute(text("SELECT min(id) FROM stays")).scalar_one()
    stays.leave(desk, awa, desk.now(), "autonomie")
    intake_batches.undo(desk, batch.id, lambda *_: None)
    assert len(stay_numbers(desk)) == 1
    assert counts(registers.look(desk, path))["sejours"] == (1, 0, 1, 0)


def test_a_line_typed_into_the_grid_is_not_guessed_from_the_digest_of_its_import(desk: Desk) -> None:
    line = ["Coulibaly", "Fatoumata", "Féminin", "1998", "Mali", "En transit au Mali", "", "01/02/2026", ""]
    with words.speaking("fr"):
        opened = typed_lines.opened([line], desk.today())
        review = typed_lines.review(desk, [line], nobody)
        batch = intake_batches.take_in(desk, review, nobody).batch
        again = typed_lines.review(desk, [line], nobody)
    assert batch is not None
    assert batch.digest != opened.digest
    assert again.taken == batch
    assert batch.digest not in {hashlib.sha256(opened.digest.encode()).hexdigest()[:32], opened.digest[:32]}


def test_the_name_of_a_sheet_is_not_guessed_from_what_is_remembered_of_it(desk: Desk, tmp_path: Path) -> None:
    rows = (("Date", "Entretien", "Remarques"), ("01/11/2026", "x", "y"))
    path = book(tmp_path / "r.xlsx", Keita_Rokia=rows, Registre=(HEADINGS, AWA))
    review = intake.open_file(desk, path, nobody)
    mark = next(one.mark for one in review.sheets if one.name == "Keita Rokia")
    assert mark is not None
    answers = LayoutAnswers({"Keita Rokia": SheetAnswer("")})
    intake_layouts.remember(desk, {"Keita Rokia": mark}, answers)
    with desk.reading() as connection:
        (kept,) = connection.execute(text("SELECT headings FROM import_layouts")).scalars()
    assert kept not in (mark.own, mark.own[:32], mark.plain)
    assert "Keita Rokia" in intake.open_file(desk, path, nobody).answers.sheets


def test_what_an_older_program_left_open_is_sealed_at_the_next_opening_and_known_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    salt, folder = "5a" * 16, tmp_path / "shelter"
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY), Keita=(("Date", "Remarques"), ("x", "y")))
    with open_small_shelter(folder) as desk, monkeypatch.context() as older:
        older.setattr(import_lines, "_keep", import_lines._seal)  # which told no secret in a line
        review = intake.open_file(desk, path, nobody)
        mark = next(one.mark for one in review.sheets if one.name == "Keita")
        assert mark is not None
        desk.register_salt = salt
        intake_batches.take_in(desk, intake.open_file(desk, path, nobody), nobody)
        intake_layouts.remember(desk, {"Keita": mark}, LayoutAnswers({"Keita": SheetAnswer("")}))
        as_of_an_older_program(desk, salt, review, mark.own)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        with desk.reading() as connection:
            kept = stored_settings.read(connection)
            every = text("SELECT digest FROM import_batches UNION ALL SELECT headings FROM import_layouts")
            digests = connection.execute(every).scalars().all()
            last = connection.execute(text("SELECT action FROM journal ORDER BY seq DESC LIMIT 1")).scalar_one()
            assert import_lines.salt(connection, desk.sealer) == salt
        assert ("register_salt" in kept, salt in "".join(kept.values()), last) == (False, False, "import_memory")
        assert {len(one) for one in digests} == {32}
        again = intake.open_file(desk, path, nobody)
        assert again.taken is not None
        assert ("Keita" in again.answers.sheets, again.to_write) == (True, 0)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        lines = text("SELECT count(*) FROM journal WHERE action = 'import_memory'")
        assert connection.execute(lines).scalar_one() == 1


def test_what_a_line_without_a_number_says_is_forgotten_with_the_person(desk: Desk, tmp_path: Path) -> None:
    registers_of_two = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY))
    intake_batches.take_in(desk, intake.open_file(desk, registers_of_two, nobody), nobody)
    every = text("SELECT count(*) FROM import_lines")
    with desk.reading() as connection:
        before = connection.execute(every).scalar_one()
        here = connection.execute(text("SELECT id, person_id FROM stays WHERE exited_at IS NULL")).all()
    for stay in here:
        stays.leave(desk, stay.id, days_ago(1), "retour_autonome", "pays_origine")
    for stay in here:
        retention.erase_on_request(desk, stay.person_id, "Elle le demande", alone(desk))
    with desk.reading() as connection:
        assert (before > 0, connection.execute(every).scalar_one()) == (True, 0)


def as_of_an_older_program(desk: Desk, salt: str, review: intake.Review, mark: str) -> None:
    """Write its salt in the open, the digests without a key, and the stays by what their lines say."""
    said_of = registers.look(desk, review.opened.path).numbers.said
    with desk.database.transaction(EVERYTHING) as connection:
        digests = import_lines.digests(connection, desk.sealer)
        assert digests is not None
        connection.execute(text("DELETE FROM settings WHERE key = 'import_numbers'"))
        stored_settings.write(connection, {"register_salt": salt})
        connection.execute(text("UPDATE import_batches SET digest = :one"), {"one": review.opened.digest})
        (row,) = connection.execute(text("SELECT * FROM import_layouts")).all()
        said = stored_intake.layout_row(mark, stored_intake.as_layout(row), digests)
        change = text("UPDATE import_layouts SET headings = :headings, proof = :proof")
        connection.execute(change, {"headings": mark, "proof": said["proof"]})
        connection.execute(text("DELETE FROM import_lines"))
        for number, made in said_of.items():
            change = text("UPDATE stays SET stay_no = :made WHERE stay_no = :number")
            assert connection.execute(change, {"made": made, "number": number}).rowcount == 1
