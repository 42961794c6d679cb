"""The table of the gate and the policy defaults, copied from the rules by the oracle's own hand."""

ALL_REASONS = ["work_safety", "food_drug_safety", "environment", "emergency", "complaint", "case", "superior"]
POLICY = {
    "listed_reasons": ALL_REASONS,
    "expost_reasons": [r for r in ALL_REASONS if r != "superior"],
    "cap_exempt_reasons": ["superior", "complaint", "case", "emergency"],
    "proof_required": ["complaint", "case", "superior"],
    "expost_working_days": 2,
    "merge_window_days": 30,
    "reference_max_working_days": 3,
    "clock_tolerance_minutes": 10,
}
MIN_PEOPLE = {"inspection": 2, "recheck": 2, "survey": 1, "service": 1}
# Worst first, as the page lists them.
VERDICTS = ["deny", "unverified", "allow_then_file", "allow_exception", "allow"]
# row: (code, level, clause)
ROWS = {
    1: ("enterprise_unknown", "unverified", None),
    2: ("enterprise_closed", "deny", None),
    3: ("officer_unlicensed", "deny", "处罚法42"),
    4: ("officer_revoked", "deny", "处罚法42"),
    5: ("officer_expired", "deny", "处罚法42"),
    6: ("too_few_people", "deny", "处罚法42"),
    7: ("exception_not_listed", "deny", "三.1"),
    8: ("exception_unproven", "deny", "三.1"),
    9: ("not_filed", "deny", "三.3"),
    10: ("filing_not_accepted", "deny", "三.3"),
    11: ("filing_merged", "deny", "三.3"),
    12: ("filing_outside_window", "deny", "三.3"),
    13: ("filing_used_up", "deny", "三.3"),
    14: ("service_week", "deny", "三.1"),
    15: ("service_without_ground", "deny", "三.2"),
    16: ("frequency_cap_reached", "deny", "54号"),
    17: ("reference_stale", "unverified", None),
    18: ("clock_behind", "unverified", None),
    19: ("calendar_unknown", "unverified", None),
    20: ("exception_needs_filing", "info", "三.1"),
    21: ("merge_same_department", "warn", "三.4"),
    22: ("merge_across_departments", "info", "三.4"),
    23: ("no_findings", "info", "三.4"),
}
