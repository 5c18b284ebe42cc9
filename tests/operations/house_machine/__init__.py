"""The house played at random: one state machine over the operations on a small file, its clerk, and what it must find.

`diary.py` writes each night of each stay from the plain rows, `checks.py` says what always holds of them,
`month_count.py` counts a month from them, `machine.py` and the rooms of rules (`arriving.py`, `moving.py`,
`correcting.py`, `papers.py`) act, `faults.py` breaks the program on purpose.
"""
