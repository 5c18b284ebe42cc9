"""The register: thousands of lines searched and filtered at once, one of them beside the list."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.codes import folded
from shelter_desk.domain.equipment.assets import GONE, ON_LOAN, TO_MEND, Asset
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import dossiers, equipment
from shelter_desk.operations.equipment.equipment import AssetLine
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tokens
from shelter_desk.ui.equipment import paper
from shelter_desk.ui.equipment.asset_view import BACK, CORRECT, FAULT, LEND, PHOTO, AssetForm, AssetView, state_of
from shelter_desk.ui.equipment.happening_form import FaultForm, HappeningForm, LendForm, LoanBackForm
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import Choice, ChoiceBox
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.list_page import ListRoom
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.page import Told
from shelter_desk.ui.tabbed_page import focus
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.badge import State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.words import formats

EVERY = "all"


def _in(line: AssetLine, chip: str) -> bool:
    one = line.asset
    return {
        "here": one.is_here,
        "lent": line.is_lent,
        "mend": one.status in TO_MEND or (line.is_faulty and one.is_here),
        "gone": one.status in GONE,
        "all": True,
    }[chip]


class RegisterPart(ListRoom[AssetLine]):
    """Search, chips and lists choose what is shown; Enter opens a line, several are chosen with Shift."""

    of_persons = False
    hides_head = True
    takes = ("biens", "immobilisations")
    edited_as = "equipment"
    view: AssetView | None

    def __init__(self, desk: Desk) -> None:
        may_edit = desk.may(Permission.ASSETS_EDIT)
        empty = Empty(
            "cabinet",
            words.text("No equipment yet"),
            words.text("Beds, mattresses, tables, generator: each thing gets a tag, a donor and a place."),
            words.text("Add…") if may_edit else None,
        )
        super().__init__(desk, _columns(), words.text("Register of equipment"), empty)
        self._said: dict[int, str] = {}
        self.search = LineField(words.text("Search: tag, thing, serial number, place"))
        self.filter_by(
            [
                ("here", words.text("Here")),
                ("lent", words.text("On loan")),
                ("mend", words.text("To mend")),
                ("gone", words.text("Left the register")),
                ("all", words.text("Everything")),
            ],
            _in,
        )
        self.category = _box(words.text("Category"), words.text("Every category"), code_lists.of("asset_category"))
        self.donor = _box(words.text("Donor"), words.text("Every donor"), code_lists.of("donor"))
        self.place = _box(words.text("Location"), words.text("Every place"))
        self.add_button = self.begin_button(words.text("Add…"), may=may_edit)
        self.labels_button = Button(words.text("Labels…"), "plain", "barcode", on_click=self.print_labels)
        self.sheet_button = Button(words.text("Sheet of a room…"), "plain", "print", on_click=self.print_room)
        self.search.setFixedWidth(tokens.wide(300))
        self.search.changed.connect(self.show_lines)
        head = Flow(tokens.SPACE_2, tokens.SPACE, bottom=True)
        head.add(self.search, self.category, self.donor, self.place)
        head.add(self.chips, self.add_button, self.labels_button, self.sheet_button)
        self.lay_out(head)
        for box in (self.category, self.donor, self.place):
            box.chosen.connect(self.show_lines)

    # The list ---------------------------------------------------------------------------------------------------------

    def ask(self) -> Sequence[AssetLine]:
        found = equipment.register(self.desk)
        self._said = {one.asset.id: _folded(one) for one in found}
        places = sorted({one.room for one in found if one.room})
        self.place.set_choices([(EVERY, words.text("Every place")), *((name, name) for name in places)])
        if self.place.value() is None:
            self.place.choose(EVERY)
        return found

    def filtered(self) -> Sequence[AssetLine]:
        wanted = [folded(word) for word in self.search.text().split()]
        category, donor, place = (box.value() or EVERY for box in (self.category, self.donor, self.place))
        return [
            one
            for one in super().filtered()
            if all(word in self._said[one.asset.id] for word in wanted)
            and category in (EVERY, one.asset.category)
            and donor in (EVERY, one.asset.donor)
            and place in (EVERY, one.room)
        ]

    def key_of(self, line: AssetLine) -> int:
        return line.asset.id

    def first_of_list(self) -> QWidget:
        return self.search

    def set_first_listed(self) -> None:
        if self.view is not None and self.panel.isVisible():
            self.view.set_first()
        else:
            super().set_first_listed()

    # One line or several ----------------------------------------------------------------------------------------------

    def chosen(self) -> list[Asset]:
        """The assets of the lines chosen in the table, in its order."""
        places = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        return [self.rows.row(place).asset for place in places]

    def open_line(self, _line: AssetLine) -> None:
        """Show the lines chosen beside the list."""
        self.show_chosen(self.chosen())

    def show_chosen(self, assets: Sequence[Asset]) -> None:
        """Show them beside the list."""
        view = self.attempt(lambda: AssetView(self.desk, assets)) if assets else None
        if view is None:
            return
        view.wanted.connect(self.act)
        if len(assets) == 1:
            self.panel.name_it(assets[0].tag_no, assets[0].designation)
        else:
            pieces = sum(one.quantity for one in assets)
            self.panel.name_it(
                words.count("{n} asset", "{n} assets", len(assets)), words.count("{n} piece", "{n} pieces", pieces)
            )
        self.show_beside(view, assets[0].id)

    def open_again(self, key: int) -> None:
        shown = {key} if self.view is None else {one.id for one in self.view.assets}
        self._open_again(shown)

    def _open_again(self, keys: Collection[int]) -> None:
        self.show_chosen([one.asset for one in self.lines if one.asset.id in keys])
        place = next((at for at, one in enumerate(self.rows.rows()) if one.asset.id in keys), None)
        if place is not None:
            self.table.go_to(place)

    def open_at(self, at: str) -> None:
        """That asset beside the list, or the lines of a chip."""
        self.ask_first()
        self.search.set_text("")
        for box in (self.category, self.donor, self.place):
            box.choose(EVERY)
        self.switch(at if at in self.chip_codes else EVERY)
        if at.isdecimal():
            self._open_again([int(at)])

    @Slot()
    def close_view(self) -> None:
        """The list alone; the keys stay in it."""
        self.drop_view()
        focus(self.table)

    def form_of(self, line: AssetLine | None) -> tuple[AssetForm, str]:
        if line is None:
            return AssetForm(self.desk), "asset/"
        return AssetForm(self.desk, line.asset), f"asset/{line.asset.id}"

    @Slot(str)
    def act(self, act: str) -> None:
        """Open the form of that act for the assets shown."""
        if self.view is None:
            return
        assets = self.view.assets
        keys = ",".join(str(one.id) for one in assets)
        if act == CORRECT:
            self.open_form(AssetForm(self.desk, assets[0]), f"asset/{keys}")
        elif act == FAULT:
            self.open_form(FaultForm(self.desk, assets[0]), f"fault/{keys}")
        elif act == LEND:
            self.open_form(LendForm(self.desk, assets), f"lend/{keys}")
        elif act == BACK:
            self.open_form(LoanBackForm(self.desk, assets), f"back/{keys}")
        elif act == PHOTO:
            self._keep_photo(assets[0])
        else:
            self.open_form(HappeningForm(self.desk, assets, act), f"event/{act}/{keys}")

    def reopen(self, kind: str, at: str) -> None:
        """What may not happen to these things any more is not offered again."""
        if kind == "asset" and not at:
            self.begin()
            return
        act, _, keys = at.rpartition("/")
        self.look_again()
        self.show_chosen([one.asset for one in self.lines if str(one.asset.id) in keys.split(",")])
        act = {"asset": CORRECT, "fault": FAULT, "lend": LEND, "back": BACK}.get(kind, act)
        if self.view is not None and act in self.view.buttons:
            self.act(act)

    def _keep_photo(self, asset: Asset) -> None:
        title = words.text("Photo of the thing, never of a resident")
        path = files.choose_to_open(self, title, words.text("Pictures (*.png *.jpg *.jpeg)"))
        if path is None:
            return
        done = self.attempt(lambda: dossiers.keep_photo(self.desk, asset.id, path))
        if done is not None:
            self.told.emit(Told("ok", words.text("Photo of {tag} kept.").format(tag=asset.tag_no), done))
            QTimer.singleShot(0, self, self.look_again)

    # Paper ------------------------------------------------------------------------------------------------------------

    @Slot()
    def print_labels(self) -> None:
        """Labels of the lines chosen, of all that are shown where none or one is."""
        chosen = self.chosen()
        assets = chosen if len(chosen) > 1 else [line.asset for line in self.rows.rows()]
        self._say(paper.labels(self, assets, self.desk.is_training))

    @Slot()
    def print_room(self) -> None:
        """The sheet of the place chosen in the filter, of every place where none is."""
        place = self.place.value()
        lines = [one for one in self.lines if one.asset.is_here and place in (EVERY, None, one.room)]
        shelter = settings.read(self.desk).shelter_name
        told = paper.rooms(self, lines, self.desk.today(), self.desk.is_training, shelter)
        self._say(printed(self.desk, "equipment_list", told))

    def _say(self, told: str) -> None:
        self.tell(told)
        focus(self.labels_button)


def _box(named: str, every: str, offered: Sequence[Choice] = ()) -> ChoiceBox:
    """A filter that leaves every line at first."""
    made = ChoiceBox([(EVERY, every), *offered], EVERY)
    made.setAccessibleName(named)
    made.setFixedWidth(tokens.wide(204))
    return made


def _folded(line: AssetLine) -> str:
    one = line.asset
    return folded(
        " ".join((one.tag_no, one.designation, one.serial_no, one.brand_model, line.room, line.bed, line.grant))
    )


def _columns() -> list[TableColumn[AssetLine]]:
    conditions = [code for code, _ in code_lists.of("asset_condition")]
    return [
        TableColumn(words.text("Tag"), lambda one: one.asset.tag_no, BY_TEXT, bold=True, taken_as="tag_no"),
        TableColumn(
            words.text("Designation"),
            lambda one: one.asset.designation,
            lambda one: one.asset.designation.casefold(),
            taken_as="designation",
        ),
        TableColumn(
            words.text("Pieces"),
            lambda one: formats.number(one.asset.quantity) if one.asset.is_batch else "",
            lambda one: one.asset.quantity,
            "right",
            unit="",
            taken_as="quantity",
        ),
        TableColumn(
            words.text("Location"), lambda one: one.room, lambda one: one.room.casefold(), taken_as="location_room"
        ),
        TableColumn(words.text("Status"), _status, lambda one: one.asset.status, badge=_badge, taken_as="asset_status"),
        TableColumn(
            words.text("Condition"),
            lambda one: words.label("asset_condition", one.asset.condition),
            lambda one: conditions.index(one.asset.condition),
            gives_way=3,
            taken_as="asset_condition",
        ),
        TableColumn(
            words.text("Donor"),
            lambda one: words.label("donor", one.asset.donor),
            lambda one: one.asset.donor,
            gives_way=2,
            taken_as="donor",
        ),
        TableColumn(
            words.text("Category"),
            lambda one: words.label("asset_category", one.asset.category),
            BY_TEXT,
            gives_way=1,
            taken_as="asset_category",
        ),
    ]


def _status(line: AssetLine) -> str:
    told = words.label("asset_status", line.asset.status)
    is_elsewhere = line.is_lent and line.asset.status != ON_LOAN
    return words.text("{status}, on loan").format(status=told) if is_elsewhere else told


def _badge(line: AssetLine) -> State | None:
    """None for what is in use, as most things are."""
    state = state_of(line.asset.status)
    return None if state == "ok" else state
