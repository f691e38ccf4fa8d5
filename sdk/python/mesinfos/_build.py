"""Builds an app: finds what its source uses of the person's data, and makes a component that asks for that."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from ._tables import TABLES

SDK = Path(__file__).parent
_READS = ("rows", "pages")
_OTHERS = ("scope", "as_source")


class BuildError(Exception):
    """What is wrong in the author's source: file, line and remedy."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Use:
    """What is used of a category."""

    fields: set[str] = field(default_factory=set)
    reads: bool = False
    scopes: bool = False


@dataclass
class Asked:
    """What an app uses."""

    categories: dict[str, Use] = field(default_factory=dict)
    evidence: bool = False
    unused: list[str] = field(default_factory=list)
    modules: dict[str, Path] = field(default_factory=dict)

    def add(self, category: str, name: str) -> None:
        use = self.categories.setdefault(category, Use())
        if name in _READS:
            use.reads = True
        elif name == "scope":
            use.scopes = True
        elif name == "as_source":
            self.evidence = True
        elif name in TABLES[category]:
            use.fields.add(name)
            companion = TABLES[category][name][1]
            if companion is not None:
                use.fields.add(companion)


def _remedy(category: str) -> str:
    return f"name them, as in: from mesinfos.{category} import rows, …"


# Modules of this package beside those of categories.
_MODULES = ("params", "testing", "units", "view")

# Modules that reach outside, where an app has nothing.
_OUTSIDE = (
    *("aiohttp", "ftplib", "http.client", "httpx", "requests", "selenium", "smtplib", "socket", "sqlite3"),
    *("ssl", "subprocess", "urllib.request", "urllib3"),
)


def _no_field(category: str, name: str) -> str:
    near = get_close_matches(name, TABLES[category], 1)
    meant = f": did you mean {near[0]}?" if near else "."
    return f"{category} has no field {name}{meant} It has: {', '.join(TABLES[category])}"


class _Module(ast.NodeVisitor):
    """What one module of the author's binds and uses."""

    def __init__(self, path: Path, shown: str) -> None:
        self.shown = shown
        self.source = path.read_text("utf-8")
        self.tree = ast.parse(self.source, shown)
        self.fields: dict[str, tuple[str, str, int]] = {}  # name here: category, field, line
        self.spaces: dict[str, str] = {}  # name here: category
        self.used: set[tuple[str, str]] = set()
        self.named: set[str] = set()
        self.imports: list[tuple[str, list[str]]] = []
        self.problems: list[str] = []
        self.visit(self.tree)
        for name, (category, what, _) in self.fields.items():
            if name in self.named:
                self.used.add((category, what))

    def wrong(self, node: ast.stmt | ast.expr, says: str) -> None:
        line = self.source.splitlines()[node.lineno - 1].strip()
        self.problems.append(f"{self.shown}:{node.lineno}: {says}\n    {line}")

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        if node.level > 0:
            self.imports.append((module, [alias.name for alias in node.names]))
            return
        if module == "mesinfos":
            for alias in node.names:
                if alias.name in TABLES:
                    self.spaces[alias.asname or alias.name] = alias.name
            return
        category = module.removeprefix("mesinfos.")
        if category == module or category not in TABLES:
            self.known(node, module)
            self.imports.append((module, [alias.name for alias in node.names]))
            return
        for alias in node.names:
            if alias.name == "*":
                says = f"which fields of {category} are read cannot be told before it runs: {_remedy(category)}"
                self.wrong(node, says)
            elif alias.name in TABLES[category] or alias.name in _READS + _OTHERS:
                self.fields[alias.asname or alias.name] = (category, alias.name, node.lineno)
            elif not alias.name[:1].isupper():
                self.wrong(node, _no_field(category, alias.name))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            category = alias.name.removeprefix("mesinfos.")
            if category != alias.name and category in TABLES:
                self.spaces[alias.asname or alias.name] = category
            else:
                self.known(node, alias.name)
                self.imports.append((alias.name, []))

    def known(self, node: ast.stmt, module: str) -> None:
        """Refuses a module of this package that does not exist, and one that an app has no use for."""
        first, _, rest = module.partition(".")
        if first == "mesinfos" and rest and not (SDK / f"{rest}.py").is_file():
            near = get_close_matches(rest, [*TABLES, *_MODULES], 1)
            meant = f": did you mean mesinfos.{near[0]}?" if near else "."
            known = ", ".join([*TABLES, *_MODULES])
            self.wrong(node, f"there is no module mesinfos.{rest}{meant} There are: {known}")
        elif first in _OUTSIDE or module in _OUTSIDE:
            says = f"an app has no use for {module}: it has no files, no network and no other program"
            self.wrong(node, f"{says}, and reads only what it imports from mesinfos")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        category = self.spaces.get(ast.unparse(node.value))
        if category is None:
            if (whole := self.spaces.get(ast.unparse(node))) is not None:
                self.wrong(node, f"which fields of {whole} are read cannot be told before it runs: {_remedy(whole)}")
                return
            self.generic_visit(node)
        elif node.attr in TABLES[category] or node.attr in _READS + _OTHERS:
            self.used.add((category, node.attr))
        elif not node.attr[:1].isupper():
            self.wrong(node, _no_field(category, node.attr))

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.named.add(node.id)
            category = self.spaces.get(node.id)
            if category is not None:
                says = f"which fields of {category} are read cannot be told before it runs: {_remedy(category)}"
                self.wrong(node, says)

    def visit_Call(self, node: ast.Call) -> None:
        name = ast.unparse(node.func)
        if name in ("__import__", "importlib.import_module", "import_module"):
            self.wrong(node, "a module that is imported while the app runs cannot be found: use an import statement")
        self.generic_visit(node)


def asked(entry: Path) -> Asked:
    """What an app uses: that of its file, and of the files beside it that it imports."""
    folder, found, problems = entry.parent, Asked(), []
    modules: dict[str, _Module] = {}
    waiting = [(entry.stem, entry)]
    while waiting:
        name, path = waiting.pop()
        if name in modules:
            continue
        try:
            modules[name] = module = _Module(path, str(path.relative_to(folder)))
        except SyntaxError as error:
            raise BuildError([f"{path.name}:{error.lineno}: {error.msg}\n    {(error.text or '').strip()}"]) from None
        found.modules[name] = path
        problems += module.problems
        for imported, names in module.imports:
            for one in [imported, *(f"{imported}.{name}".strip(".") for name in names)]:
                beside = folder / Path(*one.split("."))
                for path in (beside.with_suffix(".py"), beside / "__init__.py"):
                    if one and path.is_file() and not beside.name == "sdk":
                        waiting.append((one, path))
    if problems:
        raise BuildError(problems)
    passed_on = {(imported, name) for module in modules.values() for imported, names in module.imports for name in names}
    for key, module in modules.items():
        for category, what in sorted(module.used):
            found.add(category, what)
        for name, (category, what, line) in module.fields.items():
            if (key, name) in passed_on or f'"{name}"' in module.source:
                found.add(category, what)
            elif name not in module.named:
                found.unused.append(f"{module.shown}:{line}: {name} is imported and not used: it is not asked for")
    for category, use in list(found.categories.items()):
        # Without a reader, no field can be read.
        if not use.reads and not use.scopes:
            del found.categories[category]
    return found


def _kebab(name: str) -> str:
    return name.removesuffix("_").replace("_", "-")


def _trimmed(text: str, use: Use) -> str:
    """An interface of a category without the functions that are not used."""
    fields = {_kebab(name) for name in use.fields} | {"next", "rows"}
    kept: list[str] = []
    docs: list[str] = []
    skipping = False
    for line in text.split("\n"):
        if line.lstrip().startswith("///"):
            docs.append(line)
            continue
        column = re.match(r"    %?([a-z0-9-]+): func\(\) -> ", line)
        skipping = skipping or (line.startswith("  resource ") and not use.reads)
        goes = (
            skipping
            or (column is not None and column[1] not in fields)
            or (line.startswith("  scope: func") and not use.scopes)
        )
        if not goes:
            kept += [*docs, line]
        if skipping and line == "  }":
            skipping = False
        docs = []
    return "\n".join(kept)


def contract(folder: Path, found: Asked) -> None:
    """Writes the part of the contract that an app uses, as WIT."""
    shutil.copytree(SDK / "wit/app", folder / "deps/app")
    (folder / "deps/data").mkdir()
    shutil.copy(SDK / "wit/data/types.wit", folder / "deps/data")
    for category, use in found.categories.items():
        text = (SDK / f"wit/data/{category}.wit").read_text("utf-8")
        (folder / f"deps/data/{category}.wit").write_text(_trimmed(text, use), "utf-8")
    imports = [f"mesinfos:data/{name}@0.1.0" for name in found.categories] + ["mesinfos:app/log@0.1.0"]
    if found.evidence:
        imports.append("mesinfos:app/evidence@0.1.0")
    world = "".join(f"  import {name};\n" for name in imports)
    text = f"package mesinfos:author;\n\nworld author {{\n{world}  export mesinfos:app/app@0.1.0;\n}}\n"
    (folder / "world.wit").write_text(text, "utf-8")


_ENTRY = '''"""What the component exports."""

from types import SimpleNamespace

from componentize_py_types import Err
from mesinfos import _guest, _host
from wit_world import exports
from wit_world.exports import app as app_types
from wit_world.imports import {imports}

_guest.prepare()

import {author} as author


def category(module):
    def scope():
        found = module.scope()
        period = (getattr(found.period, "from_", None), found.period.until)
        return SimpleNamespace(period=period, grain=found.grain.name.lower())

    return SimpleNamespace(open=lambda *bounds: module.Reader(types.Period(*bounds)), scope=scope)


_host.write = log.note
{setup}
interfaces = dict(values=values, text=text, params=params, charts=charts, view=view, app=app_types)
call_parameters, call_run = _guest.exported(author, interfaces, Err)


class App(exports.App):
    def parameters(self, lang):
        return call_parameters(lang)

    def run(self, ctx):
        return call_run(ctx)


_guest.finish()
'''


def _entry(author: str, found: Asked) -> str:
    imports = ["log", "values", "text", "params", "charts", "view", *found.categories]
    setup = [f'_host.categories["{name}"] = category({name})' for name in found.categories]
    if found.categories:
        imports.append("types")
    if found.evidence:
        imports.append("evidence")
        setup.append("_host.cite = evidence.cite")
    return _ENTRY.format(imports=", ".join(imports), author=author, setup="\n".join(setup))


def entry_of(folder: Path) -> Path:
    """The file that declares the app."""
    for name in ("app.py", "src/app.py"):
        if (folder / name).is_file():
            return folder / name
    raise BuildError([f"{folder}: there is none of app.py, src/app.py, which declares the app"])


def build(entry: Path, output: Path) -> Asked:
    """Builds the app of a file into a component."""
    found = asked(entry)
    declared = {node.name for node in ast.parse(entry.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}
    if "run" not in declared:
        raise BuildError([f"{entry.name}: it declares no function run(ctx)"])
    with tempfile.TemporaryDirectory(prefix="mesinfos-") as name:
        place = Path(name)
        contract(place / "wit", found)
        source = place / "source"
        shutil.copytree(SDK, source / "mesinfos", ignore=shutil.ignore_patterns("wit", "__pycache__", "_build.py", "__main__.py"))
        for path in found.modules.values():
            copy = source / path.relative_to(entry.parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
        (source / "mesinfos_entry.py").write_text(_entry(entry.stem, found), "utf-8")
        made = place / "component.wasm"
        command = [
            *(sys.executable, "-c", "import componentize_py, sys; sys.exit(componentize_py.script())"),
            *("--quiet", "--wit-path", str(place / "wit"), "--world", "author"),
            *("componentize", "mesinfos_entry", "--stub-wasi", "--python-path", str(source), "--output", str(made)),
        ]
        environment = {key: value for key, value in os.environ.items() if key not in ("RUST_BACKTRACE", "VIRTUAL_ENV")}
        done = subprocess.run(command, capture_output=True, text=True, cwd=source, env=environment)
        if done.returncode != 0 or not made.is_file():
            raise BuildError([f"the app cannot start:\n{_said(done.stderr or done.stdout)}"])
        shutil.copyfile(made, output)
    return found


def _said(text: str) -> str:
    """The end of a message, with the author's places."""
    lines = [re.sub(r"/\d+/", "", line) for line in text.split("Stack backtrace:")[0].strip().splitlines()]
    return "\n".join(f"    {line}" for line in lines[-12:])
