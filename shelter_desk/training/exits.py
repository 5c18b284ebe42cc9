"""Exits of an invented shelter: how they were decided, to whom a child went, belongings, follow-ups, closed cases."""

from datetime import date, timedelta
from typing import Any

from shelter_desk.domain.stays.exits import DECIDED_EXITS
from shelter_desk.training import names
from shelter_desk.training.children import decided_on, is_alone, whole
from shelter_desk.training.consents import is_followed
from shelter_desk.training.facts import FactBook, Ref, last_day, stay
from shelter_desk.training.house import Visit
from shelter_desk.training.services import PARTNERS

_BELONGINGS = (
    "Un sac, un téléphone sans carte, une enveloppe fermée et signée.",
    "Deux pagnes, un carnet, une petite somme comptée ensemble.",
    "Un passeport, une chaîne, un sac de vêtements.",
)
_HELD = (
    "Va bien, travaille à l’atelier trois jours par semaine.",
    "A repris le petit commerce avec sa tante. Demande un second kit.",
    "Joint(e) au téléphone. Content(e) d’être rentré(e), cherche une école.",
)
_REGIONS = ("ml_segou", "ml_sikasso", "ml_kayes", "ml_mopti", "ml_koulikoro")
UNPREPARED = ("deces", "fugue_disparition")
CLOSED_LATE = (34, 85)  # days since the exit, of the cases left open


def write(book: FactBook) -> None:
    """Every exit; some are open or followed up late (R-33), two children left without all it takes (R-10)."""
    left = [one for one in book.house.visits if one.exited_at and one.counts]
    # which exits show something, by the number of the stay: the latest that can
    lately = list(reversed(left))
    children = [one.number for one in lately if is_alone(one) and one.reason in DECIDED_EXITS]
    open_ones = [
        one.number
        for one in lately
        if CLOSED_LATE[0] <= (book.today - last_day(one, book)).days <= CLOSED_LATE[1]
        and one.reason not in UNPREPARED
        and one.number not in children[:2]
        and one.head is None
    ]
    found = dict(zip(children, ("no_decision", "no_adult"), strict=False))
    odd = found | dict(zip(open_ones, ("open", "open", "late"), strict=False))
    for visit in left:
        _exit(book, visit, odd.get(visit.number, ""))
    for visit in book.house.visits:
        keeps = (
            is_followed(visit, book.house.profile) and visit.head is None and visit.role not in ("waiting", "refuses")
        )
        if keeps and (visit.role in ("survivor", "trainee") or book.rng.random() < 0.35):
            _belongings(book, visit)


def _exit(book: FactBook, visit: Visit, odd: str) -> None:
    rng, day = book.rng, last_day(visit, book)
    is_prepared = visit.reason not in UNPREPARED
    followed = is_prepared and is_followed(visit, book.house.profile) and visit.head is None
    agrees = followed and (visit.role == "trainee" or odd == "late" or rng.random() < 0.7)
    due = day + timedelta(days=30 if odd != "late" else 28)
    closed = day + timedelta(days=rng.randint(2, 26))
    if agrees and odd != "late":
        closed = due if due < day + timedelta(days=30) else day + timedelta(days=29)
    closed_on = None if odd == "open" or closed > book.yesterday else closed
    closing = {"deces": "deces", "fugue_disparition": "plus_de_contact"}.get(visit.reason, "objectifs_atteints")
    by = "justice" if visit.reason == "decision_justice" else "service_social" if is_alone(visit) else "personne"
    region = ""
    if visit.destination in ("mali_region", "mali_autre"):
        region = str(visit.person.values.get("region_origin", "")) or rng.choice(_REGIONS)
    values: dict[str, Any] = {
        "stay_id": stay(visit),
        "exit_decided_by": by if is_prepared else "",
        "dest_country": visit.person.nationality if visit.destination == "pays_origine" else "",
        "dest_region": region,
        "child_decision_ref": "",
        "handed_relation": "",
        "identity_checked": False,
        "escort": "",
        "safety_ok": True if is_prepared else None,
        "needs_met": rng.choice(("oui", "oui", "en_partie")) if followed else "",
        "valuables_returned": None,
        "documents_given": (),
        "follow_up_consent": ("oui" if agrees else "non") if followed else "",
        "follow_up_on": None,
        "follow_up_channel": "telephone" if agrees else "",
        "case_closed_on": closed_on,
        "closure_reason": closing if closed_on is not None else "",
        "approved_by": Ref("users", "Agent A"),
        "approved_on": min(day, book.yesterday),
    }
    name: dict[str, str] = {}
    if is_alone(visit) and visit.reason in DECIDED_EXITS:
        name = _child(book, visit, values, odd)
    book.add("exits", values, visit.code, names=name)
    if agrees:
        _follow(book, visit, due, odd)


def _child(book: FactBook, visit: Visit, values: dict[str, Any], odd: str) -> dict[str, str]:
    """The decision for the child and the adult who received it (R-10)."""
    if odd != "no_decision" and decided_on(visit, book) is not None:
        values["child_decision_ref"] = Ref("best_interests", whole(visit).name, numbered=True)
    if odd == "no_adult":
        return {}
    values |= {"handed_relation": book.rng.choice(("oncle_tante", "grand_parent", "mere")), "identity_checked": True}
    values["escort"] = PARTNERS["pro"]
    first, last = names.draw(book.rng, visit.person.nationality, "f")
    return {"handed_to": f"{first} {last}"}


def _follow(book: FactBook, visit: Visit, due: date, odd: str) -> None:
    """A first follow-up after a month, and for some a second; the one that is late was not held."""
    early = visit.role == "trainee"
    held = min(due, book.today - timedelta(days=9)) if early else due
    is_held = held <= book.yesterday and odd != "late"
    outcome = "va_bien" if early else book.rng.choice(("va_bien", "va_bien", "difficultes"))
    _visit(book, visit, held if early else due, held if is_held else None, outcome)
    if early:
        _visit(book, visit, book.today + timedelta(days=18), None, "")


def _visit(book: FactBook, visit: Visit, due: date, held: date | None, outcome: str) -> None:
    values: dict[str, Any] = {
        "stay_id": stay(visit),
        "due_on": due,
        "held_on": held,
        "channel": book.rng.choice(("telephone", "visite", "partenaire")) if held else "",
        "outcome": outcome if held else "",
        "recorded_at": book.typed(held) if held else None,
    }
    book.add("follow_ups", values, visit.code, {"note": book.rng.choice(_HELD)} if held else {})


def _belongings(book: FactBook, visit: Visit) -> None:
    left = visit.exited_at.date() if visit.exited_at and visit.reason not in UNPREPARED else None
    returned = left if left is not None and left <= book.yesterday else None
    values: dict[str, Any] = {
        "stay_id": stay(visit),
        "deposited_on": visit.came,
        "returned_on": returned,
        "returned_to": "personne" if returned else "",
        "recorded_at": book.typed(visit.came),
    }
    book.add("belongings", values, visit.code, {"description": book.rng.choice(_BELONGINGS)})
