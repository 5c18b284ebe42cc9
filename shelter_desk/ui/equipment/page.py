"""Equipment, in parts under one row of segments."""

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.tabbed_page import Part, PartFace, PartsPage
from shelter_desk.words import equipment as _sentences  # noqa: F401 its refusals are said too


def parts() -> tuple[Part, ...]:
    """The parts there are, in order."""
    return (
        Part("register", words.text("Register"), "list", _register),
        Part("receptions", words.text("Receptions"), "truck", _receptions),
        Part("counts", words.text("Inventory"), "barcode", _counts),
        Part("maintenance", words.text("Maintenance"), "wrench", _maintenance),
        Part("donors", words.text("Donors and grants"), "flag", _donors),
        Part("month", words.text("Month"), "report", _month),
    )


def _register(desk: Desk) -> PartFace:
    from shelter_desk.ui.equipment.register_part import RegisterPart

    return RegisterPart(desk)


def _receptions(desk: Desk) -> PartFace:
    from shelter_desk.ui.equipment.receptions_part import ReceptionsPart

    return ReceptionsPart(desk)


def _counts(desk: Desk) -> PartFace:
    from shelter_desk.ui.equipment.counts_part import CountsPart

    return CountsPart(desk)


def _maintenance(desk: Desk) -> PartFace:
    from shelter_desk.ui.equipment.maintenance_part import MaintenancePart

    return MaintenancePart(desk)


def _donors(desk: Desk) -> PartFace:
    from shelter_desk.ui.equipment.donors_part import DonorsPart

    return DonorsPart(desk)


def _month(desk: Desk) -> PartFace:
    from shelter_desk.ui.equipment.month_part import MonthPart

    return MonthPart(desk)


class EquipmentPage(PartsPage):
    """The parts of this page."""

    key = "equipment"
    concerns = Changes(assets=True, rooms=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, words.text("Equipment"), parts(), parent)
