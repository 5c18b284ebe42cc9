"""Names opened beside what goes on in the window, before somebody searches or is compared: it may take a second."""

from collections.abc import Callable
from functools import partial
from typing import Any

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tasks


def begin(desk: Desk, done: Callable[[object], None] = tasks.nobody) -> tasks.LongTask | None:
    """Open them, and say when it is over; None where they are open already, or this role reads none.

    Where something was written meanwhile the names that were opened may be others by now: the next search opens them.
    """
    if desk.index is not None or not desk.may(Permission.SEE_NAMES):
        return None
    from shelter_desk.operations.residents import residents  # not for the first picture

    written: list[Changes] = []
    stop_listening = desk.database.listen(written.append)

    def opened(made: Any) -> None:
        stop_listening()
        if not any(one != Changes() for one in written):
            residents.keep_index(desk, made)
        done(made)

    def failed(error: object) -> None:
        stop_listening()
        done(error)

    return tasks.run(partial(residents.made_index, desk), opened, failed)
