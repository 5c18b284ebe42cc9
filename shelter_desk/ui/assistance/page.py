"""Assistance: what is given to residents, in parts under one row of segments."""

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.tabbed_page import Part, PartFace, PartsPage


def parts() -> tuple[Part, ...]:
    """The parts there are, in order; one more is one more line here."""
    return (
        Part("sheet", words.text("Day sheet"), "table", _sheet, Permission.ASSIST_SEE),
        Part("activities", words.text("Activities"), "two-people", _activities, Permission.ASSIST_SEE, "activity"),
        Part("meals", words.text("Meals"), "home", _meals, Permission.ASSIST_SEE),
        Part("agenda", words.text("Agenda"), "calendar", _agenda, Permission.ASSIST_SEE),
        Part("referrals", words.text("Referrals"), "send", _referrals, Permission.ASSIST_SEE),
        Part("partners", words.text("Partners"), "list", _partners, Permission.ASSIST_SEE),
        Part("costs", words.text("Costs"), "document", _costs, Permission.ASSIST_SEE),
        Part("incidents", words.text("Incidents"), "flag", _incidents, Permission.INCIDENT_REPORT),
        Part("places", words.text("Requests"), "arrive", _places, Permission.ADMIT_PROVISIONAL),
    )


def _sheet(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.sheet_part import SheetPart

    return SheetPart(desk)


def _activities(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.activities_part import ActivitiesPart

    return ActivitiesPart(desk)


def _meals(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.meals_part import MealsPart

    return MealsPart(desk)


def _agenda(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.agenda_part import AgendaPart

    return AgendaPart(desk)


def _referrals(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.referrals_part import ReferralsPart

    return ReferralsPart(desk)


def _partners(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.partners_part import PartnersPart

    return PartnersPart(desk)


def _costs(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.costs_part import CostsPart

    return CostsPart(desk)


def _incidents(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.incidents_part import IncidentsPart

    return IncidentsPart(desk)


def _places(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.places_part import PlacesPart

    return PlacesPart(desk)


class AssistancePage(PartsPage):
    """The parts of this page."""

    key = "assistance"
    concerns = Changes(services=True, stays=True, rooms=True, cases=True, requests=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, words.text("Assistance"), parts(), parent)
