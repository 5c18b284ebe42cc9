"""Why a file is not read, inside the worker."""


class Refused(Exception):
    """The file is refused. why: one of the words of `NotAWorkbook`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
