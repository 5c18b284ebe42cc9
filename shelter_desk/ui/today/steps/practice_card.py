"""The first day of somebody who practises in the training shelter: tasks that tick themselves, praise at the end."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.training import practice
from shelter_desk.operations.training.practice import PracticeTask
from shelter_desk.ui import tokens
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.today.steps.steps_card import ListedStep, StepsCard
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row

PLACES: dict[str, str] = {
    "admit": "beds",
    "meal": "assistance/meals",
    "find": "beds",
    "leave": "beds",
    "issue": "stock/vouchers",
}


def _told(task: PracticeTask) -> tuple[str, str]:
    """What a task is called, and what to do."""
    admit = {
        "f": words.text("Invent a woman of 25 and admit her into the bed {bed}: click it on the plan."),
        "m": words.text("Invent a man of 25 and admit him into the bed {bed}: click it on the plan."),
    }
    anybody = words.text("Invent somebody and admit them into the bed {bed}: click it on the plan.")
    anyone = words.text("Let a resident of your choice leave, from their record or their bed.")
    title, sentence = {
        "admit": (words.text("An arrival"), admit.get(task.sex, anybody)),
        "meal": (words.text("A meal"), words.text("Write tonight’s dinner, or one meal of one person.")),
        "find": (
            words.text("Who sleeps there"),
            words.text("Find who sleeps in the bed {bed}, and open their record."),
        ),
        "leave": (
            words.text("An exit"),
            words.text("Record the exit of who has the bed {bed}.") if task.bed else anyone,
        ),
        "issue": (
            words.text("An issue of the stock"),
            words.text("Write an issue slip: three soaps for somebody, or another item."),
        ),
    }[task.key]
    return title, sentence.format(bed=task.bed)


class PracticeCard(StepsCard):
    """In the training shelter alone; begun by who wants it, for them alone, and begun anew as often as they want."""

    page_wanted = Signal(str)
    told = Signal(object)  # Told

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(words.text("The first day"), parent)
        self._desk = desk
        self.about = Label("", ink="ink2", wrap=True, parent=self)
        self.begin_button = Button(words.text("Begin the first day"), "primary", "next", on_click=self._begin)
        self.again = Button(words.text("Begin anew"), icon="undo", on_click=self._begin)
        self.close_button = Button(words.text("Put it away"), on_click=self._give_up)
        self.praise = Alert("", "ok", small=False)
        self._asked = QWidget(self)
        in_row(
            (self.about, 1),
            self.begin_button,
            within=self._asked,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, 0),
        )
        praised = QWidget(self)
        in_column(self.praise, within=praised, margins=(tokens.SPACE_2, tokens.SPACE_HALF))
        self._praised = praised
        self.body.insertWidget(0, self._asked)
        self.body.insertWidget(1, praised)
        self.head.addWidget(self.again)
        self.head.addWidget(self.close_button)
        self.wanted.connect(self._go)
        self._is_looking = False
        self.hide()

    def look_again(self) -> None:
        """What is in the file now."""
        if self._is_looking:  # shown by this very look
            return
        self._is_looking = True
        try:
            self._look()
        finally:
            self._is_looking = False

    def _look(self) -> None:
        with refusals_told(self.told):
            found = practice.tasks(self._desk)
            self.show_steps([_listed(one) for one in found])
            self.about.setText(
                words.text("Tasks to learn the program by, checked as you do them. Nothing here is real.")
            )
            self._asked.setVisible(not found)
            self.badge.setVisible(bool(found))
            for button in (self.again, self.close_button):
                button.setVisible(bool(found))
            is_over = bool(found) and all(one.is_done for one in found)
            self.praise.sentence.setText(words.text("Well done: you can work in the real shelter."))
            self._praised.setVisible(is_over)
            self.setVisible(practice.is_offered(self._desk))

    def showEvent(self, event: QShowEvent) -> None:
        """A record that was opened is no change of the shelter: the card looks when it comes into sight."""
        super().showEvent(event)
        self.look_again()

    @Slot()
    def _begin(self) -> None:
        with refusals_told(self.told):
            practice.begin(self._desk)
            self.look_again()
            shown = [row.button for row in self.rows if not row.button.isHidden()]
            (shown[0] if shown else self.again).setFocus()

    @Slot()
    def _give_up(self) -> None:
        with refusals_told(self.told):
            practice.give_up(self._desk)
            self.look_again()
            self.begin_button.setFocus()

    @Slot(str)
    def _go(self, key: str) -> None:
        self.page_wanted.emit(PLACES[key])


def _listed(task: PracticeTask) -> ListedStep:
    title, sentence = _told(task)
    return ListedStep(task.key, task.is_done, title, sentence, words.text("Go there"))
