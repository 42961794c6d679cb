// The county's trust list: fetched when there is signal, believed because the root signs for it, kept for when not.
// The root is pinned at the first visit; a list older than the one held is not taken.

import { decode } from "./cbor.js";
import { hasExactly, seconds, text } from "./claims.js";
import { isSame, openOwn } from "./cose.js";
import { openCertificate } from "./credential.js";
import { fromHex, toHex } from "./ed25519.js";
import { badlyFormed } from "./refusal.js";
import { keep, kept } from "./store.js";

const ADDRESS = "/check/trust.json";

export class RootChanged extends Error {}

/** The trust of a list as the server sends it; `root` is the one that this phone has pinned. */
export async function openTrustList(list, root, now) {
  const bare = { root, revoked: new Set() };
  const certificate = await openCertificate(fromHex(list.certificate), bare, now);
  const plain = decode(await openOwn(fromHex(list.signed), certificate.key, "zhuqi/trust/1"));
  if (!hasExactly(plain, [1, 2, 3, 4, 5])) throw badlyFormed("must be a trust list");
  const named = plain.get(1), kids = plain.get(3);
  if (!(named instanceof Uint8Array) || !isSame(named, root)) throw badlyFormed("names another root");
  if (!Array.isArray(kids) || kids.some((kid) => !(kid instanceof Uint8Array))) throw badlyFormed("kids");
  const departments = plain.get(5);
  if (!(departments instanceof Map)) throw badlyFormed("departments");
  const issuedAt = seconds(plain, 4) * 1000;
  return { root, host: text(plain, 2), revoked: new Set(kids.map(toHex)), issuedAt, departments };
}

/** Ask the county anew. Throws RootChanged where its root is not the pinned one. */
export async function refreshTrust(now) {
  const reply = await fetch(ADDRESS, { cache: "no-store", credentials: "omit" });
  if (!reply.ok) throw new Error(`trust list: ${reply.status}`);
  const list = await reply.json();
  const held = await kept("trust");
  if (held && held.root !== list.root) throw new RootChanged();
  const trust = await openTrustList(list, fromHex(held ? held.root : list.root), now);
  const before = held ? await openTrustList(held, fromHex(held.root), now).catch(() => null) : null;
  if (!before || before.issuedAt <= trust.issuedAt) await keep("trust", list);
  return trust;
}

/** What this phone holds, or null where it was never online here. */
export async function heldTrust(now) {
  const held = await kept("trust");
  return held ? openTrustList(held, fromHex(held.root), now) : null;
}
