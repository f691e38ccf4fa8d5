"""What the readers return."""

from typing import NamedTuple


class Move(NamedTuple):
    """A booking of a bank account: cents, positive is money coming in."""

    account: str
    holder: str
    day: object
    amount: int
    label: str
    means: str
    balance: int | None


class Interval(NamedTuple):
    """A reading: from `start` (UTC) for `seconds`; `milli` is milliwatt-hours."""

    start: object
    seconds: int
    milli: int


class Leg(NamedTuple):
    """A trip by one mode: `start` and `end` in UTC, `metres`; `ends` are the positions of its two ends."""

    source: str
    start: object
    end: object
    mode: str
    metres: int
    ends: tuple


class Bill(NamedTuple):
    day: object
    vendor: str
    service: str
    plan: str
    amount: int
    refund: bool


class Contract(NamedTuple):
    holder: str
    kind: str
    name: str
    start: object
    premium: int | None
    parts: int


class Call(NamedTuple):
    at: object
    kind: str
    outgoing: bool
    length: int


class Line(NamedTuple):
    product: str
    shelf: str
    family: str
    price: int
    quantity: object
    day: object


class Receipt(NamedTuple):
    id: str
    at: object
    returned: bool
    total: int
    lines: tuple


class Claim(NamedTuple):
    day: object
    kind: str
    provider: str
    charged: int
    insurer: int
    patient: int


class Instalment(NamedTuple):
    day: object
    payment: int
    principal: int
    interest: int
    insurance: int
    remaining: int


class Loan(NamedTuple):
    name: str
    lender: str
    lent: int
    rate: object
    start: object
    table: list
