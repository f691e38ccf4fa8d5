"""Checks what an app returns before it is handed to the host, and says where it is wrong. Otherwise the app would crash
without a word."""

import math
from collections.abc import Callable
from typing import Any

from ._shapes import SHAPES

# Makes a value of a type of the component: its interface, name, constructor, case, and parts.
Make = Callable[[str, str, str, str, list[Any]], Any]

_WHOLE = {
    "u8": (0, 2**8 - 1),
    "u32": (0, 2**32 - 1),
    "s32": (-(2**31), 2**31 - 1),
    "s64": (-(2**63), 2**63 - 1),
}


class ViewError(TypeError):
    """Where a view, a parameter or a failure is not what the contract says."""

    def __init__(self, path: str, expected: str, found: object) -> None:
        if not path and found is None:
            super().__init__("run returned nothing: return view.report(…)")
            return
        said = "nothing" if found is None else repr(found)
        super().__init__(f"{path or 'what run returned'}: {expected} is expected, {said[:60]} is there")
        self._near = False

    def within(self, name: object) -> None:
        """Names the part around what is wrong: its title stands in the source."""
        if isinstance(name, str) and name and not getattr(self, "_near", True):
            self._near = True
            self.args = (f'{self.args[0]} (in "{name}")',)


def plain(_interface: str, _name: str, made: str, case: str, parts: list[Any]) -> Any:
    """Values outside a component: of a variant, its case and what it holds."""
    if made == "enum":
        return case
    if made == "variant":
        return (case, *parts)
    return parts


def lowered(value: Any, shape: Any, path: str, make: Make) -> Any:
    """A value of a type of `view.wit`."""
    if isinstance(shape, list):
        made, part = shape
        if made == "option":
            return None if value is None else lowered(value, part, path, make)
        if made == "list":
            return _items(value, part, path, make)
        if not isinstance(value, tuple) or len(value) != len(part):
            raise ViewError(path, f"{len(part)} parts", value)
        return tuple(
            lowered(item, one, f"{path}[{at}]", make) for at, (item, one) in enumerate(zip(value, part))
        )
    if shape == "string":
        if not isinstance(value, str):
            raise ViewError(path, "a text", value)
        return value
    if shape == "bool":
        if not isinstance(value, bool):
            raise ViewError(path, "True or False", value)
        return value
    if shape == "f64":
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise ViewError(path, "a finite number", value)
        return float(value)
    if shape in _WHOLE:
        least, most = _WHOLE[shape]
        if type(value) is not int or not least <= value <= most:
            raise ViewError(path, f"a whole number from {least} to {most}", value)
        return value
    interface, made, parts = SHAPES[shape]
    if made == "list":
        return _items(value, parts, path, make)
    if made == "enum":
        if value not in parts:
            raise ViewError(path, f"one of {', '.join(parts)}", value)
        return make(interface, shape, made, value, [])
    if made == "record":
        if not isinstance(value, dict):
            raise ViewError(path, f"a {shape}", value)
        try:
            found = [
                lowered(value.get(name), part, f"{path}.{name}" if path else name, make) for name, part in parts
            ]
        except ViewError as error:
            error.within(value.get("title") or value.get("label"))
            raise
        return make(interface, shape, made, "", found)
    case = next((part for part in parts if isinstance(value, tuple) and value and part[0] == value[0]), None)
    if case is None or len(case) != len(value):
        raise ViewError(path, f"a {shape}", value)
    inner = [lowered(value[1], case[1], f"{path}.{case[0]}", make)] if len(case) > 1 else []
    return make(interface, shape, made, case[0], inner)


def _items(value: Any, shape: Any, path: str, make: Make) -> list[Any]:
    if not isinstance(value, list):
        raise ViewError(path, "a list", value)
    return [lowered(item, shape, f"{path}[{at}]", make) for at, item in enumerate(value)]
