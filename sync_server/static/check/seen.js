// Somebody has the answer before them: that is a check, and its time a witness. What only fetches a page is none.

const LOOKED_MS = 1000;

export function sayWhenSeen() {
  const form = document.querySelector("form[data-seen]");
  if (!form) return;
  let timer = null;
  const say = () => {
    const body = new URLSearchParams({ token: form.elements.token.value });
    fetch("/check/seen", { method: "POST", credentials: "omit", keepalive: true, body }).catch(() => {});
    document.removeEventListener("visibilitychange", watch);
  };
  const watch = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible" && !document.prerendering) timer = setTimeout(say, LOOKED_MS);
  };
  document.addEventListener("visibilitychange", watch);
  document.addEventListener("prerenderingchange", watch, { once: true });
  watch();
}
