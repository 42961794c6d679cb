// One request to the county's own address, with a limit of time and of size.
const LEAST_BYTES_A_MILLISECOND = 8; // a photo over the slowest network that is still one

/**
 * {status, body}. Throws an Error named TooLarge where the answer is larger than `limit`; anything else that is
 * thrown means that no whole answer came. A redirect is not followed: it is told as status 302.
 * `milliseconds`: how long nothing may come; what is sent has its own time, because nobody tells how far it is.
 */
export async function ask(url, method, headers, body, limit, milliseconds) {
  const patience = new Patience(milliseconds);
  patience.begin((body?.length ?? 0) / LEAST_BYTES_A_MILLISECOND);
  try {
    const answer = await fetch(url, {
      method,
      headers,
      body,
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      signal: patience.signal,
    });
    if (answer.type === 'opaqueredirect') return { status: 302, body: new Uint8Array() };
    return { status: answer.status, body: await whole(answer, limit, patience) };
  } finally {
    patience.end();
  }
}

class Patience {
  #aborting = new AbortController();
  #timer;

  constructor(milliseconds) {
    this.milliseconds = milliseconds;
  }

  get signal() {
    return this.#aborting.signal;
  }

  begin(more = 0) {
    this.end();
    this.#timer = setTimeout(() => this.#aborting.abort(), this.milliseconds + more);
  }

  end() {
    clearTimeout(this.#timer);
  }
}

async function whole(answer, limit, patience) {
  const parts = [];
  let size = 0;
  for await (const part of chunks(answer.body?.getReader(), patience)) {
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

async function* chunks(reader, patience) {
  if (reader === undefined) return;
  try {
    for (;;) {
      patience.begin();
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
