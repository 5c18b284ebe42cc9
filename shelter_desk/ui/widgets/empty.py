"""A page with nothing on it yet: what it is for and the first step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row


class Empty(QWidget):
    """Icon, title, sentence and the button of the first step. first_step: its verb, None where there is none."""

    started = Signal()  # the first step was asked for

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        first_step: str | None = None,
        step_icon: str | None = "plus",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        ground = QFrame()
        ground.setProperty("role", "round")
        ground.setFixedSize(tokens.wide(40), tokens.wide(40))
        in_row((IconLabel(icon, "ink2", 24), 0, Qt.AlignmentFlag.AlignCenter), within=ground)
        self.title = Label(title, bold=True, wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence = Label(sentence, ink="ink2", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMinimumWidth(tokens.wide(240))
        self.button: Button | None = None
        middle = Qt.AlignmentFlag.AlignHCenter
        whole = in_column(
            STRETCH,
            (ground, 0, middle),
            self.title,
            self.sentence,
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=None,
        )
        if first_step is not None:
            self.button = Button(first_step, kind="primary", icon=step_icon, on_click=self.started)
            whole.addWidget(self.button, 0, middle)
        self._below = in_column()
        whole.addLayout(self._below)
        whole.addStretch(1)

    def add(self, button: Button) -> None:
        """One more way on from here, below the first step."""
        self._below.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
