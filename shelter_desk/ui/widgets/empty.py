"""A page with nothing on it yet: what it is for and the first step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import IconLabel, Label


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
        inside = QHBoxLayout(ground)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(IconLabel(icon, "ink2", 24), 0, Qt.AlignmentFlag.AlignCenter)
        self.title = Label(title, bold=True, wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence = Label(sentence, ink="ink2", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMinimumWidth(tokens.wide(240))
        self.button: Button | None = None
        whole = QVBoxLayout(self)
        whole.setSpacing(tokens.SPACE_PANEL)
        middle = Qt.AlignmentFlag.AlignHCenter
        whole.addStretch(1)
        whole.addWidget(ground, 0, middle)
        whole.addWidget(self.title)
        whole.addWidget(self.sentence)
        if first_step is not None:
            self.button = Button(first_step, kind="primary", icon=step_icon)
            self.button.clicked.connect(self.started)
            whole.addWidget(self.button, 0, middle)
        whole.addStretch(1)
