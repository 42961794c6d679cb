// CWT claims (RFC 8392) of our envelopes, taken out by key and type; see shared_models/claims.py.

import { decode } from "./cbor.js";
import { checkPublicKey } from "./ed25519.js";
import { badlyFormed, Refusal } from "./refusal.js";

export const ISS = 1, SUB = 2, EXP = 4, NBF = 5, IAT = 6, CNF = 8, OURS = -65537;
export const EARLY_SECONDS = 120;
export const LAST_SECOND = 253402300799;
const FIRST_DAY = -719162, LAST_DAY = 2932896; // 0001-01-01 and 9999-12-31, in days since 1970

/** A claims set with exactly these keys, and these in the private claim. */
export function readClaims(payload, keys, ours = []) {
  const plain = decode(payload);
  if (!hasExactly(plain, keys)) throw badlyFormed("must be the claims of this kind");
  if (keys.includes(OURS) && !hasExactly(plain.get(OURS), ours)) throw badlyFormed("must be the claims of this kind");
  return plain;
}

export function hasExactly(plain, keys) {
  return plain instanceof Map && plain.size === keys.length && keys.every((key) => plain.has(key));
}

export function text(map, key) {
  const value = map.get(key);
  if (typeof value !== "string") throw badlyFormed(`${key} must be text`);
  return value;
}

export function optionalText(map, key) {
  return (map.get(key) ?? null) === null ? null : text(map, key);
}

export function raw(map, key, size) {
  const value = map.get(key);
  if (!(value instanceof Uint8Array) || value.length !== size) throw badlyFormed(`${key} must be ${size} bytes`);
  return value;
}

export function seconds(map, key) {
  const value = map.get(key);
  if (typeof value !== "number" || value < 0 || value > LAST_SECOND) throw badlyFormed(`${key} must be a time`);
  return value;
}

/** Days since 1970 (RFC 8943), as they are. */
export function day(map, key) {
  const value = map.get(key);
  if (typeof value !== "number" || value < FIRST_DAY || value > LAST_DAY) throw badlyFormed(`${key} must be a day`);
  return value;
}

export function texts(map, key) {
  const value = map.get(key);
  if (!Array.isArray(value) || value.some((one) => typeof one !== "string")) throw badlyFormed(`${key} must be texts`);
  return value;
}

/** A word of a closed list by its number; a number beyond the list is from a newer release. */
export function word(map, key, words) {
  const value = map.get(key);
  const isNumber = (typeof value === "number" || typeof value === "bigint") && value >= 0;
  if (!isNumber) throw badlyFormed(`${key} must be a number of the list`);
  if (value >= words.length) throw new Refusal("unsupported");
  return words[value];
}

export function optionalWord(map, key, words) {
  return (map.get(key) ?? null) === null ? null : word(map, key, words);
}

export function openWord(map, key, words) {
  const value = map.get(key);
  return typeof value === "string" && !words.includes(value) ? value : optionalWord(map, key, words);
}

/** The key that the bearer proves to hold (RFC 8747). */
export function publicKey(map) {
  const confirmation = map.get(CNF);
  if (!hasExactly(confirmation, [1])) throw badlyFormed("cnf must hold one key");
  const key = confirmation.get(1);
  if (!hasExactly(key, [1, -1, -2])) throw badlyFormed("cnf must be a COSE_Key");
  if (key.get(1) !== 1 || key.get(-1) !== 6) throw new Refusal("unsupported");
  if (!(key.get(-2) instanceof Uint8Array)) throw badlyFormed("cnf must hold the key's bytes");
  checkPublicKey(key.get(-2));
  return key.get(-2);
}

/** `now` in milliseconds, the others in seconds; valid until just before `exp`. */
export function checkTime(now, notBefore, exp) {
  if (now < (notBefore - EARLY_SECONDS) * 1000) throw new Refusal("not_yet");
  if (now >= exp * 1000) throw new Refusal("expired");
}
