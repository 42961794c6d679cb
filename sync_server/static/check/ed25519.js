// Ed25519 by WebCrypto, after the same strict check as shared_models/suite.py: A and R canonical and not of small
// order, S < L. Without it two libraries disagree on edge cases; with it they do not.

import { badlyFormed, Refusal } from "./refusal.js";

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const Y = 2n ** 255n - 1n;
// y of the eight points of small order
const SMALL_ORDER = new Set([
  0n,
  1n,
  P - 1n,
  littleEndian(fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")),
  littleEndian(fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")),
]);
const SIBLINGS = [57, 114]; // sizes of Ed448: unsupported rather than malformed
let supported = null;

export function fromHex(hex) {
  if (typeof hex !== "string" || !/^([0-9a-f]{2})*$/i.test(hex)) throw badlyFormed("must be hexadecimal");
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether this browser can verify at all; asked once. */
export function canVerify() {
  supported ??= (async () => {
    try {
      const base = fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
      return Boolean(await crypto.subtle.importKey("raw", base, { name: "Ed25519" }, false, ["verify"]));
    } catch {
      return false;
    }
  })();
  return supported;
}

export function checkSize(bytes, size) {
  if (bytes.length === size) return;
  throw SIBLINGS.includes(bytes.length) ? new Refusal("unsupported") : badlyFormed(`must be ${size} bytes`);
}

export function checkPublicKey(key) {
  checkSize(key, 32);
  if (!isStrictPoint(key)) throw badlyFormed("key of small order or not canonical");
}

export async function verify(key, message, signature) {
  checkSize(signature, 64);
  checkPublicKey(key);
  const isCanonical = isStrictPoint(signature.subarray(0, 32)) && littleEndian(signature.subarray(32)) < L;
  if (!isCanonical || !(await verifies(key, message, signature))) throw new Refusal("signature_mismatch");
}

async function verifies(key, message, signature) {
  try {
    const known = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, known, signature, message);
  } catch (error) {
    // a key that is no point of the curve is a DataError; a browser without Ed25519 never comes here (canVerify)
    if (await canVerify()) return false;
    throw error;
  }
}

export async function kidOf(key) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", key)).subarray(0, 8);
}

export async function fingerprint(key) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", key));
}

function isStrictPoint(encoded) {
  const y = littleEndian(encoded) & Y;
  return y < P && !SMALL_ORDER.has(y);
}

function littleEndian(bytes) {
  let number = 0n;
  for (let i = bytes.length - 1; i >= 0; i -= 1) number = (number << 8n) | BigInt(bytes[i]);
  return number;
}
