"""Whether what was typed on the neutral screen is the password of the person at the desk."""

from collections.abc import Callable
from functools import partial

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tasks


def check(desk: Desk, password: str, answered: Callable[[bool], None]) -> None:
    """Say it once it is known, which takes as long as unlocking; what cannot be found out is a no."""

    def failed(_error: ShelterDeskError) -> None:
        answered(False)

    tasks.run(partial(settings.password_opens, desk, password), answered, failed)
