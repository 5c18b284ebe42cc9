"""The equipment of the invented shelter: what it got over the years, moved, saw break, and lost or wrote off."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from shelter_desk.domain.registers.rows import Incoming

PIECES = 240
_KINDS = (("literie", "LIT"), ("cuisine", "CUI"), ("energie", "ENE"), ("mobilier", "MOB"), ("informatique", "INF"))
_DONORS = ("oim", "usa", "fonds_propres")
_LIVES = (
    ("affectation", "inventaire", "inventaire"),
    ("affectation", "panne", "reparation", "retour_service"),
    ("inventaire", "panne", "hors_service", "reforme"),
    ("affectation", "perte"),
    ("inventaire", "deplacement"),
)
_AS = {"retour_service": "en_service", "reforme": "reforme", "perte": "perdu"}


def rows(first: date, last: date, seed: int) -> Iterator[Incoming]:
    """The register and its events, bought evenly between both days."""
    chance, events, known = Random(seed), list[dict[str, Any]](), set[tuple[str, str, date]]()
    for number in range(1, PIECES + 1):
        category, prefix = _KINDS[number % len(_KINDS)]
        on = came = first + (last - first) * number / (PIECES + 1)
        life, tag_no = chance.choice(_LIVES), f"{prefix}-{number:04}"
        for kind in life:
            on = min(last, on + timedelta(days=chance.randint(20, 400)))
            more = {"pv_no": f"PV-{number}"} if kind == "reforme" else {}
            if (tag_no, kind, on) not in known:
                known.add((tag_no, kind, on))
                events.append({"tag_no": tag_no, "asset_event": kind, "event_on": on, **more})
        yield Incoming(
            "immobilisations",
            "immobilisations",
            number + 2,
            {
                "tag_no": tag_no,
                "designation": f"Bien {number}",
                "asset_category": category,
                "acquisition_mode": "don",
                "acquired_on": came,
                "donor": _DONORS[number % len(_DONORS)],
                "owner": "centre",
                "cost_xof": 5000 * number,
                "asset_status": _AS.get(life[-1], "en_service"),
                "asset_condition": "bon",
            },
        )
    for number, values in enumerate(events, 3):
        yield Incoming("evenements_biens", "evenements_biens", number, values)
