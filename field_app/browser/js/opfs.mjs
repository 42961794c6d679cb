// A file system for Emscripten whose files are sync access handles of the origin's private storage: what SQLite
// writes goes to the device, and nothing is copied as a whole.
//
// Emscripten's fdatasync never reaches a file system, so SQLite's barriers have to be made anew. Whatever is written
// to one file reaches the device before another file is touched: the log before the database that is written from it,
// the database before the log is begun anew. The end of a commit is the caller's: `settle`, then it is durable.

const ENOENT = 44;
const EIO = 29;
const ENOSPC = 51;
const EPERM = 63;
const EINVAL = 28;
const FILE = 0o100600;
const FOLDER = 0o40700;

/**
 * Mounts `folder` of the private storage at `place`; it holds the named files and no others.
 * Throws NoModificationAllowedError where another worker has one of them, QuotaExceededError where there is no room.
 */
export async function mount(FS, place, folder, names) {
  const files = await openFiles(folder, names);
  FS.mkdirTree(place);
  FS.mount({ mount: () => node(FS, files, null, '/', FOLDER) }, {}, place);
  return {
    settle: () => files.settle(),
    close() {
      files.close();
      FS.unmount(place);
    },
  };
}

async function openFiles(folder, names) {
  const root = await navigator.storage.getDirectory();
  const directory = await root.getDirectoryHandle(folder, { create: true });
  const files = new Files();
  try {
    for (const name of names) {
      const file = await directory.getFileHandle(name, { create: true });
      files.add(name, await file.createSyncAccessHandle());
    }
  } catch (error) {
    files.close();
    throw error;
  }
  return files;
}

/** The open handles, which of them exist for SQLite, and which have writes that may not be on the device yet. */
class Files {
  handles = new Map();
  existing = new Set();
  unsettled = new Set();

  add(name, handle) {
    this.handles.set(name, handle);
    if (handle.getSize() > 0) this.existing.add(name);
  }

  size(name) {
    return this.handles.get(name).getSize();
  }

  read(name, into, at) {
    return this.handles.get(name).read(into, { at });
  }

  write(name, data, at) {
    this.settle(name);
    this.unsettled.add(name);
    return this.handles.get(name).write(data, { at });
  }

  truncate(name, size) {
    this.settle(name);
    this.unsettled.add(name);
    this.handles.get(name).truncate(size);
    this.settle();
  }

  /** All but one. */
  settle(but) {
    for (const name of this.unsettled) {
      if (name !== but) {
        this.handles.get(name).flush();
        this.unsettled.delete(name);
      }
    }
  }

  close() {
    for (const handle of this.handles.values()) handle.close();
  }
}

function node(FS, files, parent, name, mode) {
  const made = FS.createNode(parent, name, mode, 0);
  made.node_ops = nodeOperations(FS, files);
  made.stream_ops = FS.isDir(mode) ? {} : streamOperations(FS, files);
  made.zhuqiTime = new Date();
  return made;
}

function nodeOperations(FS, files) {
  const forbidden = () => {
    throw new FS.ErrnoError(EPERM);
  };
  return {
    getattr: guarded(FS, (it) => attributes(it, FS.isDir(it.mode) ? 4096 : files.size(it.name))),
    setattr: guarded(FS, (it, wish) => {
      if (typeof wish.mode === 'number') it.mode = wish.mode;
      if (typeof wish.size === 'number') files.truncate(it.name, wish.size);
    }),
    lookup(parent, name) {
      if (!files.existing.has(name)) throw new FS.ErrnoError(ENOENT);
      return node(FS, files, parent, name, FILE);
    },
    mknod(parent, name, mode) {
      if (!files.handles.has(name)) throw new FS.ErrnoError(EPERM);
      files.existing.add(name);
      return node(FS, files, parent, name, mode);
    },
    unlink: guarded(FS, (parent, name) => {
      files.truncate(name, 0);
      files.existing.delete(name);
    }),
    readdir: () => ['.', '..', ...files.existing],
    rename: forbidden,
    rmdir: forbidden,
    symlink: forbidden,
  };
}

function streamOperations(FS, files) {
  return {
    open() {},
    close() {},
    read: guarded(FS, (stream, buffer, offset, length, position) =>
      files.read(stream.node.name, buffer.subarray(offset, offset + length), position)),
    write: guarded(FS, (stream, buffer, offset, length, position) =>
      files.write(stream.node.name, buffer.subarray(offset, offset + length), position)),
    fsync: guarded(FS, () => {
      files.settle();
      return 0;
    }),
    llseek(stream, offset, whence) {
      const from = [0, stream.position, files.size(stream.node.name)][whence];
      if (!(from + offset >= 0)) throw new FS.ErrnoError(EINVAL);
      return from + offset;
    },
  };
}

function attributes(it, size) {
  return {
    dev: 1,
    ino: it.id,
    mode: it.mode,
    nlink: 1,
    uid: 0,
    gid: 0,
    rdev: 0,
    size,
    atime: it.zhuqiTime,
    mtime: it.zhuqiTime,
    ctime: it.zhuqiTime,
    blksize: 4096,
    blocks: Math.ceil(size / 4096),
  };
}

/** What the browser throws would end Python; SQLite understands numbers. */
function guarded(FS, work) {
  return (...given) => {
    try {
      return work(...given);
    } catch (error) {
      if (error instanceof FS.ErrnoError) throw error;
      throw new FS.ErrnoError(error?.name === 'QuotaExceededError' ? ENOSPC : EIO);
    }
  };
}
