"""What is done for persons of an invented shelter: a log of services, referrals to structures that do not exist."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from shelter_desk.domain.stays.stays import REDIRECTED, VOID
from shelter_desk.training.chances import Choice, pick, weighted
from shelter_desk.training.house import Visit

Row = dict[str, Any]
INFANT, CARRIED, CHILD = 3, 5, 12  # ages
REVIEWED = (20, 25)  # days
ALONE = ("non_accompagne", "separe", "chef_menage")

# about one of these every so many days
_EVERY = {"bamako": 6, "gao": 4}
_ADULTS: Choice = weighted(
    "pro_suivi 20, psy_ecoute 16, psy_groupe 12, san_consult 10, san_soins 7, pro_contact_fam 9, inf_risques 9, "
    "edu_alpha 8, fop_metier 12, psy_recreatif 6, jur_conseil 5, inf_avrr 4, san_medic 6, nfi_vetements 3, "
    "pro_securite 1, edu_vie 4"
)
_YOUNG: Choice = weighted(
    "pro_suivi 18, psy_recreatif 20, edu_alpha 12, edu_scolaire 8, pro_rrf 8, pro_contact_fam 9, san_consult 8, "
    "psy_ecoute 9, edu_vie 6, nfi_vetements 4, pro_tutelle 3"
)
_SMALL: Choice = weighted("san_vaccin 4, san_mere_enfant 5, ali_nutrition 5, nfi_bebe 2")
_WANTED: Choice = weighted(
    "san_consult 9, san_mere_enfant 3, psy_specialise 6, jur_etat_civil 5, jur_voyage 5, jur_accomp 4, fop_stage 4, "
    "pro_rrf 4, ret_avrr 3"
)
PARTNERS = {
    "san": "Centre de santé de référence (exercice)",
    "psy": "Cellule d’écoute (exercice)",
    "jur": "Clinique juridique (exercice)",
    "fop": "Atelier de formation (exercice)",
    "pro": "Service social (exercice)",
    "ret": "Bureau du retour (exercice)",
}
# of who plays a part: days after the admission on which it is issued, accepted, served and closed, and what
REFERRED: dict[str, tuple[tuple[int, int, int, int], str]] = {
    "survivor": ((12, 14, 20, 27), "psy_specialise"),
    "child": ((11, 13, 19, 26), "jur_etat_civil"),
    "presumed": ((38, 40, 60, 70), "jur_accomp"),
    "danger": ((6, 7, 30, 40), "jur_conseil"),
    "trainee": ((20, 22, 30, 37), "fop_stage"),
}
SENDER = "Association partenaire (exercice)"
_COSTS = {"san_consult": 4000, "san_medic": 6500, "jur_voyage": 25000, "ret_transport": 7500, "nfi_depart": 12000}
_DONORS: tuple[str, ...] = ("oim", "oim", "ue", "unicef", "fonds_propres", "don_prive", "")


@dataclass(slots=True)
class Log:
    """Rows without their numbers, as they are made visit by visit."""

    rng: Random
    profile: str
    yesterday: date
    services: list[tuple[date, Visit, Row]]
    referrals: list[tuple[date, Visit, Row]]

    def give(self, visit: Visit, day: date, kind: str, quantity: int = 1, partner: str = "") -> None:
        """A service held on that day, where it is not ahead."""
        if day > self.yesterday:
            return
        row: Row = {"service_on": day, "service_type": kind, "quantity": quantity}
        row |= {"provider_kind": "partenaire" if partner else "centre", "partner": partner}
        cost = quantity if kind == "ret_aide_fin" else _COSTS.get(kind, 0)
        if cost and self.rng.random() < 0.8:
            row |= {
                "cost_xof": cost,
                "donor": self.rng.choice(_DONORS),
                "receipt_no": f"{day:%m%d}-{len(self.services) % 90 + 10}",
            }
        self.services.append((day, visit, row))


def care(visits: list[Visit], profile: str, today: date, since: date, seed: int) -> Log:
    """What is done for those whose stay was not over on the day `since`; nothing is dated after yesterday."""
    log = Log(Random(f"care {profile} {seed}"), profile, today - timedelta(days=1), [], [])  # noqa: S311 - a game
    for visit in visits:
        gone = visit.exited_at
        if visit.reason != VOID and (gone is None or gone.date() >= since):
            _care_for(log, visit)
    return log


def numbered(log: Log) -> tuple[list[Row], list[Row]]:
    """The rows of services and of referrals, numbered in order of time."""
    return (
        list(_numbered(log.services, "service_no", "S-{}-{:05}")),
        list(_numbered(log.referrals, "referral_no", "R-{}-{:04}")),
    )


def _numbered(found: list[tuple[date, Visit, Row]], column: str, form: str) -> Iterator[Row]:
    in_year: Counter[int] = Counter()
    for day, visit, row in sorted(found, key=lambda one: (one[0], one[1].number)):
        in_year[day.year] += 1
        yield {column: form.format(day.year, in_year[day.year]), "stay_no": visit.number, **row}


def _care_for(log: Log, visit: Visit) -> None:
    came = visit.admitted_at.date()
    if visit.reason == REDIRECTED:
        if log.rng.random() < 0.5:
            log.give(visit, came, "ret_transport" if log.rng.random() < 0.4 else "inf_accueil")
        return
    last = visit.exited_at.date() if visit.exited_at else log.yesterday
    age = visit.person.birth.age(came)
    age = 30 if age is None else age
    _welcome(log, visit, came, age)
    _steps(log, visit, came, last, age)
    _follow(log, visit, came, last, age)
    _of_parts(log, visit, came, last)
    if visit.exited_at is not None and visit.reason not in ("deces", "fugue_disparition"):
        _see_off(log, visit, last, age)
    _refer(log, visit, came, last, age)


def _welcome(log: Log, visit: Visit, came: date, age: int) -> None:
    rng, is_short = log.rng, log.profile == "gao" and not visit.long
    if age >= CHILD:
        log.give(visit, came, "inf_accueil")
    if rng.random() < (0.35 if is_short else 0.85):
        log.give(visit, came + timedelta(days=rng.randint(0, 2)), "san_bilan")
    if rng.random() < (0.6 if is_short else 0.9):
        kit = "nfi_dignite" if visit.person.sex == "f" and age >= CHILD else "nfi_hygiene"
        log.give(visit, came, "nfi_bebe" if age < INFANT else kit)
    if not is_short and rng.random() < 0.6:
        log.give(visit, came, "nfi_couchage")


def _steps(log: Log, visit: Visit, came: date, last: date, age: int) -> None:
    """What a case asks for in its first days, and again while it lasts; the case file tells of the same days.

    Who waits for it all shows R-24 and R-25; small children have it in the file of who carries them.
    """
    rng, is_here = log.rng, visit.exited_at is None
    if visit.role in ("waiting", "refuses") or age < CARRIED:
        return
    in_haste = visit.role in ("danger", "distress")
    first = visit.statuses[0]["decided_on"] if visit.statuses else came + timedelta(days=rng.randint(0, 4))
    if is_here or visit.statuses or rng.random() < 0.97:
        _step(log, visit, last, "depistage", first, "pro_depistage")
    _step(log, visit, last, "evaluation", came + timedelta(days=2 if in_haste else rng.randint(2, 6)), "pro_evaluation")
    _step(log, visit, last, "plan", came + timedelta(days=4 if in_haste else rng.randint(6, 9)), "pro_plan")
    day = came + timedelta(days=rng.randint(*REVIEWED))
    while day <= min(last, log.yesterday):
        log.give(visit, day, "pro_evaluation")
        visit.reviews.append(day)
        day += timedelta(days=rng.randint(*REVIEWED))
    if visit.child_status in ALONE and visit.role != "new_child":
        _step(log, visit, last, "eis_courte", came + timedelta(days=rng.randint(1, 3)), "pro_eis")
        whole = came + timedelta(days=rng.randint(8, 13))
        _step(log, visit, last, "eis_complete", whole if is_here else min(whole, last), "pro_eis")
    if is_here and came < log.yesterday:
        log.give(visit, max(came, log.yesterday - timedelta(days=0 if in_haste else rng.randint(0, 4))), "pro_suivi")


def _step(log: Log, visit: Visit, last: date, step: str, day: date, kind: str) -> None:
    if day <= min(last, log.yesterday):
        visit.days[step] = day
        log.give(visit, day, kind)


def _of_parts(log: Log, visit: Visit, came: date, last: date) -> None:
    """What those who play a part were given and referred to, whatever chance would have."""
    if visit.role == "asylum":
        log.give(visit, came + timedelta(days=15), "jur_voyage", partner=PARTNERS["jur"])
    if visit.role in ("survivor", "trainee"):
        for week in range(2, 9):
            log.give(visit, min(came + timedelta(days=7 * week), last), "fop_metier")
    if visit.role in REFERRED:
        after, wanted = REFERRED[visit.role]
        days = [came + timedelta(days=n) for n in after]
        _write(log, visit, "sortante", days, (wanted,), PARTNERS[wanted[:3]], is_sure=True)


def _follow(log: Log, visit: Visit, came: date, last: date, age: int) -> None:
    """One thing after the other while the person is here."""
    every = _EVERY[log.profile] * (2 if age < CHILD else 1)
    day = came + timedelta(days=log.rng.randint(1, every))
    while day < last:
        kind = pick(log.rng, _SMALL if age < INFANT else _YOUNG if age < 18 else _ADULTS)
        is_contact = kind.startswith(("pro_", "psy_ecoute"))
        if not (is_contact and visit.role in ("waiting", "danger", "distress")):
            log.give(visit, day, kind)
        day += timedelta(days=log.rng.randint(every // 2, every * 2))


def _see_off(log: Log, visit: Visit, left: date, age: int) -> None:
    rng = log.rng
    if age >= CHILD and rng.random() < 0.35:
        log.give(visit, left, "ali_ration", rng.choice((1, 1, 2)))
    if age >= CHILD and rng.random() < 0.3:
        log.give(visit, left, "nfi_depart")
    if rng.random() < 0.4:
        log.give(visit, left, "ret_transport")
    if age >= 18 and rng.random() < 0.12:
        log.give(visit, left, "ret_aide_fin", rng.choice((10000, 15000, 25000)))
    if log.profile == "bamako" and age >= CHILD and rng.random() < 0.25:
        log.give(visit, left + timedelta(days=rng.randint(20, 60)), "fop_suivi_post")


def _refer(log: Log, visit: Visit, came: date, last: date, age: int) -> None:
    rng = log.rng
    if visit.referral in ("ong", "autre_centre", "oim", "action_sociale") and rng.random() < 0.3:
        days = [came, came, came + timedelta(days=1), came + timedelta(days=rng.randint(2, 6))]
        _write(log, visit, "entrante", days, ("heb",), SENDER)
    if visit.role:
        return
    chance = 0.75 if log.profile == "bamako" else 0.5 if visit.long else 0.08
    while age >= CHILD and rng.random() < chance:
        chance /= 3
        issued = came + timedelta(days=rng.randint(1, max(1, min(40, (last - came).days))))
        if issued > last:
            return
        days = [issued]
        for least, most in ((0, 4), (1, 14), (2, 12)):
            days.append(days[-1] + timedelta(days=rng.randint(least, most)))
        wanted: tuple[str, ...] = (pick(log.rng, _WANTED),)
        if rng.random() < 0.15:
            wanted = tuple(dict.fromkeys((*wanted, pick(log.rng, _WANTED))))
        _write(log, visit, "sortante", days, wanted, PARTNERS[wanted[0][:3]])


def _write(
    log: Log,
    visit: Visit,
    direction: str,
    days: list[date],
    wanted: tuple[str, ...],
    partner: str,
    is_sure: bool = False,
) -> None:
    """A referral as far as it came by yesterday. days: issued, accepted, served, closed. is_sure: nobody refuses it."""
    rng, (issued, accepted, served, closed) = log.rng, days
    if issued > log.yesterday:
        return
    row: Row = {"direction": direction, "issued_on": issued, "partner": partner, "service_wanted": ";".join(wanted)}
    end = rng.choices(
        ("", "refusee_structure", "refusee_personne", "sans_suite", "annulee", "brouillon"), (78, 6, 5, 7, 2, 2)
    )[0]
    if direction == "entrante" or is_sure:
        end = ""
    row["status"] = end if end in ("annulee", "brouillon") else "emise"
    if end in ("refusee_structure", "refusee_personne", "sans_suite") and served <= log.yesterday:
        row |= {"status": end, "closed_on": served}
    elif not end:
        for day, status, column in (
            (accepted, "acceptee", "accepted_on"),
            (served, "service_recu", "served_on"),
            (closed, "cloturee", "closed_on"),
        ):
            if day <= log.yesterday and (status != "cloturee" or is_sure or rng.random() < 0.8):
                row |= {"status": status, column: day}
        if direction == "sortante" and row["status"] in ("service_recu", "cloturee"):
            log.give(visit, served, wanted[0], partner=partner)
    log.referrals.append((issued, visit, row))
