// Saves a self-check list by itself while it is filled in, and sends photos once they are chosen.
// Everything works without it: each button of the page saves as well.
const QUIET_MS = 1500;

const form = document.querySelector("form[data-list]");
if (form) {
  const told = form.querySelector("[data-told]");
  let waiting = 0;
  let running = null;

  const say = (name, values = {}) => {
    const text = told.dataset[name] ?? "";
    told.textContent = text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  };

  const save = async () => {
    const body = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) body.delete(input.name);
    body.set("act", "save");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "x-zhuqi-autosave": "1" } });
      if (answer.ok) {
        form.elements.version.value = (await answer.json()).version;
        say("done", { time: new Date().toLocaleTimeString("zh-CN", { hour12: false }) });
      } else {
        say("changed");
      }
    } catch {
      say("failed");
    }
  };

  const begin = () => {
    running = (running ?? Promise.resolve()).then(save);
    const mine = running;
    mine.then(() => {
      if (running === mine) running = null;
    });
  };

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    clearTimeout(waiting);
    say("typing");
    waiting = setTimeout(begin, QUIET_MS);
  });

  form.addEventListener("change", (event) => {
    if (event.target.type !== "file" || event.target.files.length === 0) return;
    say("sending");
    form.requestSubmit(event.target.closest("details").querySelector("button"));
  });

  // while a save is under way the button waits for its version
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (!running) return;
    event.preventDefault();
    const { submitter } = event;
    running.then(() => {
      running = null;
      form.requestSubmit(submitter);
    });
  });
}
