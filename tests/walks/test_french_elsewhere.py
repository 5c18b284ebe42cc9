"""What no page shows is French too: forms over a record, dialogs, workbooks, papers."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.moments import Period
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.rights import Role
from shelter_desk.excel.registers.templates import write_template
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export
from shelter_desk.operations.residents import my_file as my_files
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stock import stock, stock_counts
from shelter_desk.operations.training import training
from shelter_desk.ui.assistance import meals_part
from shelter_desk.ui.beds.head import night_list_html
from shelter_desk.ui.guide import booklet
from shelter_desk.ui.residents.record import my_file_paper
from shelter_desk.ui.stock import printing as stock_printing
from shelter_desk.ui.today import blank_forms
from shelter_desk.ui.window import Window
from tests.operations.shelter import QUICK
from tests.ui.forms.every_form_scene import NAMES, opened
from tests.ui.residents.record_walk import window
from tests.ui.window.test_nothing_cut import DIALOGS
from tests.walks.test_no_keys_shown import texts_of, wrong_in
from tests.words.french.english import not_french

__all__ = ["window"]
MACHINES = {"Listes"}  # sheets that drop-downs read
KEYS = 2  # the row of a register that programs read
CODE = re.compile(r"[a-z0-9_;.-]+|[A-Z]-\d{2}(?:;[A-Z]-\d{2})*")  # what registers keep beside the label, for programs


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with words.speaking("fr"):
        made = training.make(tmp_path_factory.mktemp("french"), "bamako", 3, 1, cost=QUICK).desk
    with made:
        yield made


def read(shown: QWidget) -> list[str]:
    return [text for text in texts_of(shown) if text]


@pytest.mark.parametrize("name", NAMES)
def test_no_form_over_a_record_is_english(qtbot: QtBot, window: Window, name: str) -> None:
    form = opened(qtbot, window, name)
    texts = read(form)
    assert len(texts) > 3
    assert wrong_in(texts) == []


@pytest.mark.parametrize("name", sorted(set(DIALOGS) - {"crash"}))  # a crash shows what engineers read
def test_no_dialog_is_english(qtbot: QtBot, desk: Desk, tmp_path: Path, name: str) -> None:
    dialog = DIALOGS[name](desk, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    texts = read(dialog)
    assert len(texts) > 2
    assert not_french(texts) == []


def cells(path: Path) -> dict[str, list[str]]:
    """The texts of each sheet, without the row of keys."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [
            str(value)
            for at, row in enumerate(sheet.iter_rows(values_only=True), 1)
            for value in row
            if isinstance(value, str) and at != KEYS and not CODE.fullmatch(value)
        ]
        for sheet in book
        if sheet.title not in MACHINES
    }


@pytest.mark.parametrize("list_key", list(LISTS))
def test_no_template_is_english(tmp_path: Path, list_key: str) -> None:
    write_template(tmp_path / "liste.xlsx", list_key, "fr")
    told = cells(tmp_path / "liste.xlsx")
    assert told
    assert {title: wrong for title, texts in told.items() if (wrong := not_french(texts))} == {}


def test_no_register_is_english(desk: Desk, tmp_path: Path) -> None:
    register_export.export(desk, tmp_path / "registres.xlsx")
    told = cells(tmp_path / "registres.xlsx")
    assert len(told) > 15
    assert {title: wrong for title, texts in told.items() if (wrong := not_french(texts))} == {}


def my_file(desk: Desk) -> str:
    person = residents.listed(desk, "here")[0].person.id
    return my_file_paper.html(desk, my_files.of(desk, person))


def voucher(desk: Desk) -> str:
    found = stock.papers(desk, Period.month(desk.today().year, desk.today().month))
    kinds = {one.kind: one for one in found if one.id}
    return "<br>".join(stock_printing.voucher(stock.paper(desk, one.id)) for one in kinds.values())


def blind_sheet(desk: Desk) -> str:
    return stock_printing.blind_sheet(stock_counts.sheet(desk, stock_counts.begin(desk, ("AD", "KT"), "hygiene")))


def _booklet(role: Role, _desk: Desk) -> str:
    return booklet.html(role)


PAPERS: dict[str, Callable[[Desk], str]] = {
    "blank forms": lambda desk: blank_forms.html(desk.today(), training=True, sigle="AJDM"),
    "list of the night": lambda desk: night_list_html(bed_board.board(desk, desk.today()), True, "AJDM"),
    "kitchen": lambda desk: meals_part.html(desk.today(), "dejeuner", 12, 3, (), True),
    "my file": my_file,
    "vouchers": voucher,
    "blind sheet": blind_sheet,
    **{f"booklet {role}": partial(_booklet, role) for role in Role if role != Role.AUDITOR},
}


@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_is_english(desk: Desk, name: str) -> None:
    lines = [text for text in re.split(r"<[^>]+>", PAPERS[name](desk)) if text.strip()]
    assert len(lines) > 3
    assert not_french(lines) == []
