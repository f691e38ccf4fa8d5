"""The three computations as SQL over Parquet, in DuckDB.

A line `budget`, `profile` or `plans` on the standard input makes one timed run: execute and fetch,
on a connection that is open.

    python duck.py FOLDER        with budget.json, profile.json and plans.json in it
"""

import json
import sys
import time

import duckdb

folder = sys.argv[1]
con = duckdb.connect()
# As everybody else here: one thread.
con.execute("SET threads = 1")

COLUMNS = {
    "budget": "DATE '1970-01-01' + booked_on::INTEGER AS day, amount::BIGINT AS amount, "
    "kind::UTINYINT AS kind, label",
    "profile": "start::BIGINT AS start, utc_offset::BIGINT AS utc_offset, "
    "duration::BIGINT AS duration, energy::BIGINT AS energy",
    "plans": '"at"::BIGINT AS started, utc_offset::BIGINT AS utc_offset, service::UTINYINT AS service, '
    "direction::UTINYINT AS direction, duration::BIGINT AS duration, messages::BIGINT AS messages",
}
for name, columns in COLUMNS.items():
    con.execute(
        f"COPY (SELECT {columns} FROM read_json('{folder}/{name}.json', format = 'array', "
        f"maximum_object_size = 100000000)) TO '{folder}/{name}.parquet' (FORMAT parquet)"
    )

MONTH = "(year({0}) - 1970) * 12 + month({0}) - 1"

BUDGET_MONTHS = f"""
    SELECT {MONTH.format("day")} AS m,
           {", ".join(f"coalesce(sum(-amount) FILTER (amount < 0 AND least(kind, 4) = {k}), 0)::BIGINT" for k in range(5))},
           coalesce(sum(amount) FILTER (amount >= 0), 0)::BIGINT
    FROM '{folder}/budget.parquet' GROUP BY m ORDER BY m"""

BUDGET_RECURRING = f"""
    SELECT trim(l), mean FROM (
        SELECT translate(label, '0123456789', '') AS l, count(*) AS n, sum(-amount)::BIGINT // count(*) AS mean,
               count(DISTINCT {MONTH.format("day")}) AS months, max(-amount) AS most, min(-amount) AS least
        FROM '{folder}/budget.parquet' WHERE amount < 0 GROUP BY l)
    WHERE n >= 3 AND months = n AND trim(l) <> ''
      AND greatest(most - mean, mean - least) * 100 <= mean * 15
    ORDER BY mean DESC, trim(l) LIMIT 30"""

PROFILE_SLOTS = f"""
    SELECT (start + utc_offset * 60) % 86400 // 1800 AS slot,
           sum(energy)::BIGINT * 3600 // 1000 // sum(duration)::BIGINT
    FROM '{folder}/profile.parquet' GROUP BY slot ORDER BY slot"""

PROFILE_DAYS = f"""
    SELECT count(*), min(e) // 1000, max(e) // 1000 FROM (
        SELECT (start + utc_offset * 60) // 86400 AS d, sum(energy)::BIGINT AS e
        FROM '{folder}/profile.parquet' GROUP BY d)"""

PLANS_MONTHS = f"""
    SELECT m, (coalesce(sum(duration) FILTER (service = 0), 0)::BIGINT + 59) // 60 AS minutes,
           coalesce(sum(coalesce(messages, 1)) FILTER (service IN (1, 2)), 0)::BIGINT AS messages
    FROM (SELECT {MONTH.format("local")} AS m, duration, service, messages
          FROM (SELECT *, make_timestamp((started + utc_offset * 60) * 1000000) AS local
                FROM '{folder}/plans.parquet' WHERE direction = 1))
    GROUP BY m ORDER BY m"""

ALL = 2**62
PLANS_COSTS = f"""
    WITH used AS ({PLANS_MONTHS}),
         plans(plan, monthly, minutes, messages, minute, message) AS (VALUES
            (0, 299, 120, 100, 5, 5), (1, 599, 300, {ALL}, 5, 0),
            (2, 899, 600, {ALL}, 5, 0), (3, 1299, {ALL}, {ALL}, 0, 0))
    SELECT sum(plans.monthly + greatest(used.minutes - plans.minutes, 0) * plans.minute
               + greatest(used.messages - plans.messages, 0) * plans.message)::BIGINT * 12 // count(*)
    FROM used, plans GROUP BY plan ORDER BY plan"""


def rows(sql):
    return con.execute(sql).fetchall()


def budget():
    months, recurring = rows(BUDGET_MONTHS), rows(BUDGET_RECURRING)
    numbers = [sum(month[-1] for month in months)]
    for month in months:
        numbers.extend(month[:-1])
    numbers.extend(mean for _, mean in recurring)
    return numbers, [label for label, _ in recurring]


def profile():
    slots, days = rows(PROFILE_SLOTS), rows(PROFILE_DAYS)
    return [watts for _, watts in slots] + list(days[0]), []


def plans():
    months, costs = rows(PLANS_MONTHS), [cost for (cost,) in rows(PLANS_COSTS)]
    return [value for month in months for value in month] + costs + [costs.index(min(costs))], []


for line in sys.stdin:
    work = {"budget": budget, "profile": profile, "plans": plans}[line.strip()]
    started = time.perf_counter()
    numbers, texts = work()
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "numbers": numbers, "texts": texts}), flush=True)
