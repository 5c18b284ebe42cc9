"""Qt's own buttons and windows in the language of the window."""

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from shelter_desk import words


def speak(app: QApplication) -> None:
    """Until the application is at its end."""
    locale = QLocale(QLocale.Language.French if words.language() == "fr" else QLocale.Language.English)
    QLocale.setDefault(locale)
    translator = QTranslator(app)
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(_MissingInQt(app))  # asked after the one that is installed last
        app.installTranslator(translator)


class _MissingInQt(QTranslator):
    """What Qt's window for files says and its own French does not hold."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held = {
            "QFileDialog": {
                "&Look in:": words.text("&Look in:"),
                "Files of &type:": words.text("Files of &type:"),
            },
            "QAbstractFileIconProvider": {"Folder": words.text("Folder")},
        }

    def isEmpty(self) -> bool:
        """Qt asks no translator that is empty."""
        return False

    def translate(self, context: str, source: str, _what: str | None = None, _number: int = -1) -> str | None:
        return self._held.get(context, {}).get(source)
