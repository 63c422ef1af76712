"""The one shape in which a user is told that something cannot be done."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can mend: shown as is, never with a traceback.

    `code` is stable and listed in the reference; `what` happened, `why`, and how to
    `fix` it are sentences in Indonesian. `exit_code` is what a command returns:
    2 for bad input, 3 for "not possible in this state", 4 for "may not".
    """

    def __init__(
        self, code: str, what: str, why: str, fix: str, *, exit_code: int = 2
    ) -> None:
        super().__init__(f"{code}: {what}")
        self.code = code
        self.what = what
        self.why = why
        self.fix = fix
        self.exit_code = exit_code

    def as_dict(self) -> dict[str, str]:
        """The same error for an API body or a stored record."""
        return {"code": self.code, "what": self.what, "why": self.why, "fix": self.fix}


class NotPossible(UserError):
    """Right input at the wrong moment, e.g. a decree without a plan (exit code 3)."""

    def __init__(self, code: str, what: str, why: str, fix: str) -> None:
        super().__init__(code, what, why, fix, exit_code=3)


class NotAllowed(UserError):
    """The user's role or area does not cover this (exit code 4)."""

    def __init__(self, code: str, what: str, why: str, fix: str) -> None:
        super().__init__(code, what, why, fix, exit_code=4)
