"""Whether what was typed on the neutral screen is the password of the person at the desk."""

from collections.abc import Callable
from functools import partial

from shelter_desk.domain.errors import ShelterDeskError, WrongPassword
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import password_tries
from shelter_desk.ui import tasks


def check(desk: Desk, password: str, answered: Callable[[float | None], None]) -> None:
    """Say it once it is known, which takes as long as unlocking: None for yes, else the seconds to wait.

    What cannot be found out is a no.
    """

    def right(_opened: object) -> None:
        answered(None)

    def failed(error: ShelterDeskError) -> None:
        answered(error.wait if isinstance(error, WrongPassword) else 0)

    tasks.run(partial(password_tries.own, desk, password), right, failed)
