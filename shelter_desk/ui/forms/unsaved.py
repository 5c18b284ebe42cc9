"""Leaving a form: what is typed is kept and said to be, or it is asked whether it may go."""

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from shelter_desk import words
from shelter_desk.operations import drafts
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets import ask


class AsBegun:
    """What stood in a form when typing began."""

    def __init__(self, form: QWidget) -> None:
        self._form = form
        self._editors = _standing(form)

    def may_go(self) -> bool:
        """Whether a draft is kept, nothing else stands there now, or the person lets it go."""
        return self._form.findChild(Drafting) is not None or self.may_close()

    def may_close(self) -> bool:
        """Whether nothing else stands there now, or the person lets it go; closed for good, a draft goes as well."""
        return _standing(self._form) == self._editors or lets_go(self._form)


def lets_go(form: QWidget) -> bool:
    """Ask whether what was typed may go."""
    effect = words.text("What you typed is not saved, and is lost.")
    return ask.ask(form, words.text("Leave this form?"), effect, words.text("Leave"), danger=True) is not None


def kept(drafting: Drafting | None) -> Told | None:
    """Keep what is typed; where there is something, what is said of it."""
    if drafting is None:
        return None
    drafting.keep_now()
    if drafts.find(drafting.desk, drafting.name) is None:
        return None
    return Told("held", words.text("What you typed is kept. Open the form again to go on with it."))


def _standing(form: QWidget) -> list[tuple[QWidget, str | bool]]:
    found: list[tuple[QWidget, str | bool]] = [(one, one.text()) for one in form.findChildren(QLineEdit)]
    found += [(one, one.toPlainText()) for one in form.findChildren(QPlainTextEdit)]
    found += [(one, one.currentText()) for one in form.findChildren(QComboBox)]
    found += [(one, one.isChecked()) for one in form.findChildren(QAbstractButton) if one.isCheckable()]
    return [(one, said) for one, said in found if said]
