// What Python asks of the browser: one flat module, imported once by the worker in which Python runs.
// Bytes come in and go out as Uint8Array; "nothing" is undefined, because null has no Python twin of its own.
export { encrypt, decrypt } from './cipher.mjs';
export { decode } from './decoder.mjs';
export { verify } from './ed25519.mjs';
export { ask } from './fetching.mjs';
export { openKeys, putKeysAside } from './keys.mjs';
export { claim } from './lock.mjs';
export { keepOutbox } from './outbox.mjs';
export { mount } from './opfs.mjs';
export { scale } from './pictures.mjs';
export { stretch } from './slow_hash.mjs';
