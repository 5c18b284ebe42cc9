"""The narrative of a month leaves: the gate, what its reader will be told, Word or PDF."""

from functools import partial
from pathlib import Path
from typing import cast

from shelter_desk import words
from shelter_desk.domain.reports.report import Profile, Report
from shelter_desk.domain.reports.sendings import NARRATIVE
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import narrative_files
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui.reports.export_dialog import ExportDialog
from shelter_desk.ui.reports.preview import LevelPreview
from shelter_desk.ui.reports.report_export import ReportExport
from shelter_desk.ui.widgets import files
from shelter_desk.words.reports import narrative as narrative_words
from shelter_desk.words.reports import reports as report_words

SHOWN = 8  # sentences that the preview has room for
KINDS = {".docx": "Word (*.docx)", ".pdf": "PDF (*.pdf)"}


class NarrativePreview(LevelPreview):
    """The sentences of that level, and how many are left out."""

    def told(self, report: Report) -> tuple[str, str]:
        said = [one for _, passages in narrative_words.parts(report) for one in passages]
        left_out = len(self.month.report.narrative) - len(said)
        shown = [f"– {one}" for one in said[:SHOWN]]
        more = len(said) - SHOWN
        if more > 0:
            shown.append(words.count("and {n} more sentence", "and {n} more sentences", more))
        told = words.count(
            "{n} sentence is left out: it speaks of a hidden number, or waits to be renewed.",
            "{n} sentences are left out: they speak of a hidden number, or wait to be renewed.",
            left_out,
        )
        nothing = words.text("Nothing of it may be told at this level.")
        return "\n".join(shown) or nothing, told if left_out else words.text("Nothing is left out.")


class NarrativeDialog(ExportDialog):
    """The gate for the narrative."""

    def make_preview(self, month: Month) -> LevelPreview:
        return NarrativePreview(month)

    def check_words(self, answers: GateAnswers, level: str) -> None:
        if self.month is not None:
            narrative_files.check_words(self.desk, self.month, cast("Profile", level), answers)


class NarrativeExport(ReportExport):
    """Asks over the page and writes on the other thread, the kind of file that was asked for."""

    ending = ".docx"

    def begin(self, month: Month, ending: str) -> None:
        """ending: of `KINDS`."""
        self.ending = ending
        self.ask_for(month)

    def make_dialog(self, month: Month, level: Profile, _kind: str) -> ExportDialog:
        title = words.text("Text of the month: {period}").format(period=report_words.title(month.report.period))
        k = month.report.small_cell_k
        return NarrativeDialog(self.desk, title, k, month, self.page, level=level, kind=NARRATIVE)

    def export(self, month: Month, gate: GateAnswers, profile: Profile) -> None:
        suggested = narrative_files.file_name(self.desk, month.report, profile).replace(".docx", self.ending)
        path = files.choose_to_save(
            self.page, words.text("Where to write the narrative"), suggested, KINDS[self.ending]
        )
        if path is None:
            return
        self.can_begin.emit(False)
        told = words.text("The narrative is in {file}.")
        self.write(partial(_write, self.desk, month, profile, path, gate), path, told)


def _write(desk: Desk, month: Month, profile: Profile, path: Path, gate: GateAnswers) -> None:
    from shelter_desk.ui.reports.narrative import paper

    narrative_files.export(desk, month, profile, path, gate, paper.pdf if path.suffix.lower() == ".pdf" else None)
