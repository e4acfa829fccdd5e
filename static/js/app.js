// What every page does with script; without it each thing works by page load or by <details>.
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  // An id for what is made here, before the server has heard of it.
  // Not crypto.randomUUID: older Safari lacks it, and two meetings with one id would be one.
  window.newId = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  // Questions: a link or button with data-dialog opens the dialog of that id.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog && dialog.showModal) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog").close();
    if (event.target.closest("[data-print]")) window.print();
  });

  // A script that few need comes with the first click on what needs it; without it the link leads on.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-late-src]");
    if (!opener) return;
    event.preventDefault();
    const script = Object.assign(document.createElement("script"), { src: opener.dataset.lateSrc });
    delete opener.dataset.lateSrc;
    script.onload = () => { opener.click(); };
    script.onerror = () => { location.assign(opener.href); };
    document.head.append(script);
  });

  // A text to pass on is selected whole as soon as it is touched.
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea[readonly]")) event.target.select();
  });

  // A wide table of months shows the one in question first.
  for (const box of document.querySelectorAll(".table-scroll")) {
    const now = box.querySelector("th.is-nay");
    if (now) box.scrollLeft = now.offsetLeft + now.offsetWidth - box.clientWidth;
  }

  // Rows that open: data-expand names the row; the link's own address does it without script.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-expand]");
    const row = button && document.getElementById(button.dataset.expand);
    if (!row) return;
    event.preventDefault();
    row.hidden = !row.hidden;
    button.setAttribute("aria-expanded", String(!row.hidden));
  });

  // One click, one record: a form that is on its way is not sent again. One that answers with a
  // paper (data-paper) leaves its page standing where papers are downloaded, as on phones.
  const lastWords = (button) =>
    [...button.childNodes].reverse().find((node) => node.textContent.trim());
  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.elements) {
      if (!button.hasAttribute("aria-busy")) continue;
      button.removeAttribute("aria-busy");
      const text = lastWords(button);
      if (text) text.textContent = button.dataset.label;
    }
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    if ("paper" in form.dataset) setTimeout(release, 5000, form);
    const button = event.submitter;
    if (!button || !button.classList.contains("btn")) return;
    button.dataset.label = button.textContent.trim();
    button.style.minWidth = `${button.offsetWidth}px`;
    button.setAttribute("aria-busy", "true");
    const text = lastWords(button);
    if (text) text.textContent = form.dataset.busy || "Đang lưu";
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });

  // Filters apply when chosen; typing waits for Enter.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form && event.target.matches("select, [type=radio], [type=checkbox]")) form.requestSubmit();
  });

  // Addresses of lists carry only what was chosen, so that they can be sent to a colleague.
  document.addEventListener("formdata", (event) => {
    if (!event.target.matches("form[data-autosubmit]")) return;
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });

  // Menus: one open at a time, Esc closes and gives the focus back.
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches("details.menu") || !event.target.open) return;
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== event.target) menu.open = false;
    });
  }, true);
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // Passwords can be shown.
  document.querySelectorAll("[data-reveal]").forEach((button) => {
    const input = document.getElementById(button.dataset.reveal);
    button.hidden = false;
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => {
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.querySelector("span").textContent = shown ? "Hiện" : "Ẩn";
    });
  });

  // A file may be dropped; the field stays a real one.
  document.querySelectorAll("[data-drop]").forEach((zone) => {
    const input = zone.querySelector("input[type=file]");
    const name = zone.querySelector(".drop-name");
    const show = () => {
      name.textContent = [...input.files].map((file) => file.name).join(", ");
    };
    input.addEventListener("change", show);
    ["dragover", "dragleave", "drop"].forEach((kind) => zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.toggle("is-over", kind === "dragover");
      if (kind !== "drop" || !event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      show();
    }));
  });

  // A refused form begins at its summary.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
})();
