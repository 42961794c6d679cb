// What this phone keeps: the county's trust list with the root it saw first, the sheet it opened, checks to be sent.

const NAME = "zhuqi-check", VERSION = 1;

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("kept");
      request.result.createObjectStore("waiting", { autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function within(store, mode, work) {
  const database = await open();
  try {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const result = work(transaction.objectStore(store));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    return result.result;
  } finally {
    database.close();
  }
}

export const kept = (key) => within("kept", "readonly", (store) => store.get(key));
export const keep = (key, value) => within("kept", "readwrite", (store) => store.put(value, key));
export const addWaiting = (check) => within("waiting", "readwrite", (store) => store.add(check));
export const countWaiting = () => within("waiting", "readonly", (store) => store.count());
export const dropWaiting = (key) => within("waiting", "readwrite", (store) => store.delete(key));

/** The oldest ones, as `[key, check]`. */
export async function waiting(most) {
  const [keys, checks] = await Promise.all([
    within("waiting", "readonly", (store) => store.getAllKeys(null, most)),
    within("waiting", "readonly", (store) => store.getAll(null, most)),
  ]);
  return keys.map((key, i) => [key, checks[i]]);
}
