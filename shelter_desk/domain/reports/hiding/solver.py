"""Proposes other numbers that fit what is printed: the one place that knows the library for linear programs.

What it proposes is never believed: `witnesses.Unknowns.fits` reads it in whole numbers (docs/decisions/013-hiding.md).
"""

import os
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from shelter_desk.domain.reports.hiding.witnesses import Moves, Unknowns

_FURTHER = 1000  # how far a number may go up beyond the largest one
_NEAR = 1e-6
_NODES = 5
_STILL = 1e-3  # the price of a hidden number that moves, beside 1 for a printed one


class Solver:
    """The relations between some of the unknowns as a linear program; each has a column up and a column down.

    places: which may ever be other numbers than they are, with all that hangs together with them. work: the columns of
    the programs that were solved.
    """

    def __init__(self, unknowns: Unknowns, places: Collection[int]) -> None:
        import numpy

        self._library, self._numbers, self._all = _library(), numpy, unknowns
        self.places = sorted(places)
        self._at = {place: column for column, place in enumerate(self.places)}
        self._many = len(self.places)
        self._highest = max(unknowns.values, default=0) + _FURTHER
        self._model: Any = self._library.Highs()
        self._model.setOptionValue("output_flag", False)
        self._model.setOptionValue("log_to_console", False)
        self._model.setOptionValue("threads", 1)
        # the first whole numbers do, and where none are near there are others to try
        self._model.setOptionValue("mip_rel_gap", 1e9)
        self._model.setOptionValue("mip_max_nodes", _NODES)
        self._model.passModel(self._program())
        self.work = 0
        self.allow(place for place in self.places if unknowns.free[place])

    def _program(self) -> Any:
        numbers = self._numbers
        chosen = sorted({number for place in self.places for number in self._all.of[place]})
        self._row_at = {number: row for row, number in enumerate(chosen)}
        room = [self._room(number) for number in chosen]
        program = self._library.HighsLp()
        program.num_col_, program.num_row_ = 2 * self._many, len(chosen)
        program.col_cost_ = program.col_lower_ = program.col_upper_ = numbers.zeros(2 * self._many)
        program.row_lower_ = numbers.array([low for low, _ in room], float)
        program.row_upper_ = numbers.array([high for _, high in room], float)
        starts, columns, signs = [0], [], []
        for number in chosen:
            for place, sign in self._all.rows[number]:
                column = self._at.get(place)
                if column is not None:
                    columns += [column, self._many + column]
                    signs += [sign, -sign]
            starts.append(len(columns))
        program.a_matrix_.format_ = self._library.MatrixFormat.kRowwise
        program.a_matrix_.start_ = numbers.array(starts)
        program.a_matrix_.index_ = numbers.array(columns, int)
        program.a_matrix_.value_ = numbers.array(signs, float)
        return program

    def _room(self, number: int) -> tuple[float, float]:
        (low, high), endless = self._all.room[number], self._library.kHighsInf
        return -endless if low is None else low, endless if high is None else high

    def loosen(self, numbers: Iterable[int]) -> None:
        """These relations have more room than before."""
        for number in numbers:
            if number in self._row_at:
                self._model.changeRowBounds(self._row_at[number], *self._room(number))

    def allow(self, places: Iterable[int], *, moving: bool = True, price: float = _STILL) -> None:
        """These may be other numbers, or must stay what they are; each of them that is another one has its price."""
        for place in places:
            self._bounds(place, moving=moving)
            column = self._at[place]
            self._model.changeColCost(column, price)
            self._model.changeColCost(self._many + column, price)

    def _bounds(self, place: int, *, moving: bool) -> None:
        column = self._at[place]
        self._model.changeColBounds(column, 0, self._highest if moving else 0)
        self._model.changeColBounds(self._many + column, 0, self._all.values[place] if moving else 0)

    def moved(self, place: int, by: int) -> Moves | None:
        """Other numbers of which that one is changed by so much, at the least price; None where there are none."""
        up, down = self._ways(place, by)
        self._model.changeColBounds(up, abs(by), max(abs(by), self._highest if by > 0 else self._all.values[place]))
        self._model.changeColBounds(down, 0, 0)
        found = self._solve()
        self._bounds(place, moving=True)
        return found

    def many_moved(self, wanted: Mapping[int, int]) -> Moves | None:
        """Other numbers of which as many as possible of these are changed by so much; None where they are not whole.

        Whole ones are found in no time or take long: fewer of them are asked for instead.
        """
        for place, by in wanted.items():
            up, down = self._ways(place, by)
            self._model.changeColBounds(up, 0, abs(by))
            self._model.changeColCost(up, -1)
            self._model.changeColCost(down, 1)
        found = self._run()
        self.allow(wanted)
        return None if found is None or _are_broken(found) else _rounded(found)

    def _ways(self, place: int, by: int) -> tuple[int, int]:
        """The column in which it moves, and the one in which it would move back."""
        column = self._at[place]
        return (column, self._many + column) if by > 0 else (self._many + column, column)

    def _solve(self) -> Moves | None:
        """Whole numbers of the program as it stands; a second time with whole numbers alone where they are not."""
        found = self._run()
        if found is not None and _are_broken(found):
            columns = self._numbers.arange(2 * self._many, dtype=self._numbers.int32)
            for kind in (self._library.HighsVarType.kInteger, self._library.HighsVarType.kContinuous):
                kinds = self._numbers.full(2 * self._many, int(kind), dtype=self._numbers.uint8)
                self._model.changeColsIntegrality(2 * self._many, columns, kinds)
                found = self._run() if kind == self._library.HighsVarType.kInteger else found
        return None if found is None else _rounded(found)

    def _run(self) -> dict[int, float] | None:
        self.work += self._many
        self._model.run()
        if self._model.getModelStatus() != self._library.HighsModelStatus.kOptimal:
            return None
        values = self._numbers.array(self._model.getSolution().col_value)
        by = values[: self._many] - values[self._many :]
        return {self.places[column]: float(by[column]) for column in self._numbers.flatnonzero(abs(by) > _NEAR)}


def _are_broken(found: Mapping[int, float]) -> bool:
    return any(abs(by - round(by)) > _NEAR for by in found.values())


def _rounded(found: Mapping[int, float]) -> Moves:
    return {place: round(by) for place, by in found.items() if round(by)}


@cache
def _library() -> Any:
    """The library, once it has greeted: it does so on the output of the process, where JSON may stand."""
    import highspy

    try:
        output = os.dup(1)
    except OSError:  # a window without a console has none
        return highspy
    try:  # no file is made of it: where an installer started the window it is there, and no file
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(output, 1)
        os.close(output)
    return highspy
