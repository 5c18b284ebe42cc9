"""The register: thousands of lines searched and filtered at once, one of them beside the list."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.codes import folded
from shelter_desk.domain.equipment.assets import GONE, ON_LOAN, TO_MEND, Asset
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import dossiers, equipment
from shelter_desk.operations.equipment.equipment import AssetLine
from shelter_desk.ui import tokens
from shelter_desk.ui.equipment import choices, paper
from shelter_desk.ui.equipment.asset_form import AssetForm
from shelter_desk.ui.equipment.asset_view import BACK, CORRECT, FAULT, LEND, PHOTO, AssetView, state_of
from shelter_desk.ui.equipment.happening_form import FaultForm, HappeningForm
from shelter_desk.ui.equipment.lending_forms import LendForm, LoanBackForm
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.table import TableColumn, TableRows, TableView
from shelter_desk.ui.page import Told
from shelter_desk.ui.tabbed_page import FormFace, focus
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.panel import SidePanel
from shelter_desk.words import formats

EVERY = "all"
_CHIPS = ("here", "lent", "mend", "gone", "all")


def _in(line: AssetLine, chip: str) -> bool:
    one = line.asset
    return {
        "here": one.is_here,
        "lent": line.is_lent,
        "mend": one.status in TO_MEND,
        "gone": one.status in GONE,
        "all": True,
    }[chip]


class RegisterPart(FormFace):
    """Search, chips and lists choose what is shown; Enter opens a line, several are chosen with Shift."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: tuple[AssetLine, ...] = ()
        self._said: list[tuple[str, AssetLine]] = []
        self.view: AssetView | None = None
        self.search = LineField(words.text("Search: tag, thing, serial number, place"))
        texts = (
            words.text("Here"),
            words.text("On loan"),
            words.text("To mend"),
            words.text("Left the register"),
            words.text("Everything"),
        )
        self.chips = ChipBar([(code, text, None) for code, text in zip(_CHIPS, texts, strict=True)])
        self.category = ChoiceBox([(EVERY, words.text("Every category")), *choices.of("asset_category")], EVERY)
        self.category.setAccessibleName(words.text("Category"))
        self.donor = ChoiceBox([(EVERY, words.text("Every donor")), *choices.of("donor")], EVERY)
        self.donor.setAccessibleName(words.text("Donor"))
        self.place = ChoiceBox([(EVERY, words.text("Every place"))], EVERY)
        self.place.setAccessibleName(words.text("Location"))
        self.add_button = Button(words.text("Add…"), "primary", "plus")
        self.labels_button = Button(words.text("Labels…"), "plain", "barcode")
        self.sheet_button = Button(words.text("Sheet of a room…"), "plain", "print")
        self.rows: TableRows[AssetLine] = TableRows(_columns(), self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(words.text("Register of equipment"))
        self.panel = SidePanel()
        self.panel.hide()
        may_edit = desk.may(Permission.ASSETS_EDIT)
        if not may_edit:
            self.add_button.hide()
        self.empty = Empty(
            "cabinet",
            words.text("No equipment yet"),
            words.text("Beds, mattresses, tables, generator: each thing gets a tag, a donor and a place."),
            words.text("Add…") if may_edit else None,
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = Flow(tokens.SPACE_2, tokens.SPACE, bottom=True)
        self.search.setFixedWidth(tokens.wide(300))
        for box in (self.category, self.donor, self.place):
            box.setFixedWidth(tokens.wide(190))
        head.add(self.search, self.category, self.donor, self.place)
        head.add(self.chips, self.add_button, self.labels_button, self.sheet_button)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(self.panel)
        self.lay_list(head, beside, self.empty)

    def _connect(self) -> None:
        self.search.changed.connect(self._filter)
        self.chips.chosen.connect(self._filter)
        for box in (self.category, self.donor, self.place):
            box.chosen.connect(self._filter)
        self.add_button.clicked.connect(self.add)
        self.empty.started.connect(self.add)
        self.labels_button.clicked.connect(self.print_labels)
        self.sheet_button.clicked.connect(self.print_room)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._clicked)
        self.panel.closed.connect(self._closed)

    # The list ---------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        chosen = [one.id for one in self.view.assets] if self.view is not None else []
        self._lines = equipment.register(self.desk)
        self._said = [(_folded(one), one) for one in self._lines]
        self.chips.set_counts({code: sum(_in(one, code) for one in self._lines) for code in _CHIPS})
        places = sorted({one.room for one in self._lines if one.room})
        self.place.set_choices([(EVERY, words.text("Every place")), *((name, name) for name in places)])
        if self.place.value() is None:
            self.place.choose(EVERY)
        self.show_found(self._lines, hide_acts=True)
        self._show()
        if chosen:
            self._open_again(chosen)

    def _show(self) -> None:
        wanted = [folded(word) for word in self.search.text().split()]
        chips = self.chips.on()
        category, donor, place = (box.value() or EVERY for box in (self.category, self.donor, self.place))
        self.rows.show(
            [
                one
                for said, one in self._said
                if all(word in said for word in wanted)
                and (not chips or _in(one, chips[0]))
                and category in (EVERY, one.asset.category)
                and donor in (EVERY, one.asset.donor)
                and place in (EVERY, one.room)
            ]
        )

    @Slot(str)
    def _filter(self, _code: str) -> None:
        self._show()

    def set_first(self) -> None:
        if self.form is not None:
            self.form.begin()
        elif self.view is not None and self.panel.isVisible():
            self.view.set_first()
        elif self._lines:
            focus(self.search)
        else:
            focus(self.empty.button)

    # One line or several ----------------------------------------------------------------------------------------------

    def chosen(self) -> list[Asset]:
        """The assets of the lines chosen in the table, in its order."""
        places = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        return [self.rows.row(place).asset for place in places]

    @Slot(object)
    def _open(self, _line: AssetLine) -> None:
        self.show_chosen(self.chosen())
        if self.view is not None:
            self.view.set_first()

    @Slot()
    def _clicked(self) -> None:
        self.show_chosen(self.chosen())

    def show_chosen(self, assets: Sequence[Asset]) -> None:
        """Show them beside the list."""
        if not assets:
            return
        self._drop_view()
        try:
            self.view = AssetView(self.desk, assets)
        except ShelterDeskError as error:
            self.fail(error)
            return
        self.view.wanted.connect(self.act)
        if len(assets) == 1:
            self.panel.name_it(assets[0].tag_no, assets[0].designation)
        else:
            pieces = sum(one.quantity for one in assets)
            self.panel.name_it(
                words.count("{n} asset", "{n} assets", len(assets)), words.count("{n} piece", "{n} pieces", pieces)
            )
        self.panel.body.addWidget(self.view)
        self.panel.body.addStretch(1)
        self.panel.show()

    def _open_again(self, keys: Sequence[int]) -> None:
        self.show_chosen([one.asset for one in self._lines if one.asset.id in keys])
        place = next((at for at, one in enumerate(self.rows.rows()) if one.asset.id in keys), None)
        if place is not None:
            self.table.go_to(place)

    def open_at(self, at: str) -> None:
        """That asset beside the list, or the lines of a chip."""
        if not self._lines:
            self.look_again()
        self.search.set_text("")
        for box in (self.category, self.donor, self.place):
            box.choose(EVERY)
        self.chips.switch(at if at in _CHIPS else EVERY)
        self._show()
        if at.isdecimal():
            self._open_again([int(at)])

    def _drop_view(self) -> None:
        self.panel.clear()
        self.view = None

    @Slot()
    def _closed(self) -> None:
        self._drop_view()
        focus(self.table)

    @Slot(str)
    def act(self, act: str) -> None:
        """Open the form of that act for the assets shown."""
        if self.view is None:
            return
        assets = self.view.assets
        keys = ",".join(str(one.id) for one in assets)
        if act == CORRECT:
            self.open_form(AssetForm(self.desk, assets[0]), f"asset/{assets[0].id}")
        elif act == FAULT:
            self.open_form(FaultForm(self.desk, assets[0]), f"fault/{assets[0].id}")
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
            self.add()
            return
        act, _, keys = at.rpartition("/")
        self.look_again()
        self.show_chosen([one.asset for one in self._lines if str(one.asset.id) in keys.split(",")])
        act = {"asset": CORRECT, "fault": FAULT, "lend": LEND, "back": BACK}.get(kind, act)
        if self.view is not None and act in self.view.buttons:
            self.act(act)

    def _keep_photo(self, asset: Asset) -> None:
        title = words.text("Photo of the thing, never of a resident")
        path = files.choose_to_open(self, title, words.text("Pictures (*.png *.jpg *.jpeg)"))
        if path is None:
            return
        try:
            done = dossiers.keep_photo(self.desk, asset.id, path)
        except ShelterDeskError as error:
            self.fail(error)
        else:
            self.told.emit(Told("ok", words.text("Photo of {tag} kept.").format(tag=asset.tag_no), done))
            QTimer.singleShot(0, self, self.look_again)

    @Slot()
    def add(self) -> None:
        """The form of new things."""
        self.open_form(AssetForm(self.desk), "asset/")

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
        lines = [one for one in self._lines if one.asset.is_here and place in (EVERY, None, one.room)]
        shelter = settings.read(self.desk).shelter_name
        self._say(paper.rooms(self, lines, self.desk.today(), self.desk.is_training, shelter))

    def _say(self, told: str) -> None:
        if told:
            self.told.emit(Told("ok", told))
        self.labels_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _folded(line: AssetLine) -> str:
    one = line.asset
    return folded(
        " ".join((one.tag_no, one.designation, one.serial_no, one.brand_model, line.room, line.bed, line.grant))
    )


def _columns() -> list[TableColumn[AssetLine]]:
    return [
        TableColumn(words.text("Tag"), lambda one: one.asset.tag_no, lambda one: one.asset.tag_no, bold=True),
        TableColumn(
            words.text("Designation"), lambda one: one.asset.designation, lambda one: one.asset.designation.casefold()
        ),
        TableColumn(
            words.text("Pieces"),
            lambda one: formats.number(one.asset.quantity) if one.asset.is_batch else "",
            lambda one: one.asset.quantity,
            "right",
        ),
        TableColumn(words.text("Location"), lambda one: one.room, lambda one: one.room.casefold()),
        TableColumn(
            words.text("Status"),
            _status,
            lambda one: one.asset.status,
            ink=_ink,
        ),
        TableColumn(
            words.text("Condition"),
            lambda one: words.label("asset_condition", one.asset.condition),
            _condition,
            gives_way=3,
        ),
        TableColumn(
            words.text("Donor"),
            lambda one: words.label("donor", one.asset.donor),
            lambda one: one.asset.donor,
            gives_way=2,
        ),
        TableColumn(words.text("Category"), _category, _category, gives_way=1),
    ]


def _category(line: AssetLine) -> str:
    return words.label("asset_category", line.asset.category)


def _status(line: AssetLine) -> str:
    told = words.label("asset_status", line.asset.status)
    is_elsewhere = line.is_lent and line.asset.status != ON_LOAN
    return words.text("{status}, on loan").format(status=told) if is_elsewhere else told


def _condition(line: AssetLine) -> int:
    return [code for code, _ in choices.of("asset_condition")].index(line.asset.condition)


def _ink(line: AssetLine) -> str | None:
    state = state_of(line.asset.status)
    return {"neutral": "ink2", "ok": None}.get(state, state)
