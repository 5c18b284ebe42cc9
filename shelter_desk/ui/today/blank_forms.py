"""Blank forms for the hours without power, in the order of the screens; each sheet has a reference, so that what is
typed afterwards finds its paper again. No name of the shelter, no name of a resident: a person stands on them by code,
as those of tonight do on the list of the roll call.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.casefile.assessments import ANSWERS, FACTORS, PERSONAL, factors_of
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import formats

ADMISSIONS = 3  # sheets for arrivals
LINES, FEW = 18, 4  # of an empty list, and below one that is filled
SHORT = 36  # signs of an answer that fit any line
BOX, LINE, GAP = "☐", "_" * 24, " \u2003"  # the gap is where a line may break
LONG = f"{LINE} " * 9  # where a sentence is written, on lines as broad as there is room
Field = tuple[str, str]  # what is asked, and where it is written
Sleeper = tuple[str, str]  # bed, and code


def html(day: date, training: bool, sigle: str = "", night: Sequence[Sleeper] | None = None) -> str:
    """Every sheet, one a page.

    day: printed on it, and a part of the references. sigle: at the head of each, where the shelter has one. night: who
    sleeps here tonight, for the roll call; None where that may not be read.
    """
    moves = (
        words.text("Code"),
        words.text("Exit, absence, return or move"),
        words.text("Day and hour"),
        words.text("Reason"),
        words.text("Destination, or new bed"),
        words.text("Noted by"),
    )
    given = (
        words.text("Day"),
        words.text("Code"),
        words.text("Service or thing"),
        words.text("Quantity"),
        words.text("Given by"),
    )
    sheets = [
        *(sheet(words.text("Arrival"), reference("A", day, n), _arrival()) for n in range(1, ADMISSIONS + 1)),
        *(() if night is None else (_roll_call(day, night),)),
        table(words.text("Exits, absences, returns, moves"), reference("M", day, 1), moves),
        table(words.text("Services and things given"), reference("S", day, 1), given),
        *_of_case(day),
        sheet(words.text("Incident"), reference("I", day, 1), _incident()),
    ]
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    mark += printing.signed(sigle)
    broken = '<div style="page-break-before: always"></div>'
    return broken.join(mark + one for one in sheets)


def paint(html: str) -> printing.Paint:
    """Each is a paper of its own: no number of a sheet among the others."""
    return printing.sheets(html, numbered=False)


def print_forms(parent: QWidget, desk: Desk) -> str:
    """Print them, or save them; what was done, "" when it was given up. Raises DiskFull, ReadOnly."""
    kept = settings.read(desk)
    sheets = paint(html(desk.today(), desk.is_training, kept.sigle, tonight(desk)))
    title = words.text("Print blank forms")
    told = words.text("Blank forms of {day} are printed.").format(day=formats.day(desk.today()))
    return printing.send(parent, sheets, title, told, words.text("Blank forms are saved."))


def tonight(desk: Desk) -> list[Sleeper] | None:
    """Who is to sleep here tonight, bed by bed, as the plan has it; None for a role that may not read it."""
    if not desk.may(Permission.SEE_BEDS):
        return None
    board = bed_board.board(desk, desk.today())
    found = []
    for look in board.rooms:
        in_beds = [(one.bed.code, who) for one in look.beds for who in (one.sleeper, *one.sharing) if who]
        found += [(bed, who.person.code) for bed, who in in_beds]
        found += [(look.room.code, who.person.code) for who in look.extra]
    return [*found, *(("", who.person.code) for who in board.unplaced)]


def _roll_call(day: date, night: Sequence[Sleeper]) -> str:
    """The list of the night with its reference, to be ticked and typed into the roll call."""
    heads = (
        words.text("Bed"),
        words.text("Code"),
        words.text("Present"),
        words.text("Away: since when, why"),
        words.text("Noted by"),
    )
    rows = [(bed, code, BOX, "", "") for bed, code in night]
    return table(words.text("Roll call"), reference("N", day, 1), heads, rows)


def reference(letter: str, day: date, n: int) -> str:
    """`A-25112026-1`: the kind of sheet, the day, the number of the copy."""
    return f"{letter}-{day:%d%m%Y}-{n}"


def sheet(title: str, number: str, fields: Iterable[Field], is_signed: bool = False) -> str:
    """Questions with the place for their answers. is_signed: the paper is a proof, and stays."""
    rows = "".join(
        f"<tr><td width='34%'><b>{escape(asked)}</b></td><td width='66%'>{escape(answer)}</td></tr>"
        for asked, answer in fields
    )
    head = _head(title, number, is_signed)
    return f"{head}<table width='100%' border='0' cellspacing='0' cellpadding='4'>{rows}</table>"


def answers(title: str, number: str, asked: Sequence[str], columns: Sequence[str]) -> str:
    """Questions one below the other, a box for each answer beside them."""
    named = "".join(f"<th>{escape(one)}</th>" for one in columns)
    empty = f"<td align='center'>{BOX}</td>" * len(columns)
    rows = "".join(f"<tr><td>{escape(one)}</td>{empty}</tr>" for one in asked)
    code = f"<p><b>{escape(words.text('Code of the person'))}</b> {LINE}</p>"
    return (
        f"{_head(title, number)}{code}<table width='100%' border='1' cellspacing='0' cellpadding='1' "
        f"style='border-collapse:collapse'><thead><tr><th></th>{named}</tr></thead>{rows}</table>"
    )


def table(title: str, number: str, heads: Sequence[str], known: Iterable[Sequence[str]] = ()) -> str:
    """A list of empty lines under these heads. known: the lines that are filled already, with a few empty ones."""
    named = "".join(f"<th align='left'>{escape(one)}</th>" for one in heads)
    empty = "<tr>" + "<td>&nbsp;</td>" * len(heads) + "</tr>"
    filled = "".join("<tr>" + "".join(f"<td>{escape(one) or '&nbsp;'}</td>" for one in row) + "</tr>" for row in known)
    lines = filled + empty * (FEW if filled else LINES)
    return (
        f"{_head(title, number)}<table width='100%' border='1' cellspacing='0' cellpadding='6' "
        f"style='border-collapse:collapse'><thead><tr>{named}</tr></thead>{lines}</table>"
    )


def _head(title: str, number: str, is_signed: bool = False) -> str:
    told = words.text("Reference {reference}: write it when you type this sheet. Keep it locked up, then destroy it.")
    if is_signed:
        told = words.text(
            "Reference {reference}: write it when you type this sheet. The signed paper is kept locked up."
        )
    return f"<h2>{escape(title)}</h2><p>{escape(told.format(reference=number))}</p>"


def boxes(list_name: str) -> str:
    """Every code of a list that may be chosen, with a box before it; a short one is never broken."""
    labels = (words.label(list_name, one.code) for one in codes.codes(list_name) if one.active)
    return GAP.join(f"{BOX}\u00a0{one if len(one) > SHORT else one.replace(' ', chr(0xA0))}" for one in labels)


def yes_no() -> str:
    """A box for yes and one for no."""
    return GAP.join((f"{BOX} {words.text('Yes')}", f"{BOX} {words.text('No')}"))


def _arrival() -> list[Field]:
    """The minimum of an admission (field 6.2) and what is asked at the door, card by card as the screen has it."""
    return [
        (words.text("Date and hour of arrival"), LINE),
        (words.text("Entry kind"), boxes("entry_kind")),
        (words.text("Sent here by"), boxes("referral_source")),
        (words.text("Name said by the person (no paper asked)"), LINE),
        (words.text("Names of mother and father"), LINE),
        (words.text("Numbers that others gave: paper register, IOM, partner"), LINE),
        (words.text("Sex"), GAP.join((f"{BOX} {words.text('Female')}", f"{BOX} {words.text('Male')}"))),
        (words.text("Born on, or age"), LINE),
        (words.text("Nationality"), LINE),
        (words.text("Languages"), LINE),
        (words.text("Region, not the village"), LINE),
        (words.text("Migration situation"), boxes("migration_situation")),
        (words.text("Situation of the child"), boxes("child_status")),
        (words.text("Accompanies"), LINE),
        (words.text("Urgent needs"), boxes("urgent_need")),
        (words.text("Interpreter needed"), yes_no()),
        (words.text("Agrees to stay"), yes_no()),
        (words.text("Agrees that the data are recorded"), yes_no()),
        (words.text("Rules explained"), yes_no()),
        (words.text("Room and bed"), LINE),
        (words.text("Received by"), LINE),
    ]


def _incident() -> list[Field]:
    return [
        (words.text("Day and hour"), LINE),
        (words.text("What happened"), boxes("incident_type")),
        (words.text("Severity"), boxes("incident_severity")),
        (words.text("Where"), LINE),
        (words.text("Persons, by code"), LINE),
        (words.text("Facts: who, what, where, when; no judgement, codes and no names"), LONG * 2),
        (words.text("Measures taken at once"), LONG),
        (words.text("Who was told"), boxes("notified")),
        (words.text("Reported by"), LINE),
    ]


def _of_case(day: date) -> list[str]:
    """Those of a case file, in the order of the tabs of a record."""
    asked = [words.label("tip_indicator", one.code) for one in codes.codes("tip_indicator") if one.active]
    five = [words.label("answer5", one.code) for one in codes.codes("answer5") if one.active]
    factors = [words.label(FACTORS, one) for level in PERSONAL for one in factors_of(level)]
    four = [words.label("factor_answer", one) for one in ANSWERS]
    plan = (
        words.text("Code"),
        words.text("Domain"),
        words.text("Objective"),
        words.text("Action"),
        words.text("Who does it"),
        words.text("Due on"),
        words.text("Done on"),
    )
    attendance = (
        words.text("Activity, day, led by"),
        words.text("Code"),
        words.text("Present"),
        words.text("Score before"),
        words.text("Score after"),
    )
    return [
        sheet(words.text("Screening interview"), reference("D", day, 1), _interview()),
        answers(words.text("Screening interview: answers"), reference("D", day, 2), asked, five),
        answers(words.text("Vulnerabilities: what endangers, what protects"), reference("V", day, 1), factors, four),
        sheet(words.text("Vulnerabilities: danger and decision"), reference("V", day, 2), _danger()),
        table(words.text("Assistance plan"), reference("P", day, 1), plan),
        sheet(words.text("Referral"), reference("R", day, 1), _referral()),
        sheet(words.text("Sheet of a minor"), reference("E", day, 1), _minor()),
        sheet(words.text("Consent"), reference("C", day, 1), _consent(), is_signed=True),
        sheet(words.text("Receipt for belongings"), reference("B", day, 1), _deposit(), is_signed=True),
        sheet(words.text("Exit"), reference("X", day, 1), _exit()),
        table(words.text("Attendance of an activity or training"), reference("T", day, 1), attendance),
    ]


def _interview() -> list[Field]:
    return [
        (words.text("Code of the person"), LINE),
        (words.text("Day, hour, place"), LINE),
        (words.text("Led by"), LINE),
        (words.text("Language, interpreter"), LINE),
        (words.text("Before: rested, cared for, safe, alone"), yes_no()),
        (words.text("Agrees to the interview"), yes_no()),
        (words.text("Agrees that the answers are recorded"), yes_no()),
        (words.text("In danger now"), yes_no()),
        (words.text("Urgent needs"), boxes("urgent_need")),
        (words.text("Means used on the person"), boxes("tip_means")),
        (words.text("Forms of exploitation"), boxes("exploitation_form")),
        (words.text("How long, at which age"), LINE),
        (words.text("Wishes a complaint"), boxes("legal_action_wish")),
        (words.text("Summary: facts told, no names of others"), LONG),
    ]


def _danger() -> list[Field]:
    return [
        (words.text("Code of the person"), LINE),
        (words.text("Assessed on"), LINE),
        (words.text("Concern for a life: suicide or self-harm"), yes_no()),
        (words.text("Source of danger: categories, no names"), boxes("threat_source")),
        (words.text("How likely"), boxes("level3")),
        (words.text("How grave"), boxes("level3")),
        (words.text("Safe to contact the family"), boxes("safety_answer")),
        (words.text("Safe to go out"), boxes("safety_answer")),
        (words.text("Level of risk: your decision"), boxes("risk_level")),
        (words.text("Safety measures"), boxes("safety_measure")),
        (words.text("Next review"), LINE),
    ]


def _referral() -> list[Field]:
    return [
        (words.text("Code of the person"), LINE),
        (words.text("Structure"), LINE),
        (words.text("Service asked for"), LINE),
        (words.text("Reason"), boxes("referral_reason")),
        (words.text("Urgency"), boxes("referral_urgency")),
        (words.text("What is shared, and nothing else"), boxes("data_shared")),
        (words.text("Consent in force: number and day"), LINE),
        (words.text("Who goes with the person"), boxes("transport_escort")),
        (words.text("Sent on"), LINE),
        (words.text("Ask again on"), LINE),
        (words.text("Answer of the structure"), LONG),
    ]


def _minor() -> list[Field]:
    return [
        (words.text("Code of the child"), LINE),
        (words.text("Situation of the child"), boxes("child_status")),
        (words.text("Cause of the separation"), boxes("separation_cause")),
        (words.text("Competent service told on, reference"), LINE),
        (words.text("Guardian asked for on"), LINE),
        (words.text("Guardian"), boxes("guardian_status")),
        (words.text("What the child says and wishes"), LONG),
        (words.text("The child agrees that the family is looked for"), yes_no()),
        (words.text("Assessment of best interests on"), LINE),
        (words.text("Recommendation"), LONG),
    ]


def _consent() -> list[Field]:
    """The paper that is signed: what is agreed to, with whom; refusing takes nothing away."""
    told = words.text("Refusing takes nothing away: bed, meals, protection and care stay the same.")
    agreed = GAP.join((f"{BOX} {words.text('I agree')}", f"{BOX} {words.text('I do not agree')}"))
    return [
        (words.text("Code of the person"), LINE),
        (words.text("To know before"), told),
        (words.text("Purpose of the consent"), boxes("consent_purpose")),
        (words.text("Shared with"), LINE),
        (words.text("What is shared, and nothing else"), boxes("data_shared")),
        (words.text("Explained in (language), by"), LINE),
        (words.text("Decision"), agreed),
        (words.text("Given by"), boxes("consent_given_by")),
        (words.text("Valid until; may be taken back at any time"), LINE),
        (words.text("The child’s own yes"), yes_no()),
        (words.text("Day, signature or thumbprint"), LINE),
        (words.text("Certified by, where it was said and not signed"), LINE),
    ]


def _deposit() -> list[Field]:
    return [
        (words.text("Code of the person"), LINE),
        (words.text("Deposited on, received by"), LINE),
        (words.text("What is deposited, thing by thing"), LONG + " " + LONG),
        (words.text("Money: how much, which currency"), LINE),
        (words.text("Signature of the person and of who receives"), LINE),
        (words.text("Handed back on, to"), boxes("handed_back_to")),
        (words.text("Signature of who takes it back"), LINE),
    ]


def _exit() -> list[Field]:
    return [
        (words.text("Code of the person"), LINE),
        (words.text("Day and hour of the exit"), LINE),
        (words.text("Reason"), boxes("exit_reason")),
        (words.text("Destination"), boxes("exit_destination")),
        (words.text("Decided by"), boxes("exit_decided_by")),
        (words.text("Of a child: decision, and the adult who receives (paper seen)"), LINE),
        (words.text("Kit and loans given back"), yes_no()),
        (words.text("Belongings handed back"), yes_no()),
        (words.text("May be called afterwards"), yes_no()),
        (words.text("Noted by"), LINE),
    ]
