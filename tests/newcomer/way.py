"""From nothing to an app in a tester's hands, as a newcomer goes: with the `mesinfos` command, a toolchain, and nothing
else. Every cache is empty, and no checkout is in reach.

Usage: way.py --program MESINFOS [--lang LANG]... [--json FILE]

Each step is timed by the clock: `new`, the first `build` (packages included), `check`, `run` on a sample person, `dev`
until its page shows the view, one change of the code until the page follows, `test`, `publish` to a server, its
publication, and the app on a tester's own files. A step that fails ends everything with what was said.
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

#: Languages, with the file of the code, and words of it that its view shows.
LANGUAGES = {
    "rust": ("src/lib.rs", "Spent in all"),
    "ts": ("app.ts", "Spending by month"),
    "js": ("app.js", "Spending by month"),
    "python": ("app.py", "Spending by month"),
}

#: Words that a change puts in their place.
CHANGED = "Coffees by month"

#: Seconds after which a step is stuck.
STUCK = 900

#: What a newcomer's environment keeps of ours: where toolchains are, and how this network is reached.
KEPT = re.compile(r"^(PATH|RUSTUP_.*|PYENV_.*|PIP_.*|SSL_.*|NODE_EXTRA_CA_CERTS|.*_PROXY|.*_proxy|LANG)$")


class Failed(Exception):
    """What a step said."""


class Newcomer:
    """A home with nothing in it."""

    def __init__(self, program, home):
        self.program, self.home = program, home
        kept = {name: value for name, value in os.environ.items() if KEPT.match(name)}
        # Where rustup keeps toolchains; the caches of cargo are in the new home.
        kept.setdefault("RUSTUP_HOME", str(pathlib.Path.home() / ".rustup"))
        self.environment = {
            **kept,
            "HOME": str(home),
            "CARGO_HOME": str(home / ".cargo"),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_DATA_HOME": str(home / ".local/share"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "npm_config_cache": str(home / ".npm"),
        }
        self.steps = []

    def run(self, *words, stdin=None):
        done = subprocess.run(
            [self.program, "--lang", "en", *map(str, words)],
            cwd=self.home, env=self.environment, capture_output=True, text=True, timeout=STUCK, input=stdin,
        )
        if done.returncode != 0:
            raise Failed(f"mesinfos {' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
        return done.stdout

    @contextlib.contextmanager
    def step(self, name):
        since = time.monotonic()
        yield
        self.steps.append((name, round(time.monotonic() - since, 1)))
        print(f"  {name}: {self.steps[-1][1]} s", flush=True)

    @contextlib.contextmanager
    def beside(self, *words):
        """A command that goes on until the end of the block. Gives what it printed so far."""
        with open(self.home / "beside.log", "w+") as log:
            child = subprocess.Popen(
                [self.program, "--lang", "en", *map(str, words)],
                cwd=self.home, env=self.environment, stdout=log, stderr=log,
            )
            try:
                yield lambda: (self.home / "beside.log").read_text()
            finally:
                child.terminate()
                child.wait(30)


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def get(address, method="GET", body=None, **headers):
    request = urllib.request.Request(address, data=body, method=method, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().decode()


def until(found, what, said=lambda: ""):
    """Asks again until there is something."""
    end = time.monotonic() + STUCK
    while time.monotonic() < end:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            if value := found():
                return value
        time.sleep(0.05)
    raise Failed(f"{what}: nothing after {STUCK} s\n{said()}")


def change(home, lang):
    """Changes words in the code, as an author does."""
    file, shown = LANGUAGES[lang]
    path = home / "coffees" / file
    text = path.read_text()
    if shown not in text:
        raise Failed(f"{path} does not say {shown}")
    path.write_text(text.replace(shown, CHANGED))


def go(program, lang, files):
    """The whole way in one language. Returns the steps with their seconds, and the size of the component."""
    with tempfile.TemporaryDirectory(prefix="mesinfos-newcomer-") as folder:
        home = pathlib.Path(folder)
        me = Newcomer(program, home)
        app = home / "coffees"
        with me.step("new"):
            me.run("new", "coffees", "--lang", lang)
        with me.step("build, the first time"):
            me.run("build", "coffees", "--unsigned")
        with me.step("check"):
            me.run("check", "coffees")
        with me.step("run on a sample person"):
            view = me.run("run", app, "--sample", "famille")
            if LANGUAGES[lang][1] not in view:
                raise Failed(f"the view does not say {LANGUAGES[lang][1]}:\n{view}")
        port = free_port()
        address = f"http://localhost:{port}/?lang=en"
        with me.beside("dev", "coffees", "--port", port) as said:
            with me.step("dev, until its page shows the view"):
                until(lambda: LANGUAGES[lang][1] in get(address), "the page of dev", said)
            change(home, lang)
            with me.step("a change, until the page follows"):
                until(lambda: CHANGED in get(address), "the change", said)
        with me.step("test, all sample people, both languages"):
            me.run("test", "coffees", "--update")
            me.run("test", "coffees")
        with me.step("keys, build, signed"):
            me.run("keys", "new")
            me.run("build", "coffees")
        component = next(app.glob("target/apps/*.wasm"))
        publish(me, component, home / "server", files)
        return {"steps": me.steps, "bytes": component.stat().st_size}


def publish(me, component, data, files):
    """Sends the component to a server, where an operator publishes it and a tester runs it on their own files."""
    def token(*words):
        made = me.run("token", "create", "--json", "--data", data, *words)
        return json.loads(made)["token"]

    me.run("import", "--data", data, "--person", "camille", *files)
    ours = token("--scope", "publish", "--developer", "us", "--name", "us")
    theirs = token("--scope", "all", "--name", "operator")
    (me.home / "us.token").write_text(ours)
    port = free_port()
    with me.beside("serve", "--data", data, "--port", port) as said:
        server = f"http://127.0.0.1:{port}"
        until(lambda: get(f"{server}/api/openapi.json", Authorization=f"Bearer {theirs}"), "the server", said)
        with me.step("publish: sent, tried on every sample life"):
            sent = json.loads(me.run(
                "publish", component, "--to", server, "--token-file", me.home / "us.token", "--json"))
        if sent["state"] != "submitted":
            raise Failed(f"it was not submitted: {sent}")

        def api(path, body):
            headers = {"Authorization": f"Bearer {theirs}", "Content-Type": "application/json"}
            return json.loads(get(f"{server}{path}", "POST", json.dumps(body).encode(), **headers))

        with me.step("published by an operator, granted and run by a tester"):
            api(f"/api/releases/{sent['component']}", {"change": "published"})
            api("/api/people/camille/grants", {"app": "coffees", "component": sent["component"]})
            ran = api("/api/runs", {"app": "coffees", "person": "camille", "lang": "en"})
        if CHANGED not in json.dumps(ran):
            raise Failed(f"the tester sees another view: {ran}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--lang", action="append", choices=LANGUAGES)
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    # Only the program itself is in reach.
    with tempfile.TemporaryDirectory(prefix="mesinfos-program-") as folder:
        program = shutil.copy2(options.program, folder)
        subprocess.run([program, "personas", "--out", f"{folder}/files", "cycliste"], check=True, capture_output=True)
        files = sorted(pathlib.Path(folder, "files", "cycliste").iterdir())
        results, failed = {}, False
        for lang in options.lang or LANGUAGES:
            print(lang, flush=True)
            try:
                results[lang] = go(program, lang, files)
                steps = dict(results[lang]["steps"])
                names = ["new", "build, the first time", "check", "run on a sample person"]
                print(f"  first view after {sum(steps[name] for name in names):.1f} s; "
                      f"{results[lang]['bytes'] / 1e6:.2f} MB", flush=True)
            except (Failed, subprocess.TimeoutExpired) as why:
                failed = True
                print(f"  failed: {why}", flush=True)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))
    return failed


if __name__ == "__main__":
    sys.exit(main())
