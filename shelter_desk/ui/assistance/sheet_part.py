"""The sheet of a day: people down, services across, a tick for each that was given."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import DONE, MEAL, Service
from shelter_desk.domain.ids import ServiceId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.assistance.assistance import ServiceDoubt, ServicesWritten
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.services.service_catalogue import ServiceKind
from shelter_desk.operations.services.service_log import PLANNED, ServiceLine
from shelter_desk.ui import taking_out, tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.assistance.quick_line import KindLine, QuickLine
from shelter_desk.ui.assistance.sheet_table import SheetRows, SheetTable, chosen_kinds
from shelter_desk.ui.forms import away_warning
from shelter_desk.ui.forms.late_reason import LateReason, asking_late
from shelter_desk.ui.lists.list_intake import ListIntake, may_paste
from shelter_desk.ui.lists.turning_bars import DayBar
from shelter_desk.ui.page import Told
from shelter_desk.ui.tabbed_page import PartFace
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import table_frame
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import ElidedLabel
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import assistance as assistance_words
from shelter_desk.words import formats

Act = Callable[[], Done]


class SheetPart(PartFace):
    """A day to choose, one line to type, and the grid; each tick is written at once and can be undone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._catalogue: Mapping[str, ServiceKind] = {}
        self._kept: list[str] | None = None
        self._told: Mapping[ServiceId, ServicesWritten] | None = None
        self.days = DayBar(desk.today(), to_come=True)
        self.quick = QuickLine(desk)
        self.adder = KindLine(words.text("Add a service…"))
        self.adder.setAccessibleName(words.text("Add a service to the sheet"))
        self.adder.setFixedWidth(tokens.wide(220))
        everybody = words.text("Tick for everybody")
        self.whole = Button(everybody, shortcut_text=words.text("Ctrl+Space"), on_click=self._tick_current)
        remove = words.text("Remove the column")
        self.drop = Button(remove, shortcut_text=words.text("Del"), on_click=self._drop_current)
        self.rows = SheetRows(self)
        self.table = SheetTable(self.rows)
        self.table.setAccessibleName(words.text("Services of the day"))
        self.under = ElidedLabel(size="small", ink="ink2")
        self.empty = Empty(
            "residents",
            words.text("Nobody was here that day"),
            words.text("Tick everybody present for what was given that day."),
        )
        self.late_reason = LateReason(desk)
        self._faces = QStackedWidget()
        self._may = desk.may(Permission.ASSIST)
        beside = not tokens.is_large()
        above = QBoxLayout(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        above.setSpacing(tokens.SPACE_3 if beside else tokens.SPACE)
        above.addWidget(self.days, 0, Qt.AlignmentFlag.AlignTop)
        above.addWidget(self.quick, 1, Qt.AlignmentFlag.AlignTop)
        below = in_row((self.under, 1), self.adder, self.whole, self.drop, spacing=tokens.SPACE)
        self._grid = QWidget()
        in_column(below, (table_frame(self.table), 1), within=self._grid, spacing=tokens.SPACE)
        self._faces.addWidget(self._grid)
        self._faces.addWidget(self.empty)
        margins = tokens.SPACE_2, tokens.SPACE_PANEL
        in_column(above, self.late_reason, (self._faces, 1), within=self, spacing=tokens.SPACE, margins=margins)
        for widget in (self.quick, self.whole):
            widget.setVisible(self._may)
        for button in (self.whole, self.drop):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.intake: ListIntake | None = None
        if may_paste(desk):
            self.intake = ListIntake(self._faces, ("prestations", "services"))
            self.intake.wanted.connect(self.import_wanted)
            self.intake.told.connect(self.told)
        self._connect()

    def _connect(self) -> None:
        self.days.changed.connect(self._turn)
        self.quick.wanted.connect(self._write_line)
        self.adder.entered.connect(self._add_column)
        self.adder.picked.connect(self._add_column)
        self.table.typed.connect(self.adder.take_letter)
        self.table.toggled.connect(self.toggle)
        self.table.whole_wanted.connect(self.tick_all)
        self.table.column_left.connect(self._drop_column)
        self.table.person_wanted.connect(self._open_record)
        self.table.menu_wanted.connect(self._open_menu)
        self.table.walked.connect(self._walked)

    # What is shown ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._catalogue = service_catalogue.all_kinds(self.desk)
        if self._kept is None:
            kept = assistance.columns(self.desk)
            self._kept = None if kept is None else list(kept)
        offered = [one for one in self._catalogue.values() if one.active]
        self.adder.set_kinds([one for one in offered if one.code != MEAL])
        self.quick.kind.set_kinds(offered)
        self.show_lines(assistance.sheet(self.desk, self.days.day()))

    def show_lines(self, lines: Sequence[ServiceLine]) -> None:
        """Show these lines; the cell that had the focus keeps it."""
        at = self.table.currentIndex()
        stay = self.rows.lines[at.row()].stay.id if at.isValid() else None
        kind = self.rows.kinds[at.column()].code if at.isValid() else ""
        self._told = None
        self.rows.show(self.days.day(), lines, chosen_kinds(self._catalogue, self._kept, lines, MEAL))
        self.quick.show_sheet(self.days.day(), lines)
        self._faces.setCurrentWidget(self._grid if lines else self.empty)
        if stay is not None:
            self.table.go_to(self.rows.row_of(stay), self.rows.place_of(kind))
        elif lines:
            self.table.go_to(0, 0)
        self._say()

    def set_first(self) -> None:
        first = self.quick.person if self._may else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _turn(self, _day: date) -> None:
        self.late_reason.forget()
        self.look_again()

    @Slot(int, int)
    def _walked(self, _row: int, _column: int) -> None:
        QTimer.singleShot(0, self, self._say)

    @Slot()
    def _say(self) -> None:
        """Under the focus: who, what, and when it was written by whom."""
        at = self.table.currentIndex()
        self.drop.setEnabled(at.isValid())
        self.whole.setEnabled(at.isValid())
        if not at.isValid() or at.row() >= self.rows.rowCount() or at.column() >= self.rows.columnCount():
            self.under.setText("")
            return
        stay = self.rows.lines[at.row()].stay.id
        away = away_warning.of_stay(self.desk, stay, self.days.day())
        self.under.set_ink("attention" if away else "ink2")
        found = self.rows.services(at.row(), at.column())
        sentence = self.rows.sentence(at.row(), at.column())
        written = self._told_of().get(found[-1].id) if found else None
        if written is not None and written.at is not None:
            told = words.text("{cell}, written on {moment}")
            if written.by:
                told = words.text("{cell}, written on {moment} by {who}")
            sentence = told.format(cell=sentence, moment=formats.moment(written.at), who=written.by)
        self.under.setText(f"{away} {sentence}".strip())

    def _told_of(self) -> Mapping[ServiceId, ServicesWritten]:
        if self._told is None:
            every = [one for line in self.rows.lines for one in line.services]
            self._told = assistance.written(self.desk, every)
        return self._told

    # What is written -------------------------------------------------------------------------------------------------

    @Slot(int, int)
    def toggle(self, row: int, column: int) -> None:
        """Give, hold what was planned, or take out what was given."""
        if not self._may or row >= len(self.rows.lines) or column >= len(self.rows.kinds):
            return
        line, kind = self.rows.lines[row], self.rows.kinds[column]
        found = self.rows.services(row, column)
        planned = [one for one in found if one.status == PLANNED]
        service = self._service(line, kind)
        if planned and service.status == DONE:
            text = words.text("{service} held for {code}.")
            self._do(lambda: assistance.hold(self.desk, [planned[-1].id]), text, line, kind)
        elif found:
            self._take_out(found[-1], line, kind)
        else:
            missing = [one for one in assistance.doubts(self.desk, [service]) if one.kind == "store"]
            self._do(lambda: assistance.give(self.desk, [service]), _written(service), line, kind, missing)

    def _take_out(self, service: Service, line: ServiceLine, kind: ServiceKind) -> None:
        reason = taking_out.reason_of(self, self.desk, service, choices.named(kind, kind.code))
        if reason is not None:
            text = words.text("{service} taken out for {code}.")
            act = partial(assistance.take_out, self.desk, [service.id], reason)
            self._do(lambda: asking_late(self, self.desk, act), text, line, kind)

    def _service(self, line: ServiceLine, kind: ServiceKind, quantity: float = 1.0) -> Service:
        status = PLANNED if self.days.day() > self.desk.today() else DONE
        return Service(ServiceId(0), "", self.days.day(), line.stay.id, kind.code, quantity, status=status)

    def _do(
        self, act: Act, text: str, line: ServiceLine, kind: ServiceKind, doubts: Sequence[ServiceDoubt] = ()
    ) -> bool:
        """Do it and say so, with the first doubt; False where it was refused."""
        done = self.attempt(partial(self.late_reason.attempt, act))
        if done is None:
            return False
        told = text.format(service=choices.named(kind, kind.code), code=line.person.code)
        if doubts:
            doubt = assistance_words.doubt(doubts[0].kind, doubts[0].code, doubts[0].day)
            told = words.text("{written} {doubt}").format(written=told, doubt=doubt)
        self.told.emit(Told("attention" if doubts else "ok", told, done))
        return True

    @Slot(object, object, float)
    def _write_line(self, line: ServiceLine, kind: ServiceKind, quantity: float) -> None:
        service = self._service(line, kind, quantity)
        found = assistance.doubts(self.desk, [service])
        if self._do(lambda: assistance.give(self.desk, [service]), _written(service), line, kind, found):
            self.quick.clear()
            self.quick.person.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def tick_all(self, column: int) -> None:
        """Give that service to everybody here who was not given it, in one act."""
        if not self._may or column >= len(self.rows.kinds):
            return
        kind, lines = self.rows.kinds[column], self.rows.without(column)
        if not lines:
            return
        given = partial(assistance.give, self.desk, [self._service(line, kind) for line in lines])
        done = self.attempt(partial(self.late_reason.attempt, given))
        if done is None:
            return
        many = words.count("{n} person", "{n} persons", len(lines))
        told = words.text("{service}: {persons} ticked.")
        self.told.emit(Told("ok", told.format(service=choices.named(kind, kind.code), persons=many), done))

    @Slot()
    def _tick_current(self) -> None:
        self.tick_all(self.table.currentIndex().column())

    # Columns ---------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _add_column(self, kind: ServiceKind) -> None:
        self._keep([*[one.code for one in self.rows.kinds if one.code != kind.code], kind.code])
        self.adder.clear()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.go_to(max(0, self.table.currentIndex().row()), self.rows.place_of(kind.code))

    @Slot(int)
    def _drop_column(self, column: int) -> None:
        """Not a column that holds something that day."""
        if not 0 <= column < len(self.rows.kinds):
            return
        if any(self.rows.services(row, column) for row in range(len(self.rows.lines))):
            self.told.emit(Told("attention", words.text("The column stays: something was written in it that day.")))
            return
        at = self.table.currentIndex()
        self._keep([one.code for place, one in enumerate(self.rows.kinds) if place != column])
        self.table.go_to(at.row(), min(column, len(self.rows.kinds) - 1))

    @Slot()
    def _drop_current(self) -> None:
        self._drop_column(self.table.currentIndex().column())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, chosen: list[str]) -> None:
        self._kept = chosen
        self.attempt(lambda: assistance.keep_columns(self.desk, chosen))
        self.show_lines(self.rows.lines)

    # One cell --------------------------------------------------------------------------------------------------------

    @Slot(int)
    def _open_record(self, row: int) -> None:
        self.record_wanted.emit(int(self.rows.lines[row].person.id))

    @Slot(int, int, QPoint)
    def _open_menu(self, row: int, column: int, place: QPoint) -> None:
        if self._may:
            self.menu = self.menu_of(row, column)
            self.menu.popup(place)

    def menu_of(self, row: int, column: int) -> QMenu:
        """What can be said of that cell beside a tick."""
        menu = QMenu(self)
        found = self.rows.services(row, column)
        acts = [("plan", words.text("Planned for later"))]
        if found:
            acts = [
                ("fait", words.text("Given")),
                ("non_tenu", words.text("Not held")),
                ("refuse", words.text("Refused by the person")),
            ]
        for code, text in acts:
            action = menu.addAction(text)
            action.setData((code, row, column))
        if self.intake is not None:
            menu.addSeparator()
            menu.addActions(self.intake.actions)
        menu.triggered.connect(self._chosen_in_menu)
        return menu

    @Slot(QAction)
    def _chosen_in_menu(self, action: QAction) -> None:
        if action.data() is None:  # no act on the cell
            return
        code, row, column = action.data()
        line, kind = self.rows.lines[row], self.rows.kinds[column]
        found = [one.id for one in self.rows.services(row, column)]
        if code == "plan":
            one = self._service(line, kind)
            self._do(lambda: assistance.plan(self.desk, [one]), words.text("{service} planned for {code}."), line, kind)
            return
        act = {"fait": assistance.hold, "non_tenu": assistance.not_held, "refuse": assistance.refused}[code]
        self._do(lambda: act(self.desk, found), words.text("{service} changed for {code}."), line, kind)


def _written(service: Service) -> str:
    if service.status == PLANNED:
        return words.text("{service} planned for {code}.")
    return words.text("{service} written for {code}.")
