// Words kept on the device come back into the form of a meeting. Loaded when there are some.
(() => {
  "use strict";
  const one = (form, name) => (form.elements[name] instanceof RadioNodeList ? form.elements[name][0] : form.elements[name]);
  function hidden(form, name, value) {
    const input = form.elements[name] || document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }

  function rowFor(form, name) {
    const [, kind, index] = /^(nq|bq)-(\d+)-/.exec(name) || [];
    while (kind && !form.elements[name] && Number(index) < 30) {
      const before = form.elements[`${kind}-TOTAL_FORMS`].value;
      form.querySelector(`[data-${kind}-them]`).click();
      if (form.elements[`${kind}-TOTAL_FORMS`].value === before && !form.elements[name]) return;
    }
  }
  function restore(form, than, luat) {
    const HEAD = ["csrfmiddlewaretoken", "ngay_danh_sach", "chi_doan", "luu", "mo"];
    for (const [name, value] of than) {
      if (HEAD.includes(name) || name.endsWith("_FORMS")) continue;
      if (name === "buoi" || name === "version" || name === "chua_ro") hidden(form, name, value);
      rowFor(form, name);
      const box = one(form, name);
      if (!box) continue;
      const row = box.closest("[data-nq-dong], [data-bq-dong]");
      if (row && value && box.type !== "hidden" && !name.endsWith("hinh_thuc")) row.hidden = false;
      if (box.type === "checkbox") continue;
      if (box.type === "radio") {
        const choice = form.querySelector(`input[name="${name}"][value="${CSS.escape(value)}"]`);
        if (!choice || choice.checked) continue;
        choice.checked = true;
        choice.dispatchEvent(new Event("change", { bubbles: true }));
      } else if (box.value !== value) {
        box.value = value;
        if (box.tagName === "SELECT" && box.value !== value) box.value = "";
        if (name !== "ngay") box.dispatchEvent(new Event(box.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
      }
    }
    form.querySelectorAll("input[type=checkbox]").forEach((box) => {
      box.checked = than.some(([name, value]) => name === box.name && value === box.value);
    });
    form.querySelectorAll("details").forEach((part) => {
      if ([...part.querySelectorAll("[data-bq-dong] input, textarea")].some((box) => box.value)) part.open = true;
    });
    const days = than.find(([name]) => name === "ngay");
    if (days && LuatBuoi.day(form.elements.ngay_danh_sach.value, luat.mau_ngay) !== LuatBuoi.day(days[1], luat.mau_ngay)) {
      form.elements.ngay.dispatchEvent(new Event("change", { bubbles: true }));
    }
    document.activeElement.blur();
    window.scrollTo(0, 0);
  }

  window.MoLai = { restore };
})();
