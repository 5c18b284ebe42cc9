"""The second step: which sheet is which list, which heading is which column; both can be corrected."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from shelter_desk import words
from shelter_desk.domain.register_columns import TITLES
from shelter_desk.operations.imports import day_orders, intake, missing_columns
from shelter_desk.operations.imports.intake import DaysSeen, HeadingSeen, Review, SheetSeen
from shelter_desk.operations.imports.intake_layouts import LayoutAnswers, SheetAnswer
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.imports import import_texts, laid
from shelter_desk.ui.imports.missing_columns import AskedOnce
from shelter_desk.ui.lists.two_line_list import TwoLine, TwoLineList, TwoLineRows
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import ElidedLabel, Label, empty
from shelter_desk.ui.widgets.layouts import fill, in_column, in_row
from shelter_desk.words import formats

MOST_ROWS = 8  # numbers of rows told one by one


class ColumnsFace(laid.CorrectedStep):
    """The sheets at left, the headings of the one chosen at right, each with a list of what it may be."""

    list_changed = Signal()  # a sheet is another list: the file is to be looked at again
    answered = Signal()  # something of a sheet was chosen

    def __init__(self) -> None:
        super().__init__(words.text("Columns"))
        self._said: dict[str, SheetAnswer] = {}
        self._before = self._said  # what was said when the file was last looked at
        self._given: dict[str, dict[str, str]] = {}  # by sheet and column what all its lines have
        self._supposed: list[str] = []
        self._sheets: dict[str, SheetSeen] = {}
        self.orders: dict[str, ChoiceBox] = {}  # of days, by the key of the column
        self._seen: dict[str, HeadingSeen] = {}
        self.asked = AskedOnce()
        self._names: list[tuple[ElidedLabel, str]] = []  # examples that may be names
        self._masked = False
        self.rows = TwoLineRows(_sheet_line)
        self.sheets = TwoLineList(self.rows)
        self.sheets.setAccessibleName(words.text("Sheets of the file"))
        self.sheets.chosen.connect(self._show)
        self.list = ChoiceBox([(key, import_texts.list_name(key)) for key in (*import_texts.OWN, *TITLES, "")])
        self.list.setAccessibleName(words.text("This sheet is"))
        self.list.chosen.connect(self._choose_list)
        left = Card(words.text("Sheets"))
        left.setFixedWidth(tokens.wide(280))
        left.body.addWidget(self.sheets, 1)
        scrolled, self._column = laid.column()
        top = in_row(
            Label(words.text("This sheet is"), ink="ink2"), (self.list, 1), margins=(0, 0, tokens.SPACE_HALF, 0)
        )
        fill(self.card.body, top, (scrolled, 1))
        across = in_row(
            left,
            (self.card, 1),
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_PANEL),
        )
        laid.over_foot(self, across, [self.close_button, self.back], [self.note, self.go])

    def show_review(self, reviewed: Review) -> None:
        """What was recognised; the sheet that was shown stays shown."""
        former = self.sheets.current()
        self._before, self._said = dict(reviewed.answers.sheets), dict(reviewed.answers.sheets)
        self._given = {name: dict(one) for name, one in reviewed.answers.given.items()}
        self._supposed = import_texts.supposed(reviewed)
        self._sheets = {one.name: one for one in reviewed.sheets}
        self.rows.show(list(reviewed.sheets))
        names = [one.name for one in reviewed.sheets]
        first = next((at for at, one in enumerate(reviewed.sheets) if one.list_key), 0)
        kept = names.index(former.name) if former is not None and former.name in names else first
        lists = sum(bool(one.list_key) for one in reviewed.sheets)
        self.go.setEnabled(bool(lists))
        self.note.setText("" if lists else words.text("Say at left which sheet is a list."))
        if names:
            self.sheets.go_to(kept)
            self._show(reviewed.sheets[kept])

    def answers(self, before: LayoutAnswers) -> LayoutAnswers:
        """What was said of the sheets, with what was said before of the rest."""
        given = {name: dict(one) for name, one in self._given.items() if one}
        return replace(before, sheets=dict(self._said), given=given)

    def set_first(self) -> None:
        """To go on, where all is clear; else to what is not."""
        if self.asked.set_first():
            return
        unclear = [key for key, box in self.boxes.items() if not box.value()]
        is_asked = unclear and (self._missing() or len(unclear) == len(self.boxes))
        first = self.boxes[unclear[0]] if is_asked else self.go if self.go.isEnabled() else self.list
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def sheet(self) -> SheetSeen | None:
        """The one shown."""
        found: SheetSeen | None = self.sheets.current()
        return found

    @Slot(object)
    def _show(self, sheet: SheetSeen | None) -> None:
        if sheet is None:
            return
        self.boxes.clear()
        self.orders.clear()
        self._seen.clear()
        self._names.clear()
        empty(self._column)
        self.card.title.setText(sheet.name)
        self.card.secondary.setText(_sheet_line(sheet).second)
        self.list.choose(sheet.list_key)
        for told, state in _alerts(sheet):
            self._column.addWidget(Alert(told, state))
        self._alert = Alert("", "attention")
        self._column.addWidget(self._alert)
        self.asked = AskedOnce()
        self.asked.answered.connect(self._choose_given)
        fill(self._column, self.asked, *(self._order_of_days(sheet, days) for days in sheet.days))
        if sheet.headings:
            fill(self._column, self._grid(sheet), *(Alert(told, "info") for told in self._supposed))
        self._column.addStretch(1)
        self._say_missing()

    def _order_of_days(self, sheet: SheetSeen, days: DaysSeen) -> QWidget:
        """Said once for the column; what may be meant both ways is refused until somebody chooses."""
        made = QWidget()
        known = self._said[sheet.name].orders if sheet.name in self._said else {}
        chosen = known.get(days.key, days.order if days.order in (*day_orders.SAID, *intake.ZEROS) else "")
        is_zeros = days.order in ("zeros", *intake.ZEROS)
        box = ChoiceBox(
            [
                ("shown", words.text("as shown, with its zeros: 0007")),
                ("value", words.text("the number alone, without them: 7")),
            ]
            if is_zeros
            else [("dmy", words.text("day/month")), ("mdy", words.text("month/day"))],
            chosen or None,
        )
        box.setObjectName(days.key)
        named = words.text("How “{heading}” is read") if is_zeros else words.text("Order of the days in “{heading}”")
        box.setAccessibleName(named.format(heading=days.text))
        box.chosen.connect(self._choose_order)
        in_column(
            Alert(_order_told(days), "ok" if chosen else "attention"), box, within=made, spacing=tokens.SPACE_HALF
        )
        self.orders[days.key] = box
        return made

    @Slot(str)
    def _choose_order(self, order: str) -> None:
        sheet, box = self.sheet(), self.sender()
        if sheet is not None and isinstance(box, ChoiceBox) and order:
            said_ = self._said.get(sheet.name, SheetAnswer(sheet.list_key))
            self._said[sheet.name] = replace(said_, orders={**said_.orders, box.objectName(): order})
            self.answered.emit()

    @Slot(str, str)
    def _choose_given(self, column: str, said_: str) -> None:
        """What all lines of the sheet have; nothing any more where that is taken away."""
        sheet = self.sheet()
        if sheet is None:
            return
        given = self._given.setdefault(sheet.name, {})
        if said_:
            given[column] = said_
        else:
            given.pop(column, None)
        self.answered.emit()

    def _grid(self, sheet: SheetSeen) -> QWidget:
        heads = (words.text("Your column"), words.text("What stands in it"), words.text("What it is here"))
        made, grid = laid.grid(heads, (1, 1, 2), tokens.SPACE_2, tokens.SPACE)
        choices = [
            ("", words.text("Leave this column out")),
            *[(one.key, one.label(words.language())) for one in intake.columns(sheet.list_key)],
        ]
        chosen = self._said[sheet.name].columns if sheet.name in self._said else {}
        for row, heading in enumerate(sheet.headings, 1):
            key = heading.name
            text = (
                import_texts.column_name(sheet.list_key, heading.key) if heading.text == heading.key else heading.text
            )
            name = ElidedLabel(text, bold=True)
            stands = ", ".join(heading.examples) or formats.NONE
            examples = ElidedLabel(stands, ink="ink2")
            if heading.examples and (not heading.key or heading.key in import_texts.NAMES):
                self._names.append((examples, stands))
            box = ChoiceBox(choices, chosen.get(key, heading.key))
            box.setAccessibleName(words.text("What the column “{heading}” is").format(heading=text))
            box.setObjectName(key)
            box.chosen.connect(self._choose_column)
            self.boxes[key] = box
            self._seen[key] = heading
            grid.addWidget(name, row, 0)
            grid.addWidget(examples, row, 1)
            grid.addWidget(box, row, 2)
        grid.setColumnMinimumWidth(2, tokens.wide(240))  # whole what is chosen of most columns: not to import them
        self.mask_names(self._masked)
        return made

    @Slot(str)
    def _choose_list(self, key: str) -> None:
        sheet = self.sheet()
        if sheet is not None and key != sheet.list_key:
            self._said[sheet.name] = SheetAnswer(key)
            self.list_changed.emit()

    @Slot(str)
    def _choose_column(self, key: str) -> None:
        """One column is one heading: the one that had it before is left out."""
        sheet, box = self.sheet(), self.sender()
        if sheet is None or not isinstance(box, ChoiceBox):
            return
        for other in self.boxes.values():
            if key and other is not box and other.value() == key:
                other.choose("")
        corrected = {at: one.value() or "" for at, one in self.boxes.items() if one.value() != self._seen[at].key}
        before, now = self._before.get(sheet.name), self._said.get(sheet.name)
        orders = now.orders if now else {}
        if before or corrected or orders:
            columns = {**(before.columns if before else {}), **corrected}
            self._said[sheet.name] = SheetAnswer(sheet.list_key, columns, orders)
        else:
            self._said.pop(sheet.name, None)
        self.answered.emit()
        self._say_missing()

    def _taken(self) -> set[str]:
        """The columns that some heading is, or that are given."""
        sheet = self.sheet()
        given = {key for key, _ in sheet.given} if sheet is not None else set()
        return given | {value for box in self.boxes.values() if (value := box.value())}

    def _missing(self) -> list[str]:
        sheet, taken = self.sheet(), self._taken()
        columns = intake.columns(sheet.list_key) if sheet is not None else ()
        return [one.key for one in columns if one.required and one.key not in taken]

    def _say_missing(self) -> None:
        sheet = self.sheet()
        if sheet is None:
            return
        lacking = list(missing_columns.lacking(sheet.list_key, self._taken())) if sheet.list_key else []
        had_keys = self.asked.isAncestorOf(QApplication.focusWidget() or self)
        self.asked.show_columns(sheet.list_key, lacking, self._given.get(sheet.name, {}))
        # the line that had them may be gone
        if had_keys and not self.asked.isAncestorOf(QApplication.focusWidget() or self):
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)
        missing = [key for key in self._missing() if key not in {one.column for one in lacking}]
        self._alert.setVisible(bool(missing))
        if missing:
            names = ", ".join(import_texts.column_name(sheet.list_key, key) for key in missing)
            told = words.text("No column for: {columns}. New lines will be refused; lines known already can change.")
            self._alert.sentence.setText(told.format(columns=names))

    def mask_names(self, on: bool) -> None:
        """What stands in the columns of names, and in those that nobody knows, is hidden while on."""
        self._masked = on
        for label, stands in self._names:
            label.setText(words.text("masked") if on else stands)


def _order_told(days: DaysSeen) -> str:
    told = {
        "month_first": words.text(
            "“{heading}”: this column seems to be written month/day. Choose the order; until then days that may be "
            "both are refused."
        ),
        "mixed": words.text(
            "“{heading}”: this column has days written day/month and days written month/day. Days that may be both are "
            "refused, unless you choose one order."
        ),
    }
    if days.order in ("zeros", *intake.ZEROS):
        zeros = words.text(
            "“{heading}”: its cells show zeros in front that the numbers have not. Choose which is meant; until then "
            "these lines are refused."
        )
        return zeros.format(heading=days.text)
    said_ = words.text("“{heading}”: its days are read in the order that you said. Real dates of Excel stay as shown.")
    return told.get(days.order, said_).format(heading=days.text)


def _sheet_line(sheet: SheetSeen) -> TwoLine:
    if not sheet.list_key:
        return TwoLine(sheet.name, import_texts.list_name(""))
    lines = words.count("{n} line", "{n} lines", sheet.rows)
    unknown = sum(not one.key for one in sheet.headings)
    badge = words.count("{n} left out", "{n} left out", unknown) if unknown else ""
    return TwoLine(
        sheet.name, f"{import_texts.list_name(sheet.list_key)} · {lines}", badge=badge, badge_state="neutral"
    )


def _given(sheet: SheetSeen) -> str:
    """What counts for every line, and what stands across."""
    told = [import_texts.given(sheet.list_key, key, known) for key, known in sheet.given]
    if sheet.nights:
        told.append(words.count("{n} night across", "{n} nights across", sheet.nights))
    return words.text("For every line: {what}.").format(what=", ".join(told))


def _alerts(sheet: SheetSeen) -> list[tuple[str, str]]:
    found = []
    if sheet.is_remembered:
        found.append((words.text("Read as you said the last time for these headings."), "ok"))
    if sheet.given or sheet.nights:
        found.append((_given(sheet), "info"))
    if sheet.passed_over:
        numbers = ", ".join(map(str, sheet.passed_over[:MOST_ROWS]))
        passed = words.count(
            "{n} row was passed over: a total, a signature or a heading said again",
            "{n} rows were passed over: totals, signatures or headings said again",
            len(sheet.passed_over),
        )
        more = "…" if len(sheet.passed_over) > MOST_ROWS else ""
        found.append((words.text("{passed} (row {rows}).").format(passed=passed, rows=numbers + more), "info"))
    if sheet.list_key and any(sheet.hidden):
        told = words.text("Sheet {sheet}: {rows} hidden rows and {columns} hidden columns were read as well.")
        found.append((told.format(sheet=sheet.name, rows=sheet.hidden[0], columns=sheet.hidden[1]), "attention"))
    if sheet.headings and not any(one.key for one in sheet.headings):
        told = words.text("Nothing says what these columns are. Say it at right of each.")
        found.append((told, "attention"))
    if not sheet.list_key:
        told = words.text("Nothing of this sheet is imported. If it is a list, say above which one.")
        found.append((told, "info"))
    return found
