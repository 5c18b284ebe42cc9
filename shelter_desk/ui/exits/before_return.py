"""What is still to be done of the file of a return, said to who lets its person leave."""

from shelter_desk import words
from shelter_desk.domain.casefile.voluntary_returns import Step
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import voluntary_returns
from shelter_desk.operations.casefile.voluntary_returns import Line
from shelter_desk.operations.desk import Desk
from shelter_desk.words import voluntary_returns as in_words


def before_exit(desk: Desk, person: PersonId) -> str:
    """What somebody who leaves by a return should know of its file; "" where nothing is missing."""
    if not desk.may(Permission.CASE_SEE):
        return ""
    found = voluntary_returns.of(desk, person)
    if not found:
        return words.text("There is no file of this return. Open one in the tab Return, now or after the exit.")
    missing = [in_words.to_do(one.name) for one in _before_leaving(found[0])]
    if not missing:
        return ""
    told = words.text("File {number}, still to do: {steps}.")
    return told.format(number=found[0].file.return_no, steps=", ".join(missing))


def _before_leaving(line: Line) -> list[Step]:
    later = ("left", "arrived", "follow_up")
    return [one for one in line.steps if one.done_on is None and one.name not in later]
