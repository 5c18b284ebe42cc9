"""Names opened beside what goes on in the window, before somebody searches or is compared: it may take a second."""

from collections.abc import Callable
from functools import partial

from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tasks


def begin(desk: Desk, done: Callable[[object], None] = tasks.nobody) -> tasks.LongTask | None:
    """Open them, and say when it is over; None where they are open already, or this role reads none."""
    if desk.index is not None or not desk.may(Permission.SEE_NAMES):
        return None
    from shelter_desk.operations.residents import residents  # not for the first picture

    return tasks.run(partial(residents.names_index, desk), done, done)
