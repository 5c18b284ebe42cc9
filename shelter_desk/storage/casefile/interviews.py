"""Identification interviews in the file: what was ticked stands open, the summary is sealed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, func, select

from shelter_desk.domain.casefile.interviews import Answer, Interview
from shelter_desk.domain.ids import InterviewId, StayId
from shelter_desk.domain.residents.residents import Reason
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper, grouped
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.numbering import Numbering

INTERVIEWS = Mapper(tables.interviews, Interview, without=("indicators",), state="interview_state")
NUMBERS = Numbering(tables.interviews.c.interview_no, "E")


def of_stays(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[Interview, ...]]:
    """The sessions of each stay in order; stays without one are left out."""
    of = tables.interviews.c
    found = INTERVIEWS.where(connection, of.stay_id.in_(list(stays)), order=(of.session_no, of.id))
    answers = _answers(connection, [one.id for one in found])
    whole = (replace(one, indicators=answers.get(one.id, {})) for one in found)
    return grouped(whole, lambda one: one.stay)


def interview(connection: Connection, interview_id: InterviewId) -> Interview:
    """One session."""
    answers = _answers(connection, [interview_id]).get(interview_id, {})
    return replace(INTERVIEWS.one(connection, interview_id), indicators=answers)


def known(connection: Connection, interview_id: InterviewId) -> bool:
    """True while it is in the file: the act that began it may have been undone."""
    return INTERVIEWS.one_or_none(connection, interview_id) is not None


def _answers(connection: Connection, keys: list[int]) -> dict[int, dict[str, Answer]]:
    of = tables.indicator_answers.c
    found: dict[int, dict[str, Answer]] = defaultdict(dict)
    wanted = select(tables.indicator_answers).where(of.interview_id.in_(keys)).order_by(of.indicator)
    for row in connection.execute(wanted):
        found[row.interview_id][row.indicator] = row.answer
    return found


def keep_answers(connection: Connection, trail: Trail, interview_id: InterviewId, said: Mapping[str, Answer]) -> None:
    """Write the answers that differ; a question that was not asked has no row."""
    of = tables.indicator_answers.c
    rows = connection.execute(select(of.id, of.indicator, of.answer).where(of.interview_id == interview_id)).all()
    former = {row.indicator: row for row in rows}
    wanted = {key: answer for key, answer in said.items() if answer != "non_demande"}
    for key, answer in wanted.items():
        if key not in former:
            row = {"interview_id": interview_id, "indicator": key, "answer": answer}
            trail.add("indicator_answers", row)
        else:
            trail.change("indicator_answers", former[key].id, {"answer": answer})
    for key in former.keys() - wanted.keys():
        trail.remove("indicator_answers", former[key].id)


def with_summary(connection: Connection, stays: Iterable[StayId]) -> frozenset[InterviewId]:
    """The sessions of those stays that have a summary, none of which is opened."""
    of = tables.interviews.c
    wanted = select(of.id).where(of.stay_id.in_(list(stays)), func.length(of.summary) > 0)
    return frozenset(InterviewId(key) for key in connection.execute(wanted).scalars())


def summary(connection: Connection, protection: Sealer, interview_id: InterviewId, why: Reason) -> str:
    """The summary of a session; "" where there is none, or its key is gone with the identity."""
    profiles = tables.profiles
    joined_ = tables.interviews.join(tables.stays).outerjoin(profiles, profiles.c.id == tables.stays.c.person_id)
    wanted = select(tables.interviews.c.summary, tables.stays.c.person_id, profiles.c.protection_seal)
    row = connection.execute(wanted.select_from(joined_).where(tables.interviews.c.id == interview_id)).one()
    if not row.summary or row.protection_seal is None:
        return ""
    own = protection.of_row("persons", row.person_id, row.protection_seal)
    return own.unseal("interviews", "summary", interview_id, row.summary, why)
