"""An admission register: each line a person, their stay, perhaps a bed and a decision."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shelter_desk.domain.casefile import htcds
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.moments import plain
from shelter_desk.domain.registers import hours
from shelter_desk.domain.registers.refusals import OfSomebodyElse
from shelter_desk.domain.registers.register_shape import OF_CASES
from shelter_desk.domain.registers.rows import Values
from shelter_desk.domain.registers.shape import Assumed, Number, Spread, part
from shelter_desk.domain.residents.names import name_words, sounds


@dataclass(frozen=True, slots=True)
class Age:
    """An age as it was said: whole years, and months of a small child."""

    years: int
    months: int = 0


def names_of(full_name: str) -> tuple[str, str]:
    """Last and first names: the words in capitals are the last name; all of it where capitals do not tell."""
    words = full_name.split()
    loud = [word for word in words if word.isupper() and len(word) > 1]
    if not loud or len(loud) == len(words):
        return full_name.strip(), ""
    return " ".join(loud), " ".join(word for word in words if word not in loud)


def born(age: Age, on: date) -> dict[str, Any]:
    """What an age of that day says of the birth: an estimate in years, the month of birth of a small child."""
    if not age.months:
        return {"age_estimated": age.years, "age_estimated_on": on}
    months = on.year * 12 + on.month - 1 - age.years * 12 - age.months
    return {"birth_date": date(months // 12, months % 12 + 1, 1), "birth_date_precision": "month"}


def _age_on(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


_OTHER_SEX = {"f", "m"}
_ISSUED = {"direction": "sortante", "status": "emise"}
_OF_NAME = ("last_name", "first_name")


class Admissions:
    """Spreads the lines of an admission register over persons, stays, decisions and nights.

    person_of: who is known, by stay number and by full identity. said_of_stay: name and sex of whose stay it is.
    corrects: the number of the stay that a line of that number corrects, itself where it corrects none.
    referrals: folded numbers of those that stand. names_of_person: last and first names of those that stand, by code.
    as_chosen: codes of those whose two files became one: what a line without a code says of them changes nothing.
    """

    def __init__(
        self,
        assumed: Assumed,
        number: Number,
        new_code: Callable[[], str],
        person_of_stay: Mapping[str, str],
        person_of_identity: Mapping[tuple[str, ...], str],
        said_of_stay: Mapping[str, tuple[str, str]],
        corrects: Callable[[str], str] = str,
        referrals: Iterable[str] = (),
        names_of_person: Mapping[str, Values] | None = None,
        as_chosen: Iterable[str] = (),
    ) -> None:
        self._as_chosen = frozenset(as_chosen)
        self._assumed, self._number, self._new_code, self._corrects = assumed, number, new_code, corrects
        self._referrals = frozenset(referrals)
        self._of_stay = dict(person_of_stay)
        self._of_identity = dict(person_of_identity)
        self._said = dict(said_of_stay)
        self._met: dict[tuple[str, str], int] = {}
        self._stored = frozenset(names_of_person or ())
        self._spelled = dict(names_of_person or {})  # by code, last and first names as they were written first
        self._been_here = set(person_of_stay.values())

    def spread(self, values: Values, sheet: str) -> Spread:
        """The rows that one line of that sheet makes. Raises OfSomebodyElse."""
        line = self._told(values)
        number = line.get("stay_no") or self._own_number(line, sheet)
        is_known = number.casefold() in self._of_stay
        stay_no = number if is_known or line.get("stay_no") else self._corrects(number)
        folded = stay_no.casefold()
        is_new = not is_known and folded not in self._of_stay
        if stay_no == number:
            self._same_person(stay_no, line)
        told = line.get("person_code")
        code = self._of_stay[folded] = told or self._who(folded, line)
        line |= {"stay_no": stay_no, "person_code": code, **hours.joined(line)}
        if is_new and not line.get("entry_kind"):
            line["entry_kind"] = "readmission" if code in self._been_here else "premiere"
            self._assumed.note("entry_kind", "readmission" if code in self._been_here else "premiere")
        self._been_here.add(code)
        yield "personnes", self._person(line) if told or code not in self._as_chosen else {"person_code": code}
        yield "sejours", part("sejours", line)
        yield from self._nights_and_decisions(line)

    def _told(self, values: Values) -> dict[str, Any]:
        """The line with its names parted and its age as a birth."""
        line = dict(values)
        if not OF_CASES.isdisjoint(line):
            line = self._of_case(line)
        if "full_name" in line and not line.get("last_name"):
            line["last_name"], first = names_of(line.pop("full_name"))
            line.setdefault("first_name", first or None)
            self._assumed.note("full_name", "name_in_capitals" if first else "name_not_parted")
        # what stands in one column for both goes to the one that it is, where that says nothing itself
        said = line.pop("birth_or_age", None)
        if isinstance(said, Age):
            line.setdefault("age", said)
        elif isinstance(said, int) and "birth_date" not in line:
            line |= {"birth_date": date(said, 1, 1), "birth_date_precision": "year"}
        elif said is not None:
            line.setdefault("birth_date", said)
        if (age := line.pop("age", None)) is not None and "birth_date" not in line:
            if not line.get("age_estimated_on"):
                self._assumed.note("age", "age_at_entry")
            line |= born(age, line.get("age_estimated_on") or line["admitted_at"].date())
        elif age is not None and abs(_age_on(line["birth_date"], line["admitted_at"].date()) - age.years) > 1:
            self._assumed.note("age", "birth_before_age")
        if line.get("birth_date_precision") == "year":
            self._assumed.note("birth_date", "year_alone")
        return line

    def _of_case(self, line: dict[str, Any]) -> dict[str, Any]:
        """What a case of HTCDS says in its own way: when somebody came, and what for. Raises NotInList, Missing."""
        came: date | None = line.pop("referred_in_on", None)
        if came is not None and "admitted_at" not in line:
            line["admitted_at"] = plain(came)
            self._assumed.note("admitted_at", "entry_of_referral")
            if not line.get("migration_situation"):
                line["migration_situation"] = "indetermine"
                self._assumed.note("migration_situation", "situation_unknown")
        told = [line.pop(key, None) for key in ("exploitation_labour", "exploitation_sexual")]
        forms = htcds.forms(line.get("exploitation_forms"), *told)
        if forms:
            line["exploitation_forms"] = forms
        if not line.get("victim_status") and (forms or line.get("status_decided_by")):
            raise Missing("victim_status")
        return line

    def _referral(self, line: dict[str, Any]) -> Spread:
        """Where HTCDS says that somebody was referred to: nothing else is known of it."""
        partner, day = line.get("referred_to"), line.get("referred_out_on")
        if partner and day:
            self._assumed.note("referred_to", "referral_issued")
            number = self._number("R", f"{line['stay_no']}|{day.isoformat()}".casefold())
            row = {"referral_no": number, "stay_no": line["stay_no"], "issued_on": day, "partner": partner}
            # what became of it is the shelter's to say: an older file leaves it as it stands
            yield "referencements", row if number.casefold() in self._referrals else row | _ISSUED
        elif partner or day:
            self._assumed.note("referred_to", "referral_without_day")

    def _person(self, line: Values) -> dict[str, Any]:
        """The person of a line; who is the same by the words of the name keeps it as it was written first."""
        row, code = part("personnes", line), str(line["person_code"])
        first = self._spelled.get(code)
        if first is None:
            self._spelled[code] = {key: row[key] for key in _OF_NAME if key in row}
            return row
        # a spelling may be corrected later; a name that is not parted would stand beside the first name once more
        is_kept = code not in self._stored or "first_name" not in row
        words = sorted(name_words(said_of(row)[0])) if is_kept else []
        if words and words == sorted(name_words(said_of(first)[0])):
            row = {**{key: value for key, value in row.items() if key not in _OF_NAME}, **first}
        return row

    def _nights_and_decisions(self, line: dict[str, Any]) -> Spread:
        admitted: datetime = line["admitted_at"]
        if "referred_to" in line or "referred_out_on" in line:
            yield from self._referral(line)
        if line.get("victim_status"):
            if not line.get("decided_on"):
                line["decided_on"] = admitted.date()
                self._assumed.note("decided_on", "decided_at_entry")
            yield "statuts_victime", part("statuts_victime", line)
        if line.get("bed_code"):
            to = line.get("exited_at")
            placed = {"stay_no": line["stay_no"], "place": "lit", "bed_code": line["bed_code"], "from": admitted}
            yield "couchages", placed | ({"to": to} if to is not None else {})

    def _own_number(self, line: Values, sheet: str) -> str:
        """Of who is said on that line; of two lines of one sheet that say the same, the second is another person.

        On a later sheet, as that of the next month, the same line is the same stay.
        """
        said = "|".join(
            str(line.get(key) or "").casefold()
            for key in ("last_name", "first_name", "sex", "birth_date", "age_estimated", "nationality", "admitted_at")
        )
        met = self._met[sheet, said] = self._met.get((sheet, said), 0) + 1
        self._assumed.note("stay_no", "own_number")
        return self._number("L", f"{said}|{met}")

    def _same_person(self, stay_no: str, line: Values) -> None:
        """Raises OfSomebodyElse where the stay of that number is of a person with another name or sex."""
        key = stay_no.casefold()
        name, sex = said_of(line)
        known_name, known_sex = self._said.get(key, ("", ""))
        if are_others(name, known_name) or {sex, known_sex} == _OTHER_SEX:
            raise OfSomebodyElse(stay_no)
        self._said[key] = (name or known_name, sex or known_sex)

    def _who(self, folded: str, line: Values) -> str:
        identity = identity_of(line)
        code = self._of_stay.get(folded) or self._of_identity.get(identity) or self._new_code()
        if identity:
            self._of_identity[identity] = code
        return code


def said_of(values: Values) -> tuple[str, str]:
    """The whole name as it is written, and the sex."""
    return f"{values.get('last_name') or ''} {values.get('first_name') or ''}".strip(), values.get("sex") or ""


def are_others(one: str, other: str) -> bool:
    """True of two names none of which sounds like a part of the other; a name that is missing is nobody else's."""
    if not one or not other or one == other:  # hearing takes long, and most lines of a number say the same
        return False
    heard, known = frozenset(sounds(one)), frozenset(sounds(other))
    return bool(heard and known) and not (heard <= known or known <= heard)


def identity_of(values: Values) -> tuple[str, ...]:
    """Names, sex and exact day of birth: who has the same is the same person. Empty where one is missing."""
    if not values.get("birth_date") or (values.get("birth_date_precision") or "day") != "day":
        return ()
    words = name_words(said_of(values)[0])
    if len(words) < 2:
        return ()
    return (*sorted(words), str(values.get("sex")), values["birth_date"].isoformat())
