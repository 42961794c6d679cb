// The page of the check without signal: the service worker shows it under the pass's own address.

import { kindOfText, verifyText } from "./codes.js";
import { digitsOfPath, readCopy } from "./copy.js";
import { canVerify } from "./ed25519.js";
import { judge, limits } from "./judge.js";
import { keepForLater, sendWaiting } from "./later.js";
import { keep, kept } from "./store.js";
import { heldTrust } from "./trust.js";

const SHEET_MS = 30 * 60 * 1000;
const TONES = { let_in: "good", verify: "care", may_refuse: "bad" };
const page = document.querySelector("[data-offline-page]");
const place = document.querySelector("[data-answer]");
const texts = JSON.parse(document.querySelector("[data-words]").textContent);
let language = "zh";

const say = (key, values = {}) => texts[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const hotline = page.dataset.hotline;

export async function runOffline() {
  language = (await kept("language").catch(() => null)) ?? "zh";
  const copied = digitsOfPath(location.pathname);
  const shown = copied === null ? await check() : { copy: readCopy(copied) };
  const draw = () => {
    document.documentElement.lang = language === "en" ? "en" : "zh-Hans-CN";
    document.title = say("offline_title");
    place.replaceChildren(...view(shown));
    const other = document.querySelector("[data-language]");
    other.textContent = language === "en" ? "中文" : "English";
    other.hidden = false;
  };
  document.querySelector("[data-language]").addEventListener("click", async () => {
    language = language === "en" ? "zh" : "en";
    draw();
    await keep("language", language);
  });
  draw();
  globalThis.addEventListener("online", () => sendWaiting().catch(() => {}));
  sendWaiting().catch(() => {});
}

/** What was brought here, and what it is worth; `problem` where nothing could be checked at all. */
async function check() {
  if (!(await canVerify())) return { problem: "offline_no_crypto" };
  const now = Date.now();
  const trust = await heldTrust(now).catch(() => null);
  if (!trust) return { problem: "offline_no_trust" };
  const { given, sheet, name } = await brought(now);
  if (given === null) return { problem: null, trust };
  const bare = given.replace(/\s/g, "");
  const text = /^[0-9]{200,}$/.test(bare) ? `https://${trust.host}/v/${bare}` : bare;
  if (/[0-9]{6}$/.test(bare) && kindOfText(text) === null && bare.length < 60) return { problem: "offline_spoken" };
  const checked = await verifyText(text, trust, now);
  if (checked.status === "valid") await keepForLater(late(text, "looked", sheet));
  return { text, sheet, name, now, trust, checked, answer: judge(checked, sheet, now) };
}

async function brought(now) {
  const opened = await kept("sheet");
  const recent = opened && now - opened.at < SHEET_MS ? opened.uscc : null, name = opened?.name;
  const path = /^\/v\/([0-9]+)$/.exec(location.pathname);
  if (path) return { given: path[1].length < 200 ? location.href : path[1], sheet: recent, name };
  const handed = JSON.parse(sessionStorage.getItem("zhuqi-given") ?? "null");
  return handed ? { given: String(handed.given), sheet: handed.sheet ?? null, name } : { given: null, sheet: recent };
}

function late(text, action, sheet) {
  return { pass_text: text, action, at: Math.floor(Date.now() / 1000), sheet: sheet ?? null };
}

function view(shown) {
  const banner = make("p", { class: "notice unsure" }, say("offline_banner"));
  const again = make("p", {}, make("a", { class: "button quiet", href: location.pathname }, say("offline_try_again")));
  const title = make("h1", {}, say("offline_title"));
  if ("copy" in shown) return [banner, copyCard(shown.copy), again];
  if (shown.problem) {
    return [title, banner, make("p", { class: "notice care", role: "alert" }, say(shown.problem, { hotline })), call(), again];
  }
  if (!shown.checked) return [title, banner, again];
  const { advice, why } = shown.answer;
  const answer = make("section", { class: `answer ${TONES[advice]}`, role: "status" }, [
    make("h1", {}, say(`advice_${advice}`)),
    make("p", { class: "why" }, say(why)),
    ...(advice === "let_in" ? [] : [call()]),
  ]);
  const claims = shown.checked.claims;
  const isOther = why === "why_other_enterprise";
  const about = claims ? [personCard(claims.credential, shown.trust), ...(isOther ? [] : [visitCard(claims, shown)])] : [];
  const asked = claims?.ground === "invited" && !isOther ? [notice("answer_asked")] : [];
  const two = claims && !isOther && ["inspection", "recheck"].includes(claims.purpose) ? [notice("answer_two")] : [];
  return [banner, answer, origin(shown), ...asked, ...about, ...two, limitsCard(shown), actsCard(shown), again];
}

function copyCard(copy) {
  if (copy === null) return mainCard("offline_copy_bad", []);
  const words = copy.words === "" ? say("offline_copy_no_words") : copy.words;
  return mainCard(`offline_copy_${copy.kind}`, [
    notice("offline_copy_lead"),
    make("p", { class: "user" }, words),
    make("p", { class: "small mono" }, copy.record),
  ]);
}

function call() {
  return make("p", {}, make("a", { class: "call", href: `tel:${hotline}` }, say("advice_verify_call", { hotline })));
}

function notice(key) {
  return make("p", { class: "notice care" }, say(key));
}

function personCard(person, trust) {
  const department = trust.departments.get(person.department) ?? person.department;
  const licence = person.licence
    ? [say("answer_licence"), " ", make("bdi", { class: "mono" }, person.licence)]
    : say("answer_no_licence");
  return card("answer_person", [
    make("p", { class: "name" }, make("bdi", {}, person.name)),
    make("p", {}, make("bdi", {}, [department, person.unit].filter(Boolean).join(" · "))),
    make("p", {}, licence),
  ]);
}

function visitCard(claims, shown) {
  const slip = claims.slip;
  const rows = [
    ["answer_names", shown.sheet === claims.enterprise && shown.name ? shown.name : claims.enterprise],
    ["answer_purpose", say(`term_${claims.purpose}`)],
    claims.ground ? ["answer_ground", say(`term_${claims.ground}`)] : null,
    ["answer_filing", slip ? slip.filing : say("answer_no_filing")],
    slip ? ["answer_window", say("answer_range", { first: slip.window[0], last: slip.window[1] })] : null,
    slip?.exception ? ["answer_exception", texts[language][`term_${slip.exception}`] ?? slip.exception] : null,
    ["answer_verdict", say(`term_${claims.verdict}`)],
  ];
  const list = make("dl", { class: "facts" });
  for (const [key, value] of rows.filter(Boolean)) {
    list.append(make("dt", {}, say(key)), make("dd", {}, make("bdi", {}, value)));
  }
  return card("answer_visit", [list]);
}

function limitsCard(shown) {
  const issued = new Date(shown.trust.issuedAt + 8 * 3600_000).toISOString().slice(0, 16).replace("T", " ");
  const items = limits(shown.checked).map((key) => make("li", {}, say(key, { issued })));
  return card("offline_limits", [make("ul", { class: "limits" }, items)]);
}

function actsCard(shown) {
  const done = make("p", { class: "small", role: "status" }, say("act_lead"));
  const actions = shown.answer.advice === "may_refuse" ? ["refused"] : ["let_in", "refused"];
  if (shown.checked.claims) actions.push("not_the_person");
  const buttons = actions.map((action) => {
    const look = action === "let_in" ? {} : { class: "bad-button" };
    const button = make("button", { type: "button", ...look }, say(`act_${action}`));
    button.addEventListener("click", async () => {
      const count = await keepForLater(late(shown.text, action, shown.sheet));
      done.textContent = [say(`acted_${action}`, { hotline }), say("offline_kept"), say("offline_waiting", { count })].join(" ");
      for (const one of buttons) one.disabled = true;
      sendWaiting().catch(() => {});
    });
    return button;
  });
  return card("act_title", [make("div", { class: "acts" }, buttons), done]);
}

function origin(shown) {
  return shown.sheet
    ? make("p", { class: "small" }, `✓ ${say("answer_from_sheet")}`)
    : make("p", { class: "notice unsure" }, say("answer_direct"));
}

function card(title, children) {
  return make("section", { class: "card" }, [make("h2", {}, say(title)), ...children]);
}

/** The card that the whole page is about. */
function mainCard(title, children) {
  return make("section", { class: "card" }, [make("h1", {}, say(title)), ...children]);
}

function make(name, attributes, children = []) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...[children].flat());
  return element;
}
