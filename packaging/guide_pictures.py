"""Draws every picture of the guide anew from a training shelter: `python packaging/guide_pictures.py [NAME…]`.

No screen is needed: a window of one size, one evening, one language and the light theme. Each picture has few colours
and is saved as small as PNG allows. What is drawn stands in `resources/guide/pictures`.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "resources" / "guide" / "pictures"
EVENING = datetime(2026, 11, 24, 18, 10)
WIDE, HIGH = 1366, 728
COLOURS = 128
TOPS = {"premiers_pas": 440, "import": 456, "inspection": 560}  # how much of the window is shown where that says it all
CARD = (960, 512)  # of the window what is shown where the middle of it is all there is
SETTLING = 60  # milliseconds until what was put off is on the screen
KEY = "-".join(("EXEM", "PLED", "ECLE", "QUEN", "AUCU", "NCEN", "TREN", "APAS"))  # no shelter has it
JUDGING = 8  # times of settling until the lines of the grid are judged
TAKEN = None  # a bed where somebody sleeps
TYPED = (
    ("KEITA", "Oumou", "Féminin", "31", "Mali", "Mobilité interne", "", "24/11/2026"),
    ("SOW", "Aïcha", "Féminin", "1990", "Guinée", "En transit", "", "23/11/2026"),
    ("", "Fanta", "Féminin", "25", "Mali", "", "", ""),
    ("DIALLO", "Mariam", "Féminin", "40", "Sénégal", "En transit", TAKEN, "24/11/2026"),
)
OLD_HEADS = ("", "Filles", "Garçons", "Femmes", "Hommes", "Total")
OLD_ROWS = (("Présents au début", "present_start"), ("Admissions", "entries"), ("Présents à la fin", "present_end"))
WEEKS = 45  # nights, about as many as the person of the record has been here
MANAGER, NIGHT, STORE = "Agent A", "Agent C", "Agent D"


class Stage:
    """The window of the program with somebody of the training shelter at the desk, or nobody."""

    def __init__(self, shelter: Path, user: str = "") -> None:
        from shelter_desk.operations.training import training
        from shelter_desk.operations.vault import unlocking
        from shelter_desk.ui.window import Window

        self.window: Any = Window(shelter, user)
        self.window.resize(WIDE, HIGH)
        self.window.show()
        if user:
            self.window.open(unlocking.unlock(shelter, user, training.PASSWORD))
            if self.window.undertaking is not None:
                self.window.undertaking.accept_button.click()
        self.settle()

    def settle(self) -> None:
        """Until no job runs and what was put off is done."""
        from PySide6.QtCore import QEventLoop, QTimer

        from shelter_desk.ui import tasks

        loop = QEventLoop()
        for _ in range(2):
            QTimer.singleShot(SETTLING, loop.quit)
            loop.exec()
            while tasks.is_busy():
                QTimer.singleShot(SETTLING, loop.quit)
                loop.exec()

    @property
    def page(self) -> Any:
        """The page shown."""
        return self.window.frame.stack.currentWidget()

    def go(self, place: str, *buttons: str) -> None:
        """Open that place, and press what is written so on it."""
        from PySide6.QtWidgets import QApplication

        self.window.frame.open_part(place)
        self.settle()
        focused = QApplication.focusWidget()
        if place.startswith("settings/") and focused is not None:
            focused.clearFocus()  # the list would show two of its entries marked
        for button in buttons:
            self.press(button)

    def press(self, begins: str) -> None:
        """Press the button that begins so. Raises SystemExit where there is none: the guide shows another program."""
        from PySide6.QtWidgets import QAbstractButton

        shown = [one for one in self.page.findChildren(QAbstractButton) if one.isVisible()]
        found = next((one for one in shown if (one.text() or one.accessibleName()).startswith(begins)), None)
        if found is None:
            raise SystemExit(f"no button {begins!r} among {[one.text() or one.accessibleName() for one in shown]}")
        found.click()
        self.settle()

    def record(self, form: str = "", tab: str = "") -> None:
        """The record of a woman who has been here for some weeks, with a form over it or at a tab."""
        self.window.frame.open_record(_shown_person(self.window.desk))
        self.settle()
        view = self.page.record
        if tab:
            view.show_tab(tab)
        if form:
            view.open_form(form, "")
        self.settle()

    def save(self, name: str) -> Path:
        """The window as a picture of few colours, or the dialog that lies over it, which is closed then."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QImage, QImageWriter
        from PySide6.QtWidgets import QApplication, QDialog

        self.settle()
        dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        shown = (dialogs[0] if dialogs else self.window).grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        if self.window.unlock is not None:  # a card in an empty window
            shown = shown.copy((WIDE - CARD[0]) // 2, (HIGH - CARD[1]) // 2, *CARD)
        shown = shown.copy(0, 0, shown.width(), TOPS.get(name, shown.height()))
        few = shown.convertToFormat(
            QImage.Format.Format_Indexed8, _most_used(shown), Qt.ImageConversionFlag.ThresholdDither
        )
        path = PICTURES / f"{name}.png"
        writer = QImageWriter(str(path), b"png")
        writer.setCompression(100)
        if not writer.write(few):
            raise SystemExit(f"{path}: {writer.errorString()}")
        for one in dialogs:
            one.reject()
        return path

    def leave(self) -> None:
        """Close it."""
        from shelter_desk.ui import tasks

        self.window.lock()
        self.settle()
        self.window.close()
        tasks.finish()
        self.settle()


def _most_used(picture: "QImage") -> list[int]:
    """The colours that most of it has."""
    import numpy as np

    found, times = np.unique(np.frombuffer(picture.constBits(), dtype=np.uint32), return_counts=True)
    return [int(one) | 0xFF000000 for one in found[np.argsort(-times)][:COLOURS]]


def _shown_person(desk: Any) -> int:
    from shelter_desk.operations.residents import residents

    today = desk.today()
    women = [one for one in residents.listed(desk, "here") if one.person.sex == "f" and one.stay is not None]
    grown = [one for one in women if (one.person.birth.age(today) or 0) >= 18]
    return min(grown, key=lambda one: abs((today - one.stay.admitted_at.date()).days - WEEKS)).person.id


Draw = Callable[[Stage], None]


def _first_run(step: int) -> Draw:
    def draw(stage: Stage) -> None:
        first_run: Any = stage.window.first_run
        if step == 5:
            first_run.recovery.give(KEY)
        first_run._open(step)
        if step == 1:
            first_run.start.own.setChecked(True)

    return draw


def _at(place: str, *buttons: str) -> Draw:
    return lambda stage: stage.go(place, *buttons)


def _over_a_record(form: str) -> Draw:
    return lambda stage: stage.record(form)


def _recovery(stage: Stage) -> None:
    stage.window.unlock.show_recover()


def _first_steps(stage: Stage) -> None:
    stage.go("today")
    stage.window.frame.bar.clear()  # the recovery sheet has a picture of its own


def _catch_up(stage: Stage) -> None:
    stage.go("today")
    stage.page.begin_catching_up()


def _admission(stage: Stage) -> None:
    stage.window.frame.open_admission(None)


def _export(stage: Stage) -> None:
    from PySide6.QtWidgets import QApplication, QDialog

    stage.go("reports", "Exporter")
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog) and one.isVisible():
            one.resize(980, 600)


def _old_report(stage: Stage) -> None:
    """A report of before with some cells pointed to; one differs by who came again, whose rows are open."""
    import xlsxwriter

    stage.go("reports")
    stage.page.forms.leave()  # of the picture before
    report = stage.page.computed.month.report
    cuts = [(("rollup", one),) for one in ("filles", "garcons", "femmes", "hommes")]
    with tempfile.TemporaryDirectory() as apart:
        path = Path(apart) / "rapport_octobre.xlsx"
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet("Octobre")
        sheet.write("A1", "Rapport mensuel du centre, octobre 2026")
        sheet.write_row("A3", OLD_HEADS)
        for row, (label, key) in enumerate(OLD_ROWS, 3):
            left_out = report.value("t2.entries_readmission") if key == "entries" else 0
            numbers = [report.value(f"t2.{key}", *cut) for cut in cuts]
            sheet.write_row(row, 0, [label, *numbers, report.value(f"t2.{key}") - left_out])
        sheet.write_row("A8", ["Taux d’occupation, %", report.value("t1.occupancy_rate")])
        sheet.write_row("A9", ["Observations", "Coupure de courant le 12."])
        book.close()
        stage.press("Comparer")
        form = stage.page.forms.form
        form.open_file(path)
        stage.settle()
        for place in ((4, 6), (5, 6), (6, 6), (5, 4), (8, 2)):
            form.grid.go_to(place)
            form.compare_button.click()
            stage.settle()
    form.table.go_to(1)


def _grid(stage: Stage) -> None:
    """Some lines typed: two ready, one without a day, one in a bed where somebody sleeps."""
    from shelter_desk.operations.beds import bed_board

    stage.go("intake", "Remplir la grille")
    grid = stage.page.grid
    board = bed_board.board(stage.window.desk, EVENING.date())
    taken = next(look.bed.code for room in board.rooms for look in room.beds if look.sleeper)
    grid.rows.put(
        (at, column, taken if cell is TAKEN else cell)
        for at, line in enumerate(TYPED)
        for column, cell in enumerate(line)
    )
    for _ in range(JUDGING):
        stage.settle()
    grid.table.go_to(len(TYPED) - 1, 6)
    stage.window.frame.bar.clear()


def _room(stage: Stage) -> None:
    """The room where a defect waits."""
    from shelter_desk.operations.equipment import inspections
    from shelter_desk.ui.beds import tiles

    stage.go("beds")
    rooms = [one.room.id for one in stage.page.board.rooms]
    found = {key: inspections.of_room(stage.window.desk, key) for key in rooms}
    waits = next(
        key
        for key, one in found.items()
        if any(point.ticket in {open_.id for open_ in one.open} for seen in one.inspections for point in seen.defects)
    )
    stage.page.open_panel(tiles.room_key(waits))


NEW, LOCKED = "new", "locked"  # nobody is at the desk: no shelter yet, or one that is locked
OPENED = "opened"  # the manager of a house that was made just now
# each picture, in groups of who is at the desk
SCENES: dict[str, dict[str, Draw]] = {
    NEW: {"premier_demarrage": _first_run(1), "fiche_de_secours": _first_run(5)},
    LOCKED: {"ouvrir": lambda _: None, "cle_de_secours": _recovery},
    OPENED: {"premiers_pas": _first_steps},
    MANAGER: {
        "aujourdhui": _at("today"),
        "appel": _at("today", "Appel du soir"),
        "rattrapage": _catch_up,
        "lits": _at("beds"),
        "trouver_un_lit": _at("beds", "Trouver un lit"),
        "inspection": _room,
        "dossier": _over_a_record(""),
        "sortie": _over_a_record("exit"),
        "entretien": _over_a_record("interview"),
        "admission": _admission,
        "feuille_du_jour": _at("assistance/sheet"),
        "equipement": _at("equipment/register"),
        "import": _at("intake"),
        "comptes": _at("settings/people"),
        "chambres": _at("settings/rooms"),
        "rapport": _at("reports"),
        "exporter": _export,
        "clore": _at("reports", "Clore le mois"),
        "ancien_rapport": _old_report,
        "sauvegardes": _at("settings/backups", "Sauvegarder maintenant"),
        "grille": _grid,  # the last: it leaves a draft
    },
    STORE: {"stock": _at("stock/items"), "bon_de_sortie": _at("stock/items", "Bon de sortie")},
    NIGHT: {"nuit": _at("today")},
}
NAMES = tuple(name for scenes in SCENES.values() for name in scenes)


def main(wanted: list[str]) -> int:
    """Draw those pictures, all where none is named."""
    unknown = set(wanted) - set(NAMES)
    if unknown:
        sys.stderr.write(f"no such picture: {', '.join(sorted(unknown))}\n")
        return 2
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as apart:
        shelter = _made(Path(apart))
        for who, scenes in SCENES.items():
            asked = {name: draw for name, draw in scenes.items() if not wanted or name in wanted}
            if asked:
                _draw(shelter, who, asked)
    return 0


def _made(apart: Path) -> Path:
    """A training shelter as it is that evening; preferences of this computer do not touch it."""
    from shelter_desk import words
    from shelter_desk.operations.training import past_months, training
    from shelter_desk.system import clock, folders
    from shelter_desk.ui import offscreen

    clock.now = lambda: EVENING
    folders.remembered = lambda name: apart / "kept" / name
    words.use("fr")
    offscreen.application()
    made = training.make(apart / "shelter", "bamako", 12, 1)
    with made.desk as desk:
        past_months.close(desk)
    return apart / "shelter"


def _draw(shelter: Path, who: str, scenes: dict[str, Draw]) -> None:
    if who == OPENED:
        stage = Stage(_opened(shelter.parent / "opened"), MANAGER)
    else:
        stage = Stage(shelter.parent / "nothing" if who == NEW else shelter, "" if who in (NEW, LOCKED) else who)
    for name, draw in scenes.items():
        draw(stage)
        _tell(stage.save(name))
    stage.leave()


def _opened(folder: Path) -> Path:
    """A house that is no exercise, just made, with one room."""
    from functools import partial

    from shelter_desk.operations import settings
    from shelter_desk.operations.training import training
    from shelter_desk.operations.vault import unlocking

    room = settings.PlannedRoom("F1", "Dortoir des femmes", "dortoir_f", "f", "adultes", ("F1-1", "F1-2", "F1-3"))
    furnish = partial(settings.furnish, [room], EVENING)
    unlocking.create(folder, "Centre du Manguier", "Bamako", MANAGER, training.PASSWORD, furnish=furnish).desk.close()
    return folder


def _tell(path: Path) -> None:
    sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1024:.0f} KiB\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
