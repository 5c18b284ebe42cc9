"""What a layout shows is taken away before it is filled anew."""

from PySide6.QtWidgets import QLayout


def empty(layout: QLayout) -> None:
    """Take all its items away; their widgets are hidden at once and gone later.

    Later: it may be one of its own buttons that led here.
    """
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
