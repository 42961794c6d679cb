"""A second, independent reading of the rules: plain dicts in, plain dicts out, row by row.

It is written from the words alone and shares no line with shared_models, so that a slip in either shows
as a difference. It trusts its input: what the command line refuses never comes here.
"""

import copy
import datetime as dt

from .days import add_working_days, date_of, is_protected, moment, shanghai_day, working_days_after
from .rows import MIN_PEOPLE, POLICY, ROWS, VERDICTS


def policy_of(facts):
    policy = dict(POLICY)
    given = facts.get("policy", {})
    for key in given:
        policy[key] = given[key]
    people = dict(MIN_PEOPLE)
    people.update(given.get("min_people", {}))
    policy["min_people"] = people
    return policy


def is_blank(text):
    return text is None or text.strip() == ""


def claim_unproven(claim, facts, policy):
    """Row 8, without asking whether there is a claim."""
    if is_blank(claim.get("note")) or is_blank(claim.get("approver")):
        return True
    approver = claim["approver"].strip()
    if approver in [person["id"] for person in facts["people"]]:
        return True
    approvers = facts.get("approvers")
    if approvers is not None and approver not in approvers:
        return True
    return claim["reason"] in policy["proof_required"] and is_blank(claim.get("proof"))


def walk_filings(facts, day):
    """Rows 9-13: (row or None, about, the filings that pass)."""
    text = day.isoformat()
    uscc = facts["enterprise"]["uscc"]
    such = []
    for filing in facts.get("filings", []):
        if filing["purpose"] != facts["visit"]["purpose"] or uscc not in filing["enterprises"]:
            continue
        if all(person["department"] in filing["departments"] for person in facts["people"]):
            such.append(filing)
    if not such:
        return 9, None, []
    accepted = [f for f in such if f["state"] == "accepted"]
    if not accepted:
        return 10, None, []
    unmerged = [f for f in accepted if f.get("merged_into") is None]
    if not unmerged:
        return 11, min(f["merged_into"] for f in accepted), []
    holding = [f for f in unmerged if f["window"][0] <= text <= f["window"][1]]
    if not holding:
        return 12, None, []
    left = [f for f in holding if f.get("visits_made", 0) < f.get("planned_visits", 1)]
    if not left:
        return 13, None, []
    return None, None, left


def gap_days(one, other):
    start_a, end_a = date_of(one["window"][0]), date_of(one["window"][1])
    start_b, end_b = date_of(other["window"][0]), date_of(other["window"][1])
    if end_a < start_b:
        return (start_b - end_a).days
    if end_b < start_a:
        return (start_a - end_b).days
    return 0


def other_open_filings(facts, force, day, policy):
    found = []
    for filing in facts.get("filings", []):
        if filing is force or filing["purpose"] != facts["visit"]["purpose"]:
            continue
        if facts["enterprise"]["uscc"] not in filing["enterprises"]:
            continue
        if filing["state"] != "accepted" or filing.get("merged_into") is not None:
            continue
        if filing.get("visits_made", 0) >= filing.get("planned_visits", 1):
            continue
        if date_of(filing["window"][1]) < day:
            continue
        if gap_days(filing, force) <= policy["merge_window_days"]:
            found.append(filing)
    return found


def about_people(facts, row, day):
    """The ids concerned by rows 3-5."""
    text = day.isoformat()
    found = []
    for person in facts["people"]:
        if row == 3:
            hit = not person.get("licence")  # an empty text is no number either
        elif row == 4:
            hit = bool(person.get("revoked", False))
        else:
            start, end = person.get("valid_from"), person.get("valid_until")
            hit = (start is not None and text < start) or (end is not None and text > end)
        if hit:
            found.append(person["id"])
    return found


def people_rows(facts, day, policy, hits):
    purpose = facts["visit"]["purpose"]
    if purpose in ("inspection", "recheck"):
        for row in (3, 4, 5):
            concerned = about_people(facts, row, day)
            if concerned:
                hits[row] = min(concerned)
    distinct = set()
    for person in facts["people"]:
        if person.get("licence"):
            distinct.add(("licence", person["licence"]))
        else:
            distinct.add(("id", person["id"]))
    if len(distinct) < policy["min_people"][purpose]:
        hits[6] = None


def cap_departments(facts, force):
    """Row 16: the departments whose cap is reached."""
    asked = [person["department"] for person in facts["people"]]
    if force is not None:
        asked = [force["departments"][0]]
    caps, made = facts.get("frequency_caps", {}), facts.get("visits_this_year", {})
    return [d for d in asked if d in caps and made.get(d, 0) >= caps[d]]


def time_rows(facts, day, policy, hits):
    calendar = facts.get("calendar", {})
    issued_day = shanghai_day(facts["reference_issued_at"])
    if working_days_after(issued_day, day, calendar) > policy["reference_max_working_days"]:
        hits[17] = None
    early = moment(facts["reference_issued_at"]) - moment(facts["now"])
    if early > dt.timedelta(minutes=policy["clock_tolerance_minutes"]):
        hits[18] = None
    covers = calendar.get("covers_until")
    if covers is not None and day > date_of(covers):
        hits[19] = None


def claim_rows(facts, policy, hits):
    claim = facts["visit"]["exception"]
    if claim["reason"] not in policy["listed_reasons"]:
        hits[7] = None
    if claim_unproven(claim, facts, policy):
        hits[8] = None
    passes = 7 not in hits and 8 not in hits
    if passes and facts["visit"]["purpose"] != "survey" and claim["reason"] not in policy["expost_reasons"]:
        hits[20] = None


def merge_rows(facts, force, day, policy, hits):
    others = other_open_filings(facts, force, day, policy)
    same = [f["number"] for f in others if f["departments"][0] == force["departments"][0]]
    across = [f["number"] for f in others if f["departments"][0] != force["departments"][0]]
    if same and facts["visit"]["purpose"] in ("inspection", "recheck"):
        hits[21] = min(same)
    if across:
        hits[22] = min(across)


def hits_with(facts, day, policy, filing_row, force):
    """Every row that holds with this filing in force: {row: about}."""
    purpose = facts["visit"]["purpose"]
    claim = facts["visit"].get("exception")
    enterprise = facts.get("enterprise")
    protected = is_protected(facts, day)
    hits = {}
    if enterprise is None:
        hits[1] = None
    elif enterprise["status"] == "closed":
        hits[2] = None
    people_rows(facts, day, policy, hits)
    if purpose != "service" and claim is not None:
        claim_rows(facts, policy, hits)
    if filing_row[0] is not None and purpose in ("inspection", "recheck"):
        hits[filing_row[0]] = filing_row[1]
    if purpose != "service" and protected and not (force is not None and force.get("exception") is not None):
        hits[14] = None
    if purpose == "service" and protected and facts["visit"].get("ground") is None:
        hits[15] = None
    asked = enterprise is not None and len(facts["people"]) > 0
    if asked and purpose == "inspection" and cap_departments(facts, force):
        hits[16] = min(cap_departments(facts, force))
    time_rows(facts, day, policy, hits)
    if force is not None:
        merge_rows(facts, force, day, policy, hits)
    if purpose in ("survey", "service"):
        hits[23] = None
    return hits


def lifted_rows(facts, policy, hits):
    """The rows a claim that passes 7 and 8 lifts, whether they hold or not."""
    purpose = facts["visit"]["purpose"]
    claim = facts["visit"].get("exception")
    if claim is None or purpose == "service" or 7 in hits or 8 in hits:
        return []
    if purpose == "survey":
        return [1, 2, 14, 17, 18, 19]
    if claim["reason"] not in policy["expost_reasons"]:
        return []
    rows = [1, 2, 9, 10, 11, 12, 13, 14, 17, 18, 19]
    if purpose == "inspection" and claim["reason"] in policy["cap_exempt_reasons"]:
        rows.append(16)
    return rows


def level_of(row, facts, lifted):
    if facts["visit"]["purpose"] == "service" and row in (1, 2, 17, 18, 19):
        return "info"
    if row in lifted:
        return "lifted"
    return ROWS[row][1]


def judged(facts, day, policy, filing_row, force):
    """The whole answer with this filing (or none) in force."""
    hits = hits_with(facts, day, policy, filing_row, force)
    lifted = lifted_rows(facts, policy, hits)
    carried = force.get("exception") if force is not None else None
    if carried is not None and carried["reason"] in policy["cap_exempt_reasons"]:
        lifted = [*lifted, 16]
    reasons, levels = [], {}
    for row in sorted(hits):
        levels[row] = level_of(row, facts, lifted)
        reasons.append({"code": ROWS[row][0], "level": levels[row], "clause": ROWS[row][2], "about": hits[row]})
    due = None
    if "deny" in levels.values():
        verdict = "deny"
    elif "unverified" in levels.values():
        verdict = "unverified"
    elif any(levels[row] == "lifted" for row in levels if row != 16):
        verdict = "allow_then_file"
        later = max(day, shanghai_day(facts["reference_issued_at"]))
        due = add_working_days(later, policy["expost_working_days"], facts.get("calendar", {})).isoformat()
    elif levels.get(16) == "lifted" or (is_protected(facts, day) and carried is not None):
        verdict = "allow_exception"
    else:
        verdict = "allow"
    number = force["number"] if force is not None else None
    return {"verdict": verdict, "filing": number, "post_filing_due": due, "reasons": reasons}


def decide(facts):
    """The answer of `zhuqi rules gate` to one valid object."""
    day = shanghai_day(facts["now"])
    policy = policy_of(facts)
    row, about, passing = None, None, []
    if facts.get("enterprise") is not None and facts["people"] and facts["visit"]["purpose"] != "service":
        row, about, passing = walk_filings(facts, day)
    if not passing:
        return judged(facts, day, policy, (row, about), None)
    answers = []
    for filing in passing:
        answer = judged(facts, day, policy, (None, None), filing)
        best_first = -VERDICTS.index(answer["verdict"])
        answers.append((best_first, filing["window"][1], filing["number"], answer))
    return min(answers, key=lambda found: found[:3])[3]


def next_allowed(facts):
    """The answer of `zhuqi rules next` to one valid object."""
    today = shanghai_day(facts["now"])
    allowed = []
    for ahead in range(1, 61):
        later = copy.deepcopy(facts)
        step = dt.timedelta(days=ahead)
        later["now"] = (moment(facts["now"]) + step).isoformat()
        later["reference_issued_at"] = (moment(facts["reference_issued_at"]) + step).isoformat()
        later["visit"]["exception"] = None
        if (today + step).year != today.year:
            later["visits_this_year"] = {}
        if decide(later)["verdict"] in ("allow", "allow_exception"):
            allowed.append((today + step).isoformat())
    return {"allowed": allowed}
