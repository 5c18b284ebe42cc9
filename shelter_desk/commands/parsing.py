"""A parser of calls whose refusals are one sentence in the language spoken, in place of argparse's English."""

import argparse
import re
from collections.abc import Callable, Sequence
from typing import NoReturn

from shelter_desk import words

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
    for pattern, told in _told():
        found = pattern.fullmatch(message)
        if found is not None:
            given = {"argument": "", "value": "", "choices": "", **found.groupdict()}
            return told(given["argument"]).format(**given | {"choices": given["choices"].replace("'", "")})
    return words.text("This call cannot be read. Look at shelter-desk --help.")


def _told() -> tuple[tuple[re.Pattern[str], Callable[[str], str]], ...]:
    return (
        (_CHOICE, _of_choice),
        (_UNKNOWN, lambda _: words.text("{value} is not an option here. Look at shelter-desk --help.")),
        (_MISSING, lambda _: words.text("{argument} is missing. Give it with the command.")),
        (_BAD_VALUE, lambda _: words.text("“{value}” cannot be used for {argument}. Look at the help of the command.")),
        (_SEVERAL, lambda _: words.text("{argument} can mean several options. Write it in full.")),
        (_NO_VALUE, lambda _: words.text("{argument} needs a value. Write it after.")),
    )


def _of_choice(argument: str) -> str:
    if argument == COMMAND:
        return words.text("There is no command “{value}”. The commands are: {choices}.")
    return words.text("“{value}” cannot be used for {argument}. Choose one of: {choices}.")
