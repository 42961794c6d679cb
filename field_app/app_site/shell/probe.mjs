// Tries, in a worker as the app will, whether this browser writes files of its own and says when they are on the device.
const name = `zhuqi-capability-${crypto.randomUUID()}`;

async function tryFiles() {
  const folder = await navigator.storage.getDirectory();
  const handle = await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
  try {
    handle.write(new Uint8Array([1]), { at: 0 });
    handle.flush();
    return (await handle.getSize()) === 1;
  } finally {
    handle.close();
    await folder.removeEntry(name);
  }
}

tryFiles().then((can) => self.postMessage(can), () => self.postMessage(false));
