"""Chrome's history of Google Takeout."""

import json
from datetime import datetime, timedelta, timezone

START = datetime(1970, 1, 1, tzinfo=timezone.utc)


def read(path):
    return [START + timedelta(microseconds=it["time_usec"])
            for it in json.load(open(path, encoding="utf-8"))["Browser History"]]
