"""The thread of a person: dated facts of the whole case file as codes and days, without a sealed word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Permission

Topic = Literal[
    "stay",
    "status",
    "interviews",
    "assessments",
    "plan",
    "services",
    "referrals",
    "minor",
    "return",
    "legal",
    "contacts",
    "consents",
    "notes",
    "documents",
    "incidents",
    "file",
]
# what a role must hold to see the facts of a topic, in the order in which topics are offered
TOPICS: Mapping[Topic, Permission] = MappingProxyType(
    {
        "stay": Permission.SEE_BEDS,
        "status": Permission.CASE_SEE,
        "interviews": Permission.CASE_SEE,
        "assessments": Permission.CASE_SEE,
        "plan": Permission.CASE_SEE,
        "services": Permission.ASSIST_SEE,
        "referrals": Permission.ASSIST_SEE,
        "minor": Permission.CASE_SEE,
        "return": Permission.CASE_SEE,
        "legal": Permission.CASE_SEE,
        "contacts": Permission.CASE_SEE,
        "consents": Permission.ASSIST_SEE,
        "notes": Permission.CASE_SEE,
        "documents": Permission.CASE_SEE,
        "incidents": Permission.INCIDENT_SEE,
        "file": Permission.SEE_BEDS,
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """One dated fact.

    what: which fact of the topic it is, by the name that `words.thread` says it under. table, key: the row it stands
    in. at: when it was so, a plain day where the hour is not known; recorded: when it was typed, None where the row
    does not say. by: who did it, None where the row does not say. told: columns of the row by name, "" where empty.
    """

    topic: Topic
    what: str
    table: str
    key: int
    at: datetime
    recorded: datetime | None = None
    by: UserId | None = None
    told: Mapping[str, str] = field(default_factory=dict)
