// What the county has not yet, once more, for the service worker: it can send when the app is closed, but knows neither
// Python nor the sealed database. Sealed here as well, under a key that cannot be read out. shell/sw.js reads it.
const DATABASE = 'zhuqi-outbox';
const STORE = 'waiting';

/** `records`: envelopes, one behind the other; empty where nothing waits. */
export async function keepOutbox(records) {
  const database = await opened();
  try {
    if (records.length === 0) {
      await done(database, (store) => store.delete('records'));
      return;
    }
    const key = (await done(database, (store) => store.get('key'))) ?? (await make(database));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, records);
    await done(database, (store) => store.put({ iv, sealed }, 'records'));
  } finally {
    database.close();
  }
}

async function make(database) {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await done(database, (store) => store.put(key, 'key'));
  return key;
}

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function done(database, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, 'readwrite');
    const asked = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error);
  });
}
