"""Whom the invented persons want reached, and whom on no account."""

from datetime import date
from typing import Any

from shelter_desk.training import names
from shelter_desk.training.facts import FactBook, person
from shelter_desk.training.house import Visit

_SHARE = 0.7  # of those who made a plan name somebody
_RELATIONS = ("mere", "mere", "pere", "frere_soeur", "oncle_tante", "grand_parent", "autre")
_WISHES = ("oui", "oui", "oui", "demander", "non")


def write(book: FactBook) -> None:
    """One or two contacts, said when the first plan was made."""
    seen: set[str] = set()
    for visit in book.house.visits:
        day = visit.days.get("plan")
        if day is None or day > book.yesterday or visit.head is not None or visit.code in seen:
            continue
        seen.add(visit.code)
        if book.rng.random() < _SHARE:
            for _ in range(book.rng.choice((1, 1, 2))):
                _contact(book, visit, day)


def _contact(book: FactBook, visit: Visit, noted: date) -> None:
    wish = book.rng.choice(_WISHES)
    relation = book.rng.choice(_RELATIONS)
    first, last = names.draw(book.rng, "ML", "m" if relation in ("pere", "oncle_tante") else "f")
    values: dict[str, Any] = {
        "person_id": person(visit),
        "contact_wish": wish,
        "kin_relation": relation,
        "safe_to_contact": "non" if wish == "non" else book.rng.choice(("oui", "oui", "a_verifier")),
        "noted_on": noted,
        "ended_on": None,
        "recorded_at": book.typed(noted),
    }
    phone = f"70 00 00 {book.rng.randrange(10, 99)}"  # a made number
    book.add("contacts", values, visit.code, names={"contact_name": f"{first} {last}", "phone": phone})
