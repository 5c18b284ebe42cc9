"""The referral sheet on paper or as a PDF: the agreed data alone, for one recipient, stamped with who made it."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations.assistance.referral_sheets import ReferralSheet
from shelter_desk.operations.sending import closed_files
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.name_on_demand import full_name
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import formats
from shelter_desk.words import referrals as referral_words

POINTS, MARGIN = 10.0, 15.0


def html(made: ReferralSheet, training: bool) -> str:
    """The sheet as a document."""
    one = made.referral
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    title = words.text("Referral {number}").format(number=one.referral_no)
    only = words.text("For {provider} alone. Do not copy or pass on; destroy after use.")
    parts = [mark, f"<h2>{escape(title)}</h2>", f"<p>{escape(only.format(provider=made.partner.name))}</p>"]
    parts.append(_table(_asked(made)))
    parts.append(f"<h3>{escape(words.text('Person'))}</h3>")
    parts.append(_table(_person(made)))
    if made.summary:
        parts.append(f"<h3>{escape(words.text('Summary read with the person'))}</h3><p>{escape(made.summary)}</p>")
    parts.append(f"<p>{escape(_basis(made))}</p>")
    parts.append(_answer())
    stamp = words.text("Made by {user} on {moment}.").format(user=made.made_by, moment=formats.moment(made.made_at))
    parts.append(f"<p><i>{escape(stamp)}</i></p>{mark}")
    return "".join(parts)


def _asked(made: ReferralSheet) -> list[tuple[str, str]]:
    one = made.referral
    escort = words.label("transport_escort", one.transport_escort) if one.transport_escort else ""
    found = [
        (words.text("Provider"), made.partner.name),
        (words.text("Contact"), one.partner_contact or made.partner.contact),
        *referral_words.reached(made.partner),
        (words.text("Issued on"), formats.day(one.issued_on)),
        (words.text("Urgency"), words.label("referral_urgency", one.urgency) if one.urgency else ""),
        (words.text("Appointment"), formats.moment(one.appointment_at) if one.appointment_at else ""),
        (words.text("Transport or escort"), escort),
    ]
    return [(name, value) for name, value in found if value]


def _person(made: ReferralSheet) -> list[tuple[str, str]]:
    """Only what was agreed."""
    one, person = made.referral, made.person
    told = {
        "code": (words.text("Code"), person.code),
        "nom": (words.text("Name"), full_name(made.names)),
        "sexe": (words.text("Sex"), words.label("sex", person.sex)),
        "age": (words.text("Age"), formats.age(person.birth.age(one.issued_on))),
        "langue": (words.text("Languages"), code_lists.labels("language", person.languages)),
        "besoin": (words.text("Need"), code_lists.labels("service_type", one.service_wanted)),
    }
    return [told[key] for key in told if key in one.data_shared and told[key][1]]


def _basis(made: ReferralSheet) -> str:
    one = made.referral
    if one.exception:
        told = words.text("Sent without consent: {exception}.")
        return told.format(exception=referral_words.exception(one.exception))
    if made.until is not None:
        return words.text("With the person’s consent, until {day}.").format(day=formats.day(made.until))
    return words.text("With the person’s consent, which can be taken back at any time.")


def _table(rows: list[tuple[str, str]]) -> str:
    return _grid((name, f"<b>{escape(value)}</b>") for name, value in rows)


def _grid(rows: Iterable[tuple[str, str]]) -> str:
    """rows: each a text, and what stands beside it as HTML."""
    cells = "".join(f"<tr><td width='30%'>{escape(name)}</td><td>{beside}</td></tr>" for name, beside in rows)
    return (
        "<table width='100%' border='1' cellspacing='0' cellpadding='4' style='border-collapse:collapse'>"
        f"{cells}</table>"
    )


def _answer() -> str:
    """Where the structure answers by hand."""
    lines = (
        words.text("Accepted or declined, on"),
        words.text("Service given on"),
        words.text("Next step"),
        words.text("Name, function, signature"),
    )
    title = escape(words.text("Answer of the provider"))
    return f"<h3>{title}</h3>{_grid((line, '&nbsp;<br/>&nbsp;') for line in lines)}"


def choose(parent: QWidget, made: ReferralSheet) -> Path | None:
    """Where it is to be saved, None when that is given up."""
    suggested = f"{made.referral.referral_no}.pdf"
    return files.choose_to_save(parent, words.text("Save the referral sheet"), suggested, "PDF (*.pdf)")


def save_closed(path: Path, made: ReferralSheet, password: str, training: bool) -> None:
    """Write it as a PDF that opens with that password alone. Raises WouldOverwrite, DiskFull, ReadOnly."""
    closed_files.save_pdf(path, printing.pdf(printing.sheets(html(made, training), POINTS), MARGIN), password)


def print_sheet(parent: QWidget, made: ReferralSheet, training: bool) -> str:
    """Print it; what was done, "" when closed."""
    done = words.text("The referral sheet is printed. Give it to the provider alone.")
    return printing.to_printer(parent, printing.sheets(html(made, training), POINTS), done, MARGIN)
