"""What the house holds on a person, gathered to be given to that person on paper.

Left out: who else is named, where danger comes from, incidents; what is told in words of others' and of one's own is
counted and not written, since nobody can take the others out of it.
"""

from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.checks import check_optional_code
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.sendings import MY_FILE
from shelter_desk.domain.residents.residents import NO_NAMES, PARENTS, Names
from shelter_desk.domain.residents.timeline import Topic
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import NOMINAL
from shelter_desk.operations.consent import consents
from shelter_desk.operations.consent.consents import ConsentStanding
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.residents import diets, residents, timeline
from shelter_desk.operations.residents.residents import Record
from shelter_desk.operations.residents.timeline import TimelineEntry
from shelter_desk.operations.sending import departures
from shelter_desk.operations.sending.departures import DepartingFile, LeavingFile
from shelter_desk.operations.vault import clock_check
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.residents import residents as stored_residents

PURPOSE = "acces"
FILE = "mon-dossier.pdf"
# of others: contacts and who must not meet whom; told as a number alone: notes and papers
LEFT_OUT: frozenset[Topic] = frozenset({"contacts", "incidents"})
COUNTED: frozenset[Topic] = frozenset({"notes", "documents"})


@dataclass(frozen=True, slots=True)
class MyFile:
    """What is given. names: without the parents. diets: of the last stay. counted: notes and papers, by topic.

    name_months, story_months: how long names, and what is told in words, stay once the case is closed.
    """

    record: Record
    names: Names
    diets: tuple[str, ...]
    entries: tuple[TimelineEntry, ...]
    consents: tuple[ConsentStanding, ...]
    counted: Mapping[str, int]
    name_months: int
    story_months: int
    made_at: datetime
    made_by: str


@needs(Permission.CASE_SEE)
def of(desk: Desk, person: PersonId) -> MyFile:
    """What is held on that person; it left once `keep` was told so. Raises NotAllowed, SealsAltered."""
    sealer = desk.key_of_names()
    record = residents.record(desk, person)
    with desk.reading() as connection:
        names = stored_residents.name(connection, sealer, person) if record.has_name else NO_NAMES
        kept = stored_settings.read(connection)
    found = [one for one in timeline.of(desk, person) if one.event.topic not in LEFT_OUT]
    last = record.stays[0].stay.id if record.stays else None
    return MyFile(
        record,
        replace(names, **dict.fromkeys(PARENTS, "")),
        diets.of(desk, [last]).get(last, ()) if last is not None else (),
        tuple(one for one in found if one.event.topic not in COUNTED),
        tuple(one for one in consents.of(desk, person).standings if one.consent is not None),
        Counter(one.event.topic for one in found if one.event.topic in COUNTED),
        setting_rules.whole(kept, "retention_identity_months"),
        setting_rules.whole(kept, "retention_narratives_months"),
        desk.now(),
        desk.user_name,
    )


@needs(Permission.CASE_SEE)
def check(desk: Desk, gate: GateAnswers) -> None:
    """To be asked before it is written: nothing leaves that could not be kept. Raises ClockWrong, NotInList."""
    desk.check(Permission.SEE_NAMES)
    check_optional_code("sending_channel", gate.channel, "channel")
    clock_check.check(desk)


@needs(Permission.CASE_SEE)
def recorded(
    desk: Desk, made: MyFile, gate: GateAnswers, *places: Path, password: str = ""
) -> AbstractContextManager[DepartingFile]:
    """Around what prints it or saves it, kept among what left and in the journal. password: of a closed one."""
    desk.check(Permission.SEE_NAMES)
    day = Period(made.made_at.date(), made.made_at.date())
    leaving = LeavingFile(MY_FILE, NOMINAL, FILE, None, day)
    code = made.record.person.code
    gate = replace(gate, purpose=PURPOSE)
    return departures.recorded(desk, "my_file", leaving, gate, *places, subject=code, password=password)
