#!/usr/bin/env python3
"""Compares the figures of the apps with an independent computation over the holders' files.

The program writes and imports the files of its sample people, runs each app on each of them, and gives its view as
JSON. `figures/` computes the same figures from the files. They must be equal, to the last decimal that is shown.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import claims  # noqa: E402
from arithmetic import add_months, rounded  # noqa: E402
from figures import ABSENT, Expected, Names  # noqa: E402
from readers import Life  # noqa: E402
from view import Shown, View  # noqa: E402

APPS = ["assurances", "budget", "comptes", "conso", "empreinte", "forfait", "fournisseurs", "mobilite", "panier",
        "parcours", "radar", "sante"]
LIVES = ["dix-ans", "famille", "cycliste", "retraitee", "trois-mois-vides", "remboursements", "sans-voiture",
         "compteur-partage", "deux-banques", "changement-heure", "une-ligne", "rien"]
# Those who have files of a bank, a meter and a telephone only.
POPULATION = ["budget", "comptes", "conso", "forfait", "fournisseurs", "empreinte", "radar"]
TODAY = "2026-01-01"


class Program:
    """The program under test, with a data folder of its own."""

    def __init__(self, binary, apps, folder, today=TODAY):
        self.binary, self.apps, self.folder, self.today = binary, apps, folder, today

    def run(self, *arguments, data=True, lang="fr"):
        data = ["--data", str(self.folder / "data")] if data else []
        return subprocess.run([self.binary, *data, "--lang", lang, *arguments], capture_output=True, text=True,
                              timeout=300)

    def must(self, *arguments, data=True):
        done = self.run(*arguments, data=data)
        if done.returncode:
            raise SystemExit(f"mesinfos {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def install(self, apps):
        for app in apps:
            self.must("install", str(self.apps / f"{app}.wasm"))

    def show(self, app, person, today=None, lang="fr"):
        """The outcome of a run, and its view if it has one."""
        self.must("grant", app, "--person", person)
        done = self.run("--json", "run", app, "--person", person, "--today", today or self.today,
                        lang=lang)
        try:
            result = json.loads(done.stdout)
        except json.JSONDecodeError:
            return f"no JSON: {done.stdout[:200]} {done.stderr[:200]}", None
        return outcome(result), result.get("view")


def outcome(result):
    return "completed" if result.get("view") else result.get("code")


class Row(NamedTuple):
    """A figure that was compared."""

    app: str
    life: str
    path: str
    good: bool
    expected: str
    shown: str
    # How far the two are apart, if both are numbers.
    apart: Fraction | None


def apart(expected, shown):
    if isinstance(expected, Expected) and isinstance(shown, Shown) and expected.unit == shown.unit:
        return abs(expected.number - shown.number)
    return None


def shown_as(it):
    if it is ABSENT:
        return "(nothing)"
    if it is None:
        return "–"
    if isinstance(it, Shown):
        return f"{float(it.number):.{2 if it.scale is None else it.scale}f} {it.unit}"
    if isinstance(it, Expected):
        return f"{float(it.number):.{max(it.decimals, 2)}f} {it.unit}"
    if isinstance(it, Names):
        return ", ".join(sorted(it.names))
    return str(it)


def equal(expected, shown):
    if expected is ABSENT or shown is ABSENT:
        return expected is shown
    if isinstance(expected, Expected):
        if not isinstance(shown, Shown) or shown.unit != expected.unit:
            return False
        if shown.scale is None:
            # A number of a chart is not rounded, or rounded to the decimals that are named.
            return abs(expected.number - shown.number) * 2 * 10 ** expected.decimals <= 1
        return rounded(expected.number, shown.scale) == shown.number
    return expected == shown


def compare(figures, result, view, words):
    """Pairs of a path and whether it is equal, with what was expected and shown."""
    yield ("outcome",), figures.outcome == result, figures.outcome, result
    if view is None or figures.outcome != "completed":
        return
    values = renamed(View(view).values, words)
    for path, expected in figures.expected.items():
        if isinstance(expected, Names):
            at = len(path) - 1
            shown = Names(frozenset(p[at] for p in values if p[:at] == path[:at] and len(p) > at))
        else:
            shown = values.get(path, ABSENT)
        yield path, equal(expected, shown), expected, shown


def words():
    """Other words of the apps for what the oracle says, by app."""
    with open(HERE / "words.toml", "rb") as file:
        return tomllib.load(file)


def renamed(values, words):
    return {tuple(words.get(part, part) for part in path): shown for path, shown in values.items()}


def work(job):
    """Checks one share of the people, in a data folder of its own."""
    binary, apps_folder, apps, people, folder, keep, today = job
    program = Program(binary, apps_folder, folder, today)
    program.install(apps)
    found = []
    for name, files in people:
        life = Life(name, files)
        program.must("import", "--person", name, *sorted(str(path) for path in Path(files).iterdir()))
        for app in apps:
            result, view = program.show(app, name)
            if keep:
                Path(keep, f"{app}-{name}.json").write_text(json.dumps(view, ensure_ascii=False, indent=1))
            figures = import_module(f"figures.{app}").figures(life, date.fromisoformat(today))
            for path, good, expected, shown in compare(figures, result, view, words().get(app, {})):
                found.append(Row(app, name, " / ".join(path), good, shown_as(expected), shown_as(shown),
                                 apart(expected, shown)))
            # The same rows, years later: nothing is said of them as of now.
            day = date.fromisoformat(today)
            for lang in claims.NOW:
                _, view = program.show(app, name, add_months(day, 12 * claims.LATER).isoformat(), lang)
                for text in claims.false_claims(app, view, day.year, lang) if view else ():
                    at = f"{claims.LATER} years later, in {lang}"
                    found.append(Row(app, name, at, False, "the days of the rows", text, None))
    return found


def seen(views, lives, apps, today):
    """Checks views that are there already, of the lives in a folder."""
    found = []
    for folder in sorted(Path(lives).iterdir()):
        life = Life(folder.name, folder)
        for app in apps:
            said = json.loads(Path(views, f"{app}-{folder.name}.json").read_text(encoding="utf-8"))
            figures = import_module(f"figures.{app}").figures(life, date.fromisoformat(today))
            for path, good, expected, shown in compare(figures, outcome(said), said.get("view"), words().get(app, {})):
                found.append(Row(app, folder.name, " / ".join(path), good, shown_as(expected), shown_as(shown),
                                 apart(expected, shown)))
    return found


def known():
    """Differences that are the app's fault, with their reason and their number: see known.toml."""
    with open(HERE / "known.toml", "rb") as file:
        return tomllib.load(file).get("fault", [])


def covers(fault, row):
    """Whether a difference is by a known fault. A figure that is not there at all is one only if the fault says so:
    else it may have another label now."""
    return (fault["app"] == row.app and any(row.path.startswith(start) for start in fault["paths"])
            and (fault.get("missing", False) or row.shown != shown_as(ABSENT))
            and ("lives" not in fault or row.life in fault["lives"])
            and ("ends" not in fault or any(row.path.endswith(end) for end in fault["ends"]))
            and ("within" not in fault or row.apart is not None and row.apart <= Fraction(fault["within"])))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default="target/debug/mesinfos")
    parser.add_argument("--apps", default="target/apps", help="the folder with the built apps (*.wasm)")
    parser.add_argument("--app", action="append", choices=APPS)
    parser.add_argument("--life", action="append")
    parser.add_argument("--seed", help="other days for the same people")
    parser.add_argument("--people", type=int, help="check this many generated people instead")
    parser.add_argument("--today", default=TODAY, help="the day of the runs")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--all", action="store_true", help="print equal figures and known differences too")
    parser.add_argument("--recount", action="store_true", help="write the numbers of known.toml again")
    parser.add_argument("--keep", help="a folder for the views as JSON")
    parser.add_argument("--views", help="a folder of views as JSON, APP-LIFE.json: check these, run nothing")
    parser.add_argument("--lives", help="the folder of the files behind --views")
    options = parser.parse_args()
    binary, apps_folder = str(Path(options.program).resolve()), Path(options.apps).resolve()
    apps = options.app or (POPULATION if options.people else APPS)
    faults = known()
    if options.views:
        options.life = [path.name for path in Path(options.lives).iterdir()]
        return report(seen(options.views, options.lives, apps, options.today), apps, faults, options)
    if options.keep:
        os.makedirs(options.keep, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        folder = Path(folder)
        lives = folder / "lives"
        arguments = ["personas", "--out", str(lives)]
        arguments += ["--seed", options.seed] if options.seed else []
        arguments += ["--people", str(options.people)] if options.people else options.life or []
        Program(binary, apps_folder, folder).must(*arguments, data=False)
        names = sorted(path.name for path in lives.iterdir())
        names.sort(key=lambda name: LIVES.index(name) if name in LIVES else -1)
        people = [(name, str(lives / name)) for name in names]
        # The largest life alone, the others beside it.
        shares = [people[n::options.processes] for n in range(options.processes)]
        if options.processes == 2 and people[0][0] == "dix-ans" and len(people) > 8:
            shares = [people[:2] + people[6:7], people[2:6] + people[7:]]
        jobs = []
        for n, share in enumerate(shares):
            (folder / str(n)).mkdir()
            jobs.append((binary, apps_folder, apps, share, folder / str(n), options.keep, options.today))
        with ProcessPoolExecutor(options.processes) as pool:
            found = [row for rows in pool.map(work, jobs) for row in rows]
    return report(found, apps, faults, options)


def report(found, apps, faults, options):
    bad, counts = [], {app: [0, 0, 0] for app in apps}
    hits = [0] * len(faults)
    for row in found:
        why = None if row.good else next((n for n, fault in enumerate(faults) if covers(fault, row)), None)
        counts[row.app][0 if row.good else 2 if why is None else 1] += 1
        if why is not None:
            hits[why] += 1
        elif not row.good:
            bad.append(row)
        if options.all:
            state = "equal" if row.good else "DIFFERS" if why is None else f"known {why + 1}"
            shown = "" if row.good else f", shown {row.shown}"
            print(f"{state:9} {row.app} {row.life}: {row.path}: {row.expected}{shown}")
    for row in bad:
        print(f"{row.app} {row.life}: {row.path}\n    right {row.expected}\n    shown {row.shown}")
    print(f"{'app':14}{'equal':>7}{'known':>7}{'differ':>8}")
    for app, (equal_, known_, differ) in counts.items():
        print(f"{app:14}{equal_:7}{known_:7}{differ:8}")
    print(f"{'all':14}{sum(c[0] for c in counts.values()):7}{sum(c[1] for c in counts.values()):7}{len(bad):8}")
    # The list is kept true: a fault that is mended, in part or whole, or that spreads, must be said there.
    untrue = 0
    whole = not (options.life or options.people or options.seed) and options.today == TODAY
    if options.recount:
        if not whole or options.app:
            raise SystemExit("--recount is for all lives and apps")
        counts_of = iter(hits)
        text = (HERE / "known.toml").read_text(encoding="utf-8")
        text = re.sub(r"(?m)^count = \d+$", lambda _: f"count = {next(counts_of)}", text)
        (HERE / "known.toml").write_text(text, encoding="utf-8")
        return 1 if bad else 0
    if whole:
        for n, (fault, hit) in enumerate(zip(faults, hits)):
            if fault["app"] in apps and hit != fault["count"]:
                untrue += 1
                print(f"known.toml, fault {n + 1} ({fault['app']}: {fault['why']}): {fault['count']} figures differ "
                      f"by it according to the list, {hit} in fact")
    return 1 if bad or untrue else 0


if __name__ == "__main__":
    sys.exit(main())
