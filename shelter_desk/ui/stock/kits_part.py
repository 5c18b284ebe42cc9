"""Kits: several items given out in one line."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain.ids import KitId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.items import Item, Kit, KitLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock_catalogue
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, lists
from shelter_desk.ui.stock.item_lines import ItemLines
from shelter_desk.ui.widgets.empty import Empty


class KitForm(ActForm):
    """One kit. kit: the one to change, None for a new one."""

    def __init__(self, desk: Desk, kit: Kit | None) -> None:
        super().__init__(desk, words.text("New kit") if kit is None else kit.name, words.text("Save"), "check")
        one = kit or Kit(KitId(0), "", "")
        self._kit = one
        known = stock_catalogue.items(desk)
        self.code = LineField(words.text("Code of the kit"), required=True, key="kit_code", text=one.code)
        self.name = LineField(words.text("Name"), required=True, key="name", text=one.name)
        self.service = lists.service_given(one.service_type)
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
        code, name, service = self.code.text(), self.name.text(), self.service.code()
        kit = Kit(self._kit.id, code, name, lines, service, self.active.isChecked())
        stock_catalogue.keep_kit(self.desk, kit)
        return Told("ok", words.text("{item} is saved.").format(item=kit.name))


class KitsPart(ListRoom[Kit]):
    """The kits with what is in them; Enter changes one."""

    of_persons = False
    opens_beside = False
    chooses_first = True

    def __init__(self, desk: Desk) -> None:
        self._may = desk.may(Permission.STOCK_EDIT)
        self._items: dict[int, Item] = {}
        empty = Empty(
            "bag",
            words.text("No kit yet"),
            words.text("A kit is given out in one line: two soaps, a toothbrush, toothpaste."),
            words.text("New kit…") if self._may else None,
        )
        super().__init__(desk, self._columns(), words.text("Kits"), empty)
        self.new_button = self.begin_button(words.text("New kit…"))
        self.lay_out(head_row(right=[self.new_button]))

    def ask(self) -> Sequence[Kit]:
        self._items = {int(one.id): one for one in stock_catalogue.items(self.desk)}
        found = stock_catalogue.all_kits(self.desk)
        self.new_button.setVisible(self._may and bool(found))
        return found

    def key_of(self, line: Kit) -> int:
        return line.id

    def form_of(self, line: Kit | None) -> tuple[KitForm, str] | None:
        return (KitForm(self.desk, line), f"kit/{'' if line is None else line.id}") if self._may else None

    def _columns(self) -> list[TableColumn[Kit]]:
        text = words.text("{n} × {item}")

        def content(kit: Kit) -> str:
            return ", ".join(
                text.format(n=amounts.bare(line.amount), item=self._items[line.item].designation) for line in kit.lines
            )

        def service(kit: Kit) -> str:
            return words.label("service_type", kit.service_type) if kit.service_type else ""

        return [
            TableColumn(words.text("Kit"), lambda one: one.name, BY_TEXT, bold=True),
            TableColumn(words.text("Content"), content),
            TableColumn(words.text("Service counted"), service, BY_TEXT),
            TableColumn(
                words.text("State"),
                lambda one: words.text("in use") if one.is_active else words.text("no longer given out"),
                ink=lambda one: None if one.is_active else "ink2",
            ),
        ]
