"""The legal file of a person: complaint, lawyer, hearings, protection, court decision, compensation, as dated steps.

The person decides on each; help never depends on a complaint (field 3.18).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from shelter_desk.domain.checks import check_given, check_optional_code, check_order, check_required_code
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.ids import AppointmentId, LegalStepId, StayId

COMPLAINT, DECLINED, LAWYER, HEARING = "plainte", "refus_plainte", "avocat", "audience"
PROTECTION, VERDICT = "protection", "verdict"
ASKED, AWARDED, PAID = "indemnisation_demandee", "indemnisation_accordee", "indemnisation_versee"
Told = Literal["partner", "valid_until", "measure", "verdict", "amount_xof", "reference"]
# what is told of a step besides its day, the others left empty; first what each must say
REQUIRED: Mapping[str, tuple[Told, ...]] = MappingProxyType(
    {
        COMPLAINT: ("partner",),
        LAWYER: ("partner",),
        PROTECTION: ("measure",),
        VERDICT: ("verdict",),
        ASKED: ("amount_xof",),
        AWARDED: ("amount_xof",),
        PAID: ("amount_xof",),
    }
)
OPTIONAL: Mapping[str, tuple[Told, ...]] = MappingProxyType(
    {
        COMPLAINT: ("reference",),
        LAWYER: ("valid_until",),
        HEARING: ("partner", "reference"),
        PROTECTION: ("valid_until", "partner", "reference"),
        VERDICT: ("partner", "reference"),
        ASKED: ("partner",),
        AWARDED: ("partner", "reference"),
        PAID: ("partner",),
    }
)
# in which column of the register it stands; the reference is sealed and stands in none
COLUMNS: Mapping[Told, str] = MappingProxyType(
    {
        "partner": "partner",
        "valid_until": "valid_until",
        "measure": "protection_measure",
        "verdict": "verdict",
        "amount_xof": "amount_xof",
    }
)


class LegalStepGone(RuleBroken):
    """The step is not in the file any more: what wrote it was taken back."""


@dataclass(frozen=True, slots=True)
class LegalStep:
    """One step; its reference (the number of the complaint or of the case) is sealed and read apart.

    done_on: None for a hearing that was not held. valid_until: the last day of a protection, or of the
    work of a lawyer. partner: with whom, by the directory. appointment: of a hearing in the agenda.
    """

    id: LegalStepId
    legal_no: str
    stay: StayId
    kind: str
    done_on: date | None = None
    valid_until: date | None = None
    partner: str = ""
    measure: str = ""
    verdict: str = ""
    amount_xof: int | None = None
    appointment: AppointmentId | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Compensation:
    """What was asked, awarded and paid of all steps of a person, in XOF; None where no step says it."""

    asked: int | None = None
    awarded: int | None = None
    paid: int | None = None


def tells(kind: str) -> frozenset[Told]:
    """What a step of that kind may say."""
    return frozenset((*REQUIRED.get(kind, ()), *OPTIONAL.get(kind, ())))


def needs_consent(kind: str) -> bool:
    """Whether it stands on the consent to legal proceedings; that a person wants none is written all the same."""
    return kind != DECLINED


def whole(step: LegalStep) -> LegalStep:
    """The step without what its kind does not say. Raises Missing, NotInList, BadDates where something is wanting."""
    check_required_code("legal_step", step.kind)
    told = tells(step.kind)
    made = replace(
        step,
        valid_until=step.valid_until if "valid_until" in told else None,
        partner=step.partner.strip() if "partner" in told else "",
        measure=step.measure if "measure" in told else "",
        verdict=step.verdict if "verdict" in told else "",
        amount_xof=step.amount_xof if "amount_xof" in told else None,
    )
    check_given("done_on", made.done_on is not None or made.appointment is not None)
    for name in REQUIRED.get(step.kind, ()):
        check_given(COLUMNS[name], getattr(made, name))
    check_optional_code("protection_measure", made.measure)
    check_optional_code("verdict", made.verdict)
    check_order(made.done_on, made.valid_until)
    return made


def compensation(steps: Iterable[LegalStep]) -> Compensation:
    """The sums of these steps."""
    sums: dict[str, int] = {}
    for one in steps:
        if one.amount_xof is not None:
            sums[one.kind] = sums.get(one.kind, 0) + one.amount_xof
    return Compensation(sums.get(ASKED), sums.get(AWARDED), sums.get(PAID))
