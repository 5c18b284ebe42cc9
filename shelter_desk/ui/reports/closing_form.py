"""Closing a month: what is left to settle with the reason of each, what was verified, the password.

A month that is closed: why it is opened again, or replaced.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.closing import ReportVersion
from shelter_desk.domain.reports.points import Point
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing
from shelter_desk.operations.reports.reports import Month
from shelter_desk.operations.vault import backups, password_tries, unlocking
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.password_field import PasswordField, PasswordWait, not_yours
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, fact
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import closing as closing_words
from shelter_desk.words.reports import points as point_words
from shelter_desk.words.reports import reports as report_words

OTHER = "autre"  # a reason in words of one's own
SHOWN = 4  # points of one kind that are seen each


class PointGroup(QWidget):
    """The points of one kind with one reason for all of them."""

    opened = Signal(object)  # Point

    def __init__(self, points: list[Point]) -> None:
        super().__init__()
        self.points = points
        reasons = [*closing_words.accept_reasons().items(), (OTHER, words.text("Another reason"))]
        self.reason = ChoiceField(words.text("Reason"), [(str(code), told) for code, told in reasons], required=True)
        self.more = LineField(words.text("More precisely, without a name"), open_words=True)
        self.reason.setFixedWidth(tokens.wide(320))
        lines = [self._line(point) for point in points[:SHOWN]]
        left = len(points) - SHOWN
        rest = words.count("and {n} more of this kind", "and {n} more of this kind", max(left, 0))
        others = [Label(rest, size="small", ink="ink2")] if left > 0 else []
        typed = in_row(self.reason, (self.more, 1), spacing=tokens.SPACE_2)
        in_column(*lines, *others, typed, within=self, spacing=tokens.SPACE)

    def _line(self, point: Point) -> QHBoxLayout:
        button = Button(words.text("Open"), kind="quiet", on_click=partial(self.opened.emit, point))
        told = point_words.sentence(point)
        button.setAccessibleName(words.text("Open: {point}").format(point=told))
        return in_row((Label(told, wrap=True), 1), button, spacing=tokens.SPACE)

    def told(self) -> str:
        """The reason chosen for all of them."""
        code, more = self.reason.code(), self.more.text()
        return more if code == OTHER else ": ".join(filter(None, (code, more)))

    def wrong(self) -> tuple[ChoiceField | LineField, str] | None:
        """What is missing."""
        if not self.reason.code():
            return self.reason, words.text("Settle these points, or say why they stay.")
        if self.reason.code() == OTHER and not self.more.text():
            return self.more, sentence(errors.Missing("reason"))
        return None


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """The version that was made; backup: the trouble that the backup after it met, None where it was made."""

    version: ReportVersion
    backup: ShelterDeskError | None = None


class ClosingForm(ActForm):
    """Over the page of reports. Nothing is asked twice: reasons, the password, and it is closed."""

    point_opened = Signal(object)  # Point
    over = Signal()  # it is closed

    def __init__(self, desk: Desk, month: Month, points: tuple[Point, ...]) -> None:
        title = words.text("Close {month}?").format(month=formats.month(month.report.period.first))
        super().__init__(desk, title, words.text("Close the month"), "lock")
        self._month = month
        self.password = PasswordField(words.text("Your password"), required=True)
        self.wait = PasswordWait(self.password, self.verb, not_yours, unlocking.to_wait(desk.folder))
        self.groups = [PointGroup(group) for group in _groups(points)]
        self._lay_out(len(points))
        self.first = self.groups[0].reason if self.groups else self.password

    def _lay_out(self, left: int) -> None:
        report = self._month.report
        self.explain(
            words.text(
                "The figures are kept as they are now. Once they were sent, only a rectified version changes them."
            )
        )
        holding = sum(one.holds for one in report.identities)
        told = words.text("Controls that hold: {n} of {all}").format(n=holding, all=len(report.identities))
        self.body.addLayout(fact("check", "ok", told) if report.holds else fact("octagon", "blocked", told))
        refusal = self._refusal_now()
        if refusal is not None:
            self.verb.setEnabled(False)
            self.add(Alert(sentence(refusal), "blocked", small=False))
        if self.groups:
            counted = words.count("{n} point is left", "{n} points are left", left)
            self.section(words.text("{points}: settle it, or say why it stays").format(points=counted))
            for group in self.groups:
                self.add(group)
                group.opened.connect(self.point_opened)
        else:
            self.body.addLayout(fact("check", "ok", words.text("Nothing to settle: every stay is complete.")))
        self.password.setMaximumWidth(tokens.wide(360))
        self.body.addLayout(in_row((self.password, 1), STRETCH))
        self.explain(words.text("A proven backup is made afterwards."))

    def _refusal_now(self) -> ShelterDeskError | None:
        try:
            closing.check(self.desk, self._month)
        except ShelterDeskError as error:
            return error
        return None

    @Slot()
    def go(self) -> None:
        """Close it on the other thread, or say beside the first field what is missing."""
        if not self.verb.isEnabled():
            return
        for field in self.fields.values():
            field.clear()
        for group in self.groups:
            group.reason.clear()
            group.more.clear()
        wrong = next((found for group in self.groups if (found := group.wrong())), None)
        if wrong is None and not self.password.text():
            wrong = self.password, words.text("Type your password again.")  # type: ignore[assignment]
        if wrong is not None:
            refuse(*wrong)
            return
        reasons = {point.key: group.told() for group in self.groups for point in group.points}
        password = self.password.text()
        self.password.set_text("")
        self.setEnabled(False)  # nobody leaves it while the month is being closed
        job = partial(_closed, self.desk, self._month.report.period, reasons, password)
        tasks.run(job, self._say_closed, self._failed)

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


def _groups(points: tuple[Point, ...]) -> list[list[Point]]:
    """Those of one kind together, in the order in which the kinds are first met."""
    found: dict[tuple[str, str], list[Point]] = {}
    for point in points:
        rule = point.flag.rule if point.flag is not None else ""
        found.setdefault((point.matter, rule), []).append(point)
    return list(found.values())


class ReasonForm(ActForm):
    """Opening a closed month again, or replacing it: both need a reason. act: what is done with it."""

    over = Signal()

    def __init__(self, desk: Desk, title: str, verb: str, told: str, act: Callable[[str], str]) -> None:
        super().__init__(desk, title, verb, "check")
        self._act = act
        self.explain(told)
        self.reason = LineField(words.text("Reason, without a name"), required=True, open_words=True, key="reason")
        self.reason.setMaximumWidth(tokens.wide(560))
        self.body.addLayout(in_row((self.reason, 1), STRETCH))
        self.acted.connect(self.over)

    def act(self) -> Told:
        if not self.reason.text():
            raise errors.Missing("reason")
        return Told("ok", self._act(self.reason.text()))
