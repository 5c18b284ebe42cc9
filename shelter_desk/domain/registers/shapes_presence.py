"""A presence grid: each line a resident, each column a night of one month, compared with the stays (3.9)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from shelter_desk.domain.checks import check_not_future
from shelter_desk.domain.listing import ListColumn
from shelter_desk.domain.moments import ONE_DAY, covers, plain
from shelter_desk.domain.registers.person_lookup import WHO, Stays, Whom
from shelter_desk.domain.registers.refusals import CellRefused, MonthUnknown, NotHereThen, SeenWhileAway
from shelter_desk.domain.registers.register_shape import REGISTER
from shelter_desk.domain.registers.rows import Values
from shelter_desk.domain.registers.shape import Assumed, ListShape, Spread

PRESENT, NOTHING = "present", "vide"
NIGHT_MARK = "night_mark"
NIGHTS: Mapping[int, str] = {day: f"night_{day:02}" for day in range(1, 32)}
_ALSO = {
    "full_name": ("résident", "résidente", "résident(e)", "bénéficiaire", "nom", "noms", "resident"),
    "person_code": ("code", "code bénéficiaire", "code résident"),
    "last_name": ("nom de famille", "last name"),
    "stay_no": ("dossier", "n° de séjour", "numéro du dossier", "case no."),
}
PRESENCE = ListShape(
    "presence",
    ("absences", "personnes"),
    (
        *(
            replace(column, required=False, also=(*column.also, *_ALSO.get(column.key, ())))
            for column in REGISTER.columns
            if column.key in WHO
        ),
        ListColumn("month", "Mois", "Month", "day"),
        ListColumn(NIGHT_MARK, "Marque d’une nuit", "Mark of a night", "code"),
    ),
    (WHO[:4],),
)


class Presences:
    """Compares the lines of presence grids with stays and absences.

    A night marked absent becomes an absence; a night marked present adds nothing, since nights are those of stays: it
    is refused where there is no stay, or where an absence is recorded. absences: rows of the registers.
    """

    def __init__(self, assumed: Assumed, whom: Whom, absences: Iterable[Values], today: date) -> None:
        self._assumed, self._whom, self._today = assumed, whom, today
        self._absences: dict[str, list[Values]] = {}
        for one in absences:
            self._absences.setdefault(str(one["stay_no"]).casefold(), []).append(one)

    def spread(self, values: Values, _sheet: str) -> Spread:
        """The absences that a line makes, and the person it speaks of.

        Raises MonthUnknown, CellRefused for a night that the month has not, InTheFuture, NotHereThen, SeenWhileAway.
        """
        marks = {day: values[key] for day, key in NIGHTS.items() if values.get(key, NOTHING) != NOTHING}
        if not marks:
            self._assumed.note(NIGHT_MARK, "nothing_ticked")
            return
        if "month" not in values:
            raise MonthUnknown()
        first = values["month"].replace(day=1)
        nights = {_night(first, day): mark for day, mark in marks.items()}
        last = max(nights)
        check_not_future(last, self._today)
        after = (first + timedelta(days=31)).replace(day=1)
        stays = self._whom.stays(values, first, after)
        code = self._whom.person(values, first, after) if not stays else str(stays[0]["person_code"])
        self._check(nights, stays)
        yield "personnes", {"person_code": code}
        yield from self._away(nights, stays, after)
        # nights of a stay of which the grid says nothing
        until = min(after, self._today + ONE_DAY)
        if any(
            night not in nights and _stay_of(night, stays) is not None and not self._recorded(night, stays)
            for night in (first + timedelta(days=n) for n in range((until - first).days))
        ):
            self._assumed.note(NIGHT_MARK, "nights_not_ticked")

    def _check(self, nights: Mapping[date, str], stays: Stays) -> None:
        present = sorted(night for night, mark in nights.items() if mark == PRESENT)
        elsewhere = [night for night in present if _stay_of(night, stays) is None]
        if elsewhere:
            raise NotHereThen(tuple(elsewhere))
        away = [night for night in present if self._recorded(night, stays)]
        if away:
            raise SeenWhileAway(tuple(away))

    def _away(self, nights: Mapping[date, str], stays: Stays, after: date) -> Iterator[tuple[str, dict[str, Any]]]:
        told: set[tuple[str, datetime]] = set()
        new: dict[date, str] = {}
        for night, mark in sorted(nights.items()):
            if mark == PRESENT or _stay_of(night, stays) is None:
                continue
            known = self._recorded(night, stays)
            if known is None:
                new[night] = mark
                continue
            key = (str(known["stay_no"]), known["from"])
            if key not in told:
                told.add(key)
                yield "absences", {"stay_no": known["stay_no"], "from": known["from"]}
        for start, end, mark, stay in _runs(new, stays):
            if mark == "injustifiee":
                self._assumed.note(NIGHT_MARK, "absence_unexplained")
            if end == after:
                self._assumed.note(NIGHT_MARK, "absence_ends_with_month")
            left = stay.get("exited_at")
            to = plain(end) if left is None else min(plain(end), left)
            since = max(plain(start), stay["admitted_at"])
            yield "absences", {"stay_no": stay["stay_no"], "absence_type": mark, "from": since, "to": to}

    def _recorded(self, night: date, stays: Stays) -> Values | None:
        of_stays = (one for stay in stays for one in self._absences.get(str(stay["stay_no"]).casefold(), ()))
        return next((one for one in of_stays if covers(one["from"], one.get("to"), night)), None)


def _night(first: date, day: int) -> date:
    try:
        return first.replace(day=day)
    except ValueError:
        raise CellRefused(f"{day:02}/{first:%m/%Y}", "date") from None


def _stay_of(night: date, stays: Stays) -> Values | None:
    return next((one for one in stays if covers(one["admitted_at"], one.get("exited_at"), night)), None)


def _runs(nights: Mapping[date, str], stays: Stays) -> list[tuple[date, date, str, Values]]:
    """First night, first night back, why and stay of nights away that follow one another."""
    runs: list[tuple[date, date, str, Values]] = []
    for night, mark in sorted(nights.items()):
        stay = _stay_of(night, stays)
        if stay is None:
            continue
        start = night
        if runs and runs[-1][1:3] == (night, mark) and runs[-1][3]["stay_no"] == stay["stay_no"]:
            start = runs.pop()[0]
        runs.append((start, night + ONE_DAY, mark, stay))
    return runs
