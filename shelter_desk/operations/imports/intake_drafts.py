"""An import under way, so that it can be gone on with after a lock: where its file is, and all that was said of it."""

import json
from collections.abc import Mapping
from pathlib import Path

from shelter_desk.domain.registers.refusals import FileChanged
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.imports import intake, opened_files
from shelter_desk.operations.imports.intake import Review
from shelter_desk.operations.imports.intake_layouts import LayoutAnswers, SheetAnswer
from shelter_desk.operations.imports.opened_files import OpenedFile, RowSource
from shelter_desk.operations.imports.registers import Progress


def packed(opened: OpenedFile, answers: LayoutAnswers) -> dict[str, Value]:
    """As a draft keeps it, which is sealed: the path of the file may name somebody."""
    said = {
        "sheets": [[name, one.list_key, dict(one.columns), dict(one.orders)] for name, one in answers.sheets.items()],
        "values": [[*of, dict(meant)] for of, meant in answers.values.items()],
        "persons": [[*place, decision] for place, decision in answers.persons.items()],
        "given": {name: dict(one) for name, one in answers.given.items()},
        "incomplete": answers.incomplete,
    }
    told: dict[str, Value] = {"path": str(opened.path), "digest": opened.digest}
    rows: dict[str, Value] = {"source": opened.source, "rows": opened.packed} if opened.packed else {}
    return {**told, **rows, "answers": json.dumps(said, ensure_ascii=False)}


@needs(Permission.REGISTERS_IMPORT)
def resume(desk: Desk, kept: Mapping[str, Value], progress: Progress) -> Review:
    """Read the file again, or the rows that were kept, and judge with what was said.

    Raises FileMissing, NotAWorkbook, FileChanged.
    """
    progress("read", 0, 0)
    opened = _opened(kept)
    text = kept.get("answers")
    said = json.loads(text) if isinstance(text, str) and text else {}
    answers = LayoutAnswers(
        {name: SheetAnswer(key, columns, orders) for name, key, columns, orders in said.get("sheets", ())},
        {(list_key, column): meant for list_key, column, meant in said.get("values", ())},
        {(sheet, row): decision for sheet, row, decision in said.get("persons", ())},
        said.get("given", {}),
        said.get("incomplete", False),
    )
    return intake.review(desk, opened, answers, progress)


def _opened(kept: Mapping[str, Value]) -> OpenedFile:
    path, digest, rows = Path(str(kept.get("path", ""))), kept.get("digest"), kept.get("rows")
    if rows:
        return opened_files.of_packed(path.name, str(digest), str(rows), RowSource(str(kept.get("source"))))
    opened = opened_files.read(path)
    if opened.digest != digest:
        raise FileChanged(str(path))
    return opened
