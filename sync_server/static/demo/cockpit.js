// The cockpit's switches. Everything is asked of the demo's own server; the phones and the desk are the real ones.
const token = document.body.dataset.token;
const zh = document.body.dataset.lang === "zh";
const notice = document.getElementById("notice");
const desk = document.getElementById("desk");
let hush;

function say(text) {
  notice.textContent = text;
  clearTimeout(hush);
  hush = setTimeout(() => { notice.textContent = ""; }, 6000);
}

const frameOf = (phone) => document.querySelector(`iframe[data-phone="${phone}"]`);

// While the app as a page is in the frame, the switches of the other one's process do nothing.
function swap(phone, isPage) {
  const switches = frameOf(phone).closest(".phone").querySelector(".switches");
  for (const one of switches.querySelectorAll("input, [data-press]")) one.disabled = isPage;
  for (const [press, isHidden] of [["app", isPage], ["device", !isPage]]) {
    const button = switches.querySelector(`[data-press="${press}:${phone}"]`);
    button.hidden = isHidden;
    button.disabled = false;
  }
}

async function ask(method, path, body) {
  const reply = await fetch(`/cockpit/${path}`, {
    method,
    headers: { "content-type": "application/json", "x-cockpit-token": token },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Error(answer.detail || answer.code || reply.statusText);
  return answer;
}

const acts = {
  async day(where) {
    const day = (await ask("PUT", "day", { to: where }))[document.body.dataset.lang];
    document.getElementById("day").textContent = day;
    for (const frame of document.querySelectorAll("iframe[data-device]")) await acts.app(frame.dataset.phone);
    say(zh ? `演示日期:${day}` : `The demo's day is ${day}`);
  },
  async hold(phone, _state, sheet) {
    await ask("PUT", `phones/${phone}/hold`, { sheet });
    document.querySelector(`[data-held="${phone}"]`).textContent = (zh ? "镜头前:门牌 " : "Before the camera: ") + sheet;
  },
  async show(from, to) {
    await ask("PUT", `phones/${to}/hold-pass`, { phone: Number(from) });
    const held = document.querySelector(`[data-held="${to}"]`);
    held.textContent = zh ? `镜头前：${from} 号手机的码` : `Before the camera: phone ${from}'s code`;
  },
  async owner(phone, what) {
    if (!window.open(`/cockpit/phones/${phone}/owner/${what}`, "zhuqi-owner")) throw new Error("window");
  },
  async drop(phone) {
    await ask("DELETE", `phones/${phone}/hold`);
    document.querySelector(`[data-held="${phone}"]`).textContent = "";
  },
  async signal(phone, state) {
    await ask("PUT", `phones/${phone}/signal`, { on: state === "on" });
    document.querySelector(`[data-signal="${phone}"]`).checked = state === "on";
    say(zh ? `${phone} 号手机信号:${state === "on" ? "有" : "无"}` : `Phone ${phone}: signal ${state}`);
  },
  async app(phone) {
    const { url, code, pin } = await ask("POST", `phones/${phone}/app`);
    const frame = frameOf(phone);
    frame.dataset.device ||= frame.src;
    frame.src = url;
    swap(phone, true);
    document.querySelector(`[data-held="${phone}"]`).textContent = zh
      ? `网页版应用,摄像头是真的。登记码 ${code},PIN 自定（如 ${pin}）` : `The app as a page, with a real camera. Code ${code}, choose a PIN (say ${pin})`;
  },
  async device(phone) {
    const frame = frameOf(phone);
    frame.src = frame.dataset.device;
    delete frame.dataset.device;
    swap(phone, false);
    document.querySelector(`[data-held="${phone}"]`).textContent = "";
  },
  async kill() {
    say(zh ? "已强行结束应用,正在重新启动……" : "The app was killed and is starting again …");
    await ask("POST", "field/kill");
    for (const frame of document.querySelectorAll("iframe[data-phone]:not([data-device])")) frame.src = frame.src;
  },
  async "sign-in"() {
    const form = desk.contentDocument.querySelector("form[action='/login']");
    if (!form) { desk.src = "/visits"; return; }
    form.elements.account.value = desk.dataset.account;
    form.elements.password.value = desk.dataset.password;
    form.requestSubmit();
  },
  async "reload-desk"() { desk.contentWindow.location.reload(); },
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-press]");
  if (!button) return;
  const [act, ...rest] = button.dataset.press.split(":");
  button.disabled = true;
  try {
    await acts[act](rest[0], rest[1], button.dataset.sheet);
  } catch (error) {
    say((zh ? "没有做到:" : "That did not work: ") + error.message);
  } finally {
    button.disabled = false;
  }
});

document.addEventListener("change", (event) => {
  const phone = event.target.dataset.signal;
  if (phone) acts.signal(phone, event.target.checked ? "on" : "off").catch((error) => say(error.message));
});
