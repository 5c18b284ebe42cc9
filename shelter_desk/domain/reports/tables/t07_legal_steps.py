"""T7, the way to justice: complaints filed, and the other steps of legal files (field 3.18, 4.3)."""

from shelter_desk.domain.casefile.legal import COMPLAINT
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Figure, Ref, Tally
from shelter_desk.domain.reports.lines import cell_of, reference_date

COMPLAINTS, OTHERS = "t7.complaints", "t7.legal_steps"
STEP = "legal_step"


def proceeded(facts: ReportFacts) -> dict[Ref, Figure]:
    """By the day of each step: complaints in all and in the cell of their stay, every other step by its kind."""
    tally = Tally(COMPLAINTS)
    stays = {stay.id: stay for stay in (*facts.stays, *facts.aside)}
    for step in facts.protection.legal_steps:
        if step.done_on is None or step.done_on not in facts.period:
            continue
        if step.kind != COMPLAINT:
            tally.add(OTHERS, step.stay, 1, ((STEP, step.kind),))
            continue
        stay = stays[step.stay]
        tally.add(
            COMPLAINTS, stay.id, 1, TOTAL, cell_of(facts.persons[stay.person], reference_date(stay, facts.period))
        )
    return tally.figures()
