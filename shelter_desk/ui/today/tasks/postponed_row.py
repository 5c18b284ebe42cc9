"""A flag or a task of the store that was set aside: what it says, why, and the button that brings it back."""

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations.casefile.flags import SettledOutcome
from shelter_desk.operations.today.postponed_tasks import Aside
from shelter_desk.ui import tokens
from shelter_desk.ui.today.tasks import case_task_texts, store_task_texts
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import flags, formats


def sentence(one: SettledOutcome | Aside) -> str:
    """What the flag says; where its facts changed since, what it was about."""
    if isinstance(one, Aside):
        return case_task_texts.aside(one) if one.code else store_task_texts.aside(one)
    if one.flag is not None:
        return flags.sentence(one.flag)
    what = flags.label(one.rule)
    return words.text("{code}: {what}.").format(code=one.code, what=what) if one.code else what


def reason(one: SettledOutcome | Aside) -> str:
    """Why, by whom, until when."""
    day = formats.day(one.at.date())
    if one.until is None:
        told = words.text("Accepted on {day} by {by}: {reason}")
        return told.format(day=day, by=one.by, reason=one.reason)
    told = words.text("Until {until}, set aside by {by}: {reason}")
    return told.format(until=formats.day(one.until), by=one.by, reason=one.reason)


class SettledRow(QWidget):
    """Two lines and a button."""

    def __init__(self, settled: SettledOutcome | Aside, may_bring_back: bool) -> None:
        super().__init__()
        self.settled = settled
        self.sentence = ElidedLabel(sentence(settled))
        self.reason = ElidedLabel(reason(settled), size="small", ink="ink2")
        self.button = Button(words.text("Bring back"))
        self.button.setAccessibleName(words.text("Bring back: {what}").format(what=sentence(settled)))
        self.button.setVisible(may_bring_back)
        in_row(
            IconLabel("snooze", "ink2"),
            (in_column(self.sentence, self.reason, spacing=0), 1),
            self.button,
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, tokens.SPACE_HALF, tokens.SPACE_2, tokens.SPACE_HALF),
        )
