"""How the program looks: what pages need to be drawn like the visual reference, and `wear` to put it on."""

from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6 import QtCore
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from shelter_desk.domain import held_files
from shelter_desk.ui import deferred_start, icons, stylesheet, tokens

_DRAWN = "shelterdesk"  # the search path style sheets take their drawings from


@runtime_checkable
class _Redressed(Protocol):
    """What keeps something of the colours or of the size of the text."""

    def redress(self) -> None:
        """Follow them."""


def wear(app: QApplication, dark: bool = False, training: bool = False, scale: float = 1.0, signs: bool = True) -> None:
    """Dress the whole program.

    scale: 1 to 2, how much larger than the reference the text is. signs: False where no arrow and no tick will be
    seen before it is dressed again.

    Open windows follow at once; widgets that paint themselves read `tokens.current()` while painting, and what is
    measured or drawn once has a `redress`: a `changeEvent` would come each time that a widget gets a parent. What is
    worn already is not put on again: each widget there is would be looked through.
    """
    if training:
        worn = tokens.TRAINING_DARK if dark else tokens.TRAINING_LIGHT
    else:
        worn = tokens.DARK if dark else tokens.LIGHT
    newly_drawn = signs and _draw_signs(worn)
    if app.styleSheet() and tokens.is_on(worn, scale) and not newly_drawn:
        return
    tokens.put_on(worn, scale)
    app.setFont(tokens.font())
    app.setPalette(_palette(worn))
    app.setStyleSheet(stylesheet.written(worn, _DRAWN))
    for widget in app.allWidgets():
        if isinstance(widget, _Redressed):
            widget.redress()
    deferred_start.after(lambda: _follow_focus(app))


def _follow_focus(app: QApplication) -> None:
    from shelter_desk.ui.focus_ring import FocusRing

    if FocusRing.follow(app):
        from shelter_desk.ui import painted_roles

        painted_roles.install()


def _palette(worn: tokens.Tokens) -> QPalette:
    role = QPalette.ColorRole
    made = QPalette()
    for which, name in (
        (role.Window, worn.page),
        (role.WindowText, worn.ink),
        (role.Base, worn.surface),
        (role.AlternateBase, worn.page),
        (role.Text, worn.ink),
        (role.PlaceholderText, worn.ink3),
        (role.Button, worn.surface),
        (role.ButtonText, worn.ink),
        (role.ToolTipBase, worn.surface),
        (role.ToolTipText, worn.ink),
        (role.Highlight, worn.accent_soft),
        (role.HighlightedText, worn.ink),
        (role.Link, worn.accent),
        (role.LinkVisited, worn.accent),
        (role.Mid, worn.line),
        (role.Dark, worn.line2),
        (role.Light, worn.surface),
        (role.Accent, worn.accent),
    ):
        made.setColor(which, QColor(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(worn.ink3))
    return made


def _draw_signs(worn: tokens.Tokens) -> bool:
    """Write the few drawings a style sheet can only name by file, one per colour; nothing in them is of the shelter.

    The answer is whether any was missing: a style sheet does not look for it again.
    """
    where = QtCore.QDir.searchPaths(_DRAWN)
    if not where:
        import atexit
        import shutil
        import tempfile

        made = tempfile.mkdtemp(prefix="signs-")
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        QtCore.QDir.addSearchPath(_DRAWN, made)
        where = [made]
    Path(where[0]).mkdir(parents=True, exist_ok=True)  # a cleaner may have emptied the temporary folder
    files = {
        Path(where[0]) / stylesheet.sign_file(name, shade): (name, shade) for name, shade in stylesheet.signs(worn)
    }
    missing = [file for file in files if not file.exists()]
    for file in missing:
        held_files.write(file, icons.drawing(*files[file]))
    return bool(missing)
