"""Why an undo leaves a row as it is, in words."""

from shelter_desk import words
from shelter_desk.domain.registers.batches import Why


def reason(why: Why, by_list: str, by_code: str) -> str:
    """by_list, by_code: what the row that is the reason is called."""
    reasons: dict[Why, str] = {
        "changed": words.text("changed since"),
        "gone": words.text("taken out since"),
        "referred": words.text("used since by: {list} {code}"),
        "belongs": words.text("belongs to: {list} {code}"),
        "needed": words.text("needed by: {list} {code}"),
        "refused": words.text("what stood there before does not fit any more"),
    }
    return reasons[why].format(list=by_list, code=by_code).strip()
