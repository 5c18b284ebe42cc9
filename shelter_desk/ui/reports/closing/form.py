"""Closing a month step by step: points, words, the first page, the password. All that is typed is kept on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.closing import ReportVersion
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.reports import annotations, closing, month_versions, reports
from shelter_desk.operations.vault import backups, password_tries, unlocking
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms import reading_order
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.password_field import PasswordField, PasswordWait, not_yours
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.reports.closing.points_step import PointGroup, PointsStep
from shelter_desk.ui.reports.closing.preview_step import PreviewStep
from shelter_desk.ui.reports.closing.side import ClosingSide
from shelter_desk.ui.reports.closing.words_step import WordsStep
from shelter_desk.ui.reports.computing import LeftTerm
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, scrolling
from shelter_desk.ui.widgets.steps import Steps
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import reports as report_words

POINTS, WORDS, PAGE, PASSWORD = "points", "words", "page", "password"


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """The version that was made; backup: the trouble that the backup after it met, None where it was made."""

    version: ReportVersion
    backup: ShelterDeskError | None = None


class ClosingForm(ActForm):
    """Over the page of reports. Ctrl+Enter goes to the next step and closes the month at the last one, Alt+Left back.

    Close and Escape leave it with all that was typed.
    """

    point_opened = Signal(object)  # Point
    over = Signal()  # it is closed

    def __init__(self, desk: Desk, left: LeftTerm) -> None:
        self.back = Button(words.text("Back"), icon="previous", tall="footer")
        self.why = Label(ink="blocked", wrap=True)
        title = words.text("Close {month}?").format(month=formats.month(left.month.report.period.first))
        super().__init__(desk, title, words.text("Close the month"), "next")
        self._month = left.month
        names = (words.text("Points"), words.text("Comments"), words.text("First page"), words.text("Password"))
        self.steps = Steps(dict(zip((POINTS, WORDS, PAGE, PASSWORD), names, strict=True)))
        self._verbs = dict(zip((POINTS, WORDS, PAGE), names[1:], strict=True))
        refusal = self._refusal_now()
        self.points = PointsStep(left.points, refusal)
        waiting = 0 if left.narrative is None else left.narrative.moved
        self.said = WordsStep(self._month.report, left.to_explain, waiting=waiting)
        self.page = PreviewStep()
        self.password = PasswordField(words.text("Your password"), required=True)
        self.wait = PasswordWait(self.password, self.verb, not_yours, unlocking.to_wait(desk.folder))
        visas = annotations.standing(desk, self._month.report)
        self.side = ClosingSide(self._month.report, visas, sentence(refusal) if refusal is not None else "")
        self._faces = QStackedWidget()
        self._lay_out()
        self.points.opened.connect(self.point_opened)
        self.back.clicked.connect(self.go_back)
        shortcut = QShortcut(QKeySequence("Alt+Left"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.go_back)
        self._show(POINTS)

    @property
    def groups(self) -> list[PointGroup]:
        """The points that are alike, each kind with its reason."""
        return self.points.groups

    def _lay_out(self) -> None:
        self.explain(
            words.text(
                "The figures are kept as they are now. Once they were sent, only a rectified version changes them."
            )
        )
        self.body.addLayout(in_row(self.steps, STRETCH))
        asked = QWidget()
        self.password.setMaximumWidth(tokens.wide(360))
        after = Label(words.text("A proven backup is made afterwards."), size="small", ink="ink2", wrap=True)
        in_column(in_row((self.password, 1), STRETCH), after, STRETCH, within=asked, spacing=tokens.SPACE_PANEL)
        self._of = {POINTS: self.points, WORDS: self.said, PAGE: self.page, PASSWORD: asked}
        for face in self._of.values():
            self._faces.addWidget(face)
        self.body.addLayout(in_row((self._faces, 1), self.side, spacing=tokens.SPACE_3))

    def _stand(self, inner: QWidget) -> None:
        foot = QFrame()
        foot.setProperty("role", "footer")
        kept = Label(words.text("All is kept: you can go on here later."), size="small", ink="ink2")
        row = (self.close_button, kept, STRETCH, self.why, self.back, self.verb)
        in_row(*row, within=foot, margins=(tokens.SPACE_3, tokens.SPACE), spacing=tokens.SPACE_2)
        in_column((scrolling(inner, only_down=True), 1), foot, within=self, spacing=0)

    def last_stops(self) -> tuple[QWidget, ...]:
        return self.verb, self.back, self.close_button

    def _refusal_now(self) -> ShelterDeskError | None:
        try:
            closing.check(self.desk, self._month)
        except ShelterDeskError as error:
            return error
        return None

    # Steps

    def step(self) -> str:
        """Which one is shown."""
        return self.steps.step()

    def _show(self, step: str) -> None:
        if step == PAGE:
            self._show_page()
        self.steps.show_step(step)
        self._faces.setCurrentWidget(self._of[step])
        is_last = step == PASSWORD
        self.verb.setText(words.text("Close the month") if is_last else self._verbs[step])
        self.verb.set_icon("lock" if is_last else "next")
        self.back.setVisible(step != POINTS)
        is_blocked = self.points.refusal is not None
        self.verb.setEnabled(not is_blocked)
        self.why.setText(words.text("Something keeps the month from being closed") if is_blocked else "")
        first = {POINTS: self.points.first(), WORDS: self.said.first(), PAGE: None, PASSWORD: self.password}[step]
        self.first = first or self.verb
        if self.isVisible():
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
            reading_order.chain(self, self.last_stops())
        self.touched.emit()

    def _show_page(self) -> None:
        """The page as it will be closed: what was just written is read again, and the version is the next one."""
        found = month_versions.standing(self.desk, self._month.report.period)
        number = 1 + max((one.version for one in found.versions), default=0)
        report = replace(annotations.annotated(self.desk, self._month.report), version=number)
        self.page.show_page(report, reports.cover_of(self.desk, self._month))

    @Slot()
    def go_back(self) -> None:
        """One step back; what was typed stays."""
        at = list(self._of).index(self.step())
        if at and self.isEnabled():
            self._show(list(self._of)[at - 1])

    @Slot()
    def go(self) -> None:
        """On to the next step, or say beside the first field what is missing; at the last one close the month."""
        if not self.verb.isEnabled():
            return
        if not self.points.passes():
            if self.step() != POINTS:
                self._show(POINTS)
                self.points.passes()
            return
        if self.step() == PASSWORD:
            self._close()
        elif self.step() != WORDS or self.said.keep(self.desk):
            self._show(list(self._of)[list(self._of).index(self.step()) + 1])

    def _close(self) -> None:
        self.password.clear()
        if not self.password.text():
            refuse(self.password, words.text("Type your password again."))
            return
        reasons = self.points.reasons()
        password = self.password.text()
        self.password.set_text("")
        self.setEnabled(False)  # nobody leaves it while the month is being closed
        job = partial(_closed, self.desk, self._month.report.period, reasons, password)
        tasks.run(job, self._say_closed, self._failed)

    # Drafts

    def values(self) -> dict[str, Value]:
        return {**self.points.values(), **self.said.values(), "step": self.step()}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again, at the step that was left, or at the first one that is not done."""
        self.points.fill(values)
        self.said.fill(values)
        step = values.get("step")
        if isinstance(step, str) and step in (WORDS, PAGE, PASSWORD) and self.points.passes():
            self._show(step)

    @Slot()
    def close_up(self) -> None:
        self.left.emit()

    # The end
    def _say_closed(self, closed: ClosedMonth) -> None:
        told = words.text("{month} is closed: {version}.").format(
            month=report_words.period(self._month.report.period),
            version=report_words.version(closed.version.version, 0),
        )
        if closed.backup is not None:
            self.told.emit(Told("attention", f"{told} {sentence(closed.backup)}"))
        else:
            self.told.emit(Told("ok", told))
        self.over.emit()

    def _failed(self, error: ShelterDeskError) -> None:
        self.setEnabled(True)
        self.password.setFocus()
        if isinstance(error, errors.WrongPassword):
            self.wait.refuse(error)
        elif isinstance(error, errors.DeviceSecretMissing):
            refuse(self.password, sentence(error))
        else:
            self.told.emit(Told("blocked", sentence(error)))


def _closed(desk: Desk, period: Period, reasons: Mapping[str, str], password: str) -> ClosedMonth:
    password_tries.own(desk, password)
    version = closing.close(desk, period, lambda point: reasons.get(point.key, ""))
    try:
        if not desk.is_training:
            backups.keep(desk, backups.place_of(desk))
    except (errors.Trouble, errors.Unusable) as error:
        return ClosedMonth(version, error)
    return ClosedMonth(version)
