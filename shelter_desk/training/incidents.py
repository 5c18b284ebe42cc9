"""The register of incidents and complaints of an invented shelter, and who must not meet whom."""

from datetime import timedelta
from typing import Any

from shelter_desk.domain.casefile.incidents import IncidentContent
from shelter_desk.training.activities import lodged
from shelter_desk.training.facts import FactBook, Ref, person, staff
from shelter_desk.training.house import Visit

# days before the last one, kind, severity, facts, what was done, who was told, lesson, what came of it
_TOLD = (
    (
        310,
        "coupure_eau_energie",
        "modere",
        "Coupure de courant toute la nuit, réfrigérateur arrêté.",
        "Lampes distribuées, aliments frais cuisinés aussitôt.",
        (),
        "Garder une réserve de lampes chargées.",
        "Le groupe a été révisé.",
    ),
    (
        205,
        "violence_residents",
        "modere",
        "Dispute entre deux résidents pour le téléphone de la salle. Bousculade, aucun blessé.",
        "Séparés, écoutés l’un après l’autre, règle d’usage rappelée.",
        ("direction",),
        "Afficher les heures du téléphone.",
        "Excuses échangées le lendemain.",
    ),
    (
        140,
        "sante_urgence",
        "grave",
        "Malaise d’un résident pendant le repas.",
        "Conduit au centre de santé dans l’heure.",
        ("direction", "sante"),
        "",
        "Retour le soir même, repos deux jours.",
    ),
    (
        96,
        "vol",
        "mineur",
        "Un savon et des sandales disparus dans le dortoir.",
        "Casiers vérifiés avec les résidents présents.",
        (),
        "",
        "Objets remplacés.",
    ),
    (
        52,
        "menace_trafiquant",
        "grave",
        "Un inconnu a demandé une résidente à la porte, puis est revenu le soir.",
        "Porte fermée, résidente prévenue, sorties accompagnées.",
        ("direction", "police", "oim"),
        "Ne jamais dire à la porte qui est hébergé.",
        "Ronde faite pendant une semaine, personne n’est revenu.",
    ),
    (
        37,
        "accident",
        "mineur",
        "Chute dans la cour mouillée, genou écorché.",
        "Soins au centre.",
        (),
        "",
        "Sol essuyé après chaque lessive.",
    ),
    (
        11,
        "violence_residents",
        "grave",
        "Échange de coups dans la cour après le repas du soir, devant témoins.",
        "Les deux personnes séparées, une chambre changée, soins donnés.",
        ("direction", "oim"),
        "",
        "",
    ),
    (
        4,
        "intrusion",
        "modere",
        "Le mur du fond a été escaladé dans la nuit ; rien n’a disparu.",
        "Gardien doublé, lampe posée.",
        ("direction",),
        "",
        "",
    ),
)
_COMPLAINTS = (
    (88, "boite", "L’eau de la douche est froide le matin.", "Horaire du chauffe-eau changé.", True),
    (44, "reunion", "Les repas sont trop salés.", "Cuisine prévenue, essai d’une semaine.", True),
    (8, "oral", "Le linge met trop de temps à revenir.", "", False),
)
_SEALED = ((73, "eas", "ligne_eas"), (19, "protection_enfant", "service_social"))


def write(book: FactBook) -> None:
    """Incidents, complaints, a breach, sealed matters, and the risks of contact."""
    for told in _TOLD:
        if book.today - timedelta(days=told[0]) >= book.house.first:
            _incident(book, *told)
    for told_so in _COMPLAINTS:
        if book.today - timedelta(days=told_so[0]) >= book.house.first:
            _complaint(book, *told_so)
    _breach(book)
    for before, kind, channel in _SEALED:
        _add(book, before, kind, {"channel": channel, "severity": "", "reported_by": staff("A")}, IncidentContent())
    _kept_apart(book)


def _add(book: FactBook, before: int, kind: str, more: dict[str, Any], content: IncidentContent) -> None:
    at = book.at(book.today - timedelta(days=before))
    values: dict[str, Any] = {
        "occurred_at": at,
        "reported_at": at + timedelta(minutes=40),
        "reported_by": staff("C"),
        "incident_type": kind,
        "severity": "mineur",
        "room_id": None,
        "channel": "",
        "notified": (),
        "notified_at": None,
        "answered_on": None,
        "closed_on": None,
        "closed_by": None,
        "lesson": "",
    }
    book.add("incidents", {**values, **more}, told=content)


def _incident(
    book: FactBook,
    before: int,
    kind: str,
    severity: str,
    facts: str,
    done: str,
    notified: tuple[str, ...],
    lesson: str,
    outcome: str,
) -> None:
    day = book.today - timedelta(days=before)
    persons = _involved(book, day, 2 if kind == "violence_residents" else 1 if kind == "sante_urgence" else 0)
    closed = day + timedelta(days=5) if outcome else None
    more = {
        "severity": severity,
        "notified": notified,
        "notified_at": book.at(day, 17, 19) if notified else None,
        "closed_on": closed,
        "closed_by": staff("A") if closed else None,
        "lesson": lesson,
        "room_id": Ref("rooms", book.house.shelter.rooms[0].code) if kind == "vol" else None,
    }
    _add(book, before, kind, more, IncidentContent(facts, done, persons, follow_up=outcome))


def _involved(book: FactBook, day: Any, many: int) -> tuple[tuple[str, str], ...]:
    grown = [one for one in lodged(book, day) if not one.person.minor(day) and not one.role]
    chosen = book.rng.sample(grown, min(many, len(grown)))
    return tuple((one.code, "concerne") for one in chosen)


def _complaint(book: FactBook, before: int, channel: str, facts: str, answer: str, closed: bool) -> None:
    day = book.today - timedelta(days=before - 4) if closed else None
    more: dict[str, Any] = {"channel": channel, "reported_by": None, "answered_on": day, "closed_on": day}
    more["closed_by"] = staff("A") if closed else None
    _add(book, before, "plainte", more, IncidentContent(facts, follow_up=answer))


def _breach(book: FactBook) -> None:
    told = IncidentContent(
        "Une clé USB avec un rapport sans noms a été oubliée dans un bureau partenaire.",
        "Clé récupérée dans la journée, contenu vérifié.",
        breach_kind="perte",
        data_classes=("chiffres",),
        follow_up="Les clés sont désormais chiffrées et numérotées.",
    )
    day = book.today - timedelta(days=120)
    if day < book.house.first:
        return
    more = {"severity": "modere", "notified": ("direction", "oim"), "notified_at": book.at(day, 17, 19)}
    more |= {"closed_on": day + timedelta(days=6), "closed_by": staff("A"), "reported_by": staff("B")}
    _add(book, 120, "donnees", more, told)


def _kept_apart(book: FactBook) -> None:
    """Somebody whom no victim is to meet (R-28), and a quarrel that was made up."""
    present = [one for one in book.house.visits if one.exited_at is None and one.head is None]
    feared = next((one for one in present if one.role == "overstay"), None)
    if feared is not None:
        note = "Une résidente dit l’avoir vu(e) avec l’intermédiaire. À vérifier sans en parler aux autres."
        _risk(book, feared, None, "recruteur", 9, note)
    grown = [one for one in present if not one.person.minor(book.today) and not one.role]
    if len(grown) > 1:
        _risk(book, grown[0], grown[1], "conflit", 2, "Dispute au repas ; tables séparées.", ended=True)


def _risk(
    book: FactBook, visit: Visit, other: Visit | None, kind: str, before: int, note: str, ended: bool = False
) -> None:
    noted = max(visit.came, other.came if other else visit.came, book.today - timedelta(days=before))
    values = {
        "person_id": person(visit),
        "other_id": None if other is None else person(other),
        "risk_kind": kind,
        "noted_on": min(noted, book.yesterday),
        "ended_on": book.yesterday if ended else None,
    }
    book.add("contact_risks", values, visit.code, {"note": note})
