"""What each form asks: fields beside which refusals are said, what a draft keeps, where Tab stops, labels.

All of it is kept in `form_fields.txt`, form by form, so that no field is lost when a form is written anew.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment, equipment_counts, maintenance
from shelter_desk.operations.residents import documents, residents
from shelter_desk.operations.residents.documents import NewDocument
from shelter_desk.operations.stock import stock
from shelter_desk.ui.assistance.agenda_part import AppointmentForm
from shelter_desk.ui.assistance.incident_form import IncidentForm
from shelter_desk.ui.assistance.place_form import PlaceRequestForm
from shelter_desk.ui.equipment.asset_view import AssetForm
from shelter_desk.ui.equipment.count_view import CloseForm
from shelter_desk.ui.equipment.counts_part import BeginForm
from shelter_desk.ui.equipment.happening_form import FaultForm, HappeningForm, LendForm, LoanBackForm, MendedForm
from shelter_desk.ui.equipment.receptions_part import ReceptionForm
from shelter_desk.ui.forms import drafting, reading_order
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.residents.record import record_tabs
from shelter_desk.ui.stock.item_form import ItemForm
from shelter_desk.ui.stock.receipt_form import ReceiptForm
from shelter_desk.ui.stock.slip_form import SlipForm
from shelter_desk.ui.stock.to_equipment_form import ToEquipmentForm
from shelter_desk.ui.stock.write_off_form import WriteOffForm
from tests.operations import campaign_scene
from tests.operations import store_scene as scene
from tests.operations.campaign_scene import _ticket
from tests.operations.case_scene import paper_file
from tests.operations.equipment.test_lending import PHONE
from tests.operations.shelter import small_shelter
from tests.ui.conftest import questions, reason_of_reading
from tests.ui.forms.every_form_scene import FACTS, NAMES, woman

__all__ = ["questions", "reason_of_reading"]
KEPT = Path(__file__).with_name("form_fields.txt")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def over_a_record(desk: Desk, name: str) -> ActForm:
    made, at = FACTS.get(name, woman)(desk)
    if name == "document_out":
        documents.take_in(desk, made.person, paper_file(desk.folder), NewDocument("passeport", "Passeport"), made.stay)
        at = str(documents.of(desk, made.person)[0].document.id)
    record = residents.record(desk, made.person)
    form = record_tabs.form(desk, record, record.stays[-1], name, at)
    assert form is not None
    return form


def _asset(desk: Desk) -> Asset:
    equipment.add_assets(desk, PHONE)
    return equipment.register(desk)[0].asset


def _mended(desk: Desk) -> ActForm:
    maintenance.report_fault(desk, _ticket(_asset(desk).id))
    line = maintenance.tickets(desk)[0]
    return MendedForm(desk, line.ticket, line.asset)


def _closed(desk: Desk) -> ActForm:
    campaign_scene.begun(desk)
    return CloseForm(desk, equipment_counts.listed(desk)[0].campaign)


def _to_equipment(desk: Desk) -> ActForm:
    soap = scene.soap(desk)
    scene.came(desk, soap, 90_000)
    return ToEquipmentForm(desk, stock.card(desk, soap))


ELSEWHERE: dict[str, Callable[[Desk], ActForm]] = {
    "appointment": lambda desk: AppointmentForm(desk, desk.today()),
    "asset": AssetForm,
    "asset corrected": lambda desk: AssetForm(desk, _asset(desk)),
    "asset happening": lambda desk: HappeningForm(desk, [_asset(desk)], "reforme"),
    "asset moved": lambda desk: HappeningForm(desk, [_asset(desk)], "affectation"),
    "fault": lambda desk: FaultForm(desk, _asset(desk)),
    "mended": _mended,
    "lend": lambda desk: LendForm(desk, [_asset(desk)]),
    "loan back": lambda desk: LoanBackForm(desk, [_asset(desk)]),
    "reception": ReceptionForm,
    "inventory": BeginForm,
    "inventory closed": _closed,
    "incident": IncidentForm,
    "place request": PlaceRequestForm,
    "item": lambda desk: ItemForm(desk, None),
    "receipt": ReceiptForm,
    "slip": SlipForm,
    "slip asked": lambda desk: SlipForm(desk, asks=True),
    "to equipment": _to_equipment,
    "write off": WriteOffForm,
}


def called(form: QWidget, sought: object, deep: int = 2) -> str:
    """By which attribute the form, or a part of it, holds that widget; "" where none does."""
    if sought is None:
        return ""
    for name, one in vars(form).items():
        if one is sought and name != "first":
            return name
    for name, part in vars(form).items():
        inner = called(part, sought, deep - 1) if deep and isinstance(part, QWidget) and part is not form else ""
        if inner and name != "first":
            return f"{name}.{inner}"
    return ""


def told(form: ActForm, name: str) -> str:
    """Its paragraph in the file."""
    drafted = form.drafted or ({} if name in NAMES else drafting.editors_of(form))
    fields = sorted(f"{key}={called(form, one)}" for key, one in form.fields.items())
    kept = sorted(called(form, one) or key for key, one in drafted.items())
    form.begin()
    first = form.first or next(iter(form.fields.values()), None)
    stops = [one.accessibleName() or type(one).__name__ for one in reading_order.stops(form, form.last_stops())]
    number = r"[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]|\d+"
    title, verb = (re.sub(number, "…", one.text()) for one in (form.title, form.verb))
    labels = sorted(one.label.text() + "*" * one.required for one in form.findChildren(Field))
    when = called(form, form.fields.get(form.when))
    return "\n".join(
        [
            f"[{name}] {type(form).__name__}: {title} / {verb}",
            f"  fields: {' '.join(fields)}",
            f"  drafted: {' '.join(kept)}",
            f"  first: {called(form, first)}, days: {when}",
            f"  tab: {' | '.join(stops)}",
            f"  labels: {' | '.join(labels)}",
        ]
    )


def asked(paragraph: str) -> tuple[set[str], list[str]]:
    """The fields by key, and the other lines."""
    lines = paragraph.strip().splitlines()
    return set(lines[1].removeprefix("  fields:").split()), [lines[0], *lines[2:]]


@pytest.mark.parametrize("name", [*(name for name in NAMES if name != "interview"), *ELSEWHERE])
def test_a_form_asks_what_it_asked_before(qtbot: QtBot, desk: Desk, name: str) -> None:
    form = over_a_record(desk, name) if name in NAMES else ELSEWHERE[name](desk)
    qtbot.addWidget(form)
    form.resize(1100, 1400)
    form.show()
    kept = {one.partition("]")[0]: one for one in KEPT.read_text("utf-8").split("\n\n")}
    fields, others = asked(kept[f"[{name}"])
    found, found_others = asked(told(form, name))
    assert (fields - found, found_others) == (set(), others)
