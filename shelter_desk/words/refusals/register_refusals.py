"""Why a file from outside, a line of it or a cell was not taken in, in a sentence each."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from shelter_desk import words
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.registers import refusals
from shelter_desk.words import field_labels, formats
from shelter_desk.words.refusals.errors import Sentences


def _file(path: str) -> str:
    return PurePath(path).name or path


def _cell_refused(error: refusals.CellRefused) -> str:
    why = {
        "date": words.text("“{value}” is not a day that exists. Write it as 03/12/2026."),
        "day": words.text(
            "“{value}” cannot be read as a day. Write the day, the month and the year in four digits, as 03/12/2026."
        ),
        "month_first": words.text(
            "This column seems to be written month/day. Choose the order of its days at the columns."
        ),
        "day_or_month": words.text(
            "“{value}” may be day/month or month/day. Choose the order of the days of this column at the columns."
        ),
        "moment": words.text("“{value}” is not a day and hour that exist. Write them as 03/12/2026 16:35."),
        "hour": words.text("“{value}” is not an hour. Write it as 08:30 or 8h30."),
        "hour_beside": words.text("The hour “{value}” stands beside no day, or its day has another hour. Correct one."),
        "number": words.text("“{value}” is not a number. Write digits only."),
        "ambiguous": words.text(
            "“{value}” can be read in two ways. Write it without a point or comma before three digits."
        ),
        "zeros": words.text("“{value}” is shown, and the number in the cell has no such zeros. Say which is meant."),
        "whole": words.text("“{value}” is not a whole number. Write digits only."),
        "age": words.text("“{value}” is not an age. Write it as 25, 25 ans or 8 mois."),
        "several_persons": words.text("“{value}” names several persons. Write a line for each of them."),
        "pieces": words.text("“{value}” is too many or too few for one line: 500 at most. Correct the number."),
        "pieces_in_all": words.text("The lines of this file count too many pieces. Take it in as several files."),
        "yes_no": words.text("“{value}” is neither yes nor no. Write one of the two."),
        "error_cell": words.text("The cell holds an Excel error ({value}). Replace it by its value."),
        "formula": words.text(
            "The result of this formula is not in the file. Open it in Excel, save it, take it in again."
        ),
        "too_long": words.text("The text of the cell is too long. Shorten it."),
        "control": words.text("The cell holds signs that cannot be read. Type it again."),
    }
    return why.get(error.why, words.text("“{value}” cannot be read here. Correct the cell.")).format(value=error.value)


def _not_a_workbook(error: refusals.NotAWorkbook) -> str:
    too_big = words.text(
        "{file} is too big to be read. Keep only the sheets that are needed, and delete what stands far below or right."
    )
    why = {
        "kind": words.text(
            "{file} is not a workbook, whatever its name. Choose an Excel or CSV file, or save it from Excel as .xlsx."
        ),
        "quotes": words.text(
            "A quotation mark in {file} is opened and never closed. Take it away, or save the list as .xlsx."
        ),
        "password": words.text("{file} is protected by a password. Save it without one."),
        "bomb": too_big,
        "time": too_big,
        "memory": too_big,
        "cells": too_big,
    }
    damaged = words.text("{file} is damaged. Open it in Excel and save it again.")
    return why.get(error.why, damaged).format(file=_file(error.path))


def _nights(nights: Sequence[date]) -> str:
    """Those that follow one another as one."""
    runs: list[list[date]] = []
    for night in nights:
        if runs and night - runs[-1][-1] == ONE_DAY:
            runs[-1].append(night)
        else:
            runs.append([night])
    return ", ".join(" – ".join(map(formats.day, dict.fromkeys((run[0], run[-1])))) for run in runs)


SENTENCES: Sentences = {
    refusals.SaidOtherwise: lambda error: words.text(
        "Sheet “{sheet}”, row {row}, says otherwise of the same. Correct one of the two."
    ).format(sheet=error.sheet, row=error.row),
    refusals.NothingWrong: lambda _: words.text(
        "A point that is all right has no defect. Empty this cell, or choose “Defect” as the finding."
    ),
    refusals.OfSomebodyElse: lambda error: words.text(
        "Dossier {no} is of somebody else: another name or sex. Add the year to the number, or correct it."
    ).format(no=error.stay_no),
    refusals.LeftAside: lambda _: words.text("You left this line aside: find out whether the person is known already."),
    refusals.ThingLeftAside: lambda _: words.text(
        "You left this line aside: find out whether it corrects an earlier one."
    ),
    refusals.CellRefused: _cell_refused,
    refusals.NothingRecognised: lambda error: words.text(
        "No register was found in {file} (sheets: {sheets}). Say which list it is and what its columns are, "
        "or start from the template."
    ).format(file=_file(error.path), sheets=", ".join(error.sheets) or formats.NONE),
    refusals.NotAWorkbook: _not_a_workbook,
    refusals.FileChanged: lambda error: words.text("{file} was changed since it was read. Choose it again.").format(
        file=_file(error.path)
    ),
    refusals.NotHereThen: lambda error: words.text(
        "No stay is recorded on these nights: {nights}. Admit the person first, or take the marks out."
    ).format(nights=_nights(error.nights)),
    refusals.SeenWhileAway: lambda error: words.text(
        "An absence is recorded on these nights: {nights}. Correct the absence or the marks."
    ).format(nights=_nights(error.nights)),
    refusals.FewerThanHere: lambda error: words.count(
        "{n} piece of this line is here. If there are fewer, say in Equipment what became of the others.",
        "{n} pieces of this line are here. If there are fewer, say in Equipment what became of the others.",
        error.here,
    ),
    refusals.MonthUnknown: lambda _: words.text(
        "Nothing says the month. Write it in the name of the sheet, as “November 2026”."
    ),
    refusals.OpenedBefore: lambda error: words.text(
        "{item} has movements already, of {day}. What is counted on another day is no opening: enter it as a count."
    ).format(item=error.item_code, day=formats.day(error.day)),
    refusals.NobodyOfThisName: lambda _: words.text(
        "Nobody of this name was here then. Check the name, or write the code or the file number."
    ),
    refusals.OfSeveral: lambda error: words.text(
        "Several persons here have this name: {codes}. Write the code in its place."
    ).format(codes=", ".join(error.codes)),
    refusals.TemplateNotKnown: lambda error: words.text(
        "{file} was made from version {version} of the template {template}, which this program does not know. "
        "Write the template again and copy the lines into it."
    ).format(file=_file(error.path), version=error.version, template=error.template),
    refusals.NotSaidOfStep: lambda error: words.text(
        "“{field}” is not said of this step: {step}. Empty the cell, or write a step of its own."
    ).format(field=field_labels.label(error.field), step=words.label("legal_step", error.legal_step)),
    refusals.NothingToUndo: lambda _: words.text("There is no import to undo."),
}
