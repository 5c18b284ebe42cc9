"""`sendings`: what left the house."""

import argparse
import json
from typing import Any

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, opened, say
from shelter_desk.domain.reports.sendings import SentReport
from shelter_desk.operations.sending import pseudonyms, sendings, uncertain
from shelter_desk.words import formats
from shelter_desk.words import sending as sending_words

NAME = "sendings"
HELP = "list what was sent"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--json", action="store_true")
    said = parser.add_mutually_exclusive_group()
    said.add_argument("--left", metavar="E-AAAA-NNNN")
    said.add_argument("--whose", metavar="OIM-XXXXXXXX")
    said.add_argument("--not-left", dest="not_left", metavar="E-AAAA-NNNN")


def run(asked: argparse.Namespace) -> int:
    """One line each, the last first; or whose a pseudonym is. With a number it is said first whether that one left."""
    with opened(asked) as desk:
        if asked.whose:
            print(pseudonyms.code_of(desk, asked.whose))
            return DONE
        number = asked.left or asked.not_left
        if number:
            uncertain.settle(desk, uncertain.numbered(desk, number), left=bool(asked.left))
        found = [_told(one.sent) for one in sendings.sent_files(desk)]
    if asked.json:
        print(json.dumps({"sendings": found}, ensure_ascii=False))
        return DONE
    line = words.text("{at} · {period} · version {version} · {level} · {to} · {file} · {sha256}")
    for one in found:
        period = one["month"] or f"{one['from']} – {one['to']}"
        level, to = sending_words.level(one["level"]), one["recipient"] or formats.NONE
        say(asked, line.format(**one | {"period": period, "level": level, "to": to}))
    return DONE


def _told(sent: SentReport) -> dict[str, Any]:
    one = sent.sending
    return {
        "from": one.first_day,
        "to": one.last_day,
        "month": one.first_day[:7] if one.period.is_month else None,
        "version": sent.version,
        "level": one.level,
        "recipient": one.recipient,
        "purpose": sending_words.purpose(one),
        "purpose_code": one.purpose_code,
        "file": one.file_name,
        "sha256": one.sha256,
        "size": one.size,
        "at": one.sent_at.isoformat(timespec="minutes"),
        "by": sent.sent_by,
        "number": one.number,
        "kind": one.kind,
        "title": one.title,
        "channel": one.channel,
        "carried_by": one.carried_by,
        "agreement": one.agreement,
        "acknowledged_on": one.acknowledged_on,
        "departure": one.departure or "left",
    }
