// Private files on a device that loses power: what was not flushed may be there, may not, or may be torn, in any order.
// It stands in for navigator.storage.getDirectory() where a test wants to cut the power at a chosen operation.
const SECTOR = 512;

class File {
  durable = new Uint8Array();
  now = new Uint8Array();
  since = []; // what was done since the last flush
}

export class FragileDevice {
  #files = new Map();
  #left = Infinity; // operations until the power goes
  #seed;

  constructor(seed) {
    this.#seed = seed;
  }

  cutAfter(operations) {
    this.#left = operations;
  }

  get isDark() {
    return this.#left <= 0;
  }

  /** The power comes back: each file is what reached it. */
  restore() {
    this.#left = Infinity;
    for (const file of this.#files.values()) {
      let image = file.durable.slice();
      for (const change of file.since) if (this.#chance() < 0.5) image = change(image, this.#chance() < 0.3);
      file.durable = image;
      file.now = image.slice();
      file.since = [];
    }
  }

  directory() {
    const handleOf = (file) => ({ createSyncAccessHandle: async () => this.#handle(file) });
    return {
      getDirectoryHandle: async () => this.directory(),
      getFileHandle: async (name) => {
        if (!this.#files.has(name)) this.#files.set(name, new File());
        return handleOf(this.#files.get(name));
      },
    };
  }

  #handle(file) {
    return {
      getSize: () => file.now.length,
      read: (into, { at }) => {
        const part = file.now.subarray(at, at + into.length);
        into.set(part);
        return part.length;
      },
      write: (data, { at }) => {
        this.#spend();
        const kept = data.slice();
        const torn = Math.floor((this.#chance() * kept.length) / SECTOR) * SECTOR;
        file.now = written(file.now, kept, at);
        file.since.push((image, isTorn) => written(image, isTorn ? kept.subarray(0, torn) : kept, at));
        return data.length;
      },
      truncate: (size) => {
        this.#spend();
        file.now = resized(file.now, size);
        file.since.push((image) => resized(image, size));
      },
      flush: () => {
        this.#spend();
        file.durable = file.now.slice();
        file.since = [];
      },
      close() {},
    };
  }

  #spend() {
    this.#left -= 1;
    if (this.#left <= 0) throw new DOMException('dark', 'InvalidStateError');
  }

  #chance() {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return this.#seed / 2 ** 32;
  }
}

function written(image, data, at) {
  const all = at + data.length > image.length ? resized(image, at + data.length) : image;
  all.set(data, at);
  return all;
}

function resized(image, size) {
  const all = new Uint8Array(size);
  all.set(image.subarray(0, size));
  return all;
}
