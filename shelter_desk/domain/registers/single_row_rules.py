"""What is wrong with an incoming row by itself: its dates, its ages, what it leaves out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from shelter_desk.domain.assistance.assistance import LODGING
from shelter_desk.domain.assistance.referrals import SERVED, UNSERVED, State
from shelter_desk.domain.casefile.legal import COLUMNS, tells
from shelter_desk.domain.equipment.assets import WHOLE, WRITE_OFF
from shelter_desk.domain.equipment.inspections import DEFECT
from shelter_desk.domain.errors import (
    BadDates,
    BadNumber,
    CodeTaken,
    InTheFuture,
    LodgingDerived,
    Missing,
    NoNightAllowed,
    NoSuch,
    NotInList,
    RuleBroken,
)
from shelter_desk.domain.moments import before, plain
from shelter_desk.domain.registers import former_families, stock
from shelter_desk.domain.registers.refusals import NothingWrong, NotSaidOfStep
from shelter_desk.domain.registers.rows import NOT_HELD, Values
from shelter_desk.domain.stays.stays import REDIRECTED, VOID

# how far ahead a register may reach: the clock of an old computer runs behind more often than a register lies
AHEAD = timedelta(days=62)
MOST = 1_000_000_000  # pieces, or francs
OLDEST = 1900
Problem = tuple[str, RuleBroken]  # column, reason


def own_problem(name: str, values: Values, latest: datetime) -> Problem | None:
    """What is wrong with a row by itself. latest: until when facts are believed, `AHEAD` of now."""
    for start, end in _ENDS.get(name, ()):
        first, last = values.get(start), values.get(end)
        if first is not None and last is not None and before(last, first):
            return end, BadDates(first, last)
    for column in _FACTS.get(name, ()):
        moment = values.get(column)
        if moment is not None and before(latest, moment):
            return column, InTheFuture(moment)
    for column in _DAYS.get(name, ()):
        day = values.get(column)
        if day is not None and day > latest.date():
            return column, InTheFuture(plain(day))
    return _PROBLEMS[name](values) if name in _PROBLEMS else None


_ENDS = {
    "lits": (("in_service_from", "in_service_to"),),
    "lits_chambres": (("from", "to"),),
    "etats_lits": (("from", "to"),),
    "sejours": (("admitted_at", "exited_at"),),
    "couchages": (("from", "to"),),
    "absences": (("from", "to"),),
}
_DAYS = {
    "personnes": ("birth_date", "age_estimated_on"),
    "statuts_victime": ("decided_on",),
    "services": ("service_on",),
    "referencements": ("issued_on", "accepted_on", "served_on", "closed_on"),
    "etapes_judiciaires": ("done_on",),
    "immobilisations": ("acquired_on",),
    "evenements_biens": ("event_on",),
    "inspections": ("inspected_on",),
    "mouvements": ("moved_on",),
}
_FACTS = {"sejours": ("admitted_at", "exited_at"), "couchages": ("from",), "lits_chambres": ("to",)}


def _stay_problem(values: Values) -> Problem | None:
    admitted, exited, reason = values["admitted_at"], values.get("exited_at"), values.get("exit_reason")
    if reason and exited is None and reason != VOID:
        return "exited_at", Missing("exited_at")
    if values.get("head_stay_no") == values["stay_no"]:
        return "head_stay_no", NoSuch("stay", str(values["head_stay_no"]))
    if reason == REDIRECTED and exited is not None and exited.date() != admitted.date():
        return "exit_reason", NoNightAllowed(values["stay_no"])
    return former_families.problem(values)


def _room_problem(values: Values) -> Problem | None:
    surface = values.get("surface_m2")
    return ("surface_m2", NotInList("surface_m2", f"{surface:g}")) if surface is not None and surface <= 0 else None


def _placement_problem(values: Values) -> Problem | None:
    return None if values["place"] == "appoint" or values.get("bed_code") else ("bed_code", Missing("bed_code"))


def _person_problem(values: Values) -> Problem | None:
    for column in ("birth_date", "age_estimated_on"):
        born: date | None = values.get(column)
        if born is not None and born.year < OLDEST:
            return column, NotInList(column, born.isoformat())
    if values.get("age_estimated") is not None and not 0 <= values["age_estimated"] <= 120:
        return "age_estimated", BadNumber("age_estimated", str(values["age_estimated"]))
    return None


def _state_problem(values: Values) -> Problem | None:
    is_known = values["bed_state"] in ("maintenance", "hors_service", "quarantaine")
    return None if is_known else ("bed_state", NotInList("bed_state", values["bed_state"]))


def _service_problem(values: Values) -> Problem | None:
    if NOT_HELD in values:
        return "service_no", CodeTaken("service", str(values["service_no"]))
    if values["service_type"] == LODGING:
        return "service_type", LodgingDerived()
    if not 0 < values["quantity"] <= MOST:
        return "quantity", BadNumber("quantity", f"{values['quantity']:g}")
    if not 0 <= (values.get("cost_xof") or 0) <= MOST:
        return "cost_xof", BadNumber("cost_xof", str(values["cost_xof"]))
    return _too_old(values, "service_on")


def _referral_problem(values: Values) -> Problem | None:
    """What the days of the state machine cannot be: before the issue, a service before it was accepted.

    What has ended has its day, else it would count as open for ever (interfaces.md 4, T7).
    """
    issued, accepted, served = values["issued_on"], values.get("accepted_on"), values.get("served_on")
    for column in ("accepted_on", "served_on", "closed_on"):
        day = values.get(column)
        if day is not None and day < issued:
            return column, BadDates(plain(issued), plain(day))
    if accepted is not None and served is not None and served < accepted:
        return "served_on", BadDates(plain(accepted), plain(served))
    state: State = values["status"]
    closed = values.get("closed_on")
    if state in SERVED and served is not None and closed is not None and closed < served:
        return "closed_on", BadDates(plain(served), plain(closed))
    if state in SERVED and served is None and closed is None:
        return "served_on", Missing("served_on")
    if state in UNSERVED and closed is None:
        return "closed_on", Missing("closed_on")
    return _too_old(values, "issued_on")


def _legal_step_problem(values: Values) -> Problem | None:
    """A hearing of the agenda has its day there; a step says nothing that only others say (field 3.18)."""
    if NOT_HELD in values:
        return "legal_no", CodeTaken("legal_step", str(values["legal_no"]))
    kind, done, until = values["legal_step"], values["done_on"], values.get("valid_until")
    for told, column in COLUMNS.items():
        if values.get(column) not in (None, "") and told not in tells(kind):
            return column, NotSaidOfStep(kind, column)
    if until is not None and until < done:
        return "valid_until", BadDates(plain(done), plain(until))
    if not 0 < values.get("amount_xof", 1) <= MOST:
        return "amount_xof", BadNumber("amount_xof", str(values["amount_xof"]))
    return _too_old(values, "done_on")


def _inspection_problem(values: Values) -> Problem | None:
    """A defect says what is wrong, and nothing else does."""
    is_defect = values["inspection_finding"] == DEFECT
    if is_defect and not values.get("problem"):
        return "problem", Missing("problem")
    return ("problem", NothingWrong()) if values.get("problem") and not is_defect else _too_old(values, "inspected_on")


def _asset_problem(values: Values) -> Problem | None:
    if not 0 < values.get("quantity", 1) <= MOST:
        return "quantity", BadNumber("quantity", str(values["quantity"]))
    if not 0 <= (values.get("cost_xof") or 0) <= MOST:
        return "cost_xof", BadNumber("cost_xof", str(values["cost_xof"]))
    if not 0 <= (values.get("award_share") or 0) <= WHOLE:
        return "award_share", BadNumber("award_share", str(values["award_share"]))
    return _too_old(values, "acquired_on")


def _event_problem(values: Values) -> Problem | None:
    """A-02: no write-off without minutes. The agreement of the donor has no column and becomes a task."""
    if values["asset_event"] == WRITE_OFF and not values.get("pv_no"):
        return "pv_no", Missing("pv_no")
    if not 0 <= (values.get("price_xof") or 0) <= MOST:
        return "price_xof", BadNumber("price_xof", str(values["price_xof"]))
    return _too_old(values, "event_on")


def _too_old(values: Values, column: str) -> Problem | None:
    day: date = values[column]
    return (column, NotInList(column, day.isoformat())) if day.year < OLDEST else None


_PROBLEMS: Mapping[str, Callable[[Values], Problem | None]] = {
    "sejours": _stay_problem,
    "chambres": _room_problem,
    "couchages": _placement_problem,
    "personnes": _person_problem,
    "etats_lits": _state_problem,
    "services": _service_problem,
    "referencements": _referral_problem,
    "etapes_judiciaires": _legal_step_problem,
    "immobilisations": _asset_problem,
    "evenements_biens": _event_problem,
    "inspections": _inspection_problem,
    "familles_avant": former_families.row_problem,
    "articles": stock.item_problem,
    "mouvements": stock.move_problem,
}
