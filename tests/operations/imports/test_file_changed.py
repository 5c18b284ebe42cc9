"""A file that goes or changes while it is read, or after, is never taken for the one that was looked at."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shelter_desk import words
from shelter_desk.domain.errors import FileMissing, LookedBefore
from shelter_desk.domain.moments import Period
from shelter_desk.domain.registers.refusals import FileChanged
from shelter_desk.excel.reading import reading
from shelter_desk.excel.reading.book import Workbook
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import import_rejects, opened_files, registers
from shelter_desk.operations.reports import closing
from shelter_desk.words.refusals.errors import sentence
from tests.operations.imports.test_own_registers import AWA, BABY, HEADINGS, MAN, book
from tests.operations.shelter import open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.mark.parametrize(
    ("happens", "error"),
    [(Path.unlink, FileMissing), (lambda path: book(path, Registre=(HEADINGS, MAN)), FileChanged)],
)
def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happens: Callable[[Path], object], error: type[Exception]
) -> None:
    path, read = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY)), reading.read

    def read_then(path: Path) -> Workbook:
        found = read(path)
        happens(path)
        return found

    monkeypatch.setattr(reading, "read", read_then)
    with pytest.raises(error):
        opened_files.read(path)


def test_reasons_are_not_written_beside_the_rows_of_another_file(desk: Desk, tmp_path: Path) -> None:
    wrong = (*MAN[:4], "Gondorien", *MAN[5:])
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, wrong, AWA)))
    book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, wrong))
    with pytest.raises(FileChanged):
        import_rejects.write(look, tmp_path / "refus.xlsx", {0: "No"})
    assert not (tmp_path / "refus.xlsx").exists()


def test_a_look_that_another_import_overtook_is_to_be_looked_at_again(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA))
    first, second = registers.look(desk, path), registers.look(desk, path)
    registers.take_in(desk, first)
    with pytest.raises(LookedBefore) as refused:
        registers.take_in(desk, second)
    with words.speaking("fr"):
        assert "Examinez le fichier de nouveau" in sentence(refused.value)
    again = registers.look(desk, path).judgement.counts
    assert sum(one.new + one.changed for one in again.values()) == 0


def test_a_look_stands_while_a_month_is_closed_and_opened_again(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA)))
    month = Period(desk.today(), desk.today()).month_before
    closing.close(desk, month, lambda _: "sans_objet")
    closing.reopen(desk, month, "un oubli")
    registers.take_in(desk, look)
    assert registers.look(desk, tmp_path / "r.xlsx").judgement.counts["sejours"].same == 1
