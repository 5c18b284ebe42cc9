"""Returns of an invented shelter: those who left by it, with their whole file, and a few that are being prepared."""

from datetime import date, timedelta
from typing import Any

from shelter_desk.training.consents import agree, is_followed, is_minor
from shelter_desk.training.facts import FactBook, last_day, staff, stay
from shelter_desk.training.house import Visit
from shelter_desk.training.services import PARTNERS

_LEFT = "avrr"
_LEAST_NIGHTS = 4  # of somebody who prepares a return here
_WISHES = (
    "Veut revoir ses enfants. Demande à partir avant la rentrée.",
    "Préfère rentrer plutôt que d’attendre. Sa sœur peut l’accueillir.",
    "Veut rentrer avec un métier. Demande une aide pour la couture.",
)
_TOWNS = ("chef-lieu de région", "ville de la côte", "village près de la frontière")
_PLANS = (
    "Petit commerce avec l’appui du bureau du retour. Suivi à un et trois mois.",
    "Reprise de l’école, frais de la première année. Suivi par la tante.",
)


def write(book: FactBook) -> None:
    """Of those who left by a return all steps; of three foreigners who are here, some."""
    for visit in book.house.visits:
        has_left = visit.exited_at is not None and visit.exited_at.date() <= book.yesterday
        if visit.reason == _LEFT and has_left and visit.head is None and is_followed(visit, book.house.profile):
            _done(book, visit)
    here = [visit for visit in book.house.visits if _may_prepare(book, visit)]
    for visit, prepare in zip(here, (_travels, _awaits_paper, _begins), strict=False):
        prepare(book, visit)


def _may_prepare(book: FactBook, visit: Visit) -> bool:
    """A grown foreigner, some nights here, who plays no part."""
    foreign = visit.person.nationality != "ML"
    long = (book.today - visit.came).days >= _LEAST_NIGHTS
    calm = not visit.role and visit.situation != "demandeur_asile" and not is_minor(visit)
    return visit.exited_at is None and visit.head is None and foreign and long and calm


def _done(book: FactBook, visit: Visit) -> None:
    left = last_day(visit, book)
    wish = max(visit.came, left - timedelta(days=book.rng.randint(12, 40)))
    ready = max(wish, left - timedelta(days=2))
    arrived = left + timedelta(days=book.rng.randint(1, 4))
    confirmed = arrived if arrived <= book.yesterday else None
    days: dict[str, Any] = {"informed_on": wish, "document_asked_on": wish, "document_obtained_on": ready}
    days |= {
        "fit_on": ready,
        "travel_on": left,
        "kit_on": ready,
        "reintegration_on": ready,
        "left_on": left,
        "arrived_on": confirmed,
    }
    ended = None if confirmed is None else confirmed + timedelta(days=30)
    is_closed = ended is not None and ended <= book.yesterday
    closing = {"closed_on": ended if is_closed else None, "return_closure": "arrivee_confirmee" if is_closed else ""}
    _add(book, visit, wish, {**days, **closing, **_ready()}, is_whole=True)


def _ready() -> dict[str, Any]:
    return {"id_document": "laissez_passer", "travel_fitness": "apte", "partner": PARTNERS["ret"]}


def _travels(book: FactBook, visit: Visit) -> None:
    """Everything but the kit is ready, the bus leaves in a few days."""
    wish = max(visit.came, book.today - timedelta(days=18))
    days: dict[str, Any] = {"informed_on": wish, "document_asked_on": wish}
    days |= {"document_obtained_on": book.today - timedelta(days=2), "fit_on": book.today - timedelta(days=1)}
    days |= {"travel_on": book.today + timedelta(days=5), "reintegration_on": book.today - timedelta(days=1)}
    _add(book, visit, wish, {**days, **_ready()}, is_whole=True)


def _awaits_paper(book: FactBook, visit: Visit) -> None:
    """The consulate was asked, and a month has gone by."""
    wish = max(visit.came, book.today - timedelta(days=45))
    asked = max(wish, book.today - timedelta(days=33))
    more = {"informed_on": wish, "document_asked_on": asked, "id_document": "laissez_passer"}
    _add(book, visit, wish, more)


def _begins(book: FactBook, visit: Visit) -> None:
    """The wish was said this week; nothing is explained yet."""
    _add(book, visit, book.today - timedelta(days=3), {}, has_agreed=False)


def _add(
    book: FactBook, visit: Visit, wish: date, more: dict[str, Any], is_whole: bool = False, has_agreed: bool = True
) -> None:
    values = {
        "stay_id": stay(visit),
        "wish_on": wish,
        "dest_country": visit.person.nationality,
        "responsible_id": staff("B"),
        "recorded_at": book.typed(wish),
    }
    told = {"dest_town": book.rng.choice(_TOWNS), "wish": book.rng.choice(_WISHES)}
    if is_whole:
        told |= {"reintegration": book.rng.choice(_PLANS), "document_no": f"EX-{book.rng.randrange(1000, 9999)}"}
    book.add("return_files", {**values, **more}, visit.code, told)
    if has_agreed:
        agree(book, visit, "avrr", "donne", wish)
