"""The legal file in words: its columns, what is said of a step, what is refused."""

from shelter_desk import words
from shelter_desk.domain.assistance.appointments import Appointment
from shelter_desk.domain.casefile.legal import HEARING, LAWYER, Compensation, LegalStep, LegalStepGone
from shelter_desk.domain.moments import is_plain
from shelter_desk.words import agenda, formats
from shelter_desk.words.refusals.errors import Sentences

# columns whose codes are shown by their labels
LISTS = {one: one for one in ("legal_step", "protection_measure", "verdict")}


def actions() -> dict[str, str]:
    """What is done with the file, as the journal says it."""
    return {
        "write_legal_step": words.text("Step of the legal file written"),
        "plan_hearing": words.text("Hearing put into the agenda"),
        "correct_legal_step": words.text("Step of the legal file corrected"),
        "take_out_legal_step": words.text("Step of the legal file taken out"),
        "legal_reference_read": words.text("Number of a complaint or case read"),
    }


def columns() -> dict[str, str]:
    """What the columns of a step are called, in forms and in the journal."""
    return {
        "legal_no": words.text("No. of the legal step"),
        "legal_step": words.text("Legal step"),
        "protection_measure": words.text("Measure"),
        "verdict": words.text("Decision"),
        "amount_xof": words.text("Amount (XOF)"),
    }


def kind(code: str) -> str:
    """A kind of step."""
    return words.label("legal_step", code)


def detail(step: LegalStep, hearing: Appointment | None = None) -> str:
    """What a step says besides its kind and its day."""
    parts = [step.partner]
    if step.measure:
        parts.insert(0, words.label("protection_measure", step.measure))
    if step.verdict:
        parts.insert(0, words.label("verdict", step.verdict))
    if step.amount_xof is not None:
        parts.insert(0, _xof(step.amount_xof))
    if step.valid_until is not None:
        parts.append(words.text("until {day}").format(day=formats.day(step.valid_until)))
    if step.kind == HEARING and step.done_on is None and hearing is not None and not is_plain(hearing.starts_at):
        parts.append(formats.clock(hearing.starts_at))
    return " · ".join(part for part in parts if part)


def state(step: LegalStep, hearing: Appointment | None = None) -> str:
    """The day of a step, or how a hearing stands in the agenda."""
    if step.done_on is not None:
        return formats.day(step.done_on)
    if hearing is None:
        return words.text("day not known")
    told = words.text("{state}, {day}")
    return told.format(state=agenda.state(hearing.state), day=formats.day(hearing.starts_at.date()))


def partner(kind: str) -> str:
    """Who the organisation of a step is."""
    named = {
        "plainte": words.text("Filed with"),
        LAWYER: words.text("Organisation of the lawyer"),
        HEARING: words.text("Court or service"),
        "protection": words.text("Decided by"),
        "verdict": words.text("Decided by"),
    }
    return named.get(kind) or words.text("Organisation")


def sums(found: Compensation) -> list[tuple[str, str]]:
    """What was asked, awarded and paid, each with its name; what no step says is left out."""
    told = [
        (words.text("Compensation asked"), found.asked),
        (words.text("Compensation awarded"), found.awarded),
        (words.text("Compensation paid"), found.paid),
    ]
    return [(name, _xof(amount)) for name, amount in told if amount is not None]


SENTENCES: Sentences = {
    LegalStepGone: lambda _: words.text("This step is not there any more: what wrote it was taken back."),
}


def _xof(amount: int) -> str:
    return words.text("{amount} XOF").format(amount=formats.number(amount))
