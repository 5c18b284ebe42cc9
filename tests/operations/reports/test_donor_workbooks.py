"""The workbook of a donor filled with a month: what is found, what is refused, what is remembered, what is listed."""

from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.errors import NotAllowed, WouldOverwrite
from shelter_desk.domain.registers.refusals import NotAWorkbook
from shelter_desk.domain.reports.disclosure import ALWAYS
from shelter_desk.domain.reports.figures import HIDDEN
from shelter_desk.domain.reports.hiding.sent import SentDocument
from shelter_desk.domain.reports.references import written
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import donor_workbooks, reports, sent_before
from shelter_desk.operations.reports.donor_workbooks import Book, Target
from shelter_desk.operations.reports.reports import Month
from shelter_desk.operations.vault import journal
from shelter_desk.operations.vault.journal import Wanted
from tests.excel.donor_workbook import FORM, NOTES, SUMS, make
from tests.operations.reports.golden_scene import desk, month

__all__ = ["desk", "month"]

POINTED = ((NOTES, "C3", "t2.distinct_persons"), (FORM, "E4", "t2.entries:sex=f,age_group=a18_59"))


@pytest.fixture(scope="module")
def book(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Book:
    return donor_workbooks.look(desk, make(tmp_path_factory.mktemp("donor") / "OIM.xlsx"))[0]


def plan(
    month: Month, book: Book, pointed: tuple[donor_workbooks.Pointed, ...] = (), profile: str = "interne"
) -> list[Target]:
    return list(donor_workbooks.plan(donor_workbooks.references(month, profile), book, pointed))  # type: ignore[arg-type]


def to(recipient: str) -> GateAnswers:
    return GateAnswers(recipient, "bailleur", channel="courriel")


def at(targets: list[Target], cell: str, sheet: str = FORM) -> Target:
    return next(one for one in targets if (one.sheet, one.cell) == (sheet, cell))


def test_names_markers_and_cells_pointed_to_take_the_figures_of_the_report(month: Month, book: Book) -> None:
    found, report = plan(month, book, POINTED), month.report
    value = report.value
    women = (("sex", "f"), ("age_group", "a18_59"))
    assert at(found, "B3").value == value("t2.entries")
    assert at(found, "B4").value == value("t2.exits")
    assert at(found, "D12").value == value("t1.person_nights")
    assert at(found, "B6").value == at(found, "E4").value == value("t2.entries", *women)
    assert at(found, "C3", NOTES).value == value("t2.distinct_persons")
    assert at(found, "A9").value == f"{value('t2.present_end')} personnes présentes à la fin"
    assert {one.how for one in found if one.is_written} == {"name", "marker", "pointed"}


def test_a_percent_cell_takes_the_rate_as_a_part_of_one(month: Month, book: Book) -> None:
    rate = at(plan(month, book), "B7")
    assert isinstance(rate.told, float)
    assert rate.value == pytest.approx(rate.told / 100)


def test_what_cannot_be_written_is_said_with_its_reason(month: Month, book: Book) -> None:
    pointed = (
        (FORM, "B5", "t2.exits"),
        (FORM, "B9", "t2.exits"),
        (FORM, "F3", "t2.exits"),
        ("Ailleurs", "A1", "t2.exits"),
        (FORM, "E9", "t2.magic"),
        (FORM, "ZZZ1", "t2.exits"),
        (FORM, "B3", "t2.exits"),
    )
    found = plan(month, book, pointed)
    refused = {(one.cell, one.how): one.why_not for one in found if not one.is_written}
    assert refused == {
        ("B5", "pointed"): "formula",
        ("B5", "name"): "formula",
        ("B9", "pointed"): "merged",
        ("F3", "pointed"): "table",
        ("A1", "pointed"): "no_sheet",
        ("E9", "pointed"): "unknown",
        ("ZZZ1", "pointed"): "no_cell",
        ("B3", "name"): "twice",
        ("A10", "marker"): "unknown",
        ("", "name"): "no_cell",
    }


def test_a_reader_outside_is_given_no_small_number_and_no_crossing(month: Month, book: Book) -> None:
    hidden = reports.shown(month, "partenaire").figures
    small = next(ref for ref, one in hidden.items() if one.value == HIDDEN and ref in month.report.figures)
    crossed = next(ref for ref in month.report.figures if ref[0] == "t8.exits_profile")
    pointed = ((FORM, "E4", written(small)), (FORM, "E5", written(crossed)))
    outside, inside = plan(month, book, pointed, "partenaire"), plan(month, book, pointed)
    assert (at(outside, "E4").value, at(outside, "E5").why_not) == (HIDDEN, "withheld")
    assert at(inside, "E4").value == month.report.value(small[0], *small[1])
    assert at(inside, "E5").value == month.report.value(crossed[0], *crossed[1])


def test_a_hidden_number_is_an_empty_cell_with_a_comment_and_a_formula_over_it_is_told(
    desk: Desk, month: Month, book: Book, tmp_path: Path
) -> None:
    hidden = reports.shown(month, "partenaire").figures
    small = next(ref for ref, one in hidden.items() if one.value == HIDDEN and ref in month.report.figures)
    pointed = (FORM, "B4", written(small)), (FORM, "E4", written(small))
    targets = plan(month, book, pointed, "partenaire")
    assert donor_workbooks.over_hidden(book, targets) == ((FORM, "B5"), (SUMS, "A1"))
    done = donor_workbooks.fill(desk, month, "partenaire", book, pointed, tmp_path / "rempli.xlsx")
    sheet = openpyxl.load_workbook(done.path)[FORM]
    told = "Number hidden to protect people"
    assert [(sheet[cell].value, sheet[cell].comment.text) for cell in ("B4", "E4")] == [(None, told), (None, told)]
    assert sheet["B5"].value == "=B3-B4"


def test_a_quantity_of_different_units_is_written_into_no_cell_and_offered_nowhere(month: Month, book: Book) -> None:
    asked = ("t6.quantity", "t6.quantity:service_type=heb", "t6.quantity:service_type=heb_nuitee")
    pointed = tuple((FORM, f"E{row}", figure) for row, figure in enumerate(asked, 20))
    found = plan(month, book, pointed)
    assert [at(found, f"E{row}").why_not for row in (20, 21, 22)] == ["mixed", "mixed", ""]
    offered = dict(donor_workbooks.choices(donor_workbooks.references(month, "interne")))
    assert [one in offered for one in asked] == [False, False, True]


def test_the_copy_has_the_figures_and_a_list_of_its_cells_lies_beside_it(
    desk: Desk, month: Month, book: Book, tmp_path: Path
) -> None:
    before = book.path.read_bytes()
    targets = plan(month, book, POINTED)
    done = donor_workbooks.fill(desk, month, "interne", book, POINTED, tmp_path / "rempli.xlsx")
    copy = openpyxl.load_workbook(done.path)
    assert {(one.sheet, one.cell): one.value for one in done.targets} == {
        (one.sheet, one.cell): copy[one.sheet][one.cell].value for one in done.targets
    }
    assert copy[FORM]["B5"].value == "=B3-B4"
    assert book.path.read_bytes() == before
    listed = [row[:2] for row in openpyxl.load_workbook(done.listed).active.iter_rows(min_row=6, values_only=True)]
    assert listed == [(one.sheet, one.cell) for one in targets]


def test_the_journal_says_who_filled_a_workbook_for_whom(desk: Desk, month: Month, book: Book, tmp_path: Path) -> None:
    donor_workbooks.fill(desk, month, "partenaire", book, (), tmp_path / "x.xlsx", to("Bailleur B"))
    (last,) = journal.lines(desk, journal.numbers(desk, Wanted())[:1])
    told = dict(journal.detail(desk, last.seq).facts)
    assert (last.action, told["profile"], told["cells"]) == ("donor_workbook_filled", "partenaire", 7)


def test_what_was_hidden_for_them_stays_so_in_their_own_workbook(
    desk: Desk, month: Month, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They know the number only by what they get now: others may have it."""
    printed = reports.shown(month, "partenaire").figures
    line = next(ref for ref, one in printed.items() if ref not in ALWAYS and not ref[1] and isinstance(one.value, int))
    pointed = ((FORM, "B4", written(line)),)
    assert isinstance(at(plan(month, book, pointed, "partenaire"), "B4").value, int)
    sent = SentDocument("partenaire", {line: HIDDEN}, frozenset(), month.report)
    asked: list[str] = []

    def sent_to(_: Desk, _profile: str, recipient: str, _version: object = None) -> list[SentDocument]:
        asked.append(recipient)
        return [sent]

    monkeypatch.setattr(sent_before, "sent_to", sent_to)
    done = donor_workbooks.fill(desk, month, "partenaire", book, pointed, tmp_path / "leur.xlsx", to("Bailleur A"))
    assert (at(list(done.targets), "B4").value, asked) == (HIDDEN, ["Bailleur A"])
    assert openpyxl.load_workbook(done.path)[FORM]["B4"].value is None
    monkeypatch.undo()
    (kept,) = sent_before.sent_to(desk, "partenaire", "Bailleur A")
    assert kept.printed[line] is HIDDEN


def test_the_workbook_of_the_donor_is_never_written_over(desk: Desk, month: Month, book: Book) -> None:
    with pytest.raises(WouldOverwrite):
        donor_workbooks.fill(desk, month, "interne", book, (), book.path)


def test_cells_pointed_to_are_known_again_in_a_workbook_of_the_same_shape(
    desk: Desk, book: Book, tmp_path: Path
) -> None:
    donor_workbooks.remember(desk, book, POINTED)
    again, pointed = donor_workbooks.look(desk, make(tmp_path / "OIM novembre.xlsx"))
    assert (pointed, donor_workbooks.digest(again) == donor_workbooks.digest(book)) == (POINTED, True)
    lines = len(journal.numbers(desk, Wanted()))
    donor_workbooks.remember(desk, again, POINTED)
    assert len(journal.numbers(desk, Wanted())) == lines
    other = openpyxl.Workbook()
    other.active.title = SUMS
    other.save(tmp_path / "autre.xlsx")
    assert donor_workbooks.look(desk, tmp_path / "autre.xlsx")[1] == ()
    donor_workbooks.remember(desk, again, ())


def test_another_kind_of_file_is_refused_by_its_name_already(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotAWorkbook):
        donor_workbooks.look(desk, tmp_path / "OIM.ods")


def test_what_can_be_chosen_is_called_by_its_table_and_its_words(month: Month) -> None:
    offered = dict(donor_workbooks.choices(donor_workbooks.references(month, "interne")))
    assert offered["t2.entries"] == "T2 Entries"
    assert offered["t2.entries:sex=f,age_group=a18_59"].startswith("T2 Entries, ")
    assert len(offered) == len(set(offered.values())) or len(offered) > 500


def test_only_who_may_export_a_report_fills_a_workbook(desk: Desk, book: Book) -> None:
    desk.role = Role.CASE_WORKER
    try:
        with pytest.raises(NotAllowed):
            donor_workbooks.look(desk, book.path)
    finally:
        desk.role = Role.DIRECTOR
