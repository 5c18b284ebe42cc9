"""Assistance: what is given to residents, in parts under one row of segments."""

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.tabbed_page import Part, PartFace, PartsPage


def parts() -> tuple[Part, ...]:
    """The parts there are, in order; one more is one more line here, and its case in `face_of`."""
    return (
        Part("sheet", words.text("Day sheet"), "table", Permission.ASSIST_SEE),
        Part("activities", words.text("Activities"), "two-people", Permission.ASSIST_SEE, "activity"),
        Part("meals", words.text("Meals"), "home", Permission.ASSIST_SEE),
        Part("agenda", words.text("Agenda"), "calendar", Permission.ASSIST_SEE),
        Part("referrals", words.text("Referrals"), "send", Permission.ASSIST_SEE),
        Part("partners", words.text("Partners"), "list", Permission.ASSIST_SEE),
        Part("costs", words.text("Costs"), "document", Permission.ASSIST_SEE),
        Part("incidents", words.text("Incidents"), "flag", Permission.INCIDENT_REPORT),
        Part("places", words.text("Requests"), "arrive", Permission.ADMIT_PROVISIONAL),
    )


class AssistancePage(PartsPage):
    """The parts of this page."""

    key = "assistance"
    concerns = Changes(services=True, stays=True, rooms=True, cases=True, requests=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, words.text("Assistance"), parts(), parent)

    def face_of(self, key: str) -> PartFace:
        match key:
            case "sheet":
                from shelter_desk.ui.assistance.sheet_part import SheetPart

                return SheetPart(self.desk)
            case "activities":
                from shelter_desk.ui.assistance.activities_part import ActivitiesPart

                return ActivitiesPart(self.desk)
            case "meals":
                from shelter_desk.ui.assistance.meals_part import MealsPart

                return MealsPart(self.desk)
            case "agenda":
                from shelter_desk.ui.assistance.agenda_part import AgendaPart

                return AgendaPart(self.desk)
            case "referrals":
                from shelter_desk.ui.assistance.referrals_part import ReferralsPart

                return ReferralsPart(self.desk)
            case "partners":
                from shelter_desk.ui.assistance.partners_part import PartnersPart

                return PartnersPart(self.desk)
            case "costs":
                from shelter_desk.ui.assistance.costs_part import CostsPart

                return CostsPart(self.desk)
            case "incidents":
                from shelter_desk.ui.assistance.incidents_part import IncidentsPart

                return IncidentsPart(self.desk)
            case "places":
                from shelter_desk.ui.assistance.places_part import PlacesPart

                return PlacesPart(self.desk)
        return super().face_of(key)
