"""Open Badges 3."""

import json

from arithmetic import utc


def read(path):
    return [(utc(it["validFrom"]).date(), it["credentialSubject"]["achievement"]["name"], it["issuer"]["name"])
            for it in json.load(open(path, encoding="utf-8"))]
