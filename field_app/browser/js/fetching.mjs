// One request to the county's own address, with a limit of time and of size.

/**
 * {status, body}. Throws an Error named TooLarge where the answer is larger than `limit`; anything else that is
 * thrown means that no whole answer came. A redirect is not followed: it is told as status 302.
 */
export async function ask(url, method, headers, body, limit, milliseconds) {
  const answer = await fetch(url, {
    method,
    headers,
    body,
    redirect: 'manual',
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(milliseconds),
  });
  if (answer.type === 'opaqueredirect') return { status: 302, body: new Uint8Array() };
  return { status: answer.status, body: await whole(answer, limit) };
}

async function whole(answer, limit) {
  if (answer.body === null) return new Uint8Array();
  const parts = [];
  let size = 0;
  for await (const part of chunks(answer.body.getReader())) {
    size += part.length;
    if (size > limit) {
      const error = new Error(String(size));
      error.name = 'TooLarge';
      throw error;
    }
    parts.push(part);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function* chunks(reader) {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
