"""What a copy with the refusals in it is, and what to do with it."""

from pathlib import Path

from shelter_desk import words


def describe(kind: str, path: Path) -> str:
    """Where it is, what is lost in it, and what comes next. kind: as `operations.refusals.Copy`."""
    if kind == "text":
        said = words.text(
            "Copy of your file, with the reason at the end of the line. Correct it, then import it: {file}"
        )
    elif kind == "values":
        said = words.text(
            "Copy as .xlsx, with all your values and without your colors. Correct it, then import it: {file}"
        )
    elif kind == "list":
        said = words.text(
            "Your file cannot be copied: here is the list of refusals alone. Correct your file by it: {file}"
        )
    else:
        said = words.text("The copy is in {file}. Correct it, then import it.")
    return said.format(file=path)
