"""The oracle's own reading of first offence, no penalty (section 5)."""


def spare(case):
    """The answer of `zhuqi rules leniency` to one valid object."""
    grave = case["serious"] or case["harm"] == "serious"
    refused = case["correction"] == "refused"
    provisional = False
    if case["fault_disproved"]:
        outcome, basis, needs = "no_penalty_no_fault", "处罚法33.2", ["education"]
        if grave:
            needs = ["education", "legal_review", "collective_decision"]
    elif grave:
        outcome, basis = "case", "处罚法57,58"
        needs = ["discretion_standard", "legal_review", "collective_decision"]
    elif not refused and case["minor"] and case["harm"] == "none":
        outcome, basis, needs = "no_penalty_minor", "处罚法33.1前", ["commitment_letter", "education"]
        if case["correction"] == "pledged":
            needs, provisional = [*needs, "recheck"], True
    elif not refused and case["harm"] in ("none", "slight") and case["first_offence"] in (True, None):
        outcome, basis = "no_penalty_first", "处罚法33.1后"
        needs = ["commitment_letter", "education", "department_decision"]
        if case["correction"] == "pledged":
            needs, provisional = [*needs, "recheck"], True
        if case["first_offence"] is None:
            needs, provisional = [*needs, "server_confirmation"], True
    else:
        outcome, basis, needs = "case", "处罚法5", ["discretion_standard"]
    return {"outcome": outcome, "basis": basis, "needs": needs, "provisional": provisional}
