// Deterministic CBOR (RFC 8949, 4.2.1), read as strictly as shared_models/cbor.py does: one value, one encoding.
// Integers are numbers, or BigInt beyond 2^53; maps are Map; bytes are Uint8Array.

import { badlyFormed } from "./refusal.js";

const BYTES = 2, TEXT = 3, LIST = 4, MAP = 5, TAG = 6, SIMPLE = 7;
const MAX_DEPTH = 16;
const MAX_INT = 2n ** 63n - 1n;
const LEAST = [0n, 24n, 1n << 8n, 1n << 16n, 1n << 32n]; // the least argument of each size of head
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Major type, argument (BigInt), the position after the head, and the head's size class. */
function readHead(data, position) {
  if (position >= data.length) throw badlyFormed("ends too early");
  const major = data[position] >> 5, short = data[position] & 31;
  position += 1;
  if (short < 24) return { major, argument: BigInt(short), end: position, size: 0 };
  if (short > 27) throw badlyFormed("indefinite length or reserved");
  const size = short - 23, end = position + (1 << (size - 1));
  if (end > data.length) throw badlyFormed("ends too early");
  let argument = 0n;
  for (const byte of data.subarray(position, end)) argument = (argument << 8n) | BigInt(byte);
  return { major, argument, end, size };
}

/** Where the item that begins at `start` ends; looks at heads and lengths only. */
export function itemEnd(data, start) {
  const open = [1];
  let position = start;
  while (open.length) {
    if (open[open.length - 1] === 0) {
      open.pop();
      continue;
    }
    open[open.length - 1] -= 1;
    const head = readHead(data, position);
    position = head.end;
    if (head.major === BYTES || head.major === TEXT || head.major === LIST || head.major === MAP) {
      // each child takes at least one byte
      if (head.argument > BigInt(data.length)) throw badlyFormed("ends too early");
    }
    const argument = Number(head.argument);
    if (head.major === BYTES || head.major === TEXT) position += argument;
    else if (head.major === LIST || head.major === MAP || head.major === TAG) {
      if (open.length > MAX_DEPTH + 2) throw badlyFormed("nested too deeply");
      open.push(head.major === TAG ? 1 : head.major === MAP ? 2 * argument : argument);
    }
    if (position > data.length) throw badlyFormed("ends too early");
  }
  return position;
}

/** The bytes of each item of a CBOR sequence (RFC 8742), unread. */
export function splitSequence(data, maxItems) {
  const items = [];
  let start = 0;
  while (start < data.length) {
    if (items.length === maxItems) throw badlyFormed("too many items");
    const end = itemEnd(data, start);
    items.push(data.subarray(start, end));
    start = end;
  }
  return items;
}

/** The canonical byte string at `position`, and the position after it. */
export function readBytes(data, position) {
  const head = readHead(data, position);
  if (head.major !== BYTES || head.argument < LEAST[head.size]) throw badlyFormed("must be a byte string");
  const end = head.end + Number(head.argument);
  if (end > data.length) throw badlyFormed("ends too early");
  return [data.subarray(head.end, end), end];
}

/** The tag number at `position`, or null where there is none. */
export function tagAt(data, position) {
  const head = readHead(data, position);
  return head.major === TAG ? head.argument : null;
}

/** The value of exactly one item. */
export function decode(data) {
  const [value, end] = readItem(data, 0, 0);
  if (end !== data.length) throw badlyFormed("bytes follow the item");
  return value;
}

function readItem(data, position, depth) {
  const head = readHead(data, position);
  if (head.argument < LEAST[head.size]) throw badlyFormed("not the canonical encoding");
  const { major, argument, end } = head;
  if (major === SIMPLE) return [simple(head), end];
  if (major < BYTES) return [integer(major, argument), end];
  if (major === TAG) throw badlyFormed("tags are not allowed");
  if (argument > BigInt(data.length)) throw badlyFormed("ends too early");
  const size = Number(argument);
  if (major === BYTES || major === TEXT) {
    if (end + size > data.length) throw badlyFormed("ends too early");
    const bytes = data.subarray(end, end + size);
    return [major === BYTES ? bytes : text(bytes), end + size];
  }
  if (depth === MAX_DEPTH) throw badlyFormed("nested too deeply");
  return major === LIST ? readList(data, end, size, depth + 1) : readMap(data, end, size, depth + 1);
}

function readList(data, position, size, depth) {
  const list = [];
  for (let i = 0; i < size; i += 1) {
    let value;
    [value, position] = readItem(data, position, depth);
    list.push(value);
  }
  return [list, position];
}

function readMap(data, position, size, depth) {
  const map = new Map();
  let last = null;
  for (let i = 0; i < size; i += 1) {
    const start = position;
    let key, value;
    [key, position] = readItem(data, position, depth);
    if (typeof key !== "number" && typeof key !== "bigint" && typeof key !== "string") throw badlyFormed("map key");
    const encoded = data.subarray(start, position);
    if (last !== null && !isBefore(last, encoded)) throw badlyFormed("map keys out of order");
    last = encoded;
    [value, position] = readItem(data, position, depth);
    map.set(key, value);
  }
  return [map, position];
}

/** Bytewise, as RFC 8949 sorts the encodings of keys. */
function isBefore(one, other) {
  const common = Math.min(one.length, other.length);
  for (let i = 0; i < common; i += 1) if (one[i] !== other[i]) return one[i] < other[i];
  return one.length < other.length;
}

function integer(major, argument) {
  if (argument > MAX_INT) throw badlyFormed("more than 64 bits");
  const value = major === 0 ? argument : -1n - argument;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function simple(head) {
  if (head.size === 0 && head.argument >= 20n && head.argument <= 22n) {
    return head.argument === 22n ? null : head.argument === 21n;
  }
  throw badlyFormed("not CBOR of the allowed kinds");
}

function text(bytes) {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw badlyFormed("not UTF-8");
  }
}
