"""What is said at the gate before anything leaves: to whom, for what, by which way."""

from dataclasses import dataclass
from datetime import date, timedelta

from shelter_desk.domain import codes
from shelter_desk.domain.checks import check_given, check_optional_code
from shelter_desk.domain.errors import Missing

REMIND_AFTER = timedelta(days=7)  # when an acknowledgement is asked for that did not come
COPY_YEARS = 10
_PURPOSES, OTHER = "sending_purpose", "autre"


@dataclass(frozen=True, slots=True)
class GateAnswers:
    """recipient: their name, "" for what stays in the house. purpose: a code of `sending_purpose`, or open words.

    more: words beside a code. agreement: its number, as it was said or as the directory has it. due: until when an
    acknowledgement is waited for, None where none is. words_read: the open words in the file were read once more.
    """

    recipient: str = ""
    purpose: str = ""
    more: str = ""
    channel: str = ""
    carried_by: str = ""
    agreement: str = ""
    due: date | None = None
    words_read: bool = False

    @property
    def leaves(self) -> bool:
        """Whether somebody outside is named."""
        return bool(self.recipient.strip())

    @property
    def purpose_code(self) -> str:
        """The code of the purpose, also where its label was typed; that of another one for words of one's own."""
        said = self.purpose.strip()
        return "" if not said else named_purpose(said) or OTHER

    @property
    def words_said(self) -> str:
        """What was said in words, alone or beside a code; that it is for another purpose says nothing."""
        said = self.purpose.strip()
        typed = "" if codes.is_code(_PURPOSES, said) or named_purpose(said) == OTHER else said
        return " ".join(part for part in (typed, self.more.strip()) if part)


def named_purpose(said: str) -> str:
    """The code that these words are, or are a name of; "" where they are words of one's own."""
    if codes.is_code(_PURPOSES, said):
        return said
    wanted = codes.folded(said)
    named = (one for one in codes.codes(_PURPOSES) if wanted in map(codes.folded, _called(one)))
    return next((one.code for one in named), "")


def _called(one: codes.Code) -> tuple[str, ...]:
    return one.label_fr, one.label_en, *one.synonyms


def check_said(gate: GateAnswers) -> None:
    """Refuse what leaves without what for. Raises Missing, NotInList."""
    if not gate.leaves:
        return
    check_given("purpose", gate.purpose.strip())
    if gate.purpose_code == OTHER and not gate.words_said:
        raise Missing("purpose_words")
    check_optional_code("sending_channel", gate.channel, "channel")


def kept_since(today: date) -> date:
    """From which day on copies are kept."""
    is_leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - COPY_YEARS, day=28 if is_leap_day else today.day)
