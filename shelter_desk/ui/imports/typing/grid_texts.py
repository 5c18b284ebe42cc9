"""What the grid says: its headings, what is wrong with a line, what can be chosen in a column."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.errors import BedTaken, ShelterDeskError
from shelter_desk.operations.imports import typed_lines
from shelter_desk.operations.imports.typed_lines import COLUMNS, TypedLine
from shelter_desk.ui.imports import import_texts
from shelter_desk.words.beds import room_rules
from shelter_desk.words.refusals.errors import sentence

_SHOWN = 12  # choices that are said


def heading(at: int) -> str:
    """What the column is called; the last one says what there is to say."""
    if at == len(COLUMNS):
        return words.text("Remark")
    key = COLUMNS[at].key
    short = {
        "birth_or_age": words.text("Birth or age"),
        "migration_situation": words.text("Situation"),
        "bed_code": words.text("Bed"),
    }
    return short.get(key) or COLUMNS[at].label(words.language())


def said(line: TypedLine) -> str:
    """What there is to say of a line: what is wrong with it first, then what it lacks, then rules of the room."""
    told = []
    found = line.found
    if found is not None and found.state == "refused" and not line.lacks:
        told += [_refused(one.error, line) for one in found.refusals]
    elif found is not None and found.state == "refused":
        told += [_refused(one.error, line) for one in found.refusals if one.column not in line.lacks]
    elif found is not None and found.state == "doubtful":
        told.append(words.text("{sentence}.").format(sentence=import_texts.what(found)))
    if line.lacks:
        names = ", ".join(heading(at) for at, one in enumerate(COLUMNS) if one.key in line.lacks)
        told.append(words.text("Still to fill in: {columns}.").format(columns=names))
    told += [room_rules.warning(one.rule) for one in line.against]
    return " ".join(dict.fromkeys(one for one in told if one)) or words.text("Ready.")


def _refused(error: ShelterDeskError, line: TypedLine) -> str:
    """As everywhere; who has the bed by another line has no code that anybody knows yet."""
    other = line.of_code.get(error.by) if isinstance(error, BedTaken) else None
    if other is None or not isinstance(error, BedTaken):
        return sentence(error)
    return words.text("The bed {bed} is taken by line {n}. Choose another bed.").format(bed=error.bed_code, n=other)


def level(line: TypedLine) -> str:
    """`ok`, `attention`, `lacks` or `blocked`."""
    found = line.found
    wrong = [] if found is None else [one for one in found.refusals if one.column not in line.lacks]
    if wrong:
        return "blocked"
    doubtful = found is not None and found.state == "doubtful"
    if line.lacks:
        return "lacks"
    return "attention" if line.against or doubtful else "ok"


def hint(at: int, beds: Sequence[str]) -> str:
    """What is typed into that column. beds: those that are free."""
    key = COLUMNS[at].key if at < len(COLUMNS) else ""
    offered = typed_lines.choices(at) if at < len(COLUMNS) else ()
    if key == "bed_code":
        if not beds:
            return words.text("No bed is free: leave it empty, the person is without a place.")
        more = ["…"] if len(beds) > _SHOWN else []
        return words.text("Free beds: {beds}").format(beds=", ".join([*beds[:_SHOWN], *more]))
    if offered:
        more = ["…"] if len(offered) > _SHOWN else []
        return words.text("First letters are enough: {choices}").format(choices=" · ".join([*offered[:_SHOWN], *more]))
    return {
        "last_name": words.text("The name as it is said. Leave it empty where nobody knows it."),
        "first_name": words.text("The first name. Leave it empty where nobody knows it."),
        "birth_or_age": words.text("A day (12/03/2001), a year (2001), or an age (25, 8 mois)."),
        "admitted_at": words.text("The day of the entry: 12/11 is enough for this year."),
    }.get(key, "")


def counted(levels: Sequence[str]) -> str:
    """How many lines there are, and how many of them are ready. levels: of each, "" where it is not known yet."""
    ready = sum(one in ("ok", "attention") for one in levels)
    if not levels:
        return ""
    lines = words.count("{n} line", "{n} lines", len(levels))
    told = words.count("{n} can be taken in", "{n} can be taken in", ready)
    return words.text("{lines}, {ready}").format(lines=lines, ready=told)
