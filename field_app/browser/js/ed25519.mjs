// Ed25519 verification without waiting, accepting exactly what OpenSSL accepts after the strict check that
// shared_models/suite.py makes first: the equation is compared without the cofactor, byte by byte.
import { edwards } from './vendor/@noble/curves/abstract/edwards.js';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const Point = edwards({
  p: P,
  n: L,
  h: 8n,
  a: P - 1n,
  d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
  Gx: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
  Gy: 0x6666666666666666666666666666666666666666666666666666666666666658n,
});
const KEPT = 64;
const known = new Map(); // keys by their hexadecimal text: a phone meets few, and each of them often

/** `digest`: SHA-512 of R, key and message. */
export function verify(key, signature, digest) {
  const a = keyPoint(key);
  const s = little(signature.subarray(32));
  if (a === undefined || s >= L) return false;
  const k = little(digest) % L;
  const found = Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k)).toBytes();
  return found.every((byte, at) => byte === signature[at]);
}

function keyPoint(key) {
  const name = hex(key);
  if (known.has(name)) return known.get(name);
  let point;
  try {
    point = Point.fromBytes(key);
  } catch {
    point = undefined; // no point of the curve
  }
  if (known.size >= KEPT) known.delete(known.keys().next().value);
  known.set(name, point);
  return point;
}

function little(bytes) {
  return BigInt('0x' + hex(Uint8Array.from(bytes).reverse()));
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
