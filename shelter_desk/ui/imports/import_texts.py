"""What lists, columns, values and states are called on the page of imports."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from shelter_desk import words
from shelter_desk.domain.register_columns import LISTS, TITLES, ListColumn, title
from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.domain.residents import residents
from shelter_desk.operations.imports import intake
from shelter_desk.operations.imports.intake import Alike, FileLine, FileLinePart, Review, State
from shelter_desk.operations.imports.intake_batches import Batch, LeftRow
from shelter_desk.ui.widgets.badge import State as Badge
from shelter_desk.words import field_labels, formats, imports, journal_actions
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import closing

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
OWN = ("registre", "chambres_lits", "prestations", "presence", "annuaire", "biens", "stock_initial", "journal_stock")
NAMES = frozenset({*residents.NAMES, "full_name"})
BADGES: dict[State, Badge] = {
    "refused": "blocked",
    "doubtful": "attention",
    "decided": "ok",
    "changed": "held",
    "new": "accent",
    "same": "neutral",
    "repeated": "neutral",
    "unread": "neutral",
}


def list_name(key: str) -> str:
    """What a list is called; "" is a sheet that is none."""
    own = {
        "": words.text("Not a list: left out"),
        "registre": words.text("Register of admissions (yours)"),
        "chambres_lits": words.text("Rooms and beds (yours)"),
        "prestations": words.text("Log of services (yours)"),
        "presence": words.text("Presence, night by night (yours)"),
        "annuaire": words.text("Directory of partners (yours)"),
        "biens": words.text("Equipment, counted (yours)"),
        "stock_initial": words.text("What is in store (yours)"),
        "journal_stock": words.text("Journal of the store (yours)"),
        "settled_flags": words.text("Alert or task set aside"),
        "postponed_tasks": words.text("Alert or task set aside"),
    }
    return own.get(key) or (title(key, words.language()) if key in TITLES else key)


def column_of(list_key: str, key: str) -> ListColumn | None:
    """The column of that list, else of whichever list has it."""
    every = (intake.columns(list_key), *LISTS.values(), *map(intake.columns, OWN))
    return next((one for columns in every for one in columns if one.key == key), None)


def column_name(list_key: str, key: str) -> str:
    """What a column is called above it."""
    column = column_of(list_key, key)
    return column.label(words.language()) if column else field_labels.label(key)


def value(list_key: str, key: str, known: Any) -> str:
    """A value as a person reads it."""
    column = column_of(list_key, key)
    if known is None or known == "":
        return formats.NONE
    if isinstance(known, bool):
        return words.text("Yes") if known else words.text("No")
    if isinstance(known, datetime):
        return formats.moment(known)
    if isinstance(known, date):
        return formats.day(known)
    code_list = column.code_list if column else None
    if code_list is not None:
        return ", ".join(words.label(code_list, one) for one in str(known).split(";"))
    return str(known)


def seen(text: str) -> str:
    """A cell as a person reads it: days that came as values are written as on screen."""
    try:
        return formats.moment(datetime.fromisoformat(text)) if _ISO.match(text) else text
    except ValueError:
        return text


def given(list_key: str, key: str, known: Any) -> str:
    """What counts for every line, with its column."""
    told = formats.month(known) if key == "month" and isinstance(known, date) else value(list_key, key, known)
    return words.text("{column}: {value}").format(column=column_name(list_key, key), value=told)


def state(one: State) -> str:
    """The state of a line, in a word."""
    return {
        "refused": words.text("Is refused"),
        "doubtful": words.text("Is doubtful"),
        "decided": words.text("Is decided"),
        "changed": words.text("Is changed"),
        "new": words.text("Is new"),
        "same": words.text("Is the same"),
        "repeated": words.text("Is said again"),
        "unread": words.text("Is not read"),
    }[one]


def part(one: FileLinePart) -> str:
    """What becomes of the share of one list."""
    if one.follows:
        return words.text("Also written, {list} {code}").format(list=list_name(one.list), code=one.code)
    told = {
        "new": words.text("{list} {code}: new"),
        "changed": words.text("{list} {code}: changed"),
        "same": words.text("{list} {code}: nothing to do"),
    }[one.state]
    return told.format(list=list_name(one.list), code=one.code)


def what(line: FileLine) -> str:
    """What there is to say of a line, in one sentence."""
    told = _what(line)
    if not line.gaps or line.state == "refused":
        return told
    return words.text("To be completed: {columns}. {told}").format(columns=to_complete(line), told=told).rstrip()


def to_complete(line: FileLine) -> str:
    """The columns that a line leaves open, and what the file says there."""
    quoted = words.text("{column} “{text}”")
    return ", ".join(
        quoted.format(column=column_name(list_key, column), text=text) if text else column_name(list_key, column)
        for list_key, column, text in line.gaps
    )


def _what(line: FileLine) -> str:
    if line.state == "refused":
        return " ".join(dict.fromkeys(sentence(one.error) for one in line.refusals))
    if line.state == "doubtful":
        return words.text("Perhaps known already: {who}").format(who=", ".join(who(line)))
    if line.state == "unread":
        return words.text("This sheet has no column that can be used here.")
    if line.first is not None:
        told_ = words.text("Says again, or completes, line {row} of sheet {sheet}.")
        return told_.format(row=line.first[1], sheet=line.first[0])
    if line.state == "decided":
        return _decision(line)
    changes = [(one.list, key) for one in line.parts if one.state == "changed" for key, _, _ in one.changes]
    if changes and line.state != "new":
        return ", ".join(column_name(*one) for one in changes)
    if line.known_as and line.state == "same":
        return words.text("The same person as {who}, as you said before").format(who=line.known_as)
    told = [one for one in line.parts if one.state != "same" or line.state == "same"]
    return ", ".join(words.text("{list} {code}").format(list=list_name(one.list), code=one.code) for one in told)


def _decision(line: FileLine) -> str:
    if line.decision == intake.NEW:
        if any(one.list != "personnes" for one in line.alike):
            return words.text("Decided: something else than {who}").format(who=", ".join(who(line)))
        return words.text("Decided: another person than {who}").format(who=", ".join(who(line)))
    if intake.earlier_of(line.decision):
        return words.text("Corrects {line}").format(line=decided(line.decision, line.alike))
    return words.text("Decided: the same person as {who}").format(who=decided(line.decision))


def who(line: FileLine) -> list[str]:
    """Those whom the person of a line may be: by code, or by the line of the file."""
    return [decided(one.code, line.alike) for one in line.alike]


def decided(code: str, alike: Sequence[Alike] = ()) -> str:
    """A person by code, or by the line of this file or of an earlier one; alike: those whom it may be."""
    row, stay_no = intake.line_of(code), intake.earlier_of(code)
    if stay_no:
        return earlier(next((one for one in alike if one.code == code), None), stay_no)
    return code if row is None else words.text("line {row}").format(row=row)


def earlier(one: Alike | None, stay_no: str) -> str:
    """A line of an earlier import, by its stay where the row is not known."""
    if one is not None and one.list != "personnes" and (one.row is None or one.taken_at is None):
        return words.text("{no}, imported before").format(no=stay_no)
    if one is None or one.row is None or one.taken_at is None:
        return words.text("the stay {no}, taken in before").format(no=stay_no)
    told = words.text("line {row} of the import of {day}")
    return told.format(row=one.row, day=formats.day(one.taken_at.date()))


def where(line: FileLine, masked: bool) -> str:
    """The cells that are wrong, with what stands in them."""
    found = []
    for one in line.refusals:
        place = intake.cell(one)
        stands = words.text("masked") if masked and one.column in NAMES and one.value else seen(one.value)
        found.append(f"{place}\u00a0: {stands}" if place and stands else place or stands)
    return ", ".join(dict.fromkeys(one for one in found if one))


def lists(batch: Batch) -> str:
    """What an import brought, list by list."""
    told = []
    for name, (new, changed) in batch.lists.items():
        if new:
            told.append(words.text("{list}: {n} new").format(list=list_name(name), n=formats.number(new)))
        if changed:
            told.append(words.text("{list}: {n} changed").format(list=list_name(name), n=formats.number(changed)))
    return ", ".join(told)


def why(one: LeftRow) -> str:
    """Why an undo leaves a row, in one sentence."""
    told = imports.why_left(one.why, list_name(one.by_list), one.by_code)
    if one.at is None:
        return told
    act = words.text("{what} ({act}, {who}, {when})")
    return act.format(what=told, act=journal_actions.action(one.action), who=one.who, when=formats.moment(one.at))


def expired(days: Sequence[date]) -> str:
    """Before a lot is taken in that had expired when it came."""
    told = words.text("Date of expiry that is past: {days}").format(days=", ".join(map(formats.day, sorted(set(days)))))
    return "\n".join((told, words.text("What has expired is given to nobody: check the day with the delivery note.")))


def supposed(reviewed: Review) -> list[str]:
    """What lines leave open and is taken to be so, each in one sentence."""
    found = reviewed.look.assumed if reviewed.look else ()
    later = [closing.dated_later(len(reviewed.real_days))] if reviewed.real_days else []
    return later + [words.text("Assumed, {what}").format(what=imports.assumed(why, n)) for _, why, n in found]


def step(code: str) -> str:
    """What is being done, by the step that an operation reports."""
    steps = {
        "read": words.text("Reading the file"),
        "compare": words.text("Comparing with the registers"),
        "sort": words.text("Sorting the lines"),
        "undo": words.text("Taking the lines back"),
    }
    return steps.get(code) or words.text("Writing: {list}").format(list=list_name(code))


def who_is(line: FileLine, masked: bool) -> str:
    """The name or the code of a line, beside its number."""
    for one in line.refusals:
        if one.called:
            return words.text("masked") if masked and one.is_named else one.called
    new = {key: value for one in line.parts if one.list == "personnes" for key, _, value in one.changes}
    name = " ".join(str(new[key]) for key in ("last_name", "first_name") if new.get(key))
    if name:
        return words.text("masked") if masked else name
    return next((one.code for one in line.parts if one.code), "")


def hidden(one: Refusal, told: str) -> str:
    """A sentence about a line without the name that was refused, which it may repeat."""
    return told.replace(one.value, words.text("masked")) if one.column in NAMES and one.value else told
