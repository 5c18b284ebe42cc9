"""Roles × operations: each operation declares what it needs; it is refused to a role without, and to no other."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shelter_desk import operations
from shelter_desk.domain.errors import FileMissing, NotAllowed
from shelter_desk.domain.rights import PERMISSIONS, Permission, Role
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.file import cells
from tests.operations.shelter import open_small_shelter
from tests.role_table import ALL, PERMITTED

MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(operations.__path__, f"{operations.__name__}.")
    if not found.ispkg
    and found.name.rpartition(".")[2] not in ("unlocking", "training", "self_test")  # nobody is at the desk yet
]
# what everybody at the desk may do, or what only calls operations that declare theirs, or only they call
OPEN_TO_ALL = {
    "approvals.others",  # each asks for the permission of the act itself
    "approvals.by_two",
    "approvals.alone",
    "approvals.spend",
    "signed_accounts.everybody",  # only acts call it that declare or ask for their own
    "signed_accounts.who_may",  # the same
    "signed_accounts.other_directors",  # the same
    "issuing.give_out",  # inside the act of an operation that declares it, or asked for there
    "issuing.give_at_desk",  # the same
    "issuing.hand_kit",  # inside an admission, which declares its own; it refuses whoever may not ask the store
    "issuing.put_request",  # the same
    "global_search.numbered",  # of each kind only what the role may see
    "lists.export",  # without persons, whoever sees it; the journal keeps it
    "list_layouts.keep",  # how somebody left a list, theirs alone
    "list_layouts.find",  # the same
    "line_signing.check",  # inside the check of the file, which declares its own
    "journal.printed",  # whoever saw it; the journal keeps it
    "clock_check.accept",  # whoever sits there says that the clock is right; the journal keeps it
    "beds.take_out",  # inside the block or the ticket, which declare theirs
    "maintenance.open_ticket",  # inside the report of a fault or an inspection, which declare theirs
    "maintenance.check_may_block",  # it refuses whoever takes no bed out of use
    "annotations.keep_as_said",  # inside a closing, which declares its own
    "narratives.keep_as_said",  # the same
    "flags.in_leaving",  # of words that are about to leave, which whoever sends them wrote or reads
    "leaving_words.check",  # the same
    "backups.automatic",  # an encrypted copy beside the file, when the desk is left
    "backups.kept_in",  # the same, for the automatic one and for going back
    "backups.leave",
    "backup_lines.failed",  # of the automatic one
    "backup_lines.made",  # inside the operation that makes one, which declares its own
    "backup_lines.tell",  # at the opening, of the automatic one
    "backup_lines.was_made",  # of the automatic one
    "backups.number",
    "backups.place_of",
    "backups.second_place_of",
    "backups.last_proven",  # the same
    "backups.state",  # how old the last one is, for the status line
    "backups.sweep",
    "integrity_check.check_slots",  # in the background, for whoever opens; it says whose key, never what is in it
    "integrity_check.check_night",  # the same, of a line
    "residents.readable_names",  # of whoever hands in the key of names
    "consents.add",  # inside an act; it asks for the permission itself
    "contacts.write",  # inside an act that declares it; it refuses whoever does not hold the identity key
    "desk.undo",  # of what the person at the desk just did
    "absences.away_on",  # for beds or for stock, it asks itself
    "session_acts.listed",  # what they did themselves, by codes
    "session_acts.offer",
    "session_acts.reach",
    "session_acts.take_back_to",  # the same as the undo
    "slot_change.changing",  # inside an act on an account, which declares its own
    "unread_passwords.keep",  # with a sending, inside an operation that declares its own
    "unread_passwords.mine",  # of files that the person at the desk closed
    "unread_passwords.was_read",  # the same
    "cut_sendings.tell",  # part of the opening itself
    "sendings.check",  # before a file is written by an operation that declares its own
    "departures.recorded",  # around it, the same
    "departures.write",  # the same
    "reports.write_sending",  # the same
    "unread_passwords.forget",  # of a file that did not leave, the same
    "pseudonyms.meant",  # inside the search; it asks for the permission itself
    "signing.signer",  # inside an export that declares its own; it signs for managers alone
    "equipment.add",  # inside an act that declares it
    "equipment.check",  # the same
    "equipment.write",  # the same
    "equipment.write_all",  # the same
    "equipment.write_event",  # the same
    "drafts.keep",  # one's own
    "drafts.keep_within",
    "drafts.find",
    "drafts.mine",
    "drafts.forget",
    "drafts.are_sealed",
    "drafts.seal_again",
    "intake_lines.lines_of",  # inside a review, which declares its own
    "known_persons.keep",  # inside the taking in, which declares its own
    "known_persons.known",  # inside a review
    "sealed_access.why",  # inside the reading of an operation that declares it
    "notes.may_see_care",  # it says whether
    "recovery_sheet.is_owed",  # said at the frame to whoever opens the shelter
    "service_log.add",  # inside the act of an operation that declares it
    "service_log.check",  # the same
    "service_log.check_note",  # the same
    "service_log.own_sealer",  # the same; it refuses whoever does not hold the protection key
    "person_acts.check_day",  # inside the act of an operation that declares it
    "person_acts.names_of",  # the same; it refuses whoever does not hold the identity key
    "person_acts.own_names",  # the same
    "person_acts.words_of",  # the same; it refuses whoever does not hold the protection key
    "person_acts.serve",  # inside the act of an operation that declares it
    "consent_checks.check",  # inside the act of an operation that declares it; an exception asks for its own
    "consent_checks.check_services",  # the same
    "assistance.advance",  # inside the giving of a service; it asks for the permission itself
    "plans.move_action",  # inside the act of an operation that declares it
    "exits.keep",  # inside the exit, which declares it
    "residents.check_situations",  # inside a correction, which declares it
    "placing.give_place",  # inside an admission, a move or a return, which declare it
    "lending.bring_back",  # inside the exit or a return, which declare it
    "loans_at_exit.settle",  # inside the exit, which declares it
    "vouchers.be_lost",  # inside the exit or a loss, which declare it
    "vouchers.come_back",  # inside the exit or a return, which declare it
    "flags.beside",  # what was just typed at this desk; names are told only to who may read them
    "flags.may_accept",
    "global_search.things",  # it asks for the permission of each kind itself
    "names.may_read",
    "stock_posting.write",  # inside the act of an operation that declares it
    "stock_posting.dated",  # the same
    "password_tries.own",  # one's own
    "password_tries.opened",  # whoever knows it
    "user_accounts.change_password",  # one's own
    "user_accounts.me",
    "user_accounts.undertake",
    "user_accounts.has_undertaken",
    "user_accounts.must_undertake",
    "registers.judged",
    "registers.take_in_rows",
    "residents.names_index",  # none for a role that may not read names
    "residents.made_index",  # the same
    "residents.keep_index",  # it hands over what was made so
    "settings.read",
    "night_reception.opens_files",  # it says whether
    "night_reception.check_here",  # inside the reading of an operation that declares it
    "night_reception.check_night",  # the same
    "night_reception.here_tonight",  # the same
    "night_reception.nights_called",  # the same
    "night_reception.seen_house",  # the same
    "settings.kept",
    "settings.left_out",
    "clock_check.check",
    "settings.idle_minutes",
    "settings.captures_kept_out",
    "stays.add",  # inside an admission, of one person or of a family, which declares it
    "stays.leave",
}


def desk_operations() -> Iterator[tuple[str, Any]]:
    """Every public function of the floor that takes the desk first, by module and name."""
    for module in MODULES:
        for name, operation in vars(module).items():
            own = getattr(operation, "__module__", "") == module.__name__ and not name.startswith("_")
            if own and inspect.isfunction(operation) and "desk" in getattr(operation, "__annotations__", {}):
                yield f"{module.__name__.rpartition('.')[2]}.{name}", operation


OPERATIONS = dict(desk_operations())
GUARDED = {called: operation for called, operation in OPERATIONS.items() if hasattr(operation, "permission")}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_small_shelter(Path(tmp_path_factory.mktemp("rights")) / "shelter")
    yield opened
    opened.close()


def test_every_operation_declares_what_it_needs_or_is_open_to_all() -> None:
    assert set(OPERATIONS) - set(GUARDED) == OPEN_TO_ALL


@pytest.mark.parametrize("permission", list(Permission))
def test_a_permission_is_held_by_the_roles_of_the_matrix(permission: Permission) -> None:
    held = {role for role in Role if permission in PERMISSIONS[role]}
    assert held == {role for role, cell in PERMITTED[permission].items() if cell == ALL}


@pytest.mark.parametrize("called", sorted(GUARDED))
def test_an_operation_is_refused_to_a_role_without_the_permission_and_to_no_other(
    desk: Desk, called: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # what comes of calling it without what it is about is explained by no cell: the whole file would be looked through
    monkeypatch.setattr(cells, "explaining", lambda *_: None)
    needed = GUARDED[called].permission
    refused = {role: _refused(desk, role, called) for role in Role}
    assert refused == {role: None if PERMITTED[needed][role] == ALL else needed.value for role in Role}


def _refused(desk: Desk, role: Role, called: str) -> str | None:
    """The permission for want of which it is refused; whoever is let in gets no further, without what it is about."""
    desk.role = role
    try:
        GUARDED[called](desk)
    except NotAllowed as error:
        return error.permission
    except FileMissing:
        pass  # it was let in, and found no second place
    except TypeError as error:
        return None if "missing" in str(error) else str(error)
    return None
