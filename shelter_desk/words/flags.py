"""Red flags in words: a sentence, a short name for a badge, one line for several, and what is beside open words."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.flags.flag import Flag, rules
from shelter_desk.domain.flags.text import TextDoubt
from shelter_desk.words import formats

MOST_NAMED = 3  # codes in one sentence


def sentence(flag: Flag) -> str:
    """Who, what, since when; the code first."""
    day = formats.day(flag.since) if flag.since is not None else ""
    others = ", ".join(flag.others[:MOST_NAMED])
    first = flag.others[0] if flag.others else ""
    second = flag.others[1] if len(flag.others) > 1 else ""
    if flag.rule == "R-12":
        return _of_crowd(flag)
    if (flag.rule, flag.kind) == ("R-31", "differs"):
        told = words.count("{n} difference to settle", "{n} differences to settle", flag.n)
        day = formats.short_day(flag.night) if flag.night is not None else day
        return words.text("Roll call of {day}: {differences}.").format(day=day, differences=told)
    if (flag.rule, flag.kind) == ("R-13", "space") and words.language() == "fr":
        second = second.replace(".", ",")
    told = _sentences()[flag.rule, flag.kind]
    return told.format(code=flag.code, n=flag.n, limit=flag.limit, day=day, others=others, first=first, second=second)


def _of_crowd(flag: Flag) -> str:
    """How many more than there are beds, and in which rooms, where they are known."""
    if not flag.others:
        return words.count(
            "{n} person more than there are usable beds.", "{n} persons more than there are usable beds.", flag.n
        )
    persons, rooms = words.count("{n} person", "{n} persons", flag.n), ", ".join(flag.others)
    told = words.text("{persons} more than there are usable beds: room {rooms}.")
    if len(flag.others) > 1:
        told = words.text("{persons} more than there are usable beds: rooms {rooms}.")
    return told.format(persons=persons, rooms=rooms)


def _sentences() -> dict[tuple[str, str], str]:
    return {
        ("R-01", "upside_down"): words.text("{code}: the exit comes before the entry. Correct the dates."),
        ("R-01", "future"): words.text("{code}: the entry of {day} lies in the future. Correct the date."),
        ("R-01", "overlap"): words.text("{code}: two stays at once, see stay {others}. Correct the dates."),
        ("R-02", ""): words.text("{code}: perhaps known already as {others}. Compare the files."),
        ("R-14", ""): words.text("{code}: here for {n} nights, planned {limit} days. Write why it goes on."),
        ("R-14", "minor"): words.text("{code}: situation of the minor not reviewed for {n} days."),
        ("R-30", ""): words.text("{code}: unexplained absence for {n} days."),
        ("R-32", "stayed"): words.text("{code}: still here, while {others} left on {day}."),
        ("R-32", "left"): words.text("{code}: a minor who left on {day} without {others}."),
        ("R-33", "case"): words.text("{code}: left {n} days ago, the case is still open."),
        ("R-33", "follow_up"): words.text("{code}: follow-up after the exit was due on {day}."),
        ("R-03", "taken"): words.text("{code}: bed {first} is also given to {second}. Choose another bed."),
        ("R-03", "unusable"): words.text("{code}: bed {others} cannot be used. Choose another bed."),
        ("R-04", ""): words.text("{code}: minor with an adult of the other sex, {others}."),
        ("R-05", ""): words.text("{code}: minor with unrelated adults, {others}. {limit} hours to act."),
        ("R-05", "late"): words.text("{code}: minor with unrelated adults since {day}, {others}."),
        ("R-06", ""): words.text("{code}: in room {others}, kept for the other sex."),
        ("R-13", "space"): words.text("Room {first}: {n} persons, less than {second} m² for each."),
        ("R-13", "toilets"): words.text("Too few toilets: {limit} for {n} persons."),
        ("R-13", "showers"): words.text("Too few showers: {limit} for {n} persons."),
        ("R-31", "missing"): words.text("Roll call not done, night of {day}."),
        ("R-07", "soon"): words.text("{code}: turns 18 on {day}. Prepare the room and the papers."),
        ("R-07", "turned"): words.text("{code}: 18 years old since {day}. Review the room and the papers."),
        ("R-08", "request"): words.text("{code}: a guardian not asked for after {n} days. Limit: {limit}."),
        ("R-08", "guardian"): words.text("{code}: without a guardian for {n} days. Limit: {limit}."),
        ("R-09", "short"): words.text("{code}: best interests not assessed after {n} days."),
        ("R-09", "full"): words.text("{code}: no full assessment of best interests after {n} days."),
        ("R-10", "decision"): words.text("{code}: left on {day} without a decision for the child."),
        ("R-10", "adult"): words.text("{code}: left on {day}, no identified adult received the child."),
        ("R-11", ""): words.text("{code}: competent service not told after {n} days."),
        ("R-22", "married"): words.text("{code}: a married child. Reinforced protection."),
        ("R-22", "pregnant"): words.text("{code}: a pregnant minor. Reinforced protection."),
        ("R-22", "mother"): words.text("{code}: a minor with a child. Reinforced protection."),
        ("R-15", ""): words.text("{code}: no consent to the recording of the data."),
        ("R-15", "refused"): words.text("{code}: refused the recording, and more than the minimum is kept."),
        ("R-15", "ended"): words.text("{code}: the consent to the recording has ended. Ask again."),
        ("R-16", ""): words.text("{code}: referral {first} to {second} without a consent."),
        ("R-17", "shared"): words.text("{code}: referral {first} to {second} after the consent had ended."),
        ("R-17", "tell"): words.text("{code}: consent withdrawn on {day}. Tell {others}."),
        ("R-29", "consulate"): words.text("{code}: seeks asylum, referred to a consulate without UNHCR."),
        ("R-29", "return"): words.text("{code}: seeks asylum, return prepared without UNHCR."),
        ("R-18", ""): words.text("{code}: indicators present for {n} days, no decision on status."),
        ("R-19", "body"): words.text("{code}: the decision of {day} does not say who decided."),
        ("R-19", "decider"): words.text("{code}: the decision of {day} lacks the name of the decider."),
        ("R-20", ""): words.text("{code}: status “presumed” for {n} days. Review it."),
        ("R-26", "untrained"): words.text("{code}: interview of {day} without a trained interviewer."),
        ("R-26", "interpreter"): words.text("{code}: interview of {day}, interpreter not accepted by the person."),
        ("R-26", "companion"): words.text("{code}: interview of {day} before somebody else. Speak alone."),
        ("R-27", ""): words.text("{code}: the same questions in {n} interviews. Do not ask again."),
        ("R-21", ""): words.text("{code}: danger without a safety measure for {n} hours."),
        ("R-23", ""): words.text("{code}: risk of suicide. Do not leave the person alone, refer now."),
        ("R-24", "screening"): words.text("{code}: screening not done after {n} days."),
        ("R-24", "assessment"): words.text("{code}: vulnerabilities not assessed after {n} days."),
        ("R-24", "plan"): words.text("{code}: no assistance plan after {n} days."),
        ("R-25", ""): words.text("{code}: no contact with the case worker for {n} days."),
        ("R-28", ""): words.text("{code}: must not meet {others}, who is here too."),
        ("R-28", "victims"): words.text("{code}: perhaps a perpetrator, under one roof with victims ({n})."),
    }


def kinds() -> frozenset[tuple[str, str]]:
    """Every rule and kind that has a sentence."""
    of_counts = {("R-12", ""), ("R-12", "red"), ("R-31", "differs")}
    return frozenset(_sentences()) | of_counts


def label(rule: str, kind: str = "") -> str:
    """What a rule is called, in a few words; by its kind where that says more."""
    told = {
        ("R-07", "soon"): words.text("18 soon"),
        ("R-07", "turned"): words.text("18 years old"),
        ("R-14", "minor"): words.text("Minor to review"),
        ("R-17", "tell"): words.text("Withdrawal to tell"),
        ("R-24", "screening"): words.text("Screening overdue"),
        ("R-24", "assessment"): words.text("Assessment overdue"),
        ("R-24", "plan"): words.text("Plan overdue"),
        ("R-31", "missing"): words.text("Roll call not done"),
        ("R-31", "differs"): words.text("Roll call different"),
        ("R-33", "case"): words.text("Case to close"),
        ("R-33", "follow_up"): words.text("Follow-up after exit overdue"),
    }
    if (rule, kind) in told:
        return told[rule, kind]
    known = rules()[rule]
    return known.label_fr if words.language() == "fr" else known.label_en


def badge(flag: Flag) -> str:
    """The few words that stand in the head of a record."""
    if flag.rule == "R-28" and flag.others:
        return words.text("Contact risk: {others}").format(others=", ".join(flag.others[:MOST_NAMED]))
    if (flag.rule, flag.kind) == ("R-07", "turned") and flag.since is not None:
        return words.text("Turned 18 on {day}").format(day=formats.day(flag.since))
    if flag.rule == "R-14" and not flag.kind:
        nights = words.count("{n} night", "{n} nights", flag.n)
        return words.text("{nights}: the stay is longer than {limit} days").format(nights=nights, limit=flag.limit)
    return label(flag.rule, flag.kind)


def together(flags: Sequence[Flag]) -> str:
    """One line for several flags of a kind."""
    persons = words.count("{n} resident", "{n} residents", len({one.person for one in flags}))
    return words.text("{what}: {persons}.").format(what=label(flags[0].rule, flags[0].kind), persons=persons)


def doubt(found: TextDoubt) -> str:
    """What to say beneath words that hold something that may not belong there (R-34)."""
    if found.kind == "name":
        return words.text("“{word}” is the name of somebody in the file. Write the code.").format(word=found.word)
    if found.kind == "phone":
        return words.text("“{word}” looks like a telephone number. Do not write it here.").format(word=found.word)
    return _topics()[found.topic].format(word=found.word)


def _topics() -> dict[str, str]:
    return {
        "orientation": words.text(
            "“{word}”: orientation and identity are never written: the person would be in danger."
        ),
        "diagnosis": words.text("“{word}”: no diagnosis here. Write the need; the health provider keeps the rest."),
        "group": words.text("“{word}”: no ethnic group, religion or politics. Write the language or the diet."),
        "details": words.text("“{word}”: no details of violence. Write that there was some, and refer."),
        "blame": words.text("“{word}”: this question blames. Ask what would have happened on leaving."),
        "crossing": words.text("“{word}”: no price or point of a crossing. Write the towns of the route."),
        "promise": words.text("“{word}”: no proof and no promise. Say what the shelter can do."),
        "body": words.text("“{word}”: no prints, no faces. The code is enough."),
        "exploiter": words.text(
            "“{word}”: no name of a recruiter or smuggler here. Refer if the person wants justice."
        ),
    }


def topics() -> frozenset[str]:
    """The topics that have a sentence."""
    return frozenset(_topics())
