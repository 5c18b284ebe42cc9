"""Make a shelter, open it with a password or the recovery key."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from shelter_desk.domain import held_files
from shelter_desk.domain.beds.first_day import BEDS_SINCE
from shelter_desk.domain.changes import EVERYTHING, Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import (
    Damaged,
    NoShelter,
    ShelterExists,
    WrongPassword,
)
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.shelter_copies import OlderCopy, ShelterMoved
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import first_opening, recovery_sheet, restore_resume, slot_change
from shelter_desk.operations.vault.opening import (
    AS_USUAL,
    DATABASE,
    TRAINING_DATABASE,
    HowToOpen,
    database_of,
    opened_desk,
)
from shelter_desk.storage.backups import restore_resume as stored_restore_resume
from shelter_desk.storage.backups.backups import FOLDER as BACKUPS
from shelter_desk.storage.backups.backups import SUFFIX
from shelter_desk.storage.file import failed_logins, files, journal, preparing, schema, settings, users
from shelter_desk.storage.file import journal_head as heads
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.file.journal_head import JournalHead
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.keys import key_opening, keys, pairs, slot_versions
from shelter_desk.storage.keys.keys import NEXT, Header, KdfCost, Keys, OpenedKeys, calibrated
from shelter_desk.storage.keys.recovery import PROVEN
from shelter_desk.storage.stays import present_stays
from shelter_desk.system import clock, core_dumps, device_secret, synced_folders
from shelter_desk.system.only_one import OnlyOne

ROOM_TO_BEGIN = 2 * 1024 * 1024  # bytes: an empty shelter, its log, and a first day
FIRST_USER = UserId(1)
FREE_TRIES = 2
LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Created:
    """A new shelter with its manager at the desk. recovery_key: shown once, kept nowhere."""

    desk: Desk
    recovery_key: str = field(repr=False)


def prepare() -> None:
    """Bring in what the first opening of a process would wait for."""
    core_dumps.forbid()
    preparing.prepare()
    key_opening.prepare()


def prepare_whole() -> None:
    """The same and what takes longer, for a process that nobody waits for yet."""
    prepare()
    first_opening.prepare()


def look(folder: Path) -> Header:
    """What the folder holds, before anybody signs in.

    Raises NoShelter, Damaged when part of a shelter is there and part is not, TooNew.
    """
    try:
        header = restore_resume.header(folder)
    except NoShelter:
        if is_any_left(folder):
            raise Damaged("keys", str(folder / keys.FILE)) from None
        raise
    path = database_of(folder, training=header.training)
    if not path.exists() and not stored_restore_resume.holds(folder, path.name):
        raise Damaged("database", str(path), "missing")
    return header


def is_any_left(folder: Path) -> bool:
    """True where anything says that a shelter is, or was, in that folder: no other may be begun in its place."""
    signs = (keys.FILE, DATABASE, f"{DATABASE}-wal", TRAINING_DATABASE, heads.FILE)
    return any((folder / name).exists() for name in signs) or any((folder / BACKUPS).glob(f"*{SUFFIX}"))


def check_name(name: str | None) -> None:
    """Raises Missing when nobody is named."""
    check_given("user", (name or "").strip())


def create(
    folder: Path,
    shelter: str,
    town: str,
    user: str,
    password: str,
    *,
    training: bool = False,
    cost: KdfCost | None = None,
    beds_since: date | None = None,
    furnish: Callable[[Trail], None] | None = None,
) -> Created:
    """Make a shelter with its manager. It is made apart and put in its place whole, the keys last.

    cost: of a password, None for what this computer can bear. beds_since: since when the house has its beds, None where
    that is not known. furnish: what is put into it from the beginning.

    Raises what `furnish` does, Missing, WeakPassword, SyncedFolder, ShelterExists, DiskFull, ReadOnly, InUse.
    """
    for key, value in (("shelter_name", shelter), ("town", town), ("user", user)):
        check_given(key, value.strip())
    keys.check_password(password, user)
    if not training:
        synced_folders.check(folder)
    files.make_folder(folder)
    core_dumps.forbid()
    only_one = OnlyOne(folder)
    try:
        if is_any_left(folder):
            raise ShelterExists(str(folder))
        files.check_room(folder, ROOM_TO_BEGIN)
        named = {"shelter_name": shelter.strip(), "town": town.strip(), "training": "yes" if training else "no"}
        if beds_since is not None:
            named[BEDS_SINCE] = beds_since.isoformat()
        fill = partial(_fill, named=named, user=user, training=training, furnish=furnish)
        recovery_key, opened = _made_apart(folder, fill, user, password, training, cost or calibrated())
        return Created(opened_desk(folder, opened, only_one), recovery_key)
    except BaseException:
        only_one.release()
        raise


def _made_apart(
    folder: Path, fill: Callable[[Path, Keys], None], user: str, password: str, training: bool, cost: KdfCost
) -> tuple[str, OpenedKeys]:
    number = keys.new_shelter_id()
    secret = device_secret.new()
    bound = None if training or not device_secret.store(number, secret) else secret
    seed = secrets.token_bytes(pairs.SIZE)
    with files.named_errors(folder), held_files.temporary_folder("new-", folder) as beside:
        held, recovery_key = keys.create(
            beside,
            user,
            password,
            Role.DIRECTOR,
            FIRST_USER,
            bound,
            training=training,
            shelter=number,
            cost=cost,
            seed=seed,
        )
        path = database_of(beside, training=training)
        fill(path, held)
        for name in (path.name, heads.FILE, keys.FILE):
            held_files.replace(beside / name, folder / name)
        files.keep_entry(folder)
    return recovery_key, OpenedKeys(held, FIRST_USER, Role.DIRECTOR, "", bound is not None, training, number, seed=seed)


def _fill(
    path: Path,
    held: Keys,
    named: Mapping[str, str],
    user: str,
    training: bool,
    furnish: Callable[[Trail], None] | None,
) -> None:
    """The tables, what the shelter is called, its manager, what is furnished, and the first lines of the journal."""
    database = Database.create(path, held.database)
    head = JournalHead(path.parent, held.database)
    try:
        with database.transaction(EVERYTHING) as connection:
            schema.upgrade(connection)
            named = named if training else {**named, PROVEN: "no"}
            settings.write(connection, named)
            settings.add_user(connection, FIRST_USER, user.strip(), Role.DIRECTOR)
            if held.identity is not None:
                present_stays.keep_all(connection, Sealer(held.identity))
            told = {key: value for key, value in named.items() if key != "training"}
            journal.add(
                connection, clock.now(), FIRST_USER, "create", details={"version": schema.NEWEST, "after": told}
            )
            if furnish is not None:
                trail = Trail(connection)
                furnish(trail)
                journal.add(connection, clock.now(), FIRST_USER, "furnish", details=trail.told())
            head.write(*journal.head(connection))
    finally:
        database.close()


def unlock(folder: Path, name: str, password: str, how: HowToOpen = AS_USUAL) -> Desk:
    """Open the shelter for the person with this name and password.

    Raises NoShelter, WrongPassword with the seconds to wait, DeviceSecretMissing, InUse, Damaged, TooNew, ReadOnly,
    DiskFull.
    """
    header = look(folder)
    core_dumps.forbid()
    only_one = OnlyOne(folder)
    try:
        secret = device_secret.get(header.shelter) if header.uses_device_secret else None
        refused = failed_logins.read(folder)
        set_aside = restore_resume.resume(
            folder, lambda place: key_opening.open_with_password(place, name, password, secret)
        )
        opened = tried(folder, name, password, secret)
        desk = opened_desk(folder, opened, only_one, how)
        if refused:
            tell_refused(desk, refused)
        if set_aside:
            desk.tell("promise_set_aside")
        return desk
    except (OlderCopy, ShelterMoved):
        failed_logins.write(folder, refused)  # to be told once the files are open
        only_one.release()
        raise
    except BaseException:
        only_one.release()
        raise


def tell_refused(desk: Desk, refused: int) -> None:
    """Write how often a password was refused before this one."""
    desk.tell("passwords_refused", tries=refused)


def tried(folder: Path, name: str, password: str, secret: bytes | None, user: UserId | None = None) -> OpenedKeys:
    """What they open; a wrong try is counted, a right one ends the count. user: whose they have to be, if anybody's.

    Raises as `key_opening.open_with_password`, WrongPassword with the seconds to wait.
    """
    try:
        opened = key_opening.open_with_password(folder, name, password, secret)
        if user is not None and opened.user_id != user:
            raise WrongPassword
    except WrongPassword as error:
        failed_logins.write(folder, failed_logins.read(folder) + 1)
        raise WrongPassword(to_wait(folder), error.others_elsewhere) from None
    failed_logins.write(folder, 0)
    return opened


def to_wait(folder: Path) -> float:
    """Seconds before the next try: each wrong one after the second doubles them, up to a minute.

    A program that starts anew asks for them again, whatever time has passed: it trusts no clock.
    """
    refused = failed_logins.read(folder)
    return 0.0 if refused <= FREE_TRIES else min(LONGEST_WAIT, 2.0 ** min(refused - FREE_TRIES, 10))


def unlock_with_recovery_key(
    folder: Path, recovery_key: str, name: str, new_password: str, how: HowToOpen = AS_USUAL
) -> Desk:
    """Open the shelter with its recovery key, on any computer, as a manager with a new password bound to this one.

    name: of an account, which is a manager's and open from then on; an account is made where there is none of it.
    Raises WrongRecoveryKey, Missing, WeakPassword, and what `unlock` raises.
    """
    check_name(name)
    keys.check_password(new_password, name)
    header = look(folder)
    core_dumps.forbid()
    only_one = OnlyOne(folder)
    try:
        set_aside = restore_resume.resume(folder, lambda place: key_opening.open_with_recovery_key(place, recovery_key))
        opened = key_opening.open_with_recovery_key(folder, recovery_key)
        desk = opened_desk(folder, opened, only_one, how, by_recovery=True)
        try:
            secret = device_secret.get(header.shelter) or device_secret.new()
            bound = None if header.training or not device_secret.store(header.shelter, secret) else secret
            _recovered(desk, name, new_password, bound)
            if set_aside:
                desk.tell("promise_set_aside")
        except BaseException:
            desk.database.close()
            raise
        desk.device_bound = bound is not None
        return desk
    except BaseException:
        only_one.release()
        raise


def _recovered(desk: Desk, name: str, password: str, secret: bytes | None) -> None:
    """The account of that name, made a manager's; its slot is written inside the transaction."""
    with desk.reading() as connection:
        known = users.named(connection, name)
        desk.user = users.next_id(connection) if known is None else known.id
    desk.user_name = name.strip() if known is None else known.name
    with slot_change.changing(desk, "recovered", Changes(settings=True)) as writing:
        rights = {"role": Role.DIRECTOR.value, "active": True}
        if known is None:
            writing.trail.add("users", {"id": desk.user, "name": desk.user_name, **rights})
        else:
            writing.trail.change("users", desk.user, rights)
        recovery_sheet.keep(writing.trail, proven=True)
        after = slot_versions.last(writing.connection)
        keys.replace_slot(
            desk.folder, desk.keys, desk.user_name, password, Role.DIRECTOR, desk.user, secret, after=after, into=NEXT
        )
