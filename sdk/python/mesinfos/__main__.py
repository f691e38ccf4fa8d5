"""`python -m mesinfos build`: builds an app, and says what it asks for."""

import argparse
import json
import sys
from pathlib import Path

from ._build import BuildError, build, entry_of


def main() -> int:
    parser = argparse.ArgumentParser(prog="mesinfos", description="Builds apps for MesInfos.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("build", help="builds an app into a component, and says what it asks for")
    verb.add_argument("app", nargs="?", default=".", help="file or folder of the app (default: app.py)")
    verb.add_argument("-o", "--output", default="component.wasm", help="the component")
    verb.add_argument("--json", action="store_true", help="prints JSON")
    given = parser.parse_args()
    path, output = Path(given.app), Path(given.output)
    try:
        found = build(entry_of(path) if path.is_dir() else path, output)
    except BuildError as error:
        for problem in error.problems:
            print(f"error: {problem}", file=sys.stderr)
        return 1
    size = output.stat().st_size
    asks = {name: sorted(field.removesuffix("_").replace("_", "-") for field in use.fields) for name, use in found.categories.items()}
    if given.json:
        print(json.dumps({"asks": asks, "evidence": found.evidence, "component": str(output), "size": size}))
        return 0
    for unused in found.unused:
        print(f"note: {unused}", file=sys.stderr)
    print("asks for" if asks else "asks for no data")
    for name, fields in asks.items():
        print(f"  {name}: {', '.join(fields) or 'no field, only the number of rows'}")
    print(f"{output} ({size / 1e6:.2f} MB)")
    return 0


sys.exit(main())
