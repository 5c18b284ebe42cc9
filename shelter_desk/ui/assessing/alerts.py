"""What of an assessment is seen above every tab of a record, by those who may open it."""

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import assessments
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record
from shelter_desk.words import assessments as in_words


def risk_alerts(desk: Desk, record: Record) -> list[str]:
    """Of the stay that goes on: a concern for a life, a high risk, a review that is late."""
    here = {one.stay.id for one in record.stays if one.stay.exited_at is None}
    if not here or not desk.may(Permission.CASE_SEE):
        return []
    line = next((one for one in assessments.of(desk, record.person.id) if one.assessment.stay in here), None)
    if line is None:
        return []
    found = []
    if "self_harm" in line.warnings and line.referred_on is None:
        found.append(in_words.warning("self_harm"))
    if line.assessment.risk_level == "eleve":
        found.append(words.text("High risk"))
    if line.days_late:
        found.append(words.text("Review of the risk: {late}").format(late=in_words.late(line.days_late)))
    return found
