// Who vouches for whom: the root for the server's key, the server for officers and filings, a phone for its pass.
// The same order of checks as shared_models/credential.py and codes.py, so that both give the same one reason.

import {
  checkTime, CNF, day, EXP, IAT, ISS, LAST_SECOND, NBF, openWord, optionalText, optionalWord, OURS, publicKey, raw,
  readClaims, seconds, SUB, text, texts, word,
} from "./claims.js";
import { openOwn } from "./cose.js";
import { kidOf, toHex } from "./ed25519.js";
import { badlyFormed, Refusal } from "./refusal.js";

const PASS_SECONDS = 300;
const SHANGHAI_SECONDS = 8 * 3600;
const PURPOSES = ["inspection", "recheck", "survey", "service"];
const GROUNDS = ["invited", "theme", "liaison"];
const VERDICTS = ["deny", "unverified", "allow_then_file", "allow_exception", "allow"];
const EXCEPTIONS = [
  "work_safety", "food_drug_safety", "environment", "emergency", "complaint", "case", "superior",
];
const KEYSTORES = ["software", "keystore", "webcrypto"];
const CERTIFICATE_KEYS = [ISS, SUB, EXP, NBF, CNF];
const CREDENTIAL_KEYS = [...CERTIFICATE_KEYS, OURS];
const SLIP_KEYS = [ISS, EXP, IAT, OURS];
const PASS_KEYS = [EXP, IAT, OURS];

export async function openCertificate(data, trust, now) {
  const claims = readClaims(await openOwn(data, trust.root, "zhuqi/certificate/1"), CERTIFICATE_KEYS);
  if (text(claims, SUB) !== "server") throw badlyFormed("sub must be the server");
  const county = text(claims, ISS), key = publicKey(claims), nbf = seconds(claims, NBF), exp = seconds(claims, EXP);
  await checkNotRevoked(key, trust);
  checkTime(now, nbf, exp);
  return { county, key, nbf, exp };
}

export async function openCredential(data, certificate, trust, now) {
  const payload = await openOwn(data, certificate.key, "zhuqi/credential/1");
  const claims = readClaims(payload, CREDENTIAL_KEYS, [1, 2, 3, 4, 5]);
  const ours = claims.get(OURS);
  const credential = {
    county: text(claims, ISS),
    officer: text(claims, SUB),
    name: text(ours, 1),
    department: text(ours, 2),
    unit: text(ours, 3),
    licence: optionalText(ours, 4),
    key: publicKey(claims),
    nbf: seconds(claims, NBF),
    exp: seconds(claims, EXP),
    keystore: word(ours, 5, KEYSTORES),
  };
  if (credential.county !== certificate.county) throw badlyFormed("credential is of another county");
  credential.kid = await checkNotRevoked(credential.key, trust);
  checkTime(now, credential.nbf, credential.exp);
  return credential;
}

export async function openPass(data, key, now, earlySeconds) {
  const claims = readClaims(await openOwn(data, key, "zhuqi/pass/1"), PASS_KEYS, [1, 2, 3, 4, 5]);
  const ours = claims.get(OURS);
  const pass = {
    record: raw(ours, 1, 32),
    purpose: word(ours, 2, PURPOSES),
    ground: optionalWord(ours, 3, GROUNDS),
    enterprise: text(ours, 4),
    verdict: word(ours, 5, VERDICTS),
    at: seconds(claims, IAT),
    exp: seconds(claims, EXP),
  };
  if (pass.exp <= pass.at || pass.exp - pass.at > PASS_SECONDS) throw badlyFormed("exp");
  if (now < (pass.at - earlySeconds) * 1000) throw new Refusal("not_yet");
  if (now > pass.exp * 1000) throw new Refusal("expired");
  return pass;
}

export async function openSlip(data, certificate, now) {
  const payload = await openOwn(data, certificate.key, "zhuqi/slip/1");
  const claims = readClaims(payload, SLIP_KEYS, [1, 2, 3, 4, 5, 6, 7]);
  const ours = claims.get(OURS);
  const slip = {
    county: text(claims, ISS),
    filing: text(ours, 1),
    purpose: word(ours, 2, PURPOSES),
    enterprise: text(ours, 3),
    window: [day(ours, 4), day(ours, 5)],
    exception: openWord(ours, 6, EXCEPTIONS),
    officers: texts(ours, 7),
    iat: seconds(claims, IAT),
    exp: seconds(claims, EXP),
  };
  checkTime(now, slip.iat, slip.exp);
  if (slip.county !== certificate.county) throw badlyFormed("slip is of another county");
  return slip;
}

export function checkSlipFits(slip, credential, pass) {
  if (slip.enterprise !== pass.enterprise || slip.purpose !== pass.purpose) throw badlyFormed("slip: another visit");
  if (!slip.officers.includes(credential.officer)) throw badlyFormed("slip is for other officers");
  if (pass.at + SHANGHAI_SECONDS > LAST_SECOND) throw badlyFormed("instant is out of range");
  const today = Math.floor((pass.at + SHANGHAI_SECONDS) / 86400);
  if (today < slip.window[0]) throw new Refusal("not_yet");
  if (today > slip.window[1]) throw new Refusal("expired");
}

async function checkNotRevoked(key, trust) {
  const kid = toHex(await kidOf(key));
  if (trust.revoked.has(kid)) throw new Refusal("revoked");
  return kid;
}
