"""What imports remember is looked at, changed and forgotten without undoing any import."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.errors import ChangedSince, NotInList
from shelter_desk.domain.registers.batches import Memory
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches, intake_layouts, intake_memory
from shelter_desk.operations.imports.intake import NEW, LayoutAnswers
from shelter_desk.operations.imports.intake_layouts import SheetAnswer
from shelter_desk.operations.residents import residents
from tests.operations.imports.test_intake import again, nobody, opened, states
from tests.operations.imports.test_known_persons import somebody, taken
from tests.operations.imports.test_own_registers import AWA, HEADINGS, MAN, book
from tests.operations.shelter import days_ago, open_small_shelter

PERSONS = ("last_name", "first_name", "sex", "age_estimated", "age_estimated_on", "nationality")
GONDOR = (*MAN[:4], "Gondorien", *MAN[5:])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened_desk:
        yield opened_desk


def the(desk: Desk, kind: str) -> Memory:
    (found,) = [one for one in intake_memory.remembered(desk) if one.kind == kind]
    return found


def say(desk: Desk, path: Path, answers: LayoutAnswers) -> None:
    review = again(desk, opened(desk, path), answers)
    intake_layouts.remember(desk, review.marks, review.answers)


def test_a_meaning_is_changed_for_the_next_file_and_then_forgotten(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, GONDOR))
    say(desk, path, LayoutAnswers(values={("registre", "nationality"): {"gondorien": "TG"}}))
    known = the(desk, "value")
    assert (known.list_key, known.column, known.code) == ("registre", "nationality", "TG")
    intake_memory.change(desk, known.key, "GN")
    assert [one.code for one in opened(desk, path).meant] == ["GN"]
    with pytest.raises(NotInList):
        intake_memory.change(desk, known.key, "Gondor")
    intake_memory.forget(desk, known.key)
    assert [one.value for one in opened(desk, path).unknown] == ["Gondorien"]
    with pytest.raises(ChangedSince):
        intake_memory.forget(desk, known.key)


def test_of_several_memories_settled_at_once_all_or_none_are(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, GONDOR))
    say(desk, path, LayoutAnswers(values={("registre", "nationality"): {"gondorien": "TG"}}))
    known = the(desk, "value")
    with pytest.raises(ChangedSince):
        intake_memory.settle(desk, {known.key: "GN"}, ["f99"])
    assert the(desk, "value").code == "TG"
    intake_memory.settle(desk, {known.key: "GN"}, [])
    assert the(desk, "value").code == "GN"


def test_the_order_of_days_and_the_columns_of_a_sheet_are_changed_and_forgotten(desk: Desk, tmp_path: Path) -> None:
    lines = [(n, f"KONÉ Salif {n}", "M", 30, "Mali", f"0{n}/02/2026", MAN[6], None) for n in range(3, 6)]
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, *lines))
    said = SheetAnswer("registre", {"date de sortie": ""}, {"admitted_at": "mdy"})
    say(desk, path, LayoutAnswers(sheets={"Registre": said}))

    def months() -> set[int]:
        look = opened(desk, path).look
        assert look is not None
        return {kept.values["admitted_at"].month for kept in look.judgement.standing["sejours"].values()}

    assert (months(), the(desk, "order").code, the(desk, "layout").list_key) == ({3, 4, 5}, "mdy", "registre")
    intake_memory.change(desk, the(desk, "order").key, "dmy")
    assert months() == {2}
    intake_memory.forget(desk, the(desk, "order").key)
    intake_memory.forget(desk, the(desk, "layout").key)
    assert (intake_memory.remembered(desk), opened(desk, path).answers) == ([], LayoutAnswers())


def test_who_a_line_is_can_be_forgotten_and_is_asked_again(desk: Desk, tmp_path: Path) -> None:
    code = somebody(desk)
    lines = (("DIARRA", "Awa", "F", 25, days_ago(1), "Mali"), ("KONÉ", "Salif", "M", 40, days_ago(1), "Mali"))
    path = book(tmp_path / "p.xlsx", personnes=(PERSONS, *lines))
    taken(desk, path, {("personnes", 2): code})
    assert states(opened(desk, path)) == [(2, "same"), (3, "same")]
    known = the(desk, "same")
    assert (known.code, known.row) == (code, 2)
    intake_memory.forget(desk, known.key)
    assert states(opened(desk, path)) == [(2, "doubtful"), (3, "same")]
    assert [one.batch.undone_at for one in intake_batches.past(desk)] == [None]


def test_two_persons_said_to_be_different_can_be_the_same_after_all(desk: Desk, tmp_path: Path) -> None:
    code = somebody(desk)
    taken(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA)), {("Registre", 2): NEW})
    known = the(desk, "apart")
    assert code in known.code
    assert len(residents.listed(desk, "all")) == 2
    intake_memory.forget(desk, known.key)
    assert intake_memory.remembered(desk) == []


def test_a_memory_changed_during_a_review_does_not_stop_it(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, GONDOR, AWA))
    say(desk, path, LayoutAnswers(values={("registre", "nationality"): {"gondorien": "TG"}}))
    review = opened(desk, path)
    intake_memory.forget(desk, the(desk, "value").key)
    assert intake_batches.take_in(desk, review, nobody).batch is not None
