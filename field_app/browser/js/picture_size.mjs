// How many pixels a picture says it has, before anything of it is unpacked.

/** Undefined for what is neither JPEG, PNG, WebP nor GIF. */
export function pixelsOf(image) {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  try {
    if (startsWith(image, 0, '\x89PNG')) return view.getUint32(16) * view.getUint32(20);
    if (startsWith(image, 0, 'GIF8')) return view.getUint16(6, true) * view.getUint16(8, true);
    if (startsWith(image, 0, 'RIFF') && startsWith(image, 8, 'WEBP')) return pixelsOfWebp(image, view);
    if (startsWith(image, 0, '\xff\xd8')) return pixelsOfJpeg(view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // cut off before it says
  }
  return undefined;
}

function pixelsOfJpeg(view) {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at += 1; // padding
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff || marker === 0xda) return undefined;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7);
  }
}

function pixelsOfWebp(image, view) {
  if (startsWith(image, 12, 'VP8X')) return (1 + threeBytes(view, 24)) * (1 + threeBytes(view, 27));
  if (startsWith(image, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return (1 + (bits & 0x3fff)) * (1 + ((bits >> 14) & 0x3fff));
  }
  return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff);
}

function threeBytes(view, at) {
  return view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
}

function startsWith(image, at, text) {
  return [...text].every((letter, n) => image[at + n] === letter.charCodeAt(0));
}
