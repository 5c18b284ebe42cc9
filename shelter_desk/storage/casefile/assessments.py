"""Assessments of vulnerability and risk in the file, each version a row with its answers."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast, get_args

from sqlalchemy import Connection, func, or_, select

from shelter_desk.domain.casefile.assessments import Assessment, FactorAnswer
from shelter_desk.domain.ids import AssessmentId, PersonId, StayId
from shelter_desk.domain.residents.residents import Reason
from shelter_desk.storage import tables
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.column_values import joined, parts
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.numbering import Numbering
from shelter_desk.storage.residents.person_sealers import of_stays as sealers_of
from shelter_desk.storage.residents.person_sealers import opened, opened_in_list
from shelter_desk.storage.stays.stays import stays_of

TABLE, ANSWERS = "assessments", "factor_answers"
YES, NO = "oui", "non"
_ANSWERS = get_args(FactorAnswer)
ASSESSMENTS = Mapper(tables.assessments, Assessment, without=("factors", "threat_sources", "self_harm_concern"))
NUMBERS = Numbering(tables.assessments.c.assessment_no, "V")


def sealed_row(own: Sealer, key: AssessmentId, assessment: Assessment, note: str) -> dict[str, Any]:
    """What of an assessment is sealed, as it is stored."""
    concern = {True: YES, False: NO}.get(cast("bool", assessment.self_harm_concern), "")
    said = {
        "threat_sources": joined(assessment.threat_sources or ()),
        "self_harm_concern": concern,
        "note": note.strip(),
    }
    return {column: own.seal(TABLE, column, key, value) for column, value in said.items()}


def of_stays(
    connection: Connection, protection: Sealer | None, stays: Iterable[StayId], why: Reason | None = None
) -> list[Assessment]:
    """Every version of these stays, the latest first. why: with it the sources of danger are opened as well."""
    of, wanted = tables.assessments.c, list(stays)
    found = select(tables.assessments).where(of.stay_id.in_(wanted)).order_by(of.assessed_on.desc(), of.version.desc())
    return _made(connection, protection, connection.execute(found).all(), why)


def of_person(connection: Connection, protection: Sealer | None, person: PersonId) -> list[Assessment]:
    """Every version of all stays of a person, the latest first."""
    return of_stays(connection, protection, stays_of(connection, person))


def last_of_all(connection: Connection, protection: Sealer | None) -> list[Assessment]:
    """The last version of every stay that has not ended."""
    of = tables.assessments.c
    last = select(of.stay_id, func.max(of.version).label("last")).group_by(of.stay_id).subquery()
    wanted = (
        select(tables.assessments)
        .join(last, (last.c.stay_id == of.stay_id) & (last.c.last == of.version))
        .join(tables.stays, tables.stays.c.id == of.stay_id)
        .where(tables.stays.c.exited_at.is_(None))
        .order_by(of.next_review, of.id)
    )
    return _made(connection, protection, connection.execute(wanted).all())


def last(connection: Connection, protection: Sealer | None, stay: StayId) -> Assessment | None:
    """The last version of a stay."""
    found = of_stays(connection, protection, [stay])
    return max(found, key=lambda one: one.version, default=None)


def _made(
    connection: Connection, protection: Sealer | None, rows: Iterable[Any], why: Reason | None = None
) -> list[Assessment]:
    found = list(rows)
    answers = _answers(connection, [row.id for row in found])
    own = sealers_of(connection, protection, {StayId(row.stay_id) for row in found})
    made = []
    for row in found:  # the key opens the concern, and with a reason the sources of danger; without they stay None
        key = own.get(StayId(row.stay_id))
        sources = opened_in_list(key, TABLE, "threat_sources", row.id, row.threat_sources, why) if why else ""
        concern = opened_in_list(key, TABLE, "self_harm_concern", row.id, row.self_harm_concern)
        told = {
            "threat_sources": None if key is None or why is None else parts(sources),
            "self_harm_concern": {YES: True, NO: False}.get(concern),
        }
        made.append(ASSESSMENTS.read(row, factors=answers.get(row.id, {}), **told))
    return made


def _answers(connection: Connection, keys: list[int]) -> dict[int, dict[str, FactorAnswer]]:
    of = tables.factor_answers.c
    wanted = select(of.assessment_id, of.factor, of.answer).where(of.assessment_id.in_(keys)).order_by(of.id)
    found: dict[int, dict[str, FactorAnswer]] = defaultdict(dict)
    for row in connection.execute(wanted):
        found[row.assessment_id][row.factor] = cast("FactorAnswer", row.answer)
    return found


def stay_of(connection: Connection, key: AssessmentId) -> StayId:
    """Which stay an assessment is about."""
    wanted = select(tables.assessments.c.stay_id).where(tables.assessments.c.id == key)
    return StayId(connection.execute(wanted).scalar_one())


def note(connection: Connection, own: Sealer | None, key: AssessmentId, why: Reason) -> str:
    """The note of a version, in clear."""
    wanted = select(tables.assessments.c.note).where(tables.assessments.c.id == key)
    return opened(own, TABLE, "note", key, connection.execute(wanted).scalar_one(), why)


def factor_notes(connection: Connection, own: Sealer | None, key: AssessmentId, why: Reason) -> dict[str, str]:
    """The notes on the factors of a version, in clear, by factor."""
    of = tables.factor_answers.c
    wanted = select(of.id, of.factor, of.note).where(of.assessment_id == key)
    found = {row.factor: opened(own, ANSWERS, "note", row.id, row.note, why) for row in connection.execute(wanted)}
    return {factor: text for factor, text in found.items() if text}


def noted(connection: Connection, keys: Iterable[AssessmentId]) -> set[AssessmentId]:
    """Which of these versions have a note, on the whole or on a factor; none is opened."""
    of, on, wanted = tables.assessments.c, tables.factor_answers.c, list(keys)
    with_note = select(on.assessment_id).where(func.length(on.note) > 0)
    found = select(of.id).where(of.id.in_(wanted), or_(func.length(of.note) > 0, of.id.in_(with_note)))
    return {AssessmentId(key) for key in connection.execute(found).scalars()}


# The factors of the country -------------------------------------------------------------------------------------------


def structural(connection: Connection, year: int) -> dict[str, FactorAnswer]:
    """What was answered of the structural factors for that year; empty before it was. Raises Damaged."""
    kept = settings.of_json(connection, structural_key(year)) or {}
    if not isinstance(kept, dict) or not all(answer in _ANSWERS for answer in kept.values()):
        raise settings.damaged(structural_key(year))
    return kept


def structural_key(year: int) -> str:
    """Where the answers of that year are kept."""
    return f"structural_factors_{year}"
