// What a scanned text is worth, judged as shared_models/codes.py does: the same twelve statuses, the same claims.

import { splitSequence } from "./cbor.js";
import { EARLY_SECONDS } from "./claims.js";
import { checkSlipFits, openCertificate, openCredential, openPass, openSlip } from "./credential.js";
import { fingerprint, toHex } from "./ed25519.js";
import { badlyFormed, Refusal } from "./refusal.js";

const MAX_TEXT = 4296;
const MAX_TRUST_AGE_MS = 7 * 86400 * 1000;
const URL_FORM = /^https:\/\/([^/?#]+)\/([a-z])\/(.*)$/isu;
const KINDS = { e: "gate", n: "enrolment", v: "pass", s: "slip", c: "credential" };
const USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** `{status, kind, claims}`; `trust` is `{root, host, revoked: Set of kids, issuedAt: ms}`, `now` in milliseconds. */
export async function verifyText(scanned, trust, now, earlySeconds = EARLY_SECONDS) {
  const kind = kindOfText(scanned);
  try {
    const claims = await open(scanned, trust, now, earlySeconds);
    if (now - trust.issuedAt > MAX_TRUST_AGE_MS) throw new Refusal("trust_too_old");
    return { status: "valid", kind, claims };
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, kind, claims: null };
    throw error;
  }
}

export function kindOfText(scanned) {
  const match = URL_FORM.exec(scanned);
  return match ? KINDS[match[2].toLowerCase()] ?? null : null;
}

async function open(scanned, trust, now, earlySeconds) {
  const { kind, rest } = readText(scanned, trust.host);
  if (kind === "gate") return readGate(rest);
  if (kind === "enrolment") return readEnrolment(rest, trust);
  const parts = splitSequence(digitsToBytes(rest), 4);
  if (kind === "pass" && parts.length === 4) return openPassParts(parts, trust, now, earlySeconds);
  if (kind === "slip" && parts.length === 2) {
    return slipClaims(await openSlip(parts[1], await openCertificate(parts[0], trust, now), now));
  }
  if (kind === "credential" && parts.length === 2) {
    return credentialClaims(await openCredential(parts[1], await openCertificate(parts[0], trust, now), trust, now));
  }
  throw badlyFormed("must hold the parts of its kind");
}

async function openPassParts([first, second, third, last], trust, now, earlySeconds) {
  const certificate = await openCertificate(first, trust, now);
  const credential = await openCredential(second, certificate, trust, now);
  const pass = await openPass(last, credential.key, now, earlySeconds);
  const isNull = third.length === 1 && third[0] === 0xf6;
  const slip = isNull ? null : await openSlip(third, certificate, now);
  if (slip) checkSlipFits(slip, credential, pass);
  return {
    credential: credentialClaims(credential),
    slip: slip && slipClaims(slip),
    record: toHex(pass.record),
    purpose: pass.purpose,
    ground: pass.ground,
    enterprise: pass.enterprise,
    verdict: pass.verdict,
    at: time(pass.at),
    expires_at: time(pass.exp),
  };
}

function readText(scanned, host) {
  // as Python's isprintable: no other separator than the space, nothing of the categories "other"
  const isPrintable = !/[\p{C}\p{Z}]/u.test(scanned.replaceAll(" ", ""));
  const length = Array.from(scanned).length;
  if (!scanned.trim() || length > MAX_TEXT || !isPrintable) throw new Refusal("unreadable");
  const match = URL_FORM.exec(scanned), kind = kindOfText(scanned);
  if (!match || !kind) throw new Refusal("unknown_format");
  if (folded(match[1]) !== folded(host)) throw new Refusal("wrong_host");
  return { kind, rest: match[3] };
}

function folded(host) {
  return host.toUpperCase().toLowerCase();
}

export function digitsToBytes(digits) {
  if (digits.length > MAX_TEXT || !/^[1-9][0-9]*$/.test(digits)) throw badlyFormed("digits");
  let hex = BigInt(digits).toString(16);
  if (hex.length % 2) hex = `0${hex}`;
  if (!hex.startsWith("01")) throw badlyFormed("must start with the byte 1");
  return Uint8Array.from(hex.slice(2).match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function readGate(rest) {
  const match = /^([0-9A-Z]{18})-([1-9][0-9]{0,3})$/.exec(rest);
  if (!match || !isUscc(match[1])) throw badlyFormed("gate");
  return { uscc: match[1], gate: Number(match[2]) };
}

/** 统一社会信用代码 with a right check character (GB 32100-2015). */
export function isUscc(code) {
  if (!/^[0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return false;
  const total = WEIGHTS.reduce((sum, weight, i) => sum + weight * USCC.indexOf(code[i]), 0);
  return USCC[(31 - (total % 31)) % 31] === code[17];
}

async function readEnrolment(rest, trust) {
  const plain = rest.normalize("NFKC").toUpperCase().replace(/[\p{Zs}\p{Cc}\p{Cf}\p{Pd}]/gu, "");
  const typed = plain.replace(/O/g, "0").replace(/[IL]/g, "1");
  const characters = Array.from(typed);
  if (characters.length !== 16 || characters.some((one) => !CROCKFORD.includes(one))) throw badlyFormed("enrolment");
  const number = characters.reduce((sum, one) => (sum << 5n) | BigInt(CROCKFORD.indexOf(one)), 0n);
  const hex = number.toString(16).padStart(20, "0").slice(10);
  const wanted = (await fingerprint(trust.root)).subarray(0, 5);
  if (hex !== toHex(wanted)) throw new Refusal("unknown_key");
  return { host: trust.host };
}

function credentialClaims(credential) {
  return {
    kid: credential.kid,
    county: credential.county,
    officer: credential.officer,
    name: credential.name,
    department: credential.department,
    unit: credential.unit,
    licence: credential.licence,
    keystore: credential.keystore,
    valid_from: time(credential.nbf),
    expires_at: time(credential.exp),
  };
}

function slipClaims(slip) {
  return {
    county: slip.county,
    filing: slip.filing,
    purpose: slip.purpose,
    enterprise: slip.enterprise,
    window: slip.window.map((day) => new Date(day * 86400_000).toISOString().slice(0, 10)),
    exception: slip.exception,
    officers: slip.officers,
    issued_at: time(slip.iat),
    expires_at: time(slip.exp),
  };
}

function time(seconds) {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

