"""What the head of a record says before the red flags."""

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contact_risks, contacts, diets, documents
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui.assessing.version_view import risk_alerts
from shelter_desk.ui.residents.record.head_alerts import AlertBadge
from shelter_desk.ui.residents.record.record_head import last_stay
from shelter_desk.words import contacts as contact_words
from shelter_desk.words import incidents as incident_words
from shelter_desk.words import notes as note_words


def before_flags(desk: Desk, record: Record) -> list[AlertBadge]:
    """Whom to keep apart, what not to eat, whom not to reach, what endangers, which papers run out."""
    return [
        *_contact(desk, record),
        *_diet(desk, record),
        *_reach(desk, record),
        *(AlertBadge(told, "vulnerability") for told in risk_alerts(desk, record)),
        *_paper(desk, record),
    ]


def _paper(desk: Desk, record: Record) -> list[AlertBadge]:
    """Which papers of somebody who is here have run out, or will soon."""
    one = last_stay(record)
    if one is None or one.stay.exited_at is not None or not desk.may(Permission.CASE_SEE):
        return []
    found = [(paper.document, paper.ends) for paper in documents.ending(desk, record.person.id)]
    return [
        AlertBadge(note_words.ending(paper.kind, ends, paper.expires_on), "documents")
        for paper, ends in found
        if paper.expires_on
    ]


def _contact(desk: Desk, record: Record) -> list[AlertBadge]:
    """Whom this person must not meet (R-28)."""
    found = contact_risks.alerts(desk, desk.today()).get(record.person.id)
    at = "form/contact" if desk.may(Permission.CASE_EDIT) else ""
    return [AlertBadge(incident_words.apart(*told), at) for told in contact_risks.sentences(found)]


def _diet(desk: Desk, record: Record) -> list[AlertBadge]:
    """What somebody who is here must not or cannot eat."""
    one = last_stay(record)
    if one is None or one.stay.exited_at is not None:
        return []
    at = "form/diet" if desk.may(Permission.ASSIST) else ""
    found = diets.of(desk, [one.stay.id]).get(one.stay.id, ())
    return [AlertBadge(words.label(diets.LIST, code), at) for code in found]


def _reach(desk: Desk, record: Record) -> list[AlertBadge]:
    """Whom nobody reaches on any account, before somebody answers a call."""
    if not desk.may(Permission.CASE_SEE):
        return []
    lines = contacts.of(desk, record.person.id).lines
    never = dict.fromkeys(contact_words.who(line.contact.relation).lower() for line in lines if line.verdict == "never")
    told = words.text("Never tell: {who}").format(who=", ".join(never))
    return [AlertBadge(told, "stay")] if never else []
