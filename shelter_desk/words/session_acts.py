"""The acts of somebody since they opened: what each was, why one of them stays, and how far taking back went."""

from datetime import datetime

from shelter_desk import words
from shelter_desk.words import formats, journal_actions
from shelter_desk.words.reports import stock_names

_OF_ACCOUNTS = {"add_user", "reset_user", "suspend_user", "change_password", "new_recovery_key", "undertake"}
_OF_IMPORTS = {"take_in", "undo_import"}
_OF_MONTHS = {"month_closed", "month_reopened", "month_rectified"}
_LEFT = {"my_file", "referral_sheet", "dossier_written"}
_FROM_STORE = {"send_stock", "issue_stock", "receive_stock", "give_back_stock", "write_off_stock", "take_back_voucher"}


def act(action: str, subject: str) -> str:
    """What was done, and of whom where it was somebody: the code."""
    if not subject:
        return journal_actions.action(action)
    return words.text("{act}, {code}").format(act=journal_actions.action(action), code=subject)


def stays(action: str) -> str:
    """Why an act is not taken back."""
    if action == "erase":
        return words.text("What is erased does not come back.")
    if action in _LEFT or action.endswith(("_exported", "_printed")) or action.startswith("sending_"):
        return words.text("What left the shelter does not come back.")
    if action in _OF_MONTHS:
        return words.text("A closed month is opened again in Reports.")
    if action in _OF_IMPORTS:
        return words.text("An import is undone on the page of imports.")
    if action in _OF_ACCOUNTS:
        return words.text("Accounts and keys are changed in the settings.")
    if action in _FROM_STORE:
        return words.text("In the stock, a voucher is taken back by another one.")
    if action in stock_names.actions():
        return words.text("This is corrected in the stock.")
    return words.text("This is corrected by hand.")


def will_go(count: int) -> str:
    """The verb, with how many acts it takes back."""
    return words.count("Undo this act", "Undo down to here ({n} acts)", count)


def gone(count: int) -> str:
    """How many were taken back."""
    return words.count("{n} act undone.", "{n} acts undone.", count)


def stopped(count: int, action: str, subject: str, refusal: str) -> str:
    """How far it went, at which act it stopped, and why."""
    told = words.text("Stopped at “{act}”: {why}")
    at = told.format(act=act(action, subject), why=refusal or stays(action))
    return f"{gone(count)} {at}" if count else at


def when(at: datetime, why: str) -> str:
    """The second line of an act in the list: its hour, and why it stays where it does."""
    hour = formats.clock(at)
    return words.text("{hour}, stays. {why}").format(hour=hour, why=why) if why else hour
