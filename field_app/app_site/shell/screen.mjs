// The page before the app: steps, findings, refusals. Drawn without any framework, because it also speaks when all else fails.
import { lines } from './texts.mjs';

const boot = document.getElementById('boot');
const body = document.getElementById('boot-body');

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.assign(made, attributes);
  made.append(...children);
  return made;
}

export function button(key, onTap, isPlain = false) {
  const made = element('button', { type: 'button', id: `do-${key}`, className: isPlain ? 'plain' : '' }, ...lines(key).slice(0, 1));
  made.append(' ', ...lines(key).slice(1));
  made.addEventListener('click', onTap);
  return made;
}

export function step(key, values, share = null) {
  let text = document.getElementById('boot-step');
  if (!text) {
    text = element('p', { id: 'boot-step' });
    text.setAttribute('role', 'status');
    const bar = element('progress', { id: 'boot-progress' });
    bar.setAttribute('aria-label', '正在打开 · opening');
    body.append(text, bar);
  }
  text.replaceChildren(...lines(key, values));
  const bar = document.getElementById('boot-progress');
  if (share === null) bar.removeAttribute('value');
  else bar.value = share;
}

export function clear() {
  body.replaceChildren();
}

export function showFindings(title, findings, buttons) {
  const marks = { good: '✓', warn: '!', bad: '✗' };
  const item = ({ key, state }) => element('li', { className: state, id: `can-${key}` },
    element('b', { ariaHidden: 'true', textContent: marks[state] }), element('div', {}, ...lines(key)));
  const good = findings.filter(({ state }) => state === 'good');
  const others = findings.filter(({ state }) => state !== 'good').sort((a, b) => a.state.localeCompare(b.state));
  const rest = element('details', { open: others.length === 0 },
    element('summary', {}, ...lines('all_good', { count: good.length })), element('ul', {}, ...good.map(item)));
  const told = others.length ? [element('ul', {}, ...others.map(item))] : [];
  body.replaceChildren(element('p', { id: 'boot-title' }, ...lines(title)), ...told, rest, element('div', { className: 'row' }, ...buttons));
}

// `detail` is for whoever helps: an address, an error's own words.
export function showStop(title, why, { detail = '', buttons = [], values = {} } = {}) {
  boot.hidden = false;
  boot.style.display = '';
  const parts = [element('h2', { id: 'boot-title' }, ...lines(title)), element('p', {}, ...lines(why, values))];
  if (detail) parts.push(element('p', {}, element('code', { textContent: detail })));
  body.replaceChildren(...parts, element('div', { className: 'row' }, ...buttons));
}

export function leave() {
  boot.style.display = 'none';
}
