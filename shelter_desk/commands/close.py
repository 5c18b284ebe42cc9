"""`close`: closes a month that is over, once each point is settled or accepted."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands import shelter
from shelter_desk.commands.shelter import DONE, REFUSED, opened, say
from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.closing import ACCEPT_REASONS, rectified
from shelter_desk.domain.reports.refusals import PointsOpen
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, month_versions, reports
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import points as point_words
from shelter_desk.words.reports import reports as report_words

NAME = "close"
HELP = "close a month that is over"
_BETWEEN = "\t"  # a line of the file of accepted points: its key, the reason, the sentence


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--month", metavar="AAAA-MM", required=True)
    accept = parser.add_mutually_exclusive_group()
    accept.add_argument("--accept-all", metavar="REASON", help=", ".join(ACCEPT_REASONS))
    accept.add_argument("--accept", type=Path, metavar="FILE")


def run(asked: argparse.Namespace) -> int:
    """Close it, or list the points that are left on stderr, each with its key, and return 3."""
    period = shelter.month(asked.month)
    told = _accepted(asked.accept) if asked.accept is not None else {}
    with opened(asked, accepts_older=False) as desk:
        there = month_versions.standing(desk, period).current
        try:
            made = there or closing.close(desk, period, lambda point: asked.accept_all or told.get(point.key, ""))
        except PointsOpen as error:
            print(sentence(error), file=sys.stderr)
            _list_points(desk, period, told)
            return REFUSED
        number = rectified(made, month_versions.standing(desk, period).versions)
    text = words.text("{month} is closed: {version}, {digest}.")
    if there is not None:
        text = words.text("{month} was closed already: {version}, {digest}.")
    told_version = report_words.version(made.version, number)
    say(asked, text.format(month=asked.month, version=told_version, digest=made.sha256))
    return DONE


def _list_points(desk: Desk, period: Period, accepted: Mapping[str, str]) -> None:
    """What is left, as `--accept` takes it once a reason stands between."""
    for point in reports.points(desk, reports.read(desk, period)):
        if not accepted.get(point.key):
            print(_BETWEEN.join((point.key, "", point_words.sentence(point))), file=sys.stderr)


def _accepted(path: Path) -> dict[str, str]:
    """The reasons in a file, by the keys of the points."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileMissing(str(path)) from error
    parts = (line.split(_BETWEEN) for line in lines if _BETWEEN in line)
    return {one[0]: one[1].strip() for one in parts}
