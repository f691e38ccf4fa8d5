"""The app of the book gives the view that `tests/hostile-apps/blocks` gave as a component."""

import json
import sys
import unittest
from pathlib import Path
from typing import Any

from mesinfos import testing

sys.path.insert(0, str(Path(__file__).parent))
import blocks  # noqa: E402

VIEWS = Path(__file__).parents[3] / "docs/reference/blocks"


def plain(part: Any) -> Any:
    """A part of a view in one shape, whether it is of an app or of the host: a variant is a list of its case and value."""
    if isinstance(part, str):
        return part.replace("\u00a0", " ").replace("\u202f", " ")
    if isinstance(part, (list, tuple)):
        return [plain(item) for item in part]
    if not isinstance(part, dict):
        return part
    known = {name.replace("_", "-"): value for name, value in part.items() if value is not None}
    if known.keys() == {"type"}:
        return [known["type"]]
    if known.keys() == {"type", "value"}:
        return [known["type"], plain(known["value"])]
    # The host has a paragraph without the record around it.
    if known.keys() == {"body"}:
        return plain(known["body"])
    return {name: plain(value) for name, value in known.items()}


class Blocks(unittest.TestCase):
    def test_each_block_is_the_same_in_python_as_in_rust(self) -> None:
        for lang in ("fr", "en"):
            with self.subTest(lang):
                expected = json.loads((VIEWS / f"view.{lang}.json").read_text(encoding="utf-8"))
                pages = testing.run(blocks, today="2026-01-01", lang=lang)["pages"]
                self.assertEqual(plain(pages), plain(expected["pages"]))
                self.assertGreaterEqual(sum(len(page["sections"]) for page in pages), 10)


if __name__ == "__main__":
    unittest.main()
