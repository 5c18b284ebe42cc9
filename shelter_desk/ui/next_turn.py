"""What takes long in steps, with the window painted between them, and no key or click lost or out of order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import chain
from time import perf_counter
from typing import ClassVar, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

Made = TypeVar("Made")
LONG = 0.01  # seconds
_put_off: list[tuple[object, list[Iterable[object]]]] = []  # what is made over several turns, and the steps of it


def in_steps(made: object, steps: Iterator[object]) -> None:
    """The last line of an `__init__`: the rest of it, in steps of which none takes long.

    They are taken at once, or one a turn where it is what `over_turns` makes, and no part of it.
    """
    if _put_off and type(made) is _put_off[-1][0]:
        _put_off[-1][1].append(steps)
    else:
        for _ in steps:
            pass


def over_turns(owner: QObject, done: Callable[[Made], object], kind: Callable[..., Made], *given: object) -> None:
    """Make one of that kind a step a turn, `in_steps`, and hand it over once it is whole. A key or a click waits for
    that. given: what it is made with, where it will stand among it: with a parent each step is put in the looks of the
    window by itself, else all of it at once as it is put there.
    """
    held: list[Iterable[object]] = []
    _put_off.append((kind, held))
    try:
        made = kind(*given)
    finally:
        _put_off.pop()
    turn_by_turn(owner, chain(*held), partial(done, made))


def turn_by_turn(owner: QObject, steps: Iterator[object], done: Callable[[], object] = lambda: None) -> None:
    """Take a step a turn, the first one in the next; then call `done`. A key or a click waits for that."""

    def go_on() -> None:
        is_over = next(steps, done) is done
        NextTurn(owner, done if is_over else go_on)

    NextTurn(owner, go_on)


def later(owner: QObject, act: Callable[[], object]) -> None:
    """Do it once what waits was looked at, keys and paint among it; nothing happens where the owner is gone by then.

    Of what was put off so, whoever did it, one thing is done a turn; what is asked for again meanwhile is done once.
    `QTimer.singleShot(0, …)` posts an event instead: one that posts the next goes on before any key is looked at.
    """
    _turns().put_off(owner, act)


def is_later() -> bool:
    """Whether something is put off."""
    return bool(_turns().acts)


class _Turns(QTimer):
    """Does what was put off, one thing each time.

    Where something long came in between, a paint as a rule, it gives way once more: the two would be one long stop, in
    which no key is looked at.
    """

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance(), singleShot=True, interval=0)
        self.acts: deque[tuple[QObject, Callable[[], object]]] = deque()
        self._asked_at = 0.0
        self._gave_way = False
        self.timeout.connect(self._take_one)

    def put_off(self, owner: QObject, act: Callable[[], object]) -> None:
        if (owner, act) not in self.acts:
            self.acts.append((owner, act))
        self._ask()

    def _ask(self) -> None:
        self._asked_at = perf_counter()
        self.start()

    @Slot()
    def _take_one(self) -> None:
        self._gave_way = not self._gave_way and perf_counter() - self._asked_at > LONG
        if self._gave_way:
            self.start()
            return
        while self.acts:
            owner, act = self.acts.popleft()
            if isValid(owner):
                if self.acts:
                    self._ask()  # before it: it may wait for an answer
                act()
                return


@cache
def _turns() -> _Turns:
    return _Turns()


class NextTurn(QObject):
    """Does it once the window has painted, or before the next key or click reaches anything, whichever is first.

    A step may ask for the next one: the key waits for that one too. Nothing happens where the owner is gone by then.
    """

    INPUTS: ClassVar = frozenset(
        {
            QEvent.Type.ShortcutOverride,
            QEvent.Type.KeyPress,
            QEvent.Type.InputMethod,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonDblClick,
            QEvent.Type.TouchBegin,
            QEvent.Type.Wheel,
        }
    )

    def __init__(self, owner: QObject, step: Callable[[], object]) -> None:
        super().__init__(owner)
        self._step: Callable[[], object] | None = step
        for window in QGuiApplication.topLevelWindows():  # what reaches a window, not the thousands of events inside
            window.installEventFilter(self)
        later(self, self.go)

    def is_due(self) -> bool:
        """Whether it is not done yet."""
        return self._step is not None

    @Slot()
    def go(self) -> None:
        """Do it, once."""
        step, self._step = self._step, None
        if step is not None:
            for window in QGuiApplication.topLevelWindows():
                window.removeEventFilter(self)
            self.deleteLater()
            step()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A key or a click finds done what was asked before it."""
        if event.type() in self.INPUTS:
            self._go_through()
        return False

    def _go_through(self) -> None:
        owner = self.parent()
        self.go()
        following = owner.findChildren(NextTurn) if owner is not None and isValid(owner) else []
        for one in following:
            if one.is_due():
                one._go_through()
