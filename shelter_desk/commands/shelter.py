"""What commands share: exit codes, which folder, who opens the shelter, what is printed for a person."""

import argparse
import getpass
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from shelter_desk import words
from shelter_desk.domain.approvals import Approval, GraveAct
from shelter_desk.domain.errors import BadCall, ClockWrong, UnknownDay
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import uncertain
from shelter_desk.operations.vault import approvals, clock_check, unlocking
from shelter_desk.system import clock
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.sending import may_have_left

PASSWORD = "SHELTER_DESK_PASSWORD"  # noqa: S105 the name of the variable, not a password
SECOND_PASSWORD = "SHELTER_DESK_SECOND_PASSWORD"  # noqa: S105 the same
RECOVERY_KEY = "SHELTER_DESK_RECOVERY_KEY"
DONE, UNUSABLE, REFUSED, NO_ACCESS, TROUBLE = 0, 2, 3, 4, 5


def folder(asked: argparse.Namespace) -> Path:
    """The data folder asked for, else the one of the person at this computer."""
    from shelter_desk.system import folders

    given: Path | None = asked.data_dir
    return given if given is not None else folders.data()


def password(prompt: str, variable: str = PASSWORD) -> str:
    """From the environment, else typed; never an argument."""
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise BadCall(variable, "")
    return getpass.getpass(prompt)


def approved(asked: argparse.Namespace, desk: Desk, act: GraveAct) -> Approval:
    """The second person's password, named with `--second`, where two may do this; else one's own again.

    Raises BadCall where nobody sits there and nobody is named, and what `approvals` raises.
    """
    others = [one.name for one in approvals.others(desk, act)]
    if not (others or asked.second):
        return approvals.alone(desk, act, password(words.text("Your password again: ")))
    name = asked.second or _second(others)
    prompt = words.text("Password of {name}: ").format(name=name)
    return approvals.by_two(desk, act, name, password(prompt, SECOND_PASSWORD))


def _second(others: Sequence[str]) -> str:
    if not sys.stdin.isatty():
        raise BadCall("--second", "")
    told = words.text("Two persons decide this. Second person, one of: {names}")
    print(told.format(names=", ".join(others)), file=sys.stderr)
    return sys.stdin.readline().strip()


@contextmanager
def opened(asked: argparse.Namespace, *, accepts_older: bool = True) -> Iterator[Desk]:
    """The shelter, opened by the person named with `--user`, and closed at the end.

    accepts_older: files of which newer ones are known are used as they are, and it is said; else `older` of the desk
    stays.
    With a recovery key in the environment, that one opens it, and the password is a new one for that person.
    """
    where = folder(asked)
    unlocking.look(where)
    if not asked.user:
        raise BadCall("--user", "")
    recovery_key = os.environ.get(RECOVERY_KEY)
    if recovery_key is None:
        desk = unlocking.unlock(where, asked.user, password(words.text("Password: ")))
    else:
        new = password(words.text("New password: "))
        desk = unlocking.unlock_with_recovery_key(where, recovery_key, asked.user, new)
    try:
        if desk.older is not None and accepts_older:
            print(sentence(desk.older), file=sys.stderr)
            desk.go_on_with_older()
        _accept_clock(desk)
        _say_what_may_have_left(desk)
        yield desk
    finally:
        desk.close()


def _say_what_may_have_left(desk: Desk) -> None:
    waiting = uncertain.waiting(desk) if desk.may(Permission.REPORT_EXPORT) else ()
    if waiting:
        print(may_have_left(waiting), file=sys.stderr)


def _accept_clock(desk: Desk) -> None:
    """After long without an entry nobody can be asked here: the clock is believed, which the journal keeps.

    One that went back is not: what writes refuses then.
    """
    try:
        clock_check.check(desk)
    except ClockWrong as wrong:
        if wrong.now > wrong.last_entry:
            clock_check.accept(desk)


def month(typed: str) -> Period:
    """The month typed as AAAA-MM. Raises UnknownDay."""
    try:
        if len(typed) != len("AAAA-MM"):
            raise ValueError("not a month")
        first = date.fromisoformat(f"{typed}-01")
        return Period.month(first.year, first.month)
    except ValueError as error:
        raise UnknownDay(typed) from error


def period(asked: argparse.Namespace) -> Period:
    """What `--month`, or `--from` and `--to`, say. Raises BadCall, UnknownDay."""
    if asked.first or asked.last:
        if not (asked.first and asked.last):
            raise BadCall("--to" if asked.first else "--from", "")
        first, last = (formats.read_day(typed, clock.today()) for typed in (asked.first, asked.last))
        if last < first:
            raise BadCall("--to", asked.last)
        return Period(first, last)
    if not asked.month:
        raise BadCall("--month", "")
    return month(asked.month)


def asks_period(parser: argparse.ArgumentParser) -> None:
    """The options that `period` reads."""
    parser.add_argument("--month", metavar="AAAA-MM")
    parser.add_argument("--from", dest="first", metavar="DAY")
    parser.add_argument("--to", dest="last", metavar="DAY")


def say(asked: argparse.Namespace, line: str) -> None:
    """Print a line for a person, unless only results were asked for."""
    if not asked.quiet:
        print(line)
