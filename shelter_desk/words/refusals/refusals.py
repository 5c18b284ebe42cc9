"""Why a stay, a bed, a person or a field was refused, in a sentence each."""

from datetime import datetime

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.beds.first_day import SleptBefore
from shelter_desk.domain.casefile.minors import AlreadyValidated, SituationRefused, TracingStopped
from shelter_desk.domain.plausible_dates import TooLongAgo
from shelter_desk.domain.settings import SIGLE, SigleTellsName
from shelter_desk.domain.stays.disappearances import GraceOver, NotDisappeared, WithinGrace
from shelter_desk.words import field_labels, formats
from shelter_desk.words.beds import room_rules
from shelter_desk.words.refusals import stock_refusals
from shelter_desk.words.refusals.errors import Sentences


def _moment(value: datetime | None) -> str:
    return formats.NONE if value is None else formats.moment(value)


def _already_here(error: errors.AlreadyHere) -> str:
    if error.until is None:
        sentence_ = words.text("This person is here since {since} (stay {stay}). End that stay first.")
        return sentence_.format(since=formats.moment(error.since), stay=error.stay_no)
    sentence_ = words.text("This person was here from {since} to {until} (stay {stay}). Correct the dates.")
    return sentence_.format(since=formats.moment(error.since), until=formats.moment(error.until), stay=error.stay_no)


def _bed_taken(error: errors.BedTaken) -> str:
    if error.until is None:
        sentence_ = words.text("Bed {bed} is taken by {who} since {since}. Choose another bed.")
        return sentence_.format(bed=error.bed_code, who=error.by, since=formats.moment(error.since))
    sentence_ = words.text("Bed {bed} is taken by {who} from {since} to {until}. Choose another bed.")
    return sentence_.format(
        bed=error.bed_code, who=error.by, since=formats.moment(error.since), until=formats.moment(error.until)
    )


def _bed_not_usable(error: errors.BedNotUsable) -> str:
    if error.state == "retire":
        return _not_in_service(error)
    state = words.label("bed_state", error.state)
    since = _moment(error.since)
    if error.until is None:
        sentence_ = words.text("Bed {bed} is out of use since {since} ({state}). Choose another bed.")
        return sentence_.format(bed=error.bed_code, state=state, since=since)
    sentence_ = words.text("Bed {bed} is out of use from {since} to {until} ({state}). Choose another bed.")
    return sentence_.format(bed=error.bed_code, state=state, since=since, until=formats.moment(error.until))


def _not_in_service(error: errors.BedNotUsable) -> str:
    """Since when, or until when, and what to do about it."""
    told = words.text(
        "Bed {bed} is in service since {since} only. Choose another bed, or a manager gives this one an earlier first "
        "day in Settings, Rooms and beds."
    )
    if error.until is not None:
        told = words.text(
            "Bed {bed} is in service from {since} to {until} only. Choose another bed, or a manager corrects its days "
            "in Settings, Rooms and beds."
        )
    return told.format(bed=error.bed_code, since=_moment(error.since), until=_moment(error.until))


def _needs_reason(error: errors.NeedsReason) -> str:
    why = " ".join(room_rules.warning(rule) for rule in error.rules)
    return words.text("{why} Choose another room, or let a manager write a reason.").format(why=why)


def _code_taken(error: errors.CodeTaken) -> str:
    taken = {
        "room": words.text("Room {code} exists already. Choose another code."),
        "bed": words.text("Bed {code} exists already. Choose another code."),
        "person": words.text("Person {code} exists already. Choose another code."),
        "stay": words.text("Stay {code} exists already. Choose another number."),
        "asset": words.text("The tag {code} is on another asset already. Use another number."),
        "serial": words.text("The serial number {code} is that of another asset. Check it."),
        "grant": words.text("Grant {code} exists already. Choose another code."),
        "user": words.text("Somebody is called {code} already. Choose another name."),
        "recipient": words.text("{code} is in the directory already. Change it there."),
    }
    return taken.get(error.kind, words.text("{code} exists already. Choose another code.")).format(code=error.code)


def _may_be_several(error: errors.MayBeSeveral) -> str:
    choices = " / ".join(words.label(error.code_list, code) for code in error.codes)
    sentence_ = words.text("“{value}” may mean several: {choices}. Write which one.")
    return sentence_.format(value=error.value, choices=choices)


def _no_such(error: errors.NoSuch) -> str:
    unknown = {
        "room": words.text("There is no room {code}. Check the code."),
        "bed": words.text("There is no bed {code}. Check the code."),
        "person": words.text("There is no person {code}. Check the code."),
        "stay": words.text("There is no stay {code}. Check the number."),
        "asset": words.text("No asset has the tag {code}. Check the number."),
        "item": words.text("No item has the code {code}. Check the label."),
        "grant": words.text("Grant {code} is not known. Add it first, in Equipment, Donors and grants."),
        "copy": words.text("No copy of {code} is kept: there are persons in it, or it left before copies were kept."),
        "recipient": words.text("{code} is not in the directory. Add it in Settings, Recipients."),
        "sending": words.text("There is no sending {code}. Check the number."),
    }
    return unknown.get(error.kind, words.text("There is no {code}. Check the code.")).format(code=error.code)


def _not_erasable(error: errors.NotErasable) -> str:
    why = {
        "here": words.text("{code} has an open stay. Write the exit first."),
        "held": words.text("The erasure of {code} is suspended. Lift the suspension first."),
        "nameless": words.text("Nothing is kept for {code} that could be erased."),
    }
    return why.get(error.why, words.text("The case of {code} is not closed. Nothing was erased.")).format(
        code=error.code
    )


def _second_person_needed(error: errors.SecondPersonNeeded) -> str:
    why = {
        "same": words.text("The second person has to be somebody else. Call a colleague."),
        "role": words.text("This account may not decide this. Call another manager."),
    }
    return why.get(error.why, words.text("Two persons decide this. The second one types name and password here."))


def _approval_needed(error: errors.ApprovalNeeded) -> str:
    why = {
        "missing": words.text("Nobody approved this with a password. Nothing was done."),
        "over": words.text("The password was typed too long ago. Nothing was done: type it again."),
    }
    return why.get(error.why, words.text("The password was typed for something else. Nothing was done: type it again."))


def _child_decision_needed(error: errors.ChildDecisionNeeded) -> str:
    """R-10, by what is missing."""
    why = {
        "decision": words.text("{code} is a minor alone. Name the decision for the child, in the exit of the record."),
        "unknown": words.text("No assessment of {code} has this number. Choose one, or write the court’s reference."),
        "not_validated": words.text("This assessment of {code} is not validated. Ask the manager to validate it."),
        "not_recommended": words.text("This assessment of {code} does not recommend this exit. Assess anew."),
        "bid_awaited": words.text("A formal determination is awaited for {code}. Write its decision first."),
        "replaced": words.text("A later assessment of {code} recommends otherwise. Use that one."),
        "receiver": words.text("Write which adult receives {code}. The name is sealed."),
        "relation": words.text("Say what the adult who receives {code} is to the child."),
        "identity": words.text("Check the identity of the adult who receives {code}, then tick it."),
    }
    return why.get(error.why, words.text("{code} does not leave so without a decision for the child.")).format(
        code=error.code
    )


def _situation_refused(error: SituationRefused) -> str:
    if error.why == "adult":
        return words.text("{code} is a minor. Say with whom the child came, or correct the age.").format(
            code=error.code
        )
    told = words.text("{code} is written as a minor alone. Only the manager changes that, and says why.")
    return told.format(code=error.code)


def _overlap_refused(error: errors.OverlapRefused) -> str:
    occupied = words.text("Somebody sleeps in this bed on these nights. Move this person first.")
    why = {
        "stay_overlaps": words.text("This person has another stay over these days. Correct the dates."),
        "bed_taken": words.text("Somebody sleeps in this bed on these nights. Choose another bed."),
        "placed_twice": words.text("This person sleeps elsewhere on these nights. Correct the dates."),
        "bed_out_of_use": words.text("This bed is out of use on these nights. Choose another bed."),
        "bed_out_of_service": words.text(
            "This bed is not in service on these nights. Choose another bed, or a manager corrects its days in "
            "Settings, Rooms and beds."
        ),
        "absent_twice": words.text("Another absence covers these nights. Correct the dates."),
        "bed_occupied": occupied,
        "bed_occupied_later": occupied,
        **stock_refusals.undone(),
        "bed_held_twice": words.text("This bed is held for another arrival on these nights. Choose another bed."),
        "bed_stood_twice": words.text("This bed stood in another room on these nights. Correct the dates."),
        "bed_taken_since": words.text("The bed was given to somebody else since. Choose another bed."),
    }
    return why.get(error.what, words.text("These dates overlap others. Correct the dates."))


SENTENCES: Sentences = {
    errors.BadCode: lambda error: words.text(
        "The code “{typed}” has a wrong or missing character. Read it again."
    ).format(typed=error.typed),
    errors.BadDates: lambda error: words.text(
        "The end ({end}) comes before the beginning ({start}). Correct one of them."
    ).format(start=formats.moment(error.start), end=formats.moment(error.end)),
    errors.InTheFuture: lambda error: words.text("{moment} is still to come. Type a moment that has passed.").format(
        moment=formats.moment(error.moment)
    ),
    TooLongAgo: lambda error: words.text(
        "{day} is too long ago: nothing is written here before {earliest}. Check the year."
    ).format(day=formats.day(error.day), earliest=formats.day(error.earliest)),
    errors.AlreadyHere: _already_here,
    errors.BedTaken: _bed_taken,
    errors.BedNotUsable: _bed_not_usable,
    SleptBefore: lambda error: words.text(
        "{who} slept in bed {bed} from {since} on. Give this bed that day or an earlier one."
    ).format(who=error.by, bed=error.bed_code, since=formats.moment(error.since)),
    errors.PlacedTwice: lambda error: words.text(
        "This person sleeps elsewhere from {since} on (stay {stay}). Move the person instead."
    ).format(since=formats.moment(error.since), stay=error.stay_no),
    errors.OutsideStay: lambda error: words.text(
        "The days from {start} to {end} leave stay {stay}. Keep them inside the stay."
    ).format(start=formats.moment(error.start), end=_moment(error.end), stay=error.stay_no),
    errors.AbsentTwice: lambda error: words.text(
        "An absence is written already from {since} on (stay {stay}). Change that one."
    ).format(since=formats.moment(error.since), stay=error.stay_no),
    errors.NeedsReason: _needs_reason,
    errors.BedOccupied: lambda error: words.text(
        "{who} sleeps in bed {bed} since {since}. Move this person first."
    ).format(who=error.by, bed=error.bed_code, since=formats.moment(error.since)),
    errors.CodeTaken: _code_taken,
    errors.Missing: lambda error: words.text("“{field}” is empty. Fill it in.").format(
        field=field_labels.label(error.field)
    ),
    SigleTellsName: lambda _: words.text(
        "A short name of at most {n} signs, other than the name of the shelter."
    ).format(n=SIGLE),
    errors.LastManager: lambda _: words.text("At least one manager stays. Name another one first."),
    errors.NotInList: lambda error: words.text(
        "“{value}” is not known under “{field}”. Choose a value of the list."
    ).format(value=error.value, field=field_labels.label(error.field)),
    errors.MayBeSeveral: _may_be_several,
    errors.NoSuch: _no_such,
    errors.NoNightAllowed: lambda error: words.text(
        "Stay {stay} has nights here. Choose another reason for leaving."
    ).format(stay=error.stay_no),
    GraceOver: lambda error: words.text(
        "Until {day} a return went on with stay {stay}. It comes later: readmit the person, as a new stay."
    ).format(day=formats.day(error.until), stay=error.stay_no),
    WithinGrace: lambda error: words.text(
        "The person disappeared on {left}: a return until {day} goes on with stay {stay}. Write it on the record, "
        "“Back after the disappearance”."
    ).format(left=formats.moment(error.left), day=formats.day(error.until), stay=error.stay_no),
    NotDisappeared: lambda error: words.text(
        "Stay {stay} did not end by a disappearance. Correct its exit, or readmit the person."
    ).format(stay=error.stay_no),
    errors.NotAParent: lambda error: words.text(
        "No parent sleeps in bed {bed} on these nights. Choose the parent’s bed."
    ).format(bed=error.bed_code),
    errors.NotErasable: _not_erasable,
    errors.KeptUntil: lambda error: words.text("{code} is kept until {day}. Nothing was erased.").format(
        code=error.code, day=formats.day(error.day)
    ),
    errors.SecondPersonNeeded: _second_person_needed,
    errors.ApprovalNeeded: _approval_needed,
    errors.ChildDecisionNeeded: _child_decision_needed,
    SituationRefused: _situation_refused,
    AlreadyValidated: lambda error: words.text("Assessment {number} is validated already.").format(number=error.bia_no),
    TracingStopped: lambda error: words.text(
        "The search {number} has ended. Open another one if the child asks for it."
    ).format(number=error.tracing_no),
    errors.HandedBack: lambda error: words.text("What was deposited under {number} was handed back already.").format(
        number=error.receipt_no
    ),
    errors.LodgingDerived: lambda _: words.text("Nights are counted from the stays. Write the stay instead."),
    errors.BadNumber: lambda error: words.text("{value} cannot be a {field}. Correct the number.").format(
        value=error.value, field=field_labels.label(error.field)
    ),
    errors.ChangedSince: lambda _: words.text("This was changed since and cannot be undone. Correct it by hand."),
    errors.LookedBefore: lambda _: words.text(
        "The shelter changed since this file was looked at. Look at the file again, then take it in."
    ),
    errors.OverlapRefused: _overlap_refused,
}
