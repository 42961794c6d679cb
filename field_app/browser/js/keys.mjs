// The phone's keys, made here and kept by the browser in IndexedDB. None of them can be read out: the signing key
// signs, and the data key's only use is HMAC, which makes the two working keys of the sealed database (as
// field_app/device/key_file.py makes them from a data key in a file). Those two are in memory while the phone is open.
const DATABASE = 'zhuqi-phone';
const STORE = 'phones';
const CURRENT = 'current';

/** Made where there are none. Throws an Error whose name is NoKeystore, StorageBroken or QuotaExceededError. */
export async function openKeys(sealPurpose, indexPurpose) {
  const database = await opened();
  try {
    const entry = (await read(database)) ?? (await make(database));
    if (!isWhole(entry)) throw named('StorageBroken', 'the kept keys are not ours');
    return {
      publicKey: entry.publicKey,
      folder: entry.folder,
      sealKey: await derived(entry.data, sealPurpose),
      indexKey: await derived(entry.data, indexPurpose),
      sign: async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', entry.signing, message)),
    };
  } finally {
    database.close();
  }
}

/** One transaction: from then on the next phone here is a new one, and this one is found under `name`. */
export async function putKeysAside(name) {
  const database = await opened();
  try {
    const entry = await read(database);
    await done(database, 'readwrite', (store) => {
      store.put(entry, name);
      store.delete(CURRENT);
    });
  } finally {
    database.close();
  }
}

async function make(database) {
  let entry;
  try {
    const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    const data = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    entry = { signing: pair.privateKey, data, publicKey, folder: `phone-${crypto.randomUUID()}` };
  } catch (error) {
    throw named('NoKeystore', error);
  }
  try {
    await done(database, 'readwrite', (store) => store.put(entry, CURRENT));
  } catch (error) {
    throw error?.name === 'DataCloneError' ? named('NoKeystore', error) : error;
  }
  const kept = await read(database); // some private windows forget at once
  if (!isWhole(kept)) throw named('NoKeystore', 'what was kept cannot be read');
  return kept;
}

function isWhole(entry) {
  return (
    entry?.signing instanceof CryptoKey &&
    entry.data instanceof CryptoKey &&
    entry.publicKey?.length === 32 &&
    typeof entry.folder === 'string'
  );
}

async function derived(key, purpose) {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, purpose));
}

function opened() {
  return new Promise((resolve, reject) => {
    let asked;
    try {
      asked = indexedDB.open(DATABASE, 1);
    } catch (error) {
      reject(named('NoKeystore', error));
      return;
    }
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(named('StorageBroken', asked.error));
    asked.onblocked = () => reject(named('StorageBroken', 'blocked'));
  });
}

function read(database) {
  return done(database, 'readonly', (store) => store.get(CURRENT));
}

function done(database, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode, { durability: 'strict' });
    const asked = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onabort = () => reject(transaction.error ?? named('StorageBroken', 'aborted'));
  });
}

function named(name, reason) {
  const error = new Error(String(reason?.message ?? reason));
  error.name = name;
  return error;
}
