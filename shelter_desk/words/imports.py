"""Imports in words: what was taken to be so, the copy with the refusals, why an undo leaves a row as it is."""

from pathlib import Path

from shelter_desk import words
from shelter_desk.domain.registers import batches
from shelter_desk.domain.registers.shape import Why


def assumed(why: Why, count: int) -> str:
    """What a line left open and was taken to be so, as the shapes of `domain.registers` note it; on how many lines."""
    told = (_of_persons_and_things() | _of_other_lists())[why]
    lines = words.count("{n} line", "{n} lines", count)
    return words.text("{lines}: {assumed}").format(lines=lines, assumed=told)


def invented() -> str:
    """A file of a training shelter that is about to be taken into a real one."""
    return words.text("This file comes from a training shelter: its persons are invented. Take in nothing of it here.")


def copy(kind: str, path: Path) -> str:
    """Where it is, what is lost in it, and what comes next. kind: as `operations.refusals.Copy`."""
    told = {
        "text": words.text(
            "Copy of your file, with the reason at the end of the line. Correct it, then import it: {file}"
        ),
        "values": words.text(
            "Copy as .xlsx, with all your values and without your colors. Correct it, then import it: {file}"
        ),
        "list": words.text(
            "Your file cannot be copied: here is the list of refusals alone. Correct your file by it: {file}"
        ),
    }
    return told.get(kind, words.text("The copy is in {file}. Correct it, then import it.")).format(file=path)


def why_left(why: batches.Why, by_list: str, by_code: str) -> str:
    """Why an undo leaves a row as it is. by_list, by_code: what the row that is the reason is called."""
    reasons: dict[batches.Why, str] = {
        "changed": words.text("changed since"),
        "gone": words.text("taken out since"),
        "referred": words.text("used since by: {list} {code}"),
        "belongs": words.text("belongs to: {list} {code}"),
        "needed": words.text("needed by: {list} {code}"),
        "refused": words.text("what stood there before does not fit any more"),
    }
    return reasons[why].format(list=by_list, code=by_code).strip()


def _of_persons_and_things() -> dict[Why, str]:
    """Persons and beds, then equipment and stock."""
    return {
        "says_nothing": words.text("“-”, “none”, “unknown” and the like: read as an empty cell"),
        "two_digits": words.text("year of two digits: births in the past, expiry in 20xx, else the nearest year"),
        "name_in_capitals": words.text("name parted: the words in capitals are the last name"),
        "name_not_parted": words.text("name not parted, all of it is the last name"),
        "age_at_entry": words.text("age taken as an estimate on the day of entry"),
        "birth_before_age": words.text("age and date of birth do not agree: the date of birth is kept"),
        "year_alone": words.text("only the year is known"),
        "year_beside": words.text("day without a year: that of the days around, or of the title of the sheet"),
        "premiere": words.text("first entry, as nobody here is known to be the same person"),
        "readmission": words.text("readmission, as the person was here before"),
        "decided_at_entry": words.text("status taken as decided on the day of entry"),
        "own_number": words.text("no file number: a number is given, the same again each time"),
        "room_for_anybody": words.text("new room without rules: open to anybody"),
        "beds_numbered": words.text("beds numbered after the room"),
        "bed_simple": words.text("new beds are single beds"),
        "own_tag": words.text("no tag: a tag is given to each piece, the same again each time"),
        "cost_each": words.text("several pieces on a line: the value is taken to be that of each"),
        "category_of_name": words.text("category taken from the designation"),
        "category_other": words.text("no category: “Other”"),
        "acquired_before": words.text("acquired before the project"),
        "acquired_today": words.text("no day of acquisition: today"),
        "acquired_by_count": words.text("no day of acquisition: that of the inventory"),
        "donor_unknown": words.text("no donor: “Unknown”"),
        "owner_centre": words.text("owned by the shelter"),
        "owner_bailleur": words.text("owned by the donor"),
        "status_en_service": words.text("in use"),
        "status_hors_service": words.text("out of service, as its condition says"),
        "code_of_name": words.text("new item, its code is made from its name"),
        "lot_of_expiry": words.text("no lot number: the expiry day stands for it"),
        "none_in_store": words.text("nothing of it in store: the item alone"),
        "counted_today": words.text("no day of the count: today"),
    }


def _of_other_lists() -> dict[Why, str]:
    return {
        "in_service_since": words.text(
            "no day from which the bed is in service: since when the house has its beds (Settings, Rooms and beds)"
        ),
        "room_of_name": words.text("type of the room taken from its name"),
        "room_other": words.text("no type of room: “Other”"),
        "found_by_name": words.text("person found by the name, which nobody else had here then"),
        "nights_not_ticked": words.text("nights of the stay without a mark: left as they are"),
        "nothing_ticked": words.text("no mark on the line, and colors are not read: nothing of it is taken in"),
        "absence_unexplained": words.text("absent without a reason: unexplained absence"),
        "absence_ends_with_month": words.text("still absent on the last night of the month: back the next day"),
        "quantity_one": words.text("no quantity: 1"),
        "provider_centre": words.text("given by the shelter"),
        "provider_of_partner": words.text("given by the partner named"),
        "provider_is_name": words.text("no kind of provider: the name of a partner"),
        "own_service_number": words.text("no service number: a number is given, the same again each time"),
        "name_with_town": words.text("same name in another town: the town is added to the name"),
        "type_of_name": words.text("type of provider taken from its name"),
        "type_other": words.text("no type of provider: “Other”"),
        "opening_of_balance": words.text("first line with a balance alone: what was there at the beginning"),
        "balance_left_out": words.text("balance carried over of an item that is in store already: not counted again"),
        "unit_piece": words.text("no unit: pieces"),
        "entry_given": words.text("what came in is a donation, as a donor is named"),
        "entry_bought": words.text("what came in was bought"),
        "exit_used_here": words.text("what went out was used in the house"),
        "entry_of_referral": words.text("no day of entry: the day of the incoming referral"),
        "situation_unknown": words.text("no migration situation: “Undetermined”"),
        "referral_issued": words.text("referral written as issued: what became of it is not in the file"),
        "referral_without_day": words.text("referral without its day or its provider: left out"),
        "receiver_left_out": words.text("who got it is no code of ours: left out"),
    }
