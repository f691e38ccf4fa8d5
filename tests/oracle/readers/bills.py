"""Bills of the MesInfos pilot; `isRefund` is money that comes back."""

import json

from arithmetic import cents, utc

from .model import Bill


def read(path):
    return [Bill(utc(it["date"]).date(), it["vendor"], it["type"].lower(), it["plan"], cents(it["amount"]),
                 it.get("isRefund", False)) for it in json.load(open(path, encoding="utf-8"), parse_float=str)]
