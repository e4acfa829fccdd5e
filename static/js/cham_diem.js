// Criteria are saved one at a time: what is typed in the others outlives the page load, and nothing
// is handed in while a box differs from what is stored. The version that was read comes along, so
// that somebody else's words are not written over unseen.
(() => {
  "use strict";
  const KEY = `cham-diem:${location.pathname}`;
  const forms = [...document.querySelectorAll(".dc-form")];
  const note = document.querySelector(".savebar-note");
  const words = note.textContent;
  const boxes = (form) => [...form.querySelectorAll("select, input:not([type=hidden])")];
  const chosen = (box) => [...box.options].find((option) => option.defaultSelected);
  const stored = (box) => (box.options ? chosen(box)?.value ?? "" : box.defaultValue);
  const isUnsaved = (form) => boxes(form).some((box) => box.value !== stored(box));
  const values = (form) => [form.elements.version, ...boxes(form)].map((box) => box.value);
  let sent = null;

  function mark() {
    const unsaved = forms.filter(isUnsaved);
    for (const form of forms) form.classList.toggle("is-chua-luu", unsaved.includes(form));
    note.textContent = unsaved.length ? `${unsaved.length} mục chưa lưu` : words;
    return unsaved;
  }

  for (const [action, kept] of JSON.parse(sessionStorage.getItem(KEY) || "[]")) {
    const form = forms.find((one) => one.getAttribute("action") === action);
    if (form) [form.elements.version, ...boxes(form)].forEach((box, place) => { box.value = kept[place]; });
  }
  sessionStorage.removeItem(KEY);
  mark();

  document.addEventListener("input", mark);
  document.addEventListener("submit", (event) => { sent = event.target; });
  window.addEventListener("pagehide", () => {
    const kept = forms.filter((form) => form !== sent && isUnsaved(form));
    const rows = kept.map((form) => [form.getAttribute("action"), values(form)]);
    if (rows.length) sessionStorage.setItem(KEY, JSON.stringify(rows));
  });
  document.querySelector(".savebar-actions .btn-primary")?.addEventListener("click", (event) => {
    const [first] = mark();
    if (!first || event.currentTarget.hash) return;
    event.preventDefault();
    first.scrollIntoView({ block: "center" });
    first.querySelector("button").focus();
  });
})();
