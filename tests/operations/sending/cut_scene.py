"""A shelter that was cut as a report left: whether it did is not sure."""

from pathlib import Path

import pytest

from shelter_desk.domain.errors import DiskFull
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, month_versions, reports
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.reports import versions
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

TO = GateAnswers("Cluster Protection", "coordination")


def last(desk: Desk) -> Period:
    """The month that is over."""
    return Period(desk.today(), desk.today()).month_before


def may_have_left(place: Path) -> Desk:
    """A closed month whose report may have left, opened again."""
    made = open_small_shelter(place / "shelter")
    admit(made, "1A", days=100)
    user_accounts.add(made, "Agent C", Role.AUDITOR, PASSWORD)
    closing.close(made, last(made), lambda _: "sans_objet")
    _cut_while_leaving(made, place / "out.xlsx")
    return unlocking.unlock(made.folder, "Agent A", PASSWORD)


def _cut_while_leaving(desk: Desk, out: Path) -> None:
    """A disk that takes nothing more once the row is there; then the program ends."""

    def full(*_: object) -> None:
        raise DiskFull("shelter.db")

    month = month_versions.month(desk, last(desk))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(versions, "tell_leaving", full)
        patched.setattr(versions, "take_back_leaving", full)
        with pytest.raises(DiskFull):
            reports.export(desk, month, "partenaire", out, TO)
    desk.close()
