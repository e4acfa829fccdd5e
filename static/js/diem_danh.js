// The meeting log with script: a row of the roll is one button, counters live, parts open when needed.
(() => {
  "use strict";
  const form = document.querySelector("form[data-buoi]");
  if (!form) return;
  const CYCLE = ["co_mat", "vang", "vang_co_ly_do", "muon"];
  const $ = (selector, root = form) => root.querySelector(selector);
  const $$ = (selector, root = form) => [...root.querySelectorAll(selector)];

  // ---- the roll ----
  const state = (row) => $("input:checked", row).value;

  function draw(row, chips) {
    const now = state(row);
    const button = $(".dd-nut", row);
    const select = $("select", row);
    const mark = $(`#dd-mau`).content.querySelector(`[data-tt=${now}]`).cloneNode(true);
    $(".dd-tt", button).replaceWith(mark);
    row.dataset.tt = now;
    const reason = now === "vang_co_ly_do" ? select.selectedOptions[0].textContent : "";
    const away = row.dataset.note.includes("Đi làm xa") && select.value === "di_lam_xa";
    const why = select.value ? [reason, row.dataset.bao].filter(Boolean).join(" · ") : "Chọn lý do";
    const note = reason && !away ? why : row.dataset.note;
    $("small", button).textContent = note;
    button.setAttribute("aria-label", [row.dataset.ten, mark.textContent.trim(), note]
      .filter(Boolean).join(", "));
    let box = $(".chips", row);
    if (box && now !== "vang_co_ly_do") box.remove();
    if (!chips || now !== "vang_co_ly_do") return;
    if (!box) {
      box = $("#dd-mau").content.querySelector(".chips").cloneNode(true);
      row.append(box);
    }
    $$(".chip", box).forEach((chip) => {
      chip.setAttribute("aria-pressed", String(chip.dataset.lyDo === select.value));
    });
  }

  function set(row, value) {
    const select = $("select", row);
    $(`input[value=${value}]`, row).checked = true;
    if (value !== "vang_co_ly_do") select.value = "";
    else if (!select.value) select.value = row.dataset.truoc;
    draw(row, true);
    count();
  }

  function enhance(row) {
    const name = $(".dd-ten", row);
    row.dataset.ten = $("b", name).textContent;
    row.dataset.note = $("small", name) ? $("small", name).textContent : "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "dd-nut";
    button.innerHTML = "<span><b></b><small></small></span><span class=\"dd-tt\"></span>";
    $("b", button).textContent = row.dataset.ten;
    row.removeAttribute("role");
    row.removeAttribute("aria-labelledby");
    name.hidden = true;
    $(".dd-chon", row).hidden = true;
    row.prepend(button);
    draw(row, false);
  }

  let announced = 0;
  function count() {
    const seen = Object.fromEntries(CYCLE.map((value) => [value, 0]));
    const rows = $$("[data-dd]");
    rows.forEach((row) => { seen[state(row)] += 1; });
    const here = seen.co_mat + seen.muon;
    const say = { ...seen, ty_so: `${here}/${rows.length}`,
      du_hop: rate(here, rows.length), phai_co: rate(here, rows.length - seen.vang_co_ly_do) };
    clearTimeout(announced);
    announced = setTimeout(() => $("[data-dem-o]").setAttribute("aria-live", "polite"), 1000);
    $("[data-dem-o]").setAttribute("aria-live", "off");
    $$("[data-dem]").forEach((box) => { box.textContent = say[box.dataset.dem]; });
  }

  function rate(part, whole) {
    if (!whole) return "–";
    const percent = `${(Math.round((1000 * part) / whole) / 10).toString().replace(".", ",")}%`;
    return whole < 10 ? `${part}/${whole} (${percent})` : `${percent} (${part}/${whole})`;
  }

  function start() {
    $$("[data-dd]").forEach(enhance);
    const search = $(".dd-tim");
    if (search) search.hidden = false;
    count();
  }

  form.addEventListener("click", (event) => {
    const row = event.target.closest("[data-dd]");
    if (!row) return;
    const chip = event.target.closest("[data-ly-do]");
    if (chip) {
      $("select", row).value = chip.dataset.lyDo;
      draw(row, true);
    } else if (event.target.closest(".dd-nut")) {
      set(row, CYCLE[(CYCLE.indexOf(state(row)) + 1) % CYCLE.length]);
    }
  });

  // Long press, right click or the menu key: the four choices and the reason themselves.
  form.addEventListener("contextmenu", (event) => {
    const row = event.target.closest("[data-dd]");
    if (!row || !event.target.closest(".dd-nut")) return;
    event.preventDefault();
    const box = $(".dd-chon", row);
    box.hidden = !box.hidden;
    if (!box.hidden) $("input:checked", row).focus();
  });

  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-dd]");
    if (row && event.target.type === "radio") set(row, event.target.value);
    else if (row) draw(row, true);
  });

  form.addEventListener("input", (event) => {
    if (event.target.id !== "dd-tim") return;
    const key = event.target.value.normalize("NFD").replace(/[\u0300-\u036f]/g, "")
      .replace(/đ/gi, "d").toLowerCase().trim();
    $$("[data-dd]").forEach((row) => { row.hidden = !row.dataset.tim.includes(key); });
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.id === "dd-tim") event.preventDefault();
  });

  // ---- another day, another roster ----
  const day = $("#id_ngay");
  day.addEventListener("change", async () => {
    const answer = await fetch(form.dataset.rollUrl, { method: "POST", body: new FormData(form) })
      .catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return; // the server checks again when saved
    $("#diem-danh").innerHTML = await answer.text();
    $("[name=ngay_danh_sach]").value = day.value;
    start();
  });

  // ---- the head: what is folded away is said in its summary ----
  const head = $("[data-tom-tat]");
  const chosen = (id) => {
    const option = $(id).selectedOptions[0];
    return option && option.value ? option.textContent : "";
  };
  head.addEventListener("toggle", () => {
    if (head.open) return;
    const [hour, minute] = $("#id_bat_dau").value.split(":");
    $("[data-tt-ngay]").textContent = `${day.value}, ${hour} giờ ${minute || "00"}`;
    $("[data-tt-noi]").textContent = $("#id_dia_diem").value;
    for (const [box, label, id] of [["chu-tri", "Chủ trì", "#id_chu_tri"], ["thu-ky", "Thư ký", "#id_thu_ky"]]) {
      const name = chosen(id);
      $(`[data-tt-${box}]`).textContent = name ? `${label}: ${name}` : "";
    }
  });

  // ---- earlier resolutions: the line of result only where one is asked for ----
  const showResult = (row) => {
    $("[data-kq-o]", row).hidden = $("input[type=radio]:checked", row).value === "dang_lam";
  };
  $$("[data-kq]").forEach((row) => {
    showResult(row);
    row.addEventListener("change", (event) => {
      if (event.target.type !== "radio") return;
      showResult(row);
      if (event.target.value !== "dang_lam") $("input[type=text]", row).focus();
    });
  });

  // ---- the agenda of the kind: a chip writes its sentence into the text, or takes it out ----
  const agenda = JSON.parse($("#cac-mau").textContent);
  const box = $("[data-chip-cho]");
  const text = document.getElementById(box.dataset.chipCho);
  const kind = $("#id_loai");
  const linesOf = (value) => value.split("\n").map((line) => line.trim()).filter(Boolean);
  function items(which) {
    const month = Number((day.value.match(/^\d{1,2}\D(\d{1,2})\D/) || [])[1]) || new Date().getMonth() + 1;
    const raw = (agenda[kind.value] || ["", ""])[which];
    const filled = raw.replaceAll("{thang_truoc}", month === 1 ? 12 : month - 1).replaceAll("{thang}", month);
    return linesOf(filled).map((line) => {
      const [name, sentence] = line.split("|").map((part) => part.trim());
      const words = sentence || line.replaceAll("|", "").trim();
      return { name: sentence ? name : words.replace(/\.$/, ""), words };
    });
  }
  const written = () => items(0).map((item) => item.words).join("\n");
  let standing = written();
  const icon = (chip, on) => {
    chip.setAttribute("aria-pressed", String(on));
    const use = $("use", chip);
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, on ? "#check" : "#plus"));
  };
  const press = () => $$("[data-cau]", box).forEach((chip) => icon(chip, text.value.includes(chip.dataset.cau)));
  function chips() {
    box.replaceChildren(...[...items(0), ...items(1)].map((item) => {
      const chip = $("#chip-mau").content.firstElementChild.cloneNode(true);
      chip.dataset.cau = item.words;
      $("span", chip).textContent = item.name;
      return chip;
    }));
    box.hidden = !box.children.length;
    press();
  }
  const renew = () => {
    const untouched = linesOf(text.value).join("\n") === standing || !text.value.trim();
    standing = written();
    if (untouched) text.value = standing;
    chips();
  };
  const joint = $("[data-cung-hop]");
  const showJoint = () => { if (joint) joint.hidden = kind.value !== "lien_chi_doan"; };
  kind.addEventListener("change", () => { renew(); showJoint(); });
  showJoint();
  day.addEventListener("change", renew);
  box.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-cau]");
    if (!chip) return;
    const lines = linesOf(text.value);
    const at = lines.indexOf(chip.dataset.cau);
    if (at >= 0) lines.splice(at, 1);
    else lines.push(chip.dataset.cau);
    text.value = lines.join("\n");
    press();
  });
  text.addEventListener("input", press);
  chips();

  // ---- new resolutions and votes: one row more at a time ----
  const empty = (row) => !$$("input:not([type=hidden]), select:not([name$=hinh_thuc])", row).some((box) => box.value)
    && !$(".has-error", row);
  function growing(kind, prefix, shown) {
    const list = $(`[data-${kind}]`);
    const more = $(`[data-${kind}-them]`, list);
    const total = $(`#id_${prefix}-TOTAL_FORMS`);
    const rows = () => $$(`[data-${kind}-dong]`, list);
    rows().slice(shown).forEach((row) => { row.hidden = empty(row); });
    more.hidden = false;
    more.addEventListener("click", () => {
      let row = rows().find((one) => one.hidden);
      if (!row) {
        const holder = document.createElement("div");
        holder.innerHTML = $(`[data-${kind}-mau]`, list).innerHTML.replace(/__prefix__/g, total.value);
        row = holder.firstElementChild;
        more.before(row);
        total.value = Number(total.value) + 1;
      }
      row.hidden = false;
      $("input:not([type=hidden])", row).focus();
    });
  }
  growing("nq", "nq", 0);
  growing("bq", "bq", 1);

  // The counters of the roll stick below the head, however many lines it has.
  const measure = () => {
    form.style.setProperty("--dau", `${document.querySelector(".page-head").offsetHeight}px`);
  };

  // ---- the page keeps the draft: five seconds after a change, and when it is left ----
  const said = document.querySelector("[data-luu-luc]");
  let timer = 0;
  let saving = null;
  const say = (text, isBad) => {
    said.textContent = text;
    said.classList.toggle("is-bad", isBad);
    measure();
  };
  const hidden = (name, value) => {
    const box = $(`[name=${name}]`) || document.createElement("input");
    Object.assign(box, { type: "hidden", name, value });
    form.append(box);
  };
  const later = (seconds) => { timer = timer || setTimeout(save, 1000 * seconds); };

  async function send() {
    const body = new URLSearchParams(new FormData(form));
    body.set("luu", "tu_luu");
    const answer = await fetch(form.action, { method: "POST", body, keepalive: document.hidden })
      .catch(() => null);
    if (!answer) {
      say("Chưa lưu được vì mất mạng", true);
      form.dispatchEvent(new CustomEvent("chua-luu"));
      later(15);
      return;
    }
    const kept = await answer.json().catch(() => ({
      loi: answer.redirected ? "đăng nhập lại để tiếp tục" : "máy chủ chưa nhận, bấm Lưu nháp để xem",
    }));
    if (kept.loi) {
      say(`Chưa lưu nháp: ${kept.loi}.`, true);
      return;
    }
    form.action = kept.url;
    hidden("buoi", kept.buoi);
    hidden("version", kept.version);
    window.history.replaceState(null, "", kept.url);
    say(`Bản nháp đã lưu lúc ${kept.luc}`, false);
    form.dispatchEvent(new CustomEvent("da-luu", { detail: kept }));
  }

  function save() {
    clearTimeout(timer);
    timer = 0;
    if (saving) {
      later(1);
      return;
    }
    saving = send().finally(() => { saving = null; });
  }

  if ("tuLuu" in form.dataset) {
    const changed = (event) => {
      if (event.type !== "click" || event.target.closest(".dd-nut, .chip")) later(5);
    };
    for (const kind of ["input", "change", "click"]) form.addEventListener(kind, changed);
    form.addEventListener("can-luu", save);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && timer) save();
    });
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      timer = 0;
      if (!saving) return;
      event.preventDefault(); // its version is needed first
      saving.then(() => form.requestSubmit(event.submitter));
    });
  }

  start();
  measure();
})();
