"""Open words of a report are read once more before they leave."""

from collections.abc import Iterable

from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import INTERNAL
from shelter_desk.domain.sending.refusals import WordsUnread
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk


def check(desk: Desk, gate: GateAnswers, level: str, said: Iterable[str], k: int) -> None:
    """Refuse open words that hold what may not leave until somebody answered that they were read.

    k: the smallest number that is printed. Raises WordsUnread.
    """
    if level == INTERNAL or gate.words_read:
        return
    found = dict.fromkeys(doubt.word for text in said if text for doubt in flags.in_leaving(desk, text, k))
    if found:
        raise WordsUnread(tuple(found))
