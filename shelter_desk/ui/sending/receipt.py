"""What is printed of a sending: its receipt, to be signed, and the list of them all."""

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations.sending.sendings import SentFile
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import sending as sending_words

_SUM = 8  # letters of a sum that stand together


def grouped(digest: str) -> str:
    """A sum or a key as it is read aloud: eight letters, then a space."""
    return " ".join(digest[at : at + _SUM] for at in range(0, len(digest), _SUM))


def facts(one: SentFile) -> list[tuple[str, str]]:
    """What is said of a sending, beside the list and on its receipt; nothing empty."""
    sending = one.sending
    channel = words.label("sending_channel", sending.channel) if sending.channel else ""
    found = [
        (words.text("Recipient"), sending.recipient),
        (words.text("What for"), sending_words.purpose(sending)),
        (words.text("Agreement"), sending.agreement),
        (words.text("Level"), sending_words.level(sending.level)),
        (words.text("Channel"), channel),
        (words.text("Sent by"), sending.carried_by),
        (words.text("Written"), sending_words.written(one.sent)),
        (words.text("Whether it left"), sending_words.departure(sending.departure) if sending.departure else ""),
        (words.text("Acknowledgement"), sending_words.acknowledgement(sending)),
        (words.text("File"), sending_words.file(sending)),
        (words.text("Sum (SHA-256)"), grouped(sending.sha256)),
    ]
    return [(name, value) for name, value in found if value]


def html(one: SentFile, training: bool, password: str = "") -> str:
    """The receipt as a document: what, to whom, what for, the sum, who signs. password: of a closed file."""
    title = words.text("Receipt of sending {number}").format(number=one.sending.number)
    rows = [(words.text("What"), sending_words.what(one.sending)), *facts(one)]
    if password:
        rows.append((words.text("Password of the file"), password))
    cells = "".join(
        f"<tr><td width='30%'>{escape(name)}</td><td><b>{escape(said)}</b></td></tr>" for name, said in rows
    )
    told = words.text("Give the password by another way than the file, never in the same message.") if password else ""
    signs = (words.text("Handed over by"), words.text("Received by"))
    signed = "".join(f"<td width='50%'>{escape(one)}<br/><br/><br/>&nbsp;</td>" for one in signs)
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    return f"{mark}<h2>{escape(title)}</h2>{_table(cells)}<p>{escape(told)}</p>{_table(f'<tr>{signed}</tr>')}{mark}"


def print_receipt(parent: QWidget, one: SentFile, training: bool, password: str = "") -> str:
    """Print it, or write a PDF where there is no printer; what was done, "" when closed. Raises DiskFull, ReadOnly."""
    title = words.text("Print the receipt")
    done = words.text("The receipt is printed."), words.text("The receipt is saved.")
    return printing.send(parent, printing.sheets(html(one, training, password)), title, *done)


def list_html(rows: Sequence[Sequence[str]], heads: Sequence[str], training: bool) -> str:
    """The list as it is shown."""
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    head = "".join(f"<th align='left'>{escape(one)}</th>" for one in heads)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"{mark}<h2>{escape(words.text('Sendings'))}</h2>{_table(f'<thead><tr>{head}</tr></thead>{lines}')}"


def print_list(parent: QWidget, made: str) -> str:
    """The same to the printer, or as a PDF. Raises DiskFull, ReadOnly."""
    done = words.text("The list is printed."), words.text("The list is saved.")
    return printing.send(parent, printing.sheets(made), words.text("Print the list"), *done)


def _table(rows: str) -> str:
    style = "border='1' cellspacing='0' cellpadding='3' style='border-collapse:collapse'"
    return f"<table width='100%' {style}>{rows}</table>"
