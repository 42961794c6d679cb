// The copy of a letter without signal: its words are in the code, and are shown as not compared with the county's log.

import { decode } from "./cbor.js";
import { digitsToBytes } from "./codes.js";

const KINDS = { 1: "letter", 2: "guidance", 3: "visit" };
const ID_BYTES = 32;

/** Kind, the record's id in hexadecimal and the words; null for what is no copy. */
export function readCopy(digits) {
  let plain;
  try {
    plain = decode(digitsToBytes(digits));
  } catch {
    return null;
  }
  if (!Array.isArray(plain) || plain.length !== 3) return null;
  const [kind, record, words] = plain;
  if (!KINDS[kind] || !(record instanceof Uint8Array) || record.length !== ID_BYTES || typeof words !== "string") return null;
  const hex = [...record].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { kind: KINDS[kind], record: hex, words };
}

export function digitsOfPath(path) {
  return /^\/l\/([0-9]+)$/.exec(path)?.[1] ?? null;
}
