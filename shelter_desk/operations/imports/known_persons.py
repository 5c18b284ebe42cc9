"""Lines of a file that came before, in this import or in another version of it: who they are, what they correct."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from shelter_desk.domain.registers.corrected import CorrectedText, Likely, is_own, likely
from shelter_desk.domain.registers.rows import Incoming, Judgement, Place, Values
from shelter_desk.domain.residents.residents import CALLED
from shelter_desk.excel.reading.headings import folded
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports.intake_doubts import ASIDE, DoubtsDecided, earlier_of
from shelter_desk.operations.imports.register_spreads import OWN_NUMBER, Known
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.imports import import_lines as stored_import_lines
from shelter_desk.storage.imports.import_lines import Digests, KeptLine
from shelter_desk.storage.residents import residents

Keys = Mapping[Place, tuple[tuple[str, str], ...]]
_STAY, _CODE, _PERSON, _OWN, SHEET = "stay", "code", "person", "own", "sheet"
_SAYS = (*CALLED, "sex", "birth_date", "age_estimated", "nationality")


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of lines that were taken in. by_digest: each of them; of_stay: the last line of each stay.

    things: by digest the lines that are no person's. own: by digest the stay that was made of a line without a number.
    """

    digests: Digests | None = None
    by_digest: Mapping[str, KeptLine] = field(default_factory=dict)
    of_stay: Mapping[str, KeptLine] = field(default_factory=dict)
    things: Mapping[str, KeptLine] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)

    def thing(self, kind: str, said: str) -> KeptLine | None:
        """The line of a thing that said this."""
        return None if self.digests is None or not self.things else self.things.get(self.digests.of(kind, said))

    def of(self, kind: str, said: str) -> KeptLine | None:
        """The line that said this."""
        return None if self.digests is None else self.by_digest.get(self.digests.of(kind, said))

    def sheet(self, name: str) -> str:
        """The digest of the name of a sheet, "" while there is none."""
        return "" if self.digests is None else self.digests.of(SHEET, folded(name))

    def stays_of(self, said: str) -> tuple[str, ...]:
        """The stays that such a line became: as a person decided, else as it was taken in."""
        if self.digests is None:
            return ()
        known = self.of(_STAY, said)
        return (known.stay_no if known else "", self.own.get(self.digests.of(_OWN, said), ""))

    def decided(
        self, rows: Iterable[Incoming], known: Known, numbers: Mapping[str, str]
    ) -> dict[Place, tuple[str, bool]]:
        """By place whom a line became, where that one is still here, and whether a person had to say it.

        numbers: what lines without a number say, by the number of their stay.
        """
        if not any(one.is_said or not one.stay_no for one in self.by_digest.values()):
            return {}
        codes = {values["person_code"] for _, values in known["personnes"]}
        found = {}
        for place, said in keys_of(rows, numbers).items():
            lines = [line for kind, text in said if (line := self.of(kind, text)) and line.person_code in codes]
            line = next((one for one in lines if one.is_said), lines[0] if lines else None)
            if line is not None and (line.is_said or not line.stay_no):
                found[place] = (line.person_code, line.is_said)
        return found


@dataclass(frozen=True, slots=True)
class StayNumbers:
    """Of lines without a number: that of the stay that they became before, else one at random.

    Whoever opens the file sees the numbers of stays: nothing that is told of a person may be guessed from them.
    stays: those there are. said: what the line of a number says, under which it is known again, as a digest.
    """

    before: Before = field(default_factory=Before)
    stays: frozenset[str] = frozenset()
    made: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    @classmethod
    def beside(cls, before: Before, known: Known) -> "StayNumbers":
        """Those of one look."""
        return cls(before, frozenset(values["stay_no"] for _, values in known["sejours"]))

    def of(self, said: str) -> str:
        """The number of a line that says this, the same again in one look."""
        number = self.made.get(said) or next((one for one in self.before.stays_of(said) if one in self.stays), "")
        while not number:
            made = f"L-{secrets.token_hex(OWN_NUMBER // 2).upper()}"
            number = self.made[said] = "" if made in self.stays else made
        self.said[number] = said
        return number


def known(desk: Desk, connection: Connection) -> Before:
    """Everything that is known of lines; nothing for who may not read names."""
    digests = stored_import_lines.digests(connection, desk.sealer)
    if digests is None:
        return Before()
    lines, former = stored_import_lines.lines(connection), residents.former_codes(connection)
    persons = [
        replace(one, person_code=former.get(one.person_code, one.person_code)) for one in lines if one.person_code
    ]
    return Before(
        digests,
        {one.digest: one for one in persons},
        {one.stay_no: one for one in persons if one.stay_no},
        {one.digest: one for one in lines if not one.person_code},
        {one.digest: one.stay_no for one in lines if one.stay_no and not one.person_code},
    )


def keys_of(rows: Iterable[Incoming], numbers: Mapping[str, str]) -> Keys:
    """What lines are known by: the number of the stay, the code of the person, what is said of one without a code.

    numbers: what stands for those that lines without one were given.
    """
    found: dict[Place, tuple[tuple[str, str], ...]] = {}
    for row in rows:
        place = (row.sheet, row.number)
        if row.list == "sejours" and row.of_line:
            number = row.values["stay_no"]
            found[place] = (*found.get(place, ()), (_STAY, numbers.get(number, number)))
        elif row.list == "personnes":
            code = str(row.values.get("person_code") or "")
            if code:
                found[place] = (*found.get(place, ()), (_CODE, code.casefold()))
            else:
                text = "|".join(str(row.values.get(key) or "").casefold() for key in _SAYS)
                found[place] = (*found.get(place, ()), (_PERSON, text))
    return found


def likely_of(rows: list[Incoming], known: Known, before: Before, near: int) -> dict[Place, tuple[Likely, ...]]:
    """By the place of a line without a number, new here, the earlier lines that it may correct."""
    stays = {values["stay_no"]: values for _, values in known["sejours"] if is_own(values["stay_no"])}
    if not stays:
        return {}
    lines = [row for row in rows if row.list == "sejours" and row.of_line]
    met = {row.values["stay_no"] for row in lines}
    new = [row for row in lines if is_own(row.values["stay_no"]) and row.values["stay_no"] not in stays]
    if not new or met >= stays.keys():
        return {}
    earlier = _earlier({no: values for no, values in stays.items() if no not in met}, known, before)
    told = _told(new, rows, before)
    found = likely(told, earlier, near)
    places = {row.values["stay_no"]: (row.sheet, row.number) for row in new}
    return {places[number]: some for number, some in found.items()}


def _earlier(stays: Mapping[str, Values], known: Known, before: Before) -> list[CorrectedText]:
    persons = {values["person_code"]: values for _, values in known["personnes"]}
    beds = _beds(values for _, values in known["couchages"])
    found = []
    for number, values in stays.items():
        line = before.of_stay.get(number)
        place = (line.sheet, line.row) if line else None
        person, admitted = persons[values["person_code"]], values["admitted_at"]
        taken_at = line.taken_at if line else None
        found.append(CorrectedText(number, admitted, person, beds.get((number, admitted), ""), place, taken_at))
    return found


def _told(new: list[Incoming], rows: list[Incoming], before: Before) -> list[CorrectedText]:
    places = {(row.sheet, row.number) for row in new}
    own = [row for row in rows if (row.sheet, row.number) in places]
    persons = {(row.sheet, row.number): row.values for row in own if row.list == "personnes"}
    beds = _beds(row.values for row in own if row.list == "couchages")
    sheets = {row.sheet: before.sheet(row.sheet) for row in new}
    found = []
    for row in new:
        number, admitted = row.values["stay_no"], row.values["admitted_at"]
        at = (sheets[row.sheet], row.number) if sheets[row.sheet] else None
        person = persons[row.sheet, row.number]
        found.append(CorrectedText(number, admitted, person, beds.get((number, admitted), ""), at))
    return found


def _beds(places: Iterable[Values]) -> dict[tuple[str, object], str]:
    return {(values["stay_no"], values["from"]): values.get("bed_code") or "" for values in places}


def corrections(
    rows: Iterable[Incoming], found: Mapping[Place, tuple[Likely, ...]], said: Mapping[Place, str]
) -> dict[str, str]:
    """By the number of a line the stay that it corrects: as a person says, else where nothing else can be meant."""
    if not found:
        return {}
    made = {}
    numbers = {(row.sheet, row.number): row.values["stay_no"] for row in rows if row.list == "sejours"}
    for place, some in found.items():
        decision = said.get(place)
        if decision is None:
            evident = next((one.before.stay_no for one in some if one.is_evident), "")
        else:
            evident = earlier_of(decision)
        if evident and any(one.before.stay_no == evident for one in some):
            made[numbers[place]] = evident
    return made


def unclear(found: Mapping[Place, tuple[Likely, ...]], decided: DoubtsDecided) -> set[Place]:
    """The lines that may correct an earlier one, where nothing is evident and nobody said so."""
    return {
        place for place, some in found.items() if place not in decided.said and not any(one.is_evident for one in some)
    }


def keep(
    desk: Desk,
    connection: Connection,
    batch_id: int,
    judgement: Judgement,
    rows: Iterable[Incoming],
    decided: DoubtsDecided,
    things: Callable[[Digests], Iterable[KeptLine]],
    numbers: StayNumbers,
) -> None:
    """Know the lines of that import the next time. rows: as the file has them, before anything was decided.

    things: the lines that are no person's.
    """
    same = decided.same
    digests = stored_import_lines.digests_to_keep(connection, desk.key_of_names())
    stays = _standing(judgement, "sejours")
    persons = _standing(judgement, "personnes")
    sheets: dict[str, str] = {}
    kept = []
    for place, some in keys_of(rows, numbers.said).items():
        if decided.said.get(place) == ASIDE:
            continue
        stay = stays.get(place)
        stay_no = stay["stay_no"] if stay else ""
        code = stay["person_code"] if stay else same.get(place) or persons.get(place, {}).get("person_code", "")
        if not code:
            continue
        sheet = sheets.setdefault(place[0], digests.of(SHEET, folded(place[0])))
        for kind, text in some:
            if kind == _CODE and place not in same:
                continue
            of_stay = stay_no if kind == _STAY else ""
            if of_stay and numbers.made.get(text) == of_stay:
                kept.append(KeptLine(digests.of(_OWN, text), "", of_stay, sheet, place[1], is_said=False))
            kept.append(KeptLine(digests.of(kind, text), code, of_stay, sheet, place[1], place in same))
    stored_import_lines.keep(connection, batch_id, [*kept, *things(digests)])


def _standing(judgement: Judgement, name: str) -> dict[Place, Values]:
    rows = judgement.standing.get(name, {}).values()
    return {(kept.incoming.sheet, kept.incoming.number): kept.values for kept in rows if kept.incoming}
