"""What a copy with the refusals in it is, and what to do with it."""

from pathlib import Path

from shelter_desk import words


def told(kind: str, path: Path) -> str:
    """Where it is, what is lost in it, and what comes next. kind: as `operations.refusals.Copy`."""
    if kind == "text":
        said = words.text(
            "The copy is in {file}, written as your file is: the reason stands at the end of each refused line. "
            "Correct it, then import it."
        )
    elif kind == "values":
        said = words.text(
            "The copy is in {file}, as an .xlsx workbook: your sheets, lines and values are in it, your colours and "
            "other looks are not. Correct it, then import it."
        )
    elif kind == "list":
        said = words.text(
            "Your file cannot be copied: {file} holds the list of what was refused alone. Correct your file, then "
            "import it again."
        )
    else:
        said = words.text("The copy is in {file}. Correct it, then import it.")
    return said.format(file=path)
