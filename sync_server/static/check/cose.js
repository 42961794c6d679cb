// COSE_Sign1 (RFC 9052) as we write it: tagged, alg and kid protected, nothing unprotected. See shared_models/cose.py.

import { decode, itemEnd, readBytes, tagAt } from "./cbor.js";
import { checkSize, kidOf, verify } from "./ed25519.js";
import { badlyFormed, Refusal } from "./refusal.js";

const ALG = 1, CRIT = 2, KID = 4;
const UNDERSTOOD = [1, 2, 3, 4];
const EDDSA = -8;
const OTHER_COSE_TAGS = [16n, 17n, 96n, 97n, 98n];
const UTF8 = new TextEncoder();

/** The payload of an envelope signed by this key; a wrong `kid` is refused although the key would do. */
export async function openOwn(data, key, aad) {
  const { headers, unprotected, protectedBytes, payload, signature } = parse(data);
  if (data[0] !== 0xd2 || unprotected.size || headers.size !== 2 || !headers.has(KID)) throw badlyFormed("not ours");
  const kid = headers.get(KID);
  if (kid.length !== 8) throw badlyFormed("kid must be 8 bytes");
  if (!isSame(kid, await kidOf(key))) throw new Refusal("unknown_key");
  checkSize(signature, 64);
  await verify(key, toBeSigned(protectedBytes, payload, UTF8.encode(aad)), signature);
  return payload;
}

function parse(data) {
  let position = afterTag(data);
  if (data[position] !== 0x84) throw badlyFormed("must be a list of four");
  let protectedBytes, unprotected, payload, signature;
  [protectedBytes, position] = readBytes(data, position + 1);
  [unprotected, position] = readMap(data, position);
  [payload, position] = readBytes(data, position);
  [signature, position] = readBytes(data, position);
  if (position !== data.length) throw badlyFormed("bytes follow the envelope");
  const headers = protectedBytes.length ? decode(protectedBytes) : new Map();
  if (!(headers instanceof Map)) throw badlyFormed("protected must be a map");
  checkKid(headers);
  if (headers.has(CRIT)) checkCritical(headers.get(CRIT), headers);
  if (unprotected.size) checkUnprotected(unprotected, headers);
  if (!headers.has(ALG) || headers.get(ALG) !== EDDSA) throw new Refusal("unsupported");
  return { headers, unprotected, protectedBytes, payload, signature };
}

function afterTag(data) {
  if (data[0] === 0xd2) return 1;
  const tag = tagAt(data, 0);
  if (tag === null) return 0;
  if (tag === 18n || OTHER_COSE_TAGS.includes(tag)) throw badlyFormed("not a COSE_Sign1 in canonical form");
  throw new Refusal("unsupported");
}

function readMap(data, position) {
  if (data[position] === 0xa0) return [new Map(), position + 1];
  const end = itemEnd(data, position);
  const value = decode(data.subarray(position, end));
  if (!(value instanceof Map)) throw badlyFormed("unprotected must be a map");
  return [value, end];
}

function checkKid(headers) {
  if (headers.has(KID) && !(headers.get(KID) instanceof Uint8Array)) throw badlyFormed("kid must be bytes");
}

function checkCritical(critical, headers) {
  const isList = Array.isArray(critical) && critical.length > 0;
  if (!isList || critical.some((label) => !["number", "bigint", "string"].includes(typeof label))) {
    throw badlyFormed("crit must be a list of labels");
  }
  for (const label of critical) {
    if (!UNDERSTOOD.includes(label)) throw new Refusal("unsupported");
    if (!headers.has(label)) throw badlyFormed("crit names a header that is not there");
  }
}

function checkUnprotected(unprotected, headers) {
  if (unprotected.has(CRIT)) throw badlyFormed("crit must be protected");
  for (const key of headers.keys()) if (unprotected.has(key)) throw badlyFormed("repeats a protected header");
  checkKid(unprotected);
}

/** The Sig_structure of RFC 9052, 4.4. */
function toBeSigned(protectedBytes, payload, aad) {
  const parts = [Uint8Array.of(0x84, 0x6a), UTF8.encode("Signature1")];
  for (const bytes of [protectedBytes, aad, payload]) parts.push(bytesHead(bytes.length), bytes);
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

function bytesHead(length) {
  if (length < 24) return Uint8Array.of(0x40 | length);
  if (length < 1 << 8) return Uint8Array.of(0x58, length);
  if (length < 1 << 16) return Uint8Array.of(0x59, length >> 8, length & 255);
  return Uint8Array.of(0x5a, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255);
}

export function isSame(one, other) {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
