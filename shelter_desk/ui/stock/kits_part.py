"""Kits: several items given out in one line."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import KitId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.items import Item, Kit, KitLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock_catalogue
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.table import TableColumn, TableRows, TableView
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, lists
from shelter_desk.ui.stock.item_lines import ItemLines
from shelter_desk.ui.tabbed_page import FormFace, focus
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty


class KitForm(ActForm):
    """One kit. kit: the one to change, None for a new one."""

    def __init__(self, desk: Desk, kit: Kit | None) -> None:
        super().__init__(desk, words.text("New kit") if kit is None else kit.name, words.text("Save"), "check")
        one = kit or Kit(KitId(0), "", "")
        self._kit = one
        known = stock_catalogue.items(desk)
        self.code = LineField(words.text("Code of the kit"), required=True, key="kit_code")
        self.name = LineField(words.text("Name"), required=True, key="name")
        self.service = ChoiceField(
            words.text("Service counted when the item is given"),
            [("", words.text("none")), *lists.nfi_services()],
            one.service_type,
            key="service_type",
        )
        self.code.set_text(one.code)
        self.name.set_text(one.name)
        self.row((self.code, 140), (self.name, 300), (self.service, 320))
        self.active = QCheckBox(words.text("Still given out"))
        self.active.setChecked(one.is_active)
        self.lines = ItemLines(lists.items(known), known)
        self.add(self.lines, self.active)
        for at, line in enumerate(one.lines):
            made = self.lines.lines[0] if at == 0 else self.lines.add()
            made.choose(str(line.item))
            made.quantity.setText(amounts.bare(line.amount))
        self.first = self.code

    def act(self) -> Told:
        lines = tuple(KitLine(lists.number(one.chosen), one.amount) for _, one in self.lines.typed())
        kit = Kit(
            self._kit.id,
            self.code.text(),
            self.name.text(),
            lines,
            self.service.code(),
            self.active.isChecked(),
        )
        stock_catalogue.keep_kit(self.desk, kit)
        return Told("ok", words.text("{item} is saved.").format(item=kit.name))


class KitsPart(FormFace):
    """The kits with what is in them; Enter changes one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._may = desk.may(Permission.STOCK_EDIT)
        self._items: dict[int, Item] = {}
        self.rows: TableRows[Kit] = TableRows(self._columns())
        self.rows.setParent(self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(words.text("Kits"))
        self.table.opened.connect(self.change)
        self.new_button = Button(words.text("New kit…"), "primary", "plus")
        self.new_button.clicked.connect(self.add)
        self.empty = Empty(
            "bag",
            words.text("No kit yet"),
            words.text("A kit is given out in one line: two soaps, a toothbrush, toothpaste."),
            words.text("New kit…") if self._may else None,
        )
        self.empty.started.connect(self.add)
        head = QHBoxLayout()
        head.addStretch(1)
        head.addWidget(self.new_button)
        self.lay_list(head, self.table, self.empty)

    def refresh(self) -> None:
        self._items = {int(one.id): one for one in stock_catalogue.items(self.desk)}
        found: Sequence[Kit] = stock_catalogue.all_kits(self.desk)
        self.rows.show(found)
        self.show_found(found)
        self.new_button.setVisible(self._may and bool(found))

    def set_first(self) -> None:
        if self.form is not None:
            self.form.begin()
        elif self.rows.rowCount():
            focus(self.table)
            self.table.go_to(0)
        elif self.empty.button is not None:
            focus(self.empty.button)

    @Slot()
    def add(self) -> None:
        """A kit that is not there yet."""
        self.change(None)

    @Slot(object)
    def change(self, kit: Kit | None) -> None:
        """The form of a kit."""
        if not self._may:
            return
        try:
            self.open_form(KitForm(self.desk, kit), f"kit/{'' if kit is None else kit.id}")
        except ShelterDeskError as error:
            self.fail(error)

    def reopen(self, kind: str, at: str) -> None:
        kit = next((one for one in stock_catalogue.all_kits(self.desk) if str(one.id) == at), None)
        if kind == "kit" and (not at or kit is not None):
            self.change(kit)

    def _columns(self) -> list[TableColumn[Kit]]:
        text = words.text("{n} × {item}")

        def content(kit: Kit) -> str:
            return ", ".join(
                text.format(n=amounts.bare(line.amount), item=self._items[line.item].designation) for line in kit.lines
            )

        def service(kit: Kit) -> str:
            return words.label("service_type", kit.service_type) if kit.service_type else ""

        return [
            TableColumn(words.text("Kit"), lambda one: one.name, lambda one: one.name, bold=True),
            TableColumn(words.text("Content"), content),
            TableColumn(words.text("Service counted"), service, service),
            TableColumn(
                words.text("State"),
                lambda one: words.text("in use") if one.is_active else words.text("no longer given out"),
                ink=lambda one: None if one.is_active else "ink2",
            ),
        ]
