// Photos made small by the browser itself: a new image carries no metadata over.
import { pixelsOf } from './picture_size.mjs';

const MAX_PIXELS = 100_000_000;
const QUALITY = 0.8;

/** {jpeg, width, height}; undefined for what is no picture, or far too large to open. */
export async function scale(image, maxSide) {
  if (isTooLarge(image)) return undefined;
  let opened;
  try {
    opened = await createImageBitmap(new Blob([image])); // upright, as its orientation says
  } catch {
    return undefined;
  }
  try {
    if (opened.width * opened.height > MAX_PIXELS) return undefined;
    const factor = Math.min(1, maxSide / Math.max(opened.width, opened.height));
    const width = Math.max(1, Math.round(opened.width * factor));
    const height = Math.max(1, Math.round(opened.height * factor));
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext('2d', { alpha: false });
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(opened, 0, 0, width, height);
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
    return { jpeg: new Uint8Array(await jpeg.arrayBuffer()), width, height };
  } finally {
    opened.close();
  }
}

/** By its header: a few kilobytes can unfold to gigabytes. */
export function isTooLarge(image) {
  const pixels = pixelsOf(image);
  return pixels === undefined || pixels > MAX_PIXELS;
}
