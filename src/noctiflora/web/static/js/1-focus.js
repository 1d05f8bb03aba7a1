// After a form came back with errors, the summary takes the focus.
(() => {
  const found = document.querySelector("[data-focus]");
  if (found) found.focus();
})();
