"""Answers at the gate."""

from shelter_desk.ui.sending.gate import HERE, NEW, GateDialog


def choose_recipient(dialog: GateDialog, code: str) -> None:
    """As a person chooses a line of the list."""
    dialog.fields.recipient.choose(code)
    dialog.fields.recipient.chosen.emit(code)


def to_somebody(dialog: GateDialog, name: str = "OIM") -> None:
    """Somebody who is not in the directory yet."""
    choose_recipient(dialog, NEW)
    dialog.fields.name.set_text(name)


def stays(dialog: GateDialog | None) -> None:
    """It goes to nobody."""
    assert dialog is not None
    choose_recipient(dialog, HERE)
    dialog.go()
