"""What Schemathesis cannot know of the API: how a component is sent, and who and what there is.

`cargo xtask conformance` starts a server with the people "camille" and "zoe" and the app "budget", and says in the environment
where it is and where a component lies.
"""

import json
import os
import random
import urllib.request

import schemathesis
from schemathesis import GenerationMode

URL = os.environ["MESINFOS_URL"]
TOKEN = os.environ["MESINFOS_TOKEN"]

with open(os.environ["MESINFOS_APP"], "rb") as file:
    COMPONENT = file.read()


def ask(path):
    request = urllib.request.Request(URL + path, headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


KNOWN = {
    "person": "camille",
    "app": "budget",
    "receipt": ask("/api/people/camille/receipts")[0]["id"],
    "document": ask("/api/people/camille/documents")[0]["id"],
    "import": "1",
}
ERASED = "zoe"
INSTALLED = ask("/api/apps")[0]["component"]


@schemathesis.serializer("application/wasm")
def component(ctx, value):
    """Bytes as they are, and now and then a component that can be installed."""
    if isinstance(value, bytes):
        return value
    return COMPONENT if random.random() < 0.3 else str(value).encode()


@schemathesis.hook
def before_call(context, case, kwargs):
    """Puts who and what there is into half of the requests that are meant to be right."""
    parameters = case.path_parameters or {}
    is_delete = case.method.upper() == "DELETE"
    if is_delete and parameters == {"app": KNOWN["app"]}:
        parameters["app"] = "none"
    # Whoever is erased is of no use to the next request: another one is there for that.
    if is_delete and parameters.get("person") == KNOWN["person"]:
        parameters["person"] = ERASED
    mode = case.meta.generation.mode if case.meta else None
    if mode != GenerationMode.POSITIVE or random.random() < 0.5:
        return
    # The app is needed by all others: nobody uninstalls it, but only what is not there.
    if is_delete and set(parameters) == {"app"}:
        return
    for name in parameters:
        parameters[name] = KNOWN.get(name, parameters[name])
    if is_delete and "person" in parameters:
        parameters["person"] = ERASED
    if isinstance(case.body, dict):
        for name in ("person", "app"):
            if name in case.body:
                case.body[name] = KNOWN[name]
        if "component" in case.body:
            case.body["component"] = INSTALLED
