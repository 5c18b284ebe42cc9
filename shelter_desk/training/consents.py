"""What the persons of an invented shelter agreed to, purpose by purpose, and the structures they were referred to."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from shelter_desk.domain.assistance.referrals import MINIMUM, OUTCOMES, purpose_of
from shelter_desk.domain.consent.consents import EXPLAINED
from shelter_desk.training.facts import FactBook, Ref, last_day, person
from shelter_desk.training.house import Visit
from shelter_desk.training.registers import Values
from shelter_desk.training.services import ALONE, PARTNERS, SENDER

_TYPES = {"san": "sante", "psy": "psy", "jur": "juridique", "fop": "formation", "pro": "service_social", "ret": "oim"}
COURT = "Pôle judiciaire spécialisé (exercice)"
# others of the directory, to whom nobody was referred yet
_KNOWN = (
    (SENDER, "ong_autre", ("heb",)),
    ("Brigade des mineurs (exercice)", "police", ("jur",)),
    ("Tribunal pour enfants (exercice)", "justice", ("jur",)),
    (COURT, "justice", ("jur",)),
    ("Agence pour les réfugiés (exercice)", "hcr", ("jur", "pro")),
    ("Consulat du pays voisin (exercice)", "consulat", ("jur_voyage",)),
    ("Recherche des familles (exercice)", "croix_rouge", ("pro_rrf",)),
)
WITNESS = "Agent C"
_MODES = (("oral_certifie", "signature", "empreinte"), (60, 25, 15))
_UNASKED, _REFUSES = "waiting", "refuses"


def is_followed(visit: Visit, profile: str) -> bool:
    """Whose case is worked on: everybody in Bamako, in Gao those who stay."""
    counts = visit.counts
    return counts and (profile == "bamako" or visit.long or bool(visit.role))


def is_minor(visit: Visit) -> bool:
    """A minor on the day of the admission."""
    return visit.person.minor(visit.came)


def language(visit: Visit) -> str:
    """The first language of the person."""
    return str(visit.person.values.get("languages", "fra")).split(";")[0]


def write(book: FactBook) -> None:
    """The directory, what everybody agreed to, and what referrals stand on."""
    offered = [(name, _TYPES[kind], (kind,)) for kind, name in PARTNERS.items()]
    for name, kind, services in (*offered, *_KNOWN):
        town = "Bamako" if book.house.profile == "bamako" else "Gao"
        contact = "Accueil, du lundi au vendredi"
        values = {"name": name, "partner_type": kind, "town": town, "services_offered": services, "active": True}
        book.add("partners", {**values, "contact": contact})
    by_stay = {visit.number: visit for visit in book.house.visits}
    for visit in book.house.visits:
        if visit.counts:
            for purpose, status, day in _decided(book, visit):
                agree(book, visit, purpose, status, day)
    told: dict[tuple[str, str], Ref] = {}
    for row in book.house.referrals:
        _refer(book, by_stay[row["stay_no"]], row, told)


def _decided(book: FactBook, visit: Visit) -> Iterator[tuple[str, str, date]]:
    """Purpose, decision and day of one stay."""
    rng, came = book.rng, visit.came
    yield "hebergement", "donne", came
    if visit.role == _UNASKED:
        return
    if visit.role == _REFUSES:
        yield "enregistrement_donnees", "refuse", came
        yield "stats_anonymes", "refuse", came
        return
    yield "enregistrement_donnees", "donne", came
    if rng.random() < 0.5:
        yield "stats_anonymes", "donne" if rng.random() < 0.85 else "refuse", came
    if not is_followed(visit, book.house.profile) or visit.head is not None:
        return
    if "depistage" in visit.days and visit.statuses:
        yield "entretien_depistage", "donne", visit.days["depistage"]
    if visit.role != "survivor" and "plan" in visit.days:
        yield "contact_famille", "donne" if rng.random() < 0.75 else "refuse", visit.days["plan"]
    if rng.random() < 0.3:
        yield "image_temoignage", "refuse", came
    if rng.random() < 0.15 and "plan" in visit.days:
        yield "partage_autorites", "refuse", visit.days["plan"]
    if visit.exited_at is not None and visit.reason not in ("deces", "fugue_disparition"):
        status = "donne" if visit.role == "trainee" or rng.random() < 0.8 else "refuse"
        yield "suivi_apres_sortie", status, last_day(visit, book)


def agree(
    book: FactBook,
    visit: Visit,
    purpose: str,
    status: str,
    day: date,
    recipient: str = "",
    more: Mapping[str, Any] | None = None,
) -> Ref:
    """What somebody decided on a purpose. recipient: of data that is shared; more: columns that differ."""
    rng = book.rng
    mode = rng.choices(*_MODES)[0]
    representative = "juge_service" if visit.child_status in ALONE else "tuteur"
    values: dict[str, Any] = {
        "person_id": person(visit),
        "consent_purpose": purpose,
        "recipient": recipient,
        "scope": MINIMUM if recipient else (),
        "explained": EXPLAINED,
        "language": language(visit),
        "consent_status": status,
        "consent_mode": mode,
        "given_by": representative if is_minor(visit) else "personne",
        "child_assent": "oui" if is_minor(visit) and status == "donne" else "",
        "given_on": day,
        "valid_until": None,
        "withdrawn_on": None,
        "withdrawn_effect": "",
        "paper_ref": f"C-{day.year}-{rng.randrange(10, 990):03}" if mode == "signature" else "",
        "witness": "" if mode == "signature" else WITNESS,
        "recorded_at": book.typed(day),
    }
    return book.add("consents", {**values, **(more or {})})


def _refer(book: FactBook, visit: Visit, row: Values, told: dict[tuple[str, str], Ref]) -> None:
    """The consent that a referral stands on, and the rest of its form."""
    consent = None
    issued, partner = row["issued_on"], row["partner"]
    if row["direction"] == "sortante" and row["status"] not in ("brouillon", "annulee") and visit.role != "danger":
        key = (visit.code, partner)
        if key not in told:
            kind = {name: _TYPES[kind] for kind, name in PARTNERS.items()}[partner]
            # of a consent that was taken back, nobody has told the recipient yet; another has a last day
            ended = {"valid_until": book.today + timedelta(days=120)} if visit.role == "survivor" else {}
            if visit.role == "presumed":
                ended = {"withdrawn_on": book.today - timedelta(days=2)}
            told[key] = agree(
                book,
                visit,
                purpose_of(kind),
                "retire" if visit.role == "presumed" else "donne",
                max(visit.came, issued - timedelta(days=1)),
                partner,
                ended,
            )
        consent = told[key]
    book.fill(Ref("referrals", row["referral_no"]), _form(book, row, consent))


def _form(book: FactBook, row: Values, consent: Ref | None) -> dict[str, Any]:
    rng, status = book.rng, row["status"]
    is_open, outcomes = status in ("emise", "acceptee"), OUTCOMES.get(status, ())
    asked_again = row["issued_on"] + timedelta(days=7)
    if is_open and asked_again < book.today and rng.random() < 0.6:
        asked_again = book.today + timedelta(days=rng.randint(1, 6))
    return {
        "consent_id": consent,
        "urgency": rng.choices(("normale", "sous_3j", "immediate"), (70, 22, 8))[0],
        "reason_code": rng.choices(("besoin_specialise", "changement_lieu", "protection", "capacite"), (76, 6, 12, 6))[
            0
        ],
        "data_shared": MINIMUM,
        "transport_escort": rng.choices(("aucun", "transport", "escorte"), (50, 30, 20))[0],
        "outcome": rng.choice(outcomes) if outcomes else "",
        "feedback_kind": rng.choice(("ecrit", "telephone", "visite", "personne")) if status == "cloturee" else "",
        "follow_up_on": asked_again,
        "recorded_at": book.typed(row["issued_on"]),
    }
