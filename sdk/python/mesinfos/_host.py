"""The functions of the host that an app imports. The entry of a component fills them in; so does a test."""

import sys
from collections.abc import Callable
from typing import Any

# Interfaces of the categories that the app uses, by name.
categories: dict[str, Any] = {}

# What the component imports of notes and evidence.
write: Callable[[str], None] = lambda line: print(line, file=sys.stderr)
cite: Callable[[str, str, int, list[int]], None] | None = None

# Readers opened in this run, by category: rows are named by their number.
opened: dict[str, int] = {}


def note(*words: object) -> None:
    """Notes down a line for the person who runs the app: on sample people, that is you. The host keeps 16 KiB of a run."""
    write(" ".join(map(str, words)))


def category(name: str) -> Any:
    try:
        return categories[name]
    except KeyError:
        raise RuntimeError(f"there is no host here: run the app with mesinfos.testing.run, which has rows of {name}") from None
