"""The log and the traces of crashes: types, places and ids, never a value, since values may be names."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

FILE = "shelter-desk.log"
MOST = 512 * 1024  # bytes a file
OLDER = 3
_PACKAGE = Path(__file__).parent.parent
_log = logging.getLogger("shelter_desk")


class WithoutValues(logging.Formatter):
    """Writes an error as its types and places, without its message."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's own name
        """The trace of `ei`, the three parts that `sys.exc_info` gives."""
        error = ei[1] if isinstance(ei, tuple) else None
        return trace(error) if isinstance(error, BaseException) else ""


def start(folder: Path) -> Path | None:
    """Write the log of this program into the folder; its file, or None where the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / FILE, maxBytes=MOST, backupCount=OLDER, encoding="utf-8")
    except OSError:
        return None
    handler.rotator = _rotate
    handler.setFormatter(WithoutValues("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    return folder / FILE


def _rotate(source: str, target: str) -> None:
    """On Windows not while another window writes there too: the file grows until it is alone."""
    with suppress(OSError):
        Path(source).replace(target)


def stop() -> None:
    """Close the files of the log."""
    for handler in list(_log.handlers):
        if isinstance(handler, RotatingFileHandler):
            _log.removeHandler(handler)
            handler.close()


def trace(error: BaseException) -> str:
    """The error and what led to it: type, then file, line and function of each step; no message and no value."""
    return "\n".join(line for one in _chain(error) for line in _told(one))


def crashed(error: BaseException) -> None:
    """Write the trace of a bug to the log."""
    _log.critical("stopped by a bug\n%s", trace(error))


def catch_all(shown: Callable[[BaseException], None]) -> None:
    """From now on every error that nobody caught, in any thread, goes to the log and then to `shown`."""

    def caught(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        crashed(error)
        shown(error)

    def caught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            caught(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = caught
    threading.excepthook = caught_in_thread


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"  {_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"


def _place(filename: str) -> str:
    """The file without the folders above the program, which may carry the name of a person."""
    path = Path(filename)
    return str(path.relative_to(_PACKAGE.parent)) if path.is_relative_to(_PACKAGE) else path.name
