// From the address to the app: can this browser do it, is everything on the phone, is this the only window – then start.
import { askToPersist, examine, lookAgain, renderer } from './capabilities.mjs';
import { startFlutter } from './flutter.mjs';
import { install, watch } from './keeping.mjs';
import { startPython, tellPython } from './python.mjs';
import { button, clear, leave, showFindings, showStop, step } from './screen.mjs';
import { lines } from './texts.mjs';

const site = document.documentElement.dataset;
const READ = 'zhuqi-read-capabilities';
const SHIFT = 'zhuqi-demo-shift';
const MB = 1_000_000;
const STEPS = { start: 0.2, python: 0.5, app: 0.8 }; // a bar that moves by itself costs a frame each time
const reload = () => location.reload();

let installPrompt = null;
addEventListener('beforeinstallprompt', (event) => { event.preventDefault(); installPrompt = event; });

const isLook = new URLSearchParams(location.search).has('check');
const inMb = (bytes) => (bytes / MB).toFixed(1);
const update = { build: null, takeOver: null, visit: null, isVisitTold: null, isPutOff: false };

function drawUpdate() {
  const bar = document.getElementById('update');
  // null: the app has not said yet whether a visit is open, so none is disturbed.
  bar.hidden = update.build === null || update.visit === null || update.isPutOff;
  if (bar.hidden || update.isVisitTold === update.visit) return;
  update.isVisitTold = update.visit;
  const text = document.createElement('div');
  text.append(...lines(update.visit ? 'update_later' : 'update_ready'));
  // In a visit a word in passing that no tap can hit; afterwards a question that can be put off until the next start.
  bar.className = update.visit ? 'passing' : '';
  const putOff = button('later', () => { update.isPutOff = true; drawUpdate(); }, true);
  bar.replaceChildren(text, ...(update.visit ? [] : [putOff, button('restart', update.takeOver)]));
}

function onlyWindow() {
  return new Promise((ok) => {
    const held = () => { ok(); return new Promise(() => {}); };
    navigator.locks.request('zhuqi-app', { ifAvailable: true }, (lock) => {
      if (lock) return held();
      showStop('other_tab', 'other_tab_why', { buttons: [button('again', reload, true)] });
      navigator.locks.request('zhuqi-app', () => { clear(); step('opening'); return held(); });
      return undefined;
    });
  });
}

// The demo's day: only on this very machine, where nobody's real visits are. It stays until another one is given.
function demoShift() {
  if (!['127.0.0.1', 'localhost'].includes(location.hostname)) return 0;
  const given = new URLSearchParams(location.search).get('shift_seconds');
  if (given !== null) localStorage.setItem(SHIFT, given);
  return Math.trunc(Number(localStorage.getItem(SHIFT))) || 0;
}

async function readFindings(report) {
  if (!report.isUsable) {
    const detail = report.facts.wechat ? [] : [button('again', reload, true)];
    showFindings('stopped', report.findings.filter(({ state }) => state !== 'warn'), detail);
    return false;
  }
  if (!isLook && localStorage.getItem(READ)) return true;
  return new Promise((ok) => {
    const go = button(isLook ? 'back' : 'continue', async () => {
      localStorage.setItem(READ, '1');
      report.facts.persisted = (await askToPersist()) || report.facts.persisted;
      clear();
      step('opening');
      ok(true);
    });
    const prompt = button('install', async () => { await installPrompt.prompt(); }, true);
    showFindings('before', report.findings, installPrompt ? [go, prompt] : [go]);
  });
}

function failed(why) {
  update.visit = false; // a newer version may be what helps
  drawUpdate();
  showStop('failed', 'failed_why', { detail: `${why} · ${site.build}`, buttons: [button('again', reload)] });
}

async function keepAllFiles(isKnown) {
  const progress = (done, total) => {
    if (document.getElementById('boot-title')) return; // somebody is reading
    step('downloading', { done: inMb(done), total: inMb(total) }, done / total);
  };
  try {
    return await install(renderer(), isKnown ? () => {} : progress);
  } catch (error) {
    if (isKnown) return null; // everything is here already; a newer build comes another time
    const isFull = /quota/i.test(String(error));
    const why = isFull ? 'full' : 'no_download_why';
    showStop('no_download', why, { detail: error.message, values: { total: 60 }, buttons: [button('again', reload)] });
    return null;
  }
}

// The screen has been sent: Flutter lays it out in the next frame, and has drawn it by the one after.
function drawn(then) {
  requestAnimationFrame(() => requestAnimationFrame(then));
}

function startBoth(report) {
  performance.mark('zhuqi start');
  step('python', {}, STEPS.start);
  const { build, version } = site;
  startPython({ build, version, facts: report.facts, shift_seconds: demoShift() }, {
    failed,
    step: (name) => step(name, {}, STEPS[name]),
    shown: () => drawn(leave),
    visit: (isOpen) => { update.visit = isOpen; drawUpdate(); },
  });
  for (const topic of ['online', 'offline']) addEventListener(topic, () => tellPython(topic));
  document.addEventListener('visibilitychange', () => tellPython(document.hidden ? 'hidden' : 'visible'));
  addEventListener('pagehide', () => tellPython('leave'));
  return startFlutter(renderer());
}

function follow(registration) {
  watch(registration, (build, takeOver) => { Object.assign(update, { build, takeOver }); drawUpdate(); });
  // What waits then goes out without the app, where the browser has background sync.
  const sendLater = () => registration.sync?.register('zhuqi-records').catch(() => {});
  document.addEventListener('visibilitychange', () => { if (document.hidden) sendLater(); });
  addEventListener('offline', sendLater);
}

async function main() {
  const isKnown = !isLook && localStorage.getItem(READ) && navigator.serviceWorker?.controller;
  const report = isKnown ? await lookAgain() : await examine(site.renderers.split(' '));
  if (isKnown) {
    await onlyWindow();
    if (!report.facts.persisted) report.facts.persisted = await askToPersist();
    const started = startBoth(report);
    const registration = await keepAllFiles(true);
    if (registration !== null) follow(registration);
    return started;
  }
  const keeping = report.isUsable ? keepAllFiles(false) : null;
  if (!(await readFindings(report))) return undefined;
  const registration = await keeping;
  if (registration === null) return undefined;
  follow(registration);
  await onlyWindow();
  if (!report.facts.persisted) report.facts.persisted = await askToPersist();
  return startBoth(report);
}

main().catch((error) => failed(error.message || String(error)));
