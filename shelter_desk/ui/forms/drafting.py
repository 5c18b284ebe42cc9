"""Keeps what is being typed into a form, so that a lock or a power cut loses no more than the last two seconds."""

import logging
import weakref
from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar, cast, runtime_checkable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft, Value
from shelter_desk.operations.sending import unread_passwords
from shelter_desk.ui import tasks
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField, TextField
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import formats

AFTER_MS = 2_000  # after the last key
IMPORT = "intake/review"
EXCEL_EDIT = "intake/excel/"  # before the kind of list: the review of what was changed of it in Excel
GRID = "intake/grid"
AT_MOST_MS = 10_000  # while somebody types without a pause
_log = logging.getLogger(__name__)
Made = TypeVar("Made")


class Form(Protocol):
    """What a form needs to have its draft kept: say what is typed, and show that again."""

    def values(self) -> dict[str, Value]: ...

    def fill(self, values: Mapping[str, Value]) -> None: ...


@runtime_checkable
class Drafted(Protocol):
    """A widget of several editors that says itself what of it belongs into a draft."""

    def draft_value(self) -> Value: ...

    def put_draft(self, value: Value) -> None: ...


class Drafting(QObject):
    """The draft of one form; it lives and goes with its widget, which is the form unless that is given beside it.

    The form calls `begin` when it shows what it starts from, `forget` when it was saved or given up, and `touch` for
    what no editor says (rows of radio buttons made later). `page/form/number` names the form: the page to be opened,
    which form, and of whom.
    """

    kept = Signal()  # it is on the disk
    found = Signal(object)  # Draft kept earlier

    def __init__(self, desk: Desk, widget: QWidget, name: str, form: Form | None = None) -> None:
        super().__init__(widget)
        self.desk = self._desk = desk
        self.name = name
        # weakly: a part of a page that holds the page would have it destroyed twice where it goes as garbage
        self._held = weakref.ref(form if form is not None else cast("Form", widget))
        self._pristine = self._last = self._form.values()
        self._since = QElapsedTimer()
        self.timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self.timer.timeout.connect(self.keep)
        self.listen(widget)

    @property
    def _form(self) -> Form:
        form = self._held()
        if form is None:
            raise RuntimeError("the form is gone")
        return form

    def listen(self, form: QWidget) -> None:
        """Keep what is typed into the editors below that widget; for those that were made later."""
        for line in form.findChildren(QLineEdit):
            line.textChanged.connect(self.touch)
        for area in form.findChildren(QPlainTextEdit):
            area.textChanged.connect(self.touch)
        for combo in form.findChildren(QComboBox):
            combo.currentIndexChanged.connect(self.touch)
        for button in form.findChildren(QAbstractButton):
            if button.isCheckable():
                button.toggled.connect(self.touch)

    def begin(self, look: bool = True) -> None:
        """What the form shows now is where it starts. look: say `found` when a draft was kept earlier."""
        self.timer.stop()
        self._pristine = self._last = self._form.values()
        draft = drafts.find(self._desk, self.name) if look else None
        if draft is not None:
            self.found.emit(draft)

    def resume(self, draft: Draft) -> None:
        """Show what was typed."""
        self._form.fill(draft.values)
        self.timer.stop()
        self._last = self._form.values()

    def take_name(self, name: str) -> None:
        """The form shows something else from now on, of which nothing is kept yet; what it showed keeps its draft."""
        if name != self.name:
            self.keep_now()
            self.name = name
            self._pristine = self._last = {}

    @Slot()
    def touch(self) -> None:
        """Something was typed: keep it soon."""
        if not self.timer.isActive():
            self._since.start()
        if not self.timer.isActive() or self._since.elapsed() < AT_MOST_MS:
            self.timer.start()

    @Slot()
    def keep(self) -> None:
        """Keep what is typed if it is new; later when a job has the file, since nobody should wait for it here."""
        if tasks.is_busy():
            self.timer.start()
            return
        self.keep_now()

    def keep_now(self) -> None:
        """Keep what is typed if it is new: the form goes."""
        write(self._desk, self.unsaved())
        self.kept.emit()

    def unsaved(self) -> "Unsaved | None":
        """What is typed and not kept yet; from here on it counts as kept."""
        self.timer.stop()
        values = self._form.values()
        if values == self._last:
            return None
        self._last = values
        return self.name, None if values == self._pristine else values

    def saved_by(self, act: Callable[[], Made]) -> Made:
        """What the act gives, which saves the form while the window goes on; the draft goes with it.

        What is typed is no draft meanwhile: a lock or the end of the program finds nothing to keep of what is saved.
        Raises as `tasks.wait_for`; what was typed is kept then.
        """
        values, last = self._form.values(), self._last
        self.timer.stop()
        self._last = values

        def save() -> Made:
            made = act()
            write(self._desk, (self.name, None))
            return made

        try:
            return tasks.wait_for(save)
        except BaseException:
            if isValid(self):
                self._last = last
                self.touch()
            else:
                write(self._desk, (self.name, values))
            raise

    def forget(self) -> None:
        """The form was saved or given up: it starts from what it shows now."""
        self.timer.stop()
        self._pristine = self._last = self._form.values()
        write(self._desk, (self.name, None))


Unsaved = tuple[str, "dict[str, Value] | None"]  # the form, and what is typed into it; None: nothing is any more


def unsaved_in(root: QWidget) -> list[Unsaved]:
    """What is typed into the forms below that widget and not kept yet."""
    return [told for one in root.findChildren(Drafting) if (told := one.unsaved()) is not None]


def keep_all(desk: Desk, root: QWidget) -> None:
    """Keep what is typed into the forms below that widget, which goes."""
    for told in unsaved_in(root):
        write(desk, told)


def write(desk: Desk, told: Unsaved | None) -> None:
    """Keep or forget, unless the desk was closed meanwhile.

    A refusal of the disk is for the log, since saving the form will say it.
    """
    if told is None or not desk.database.is_open:
        return
    form, values = told
    try:
        if values is None:
            drafts.forget(desk, form)
        else:
            drafts.keep(desk, form, values)
    except ShelterDeskError as error:
        _log.warning("a draft of %s was not kept: %s", form.rpartition("/")[0] or form, type(error).__name__)


def said(widget: QWidget) -> Value:
    """What is typed into that widget."""
    if isinstance(widget, Drafted):
        return widget.draft_value()
    if isinstance(widget, LineField | NumberField | DayField | ClockField):
        return widget.line.text()
    if isinstance(widget, TextField):
        return widget.area.toPlainText()
    if isinstance(widget, ChoiceField | Segments):
        return widget.value() or ""
    if isinstance(widget, QAbstractButton):
        return "yes" if widget.isChecked() else ""
    raise TypeError(type(widget).__name__)


def put(widget: QWidget, value: Value) -> None:
    """Show what was typed into that widget."""
    if isinstance(widget, Drafted):
        widget.put_draft(value)
        return
    text = value if isinstance(value, str) else ""
    if isinstance(widget, LineField | NumberField | DayField | ClockField):
        widget.line.setText(text)
    elif isinstance(widget, TextField):
        widget.area.setPlainText(text)
    elif isinstance(widget, ChoiceField | Segments):
        widget.choose(text or None)
    elif isinstance(widget, QAbstractButton):
        widget.setChecked(text == "yes")


_EDITORS = (LineField, NumberField, DayField, ClockField, TextField, ChoiceField, Segments)


class FieldGroup:
    """Fields held as attributes, of a form or of a part of one; parts inside it may hold more.

    keeps_draft: whether a draft keeps what is typed into them.
    """

    keeps_draft = True

    @property
    def fields(self) -> dict[str, Field]:
        """The fields beside which refusals are said, by machine key, in the order in which they were made."""
        found: dict[str, Field] = {}
        for one in _held(self).values():
            if isinstance(one, FieldGroup):
                found |= one.fields
            elif isinstance(one, Field) and one.key:
                found[one.key] = one
        return found

    @property
    def drafted(self) -> dict[str, QWidget]:
        """The editors that a draft keeps, by the names of their attributes, in the order in which they are filled."""
        return editors_of(self) if self.keeps_draft else {}


def editors_of(form: object) -> dict[str, QWidget]:
    """The editors that a form or a part of one holds, by the names of their attributes, as they were made."""
    found: dict[str, QWidget] = {}
    for name, one in _held(form).items():
        if isinstance(one, QWidget) and _is_editor(one):
            found[name] = one
        elif isinstance(one, FieldGroup):
            found |= {f"{name}/{inner}": editor for inner, editor in one.drafted.items()}
    return found


def _held(form: object) -> dict[str, QWidget | FieldGroup]:
    """Its widgets and parts by name; `first` is another name of one of them."""
    held = {name: one for name, one in vars(form).items() if isinstance(one, QWidget | FieldGroup)}
    return {name: one for name, one in held.items() if name != "first" and not name.startswith("_")}


def _is_editor(one: QWidget) -> bool:
    return one.isCheckable() if isinstance(one, QAbstractButton) else isinstance(one, (*_EDITORS, Drafted))


def sentence(draft: Draft) -> str:
    """`Brouillon retrouvé du 25/11/2026 14:10 : admission`."""
    moment = formats.moment(draft.saved_at)
    unread = unread_passwords.of_draft(draft)
    if unread is not None:
        return words.text("The password of {file} was not read yet.").format(file=unread.file_name)
    if draft.form == IMPORT:
        return words.text("Go on with the import of {moment}?").format(moment=moment)
    if draft.form.startswith(EXCEL_EDIT):
        told = words.text("Go on with the changes of {file} of {moment}?")
        return told.format(file=draft.values.get("path", ""), moment=moment)
    form = _form_name(draft.form)
    if not form:
        return words.text("Draft found of {moment}").format(moment=moment)
    return words.text("Draft found of {moment}: {form}").format(moment=moment, form=form)


def _form_name(name: str) -> str:
    names = {
        "residents/admission": words.text("admission"),
        "residents/family-admission": words.text("admission of a family"),
        "residents/exit": words.text("exit"),
        "residents/absence": words.text("absence"),
        "residents/return": words.text("return"),
        "residents/family": words.text("family"),
        "residents/status": words.text("decision on status"),
        "residents/interview": words.text("interview"),
        "residents/place": words.text("change of bed"),
        "residents/correct": words.text("correction"),
        "residents/assessment": words.text("assessment of vulnerability"),
        "residents/structural": words.text("structural factors of the year"),
        "residents/plan": words.text("individual plan"),
        "residents/plan_action": words.text("action of a plan"),
        "residents/note": words.text("note"),
        "residents/document": words.text("paper"),
        "residents/return_file": words.text("file of a return"),
        "residents/return_step": words.text("step of a return"),
        "residents/legal": words.text("step of the legal file"),
        "beds/inspect": words.text("inspection of a room"),
        "assistance/incidents": words.text("incident"),
        "assistance/partners": words.text("structure of the directory"),
        "settings/recipients": words.text("recipient of files"),
        "assistance/referrals": words.text("step of a referral"),
        "assistance/places": words.text("request for a place"),
        "reports/closing": words.text("closing of a month"),
        "today/roll_call": words.text("evening roll call"),
        "today/catch_up": words.text("catching up after a cut"),
        "today/handover": words.text("line of the handover"),
        GRID: words.text("grid of residents"),
    }
    parts = name.split("/")
    return names.get("/".join(parts[:2]), "") or (_of_store(parts[2]) if len(parts) > 2 else "")


def _of_store(kind: str) -> str:
    """What a form of the stock or of the equipment is called."""
    return {
        "slip": words.text("issue slip"),
        "receipt": words.text("receipt into the stock"),
        "write_off": words.text("loss or transfer of the stock"),
        "to_equipment": words.text("stock made equipment"),
        "item": words.text("item of the stock"),
        "kit": words.text("kit"),
        "count": words.text("count of the stock"),
        "found": words.text("lot found while counting"),
        "asset": words.text("card of equipment"),
        "event": words.text("event of equipment"),
        "fault": words.text("maintenance ticket"),
        "mended": words.text("maintenance done"),
        "run": words.text("log of the generator"),
        "lend": words.text("loan of equipment"),
        "back": words.text("return of a loan"),
        "reception": words.text("reception of equipment"),
        "grant": words.text("grant"),
        "inventory": words.text("inventory"),
        "close": words.text("end of an inventory"),
    }.get(kind, "")
