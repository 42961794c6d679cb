// scrypt with the parameters and the answer of the native homes (field_app/device/slow_hash.py).
import { scryptAsync } from './vendor/@noble/hashes/scrypt.js';

export function stretch(pin, salt) {
  return scryptAsync(pin, salt, { N: 2 ** 14, r: 8, p: 1, dkLen: 64 });
}
