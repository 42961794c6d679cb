// The service worker from the page's side: installed before the app starts, asked for newer builds, told to take over.
const HOUR_MS = 3_600_000;
const WORDS_MS = 500;

function ask(worker, question) {
  return new Promise((answer) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => answer(event.data);
    worker.postMessage(question, [channel.port2]);
    setTimeout(() => answer(null), 5000);
  });
}

// Resolves once every file is on the phone and the worker answers for this page. Throws where the download broke off.
export async function install(renderer, onProgress) {
  const workers = navigator.serviceWorker;
  let fail;
  const failed = new Promise((_, no) => { fail = no; });
  failed.catch(() => {});
  workers.addEventListener('message', ({ data }) => {
    if (data.type === 'progress') onProgress(data.done, data.total);
    if (data.type === 'failed') fail(new Error(data.why));
  });
  const registration = await workers.register(`sw.js?renderer=${renderer}`, { scope: '/app/', updateViaCache: 'none' });
  if (!registration.active) {
    const worker = registration.installing || registration.waiting;
    const active = new Promise((ok) => worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') ok();
      // The worker's own words for why come by another way, and may come later.
      if (worker.state === 'redundant') setTimeout(fail, WORDS_MS, new Error('the download broke off'));
    }));
    await Promise.race([active, failed]);
  }
  // After a forced reload the page is not controlled: its files then come from the server, which is as well.
  return registration;
}

// Calls `onReady(build, takeOver)` when a newer build lies on the phone completely.
export function watch(registration, onReady) {
  const look = async () => {
    for (const worker of [registration.waiting, registration.active]) {
      const status = worker && (await ask(worker, 'status'));
      if (status && status.used && status.used !== status.build) {
        onReady(status.build, async () => { await ask(worker, 'take over'); location.reload(); });
        return;
      }
    }
  };
  const follow = (worker) => worker && worker.addEventListener('statechange', () => { if (worker.state === 'installed') look(); });
  registration.addEventListener('updatefound', () => follow(registration.installing));
  follow(registration.installing);
  const update = () => registration.update().then(look, () => {}); // without network there is nothing newer
  document.addEventListener('visibilitychange', () => { if (!document.hidden) update(); });
  addEventListener('online', update);
  setInterval(update, HOUR_MS);
  look();
  update();
}
