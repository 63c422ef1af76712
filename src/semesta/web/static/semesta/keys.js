/* One key per action, while the focus is inside [data-keys]; elsewhere keys stay keys. */
(() => {
  "use strict";
  const place = document.querySelector("[data-keys]");
  if (!place) return;
  place.focus({ preventScroll: true });
  place.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const key = event.key.toLowerCase();
    const target = place.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
})();
