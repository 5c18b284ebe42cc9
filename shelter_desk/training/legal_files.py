"""Legal files of an invented shelter: one that goes on before the court, one just begun, wishes for none."""

from datetime import date, datetime, time, timedelta
from typing import Any

from shelter_desk.domain.casefile import legal
from shelter_desk.training.consents import COURT, agree
from shelter_desk.training.facts import FactBook, Ref, last_day, staff, stay
from shelter_desk.training.house import Visit
from shelter_desk.training.services import PARTNERS

_ASKED = 1_500_000  # XOF


def write(book: FactBook) -> None:
    """Of the survivor steps up to a hearing to come, of the presumed victim a complaint, of two that none is wished."""
    for visit in book.house.visits:
        if visit.role == "survivor":
            _before_court(book, visit)
        elif visit.role == "presumed":
            _agree(book, visit, book.today - timedelta(days=9))
            _step(book, visit, legal.COMPLAINT, book.today - timedelta(days=8), COURT, reference="PV 214/EX")
        elif visit.role in ("danger", "trainee"):
            _step(book, visit, legal.DECLINED, visit.came + timedelta(days=5))


def _before_court(book: FactBook, visit: Visit) -> None:
    """Complaint, lawyer, protection, a hearing held, compensation asked, a hearing to come."""

    def ago(days: int) -> date:
        return max(visit.came, book.today - timedelta(days=days))

    _agree(book, visit, ago(41))
    _step(book, visit, legal.COMPLAINT, ago(40), COURT, reference="PV 187/EX")
    _step(book, visit, legal.LAWYER, ago(37), PARTNERS["jur"])
    kept = {"protection_measure": "interdiction_contact", "valid_until": book.today + timedelta(days=50)}
    _step(book, visit, legal.PROTECTION, ago(30), COURT, kept)
    held = _hearing(book, visit, ago(15), "fait")
    _step(book, visit, legal.HEARING, ago(15), COURT, {"appointment_id": held}, "RG 52/EX")
    _step(book, visit, legal.ASKED, ago(15), COURT, {"amount_xof": _ASKED})
    to_come = _hearing(book, visit, book.today + timedelta(days=6), "prevu")
    _step(book, visit, legal.HEARING, None, COURT, {"appointment_id": to_come}, "RG 52/EX")


def _agree(book: FactBook, visit: Visit, day: date) -> None:
    agree(book, visit, "demarches_justice", "donne", max(visit.came, day))


def _hearing(book: FactBook, visit: Visit, day: date, state: str) -> Ref:
    """Its line in the agenda, at nine."""
    values: dict[str, Any] = {
        "stay_id": stay(visit),
        "starts_at": datetime.combine(day, time(9)),
        "service_type": "jur_accomp",
        "partner": COURT,
        "step": "",
        "appointment_state": state,
        "responsible_id": staff("B"),
        "recorded_at": book.typed(min(day, book.yesterday) - timedelta(days=2)),
    }
    return book.add("appointments", values, visit.code)


def _step(
    book: FactBook,
    visit: Visit,
    kind: str,
    done_on: date | None,
    partner: str = "",
    more: dict[str, Any] | None = None,
    reference: str = "",
) -> None:
    day = None if done_on is None else min(done_on, last_day(visit, book))
    values = {
        "stay_id": stay(visit),
        "legal_step": kind,
        "done_on": day,
        "partner": partner,
        "recorded_at": book.typed(day or book.yesterday - timedelta(days=1)),
    }
    book.add("legal_steps", {**values, **(more or {})}, visit.code, {"reference": reference} if reference else None)
