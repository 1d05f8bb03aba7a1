// The page of a background job asks every half second how far it is, and loads anew once it is over.
(() => {
  const card = document.querySelector("[data-job]");
  if (!card) return;
  const words = card.querySelector("[data-job-words]");
  const bar = card.querySelector("[data-job-bar]");
  const ask = async () => {
    try {
      const job = await (await fetch(card.dataset.job + "/state")).json();
      if (job.state !== "running") { location.replace(card.dataset.job); return; }
      if (job.words && words.textContent !== job.words) words.textContent = job.words;
      if (job.total) { bar.max = job.total; bar.value = job.done; }
    } catch { /* the server is away for a moment; ask again */ }
    setTimeout(ask, 500);
  };
  setTimeout(ask, 500);
})();
