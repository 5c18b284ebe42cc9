"""`self-test`: does this copy of the program work on this computer; on invented data, in a folder of its own."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, say
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.training import self_test, training
from shelter_desk.operations.training.self_test import NotTheSame, QtMissing
from shelter_desk.words.refusals.errors import sentence

NAME = "self-test"
HELP = "check that this copy of the program works"
FAILED = 1


class StepFailed(Exception):
    """A step whose failure has been told."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """This command has no options of its own."""


def run(asked: argparse.Namespace) -> int:
    """Do every step; a line for each, and 1 at the first that fails. A bug goes on to the log."""
    with tempfile.TemporaryDirectory(prefix="shelter-desk-", ignore_cleanup_errors=True) as apart:
        try:
            _run_in(Path(apart), asked)
        except StepFailed:
            return FAILED
    return DONE


def _run_in(apart: Path, asked: argparse.Namespace) -> None:
    shelter = apart / "training"
    with _step(asked, words.text("Make a training shelter")):
        self_test.make_shelter(shelter)
    with _step(asked, words.text("Open it again with its password")):
        self_test.opened(shelter).close()
    with _step(asked, words.text("Upgrade a file of the first version")):
        self_test.upgrade_an_old_file(apart / "old")
    with self_test.opened(shelter) as desk:
        with _step(asked, words.text("Write the registers and read them back")):
            self_test.write_registers_and_read_them(desk, apart / "registers.xlsx")
        with _step(asked, words.text("Compute the last month and write its workbook")):
            self_test.write_last_month(desk, apart / "report.xlsx")
    _open_every_page(shelter, asked)


def _open_every_page(shelter: Path, asked: argparse.Namespace) -> None:
    """A packaged program carries Qt, so that it must load there; a checkout may stand on a computer without it."""
    with _step(asked, words.text("Open every page of the window")):
        try:
            pages = asked.every_page(shelter, training.USER, training.PASSWORD)
        except QtMissing as error:
            if getattr(sys, "frozen", False):
                raise
            say(asked, words.text("The window is left out: {reason}").format(reason=error))
            return
        say(asked, words.text("Pages opened: {pages}").format(pages=", ".join(pages)))


@contextmanager
def _step(asked: argparse.Namespace, name: str) -> Iterator[None]:
    """Tell how the step ended. Raises StepFailed where the reason has been told with it."""
    try:
        yield
    except ShelterDeskError as error:
        _fail(name, sentence(error))
        raise StepFailed from error
    except (NotTheSame, QtMissing) as error:
        _fail(name, str(error))
        raise StepFailed from error
    except BaseException:
        _fail(name, words.text("an error that was not expected"))
        raise
    say(asked, words.text("OK: {step}").format(step=name))


def _fail(name: str, reason: str) -> None:
    sys.stderr.write(words.text("FAILED: {step} ({reason})").format(step=name, reason=reason) + "\n")
