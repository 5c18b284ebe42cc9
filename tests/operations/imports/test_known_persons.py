"""A file that comes again, longer or corrected: what was decided is known, and a corrected line is no second person."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake, intake_batches, registers
from shelter_desk.operations.imports.intake import NEW, LayoutAnswers, Review
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.storage.retention import erasing
from tests.operations.imports.stored_words import in_clear
from tests.operations.imports.test_intake import again, nobody, opened, states
from tests.operations.imports.test_own_registers import AWA, HEADINGS, MAN, book
from tests.operations.shelter import admit, days_ago, open_small_shelter

NUMBERED = ("N° dossier", *HEADINGS[1:])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened_desk:
        yield opened_desk


def taken(desk: Desk, path: Path, persons: dict[tuple[str, int], str] | None = None) -> Review:
    review = opened(desk, path)
    if persons:
        review = again(desk, review, LayoutAnswers(persons=persons))
    intake_batches.take_in(desk, review, nobody)
    return review


def somebody(desk: Desk) -> str:
    """Awa Diara, who left a year ago: her code."""
    known = admit(desk, "1A", age=25, days=400, names=Names("Diara", "Awa"))
    stays.leave(desk, known.stay, days_ago(390), "autonomie")
    return residents.record(desk, known.person).person.code


def names(desk: Desk) -> list[str]:
    everybody = [residents.name(desk, one.person.id) for one in residents.listed(desk, "all")]
    return sorted(f"{one.last_name} {one.first_name}" for one in everybody)


def number_of_stays(desk: Desk) -> int:
    with desk.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM stays")).scalar_one())


# Decided once ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headings", [HEADINGS, NUMBERED])
def test_the_same_file_again_asks_nothing_of_who_was_decided(desk: Desk, tmp_path: Path, headings: Any) -> None:
    code = somebody(desk)
    path = book(tmp_path / "r.xlsx", Registre=(headings, AWA, MAN))
    taken(desk, path, {("Registre", 2): code})
    review = opened(desk, path)
    assert (states(review), review.to_write) == ([(2, "same"), (3, "same")], 0)
    assert (names(desk), review.lines[0].known_as) == (["Diara Awa", "MENSAH Kofi"], code)


def test_a_longer_file_leaves_who_was_decided_and_changes_their_stay(desk: Desk, tmp_path: Path) -> None:
    code = somebody(desk)
    taken(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA)), {("Registre", 2): code})
    left = (*AWA[:7], "09/02/2026")
    review = opened(desk, book(tmp_path / "s.xlsx", Registre=(HEADINGS, MAN, left)))
    assert states(review) == [(2, "new"), (3, "changed")]
    intake_batches.take_in(desk, review, nobody)
    assert (names(desk), number_of_stays(desk)) == (["Diara Awa", "MENSAH Kofi"], 3)


def test_a_code_of_another_shelter_stays_the_person_it_was_said_to_be(desk: Desk, tmp_path: Path) -> None:
    code = somebody(desk)
    headings = ("Code bénéficiaire", *NUMBERED)
    path = book(tmp_path / "r.xlsx", Registre=(headings, ("7K3-QMX-E", *AWA)))
    taken(desk, path, {("Registre", 2): code})
    older = (*AWA[:3], 62, *AWA[4:])  # no doubt any more: the age is far from hers
    later = book(tmp_path / "s.xlsx", Registre=(headings, ("7K3-QMX-E", *older)))
    for file in (path, later):
        review = opened(desk, file)
        assert (states(review), review.to_write) == ([(2, "same")], 0)


def test_two_lines_said_to_be_one_person_are_one_the_next_time(desk: Desk, tmp_path: Path) -> None:
    first = (*AWA[:7], "07/02/2026")
    later = (9, "DIARA Hawa", *AWA[2:5], "04/05/2026", AWA[6], "07/05/2026")
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, first, (9, "DIARA Awa", *later[2:])))
    review = opened(desk, path)
    taken(desk, path, {("Registre", 3): review.lines[1].alike[0].code})
    assert [(state, bool(line.refusals)) for line in opened(desk, path).lines for state in [line.state]] == [
        ("same", False),
        ("same", False),
    ]


def test_persons_without_a_code_come_again_as_they_were_decided(desk: Desk, tmp_path: Path) -> None:
    code = somebody(desk)
    headings = ("last_name", "first_name", "sex", "age_estimated", "age_estimated_on", "nationality")
    awa = ("DIARRA", "Awa", "F", 25, days_ago(1), "Mali")
    others = (("DIARA", "Hawa", *awa[2:]), ("KONÉ", "Salif", "M", 40, *awa[4:]))
    path = book(tmp_path / "p.xlsx", personnes=(headings, awa, *others))
    review = opened(desk, path)
    assert states(review)[0] == (2, "doubtful")
    taken(desk, path, {("personnes", 2): code, **{line.place: NEW for line in review.of("doubtful")[1:]}})
    review = opened(desk, path)
    assert (states(review), review.to_write) == ([(2, "same"), (3, "same"), (4, "same")], 0)


def test_an_undone_import_leaves_no_decision(desk: Desk, tmp_path: Path) -> None:
    code = somebody(desk)
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA))
    taken(desk, path, {("Registre", 2): code})
    (past,) = intake_batches.past(desk)
    intake_batches.undo(desk, past.batch.id, nobody)
    assert states(opened(desk, path)) == [(2, "doubtful")]


def test_what_is_known_of_lines_names_nobody_in_clear(desk: Desk, tmp_path: Path) -> None:
    code = somebody(desk)
    taken(desk, book(tmp_path / "r.xlsx", Diarra=(HEADINGS, AWA, MAN)), {("Diarra", 2): code})
    with desk.reading() as connection:
        kept = ("import_lines", "import_layouts", "import_batches", "settings", "journal")
        assert in_clear(connection, kept, ("diarra", "awa", "mensah", "kofi")) == []
        assert connection.execute(text("SELECT count(*) FROM import_lines")).scalar_one() >= 2


def test_nothing_is_known_of_the_lines_of_an_erased_name(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN))
    taken(desk, path)
    everybody = [one.person.id for one in residents.listed(desk, "all")]
    with desk.database.transaction(EVERYTHING) as connection:
        erasing.identities(connection, everybody, desk.now())
        left = connection.execute(text("SELECT person_code, is_said FROM import_lines")).all()
    assert left == []  # whoever reads names could try some against a digest of the line
    review = opened(desk, path)
    assert states(review) == [(2, "new"), (3, "new")]


# Corrected in the sheet -----------------------------------------------------------------------------------------------


def corrected(desk: Desk, tmp_path: Path, line: tuple[Any, ...], *, at: int = 0) -> Review:
    """The register with Awa and Kofi, then again with another line in the place of Awa's."""
    taken(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN)))
    lines = [line, MAN] if at == 0 else [MAN, line]
    return opened(desk, book(tmp_path / "s.xlsx", Registre=(HEADINGS, *lines)))


@pytest.mark.parametrize(
    "line",
    [
        (1, "DIARRA Awa Marie", *AWA[2:]),
        (*AWA[:3], "35 ans", *AWA[4:]),
        (*AWA[:2], "M", *AWA[3:]),
        (*AWA[:4], "Guinéenne", *AWA[5:]),
    ],
)
def test_a_line_corrected_where_it_stood_is_proposed_as_a_change(
    desk: Desk, tmp_path: Path, line: tuple[Any, ...]
) -> None:
    review = corrected(desk, tmp_path, line)
    assert (states(review), review.lines[0].parts[0].state) == ([(2, "decided"), (3, "same")], "changed")
    (alike,) = review.lines[0].alike
    assert (alike.row, alike.taken_at is not None) == (2, True)
    intake_batches.take_in(desk, review, nobody)
    assert (len(names(desk)), number_of_stays(desk)) == (2, 2)
    assert states(opened(desk, tmp_path / "s.xlsx")) == [(2, "same"), (3, "same")]


def test_another_name_where_a_line_stood_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    review = corrected(desk, tmp_path, (1, "KEITA Fanta", *AWA[2:]))
    assert states(review) == [(2, "doubtful"), (3, "same")]
    other = again(desk, review, LayoutAnswers(persons={("Registre", 2): NEW}))
    intake_batches.take_in(desk, other, nobody)
    assert names(desk) == ["DIARRA Awa", "KEITA Fanta", "MENSAH Kofi"]
    assert states(opened(desk, tmp_path / "s.xlsx")) == [(2, "same"), (3, "same")]


def test_a_corrected_line_that_moved_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    review = corrected(desk, tmp_path, (1, "DIARA Hawa", *AWA[2:]), at=1)
    assert states(review) == [(2, "same"), (3, "doubtful")]
    review = again(desk, review, LayoutAnswers(persons={("Registre", 3): review.lines[1].alike[0].code}))
    intake_batches.take_in(desk, review, nobody)
    assert (names(desk), number_of_stays(desk)) == (["DIARA Hawa", "MENSAH Kofi"], 2)


def test_a_corrected_day_of_entry_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    review = corrected(desk, tmp_path, (*AWA[:5], "04/02/2026", *AWA[6:]))
    assert states(review)[0] == (2, "doubtful")
    review = again(desk, review, LayoutAnswers(persons={("Registre", 2): review.lines[0].alike[0].code}))
    assert review.lines[0].refusals == ()
    intake_batches.take_in(desk, review, nobody)
    assert (len(names(desk)), number_of_stays(desk)) == (2, 2)


def test_a_corrected_day_of_entry_moves_the_night_in_the_bed(desk: Desk, tmp_path: Path) -> None:
    headings = (*HEADINGS, "Lit")
    taken(desk, book(tmp_path / "r.xlsx", Registre=(headings, (*AWA, "1A"), (*MAN, "2A"))))
    path = book(tmp_path / "s.xlsx", Registre=(headings, (*AWA[:5], "04/02/2026", *AWA[6:], "1A"), (*MAN, "2A")))
    review = opened(desk, path)
    assert states(review) == [(2, "doubtful"), (3, "same")]
    taken(desk, path, {("Registre", 2): review.lines[0].alike[0].code})
    with desk.reading() as connection:
        nights = connection.execute(text("SELECT count(*), min(started_at) FROM placements")).one()
    assert (tuple(nights), states(opened(desk, path))) == ((2, "2026-02-04"), [(2, "same"), (3, "same")])


def test_a_line_carried_over_leaves_the_name_of_who_was_decided(desk: Desk, tmp_path: Path) -> None:
    code = somebody(desk)
    path = book(tmp_path / "r.xlsx", Janvier=(HEADINGS, AWA), Fevrier=(HEADINGS, (*AWA[:7], "09/02/2026")))
    taken(desk, path, {("Janvier", 2): code})
    review = opened(desk, path)
    assert (names(desk), [line.state for line in review.lines]) == (["Diara Awa"], ["same", "same"])
    assert review.lines[0].known_as == code


def test_a_sister_in_the_same_row_of_another_file_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    taken(desk, book(tmp_path / "r.xlsx", Feuil1=(HEADINGS, AWA)))
    review = opened(desk, book(tmp_path / "s.xlsx", Feuil1=(HEADINGS, (1, "DIARRA Sira", *AWA[2:]))))
    assert states(review) == [(2, "doubtful")]


def test_what_one_line_evidently_corrects_is_proposed_to_no_other(desk: Desk, tmp_path: Path) -> None:
    taken(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN)))
    lines = ((*AWA[:3], 26, *AWA[4:]), MAN, (3, "DIARRA Sira", *AWA[2:]))
    review = opened(desk, book(tmp_path / "s.xlsx", Registre=(HEADINGS, *lines)))
    assert states(review) == [(2, "decided"), (3, "same"), (4, "new")]


def test_what_is_evident_can_be_said_to_be_another_person(desk: Desk, tmp_path: Path) -> None:
    review = corrected(desk, tmp_path, (*AWA[:3], "35 ans", *AWA[4:]))
    review = again(desk, review, LayoutAnswers(persons={("Registre", 2): NEW}))
    assert (review.lines[0].parts[0].state, bool(review.lines[0].alike)) == ("new", True)


def test_the_next_month_asks_nothing_of_those_of_the_month_before(desk: Desk, tmp_path: Path) -> None:
    taken(desk, book(tmp_path / "r.xlsx", Janvier=(HEADINGS, AWA, MAN)))
    others = [(5, "KEITA Fanta", "F", 30, "Mali", "09/03/2026", "transit", None)]
    assert states(opened(desk, book(tmp_path / "s.xlsx", Janvier=(HEADINGS, *others)))) == [(2, "new")]


def test_the_command_line_takes_an_evident_correction_for_a_change(desk: Desk, tmp_path: Path) -> None:
    taken(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN)))
    look = registers.look(desk, book(tmp_path / "s.xlsx", Registre=(HEADINGS, (*AWA[:3], 26, *AWA[4:]), MAN)))
    assert [(one.new, one.changed) for one in look.judgement.counts.values()] == [(0, 1), (0, 0)]


def test_a_line_that_may_be_a_correction_is_counted_as_doubtful(desk: Desk, tmp_path: Path) -> None:
    taken(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN)))
    look = registers.look(desk, book(tmp_path / "s.xlsx", Registre=(HEADINGS, (1, "KEITA Fanta", *AWA[2:]), MAN)))
    assert (look.judgement.counts["personnes"].new, look.judgement.counts["personnes"].doubtful) == (1, 1)


# Chains ---------------------------------------------------------------------------------------------------------------


def chain(desk: Desk, tmp_path: Path) -> Review:
    """Three lines that may be one person, each with a stay of its own."""
    days = (("03/02/2026", "05/02/2026"), ("03/03/2026", "05/03/2026"), ("03/04/2026", "05/04/2026"))
    spelled = ("DIARRA Awa", "DIARA Awa", "Diarra Awwa")
    lines = [(n, name, *AWA[2:5], *d[:1], AWA[6], d[1]) for n, (name, d) in enumerate(zip(spelled, days, strict=True))]
    return opened(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, *lines)))


def test_a_chain_of_three_lines_ends_with_one_person(desk: Desk, tmp_path: Path) -> None:
    review = chain(desk, tmp_path)
    assert states(review) == [(2, "new"), (3, "doubtful"), (4, "doubtful")]
    said = {("Registre", 3): "@2@Registre", ("Registre", 4): "@3@Registre"}
    review = again(desk, review, LayoutAnswers(persons=said))
    intake_batches.take_in(desk, review, nobody)
    assert (len(names(desk)), number_of_stays(desk)) == (1, 3)
    assert states(opened(desk, tmp_path / "r.xlsx")) == [(2, "same"), (3, "same"), (4, "same")]


def test_a_decision_about_a_line_that_is_left_aside_is_asked_again(desk: Desk, tmp_path: Path) -> None:
    review = chain(desk, tmp_path)
    said = {("Registre", 3): intake.ASIDE, ("Registre", 4): "@3@Registre"}
    review = again(desk, review, LayoutAnswers(persons=said))
    assert (states(review), review.answers.persons) == (
        [(2, "new"), (3, "refused"), (4, "doubtful")],
        {("Registre", 3): intake.ASIDE},
    )


def test_two_lines_that_are_said_to_be_each_other_are_asked_about_again(desk: Desk, tmp_path: Path) -> None:
    review = chain(desk, tmp_path)
    said = {("Registre", 3): "@4@Registre", ("Registre", 4): "@3@Registre"}
    assert again(desk, review, LayoutAnswers(persons=said)).answers.persons == {}


def test_a_decision_can_be_changed_after_the_lines_were_compared(desk: Desk, tmp_path: Path) -> None:
    code = somebody(desk)
    review = opened(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA)))
    review = intake.review(desk, review.opened, LayoutAnswers(persons={("Registre", 2): code}), nobody, review.lines)
    assert (review.lines[0].state, [one.code for one in review.lines[0].alike]) == ("decided", [code])
