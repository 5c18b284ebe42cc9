"""Past months of the training shelter as a house that closes them has them: closed, one sent, then replaced."""

from collections.abc import Iterator
from dataclasses import replace

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.ids import ServiceId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import narrative
from shelter_desk.domain.reports.points import Point
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import REMIND_AFTER, GateAnswers
from shelter_desk.domain.sending.recipients import EXACT
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import closing, month_versions, narratives, reports
from shelter_desk.operations.reports.narratives import NarrativeTerms
from shelter_desk.operations.sending import recipients, sendings
from shelter_desk.system import collecting

RECIPIENTS = (("Bailleur A (fictif)", "bailleur"), ("Direction régionale (fictive)", "etat"))
AGREEMENT, YEARS = "C-EX-01", 2  # of the first of them, from now on
PURPOSE = "rapport_projet"
MOST = 11  # months that are closed: with the last one, which is left to close, a year
LATE = "saisie tardive : un soin noté sur papier"
VISITS: tuple[str, ...] = (
    "La direction régionale a visité le centre et vu les dortoirs.",
    "La réunion de protection du mois s’est tenue avec les structures partenaires.",
    "Le bailleur est venu voir l’atelier de couture.",
)
PLANS: tuple[str, ...] = (
    "Refaire la peinture du dortoir des femmes.",
    "Former l’équipe de nuit à l’accueil des enfants.",
    "Renouveler l’accord avec le centre de santé.",
)
REASONS = {"after_exit": "apres_sortie", "no_birth": "injoignable", "planned_past": "preuve_papier"}


@needs(Permission.REPORT_CLOSE)
def close(desk: Desk) -> None:
    """Close every whole month but the last, send the last closed one to two readers, and replace it after a late fact.

    The first reader gets what replaces it. Nothing is closed where fewer than two whole months were lived.
    """
    months = _past(desk)
    for number, month in enumerate(months):
        _narrate(desk, month, number)
        closing.close(desk, month, _reason)
    if months:
        _replace(desk, months[-1])


def _narrate(desk: Desk, month: Period, number: int) -> None:
    """The month in words: what its own figures propose, a visit, and what comes next."""
    now = month_versions.now(desk, month)  # without other periods beside it, which take longer than all the rest
    found = NarrativeTerms(now, narrative.proposals(now.report), (), {})
    narratives.keep(desk, found, found.proposals)
    narratives.say(desk, found, "coordination", VISITS[number % len(VISITS)])
    narratives.say(desk, found, "outlook", PLANS[number % len(PLANS)])


def _past(desk: Desk) -> list[Period]:
    """The months of a year that were lived whole, without the last one, in their order."""
    first = reports.first_day(desk)
    month, found = Period(desk.today(), desk.today()).month_before.month_before, list[Period]()
    while first is not None and month.first >= first and len(found) < MOST:
        found.insert(0, month)
        month = month.month_before
    return found


def _reason(point: Point) -> str:
    return REASONS.get(point.matter, "sans_objet")


def _recipients(desk: Desk) -> Iterator[str]:
    """Puts them into the directory, the first with an agreement, and tells their names."""
    for place, (name, kind) in enumerate(RECIPIENTS):
        one = recipients.usual(name, kind)
        if place == 0:
            until = desk.today().replace(day=1, year=desk.today().year + YEARS)
            one = replace(one, agreement_no=AGREEMENT, agreement_until=until, levels=(*one.levels, EXACT))
        recipients.keep_recipient(desk, one)
        yield name


def _replace(desk: Desk, month: Period) -> None:
    """What was sent stays known when a service of that month is noted late."""
    first, *others = _recipients(desk)
    for name in (first, *others):
        _send(desk, month, name)
    sendings.acknowledge(desk, sendings.sent_files(desk)[-1].sending.id, desk.today())
    found = month_versions.month(desk, month)
    here = (one for one in found.facts.stays if one.admitted_at.date() <= month.first and one.exited_at is None)
    stay = next(here, None)
    if stay is None:  # a small house may be empty by then
        return
    with desk.because_late(LATE):
        assistance.give(desk, [Service(ServiceId(0), "", month.last, stay.id, "san_consult")])
    closing.rectify(desk, month, LATE)
    _send(desk, month, first)


def _send(desk: Desk, month: Period, recipient: str) -> None:
    found = month_versions.month(desk, month)
    path = desk.folder / reports.file_name(desk, found.report, "partenaire")
    gate = GateAnswers(
        recipient, PURPOSE, channel="courriel", carried_by=desk.user_name, due=desk.today() + REMIND_AFTER
    )
    with collecting.held_back():
        reports.export(desk, found, "partenaire", path, gate)
