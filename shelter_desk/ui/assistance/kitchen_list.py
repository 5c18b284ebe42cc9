"""What the kitchen needs of a meal, on paper: how many plates, and those cooked apart; no name."""

from collections.abc import Sequence
from datetime import date
from html import escape

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations.residents.diets import LIST, Plates
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import formats


def said(plates: Sequence[Plates]) -> str:
    """`2 × Sans viande (1A, 2B) · 1 × …`, in one line."""
    told = words.text("{n} × {diet} ({whom})")
    return " · ".join(
        told.format(n=one.n, diet=words.label(LIST, one.diet).lower(), whom=", ".join(one.whom)) for one in plates
    )


def html(day: date, meal: str, eating: int, minors: int, plates: Sequence[Plates], training: bool) -> str:
    """The sheet as a document."""
    title = words.text("Kitchen, {meal} of {day}").format(meal=meal.lower(), day=formats.weekday_day(day))
    told = words.text("{plates}, {minors} of them for minors.").format(
        plates=words.count("{n} meal", "{n} meals", eating), minors=minors
    )
    heads = (words.text("Cooked apart"), words.text("Plates"), words.text("Bed or code"))
    head = "".join(f"<th align='left'>{escape(one)}</th>" for one in heads)
    rows = "".join(
        f"<tr><td>{escape(words.label(LIST, one.diet))}</td><td>{one.n}</td><td>{escape(', '.join(one.whom))}</td></tr>"
        for one in plates
    )
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    none = "" if rows else f"<p>{escape(words.text('Nothing is cooked apart.'))}</p>"
    table = (
        "<table width='100%' border='1' cellspacing='0' cellpadding='4' style='border-collapse:collapse'>"
        f"<thead><tr>{head}</tr></thead>{rows}</table>"
    )
    return f"{mark}<h2>{escape(title)}</h2><p>{escape(told)}</p>{table if rows else none}"


def print_list(parent: QWidget, made: str) -> str:
    """Print it, or write a PDF where there is no printer; what was done, "" when closed. Raises DiskFull, ReadOnly."""
    done = words.text("The list of the kitchen is printed."), words.text("The list of the kitchen is saved.")
    return printing.send(parent, printing.sheets(made), words.text("Print the list of the kitchen"), *done)
