"""Notes and papers in words: kinds, fields, refusals, sizes."""

from collections.abc import Iterable
from datetime import date

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.residents.notes import (
    DOCX,
    JPEG,
    KINDS,
    MOST_BYTES,
    PDF,
    PLAIN,
    PNG,
    Ends,
    NotAPaper,
    NoteLocked,
)
from shelter_desk.words import formats, referrals
from shelter_desk.words.refusals.errors import Sentences

KIB, MIB = 1024, 1024 * 1024


def kind(code: str) -> str:
    """What a note is about."""
    return {
        "suivi": words.text("Follow-up"),
        "protection": words.text("Protection"),
        "psy": words.text("Psychological"),
        "sante": words.text("Health"),
    }.get(code, code)


def kinds(codes: Iterable[str] = KINDS) -> list[tuple[str, str]]:
    """These kinds of note with their names."""
    return [(code, kind(code)) for code in codes]


def media(media_type: str) -> str:
    """What a file is, as people call it."""
    named = {PDF: "PDF", JPEG: "JPEG", PNG: "PNG", DOCX: "Word", PLAIN: words.text("text")}
    return named.get(media_type, media_type)


def size(number: int) -> str:
    """`340 Ko`, `1,2 Mo`; never less than 1 Ko."""
    if number >= MIB:
        return words.text("{n} MB").format(n=formats.number(number / MIB, 1))
    return words.text("{n} KB").format(n=formats.number(max(1, round(number / KIB))))


def ending(document_kind: str, ends: Ends, last: date) -> str:
    """`Passeport : valable jusqu’au 15/12/2026`, for the head of a record."""
    kind, day = words.label("id_document", document_kind), formats.day(last)
    told = words.text("{kind}: run out since {day}") if ends == "over" else words.text("{kind}: valid until {day}")
    return told.format(kind=kind, day=day)


def sentence(error: errors.ShelterDeskError) -> str:
    """What to tell the person at the desk, with the names of the fields of these forms."""
    if isinstance(error, errors.NoSuch) and error.kind in ("note", "document"):
        return words.text("This is not in the file any more. Look at the record again.")
    return referrals.sentence(error, labels())


def labels() -> dict[str, str]:
    """What the fields of these forms are called, by machine key."""
    return {
        "note": words.text("Words of the note"),
        "note_kind": words.text("Kind of note"),
        "noted_on": words.text("Day"),
        "document_kind": words.text("Kind of paper"),
        "document_title": words.text("Title"),
        "document_file": words.text("File"),
        "expires_on": words.text("Valid until"),
        "no_guardian_reason": words.text("Why no guardian is asked"),
        "expected_exit": words.text("Exit expected on"),
    }


def _note_locked(error: NoteLocked) -> str:
    return {
        "author": words.text("Somebody else wrote this note. Correct it with a new one."),
        "corrected": words.text("This note was corrected already. Correct it with a new one."),
    }.get(
        error.why,
        words.text("This note stands as it is since {moment}. Correct it with a new one.").format(
            moment=formats.moment(error.since)
        ),
    )


def _not_a_paper(error: NotAPaper) -> str:
    return {
        "size": words.text("This file is larger than {most}. Scan it again with less detail.").format(
            most=size(MOST_BYTES)
        ),
        "empty": words.text("This file is empty. Choose another one."),
        "macro": words.text("This document holds a program. Save it again as a PDF."),
    }.get(error.why, words.text("This is no PDF, image, Word document or text. Choose another file."))


SENTENCES: Sentences = {NoteLocked: _note_locked, NotAPaper: _not_a_paper}
