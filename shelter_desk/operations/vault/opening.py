"""From the keys that somebody has to the open shelter: what is put right, and what is refused, on the way."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from shelter_desk.domain.changes import EVERYTHING, Changes
from shelter_desk.domain.errors import (
    AccountClosed,
    Damaged,
    Trouble,
)
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import KEYS_HELD
from shelter_desk.domain.shelter_copies import OlderCopy, ShelterMoved
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import (
    backup_lines,
    clock_check,
    cut_sendings,
    line_signing,
    signed_accounts,
    slot_change,
    tonight,
    upgrading,
)
from shelter_desk.operations.vault.upgrading import Progress
from shelter_desk.storage.casefile import settled_flags
from shelter_desk.storage.file import failed_logins, files, journal, schema, sealed_boxes, users
from shelter_desk.storage.file import journal_head as heads
from shelter_desk.storage.file.case import case_acts, case_inbox
from shelter_desk.storage.file.case.case_rows import Row
from shelter_desk.storage.file.database import Connection, Database
from shelter_desk.storage.file.journal_head import JournalHead
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.file.users import User
from shelter_desk.storage.imports import former_digests
from shelter_desk.storage.keys import keys, pairs, signed_lines, slot_list, slot_versions
from shelter_desk.storage.keys.keys import Keys, OpenedKeys
from shelter_desk.storage.rekeying import key_change
from shelter_desk.storage.residents import tonight_rows
from shelter_desk.system import last_seen
from shelter_desk.system.last_seen import Seen
from shelter_desk.system.only_one import OnlyOne

DATABASE = "shelter.db"
TRAINING_DATABASE = "exercice.db"


def database_of(folder: Path, *, training: bool) -> Path:
    return folder / (TRAINING_DATABASE if training else DATABASE)


@dataclass(frozen=True, slots=True)
class HowToOpen:
    """How files are opened.

    accept_older: the person was told that the file is older than the last one seen here, or that the shelter moved to
    another computer, and goes on. ask: raise OlderCopy, ShelterMoved before anything is written; else `older` and
    `moved` of the desk say it.
    remember: this computer keeps how far these files go; not of those that lie somewhere for a while. progress: told
    where something takes long.
    """

    accept_older: bool = False
    ask: bool = False
    remember: bool = True
    progress: Progress | None = None


AS_USUAL = HowToOpen()


def opened_desk(
    folder: Path, opened: OpenedKeys, only_one: OnlyOne, how: HowToOpen = AS_USUAL, *, by_recovery: bool = False
) -> Desk:
    """by_recovery: the recovery key opened, whatever became of the account that made it."""
    files.sweep(folder, (keys.FILE, heads.FILE, failed_logins.FILE))
    path = database_of(folder, training=opened.training)
    key_change.finish(path, opened.keys.database)
    database = Database.open(path, opened.keys.database)
    try:
        head = JournalHead(folder, opened.keys.database)
        with database.reading() as connection:
            outdated = schema.needs_upgrade(connection)
            is_short = _is_short(connection, head, accept_older=how.accept_older)
            before = None if opened.training else last_seen.read(opened.shelter)
            older, moved = _older(connection, folder, before), _moved(connection, before)
        if how.ask and not how.accept_older:
            _ask(older, moved)
        database = upgrading.upgraded(database, path, opened, how.progress) if outdated else database
        _open_case_file(database, opened.keys, how.progress)
        database.on_commit = lambda connection: _keep_head(head, connection)
        opened, account = _put_right(database, folder, opened, by_recovery=by_recovery)
        managers, box = _managers(folder, opened)
    except BaseException:
        database.close()
        raise
    database.on_schema = schema.clean
    desk = Desk(
        folder,
        database,
        only_one,
        opened.user_id,
        "" if account is None else account.name,
        opened.role,
        opened.training,
        _sealer(opened.keys.identity),
        opened.keys,
        opened.device_bound,
        protection=_sealer(opened.keys.protection),
        own=_sealer(opened.own),
        night=_sealer(opened.keys.night),
        shelter=opened.shelter,
        older=older,
        is_remembered=how.remember and not opened.training,
        moved=moved,
        managers=managers,
        signatures=signed_lines.signatures(folder, managers),
        box=box,
        turns=slot_list.turns(folder),
    )
    database.on_commit = lambda connection: _keep_head(head, connection, desk)
    _tell(desk)
    _keep_as_seen(desk, is_accepted=how.accept_older and (is_short or older is not None))
    return desk


def _open_case_file(database: Database, held: Keys, progress: Progress | None) -> None:
    """Who may not open it has of it what the night reception reads, where they hold its key."""
    standing: Sequence[Row] = ()
    if held.case is None and held.night is not None:
        with database.reading() as connection:
            standing = tonight_rows.rows(connection, Sealer(held.night))
    database.open_case_file(held.case, standing, upgrading.counted(progress, "case_file"))


def _ask(older: OlderCopy | None, moved: str) -> None:
    if older is not None:
        raise older
    if moved:
        raise ShelterMoved(datetime.fromisoformat(moved))


def _tell(desk: Desk) -> None:
    """What waited for somebody at the desk."""
    _settle_inbox(desk.database, desk.box)
    backup_lines.tell(desk)
    cut_sendings.tell(desk)
    _seal_former(desk)


def _seal_former(desk: Desk) -> None:
    """What older programs kept of imports, from which names were guessed, is sealed by the first who reads names."""
    if desk.sealer is None:
        return
    with suppress(Trouble):
        with desk.reading() as connection:
            if not former_digests.is_any_left(connection):
                return
        at = desk.believed_now()
        with desk.database.transaction(Changes()) as connection:
            former_digests.seal(connection, desk.sealer)
            journal.add(connection, at, desk.user, "import_memory", "", {})


def _keep_as_seen(desk: Desk, *, is_accepted: bool) -> None:
    """This computer remembers the files from now on. is_accepted: somebody goes on with older ones."""
    if is_accepted:
        desk.go_on_with_older()
    with suppress(Trouble), desk.reading() as connection:
        desk.remember(connection)


def _sealer(key: bytes | None) -> Sealer | None:
    return None if key is None else Sealer(key)


def _managers(folder: Path, opened: OpenedKeys) -> tuple[bytes, bytes | None]:
    """Who signs the slots, and the public key of the box as they signed it. Raises Damaged("keys")."""
    managers = opened.managers or pairs.public_of(opened.keys.management or b"")
    return managers, slot_list.box(folder, managers)


def _is_short(connection: Connection, head: JournalHead, *, accept_older: bool) -> bool:
    """Whether lines are missing that were written here. Raises Damaged("older") unless somebody goes on with it."""
    try:
        heads.check(head.read(), lambda seq: journal.hash_at(connection, seq))
    except Damaged:
        if not accept_older:
            raise
        return True
    return False


def _put_right(
    database: Database, folder: Path, opened: OpenedKeys, *, by_recovery: bool
) -> tuple[OpenedKeys, User | None]:
    """What a cut, an older program or somebody's hand left in the file; the keys as far as they go, and the account.

    Its lines are signed. Raises Damaged("older_keys"), AccountClosed, and what `slot_change.settle` raises.
    """
    line_signing.hand_over_pen(database, opened)
    with database.reading() as connection:
        slot_change.settle(folder, connection, opened, by_recovery=by_recovery)
    turns, known_turns = slot_list.turns(folder), _known_turns(database)
    listed, known = turns.get(slot_list.LIST), known_turns.get(slot_list.LIST)
    own = 0 if by_recovery else opened.user_id
    if (listed or 0) < (known or 0) or turns.get(own, 0) < known_turns.get(own, 0):
        raise Damaged("older_keys", str(folder / keys.FILE))
    is_current = listed is not None
    signed_accounts.put_names_right(database, folder, opened, may_sign=is_current)
    with database.reading() as connection:
        account = users.one(connection, opened.user_id)
    if not by_recovery:
        opened, account = _bounded(database, folder, opened, account, is_current=is_current)
    _settle_box(database, folder, opened)
    with database.reading() as connection:
        has_box, has_open = sealed_boxes.is_made(connection), settled_flags.any_open(connection)
    # a box that no manager could sign would be taken for somebody's own
    makes_box = not has_box and (listed is None or opened.keys.management is not None)
    if opened.keys.protection is not None and (makes_box or has_open):
        _seal(database, Sealer(opened.keys.protection), makes_box=makes_box)
        if makes_box and slot_list.box(folder):
            _tell_renewed(database, opened.user_id)
        _settle_box(database, folder, opened)
    _remember(database, folder)
    tonight.settle(database, opened, signed_lines.signatures(folder, opened.managers))
    line_signing.begin(database, folder, opened)
    _tell_list(database, folder, opened, listed or 0)
    return replace(opened, keys=keys.within(opened.keys, opened.role)), account


def _tell_list(database: Database, folder: Path, opened: OpenedKeys, former: int) -> None:
    """A line says which list counts, where a manager signed one as they opened: an older one that is put back is known
    by it, whatever becomes of the settings. Those of a new shelter nobody can have kept.
    """
    turn = slot_list.turns(folder).get(slot_list.LIST, 0)
    if turn <= former or opened.keys.management is None:
        return
    with suppress(Trouble):
        with database.reading() as connection:
            is_new = journal.head(connection)[0] <= 1
        if not is_new:
            with database.transaction(Changes()) as connection:
                at, details = clock_check.believed_at(connection), {slot_versions.LISTED: turn}
                journal.add(connection, at, opened.user_id, "list_signed", details=details)


def _moved(connection: Connection, seen: Seen | None) -> str:
    """When these files were packed for another computer; "" once they have lines that were written elsewhere."""
    return seen.moved if seen is not None and journal.last(connection).hash.hex() == seen.line_hash else ""


def _older(connection: Connection, folder: Path, seen: Seen | None) -> OlderCopy | None:
    """What this computer saw of this shelter, in whatever folder, that is not in this file."""
    last = journal.last(connection)
    if seen is None or (journal.hash_at(connection, seen.seq) or b"").hex() == seen.line_hash:
        return None
    is_here = seen.folder == str(folder.resolve())
    return OlderCopy(datetime.fromisoformat(last.at), seen.moment, seen.folder, last.seq >= seen.seq, is_here)


def _known_turns(database: Database) -> dict[int, int]:
    """The later ones of the settings, where whoever has the key of the file can delete them, and of the journal.

    The check tells where the journal is damaged.
    """
    told = 0
    with database.reading() as connection:
        found = slot_versions.read(connection)
    with suppress(Damaged), database.reading() as connection:
        told = slot_versions.told(connection)
    return found if told <= found.get(slot_list.LIST, 0) else {**found, slot_list.LIST: told}


def _bounded(
    database: Database, folder: Path, opened: OpenedKeys, account: User | None, *, is_current: bool
) -> tuple[OpenedKeys, User]:
    """What a slot gives, as far as the account goes.

    Role and right to open are what a manager signed: where the account says otherwise, somebody wrote it there, and it
    is put right. With an older file of keys the slot may be of before a role was changed. is_current: it is none.
    Raises AccountClosed where there is no such account, or its role needs a key that the slot does not hold.
    """
    if account is None:
        raise AccountClosed
    if is_current and slot_list.roles(folder, opened.managers).get(opened.user_id) is opened.role:
        right = replace(account, role=opened.role, is_active=True)
        if right != account:
            with database.transaction(Changes(settings=True)) as connection:
                trail = Trail(connection)
                trail.change("users", opened.user_id, {"role": opened.role.value, "active": True})
                journal.add(
                    connection,
                    clock_check.believed_at(connection),
                    opened.user_id,
                    "role_restored",
                    details=trail.told(),
                )
        return opened, right
    if not account.is_active:
        raise AccountClosed
    if account.role is opened.role:
        return opened, account
    held = {key.value: getattr(opened.keys, key.value) for key in KEYS_HELD[account.role]}
    if None in held.values():
        raise AccountClosed
    return replace(opened, role=account.role, keys=Keys(**held)), account


def _settle_box(database: Database, folder: Path, opened: OpenedKeys) -> None:
    """Everybody seals for the box that a manager signed: another one in the settings would be somebody's own.

    What a manager signs is the public half of the private key that lies there, which only the protection key wraps.
    """
    signed, held = slot_list.box(folder, opened.managers), opened.keys
    with database.reading() as connection:
        if not sealed_boxes.has_private(connection):
            return
        public, after = sealed_boxes.public(connection), slot_versions.last(connection)
        own = b""
        if held.protection is not None and (held.management is not None or not (signed or public)):
            with suppress(Damaged):  # the check of the file names it
                own = sealed_boxes.opened(connection, Sealer(held.protection)).public
    if own and own != signed and held.management is not None:
        with suppress(Trouble):
            former = slot_list.unlisted(folder)
            keys.vouch(folder, held, after, box=own)
            with database.transaction(Changes()) as connection:
                slot_change.tell_dropped(connection, opened.user_id, former)
    right = own or signed
    if right and right != public:
        with database.transaction(Changes(settings=True)) as connection:
            sealed_boxes.restore(connection, right)
            journal.add(connection, clock_check.believed_at(connection), opened.user_id, "box_restored")


def _remember(database: Database, folder: Path) -> None:
    """What a cut kept from being written: the turns of the slots."""
    with database.reading() as connection:
        known = slot_versions.read(connection)
    with suppress(Trouble):
        if any(turn > known.get(user, 1) for user, turn in slot_list.turns(folder).items()):
            with database.transaction(Changes()) as connection:
                slot_versions.keep(connection, slot_list.turns(folder))


def _seal(database: Database, protection: Sealer, *, makes_box: bool) -> None:
    """Make the box, and seal the reasons that an older program left open; where the disk refuses, the next one does."""
    with suppress(Trouble), database.transaction(Changes()) as connection:
        if makes_box:
            sealed_boxes.make(connection, protection)
        if sealed_boxes.is_made(connection):
            settled_flags.seal_former(connection, protection)


def _tell_renewed(database: Database, user: UserId) -> None:
    """The box that managers had signed was gone: what is in it stays shut, and another one takes its place."""
    with suppress(Trouble), database.transaction(Changes()) as connection:
        if sealed_boxes.is_made(connection):
            journal.add(connection, clock_check.believed_at(connection), user, "box_renewed")


def _settle_inbox(database: Database, box: bytes | None) -> None:
    """What was written into the case file by who may not read it is taken in by the first who may."""
    key = database.case_key
    with database.reading() as connection:
        public = sealed_boxes.public(connection) if box is None else box
        is_waiting = case_inbox.waiting(connection) > 0
        is_waiting |= key is not None and case_acts.is_behind(connection.exec_driver_sql)
    if key is None:
        if public:
            database.hold_box(public)
    elif is_waiting:
        with suppress(Trouble), database.transaction(EVERYTHING) as connection:
            case_inbox.take_in(connection, key)
            case_acts.catch_up(connection.exec_driver_sql, key)


def _keep_head(head: JournalHead, connection: Connection, desk: Desk | None = None) -> Callable[[], None]:
    last, line_hash = journal.head(connection)
    seen = None if desk is None else desk.seen_in(connection)

    def keep() -> None:
        head.write(last, line_hash)
        if desk is not None and seen is not None:
            desk.see(seen)

    return keep
