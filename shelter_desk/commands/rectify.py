"""`rectify`: a new version of a closed month, which replaces the one before."""

import argparse

from shelter_desk import words
from shelter_desk.commands import shelter
from shelter_desk.commands.shelter import DONE, opened, say
from shelter_desk.domain.errors import BadCall
from shelter_desk.domain.reports.comments import WHOLE, dims_of
from shelter_desk.domain.reports.figures import Ref, known_figures
from shelter_desk.operations.reports import closing
from shelter_desk.words.reports import closing as closing_words
from shelter_desk.words.reports import reports as report_words

NAME = "rectify"
HELP = "replace a closed month by a new version"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--month", metavar="AAAA-MM", required=True)
    parser.add_argument("--reason", metavar="TEXT", required=True)
    parser.add_argument("--text", metavar="TEXT")
    parser.add_argument("--comment", nargs=2, action="append", default=[], metavar=("FIGURE", "TEXT"))


def run(asked: argparse.Namespace) -> int:
    """Make it and say what was corrected; 3 where nothing differs."""
    period, said = shelter.month(asked.month), _said(asked)
    with opened(asked, accepts_older=False) as desk:
        made = closing.rectify(desk, period, asked.reason, said)
    told = words.text("{month}: {version}, {digest}. Figures corrected: {n}")
    version = report_words.version(made.version.version, made.number)
    say(asked, told.format(month=asked.month, version=version, digest=made.version.sha256, n=len(made.moved)))
    for one in made.moved:
        say(asked, closing_words.correction(one))
    return DONE


def _said(asked: argparse.Namespace) -> dict[Ref, str]:
    """The words in place of the former ones. FIGURE: its key, with its cell as `t2.exits/sex=f;age_group=a12_17`.

    Raises BadCall for a figure that there is not.
    """
    said: dict[Ref, str] = {} if asked.text is None else {WHOLE: asked.text}
    for figure, text in asked.comment:
        key, _, dims = figure.partition("/")
        if key not in known_figures():
            raise BadCall("--comment", figure)
        said[key, dims_of(dims)] = text
    return said
