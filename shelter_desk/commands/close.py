"""`close`: closes a month that is over, once each point is settled or accepted."""

import argparse
import sys
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands import shelter
from shelter_desk.commands.shelter import DONE, REFUSED, opened, say
from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.reports.closing import ACCEPT_REASONS, AcceptedPoint
from shelter_desk.domain.reports.refusals import ClosingRefused, PointsOpen
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, reports
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
    told = _accepted(asked.accept) if asked.accept is not None else ()
    with opened(asked) as desk:
        there = closing.standing(desk, period).current
        try:
            accepts = (lambda _: asked.accept_all) if asked.accept_all else told
            made = there or closing.close(desk, period, accepts)
        except PointsOpen as error:
            print(sentence(error), file=sys.stderr)
            _list_points(desk, asked, {one.key for one in told if one.reason.strip()})
            return REFUSED
        except ClosingRefused as error:
            print(sentence(error), file=sys.stderr)
            return REFUSED
    text = words.text("{month} is closed: {version}, {digest}.")
    if there is not None:
        text = words.text("{month} was closed already: {version}, {digest}.")
    told_version = report_words.version(made.version, is_rectified=made.is_rectified)
    say(asked, text.format(month=asked.month, version=told_version, digest=made.sha256))
    return DONE


def _list_points(desk: Desk, asked: argparse.Namespace, accepted: set[str]) -> None:
    """What is left, as `--accept` takes it once a reason stands between."""
    facts = reports.read(desk, shelter.month(asked.month))
    for point in reports.points(desk, facts):
        if point.key not in accepted:
            print(_BETWEEN.join((point.key, "", point_words.sentence(point))), file=sys.stderr)


def _accepted(path: Path) -> tuple[AcceptedPoint, ...]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise FileMissing(str(path)) from error
    parts = (line.split(_BETWEEN) for line in lines if line.strip())
    return tuple(AcceptedPoint(key, reason.strip()) for key, reason, *_ in ([*one, ""] for one in parts))
