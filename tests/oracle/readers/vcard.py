"""vCard 3."""

from arithmetic import utc


def read(path):
    lines = open(path, encoding="utf-8").read().splitlines()
    return [utc(line[4:]) for line in lines if line.startswith("REV:")]
