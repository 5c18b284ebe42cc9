"""What the admission says: after it was done, and of what is left for later."""

from shelter_desk import words
from shelter_desk.domain.stock.vouchers import is_request
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.page import Told
from shelter_desk.words import room_rules


def told_of(made: Admitted) -> Told:
    """That somebody is admitted, and what only warns."""
    sentence = words.text("{code} is admitted.")
    if made.is_provisional:
        sentence = words.text("{code} is admitted provisionally. A case worker completes it.")
    admitted = sentence.format(code=made.code)
    if made.paper:
        paper = words.text("Slip {number}: the kit is given out.")
        if is_request(made.paper):
            paper = words.text("Request {number} for the kit waits at the store.")
        admitted = " ".join([admitted, paper.format(number=made.paper)])
    warned = [room_rules.warning(finding.rule) for finding in made.warnings]
    return Told("attention" if warned else "ok", " ".join([admitted, *warned]), made.done)


def left_for_later(n: int) -> str:
    """How many answers are open."""
    if not n:
        return words.text("Everything is answered")
    return words.count("{n} answer to complete later", "{n} answers to complete later", n)
