"""Stays that ask for a look: over their limit (R-14), turning 18 (R-07), somebody they must not meet (R-28)."""

from collections.abc import Iterable, Mapping
from datetime import date

from shelter_desk import words
from shelter_desk.domain.beds.room_rules import turns_adult_soon
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.reports import categories
from shelter_desk.domain.reports.facts import Limits
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations import settings
from shelter_desk.operations.beds.beds import Board
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contact_risks
from shelter_desk.operations.residents.contact_risks import KeptApart
from shelter_desk.operations.stays import victim_statuses
from shelter_desk.ui.beds import phrases
from shelter_desk.words import incidents as incident_words
from shelter_desk.words import room_rules


def limits(desk: Desk) -> Limits:
    """The longest stays this shelter allows, in days."""
    kept = settings.read(desk)
    return Limits(kept.transit_days, kept.vulnerable_days, kept.vot_days, kept.small_cell_k)


class Alerts:
    """Sentences by stay. Decisions on status are read only for adults who may be over a limit, once per change."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._decided: dict[StayId, tuple[VictimStatus, ...]] = {}
        self._apart: dict[date, Mapping[PersonId, KeptApart]] = {}
        self._days: int | None = None

    def forget(self) -> None:
        """Read the decisions anew next time."""
        self._decided.clear()
        self._days = None
        self._apart.clear()

    def of(self, board: Board) -> dict[StayId, tuple[str, ...]]:
        """What asks for a look on that night, by stay; stays without are left out."""
        allowed = limits(self._desk)
        if self._desk.may(Permission.CASE_SEE):  # which limit holds hangs on the status
            self._read_decisions([one for one in board.everyone if _may_be_over(one, board.night, allowed)])
        found = {one.stay.id: self.told(one, board.night, allowed) for one in board.everyone}
        return {key: told for key, told in found.items() if told}

    def told(self, one: Present, night: date, allowed: Limits) -> tuple[str, ...]:
        """The sentences of one stay."""
        found = [incident_words.apart(*told) for told in self._kept_apart(one, night)]
        limit = self._limit_passed(one, night, allowed)
        if limit is not None:
            sentence = words.text("{nights}: the stay is longer than {limit} days")
            n = phrases.nights_text(categories.nights(one.stay, night))
            found.append(sentence.format(nights=n, limit=limit))
        if turns_adult_soon(one.person.birth, night, one.stay.child_status, self._majority_days()):
            found.append(room_rules.warning("R-07"))
        return tuple(found)

    def _majority_days(self) -> int:
        if self._days is None:
            self._days = settings.thresholds(self._desk).majority_days
        return self._days

    def _kept_apart(self, one: Present, night: date) -> list[tuple[tuple[str, ...], bool]]:
        if night not in self._apart:
            self._apart[night] = contact_risks.alerts(self._desk, night)
        return contact_risks.sentences(self._apart[night].get(one.person.id))

    def _limit_passed(self, one: Present, night: date, allowed: Limits) -> int | None:
        if not self._desk.may(Permission.CASE_SEE) or not _may_be_over(one, night, allowed):
            return None
        self._read_decisions([one])
        return categories.limit_passed(one.stay, one.person, self._decided[one.stay.id], night, allowed)

    def _read_decisions(self, stays: Iterable[Present]) -> None:
        unread = [one.stay.id for one in stays if one.stay.id not in self._decided]
        if unread:
            found = victim_statuses.of_stays(self._desk, unread)
            self._decided.update({key: found.get(key, ()) for key in unread})


def _may_be_over(one: Present, night: date, allowed: Limits) -> bool:
    return categories.may_be_over(one.stay, one.person, night, allowed)
