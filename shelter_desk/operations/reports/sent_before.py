"""What a recipient was sent already, with which the next document is proven together."""

from itertools import dropwhile

from shelter_desk.domain.ids import VersionId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import snapshots
from shelter_desk.domain.reports.hiding import sent
from shelter_desk.domain.reports.hiding.sent import SentDocument
from shelter_desk.domain.reports.month import compute
from shelter_desk.domain.reports.report import Profile, Report
from shelter_desk.domain.reports.sendings import Sending
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage.reports import reports as stored_reports
from shelter_desk.storage.reports import versions


@needs(Permission.REPORT_SEE)
def sent_to(desk: Desk, profile: Profile, recipient: str, version: VersionId | None = None) -> list[SentDocument]:
    """What this recipient has at this level; at `public` what everybody has, without a name what went to nobody named.

    Numbers that were hidden are taken as they were closed, or as they are today. Nothing for who holds no key of them.
    version: of what is written now; where they got it last, it is given as it was then.
    """
    if profile not in ("partenaire", "public") or desk.protection is None:
        return []
    whom = recipient.strip().casefold()
    with desk.reading() as connection:
        every = [one for one in versions.sent(connection) if one.level == profile]
        kept = [one for one in every if profile == "public" or one.recipient.casefold() == whom]
        kept = list(dropwhile(lambda one: one.version is not None and one.version == version, kept))
        found = [(one, versions.sent_content(connection, one.id, desk.protection)) for one in kept]
    wholes: dict[tuple[Period, VersionId | None], Report] = {}
    for one, _ in found:
        if (one.period, one.version) not in wholes:
            wholes[one.period, one.version] = _whole(desk, one)
    return [sent.read(content["document"], wholes[one.period, one.version]) for one, content in found if content]


def _whole(desk: Desk, sending: Sending) -> Report:
    """Everything of the period that was sent."""
    with desk.reading() as connection:
        if sending.version is None:
            return compute(stored_reports.facts(connection, sending.period.over_by(desk.today())))
        version = versions.one(connection, sending.version)
        content = versions.content(connection, version, desk.key_of_protection(Permission.REPORT_SEE))
    return snapshots.read(content["report"])
