"""Values that no list has: each once, with the code that it means for all the lines that say it."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.register_columns import ListColumn
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake
from shelter_desk.operations.imports.intake import Review
from shelter_desk.operations.imports.intake_layouts import LayoutAnswers
from shelter_desk.operations.imports.opened_files import OpenedFile
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceBox, ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.imports import import_texts, laid
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import ElidedLabel, Label, empty
from shelter_desk.ui.widgets.layouts import in_column

Key = tuple[str, str, str]  # list, column and folded value


class ValuesFace(laid.CorrectedStep):
    """One line for each unknown value; those left empty stay refused. Below, what was said of others, to be changed."""

    kind_wanted = Signal(str)  # the value that is to become a sub-type of services

    def __init__(self, desk: Desk) -> None:
        super().__init__(words.text("Values that no list has"))
        self._desk = desk
        self._may_add = desk.may(Permission.SETTINGS_EDIT)
        self._opened: OpenedFile | None = None  # the file that the boxes are of
        self._names: list[tuple[ElidedLabel, ChoiceBox, str]] = []  # values that may be names
        self._masked = False
        told = words.text(
            "Say once what each one means: it counts for every line of the list that says it, and the next time as "
            "well. Lines whose value means nothing stay refused, unless you take them to be completed at the next step."
        )
        self.card.body.addWidget(Label(told, ink="ink2", wrap=True))
        scrolled, self._column = laid.column()
        self.card.body.addWidget(scrolled, 1)
        around = in_column(self.card, margins=(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_PANEL))
        laid.over_foot(self, around, [self.close_button, self.back], [self.note, self.go])

    def show_review(self, reviewed: Review) -> None:
        """The unknown values of a file, the most frequent first; what was chosen for this very file stays chosen."""
        empty(self._column)
        kept = {key: box.value() for key, box in self.boxes.items()} if reviewed.opened is self._opened else {}
        self._opened = reviewed.opened
        self.boxes, self._names = {}, []
        self._column.addWidget(self._grid(reviewed))
        self.mask_names(self._masked)
        self._column.addStretch(1)
        for key, box in self.boxes.items():
            if kept.get(key):
                box.choose(kept[key])

    def _grid(self, reviewed: Review) -> QWidget:
        heads = (words.text("Column"), words.text("Your value"), words.text("Lines"), words.text("What it means here"))
        made, grid = laid.grid(heads, (2, 2, 1, 3), tokens.SPACE_2, tokens.SPACE)
        told = {key for sheet in reviewed.answers.sheets.values() for key in sheet.columns.values()}
        for row, one in enumerate((*reviewed.unknown, *reviewed.meant), 1):
            key = (one.of, one.column, intake.fold_value(one.value))
            column = import_texts.column_of(one.list_key, one.column)
            # what was said can be taken back
            box = ChoiceBox(
                [
                    *([("", words.text("Nothing any more: its lines are refused"))] if one.code else []),
                    *_choices(self._desk, column),
                ],
                one.code or one.proposed or None,
            )
            self.boxes[key] = box
            value = ElidedLabel(bold=True)
            _say(value, box, one.value)
            if (
                one.column in import_texts.NAMES or one.column in told
            ):  # a person said what the column is: it may be another
                self._names.append((value, box, one.value))
            name = import_texts.column_name(one.list_key, one.column)
            if len({other.of for other in (*reviewed.unknown, *reviewed.meant) if other.column == one.column}) > 1:
                name = words.text("{column} ({list})").format(column=name, list=import_texts.list_name(one.of))
            grid.addWidget(ElidedLabel(name, ink="ink2"), row, 0)
            grid.addWidget(value, row, 1)
            lines = words.text("said before") if one.code else words.count("{n} line", "{n} lines", one.lines)
            lines = words.text("{lines}, proposed").format(lines=lines) if one.proposed else lines
            grid.addWidget(Label(lines, ink="ink2"), row, 2)
            grid.addWidget(box, row, 3)
            if self._may_add and column and column.code_list == service_catalogue.LIST and not one.code:
                add = Button(words.text("Create…"), icon="plus", on_click=self._add)
                add.setObjectName(one.value)
                add.setAccessibleName(words.text("Create “{value}” in the list").format(value=one.value))
                grid.addWidget(add, row, 4)
        return made

    def mask_names(self, on: bool) -> None:
        """Values of a column that may hold names are hidden while on."""
        self._masked = on
        for label, box, value in self._names:
            _say(label, box, words.text("masked") if on else value)

    @Slot()
    def _add(self) -> None:
        self.kind_wanted.emit(self.sender().objectName())

    def answers(self, before: LayoutAnswers) -> LayoutAnswers:
        """What was said of values, with what was said before."""
        values = {of: dict(meant) for of, meant in before.values.items()}
        for (list_key, column, value), box in self.boxes.items():
            code, of = box.value(), (list_key, column)
            if code or values.get(of, {}).get(value):
                values.setdefault(of, {})[value] = code or ""
        return replace(before, values=values)

    def set_first(self) -> None:
        """To the first value."""
        first = next(iter(self.boxes.values()), self.go)
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _say(label: ElidedLabel, box: ChoiceBox, value: str) -> None:
    label.setText(f"« {value} »")
    box.setAccessibleName(words.text("What “{value}” means").format(value=value))


def _choices(desk: Desk, column: ListColumn | None) -> list[tuple[str, str]]:
    if column is None or column.code_list is None:
        return []
    if column.code_list == service_catalogue.LIST and desk.may(Permission.ASSIST_SEE):
        return [(kind.code, kind.label(words.language())) for kind in service_catalogue.kinds(desk)]
    return [(code, words.label(column.code_list, code)) for code in intake.codes_of(column)]


class KindForm(ActForm):
    """A sub-type of services of the shelter's own, called as the file calls it."""

    def __init__(self, desk: Desk, value: str) -> None:
        super().__init__(desk, words.text("A new kind of service"), words.text("Create"), "plus")
        types = [
            (one.code, words.label(service_catalogue.LIST, one.code))
            for one in codes.codes(service_catalogue.LIST)
            if not one.parent
        ]
        self.name = LineField(words.text("Name"), required=True, key="name")
        self.name.line.setText(value)
        self.parent_type = ChoiceField(words.text("Belongs to"), types, required=True, key="service_type")
        self.unit = LineField(words.text("Counted in"), required=True, key="unit")
        self.unit.line.setText(words.text("session"))
        for field in self.fields.values():
            self.body.addWidget(field)
        self.first = self.parent_type

    def act(self) -> Told:
        """Create it."""
        made = service_catalogue.add_kind(
            self.desk, self.parent_type.code(), self.name.line.text(), self.unit.line.text()
        )
        return Told("ok", words.text("“{name}” is in the list of services.").format(name=made.label(words.language())))


class KindAdding(QObject):
    """The form of a new kind, over the values while it is open."""

    added = Signal()
    closed = Signal()
    told = Signal(object)  # Told

    def __init__(self, desk: Desk, faces: QStackedWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._faces = desk, faces
        self.form: KindForm | None = None

    @Slot(str)
    def open(self, value: str) -> None:
        """Ask what that value is to be called and counted in."""
        if self.form is not None:
            return
        self.form = KindForm(self._desk, value)
        self.form.told.connect(self.told)
        self.form.acted.connect(self._added)
        self.form.closed.connect(self.close)
        self.form.left.connect(self.close)
        self._faces.addWidget(self.form)
        self._faces.setCurrentWidget(self.form)
        self.form.begin()

    @Slot()
    def _added(self) -> None:
        self.close()
        self.added.emit()

    @Slot()
    def close(self) -> None:
        """Back to the values."""
        form, self.form = self.form, None
        if form is None:
            return
        self.closed.emit()
        self._faces.removeWidget(form)
        form.deleteLater()
