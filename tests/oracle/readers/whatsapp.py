"""WhatsApp's text: local times; a line without a sender is from WhatsApp, not a message."""

import re
from datetime import datetime

LINE = re.compile(r"(\d+)/(\d+)/(\d+), (\d+):(\d+)\s(AM|PM) - (.*)")


def read(path):
    found = []
    for line in open(path, encoding="utf-8"):
        it = LINE.match(line)
        if it and ": " in it[7]:
            month, day, year, hour, minute = (int(part) for part in it.groups()[:5])
            found.append(datetime(2000 + year, month, day, hour % 12 + (12 if it[6] == "PM" else 0), minute))
    return found
