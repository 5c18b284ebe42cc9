"""What is kept of the children of an invented shelter who came alone: told to the service, guardian, best interests."""

from datetime import date, timedelta
from typing import Any

from shelter_desk.domain.casefile.minors import BestInterestsWords, Option, Relative
from shelter_desk.domain.stays.exits import DECIDED_EXITS
from shelter_desk.training import names
from shelter_desk.training.facts import FactBook, Ref, last_day, person, staff, stay
from shelter_desk.training.house import Visit
from shelter_desk.training.services import ALONE

TRACERS = "Recherche des familles (exercice)"
_WORDS = (
    BestInterestsWords(
        "Veut rentrer chez sa grand-mère et retourner à l’école. Demande à parler au téléphone avant le voyage.",
        "Retour dans la famille élargie après vérification, avec une visite de suivi à un mois.",
        (
            Option("Retour chez la grand-mère", "Lien fort, école proche", "Revenus faibles"),
            Option(
                "Famille d’accueil le temps de la recherche", "Cadre sûr tout de suite", "Nouvelle séparation ensuite"
            ),
        ),
        "La grand-mère, jointe par le service, est d’accord et attend une visite.",
        "Aucun danger connu au village ; l’intermédiaire n’y vient plus.",
        "Dort et mange bien au centre, participe aux jeux.",
        "Suivi de santé à jour ; niveau du début du fondamental.",
    ),
    BestInterestsWords(
        "Ne veut pas retourner chez l’employeur. Souhaite apprendre un métier près de sa tante.",
        "Attendre la vérification de la tante ; reprendre l’alphabétisation au centre.",
        (Option("Placement chez la tante", "Choix de l’enfant", "Logement à vérifier"),),
        "La tante propose d’accueillir ; le père n’est pas joint.",
        "Ne pas laisser sortir sans adulte pour le moment.",
        "Une éducatrice référente, chambre des mineurs.",
        "Visite de santé faite ; cours chaque après-midi.",
    ),
)
_SHORT = BestInterestsWords(
    "A faim, est fatigué(e), veut que sa famille sache où il ou elle est.",
    "Héberger dans la chambre des mineurs, prévenir le service, revoir dans les deux semaines.",
    safety="En sécurité au centre.",
    care_now="Repas, repos, un adulte de confiance présent.",
)
_STEPS = (
    "Formulaire rempli avec l’enfant et transmis au service des familles.",
    "Le service a appelé le relais de la région d’origine.",
    "Une parente a été trouvée ; elle confirme le lien.",
)


def is_alone(visit: Visit) -> bool:
    """Came alone or separated from the parents, a minor on that day."""
    counts = visit.counts
    return counts and visit.child_status in ALONE and visit.person.minor(visit.came)


def whole(visit: Visit) -> Ref:
    """The full assessment of best interests of a child."""
    return Ref("best_interests", f"whole {visit.number}")


def decided_on(visit: Visit, book: FactBook) -> date | None:
    """The day of that assessment; who leaves for the family was assessed before, whatever the time left."""
    day = visit.days.get("eis_complete")
    if day is None and visit.exited_at is not None and visit.reason in DECIDED_EXITS:
        day = max(visit.came, last_day(visit, book))
    return day


def write(book: FactBook) -> None:
    """Everything about each child who came alone; of the newest nothing was done yet (R-08, R-09, R-11)."""
    for visit in book.house.visits:
        if is_alone(visit) and visit.role != "new_child":
            day = _within(book, visit, 0, 2)
            if day is not None:
                values = {
                    "stay_id": stay(visit),
                    "notified_on": day,
                    "service": "service_social",
                    "recorded_at": book.typed(day),
                }
                book.add("notifications", {**values, "reference": f"SS-{day.year}-{book.rng.randrange(100, 999)}"})
            _guardian(book, visit)
            _best_interests(book, visit)
            if visit.role == "child" or book.rng.random() < 0.6:
                _tracing(book, visit)


def _within(book: FactBook, visit: Visit, least: int, most: int) -> date | None:
    """So many days after the admission, None where that lies ahead or after the exit."""
    day = visit.came + timedelta(days=book.rng.randint(least, most))
    return day if day <= last_day(visit, book) else None


def _guardian(book: FactBook, visit: Visit) -> None:
    asked = _within(book, visit, 0, 2)
    if asked is None:
        return
    started = _within(book, visit, 5, 14)
    status = ("designe" if visit.role == "child" else "provisoire") if started else "demande_faite"
    first, last = names.draw(book.rng, "ML", "f")
    values: dict[str, Any] = {
        "person_id": person(visit),
        "guardian_status": status,
        "requested_on": asked,
        "authority": "Juge des enfants (exercice)" if visit.role == "child" else "Service social (exercice)",
        "guardian_kind": "service_public",
        "decision_ref": f"T-{asked.year}-{book.rng.randrange(10, 99)}" if started else "",
        "started_on": started,
        "ended_on": None,
        "recorded_at": book.typed(asked),
    }
    known = {"guardian_name": f"{first} {last}", "contact": "Bureau du service social"} if started else {}
    book.add("guardians", values, visit.code, names=known)


def _best_interests(book: FactBook, visit: Visit) -> None:
    short, full = visit.days.get("eis_courte"), decided_on(visit, book)
    if short is not None:
        _assess(book, visit, short, "courte", "admission", _SHORT)
    if full is not None:
        for_exit = visit.exited_at is not None and visit.reason in DECIDED_EXITS
        trigger = (
            "retour" if visit.reason in ("avrr", "rapatriement_consulaire") else "rrf" if for_exit else "placement"
        )
        _assess(book, visit, full, "complete", trigger, book.rng.choice(_WORDS), whole(visit).name)


def _assess(
    book: FactBook, visit: Visit, day: date, form: str, trigger: str, said: BestInterestsWords, name: str = ""
) -> None:
    is_whole = form == "complete"
    allowed = visit.reason if visit.exited_at is not None and visit.reason in DECIDED_EXITS else "reunification"
    values: dict[str, Any] = {
        "stay_id": stay(visit),
        "bia_trigger": trigger,
        "form": form,
        "assessed_on": day,
        "assessor_id": staff("B"),
        "assessor_trained": True,
        "recommended_exits": (allowed,) if is_whole else (),
        "validated_by": staff("A"),
        "validated_on": day,
        "next_review": max(day + timedelta(days=14 if not is_whole else 30), book.today + timedelta(days=5))
        if visit.exited_at is None
        else day + timedelta(days=30),
        "needs_bid": False,
        "bia_status": "faite",
        "recorded_at": book.typed(day),
    }
    book.add("best_interests", values, visit.code, told=said, name=name)


def _tracing(book: FactBook, visit: Visit) -> None:
    asked = _within(book, visit, 3, 6)
    if asked is None:
        return
    located, verified = _within(book, visit, 12, 18), _within(book, visit, 22, 28)
    reunified = visit.exited_at.date() if visit.exited_at and visit.reason == "reunification" else None
    status = "famille_verifiee" if verified else "famille_localisee" if located else "en_cours"
    if reunified and reunified <= book.yesterday:
        status, located, verified = "reunifie", located or reunified, verified or reunified
    region = str(visit.person.values.get("region_origin", ""))
    values: dict[str, Any] = {
        "stay_id": stay(visit),
        "child_consents": True,
        "requested_on": asked,
        "separation_on": visit.came - timedelta(days=book.rng.randint(60, 400)),
        "separation_place": "Ségou" if book.house.profile == "bamako" else "Bamako",
        "separation_causes": (book.rng.choice(("migration", "confiage", "pauvrete", "deces_parent")),),
        "care_arrangement": book.rng.choice(("parents", "famille_elargie", "gardien_coutumier")),
        "partner": TRACERS,
        "tracing_status": status,
        "located_on": located,
        "verified_on": verified,
        "reunified_on": reunified if status == "reunifie" else None,
        "recorded_at": book.typed(asked),
    }
    relatives = tuple(_relative(book, visit, relation, region) for relation in ("grand_parent", "oncle_tante"))
    row = book.add("tracings", values, visit.code, told=relatives)
    for day, text in zip((asked, located, verified), _STEPS, strict=True):
        if day is not None:
            book.add("tracing_steps", {"tracing_id": row, "done_on": day}, visit.code, {"step": text})


def _relative(book: FactBook, visit: Visit, relation: str, region: str) -> Relative:
    first, last = names.draw(book.rng, visit.person.nationality, "f", region)
    return Relative(f"{first} {last}", relation, "Région d’origine", "Par le relais du service des familles")
