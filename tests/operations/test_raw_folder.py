"""What each role reads with the folder and its own password, without the program: what `docs/field/roles.md` says."""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Text

from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.casefile.incidents import IncidentContent
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.consent.consents import Exemption
from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import ExitId, PartnerId, VictimStatusId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.comments import WHOLE
from shelter_desk.domain.residents.contacts import Named
from shelter_desk.domain.residents.residents import NAMES, Names, Reason
from shelter_desk.domain.rights import KEYS_HELD, KeyName, Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.stays.exits import Exit, ExitRecord
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations import drafts
from shelter_desk.operations.assistance import assistance, partners, referrals
from shelter_desk.operations.casefile import flags, incidents, notes, plans
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import opened_files, registers
from shelter_desk.operations.reports import annotations, month_versions, narratives, reports
from shelter_desk.operations.reports import closing as month_closing
from shelter_desk.operations.residents import contacts, merging
from shelter_desk.operations.sending import departures
from shelter_desk.operations.sending.departures import LeavingFile
from shelter_desk.operations.stays import stays, victim_statuses
from shelter_desk.operations.today import handovers
from shelter_desk.operations.training import training
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.file import sealed_boxes
from shelter_desk.storage.file.case.case_rows import Row
from shelter_desk.storage.file.journal import SEALED
from shelter_desk.storage.file.sealing import OpenBox, Sealer
from shelter_desk.storage.keys import key_opening
from shelter_desk.storage.keys.keys import OpenedKeys
from shelter_desk.storage.reports import sealed_words
from shelter_desk.storage.tables import case_tables, metadata
from shelter_desk.system import clock, last_seen
from tests.operations.assessment_scene import plan
from tests.operations.case_scene import wording
from tests.operations.casefile.test_incidents import fight
from tests.operations.casefile.test_sealed_reasons import HOUSE
from tests.operations.consent.test_consent_checks import call
from tests.operations.imports.test_own_registers import HEADINGS, MAN, book
from tests.operations.referral_scene import CLINIC, agree_to_recording, wish
from tests.operations.residents.test_contacts import mother
from tests.operations.shelter import PASSWORD, QUICK, admit, days_ago, open_small_shelter
from tests.role_table import KINDS, Kind, kinds_of_columns

PEOPLE = {role: f"Agent {role.value}" for role in Role} | {Role.DIRECTOR: "Agent A"}
COLLEAGUES = {role: f"Second {role.value}" for role in Role}  # whose drafts somebody of the same role may open
DRAFTS = "what somebody is typing"
# what is in them is of other kinds
AS_THEY_LIE = "rows of the case file as they lie"
WAITING = "rows that wait to be taken into it"
OF_OTHERS = {DRAFTS, AS_THEY_LIE, WAITING}
WORDLESS = ("how many papers there are, and roughly how large", "persons who are not the same")
CLAIMED = kinds_of_columns()


def word(name: str) -> str:
    """What is planted of that kind: like nothing else in the file."""
    return "Zq" + re.sub(r"\W", "", name.title()) + "Qz"


WORDS = {word(kind.name): kind.name for kind in KINDS if kind.name not in WORDLESS}
AUTHORS = {name: role for people in (PEOPLE, COLLEAGUES) for role, name in people.items()}


# Planted --------------------------------------------------------------------------------------------------------------


def plant(desk: Desk, folder: Path) -> None:
    """Write a word of each sealed kind as the window does, and one of what cannot be written otherwise."""
    woman = admit(desk, "1A", days=20, names=Names(**{key: word("names") for key in NAMES}))
    agree_to_recording(desk, woman.person)
    contacts.add(desk, mother(woman.person), Named(word("family, guardians, contacts"), "70 11 22 33"))
    notes.write(desk, woman.person, wording(word("notes and papers")))
    plans.make(desk, plan(woman), word("other words of the case file"))
    day = clock.today()
    status = VictimStatus(VictimStatusId(0), woman.stay, "presumee", day, review_on=day + timedelta(days=30))
    victim_statuses.decide(desk, status, word("words opened for a reason"))
    assistance.give(desk, [call(woman, service_type="san_consult")], word("words on services and referrals"))
    assistance.give(desk, [call(woman)], exempt=Exemption("interet_vital", word("why without a consent")))
    flags.settle(desk, [replace(HOUSE, stay=woman.stay, person=woman.person, code=woman.code)], "Vu avec elle")
    flags.settle(desk, [HOUSE], word("why a red flag was settled"))
    told = IncidentContent(word("what is told of an incident"), "Calmés", is_staff_involved=True, staff=(desk.user,))
    incidents.report(desk, fight(), told)
    handovers.add_line(desk, word("lines written for the next shift"))
    partners.keep_partner(desk, Partner(PartnerId(0), CLINIC, "sante", "Bamako"))
    referrals.draft(desk, replace(wish(woman), summary="Douleurs"))
    handed = ExitRecord(Exit(ExitId(0), woman.stay, "centre"), word("who received a person"))
    stays.leave(desk, woman.stay, days_ago(3), "autonomie", "mali_autre", handed)
    odd = (9, "SOW Ali", "M", 33, word("what a file said of a person"), "05/02/2026", MAN[6], MAN[7])
    path = book(folder / "r.xlsx", Registre=(HEADINGS, MAN, odd))
    registers.take_in(desk, registers.looked_at(desk, opened_files.read(path), incomplete=True))
    here = admit(desk, "1B", names=Names(word("names of those here tonight, as they are called out"), "Zié"))
    eats = {"stay_id": here.stay, "diet": word("diets of those here tonight, whom they must not meet, alerts settled")}
    with desk.writing("keep_diets", EVERYTHING) as writing:
        writing.trail.add("diets", {**eats, "noted_on": f"{day}"})
    first, again = admit(desk, days=100), admit(desk, days=60)  # without a place
    stays.leave(desk, first.stay, days_ago(90), "autonomie", "mali_autre")
    merging.merge(desk, first.person, again.person, {}, "nuit")
    month = Period(desk.today(), desk.today()).month_before
    annotations.comment(desk, month, WHOLE, word("what these comments say"))
    found = narratives.terms(desk, month_versions.month(desk, month))
    narratives.say(desk, found, "needs", "Du riz")
    month_closing.close(desk, month, lambda _: word("figures of closed months and the rows behind them"))
    reports.export(desk, month_versions.month(desk, month), "partenaire", folder / "report.xlsx")
    file = LeavingFile("rapport", "partenaire", "report.xlsx", word("copies of files that left").encode(), month)
    departures.write(desk, "report_exported", file, GateAnswers("OIM", "rapport mensuel"), folder / "again.xlsx")
    desk.note("copied", word("journal: who did what on which code"), purpose=word("journal: what stood in the rows"))


def plant_unsealed(raw: sqlcipher.Connection, keys: tuple[str, ...]) -> None:
    """Write a word into a column of each kind of these keys that nothing else seals, in a row that is there or a new
    one.
    """
    for kind in KINDS:
        if kind.keys == keys and not kind.name.startswith(("journal", AS_THEY_LIE, *WORDLESS)):
            table, column = next(one for one in _texts(kind) if _is_planted(raw, *one, word(kind.name)))
            assert CLAIMED[table, column] == [kind]
    raw.commit()


def _texts(kind: Kind) -> Iterator[tuple[str, str]]:
    for (table, column), kinds in CLAIMED.items():
        found = metadata.tables[table].c[column]
        if kinds == [kind] and isinstance(found.type, Text):
            yield table, column


def _is_planted(raw: sqlcipher.Connection, table: str, column: str, planted: str) -> bool:
    """False where a rule of the table keeps it out."""
    needed = [one.name for one in metadata.tables[table].columns if not one.nullable and one.server_default is None]
    of = metadata.tables[table].c
    other = 1 if metadata.tables[table] in case_tables() else 990
    asked = {one: planted if isinstance(of[one].type, Text) else other for one in needed}
    values = asked | {column: planted}
    names, marks = ", ".join(f'"{one}"' for one in values), ", ".join("?" for _ in values)
    with suppress(sqlcipher.Error):  # beside those that are there, whose words are sealed for their place
        raw.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(values.values()))
    if not _stands(raw, table, column, planted):
        with suppress(sqlcipher.Error):
            first = f'(SELECT min(rowid) FROM "{table}")'
            raw.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = {first}', (planted,))
    return _stands(raw, table, column, planted)


def _stands(raw: sqlcipher.Connection, table: str, column: str, planted: str) -> bool:
    return bool(raw.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = ?', (planted,)).fetchall())


# Read without the program ---------------------------------------------------------------------------------------------


@dataclass
class Raw:
    """The folder and what one password gives; all that can be opened with it is tried on every value."""

    file: sqlcipher.Connection
    opened: OpenedKeys

    def words(self) -> str:
        """Everything that is read, in one text."""
        told = [str(value) for *_, value, _ in self._values()]
        told += [value.decode("latin-1") for *_, value, _ in self._values() if isinstance(value, bytes)]
        return "\n".join([*told, *(words for *_, words in self._unsealed())])

    def opening(self) -> dict[tuple[str, str], set[str]]:
        """Each sealed column in which something is, with the keys that open the first of it."""
        found = defaultdict(set)
        for table, column, key, _ in self._unsealed(most=2):
            found[table, column].add(key)
        return found

    def _values(self) -> Iterator[tuple[str, str, int, Any, str]]:
        """Table, column, number and value, and what a value is sealed for where it is bound to more of its row."""
        for lying in self._case_rows():
            yield from ((lying.table, column, lying.id, one, column) for column, one in lying.values.items())
        for (table,) in self.file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            number = "0" if table == "case_rows" else "rowid"
            found = self.file.execute(f'SELECT {number}, * FROM "{table}"')
            heads = [one[0] for one in found.description]
            for row in found.fetchall():
                whole = dict(zip(heads[1:], row[1:], strict=True))
                yield from ((table, column, row[0], one, _place(table, column, whole)) for column, one in whole.items())

    def _case_rows(self) -> Iterator[Row]:
        key = self.opened.keys.case
        if key is not None:
            found = self.file.execute("SELECT place, sealed FROM case_rows").fetchall()
            yield from (key.row(place, sealed) for place, sealed in found)

    def _unsealed(self, most: int = 1000) -> Iterator[tuple[str, str, str, str]]:
        """Table, column, key and what it opened. most: values of a column."""
        openers, tried = [*self._sealers()], Counter[tuple[str, str]]()
        for table, column, row, value, place in self._values():
            if isinstance(value, bytes) and value and tried[table, column] < most:
                tried[table, column] += 1
                for key, one in openers:
                    if isinstance(one, OpenBox):  # words, or a file that left
                        with suppress(Damaged):
                            content = one.unseal_bytes(table, place, row, value)
                            yield table, column, key, content.decode("utf-8", "replace")
                        continue
                    why = Reason("suivi")
                    with suppress(Damaged):
                        try:
                            yield table, column, key, one.unseal(table, place, row, value, why)
                        except Damaged:  # a paper, which is not filled up as words are, or another key
                            content = one.unseal_bytes(table, place, row, value, why)
                            yield table, column, key, str(_unpacked(content))

    def _sealers(self) -> Iterator[tuple[str, Sealer | OpenBox]]:
        given = self.opened.keys
        keys = {"identity": given.identity, "night": given.night, "protection": given.protection}
        held = {key: Sealer(one) for key, one in keys.items() if one is not None}
        yield from held.items()
        if self.opened.own is not None:
            yield "author", Sealer(self.opened.own)
        for table, column, key in (("persons", "seal", "identity"), ("handover_lines", "seal", "night")):
            rows = self.file.execute(f"SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL").fetchall()
            yield from ((key, held[key].of_row(table, *row)) for row in rows if key in held)
        if "protection" in held:
            for one in self._case_rows():
                if one.values.get("protection_seal") is not None:
                    yield "protection", held["protection"].of_row("persons", one.id, one.values["protection_seal"])
            yield from self._boxes(held["protection"])

    def _boxes(self, protection: Sealer) -> Iterator[tuple[str, Sealer | OpenBox]]:
        asked = "SELECT value FROM settings WHERE key = ?"
        (wrapped,) = self.file.execute(asked, (sealed_boxes.PRIVATE,)).fetchone()
        box = OpenBox(protection.unwrap("settings", 0, bytes.fromhex(wrapped)))
        yield "box", box
        for row in self._case_rows():
            if row.table != "incidents" or row.values["seal"] is None:
                continue
            own = bytes.fromhex(box.unseal("incidents", "seal", row.id, row.values["seal"]))
            yield from (("box", one) for one in (Sealer(own), box.joined(own)))


def _place(table: str, column: str, row: dict[str, Any]) -> str:
    if (table, column) == ("drafts", "body"):
        return f"body {row['user_id']} {row['form']}"
    of = metadata.tables.get(table)
    return sealed_words.place(of, row) if of is not None and sealed_words.is_bound(of, column) else column


def _unpacked(content: bytes) -> bytes:
    """A closed month is compressed before it is sealed."""
    try:
        return zlib.decompress(content)
    except zlib.error:
        return content


def raw_file(path: Path, key: bytes) -> sqlcipher.Connection:
    file = sqlcipher.connect(str(path))
    file.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    file.execute("PRAGMA foreign_keys = OFF")
    return file


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelter in which there is a word of every kind, closed."""
    folder = Path(tmp_path_factory.mktemp("raw")) / "shelter"
    last_seen._path().unlink(missing_ok=True)  # what a test before saw of another copy of this shelter
    with open_small_shelter(folder) as desk:
        for name, role in AUTHORS.items():
            if name != desk.user_name:
                user_accounts.add(desk, name, role, PASSWORD)
        plant(desk, folder.parent)
    for name in AUTHORS:
        with unlocking.unlock(folder, name, PASSWORD) as desk:
            drafts.keep(desk, "note", {"body": word(f"{DRAFTS} {name}")})
    with (
        unlocking.unlock(folder, PEOPLE[Role.DIRECTOR], PASSWORD) as desk,
        closing(desk.database._connect(may_write=True)) as raw,
    ):
        plant_unsealed(raw, ("case",))
    opened = key_opening.open_with_password(folder, PEOPLE[Role.AUDITOR], PASSWORD, None)
    with closing(raw_file(folder / "shelter.db", opened.keys.database)) as file:
        plant_unsealed(file, ("database",))
    return folder


@pytest.fixture(scope="module")
def read(scene: Path) -> dict[Role, str]:
    """What each role reads there with its password."""
    found = {}
    for role, name in PEOPLE.items():
        opened = key_opening.open_with_password(scene, name, PASSWORD, None)
        with closing(raw_file(scene / "shelter.db", opened.keys.database)) as file:
            found[role] = Raw(file, opened).words()
    return found


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reads_in_the_folder_the_kinds_that_the_table_says_and_no_others(
    read: dict[Role, str], role: Role
) -> None:
    found = {name for planted, name in WORDS.items() if planted in read[role]}
    assert found == {
        kind.name for kind in KINDS if kind.opened(role) and kind.name not in (DRAFTS, AS_THEY_LIE, WAITING, *WORDLESS)
    }


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_in_the_folder_the_drafts_of_others_that_the_table_says(read: dict[Role, str], role: Role) -> None:
    found = {name for name in AUTHORS if word(f"{DRAFTS} {name}") in read[role]}
    sealed_with = {role: next((key for key in _ORDER if key in KEYS_HELD[role]), None) for role in Role}
    assert found == {
        name for name, author in AUTHORS.items() if name == PEOPLE[role] or sealed_with[author] in KEYS_HELD[role]
    }
    (kind,) = (one for one in KINDS if one.name == DRAFTS)
    assert bool(found - {PEOPLE[role]}) == kind.opened(role)


_ORDER = (KeyName.PROTECTION, KeyName.IDENTITY)


def test_a_word_is_planted_of_every_kind(read: dict[Role, str]) -> None:
    everything = "\n".join(read.values())
    assert {name for planted, name in WORDS.items() if planted not in everything} == OF_OTHERS


def test_every_sealed_column_opens_with_the_key_of_the_table_and_with_no_other(
    scene: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In the small shelter and in one of training, which between them have something in each."""
    exercise = Path(tmp_path_factory.mktemp("raw")) / "exercise"
    training.make(exercise, "gao", 2, 1, cost=QUICK).desk.close()
    found = defaultdict[tuple[str, str], set[str]](set)
    for folder, file, name, password in (
        (scene, "shelter.db", "Agent A", PASSWORD),
        (exercise, "exercice.db", training.USER, training.PASSWORD),
    ):
        opened = key_opening.open_with_password(folder, name, password, None)
        with closing(raw_file(folder / file, opened.keys.database)) as raw:
            for column, keys in Raw(raw, opened).opening().items():
                found[column] |= keys
    said = {column: set(kinds[0].keys) for column, kinds in CLAIMED.items() if column in SEALED}
    # a key that was opened on the way, bytes that nothing seals, and what goes by its author
    apart = {
        ("profiles", "protection_seal"),
        ("asset_photos", "content"),
        ("journal", "hash"),
        ("drafts", "body"),
        ("case_drafts", "body"),
    }
    apart |= {("report_versions", "partner"), ("journal_signatures", "signer"), ("journal_signatures", "signature")}
    apart |= {("journal_signers", "public"), ("journal_signers", "signature")}
    apart |= {("case_rows", "place"), ("case_rows", "sealed"), ("case_version", "version"), ("case_inbox", "sealed")}
    assert {column: keys for column, keys in found.items() if column not in apart} == {
        column: keys for column, keys in said.items() if column not in apart
    }
