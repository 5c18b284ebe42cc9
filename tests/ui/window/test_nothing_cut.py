"""On an office screen nothing of a page is cut where text is half as large again; twice as large, it scrolls."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from shelter_desk import words
from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.training import training
from shelter_desk.ui import theme, window_place
from shelter_desk.ui.errors import CrashWindow
from shelter_desk.ui.forms.reading_reason import ReadingReason
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.frame.pages_stack import ScrolledPages
from shelter_desk.ui.page_registry import pages_for
from shelter_desk.ui.reports.donor_services import DonorServices
from shelter_desk.ui.reports.export_dialog import ExportDialog
from shelter_desk.ui.reports.fill_dialog import FillDialog
from shelter_desk.ui.reports.period_head import FreePeriod
from shelter_desk.ui.unlock.first_run.page import FirstRun
from shelter_desk.ui.unlock.first_run.step import FirstRunDraft, RoomsLine
from shelter_desk.ui.unlock.page import UnlockPage
from shelter_desk.ui.widgets.ask import Question
from tests.excel.donor_workbook import make
from tests.operations.shelter import QUICK, month_when_over
from tests.ui.access.silent import silent
from tests.ui.window.cut import SCREEN, cut, overlapping, too_large
from tests.ui.window.faces import faces
from tests.ui.window.windows import settle

OFFICE = 1366, 728  # pixels of a work area
TWICE = 2.0
LONG = "L’action « Accompagner la personne au service social » est encore ouverte ; elle ne sera plus due. " * 12
LARGE = pytest.mark.parametrize("scale", [1.5])
SCALES = pytest.mark.parametrize("scale", [1.0, 1.5, TWICE])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with words.speaking("fr"):
        made = training.make(Path(tmp_path_factory.mktemp("cut")), "bamako", 3, 1, cost=QUICK).desk
    with made:
        yield made


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """What Python still holds of a window that was deleted goes before the next one is made in its place."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def scaled(qapp: QApplication, scale: float) -> Iterator[None]:
    theme.wear(qapp, scale=scale)
    yield
    theme.wear(qapp)


@pytest.mark.parametrize("scale", [TWICE])
def test_every_page_is_reached_where_texts_are_twice_as_large(qtbot: QtBot, desk: Desk, scale: float) -> None:
    frame = Frame(desk, pages_for(desk))
    frame.resize(*SCREEN)
    frame.show()
    settle(qtbot)
    found = []
    try:
        for name in faces(frame, desk):
            settle(qtbot)
            for _ in range(4):  # texts that wrap tell their height only once they have their width
                QApplication.processEvents()
            qtbot.waitUntil(lambda: not _unreachable(frame), timeout=5000)
            found += [f"{name}: {one}" for one in too_large(frame)]
    finally:
        frame.leave()
        delete(frame)  # now: dressing a program anew takes long where so many widgets wait to be thrown away
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_name_of_the_shelter_is_whole_in_the_top_bar(qtbot: QtBot, desk: Desk, scale: float) -> None:
    """Its town gives way first; the tool tip says both in any case."""
    frame = Frame(desk, pages_for(desk))
    frame.resize(*SCREEN)
    frame.show()
    frame.top_bar.name_it("Maison d’accueil de Bamako – AJDM", "Bamako")
    settle(qtbot)
    label = frame.top_bar.shelter
    label.grab()  # an elided label knows what it cuts once it is painted
    try:
        needs, tip = label.fontMetrics().horizontalAdvance(label.text()), label.toolTip()
        assert (max(0, needs - label.width()), tip) == (0, "Maison d’accueil de Bamako – AJDM, Bamako")
    finally:
        frame.leave()
        delete(frame)


@SCALES
@pytest.mark.parametrize("page", [UnlockPage, FirstRun])
def test_no_page_before_the_shelter_is_cut(
    qtbot: QtBot, tmp_path: Path, scale: float, page: type[UnlockPage | FirstRun]
) -> None:
    made = page(tmp_path)
    qtbot.addWidget(made)
    made.resize(*SCREEN)
    made.show()
    settle(qtbot)
    assert [*too_large(made), *(() if scale == TWICE else cut(made)), *silent(made)] == []


def _unreachable(frame: Frame) -> list[str]:
    """What of a page larger than its room cannot be scrolled to, and what of the bars around it is cut."""
    room = next(one for one in frame.findChildren(ScrolledPages))
    needs, seen = frame.stack.minimumSizeHint(), room.viewport().size()
    lacks = (
        needs.width() - seen.width() - room.horizontalScrollBar().maximum(),
        needs.height() - seen.height() - room.verticalScrollBar().maximum(),
    )
    told = [f"{lacks} pixels cannot be scrolled to"] if max(lacks) > 0 else []
    return [*told, *cut(frame.top_bar), *cut(frame.rail)]


def lacks(qtbot: QtBot, shown: QWidget) -> list[str]:
    """What is too large, cut or silent of it, once it has the size that it asks for, as far as the screen goes."""
    settle(qtbot)
    if shown.isWindow():
        shown.resize(min(shown.width(), SCREEN[0]), min(shown.height(), SCREEN[1]))
    for _ in range(6):  # texts that wrap tell their height only once they have their width
        QApplication.processEvents()
    return [*too_large(shown), *cut(shown), *overlapping(shown), *silent(shown)]


def filling(desk: Desk, folder: Path) -> QDialog:
    made = FillDialog(desk, month_when_over(desk, period(desk)))
    made.open_file(make(folder / "bailleur.xlsx"))
    return made


def why(_desk: Desk, _folder: Path) -> QDialog:
    made = ReadingReason("4KF-X6W")
    made.choose("controle")
    return made


def period(desk: Desk) -> Period:
    return Period.month(desk.today().year, desk.today().month)


DIALOGS: dict[str, Callable[[Desk, Path], QDialog]] = {
    "fill": filling,
    "donor services": lambda desk, _folder: DonorServices(desk, period(desk)),
    "export": lambda desk, _folder: ExportDialog(desk, "Exporter le rapport de novembre 2026", 5),
    "free period": lambda desk, _folder: FreePeriod(desk.today(), period(desk)),
    "why": why,
    "question": lambda _desk, _folder: Question(None, "Clore le plan ?", "Rien.", "Clore", field_label="Motif"),
    "long question": lambda _desk, _folder: Question(None, LONG, LONG, "Clore", danger=True, field_label="Motif"),
    "crash": lambda _desk, folder: CrashWindow("Traceback\n" * 80, folder / "a" / "folder" / "shelter-desk.log"),
}


@LARGE
@pytest.mark.parametrize("name", DIALOGS)
def test_no_dialog_is_cut(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scale: float, name: str
) -> None:
    monkeypatch.setattr(window_place, "work_areas", lambda: [QRect(0, 0, *OFFICE)])
    dialog = DIALOGS[name](desk, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    told = lacks(qtbot, dialog)
    assert told == [], "\n".join(told)


@LARGE
def test_no_step_of_the_first_run_is_cut(qtbot: QtBot, tmp_path: Path, scale: float) -> None:
    lines = [RoomsLine(2, "dortoir_f", 6), RoomsLine(1, "dortoir_h", 8), RoomsLine(4, "transit", 2)]
    password = "trois pirogues au soleil"
    draft = FirstRunDraft(shelter="Maison d’accueil", town="Bamako", lines=lines, user="Agent A", password=password)
    run = FirstRun(tmp_path / "new", draft)
    qtbot.addWidget(run)
    run.resize(*SCREEN)
    run.show()
    found = []
    for step in run.steps:
        found += [f"{step.name}: {one}" for one in lacks(qtbot, run)]
        if step is run.account:
            run.account.again.set_text(password)
        elif step is run.recovery and run.recovery.sheet is not None:
            sheet = run.recovery.sheet
            for typed, shown in zip(sheet.typed.fields, sheet._shown, strict=True):
                typed.setText(shown.text())
        if step is not run.done:
            run.go_on()
            settle(qtbot)
    try:
        assert (run.here().name, found) == (run.done.name, [])
    finally:
        run.forget()
