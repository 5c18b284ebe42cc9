"""Changes passwords and keys, and says each act before it begins and once it is done, until it is killed."""

import multiprocessing
import os
import random
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import unlocking
from tests.torture import cut_points, key_acts
from tests.torture.key_acts import KEY_ACTS, Act, House

_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
if sys.platform == "win32":
    _HOW = multiprocessing.get_context("spawn")
else:
    _HOW = multiprocessing.get_context("forkserver")  # with everything imported once
    _HOW.set_forkserver_preload([__name__])


@dataclass(frozen=True, slots=True)
class Life:
    """What was acknowledged, the act that was under way, and whether it was killed."""

    house: House
    under_way: tuple[Act, ...]
    was_killed: bool

    @property
    def is_inside(self) -> bool:
        """True where the kill hit a change of passwords or keys."""
        return self.was_killed and any(act.kind in KEY_ACTS for act in self.under_way)


def lived(
    folder: Path, house: House, *, acts: Sequence[Act] = (), seed: int = 0, cut: int = 0, seconds: float = 0.0
) -> Life:
    """One process, from its start to its end.

    acts: what it does, else anything at random for ever. cut: at which cut point it kills itself, 0 for none; seconds:
    after which it is killed from outside, 0 for never.
    """
    here, there = _HOW.Pipe(duplex=False)
    child = _HOW.Process(target=_main, args=(there, folder, house, tuple(acts), seed, cut))
    child.start()
    there.close()
    assert here.recv() == "ready"
    killer = threading.Timer(seconds, child.kill)
    if seconds:
        killer.start()
    under_way: tuple[Act, ...] = ()
    with closing(here):
        for said in _heard(here):
            assert not isinstance(said, str), said
            act, shown = said
            if shown is None:
                under_way = (act,)
            else:
                house, under_way = key_acts.after(house, act, shown), ()
    child.join()
    killer.cancel()
    ended = child.exitcode
    child.close()
    return Life(house, under_way, ended != 0)


def cut_while_opening(folder: Path, house: House, cut: int) -> bool:
    """Let a process open the shelter and kill itself at that cut point; whether it came there."""
    child = _HOW.Process(target=_open, args=(folder, house, cut))
    child.start()
    child.join()
    ended = child.exitcode or 0
    child.close()
    assert ended in {0, -_KILL}
    return ended != 0


def _open(folder: Path, house: House, cut: int) -> None:
    with cut_points.reached(_Killer(cut)):
        unlocking.unlock(folder, key_acts.MANAGER, house.people[key_acts.MANAGER].password).close()


class _Killer:
    """Ends the process at one of the cut points."""

    def __init__(self, cut: int) -> None:
        self.left = cut

    def __call__(self, _: str) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), _KILL)


def _heard(here: Connection) -> Iterator[tuple[Act, str | None] | str]:
    while True:
        try:
            yield here.recv()
        except (EOFError, OSError):  # it was killed in the middle of a word
            return


def _main(there: Connection, folder: Path, house: House, acts: Sequence[Act], seed: int, cut: int) -> None:
    chance, at = random.Random(seed), _Killer(cut)
    try:
        desk: Desk | None = unlocking.unlock(folder, key_acts.MANAGER, house.people[key_acts.MANAGER].password)
        there.send("ready")
        with cut_points.reached(at):
            while acts or seed:
                act, acts = (acts[0], acts[1:]) if acts else (key_acts.at_random(house, chance), ())
                there.send((act, None))
                desk = _at_desk(folder, desk, house, act)
                desk, shown = key_acts.perform(folder, desk, house, act)
                at("done")
                house = key_acts.after(house, act, shown)
                there.send((act, shown))
        if desk is not None:
            desk.close()
    except BaseException:
        there.send(traceback.format_exc())
        raise


def _at_desk(folder: Path, desk: Desk | None, house: House, act: Act) -> Desk | None:
    """The desk of whoever does it."""
    if desk is not None and desk.user_name == act.at_desk:
        return desk
    if desk is not None:
        desk.close()
    return unlocking.unlock(folder, act.at_desk, house.people[act.at_desk].password) if act.at_desk else None
