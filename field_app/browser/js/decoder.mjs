// QR codes by zxing, loaded from our own site at the first picture.
import { isTooLarge } from './pictures.mjs';

let reader;

/** The code's text; undefined where there is none, or where this is no picture. */
export async function decode(image) {
  if (isTooLarge(image)) return undefined;
  reader ??= load().catch((error) => {
    reader = undefined; // the next picture tries again
    throw error;
  });
  const read = await reader;
  let found;
  try {
    found = await read(image, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 });
  } catch {
    return undefined;
  }
  return found.find((one) => one.isValid && one.text !== '')?.text;
}

async function load() {
  const zxing = await import('./vendor/zxing-wasm/dist/es/reader/index.js');
  const wasm = new URL('./vendor/zxing-wasm/dist/reader/', import.meta.url).href;
  await zxing.prepareZXingModule({ overrides: { locateFile: (name) => wasm + name }, fireImmediately: true });
  return zxing.readBarcodes;
}
