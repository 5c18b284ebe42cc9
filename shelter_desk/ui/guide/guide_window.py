"""The guide beside the page: contents and search at the left, the chapter at the right, the keyboard all through."""

from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QMenu, QTextBrowser, QWidget

from shelter_desk import words
from shelter_desk.domain.codes import folded
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.rights import Role
from shelter_desk.ui import tokens
from shelter_desk.ui.guide import chapter_html
from shelter_desk.ui.lists.two_line_list import TwoLine, TwoLineList, TwoLineRows
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import guide
from shelter_desk.words import help as cards
from shelter_desk.words.refusals.errors import sentence

WIDE, HIGH, SIDE = 1060, 660, 330
PICTURE = 640  # how wide a picture is, where the text is not enlarged
PAUSE = 150  # milliseconds without a key before it looks


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A line of the contents or of what was found, and where it leads."""

    line: TwoLine
    path: str
    heading: str = ""


class GuideText(QTextBrowser):
    """A chapter; its pictures are drawn as large as they are shown, so that they stay sharp.

    widened: a picture may be wider from now on, or must be narrower.
    """

    widened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(words.text("Chapter"))
        self.document().setDocumentMargin(tokens.SPACE_3)
        self.setFont(tokens.font())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else pictures would make it come and go
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._drawn = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._drawn != self.picture_width():
            self._drawn = self.picture_width()
            self.widened.emit()

    def picture_width(self) -> int:
        """How wide a picture may be: no wider than the text."""
        margins = 2 * round(self.document().documentMargin()) + tokens.SPACE
        return max(tokens.wide(200), min(tokens.wide(PICTURE), self.viewport().width() - margins))

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        """A picture scaled once; anything else as it is."""
        made = QImage(QUrl(url).toLocalFile()) if kind == QTextDocument.ResourceType.ImageResource.value else QImage()
        if made.isNull():
            return super().loadResource(kind, url)
        sharp = self.devicePixelRatioF()
        wide = round(self.picture_width() * sharp)
        smooth = Qt.TransformationMode.SmoothTransformation
        made = made.convertToFormat(QImage.Format.Format_RGB32).scaledToWidth(wide, smooth)
        made.setDevicePixelRatio(sharp)
        return made


def _at_heading(document: QTextDocument, heading: str) -> QTextCursor:
    """Where that part begins, whatever else has its words; the beginning where it is no heading."""
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() > 1 and block.text() == heading:
            return QTextCursor(block)
        block = block.next()
    return QTextCursor(document)


class GuideWindow(QDialog):
    """Ctrl+F searches, the arrows go through the list, Escape goes back and closes at last."""

    def __init__(self, role: Role | None = None, parent: QWidget | None = None, *, at_the_door: bool = False) -> None:
        """role: whose chapters stand first. at_the_door: before anybody has opened: one chapter, no way to others."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(words.text("Guide"))
        self._role, self._at_the_door = role, at_the_door
        self._before: list[str] = []  # the paths that Escape goes back to
        self.path = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.text("Search in the guide"))
        self.search.setAccessibleName(words.text("Search in the guide"))
        self.search.setClearButtonEnabled(True)
        self.rows = TwoLineRows(attrgetter("line"), self)
        self.list = TwoLineList(self.rows)
        self.list.setUniformItemSizes(False)
        self.list.setAccessibleName(words.text("Contents of the guide"))
        self.none = Label(words.text("Nothing was found. Try another word."), ink="ink2", wrap=True)
        self.text = GuideText()
        self.said = Label(size="small", ink="ink2", wrap=True)
        self.print_button = Button(words.text("Print a booklet…"), icon="print", on_click=self._offer_booklets)
        self.back_button = Button(words.text("Back"), icon="previous", on_click=self.go_back)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out()
        self._connect()
        self._show_contents()
        self.resize(self.sizeHint())

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(tokens.wide(SIDE))
        in_column(self.search, self.none, (self.list, 1), within=side, spacing=tokens.SPACE, margins=tokens.SPACE_2)
        self.none.hide()
        foot = QFrame()
        foot.setProperty("role", "footer")
        items = (self.back_button, self.print_button, (self.said, 1))
        in_row(*items, within=foot, spacing=tokens.SPACE_2, margins=(tokens.SPACE_2, tokens.SPACE_PANEL))
        in_column((in_row(side, (self.text, 1), spacing=0), 1), foot, within=self, spacing=0)
        self.back_button.set_key(words.text("Esc"))
        self.setTabOrder(self.search, self.list)
        self.setTabOrder(self.list, self.text)
        for part in (side, self.print_button):
            part.setVisible(not self._at_the_door)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self._pause.timeout.connect(self._look)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        if not self._at_the_door:
            self.text.anchorClicked.connect(self._follow)
        self.text.widened.connect(self._draw_again)
        searches = () if self._at_the_door else (("Ctrl+F", self._begin_search),)
        for keys, slot in (*searches, ("Alt+Left", self.go_back)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def sizeHint(self) -> QSize:
        """As large as the screen lets it be, not larger than is read at one glance."""
        room = self.screen().availableSize()
        wide = WIDE - SIDE if self._at_the_door else WIDE
        return QSize(min(tokens.wide(wide), room.width() - 40), min(tokens.high(HIGH), room.height() - 60))

    @Slot()
    def _draw_again(self) -> None:
        """At the place where one reads."""
        if self.path:
            bar = self.text.verticalScrollBar()
            at = bar.value() / max(1, bar.maximum())
            self._show(self.path)
            bar.setValue(round(at * bar.maximum()))

    def go_to(self, path: str, heading: str = "") -> None:
        """Show that chapter or card; Escape comes back from it."""
        if self.path and path != self.path:
            self._before.append(self.path)
        self._show(path, heading)
        self._mark()

    @Slot()
    def go_back(self) -> None:
        """Out of the search, then to the chapter of before, then out of the guide."""
        if self.search.text():
            self.search.clear()
            self._look()
        elif self._before:
            self._show(self._before.pop())
            self._mark()
        else:
            self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif self.search.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._look()
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if self.rows.rowCount():
                self.list.go_to(0)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # no button is pressed by Enter from elsewhere
            super().keyPressEvent(event)

    def _show(self, path: str, heading: str = "") -> None:
        self.path = path
        name = PurePosixPath(path)
        if name.parent.name in ("fr", "en"):  # the card of a term
            card = cards.explanation(name.stem)
            title, told = card.title, card.text
        else:
            chapter = guide.chapter(name.stem)
            title, told = chapter.title, guide.at_the_door(chapter) if self._at_the_door else chapter.text
        look = _look_on_screen(self.text.picture_width())
        self.text.document().setDefaultStyleSheet(chapter_html.style(look))
        self.text.setHtml(chapter_html.html(title, told, look, guide.place() / words.language()))
        if heading:
            self.text.setTextCursor(_at_heading(self.text.document(), heading))
            self.text.verticalScrollBar().setValue(self.text.verticalScrollBar().maximum())
            self.text.ensureCursorVisible()
        else:
            self.text.verticalScrollBar().setValue(0)

    def _show_contents(self) -> None:
        mine = [one.key for one in guide.places() if self._role in one.booklets]
        others = [key for key in guide.chapter_keys() if key not in mine]
        terms = sorted((cards.explanation(topic) for topic in cards.topics()), key=lambda one: folded(one.title))
        rest = words.text("Other chapters") if mine else words.text("Chapters")
        groups: tuple[tuple[str, list[tuple[str, guide.Chapter | cards.Explanation]]], ...] = (
            (words.text("For your work"), [(f"{key}.md", guide.chapter(key)) for key in mine]),
            (rest, [(f"{key}.md", guide.chapter(key)) for key in others]),
            (words.text("Terms"), [(guide.card_path(one.topic), one) for one in terms]),
        )
        self.rows.show(
            [
                GuideLine(TwoLine(one.title, _first_sentence(one.text), heading="" if at else heading), path)
                for heading, lines in groups
                for at, (path, one) in enumerate(lines)
            ]
        )

    @Slot()
    def _typed(self) -> None:
        self._pause.start()

    @Slot()
    def _look(self) -> None:
        self._pause.stop()
        typed = self.search.text().strip()
        if not typed:
            self._show_contents()
            self._mark()
        else:
            found = guide.search(typed)
            self.rows.show([GuideLine(_found_line(one), one.path, one.heading) for one in found])
        self.none.setVisible(self.rows.rowCount() == 0)
        self.list.setVisible(self.rows.rowCount() > 0)

    def _mark(self) -> None:
        """The line of what is shown, where the list has it."""
        place = self.rows.place(lambda one: one.path == self.path)
        if place is not None and not self.search.text():
            blocked = self.list.blockSignals(True)
            self.list.go_to(place)
            self.list.blockSignals(blocked)

    @Slot(object)
    def _chosen(self, line: GuideLine | None) -> None:
        """The arrows in the list show the chapter beside it."""
        if line is not None and (self.list.hasFocus() or line.path != self.path):
            self._show(line.path, line.heading)

    @Slot(object)
    def _opened(self, line: GuideLine) -> None:
        self._show(line.path, line.heading)
        self.text.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        self.go_to(link.toString())

    @Slot()
    def _begin_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def _offer_booklets(self) -> None:
        from shelter_desk.ui.guide.booklet import READERS

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for role in READERS:
            menu.addAction(words.label("role", role.value)).triggered.connect(partial(self.print_booklet, role))
        menu.popup(self.print_button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - tokens.SPACE_HALF)))

    def print_booklet(self, role: Role) -> None:
        """Print what somebody of that role has on paper, or save it where there is no printer."""
        from shelter_desk.ui.guide import booklet

        try:
            self.said.setText(booklet.print_booklet(self, role))
        except ShelterDeskError as error:
            self.said.setText(sentence(error))


def _found_line(one: guide.FoundPassage) -> TwoLine:
    if not one.heading:
        return TwoLine(one.title, one.passage)
    told = words.text("{chapter}: {passage}").format(chapter=one.title, passage=one.passage)
    return TwoLine(one.heading, told, tooltip=told)


def _first_sentence(text: str) -> str:
    """What stands in the list below a title."""
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("|")), "")
    return guide.plain(first)


def _look_on_screen(picture: int) -> chapter_html.GuideLook:
    def shade(name: str) -> str:
        return tokens.color(name).name()

    return chapter_html.GuideLook(
        picture, shade("ink"), shade("ink2"), shade("accent"), shade("sunken"), heading="x-large"
    )
