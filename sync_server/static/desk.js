// Saves a form by itself while it is filled in. Everything works without it: the button saves as well.
const QUIET_MS = 1500;

const form = document.querySelector("form[data-autosave]");
if (form) {
  const told = document.querySelector("[data-saved]");
  let waiting = 0;
  let running = false;
  let again = false;

  const say = (name, values = {}) => {
    const text = told.dataset[name] ?? "";
    told.textContent = text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  };

  const save = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    const body = new FormData(form);
    // lists are taken by their buttons; a file is not sent with every keystroke
    for (const name of ["file", "pasted", "find", "pick", "drop", "comment"]) body.delete(name);
    body.set("act", "save");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "x-zhuqi-autosave": "1" } });
      const saved = await answer.json();
      if (answer.ok) {
        form.elements.version.value = saved.version;
        say("done", { time: new Date().toLocaleTimeString("zh-CN", { hour12: false }) });
      } else {
        say("changed", { who: saved.saved_by ?? "" });
      }
    } catch {
      say("failed");
    }
    running = false;
    if (again) {
      again = false;
      await save();
    }
  };

  form.addEventListener("input", (event) => {
    if (["file", "pasted", "find", "pick", "drop", "comment"].includes(event.target.name)) return;
    clearTimeout(waiting);
    say("typing");
    waiting = setTimeout(save, QUIET_MS);
  });
  form.addEventListener("keydown", (event) => {
    // Enter presses a form's first button, which saves; in the search field it is a search that is meant
    if (event.key !== "Enter" || event.target.name !== "find" || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[value=search]"));
  });
  // while a save is under way the button waits for its version
  form.addEventListener("submit", () => clearTimeout(waiting));
}
