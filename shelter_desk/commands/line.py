"""The command line: its parser, and what each outcome returns.

A parser of calls whose refusals are one sentence in the language spoken, in place of argparse's English.
"""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, NO_ACCESS, REFUSED, TROUBLE, UNUSABLE
from shelter_desk.domain.errors import (
    AccessRefused,
    ApprovalNeeded,
    RuleBroken,
    SecondPersonNeeded,
    ShelterDeskError,
    Trouble,
    Unusable,
)
from shelter_desk.domain.reports.refusals import ClosingRefused
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.refusals import WordsUnread
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports.narrative import NarrativePage

_CHOICE = re.compile(
    r"argument (?P<argument>\S+): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<choices>.*)\)", re.DOTALL
)
_UNKNOWN = re.compile(r"unrecognized arguments: (?P<value>.*)", re.DOTALL)
_MISSING = re.compile(r"the following arguments are required: (?P<argument>.*)", re.DOTALL)
_NO_VALUE = re.compile(r"argument (?P<argument>\S+): expected .*", re.DOTALL)
_BAD_VALUE = re.compile(
    r"argument (?P<argument>\S+): (?:invalid \S+ value|ignored explicit argument): '?(?P<value>.*?)'?", re.DOTALL
)
_SEVERAL = re.compile(r"ambiguous option: (?P<argument>\S+) could match .*", re.DOTALL)
COMMAND = "COMMAND"


class CallRefused(Exception):
    """A call that cannot be read; its text is the sentence to print."""


class Parser(argparse.ArgumentParser):
    """Raises CallRefused where argparse would print its usage and end the program."""

    def error(self, message: str) -> NoReturn:
        """One sentence, whatever is wrong."""
        raise CallRefused(_sentence(message))


def language_of(arguments: Sequence[str]) -> words.Language:
    """The language that a call asks for, French where it asks for none, before it is read."""
    for at, one in enumerate(arguments):
        name, joined, value = one.partition("=")
        asked = value if joined else next(iter(arguments[at + 1 : at + 2]), "")
        if name == "--language" and asked == "en":
            return "en"
    return "fr"


def _sentence(message: str) -> str:
    for pattern, told in (
        (_CHOICE, _of_choice),
        (_UNKNOWN, lambda _: words.text("{value} is not an option here. Look at shelter-desk --help.")),
        (_MISSING, lambda _: words.text("{argument} is missing. Give it with the command.")),
        (_BAD_VALUE, lambda _: words.text("“{value}” cannot be used for {argument}. Look at the help of the command.")),
        (_SEVERAL, lambda _: words.text("{argument} can mean several options. Write it in full.")),
        (_NO_VALUE, lambda _: words.text("{argument} needs a value. Write it after.")),
    ):
        found = pattern.fullmatch(message)
        if found is not None:
            given = {"argument": "", "value": "", "choices": "", **found.groupdict()}
            return told(given["argument"]).format(**given | {"choices": given["choices"].replace("'", "")})
    return words.text("This call cannot be read. Look at shelter-desk --help.")


def _of_choice(argument: str) -> str:
    if argument == COMMAND:
        return words.text("There is no command “{value}”. The commands are: {choices}.")
    return words.text("“{value}” cannot be used for {argument}. Choose one of: {choices}.")


Command = Callable[[argparse.Namespace], int]
EveryPage = Callable[[Path, str, str], tuple[str, ...]]
NarrativePdf = Callable[[NarrativePage], bytes]
Booklet = Callable[[Role, Path], None]


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
    from shelter_desk.commands import (
        backup,
        check,
        close,
        create,
        demo,
        export,
        guide,
        import_,
        rectify,
        reopen,
        report,
        restore,
        self_test,
        sendings,
        template,
        verify,
    )

    of_months = (report, close, reopen, rectify, sendings, verify)
    for command in (demo, create, import_, export, template, *of_months, backup, restore, check, guide, self_test):
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
    codes = (
        (SecondPersonNeeded, NO_ACCESS),
        (ApprovalNeeded, NO_ACCESS),
        (AccessRefused, NO_ACCESS),
        (Trouble, TROUBLE),
        (Unusable, UNUSABLE),
        (ClosingRefused, REFUSED),
        (WordsUnread, REFUSED),
        (RuleBroken, UNUSABLE),
    )
    return next(code for kind, code in codes if isinstance(error, kind))


def main(
    arguments: Sequence[str], window: Command, every_page: EveryPage, narrative_pdf: NarrativePdf, booklet: Booklet
) -> int:
    """Read the call and run its command; without one, open the window.

    every_page: opens each page of the window off screen, for `self-test`. narrative_pdf: makes one, for `report`.
    booklet: writes that of a role there, for `guide`.
    """
    from shelter_desk import __version__

    words.use(language_of(arguments))
    try:
        asked = parser().parse_args(arguments)
    except CallRefused as refused:
        print(refused, file=sys.stderr)
        return UNUSABLE
    asked.window, asked.every_page, asked.narrative_pdf, asked.booklet = window, every_page, narrative_pdf, booklet
    words.use(asked.language or "fr")
    if asked.version:
        print(__version__)
        return DONE
    return run(asked.run, asked) if asked.run else window(asked)
