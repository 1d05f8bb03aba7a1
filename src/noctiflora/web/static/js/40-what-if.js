// A moved slider says its value and fetches the answer; without this the button Show does the same.
(() => {
  const form = document.querySelector("[data-what-if]");
  if (!form) return;
  const answer = document.querySelector("[data-what-if-answer]");
  const told = (input) => {
    const output = document.getElementById(input.id + "-said");
    if (!output) return;
    const clock = (v) => { const m = Math.round(60 * v) % 1440; return String(Math.floor(m / 60)).padStart(2, "0") + ":" + String(m % 60).padStart(2, "0"); };
    const kinds = { clock, grams: (v) => v ? v + " g" : ends(input)[0], weeks: (v) => ends(input)[v === 1 ? 0 : 1].replace(/\d+/, v), light: (v) => lights()[v] };
    const say = kinds[output.dataset.kind], value = Number(input.value), now = Number(input.dataset.now);
    output.textContent = (value === now ? output.dataset.same : output.dataset.moved).replace("{}", say(value));
  };
  const ends = (input) => [...document.getElementById(input.id + "-ends").children].map((e) => e.textContent);
  const lights = () => [...form.querySelectorAll("[name=light_now] + span")].map((e) => e.textContent);
  let waiting = 0, number = 0, busy = false, again = false;
  const ask = async () => {
    if (busy) { again = true; return; }
    busy = true;
    const mine = ++number;
    answer.setAttribute("aria-busy", "true");
    try {
      const found = await fetch(form.dataset.whatIf, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const text = await found.text();
      if (mine === number && found.headers.get("content-type").startsWith("text/html") && !text.startsWith("<!doctype")) answer.innerHTML = text;
    } catch { /* the server is away; the button Show still works */ }
    answer.removeAttribute("aria-busy");
    busy = false;
    if (again) { again = false; ask(); }
  };
  form.addEventListener("input", (event) => {
    if (event.target.type === "range") told(event.target);
    clearTimeout(waiting);
    waiting = setTimeout(ask, 60);
  });
})();
