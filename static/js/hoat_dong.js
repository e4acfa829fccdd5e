// The form of an activity: the quantity's question follows the kind, names are found and ticked.
(() => {
  "use strict";
  const panel = document.querySelector("[data-hd]");
  const form = panel && panel.closest("form");
  if (!form) return;
  const $ = (selector, root = form) => root.querySelector(selector);
  const $$ = (selector, root = form) => [...root.querySelectorAll(selector)];
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const show = (id, on) => { const box = $(`#div_id_${id}`); if (box) box.hidden = !on; };

  // ---- kind and state decide which questions are asked ----
  const units = Object.fromEntries($$("data", $("#hd-loai").content).map((one) => [one.value, one]));
  function ask() {
    const unit = units[form.elements.loai.value];
    show("so_luong", Boolean(unit));
    if (unit) $("#div_id_so_luong label").textContent = unit.textContent;
    const state = form.elements.trang_thai.value;
    const work = form.elements.loai.value === "cong_trinh";
    if (work || state !== "xong") $("details.section").open = true;
    show("ket_qua", state === "thoi" || work || Boolean(form.elements.ket_qua.value));
    $("#div_id_ket_qua label").textContent = state === "thoi" ? "Lý do thôi làm" : "Kết quả";
  }
  form.addEventListener("change", (event) => {
    if (["loai", "trang_thai"].includes(event.target.name)) ask();
    if (event.target.name === "tg") count();
  });

  // ---- names ----
  const boxes = (root = panel) => $$("[name=tg]", root);
  function count() {
    $("[data-hd-dem]").textContent = boxes().filter((box) => box.checked).length;
    $$("[data-hd-nhom]").forEach((group) => {
      const ticked = boxes(group).filter((box) => box.checked).length;
      $("[data-hd-nhom-dem]", group).textContent = ticked ? `${ticked}/` : "";
    });
  }
  $$("[data-hd-ca]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const here = $$("li:not([data-xa]):not([hidden])", button.parentNode).map((row) => $("[name=tg]", row));
      const all = here.every((box) => box.checked);
      here.forEach((box) => { box.checked = !all; });
      count();
    });
  });
  const search = $("[data-hd-tim]");
  if (search) {
    search.hidden = false;
    search.addEventListener("input", () => {
      const wanted = fold(search.value.trim());
      $$("li", panel).forEach((row) => { row.hidden = !fold(row.dataset.ten).includes(wanted); });
    });
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  }
  ask();
  count();
})();
