"""Services in words: what became of a line, how much of it, and what may be a mistake."""

from datetime import date

from shelter_desk import words
from shelter_desk.words import formats


def state(status: str) -> str:
    """What became of a line."""
    return {
        "fait": words.text("given"),
        "prevu": words.text("planned"),
        "non_tenu": words.text("not held"),
        "refuse": words.text("refused by the person"),
    }.get(status, status)


def quantity(number: float, unit: str) -> str:
    """`2 kit`: the number and its unit as the list writes it."""
    said = formats.number(number, 0 if number == int(number) else 1)
    return words.text("{number} {unit}").format(number=said, unit=unit).strip()


def doubt(kind: str, code: str, day: date) -> str:
    """What may be a mistake in a line that was written all the same. kind: `before`, `after`, `twice`, `store`."""
    sentence = {
        "before": words.text("{code}: before the admission of {day}."),
        "after": words.text("{code}: after the exit of {day}, follow-up."),
        "twice": words.text("{code}: given once already on {day}."),
        "store": words.text("{code}: the store gave nothing out for it; the form of the record writes the slip too."),
    }[kind]
    return sentence.format(code=code, day=formats.day(day))


def paid(cost_xof: int | None, receipt_no: str) -> list[str]:
    """What a service cost and the number of its receipt, each where it is known."""
    told = []
    if cost_xof is not None:
        told.append(words.text("{amount} XOF").format(amount=formats.number(cost_xof)))
    if receipt_no:
        told.append(words.text("receipt {number}").format(number=receipt_no))
    return told
