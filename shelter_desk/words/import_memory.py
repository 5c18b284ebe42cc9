"""What imports remember, in sentences; what was typed in a file is kept as a digest and cannot be told.

Values that imports left open, in words: the column, and what the file says there.
"""

from shelter_desk import words
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers.batches import Kind, Memory, column_of
from shelter_desk.words import field_labels


def gap_column(list_key: str, key: str) -> str:
    """What the column is called."""
    known = next((one for one in LISTS.get(list_key, ()) if one.key == key), None)
    return known.label(words.language()) if known is not None else field_labels.label(key)


def gap_text(text: str) -> str:
    """What the file says in place of the value."""
    return words.text("the file says “{text}”").format(text=text) if text else words.text("the file says nothing")


def kind(one: Kind) -> str:
    """What is remembered, in a word or two."""
    return {
        "layout": words.text("How a sheet is read"),
        "value": words.text("What a value means"),
        "order": words.text("Order of the days"),
        "same": words.text("Who a line is"),
        "apart": words.text("Two different persons"),
    }[one]


def sentence(one: Memory) -> str:
    """What was said."""
    if one.kind == "layout":
        return _sheet(one)
    if one.kind == "same":
        return words.text("Line {row} is {code}").format(row=one.row, code=one.code)
    if one.kind == "apart":
        return words.text("Not the same person: {codes}").format(codes=one.code)
    column = column_of(one)
    name = column.label(words.language()) if column else one.column
    if one.kind == "order":
        return words.text("“{column}”: {order}").format(column=name, order=order(one.code))
    means = words.label(column.code_list, one.code) if column and column.code_list else one.code
    return words.text("“{column}”: a value of your file means “{code}”").format(column=name, code=means)


def order(code: str) -> str:
    """The order of days."""
    return words.text("month/day") if code == "mdy" else words.text("day/month")


def _sheet(one: Memory) -> str:
    if not one.list_key:
        return words.text("A sheet that is no list: it is left out")
    told = []
    if one.columns:
        columns = [column_of(one, key) for key in one.columns]
        names = [column.label(words.language()) for column in columns if column is not None]
        told.append(words.text("columns that you chose: {columns}").format(columns=", ".join(names)))
    if one.left_out:
        told.append(words.count("{n} column left out", "{n} columns left out", one.left_out))
    return "; ".join(told) or words.text("The list, as you said")
