"""Make a shelter, open it with a password or the recovery key."""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from shelter_desk.domain.beds.first_day import BEDS_SINCE
from shelter_desk.domain.changes import EVERYTHING, Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import (
    AccountClosed,
    Damaged,
    NoShelter,
    ShelterExists,
    Trouble,
    WrongPassword,
)
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import KEYS_HELD, Role
from shelter_desk.domain.shelter_copies import OlderCopy
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import recovery_sheet, restore_resume, slot_change, upgrading
from shelter_desk.storage.casefile import settled_flags
from shelter_desk.storage.file import (
    failed_logins,
    files,
    journal,
    keys,
    schema,
    sealed_boxes,
    settings,
    slot_versions,
    users,
)
from shelter_desk.storage.file import journal_head as heads
from shelter_desk.storage.file.backups import FOLDER as BACKUPS
from shelter_desk.storage.file.backups import SUFFIX
from shelter_desk.storage.file.database import Connection, Database
from shelter_desk.storage.file.journal_head import JournalHead
from shelter_desk.storage.file.keys import NEXT, Header, KdfCost, Keys, OpenedKeys, calibrated
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.file.users import User
from shelter_desk.storage.rekeying import key_change
from shelter_desk.system import clock, device_secret, last_seen
from shelter_desk.system.only_one import OnlyOne

ROOM_TO_BEGIN = 2 * 1024 * 1024  # bytes: an empty shelter, its log, and a first day
DATABASE = "shelter.db"
TRAINING_DATABASE = "exercice.db"
FIRST_USER = UserId(1)
FREE_TRIES = 2
LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Created:
    """A new shelter with its manager at the desk. recovery_key: shown once, kept nowhere."""

    desk: Desk
    recovery_key: str = field(repr=False)


def look(folder: Path) -> Header:
    """What the folder holds, before anybody signs in; a backup that was promised to it is put in place first.

    Raises NoShelter, Damaged when part of a shelter is there and part is not, TooNew.
    """
    restore_resume.finish(folder)
    try:
        header = keys.read_header(folder)
    except NoShelter:
        if is_any_left(folder):
            raise Damaged("keys", str(folder / keys.FILE)) from None
        raise
    path = _database_of(folder, training=header.training)
    if not path.exists():
        raise Damaged("database", str(path), "missing")
    return header


def is_any_left(folder: Path) -> bool:
    """True where anything says that a shelter is, or was, in that folder: no other may be begun in its place."""
    signs = (keys.FILE, DATABASE, f"{DATABASE}-wal", TRAINING_DATABASE, heads.FILE)
    return any((folder / name).exists() for name in signs) or any((folder / BACKUPS).glob(f"*{SUFFIX}"))


def _database_of(folder: Path, *, training: bool) -> Path:
    return folder / (TRAINING_DATABASE if training else DATABASE)


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

    Raises what `furnish` does, Missing, WeakPassword, ShelterExists, DiskFull, ReadOnly, InUse.
    """
    for key, value in (("shelter_name", shelter), ("town", town), ("user", user)):
        check_given(key, value.strip())
    keys.check_password(password, user)
    files.make_folder(folder)
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
        return Created(_desk(folder, opened, only_one), recovery_key)
    except BaseException:
        only_one.release()
        raise


def _made_apart(
    folder: Path, fill: Callable[[Path, Keys], None], user: str, password: str, training: bool, cost: KdfCost
) -> tuple[str, OpenedKeys]:
    number = keys.new_shelter_id()
    secret = device_secret.new()
    bound = None if training or not device_secret.store(number, secret) else secret
    with files.named_errors(folder), tempfile.TemporaryDirectory(dir=folder, prefix="new-") as apart:
        beside = Path(apart)
        held, recovery_key = keys.create(
            beside, user, password, Role.DIRECTOR, FIRST_USER, bound, training=training, shelter=number, cost=cost
        )
        path = _database_of(beside, training=training)
        fill(path, held)
        for name in (path.name, heads.FILE, keys.FILE):
            (beside / name).replace(folder / name)
        files.keep_entry(folder)
    return recovery_key, OpenedKeys(held, FIRST_USER, Role.DIRECTOR, "", bound is not None, training, number)


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
            settings.write(connection, named)
            if not training:
                recovery_sheet.keep(connection, proven=False)
            settings.add_user(connection, FIRST_USER, user.strip(), Role.DIRECTOR)
            journal.add(connection, clock.now(), FIRST_USER, "create")
            if furnish is not None:
                trail = Trail(connection)
                furnish(trail)
                journal.add(connection, clock.now(), FIRST_USER, "furnish", details=trail.told())
            head.write(*journal.head(connection))
    finally:
        database.close()


def unlock(
    folder: Path, name: str, password: str, *, accept_older: bool = False, ask: bool = False, remember: bool = True
) -> Desk:
    """Open the shelter for the person with this name and password.

    accept_older: the person was told that the file is older than the last one seen here, and goes on. ask: raise
    OlderCopy before anything is written into an older copy; else `older` of the desk says it.
    remember: this computer keeps how far these files go; not of those that lie somewhere for a while.
    Raises NoShelter, WrongPassword with the seconds to wait, DeviceSecretMissing, InUse, Damaged, TooNew, ReadOnly,
    DiskFull.
    """
    header = look(folder)
    only_one = OnlyOne(folder)
    try:
        secret = device_secret.get(header.shelter) if header.uses_device_secret else None
        refused = failed_logins.read(folder)
        opened = tried(folder, name, password, secret)
        desk = _desk(folder, opened, only_one, accept_older=accept_older, ask=ask, remember=remember)
        if refused:
            tell_refused(desk, refused)
        return desk
    except OlderCopy:
        failed_logins.write(folder, refused)  # to be told once the files are open
        only_one.release()
        raise
    except BaseException:
        only_one.release()
        raise


def tell_refused(desk: Desk, refused: int) -> None:
    """Write how often a password was refused before this one; nobody is kept out because it cannot be written.

    It is of the minute of the last entry while nobody said that a surprising clock is right.
    """
    with suppress(Trouble):
        at = desk.believed_now()
        with desk.database.transaction(Changes()) as connection:
            journal.add(connection, at, desk.user, "passwords_refused", details={"tries": refused})


def tried(folder: Path, name: str, password: str, secret: bytes | None, user: UserId | None = None) -> OpenedKeys:
    """What they open; a wrong try is counted, a right one ends the count. user: whose they have to be, if anybody's.

    Raises as `keys.open_with_password`, WrongPassword with the seconds to wait.
    """
    try:
        opened = keys.open_with_password(folder, name, password, secret)
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
    folder: Path,
    recovery_key: str,
    name: str,
    new_password: str,
    *,
    accept_older: bool = False,
    ask: bool = False,
    remember: bool = True,
) -> Desk:
    """Open the shelter with its recovery key, on any computer, as a manager with a new password bound to this one.

    name: of an account, which is a manager's and open from then on; an account is made where there is none of it.
    Raises WrongRecoveryKey, Missing, WeakPassword, and what `unlock` raises.
    """
    check_name(name)
    keys.check_password(new_password, name)
    header = look(folder)
    only_one = OnlyOne(folder)
    try:
        opened = keys.open_with_recovery_key(folder, recovery_key)
        desk = _desk(folder, opened, only_one, accept_older=accept_older, ask=ask, remember=remember, by_recovery=True)
        try:
            secret = device_secret.get(header.shelter) or device_secret.new()
            bound = None if header.training or not device_secret.store(header.shelter, secret) else secret
            _recovered(desk, name, new_password, bound)
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
        recovery_sheet.keep(writing.connection, proven=True)
        after = slot_versions.last(writing.connection)
        keys.replace_slot(
            desk.folder, desk.keys, desk.user_name, password, Role.DIRECTOR, desk.user, secret, after=after, into=NEXT
        )


def _desk(
    folder: Path,
    opened: OpenedKeys,
    only_one: OnlyOne,
    *,
    accept_older: bool = False,
    ask: bool = False,
    remember: bool = True,
    by_recovery: bool = False,
) -> Desk:
    """by_recovery: the recovery key opened, whatever became of the account that made it."""
    path = _database_of(folder, training=opened.training)
    key_change.finish(path, opened.keys.database)
    database = Database.open(path, opened.keys.database)
    try:
        head = JournalHead(folder, opened.keys.database)
        with database.reading() as connection:
            outdated = schema.needs_upgrade(connection)
            if not accept_older:
                heads.check(head.read(), lambda seq: journal.hash_at(connection, seq))
            older = None if opened.training or accept_older else _older(connection, folder, opened.shelter)
        if older is not None and ask:
            raise older
        if outdated:
            database = upgrading.upgraded(database, path, opened.keys)
        database.on_commit = lambda connection: _keep_head(head, connection)
        with database.reading() as connection:
            slot_change.settle(folder, connection, opened)
            _check_turn(connection, folder, 0 if by_recovery else opened.user_id)
            account = users.one(connection, opened.user_id)
            listed, known = keys.turns(folder).get(keys.LIST), slot_versions.read(connection).get(keys.LIST)
            unsealed = not sealed_boxes.is_made(connection) or settled_flags.any_open(connection)
        if not by_recovery:
            opened = _bounded(database, folder, opened, account, is_current=listed == known)
        if opened.role is Role.DIRECTOR and known is not None and (listed or 0) < known:
            raise Damaged("older_keys", str(folder / keys.FILE))  # who signs on it would bring back who was taken out
        if unsealed and opened.keys.protection is not None:
            _seal(database, Sealer(opened.keys.protection))
        _settle_box(database, folder, opened)
        _remember(database, folder)
    except BaseException:
        database.close()
        raise
    identity, protection = opened.keys.identity, opened.keys.protection
    desk = Desk(
        folder,
        database,
        only_one,
        opened.user_id,
        "" if account is None else account.name,
        opened.role,
        opened.training,
        None if identity is None else Sealer(identity),
        opened.keys,
        opened.device_bound,
        protection=None if protection is None else Sealer(protection),
        own=None if opened.own is None else Sealer(opened.own),
        shelter=opened.shelter,
        older=older,
        is_remembered=remember and not opened.training,
    )
    database.on_commit = lambda connection: _keep_head(head, connection, desk)
    with suppress(Trouble), desk.reading() as connection:
        desk.remember(connection)
    return desk


def _older(connection: Connection, folder: Path, shelter: str) -> OlderCopy | None:
    """What this computer saw of this shelter, in whatever folder, that is not in this file."""
    seen, last = last_seen.read(shelter), journal.last(connection)
    if seen is None or (journal.hash_at(connection, seen.seq) or b"").hex() == seen.line_hash:
        return None
    is_here = seen.folder == str(folder.resolve())
    return OlderCopy(datetime.fromisoformat(last.at), seen.moment, seen.folder, last.seq >= seen.seq, is_here)


def _check_turn(connection: Connection, folder: Path, user: int) -> None:
    """Raises Damaged("older_keys") where the shelter knows of a later slot of this user than the one that opened."""
    if keys.turns(folder).get(user, 0) < slot_versions.read(connection).get(user, 0):
        raise Damaged("older_keys", str(folder / keys.FILE))


def _bounded(
    database: Database, folder: Path, opened: OpenedKeys, account: User | None, *, is_current: bool
) -> OpenedKeys:
    """What a slot gives, as far as the account goes.

    The role is what a manager signed: where the account says another one, somebody wrote it there, and it is put
    right. With an older file of keys the slot may be of before a role was changed. is_current: it is none.
    Raises AccountClosed where there is no such account, or its role needs a key that the slot does not hold.
    """
    if account is None or not account.is_active:
        raise AccountClosed
    if account.role is opened.role:
        return opened
    if is_current and keys.roles(folder).get(opened.user_id) is opened.role:
        with database.transaction(Changes(settings=True)) as connection:
            trail = Trail(connection)
            trail.change("users", opened.user_id, {"role": opened.role.value})
            journal.add(connection, clock.now(), opened.user_id, "role_restored", details=trail.told())
        return opened
    held = {key.value: getattr(opened.keys, key.value) for key in KEYS_HELD[account.role]}
    if None in held.values():
        raise AccountClosed
    return replace(opened, role=account.role, keys=Keys(**held))


def _settle_box(database: Database, folder: Path, opened: OpenedKeys) -> None:
    """Everybody seals for the box that a manager signed: another one in the settings would be somebody's own.

    A box that no manager signed yet is signed by the first who comes.
    """
    signed, held = keys.box(folder), opened.keys
    with database.reading() as connection:
        public, after = sealed_boxes.public(connection), slot_versions.last(connection)
        private = None
        if not signed and public and held.management is not None and held.protection is not None:
            private = sealed_boxes.opened(connection, Sealer(held.protection))
    if private is not None:
        with suppress(Trouble):
            keys.vouch_for_box(folder, held, private.public, after)
    elif signed and signed != public:
        with database.transaction(Changes(settings=True)) as connection:
            sealed_boxes.restore(connection, signed)
            journal.add(connection, clock.now(), opened.user_id, "box_restored")


def _remember(database: Database, folder: Path) -> None:
    """What a cut kept from being written: the turns of the slots."""
    with database.reading() as connection:
        known = slot_versions.read(connection)
    with suppress(Trouble):
        if any(turn > known.get(user, 1) for user, turn in keys.turns(folder).items()):
            with database.transaction(Changes()) as connection:
                slot_versions.keep(connection, keys.turns(folder))


def _seal(database: Database, protection: Sealer) -> None:
    """The first person who holds the protection key makes the box, and seals the reasons that an older program left
    open; where the disk refuses, the next one does."""
    with suppress(Trouble), database.transaction(Changes()) as connection:
        sealed_boxes.make(connection, protection)
        settled_flags.seal_former(connection, protection)


def _keep_head(head: JournalHead, connection: Connection, desk: Desk | None = None) -> None:
    head.write(*journal.head(connection))
    if desk is not None:
        desk.remember(connection)
