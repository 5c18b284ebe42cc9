"""Donors and grants: what each gave, and the dossier that a visit asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.equipment.assets import Asset, Grant
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import GrantId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import USUAL
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import dossiers, equipment
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import TableColumn
from shelter_desk.ui.page import Told
from shelter_desk.ui.sending import gate
from shelter_desk.ui.sending.gate import GateDialog
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats


class GrantForm(ActForm):
    """A grant: as the shelter calls it, whose it is, its days."""

    when = "ended_on"

    def __init__(self, desk: Desk, grant: Grant | None = None) -> None:
        super().__init__(desk, words.text("Grant"), words.text("Save"), "check")
        self._grant = grant
        today = desk.today()
        self.code = LineField(words.text("Code"), required=True, placeholder="USA-2026", key="grant_code")
        self.donor = CodeField(words.text("Donor"), "donor", required=True)
        self.name = LineField(words.text("Title"))
        self.agreement = LineField(words.text("Agreement no."))
        self.currency = LineField(words.text("Currency"), text="XOF" if grant is None else grant.currency)
        self.start = DayField(words.text("From"), today, kind="ahead")
        self.end = DayField(words.text("Until"), today, kind="ahead")
        self.row((self.code, 200), (self.donor, 300))
        self.row((self.name, 420), (self.agreement, 220))
        self.row((self.start, 160), (self.end, 160), (self.currency, 160))
        self.first = self.code
        if grant is not None:
            self.code.set_text(grant.code)
            self.name.set_text(grant.title)
            self.agreement.set_text(grant.agreement_no)
            self.donor.choose(grant.donor)
            self.start.set_day(grant.started_on)
            self.end.set_day(grant.ended_on)

    def act(self) -> Told:
        made = Grant(
            GrantId(0) if self._grant is None else self._grant.id,
            self.code.text(),
            self.donor.code(),
            self.name.text(),
            self.agreement.text(),
            self.start.day(),
            self.end.day(),
            self.currency.text() or "XOF",
        )
        done = equipment.keep_grant(self.desk, made)
        return Told("ok", words.text("Grant {code} saved.").format(code=made.code), done)


@dataclass(frozen=True, slots=True)
class GivenByDonor:
    """A grant, or a donor as a whole where grant is None, with the pieces and how many are still here."""

    donor: str
    grant: Grant | None
    pieces: int
    here: int
    to_mend: int


class DonorsPart(ListRoom[GivenByDonor]):
    """One line for each donor and each of its grants; Enter writes the dossier."""

    of_persons = False
    opens_beside = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _columns(), words.text("Donors and grants"))
        self.gate: GateDialog | None = None
        self.dossier_button = Button(words.text("Write the dossier…"), "primary", "document", on_click=self.write)
        self.change_button = Button(words.text("Change the grant…"), "plain", "pencil", on_click=self.change)
        self.add_button = Button(words.text("New grant…"), "plain", "plus", on_click=self.begin)
        if not desk.may(Permission.ASSETS_EDIT):
            self.add_button.hide()
            self.change_button.hide()
        told = words.text(
            "The dossier is an Excel workbook: equipment received, in place, moved, broken, lost, written off; "
            "consumables received and left."
        )
        buttons = [self.change_button, self.add_button, self.dossier_button]
        hint = Label(told, size="small", ink="ink2", wrap=True)
        self.lay_out(head_row(wide=hint, right=buttons, spacing=tokens.SPACE_2))
        self.table.selected.connect(self._selected)
        self.change_button.setEnabled(False)

    @Slot(object)
    def _selected(self, one: GivenByDonor | None) -> None:
        """A donor as a whole has no grant to change."""
        self.change_button.setEnabled(one is not None and one.grant is not None)

    def ask(self) -> Sequence[GivenByDonor]:
        assets = [one.asset for one in equipment.register(self.desk)]
        found = []
        for donor, _ in code_lists.of("donor"):
            mine = [one for one in assets if one.donor == donor]
            granted = [one for one in equipment.grants(self.desk) if one.donor == donor]
            if mine or granted:
                found.append(_given(donor, None, mine))
                found += [_given(donor, one, [a for a in mine if a.grant == one.id]) for one in granted]
        return found

    def key_of(self, line: GivenByDonor) -> int:
        """The number of the grant, 0 for a donor as a whole."""
        return 0 if line.grant is None else line.grant.id

    def first_of_head(self) -> QWidget:
        return self.add_button

    @Slot()
    def change(self) -> None:
        """The grant chosen."""
        one = self.table.current()
        if one is not None and one.grant is not None:
            self.edit(one)

    def form_of(self, line: GivenByDonor | None) -> tuple[GrantForm, str]:
        grant = None if line is None else line.grant
        return GrantForm(self.desk, grant), f"grant/{'' if grant is None else grant.id}"

    @Slot(object)
    def enter(self, _line: GivenByDonor) -> None:
        self.write()

    @Slot()
    def write(self) -> None:
        """The dossier of the line chosen, where the person says."""
        if self.table.current() is not None:
            title = words.text("To whom does the dossier go?")
            self.gate = gate.ask(self, self.desk, title, self._write, level=USUAL, purpose="bailleur")

    def _write(self, answers: GateAnswers) -> None:
        one = self.table.current()
        if one is None:
            return
        name = words.text("equipment-dossier.xlsx")
        path = files.choose_to_save(self, words.text("Donor’s dossier"), name, "Excel (*.xlsx)")
        if path is None:
            return
        grant = None if one.grant is None else one.grant.id
        try:
            dossiers.write_dossier(self.desk, path, grant, one.donor, answers)
        except ShelterDeskError as error:
            self.fail(error)
        else:
            self.tell(words.text("Dossier written: {file}.").format(file=path.name))


def _given(donor: str, grant: Grant | None, assets: Sequence[Asset]) -> GivenByDonor:
    pieces = sum(one.quantity for one in assets)
    here = sum(one.quantity for one in assets if one.is_here)
    mend = sum(one.quantity for one in assets if one.status in ("en_panne", "en_reparation", "hors_service"))
    return GivenByDonor(donor, grant, pieces, here, mend)


def _columns() -> list[TableColumn[GivenByDonor]]:
    return [
        TableColumn(words.text("Donor"), lambda one: words.label("donor", one.donor), bold=True),
        TableColumn(words.text("Grant"), lambda one: one.grant.code if one.grant else words.text("all its equipment")),
        TableColumn(words.text("Title"), lambda one: one.grant.title if one.grant else "", gives_way=1),
        TableColumn(words.text("Received in all"), lambda one: formats.number(one.pieces), alignment="right", unit=""),
        TableColumn(words.text("Here"), lambda one: formats.number(one.here), alignment="right", unit=""),
        TableColumn(
            words.text("To mend"),
            lambda one: formats.number(one.to_mend),
            alignment="right",
            unit="",
            ink=lambda one: "attention" if one.to_mend else "ink2",
        ),
        TableColumn(
            words.text("Left the register"),
            lambda one: formats.number(one.pieces - one.here),
            alignment="right",
            unit="",
        ),
    ]
