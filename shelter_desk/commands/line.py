"""The command line: its parser, and what each outcome returns."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands import parsing
from shelter_desk.commands.parsing import COMMAND, CallRefused, Parser
from shelter_desk.commands.shelter import DONE, NO_ACCESS, TROUBLE, UNUSABLE
from shelter_desk.domain.errors import AccessRefused, RuleBroken, ShelterDeskError, Trouble, Unusable
from shelter_desk.words.refusals.errors import sentence

Command = Callable[[argparse.Namespace], int]
EveryPage = Callable[[Path, str, str], tuple[str, ...]]


def parser() -> argparse.ArgumentParser:
    """The options that every command knows, and a place for commands."""
    # two sets, since a parser and its parent share their options, and the defaults of one would undo the other
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    made = Parser(prog="shelter-desk")
    for options in (made, common):
        options.add_argument("--data-dir", type=Path, metavar="DIR")
        options.add_argument("--user", metavar="NAME")
        options.add_argument("--language", choices=("fr", "en"))
        options.add_argument("--quiet", action="store_true")
    made.set_defaults(run=None)
    made.add_argument("--version", action="store_true")
    commands = made.add_subparsers(metavar=COMMAND)
    from shelter_desk.commands import backup, check, create, demo, export, import_, report, restore, self_test, template

    for command in (demo, create, import_, export, template, report, backup, restore, check, self_test):
        added = commands.add_parser(command.NAME, parents=[common], help=command.HELP)
        command.arguments(added)
        added.set_defaults(run=command.run)
    return made


def run(command: Command, asked: argparse.Namespace) -> int:
    """Run a command; a refusal is one sentence on stderr and an exit code of its own."""
    try:
        code = command(asked)
        print(end="", flush=True)  # what cannot be written is told like any other trouble
        return code
    except ShelterDeskError as error:
        print(sentence(error), file=sys.stderr)
        return code_of(error)


def code_of(error: ShelterDeskError) -> int:
    """The exit code of a refusal (docs/interfaces.md section 1)."""
    codes = ((AccessRefused, NO_ACCESS), (Trouble, TROUBLE), (Unusable, UNUSABLE), (RuleBroken, UNUSABLE))
    return next(code for kind, code in codes if isinstance(error, kind))


def main(arguments: Sequence[str], window: Command, every_page: EveryPage) -> int:
    """Read the call and run its command; without one, open the window.

    every_page: opens each page of the window off screen, for `self-test`.
    """
    from shelter_desk import __version__

    words.use(parsing.language_of(arguments))
    try:
        asked = parser().parse_args(arguments)
    except CallRefused as refused:
        print(refused, file=sys.stderr)
        return UNUSABLE
    asked.window, asked.every_page = window, every_page
    words.use(asked.language or "fr")
    if asked.version:
        print(__version__)
        return DONE
    return run(asked.run, asked) if asked.run else window(asked)
