// AES-256-GCM without waiting: WebCrypto can only be awaited, and a transaction cannot wait.
import { gcm } from './vendor/@noble/ciphers/aes.js';

export function encrypt(key, nonce, plain, associated) {
  return gcm(key, nonce, associated).encrypt(plain);
}

/** Undefined where the tag does not fit. */
export function decrypt(key, nonce, sealed, associated) {
  try {
    return gcm(key, nonce, associated).decrypt(sealed);
  } catch {
    return undefined;
  }
}
