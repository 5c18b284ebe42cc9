"""Rows of a case file, written as another part of the program or an import writes them."""

from typing import Any

from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from tests.operations.shelter import days_ago


def put(desk: Desk, table: str, **values: Any) -> int:
    """A row of that table."""
    with desk.writing("take_in", flags.TOPICS) as writing:
        return writing.trail.add(table, values)


def interviewed(desk: Desk, one: Admitted, days: int = 1, **values: Any) -> int:
    """An interview held so many days ago."""
    at = days_ago(days).strftime("%Y-%m-%dT%H:%M")
    number = f"E-{one.code}-{days}"
    return put(
        desk,
        "interviews",
        **(
            {
                "interview_no": number,
                "stay_id": one.stay,
                "session_no": 1,
                "interview_at": at,
                "interview_state": "termine",
                "interviewer_trained": True,
            }
            | values
        ),
    )
