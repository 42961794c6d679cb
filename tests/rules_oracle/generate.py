"""Random valid fact objects that sit on and beside every limit of the gate.

`facts(random)` starts from a visit that may be made and spoils a few things, so that late rows are
reached as often as early ones; the dates are chosen around the day, never far from it.
"""

import datetime as dt

from .days import SHANGHAI
from .rows import ALL_REASONS

USCC = "91330326MA2ABCDE1X"
OTHER = "91330326MA2ZZZZZ9Y"
DEPARTMENTS = ["market", "fire", "Tax", "应急"]
REASONS = [*ALL_REASONS, "other", "anything", ""]
OFFSETS = [8 * 60, 8 * 60, 8 * 60, 0, -5 * 60, 14 * 60, 5 * 60 + 45, -12 * 60]
ANCHORS = [
    "2026-11-10",
    "2026-11-13",
    "2026-11-16",
    "2026-12-31",
    "2027-01-01",
    "2026-12-01",
    "2027-02-28",
    "2028-02-29",
]
CLOCKS = [(0, 0, 0), (23, 59, 59), (9, 30, 0), (7, 59, 59), (8, 0, 0), (16, 0, 0), (0, 0, 1)]


def chance(random, odds):
    return random.random() < odds


def text(date):
    return date.isoformat()


def shift(day, days):
    return text(day + dt.timedelta(days=days))


def stamp(random, day, clock, extra=dt.timedelta()):
    """A moment on `day` in Shanghai, written with some offset, now and then as Z or with fractions."""
    moment = dt.datetime.combine(day, dt.time(*clock), SHANGHAI) + extra
    zone = dt.timezone(dt.timedelta(minutes=random.choice(OFFSETS)))
    written = moment.astimezone(zone).isoformat()
    return written.replace("+00:00", "Z") if chance(random, 0.5) else written


def issued_at(random, day, clock):
    """Fresh, some days old, or ahead of the phone by about the tolerance."""
    kind = random.choice(["fresh", "fresh", "old", "ahead", "far"])
    if kind == "fresh":
        return stamp(random, day, clock, -dt.timedelta(hours=random.randint(0, 30)))
    if kind == "old":
        return stamp(random, day - dt.timedelta(days=random.randint(1, 9)), random.choice(CLOCKS))
    if kind == "ahead":
        minutes = random.choice([9, 10, 10, 11, 0, 5])
        return stamp(random, day, clock, dt.timedelta(minutes=minutes, microseconds=random.choice([-1, 0, 1])))
    return stamp(random, day + dt.timedelta(days=random.choice([-40, 3, 1])), random.choice(CLOCKS))


def calendar(random, day):
    spans = []
    for _ in range(random.choice([0, 1, 1, 2])):
        start = day + dt.timedelta(days=random.choice([-7, -6, -3, 0, 1, 7, 28]))
        spans.append([text(start), text(start + dt.timedelta(days=random.choice([0, 6, 6])))])
    near = [shift(day, n) for n in range(-8, 9)]
    made = {"protected": spans}
    if chance(random, 0.5):
        made["days_off"] = random.sample(near, random.randint(0, 5))
    if chance(random, 0.5):
        made["extra_workdays"] = random.sample(near, random.randint(0, 4))
    if chance(random, 0.6):
        made["covers_until"] = random.choice([None, shift(day, -1), text(day), shift(day, 1), shift(day, 20)])
    return made


def policy(random):
    made = {}
    for key, low in (("listed_reasons", 4), ("expost_reasons", 2), ("cap_exempt_reasons", 0), ("proof_required", 0)):
        if chance(random, 0.25):
            made[key] = random.sample(REASONS, random.randint(low, len(REASONS)))
    if chance(random, 0.2):
        made["expost_working_days"] = random.choice([0, 1, 2, 5])
    if chance(random, 0.3):
        made["merge_window_days"] = random.choice([0, 1, 2, 7, 30])
    if chance(random, 0.2):
        made["reference_max_working_days"] = random.choice([0, 1, 3, 5])
    if chance(random, 0.2):
        made["clock_tolerance_minutes"] = random.choice([0, 1, 10, 60])
    if chance(random, 0.2):
        made["min_people"] = random.choice([{}, {"survey": 2}, {"inspection": 3}, {"service": 2, "recheck": 2}])
    return made


def person(random, index, day, department):
    made = {"id": f"p{index}", "licence": f"A{index}", "department": department}
    if chance(random, 0.05):
        made["licence"] = random.choice([None, "", "A1", "p1"])
    if chance(random, 0.08):
        made["revoked"] = random.choice([True, False])
    if chance(random, 0.12):
        made["valid_from"] = random.choice([None, shift(day, -30), text(day), text(day), shift(day, 1)])
    if chance(random, 0.12):
        made["valid_until"] = random.choice([None, shift(day, -1), text(day), shift(day, 30)])
    if chance(random, 0.1):
        made["unit"] = random.choice([None, "food"])
    if chance(random, 0.05):
        made["id"] = random.choice(["p1", "P9", "a", "人"])
    if made["licence"] is None and chance(random, 0.5):
        made["id"] = random.choice(["A1", "A2"])
    return made


def people(random, day, departments):
    number = random.choice([2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 1, 0])
    return [
        person(random, i + 1, day, random.choice(departments) if chance(random, 0.93) else random.choice(DEPARTMENTS))
        for i in range(number)
    ]


def claim(random):
    if chance(random, 0.45):
        return None
    made = {"reason": random.choice(REASONS if chance(random, 0.4) else ALL_REASONS)}
    made["note"] = "smell of gas" if chance(random, 0.92) else random.choice(["", "  ", "\u3000", None])
    made["approver"] = "p9" if chance(random, 0.85) else random.choice(["", " p1 ", "p1", None, " p9\t", "q"])
    made["proof"] = "12345-881" if chance(random, 0.8) else random.choice(["", " ", None])
    for key in ("note", "approver", "proof"):
        if made[key] is None and chance(random, 0.5):
            del made[key]
    return made


def filing(random, number, day, purpose, departments):
    start = day + dt.timedelta(days=random.choice([-9, -5, -2, -1, 0, 0, 0, 1, 2, 8, 31, 32]))
    end = start + dt.timedelta(days=random.choice([0, 0, 1, 4, 9, 30]))
    made = {
        "number": number,
        "departments": list(departments),
        "purpose": purpose if chance(random, 0.93) else random.choice(["inspection", "recheck", "survey"]),
        "enterprises": [OTHER, USCC] if chance(random, 0.95) else [OTHER],
        "window": [text(start), text(end)],
        "state": "accepted" if chance(random, 0.85) else random.choice(["draft", "submitted", "returned", "withdrawn"]),
    }
    if chance(random, 0.25):
        made["departments"] = random.sample(DEPARTMENTS, random.randint(1, 4))
    if chance(random, 0.35):
        made["exception"] = random.choice([None, {"reason": random.choice(REASONS)}, {"reason": "superior"}])
    if chance(random, 0.1):
        made["merged_into"] = random.choice(["J-1", "J-10", "J-2", None])
    if chance(random, 0.3):
        made["planned_visits"], made["visits_made"] = random.choice([(1, 1), (2, 1), (2, 2), (3, 4), (1, 0)])
    return made


def filings(random, day, purpose, departments):
    numbers = random.sample(["F-1", "F-2", "F-10", "f-1", "F-1A", "备-3"], random.choice([0, 1, 1, 2, 2, 3, 5]))
    made = [filing(random, number, day, purpose, departments) for number in numbers]
    if chance(random, 0.6):
        best = filing(random, "F-0", day, purpose, departments)
        best["window"] = [shift(day, -random.randint(0, 3)), shift(day, random.randint(0, 3))]
        made.insert(random.randint(0, len(made)), best)
    return made


def counts(random):
    made = {d: random.choice([0, 1, 2, 3]) for d in random.sample(DEPARTMENTS, random.randint(0, 4))}
    caps = {d: random.choice([0, 1, 2, 3]) for d in random.sample(DEPARTMENTS, random.randint(0, 4))}
    return made, caps


def enterprise(random):
    if chance(random, 0.06):
        return None
    return {"uscc": USCC, "status": "closed" if chance(random, 0.06) else "active"}


def facts(random):
    """One valid object of `zhuqi rules gate`; optional keys are left out now and then."""
    day = dt.date.fromisoformat(random.choice(ANCHORS)) + dt.timedelta(days=random.choice([0, 0, 0, -1, 1, 2, 3]))
    clock = random.choice(CLOCKS)
    departments = random.sample(DEPARTMENTS, random.choice([1, 1, 1, 2, 3]))
    purpose = random.choice(["inspection", "inspection", "inspection", "recheck", "survey", "service"])
    filed_for = purpose if purpose != "service" else "inspection"
    made = {
        "now": stamp(random, day, clock, dt.timedelta(microseconds=random.choice([0, 0, 1]))),
        "reference_issued_at": issued_at(random, day, clock),
        "calendar": calendar(random, day),
        "policy": policy(random),
        "approvers": random.choice([None, None, ["p9"], ["p1", "p9"], [], ["q"]]),
        "enterprise": enterprise(random),
        "people": people(random, day, departments),
        "visit": {"purpose": purpose},
        "filings": filings(random, day, filed_for, departments),
    }
    if chance(random, 0.5):
        made["visit"]["ground"] = random.choice([None, "invited", "theme", "liaison"])
    given = claim(random)
    if given is not None or chance(random, 0.5):
        made["visit"]["exception"] = given
    if chance(random, 0.5):
        made["visits_this_year"], made["frequency_caps"] = counts(random)
    for key in ("calendar", "policy", "approvers", "enterprise", "filings"):
        if chance(random, 0.03):
            del made[key]
    return made
