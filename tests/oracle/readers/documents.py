"""Files of a Cozy."""

import json

from arithmetic import utc


def read(path):
    return [utc(it["created_at"]) for it in json.load(open(path, encoding="utf-8"))]
