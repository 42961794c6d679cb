// What the owner is told without signal: the same three actions, and what cannot be known. The full judgement is the
// server's (sync_server/check/judge_pass.py); here only what the code itself says can count.

export const FRESH_SECONDS = 60;
const MUST_BE_FILED = ["inspection", "recheck"];
const ADVICE_OF_STATUS = {
  unreadable: "verify",
  unknown_format: "may_refuse",
  badly_formed: "may_refuse",
  unknown_key: "may_refuse",
  signature_mismatch: "may_refuse",
  unsupported: "verify",
  expired: "may_refuse",
  not_yet: "verify",
  revoked: "may_refuse",
  wrong_host: "may_refuse",
  trust_too_old: "verify",
};

/** `{advice, why}`; `sheet` is the enterprise of the own gate sheet, or null. `now` in milliseconds. */
export function judge(checked, sheet, now) {
  if (checked.status !== "valid") return { advice: ADVICE_OF_STATUS[checked.status], why: `why_${checked.status}` };
  const pass = checked.claims;
  if (checked.kind !== "pass") return { advice: "may_refuse", why: "why_unknown_format" };
  if (sheet && pass.enterprise !== sheet) return { advice: "may_refuse", why: "why_other_enterprise" };
  if (pass.verdict === "deny") return { advice: "may_refuse", why: "why_verdict_denied" };
  const mustBeFiled = MUST_BE_FILED.includes(pass.purpose);
  if (mustBeFiled && !pass.credential.licence) return { advice: "may_refuse", why: "why_officer_unlicensed" };
  if (now - Date.parse(pass.at) > FRESH_SECONDS * 1000) return { advice: "verify", why: "offline_old_code" };
  if (pass.verdict === "unverified") return { advice: "verify", why: "why_gate_unverified" };
  if (pass.verdict === "allow_then_file") return { advice: "verify", why: "offline_exception" };
  if (mustBeFiled && !pass.slip) return { advice: "verify", why: "offline_not_filed" };
  if (mustBeFiled) return { advice: "let_in", why: "offline_filed" };
  if (pass.purpose === "survey") return { advice: "let_in", why: "why_valid_survey" };
  return { advice: "let_in", why: pass.ground === "invited" ? "why_valid_invited" : "why_valid_service" };
}

/** The keys of what this check could not find out. */
export function limits(checked) {
  const pass = checked.status === "valid" ? checked.claims : null;
  const keys = ["offline_limit_portrait", "offline_limit_revoked", "offline_limit_clock"];
  if (pass?.slip) keys.push("offline_limit_filed");
  if (pass?.slip?.exception || pass?.verdict === "allow_then_file") keys.push("offline_limit_exception");
  return keys;
}
