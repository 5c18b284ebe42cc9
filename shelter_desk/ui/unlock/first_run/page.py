"""The first run as a whole: steps at the left (done, here, to come), one at a time, back and on in the footer."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.beds.first_day import NOT_KNOWN
from shelter_desk.domain.errors import ShelterDeskError, SyncedFolder
from shelter_desk.domain.moments import plain
from shelter_desk.ui import icons, tasks, tokens
from shelter_desk.ui.unlock.first_run import easy_steps
from shelter_desk.ui.unlock.first_run.rooms_step import RoomsStep
from shelter_desk.ui.unlock.first_run.step import FirstRunDraft, FirstRunStep, planned
from shelter_desk.ui.unlock.troubles import trouble
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import IconLabel, Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, scrolling
from shelter_desk.words.beds import first_days

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk
    from shelter_desk.operations.training.training import TrainingMade
    from shelter_desk.operations.vault.unlocking import Created
    from shelter_desk.ui.unlock.restoring import Restoring


_HIGH, _ROUND, _WIDEST = 56, 24, 330


class StepsRail(QFrame):
    """The name of the program, then each step with what was chosen in it."""

    def __init__(self, steps: Sequence[FirstRunStep], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setFixedWidth(min(tokens.wide(288), _WIDEST))
        self._rows = [_StepRow(place, step) for place, step in enumerate(steps)]
        head = in_row(
            IconLabel("home", "#FFFFFF", 28),
            (Label(words.text("Shelter Desk"), size="title", bold=True, ink="rail_text"), 1),
            spacing=tokens.SPACE_2,
            margins=(24, 24, 16, 16),
        )
        foot = Label(
            words.text("Five minutes. What you type is kept while you go back."), "small", ink="rail_text", wrap=True
        )
        foot.setContentsMargins(24, 0, 24, 24)
        in_column(head, *self._rows, STRETCH, foot, within=self, spacing=0)

    def refresh(self, here: int) -> None:
        """Show which step is open."""
        for place, row in enumerate(self._rows):
            row.show_state("done" if place < here else "here" if place == here else "to_come")


class _StepRow(QWidget):
    """Number or tick, name, and what was chosen."""

    def __init__(self, place: int, step: FirstRunStep) -> None:
        super().__init__()
        self._place, self._step, self._state = place, step, "to_come"
        self.setFixedHeight(tokens.high(_HIGH))

    def show_state(self, state: str) -> None:
        """`done`, `here` or `to_come`."""
        self._state = state
        summary = self._step.summary() if state == "done" else ""
        self.setAccessibleName(", ".join(part for part in (self._step.name, summary) if part))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here, done = self._state == "here", self._state == "done"
        if here:
            painter.fillRect(self.rect(), tokens.color("rail_selected"))
        ring = QRectF(24, (self.height() - _ROUND) / 2, _ROUND, _ROUND)
        painter.setPen(tokens.color("#FFFFFF" if here else "rail_text" if not done else "rail_selected"))
        painter.setBrush(tokens.color("#FFFFFF" if here else "rail_selected" if done else "rail"))
        painter.drawEllipse(ring)
        if done:
            half = tokens.wide(16) // 2
            painter.drawPixmap(ring.center().toPoint() - QPoint(half, half), icons.pixmap("check", "#FFFFFF", 16))
        else:
            painter.setFont(tokens.font("small", bold=True))
            painter.setPen(tokens.color("rail" if here else "rail_text"))
            painter.drawText(ring, int(Qt.AlignmentFlag.AlignCenter), str(self._place + 1))
        self._write(painter, here, done)

    def _write(self, painter: QPainter, here: bool, done: bool) -> None:
        summary = self._step.summary() if done else ""
        left, wide = 60, self.width() - 72
        painter.setPen(tokens.color("#FFFFFF" if here else "rail_text"))
        painter.setFont(tokens.font("text", bold=here))
        line = tokens.metrics().height()
        top = (self.height() - line - (tokens.metrics("small").height() if summary else 0)) / 2
        painter.drawText(QRectF(left, top, wide, line), int(Qt.AlignmentFlag.AlignVCenter), self._step.name)
        if summary:
            small = tokens.metrics("small")
            painter.setFont(tokens.font("small"))
            shown = small.elidedText(summary, Qt.TextElideMode.ElideRight, wide)
            room = QRectF(left, top + line, wide, small.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)


TRAINING_MONTHS = 12
TRAINING_SEED = 1


class FirstRun(QWidget):
    """Leads from an empty folder to an open shelter. Nothing is written before the account is made."""

    opened = Signal(object, str)  # Desk, the name that opens it
    language_wanted = Signal(str, object)  # code, Draft

    def __init__(self, folder: Path, draft: FirstRunDraft | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._folder = folder
        self.draft = draft or FirstRunDraft()
        self.desk: Desk | None = None
        self.language = easy_steps.LanguageStep(self.draft)
        self.language.language_wanted.connect(self._turn_language)
        self.start = easy_steps.StartStep(self.draft)
        self.shelter = easy_steps.ShelterStep(self.draft)
        self.rooms = RoomsStep(self.draft)
        self.account = easy_steps.AccountStep(self.draft)
        self.recovery = easy_steps.RecoveryStep(self.draft)
        self.done = easy_steps.DoneStep(self.draft)
        self.steps: list[FirstRunStep] = [self.language, self.start, self.shelter, self.rooms, self.account]
        self.steps += [self.recovery, self.done]
        self._here = 0
        self._is_busy = False
        self.restoring: Restoring | None = None
        self._rail = StepsRail(self.steps)
        self._number = Label(size="small", bold=True, ink="ink2")
        self._title = Label(size="title", bold=True, wrap=True)
        self._lead = Label(ink="ink2", wrap=True)
        self._alert: Alert | None = None
        self._stack = QStackedWidget()
        self.back_button = Button(words.text("Back"), icon="previous", tall="footer", on_click=self.back)
        self.go_on_button = Button(words.text("Continue"), kind="primary", tall="footer", on_click=self.go_on)
        self._why_not = Label(size="small", ink="ink2")
        for step in self.steps:
            self._stack.addWidget(step)
            step.changed.connect(self._look)
            step.go_on_wanted.connect(self.go_on)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.go_on)
        self._lay_out()
        self._open(0)

    def _lay_out(self) -> None:
        side = 56 if not tokens.is_large() else tokens.SPACE_2
        self._column = in_column(
            self._number,
            self._title,
            self._lead,
            tokens.SPACE_2,
            (self._stack, 1),
            spacing=tokens.SPACE,
            margins=(side, 40, side, tokens.SPACE_2),
        )
        self._foot = QFrame()
        self._foot.setProperty("role", "footer")
        items, margins = (self.back_button, STRETCH, self._why_not, self.go_on_button), (side, tokens.SPACE_PANEL)
        in_row(*items, within=self._foot, spacing=tokens.SPACE_2, margins=margins)
        right = in_column((scrolling(self._column), 1), self._foot, spacing=0)
        in_row(self._rail, (right, 1), within=self, spacing=0)

    def here(self) -> FirstRunStep:
        """The step that is open."""
        return self.steps[self._here]

    def _open(self, place: int) -> None:
        self._here = place
        self._drop_alert()
        step = self.here()
        self._number.setText(words.text("Step {n} of {all}").format(n=place + 1, all=len(self.steps)))
        self._title.setText(step.title)
        self._lead.setText(step.lead)
        self._stack.setCurrentWidget(step)
        self._rail.refresh(place)
        self._look()
        step.set_first()

    @Slot()
    def _look(self) -> None:
        step = self.here()
        self._foot.setVisible(self.restoring is None)  # the forms of a backup have buttons of their own
        self.back_button.setVisible(self._here > 0 and self.desk is None)
        self.back_button.setEnabled(not self._is_busy)
        self.go_on_button.setEnabled(step.is_ready() and not self._is_busy)
        verb = words.text("Open the shelter") if step is self.done else words.text("Continue")
        if step is self.done and self.draft.choice == "create":
            verb = words.text("Accept and open the shelter")
        self.go_on_button.setText(words.text("One moment…") if self._is_busy else verb)
        self._why_not.setText(step.why_not())

    @Slot()
    def back(self) -> None:
        """One step back; what was typed stays."""
        if self.desk is None and self._here > 0 and not self._is_busy:
            self.here().take()
            self._open(self._here - 1)

    @Slot()
    def go_on(self) -> None:
        """To the next step, once this one does."""
        step = self.here()
        if self._is_busy or self.restoring is not None or not step.is_ready() or not step.take():
            return
        if step is self.recovery:
            self._prove()
        if step is self.done:
            if self.desk is not None and self._has_undertaken(self.desk):
                desk, self.desk = self.desk, None
                self.opened.emit(desk, self.draft.user)
        elif step is self.account:
            self._create()
        elif step is self.start and self.draft.choice == "training":
            self._make_training()
        elif step is self.start and self._is_copied():
            return
        elif step is self.start and self.draft.choice == "backup":
            self.show_restoring()
        else:
            self._open(self._here + 1)

    def _is_copied(self) -> bool:
        """Whether a service copies the folder to the internet: said before anything is typed for nothing."""
        from shelter_desk.system import synced_folders

        self._drop_alert()
        try:
            synced_folders.check(self._folder)
        except SyncedFolder as error:
            self._failed(error)
            return True
        return False

    def _prove(self) -> None:
        """Keep that the key was typed back; where the disk refuses, the next unlock asks for it again."""
        from shelter_desk.operations.vault import recovery_sheet

        if self.desk is not None:
            with suppress(ShelterDeskError):
                recovery_sheet.prove(self.desk)

    @Slot(str)
    def _turn_language(self, code: str) -> None:
        for step in self.steps[2:5]:
            step.take()
        self.language_wanted.emit(code, self.draft)

    @Slot()
    def show_restoring(self) -> None:
        """Instead of the steps that follow: which backup, and what opens it."""
        from shelter_desk.ui.unlock.restoring import Restoring

        self.restoring = Restoring(self._folder)
        self.restoring.opened.connect(self.opened)
        self.restoring.left.connect(self._leave_backup)
        card = Card()
        card.body.addWidget(self.restoring)
        card.setMaximumWidth(tokens.wide(780))
        shown = QWidget()
        in_column(card, STRETCH, within=shown)
        self._stack.addWidget(shown)
        self._stack.setCurrentWidget(shown)
        for label in (self._number, self._title, self._lead):
            label.hide()
        self._look()
        self.restoring.set_first()

    @Slot()
    def _leave_backup(self) -> None:
        """Back to the choice how to start."""
        shown = self._stack.currentWidget()
        if self.restoring is not None and shown is not None:
            self.restoring = None
            self._stack.removeWidget(shown)
            shown.deleteLater()
            for label in (self._number, self._title, self._lead):
                label.show()
            self._open(self.steps.index(self.start))

    def _create(self) -> None:
        folder, draft = self._folder, self.draft
        rooms = planned(draft.lines)

        def job() -> "Created":
            from shelter_desk.operations import settings
            from shelter_desk.operations.vault import unlocking

            wanted = [settings.PlannedRoom(one.code, one.name, one.kind, *one.rules, one.beds) for one in rooms]
            since = draft.beds_since
            furnish = partial(settings.furnish, wanted, plain(since or NOT_KNOWN)) if wanted else None
            return unlocking.create(
                folder, draft.shelter, draft.town, draft.user, draft.password, beds_since=since, furnish=furnish
            )

        self._set_busy(True)
        tasks.run(job, self._created, self._failed)

    def _created(self, made: "Created") -> None:
        self._set_busy(False)
        self.desk = made.desk
        self.draft.password = ""
        self.done.ask_undertaking()
        self.recovery.give(made.recovery_key)
        self.done.tell(
            [
                (words.text("Shelter"), self.shelter.summary()),
                (words.text("Rooms and beds"), self.rooms.summary()),
                (words.text("Beds there"), first_days.house_since(self.draft.beds_since or NOT_KNOWN)),
                (words.text("Your name"), self.draft.user),
            ]
        )
        self._open(self.steps.index(self.recovery))

    def _make_training(self) -> None:
        folder = self._folder

        def job() -> "TrainingMade":
            from shelter_desk.operations.training import past_months, training
            from shelter_desk.system import folders

            made = training.make(folders.training(folder), "bamako", TRAINING_MONTHS, TRAINING_SEED)
            if made.is_new:
                past_months.close(made.desk)
            return made

        self._set_busy(True)
        tasks.run(job, self._made_training, self._failed)

    def _made_training(self, made: "TrainingMade") -> None:
        self._set_busy(False)
        self.desk = made.desk
        self.draft.user = made.user
        self.done.tell([(words.text("Name"), made.user), (words.text("Password"), made.password)])
        self._open(self.steps.index(self.done))

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        if busy:
            self._drop_alert()
        self._look()

    def _failed(self, error: ShelterDeskError) -> None:
        self._set_busy(False)
        if not self.here().refuse(error):
            self._alert = Alert(trouble(error).sentence, "blocked", small=False)
            self._column.insertWidget(3, self._alert)

    def _drop_alert(self) -> None:
        if self._alert is not None:
            take_away(self._alert)
            self._alert = None

    def _has_undertaken(self, desk: "Desk") -> bool:
        """The manager accepts by opening; the training shelter asks nobody."""
        from shelter_desk.operations.users import user_accounts

        try:
            if user_accounts.must_undertake(desk):
                user_accounts.undertake(desk)
        except ShelterDeskError as error:
            self._failed(error)
            return False
        return True

    def forget(self) -> None:
        """Close what was made but not opened, when the window closes."""
        if self.desk is not None:
            self.desk.close()
            self.desk = None
