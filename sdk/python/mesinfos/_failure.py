"""Why a run has no report."""

from typing import Any


class Failure(Exception):
    """Why a run has no report. Raise one of its kinds."""

    def __init__(self, message: str, payload: tuple[str, Any]) -> None:
        super().__init__(message)
        self.payload = payload


class NeedsData(Failure):
    """Required data is missing: ids of its categories."""

    def __init__(self, *categories: str) -> None:
        super().__init__(f"data is missing: {', '.join(categories)}", ("needs-data", list(categories)))


class BadAnswer(Failure):
    """A parameter is wrong: its id, and what is expected."""

    def __init__(self, parameter: str, expected: str) -> None:
        super().__init__(f"{parameter}: {expected}", ("bad-answer", (parameter, expected)))


class Failed(Failure):
    """Any other reason, in the person's language."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, ("other", reason))
