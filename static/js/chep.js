// Texts to pass on: copied or shared with one tap, and marked as done on this page.
(() => {
  "use strict";
  const textOf = (button) => {
    const source = document.getElementById(button.dataset.chep || button.dataset.chiaSe);
    return source ? source.value : button.dataset.loi;
  };
  const done = (button) => {
    const label = button.querySelector("span") || button;
    label.textContent = "Đã chép";
    button.classList.add("is-da-chep");
  };
  const byHand = (source) => {
    const folded = source.closest("details");
    if (folded) folded.open = true;
    source.focus();
    source.select();
    return document.execCommand("copy");
  };
  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(textOf(button));
    } catch {
      // An old phone, or a page without https: the browser's own command still copies.
      if (!byHand(document.getElementById(button.dataset.chep))) return;
    }
    done(button);
    remember(button);
  };
  const share = async (button) => {
    try {
      await navigator.share({ text: textOf(button) });
    } catch {
      // Closed without a choice: nothing was sent.
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-chep], [data-chia-se]");
    if (!button) return;
    if (button.dataset.chep) copy(button);
    else if (navigator.share) {
      event.preventDefault();
      share(button);
    }
  });

  // Which texts were copied is remembered until this tab is closed.
  const list = document.querySelector("[data-nho-chep]");
  const key = list && `chep-${list.dataset.nhoChep}`;
  const seen = () => new Set(JSON.parse(sessionStorage.getItem(key) || "[]"));
  function remember(button) {
    if (list && list.contains(button)) {
      sessionStorage.setItem(key, JSON.stringify([...seen().add(button.dataset.chep)]));
    }
  }
  if (list) {
    for (const id of seen()) {
      const button = list.querySelector(`[data-chep="${CSS.escape(id)}"]`);
      if (button) done(button);
    }
  }
  for (const button of document.querySelectorAll("button[data-chep], button[data-chia-se]")) {
    button.hidden = Boolean(button.dataset.chiaSe) && !navigator.share;
  }
})();
