// A button that was pressed says so, and cannot send the same form twice.
(() => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.hasAttribute("data-download")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    const button = event.submitter;
    if (button && button.classList.contains("btn")) {
      setTimeout(() => { button.setAttribute("aria-busy", "true"); button.dataset.words = button.textContent; button.textContent = document.body.dataset.working; }, 300);
    }
  });
  // Coming back with the back button finds the form ready again.
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-busy]")) { button.removeAttribute("aria-busy"); if (button.dataset.words) button.textContent = button.dataset.words; }
  });
})();
