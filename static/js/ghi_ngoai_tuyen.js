// The meeting log without a network: every change is kept on the device, the rules are judged here,
// and "Hoàn thành" puts the meeting into the outbox. With a network it is sent at once from there.
(() => {
  "use strict";
  const form = document.querySelector("form[data-tu-luu]");
  const NT = window.NgoaiTuyen;
  if (!form || !NT) return;
  const luat = JSON.parse(document.getElementById("luat-buoi").textContent);
  const keptAt = Number(document.documentElement.dataset.giu || 0);
  const field = (name) => form.elements[name];
  const one = (name) => (field(name) instanceof RadioNodeList ? field(name)[0] : field(name));
  const two = (number) => String(number).padStart(2, "0");
  const clock = (time) => `${two(time.getHours())}:${two(time.getMinutes())}`;
  const onDay = (time) => `${two(time.getDate())}/${two(time.getMonth() + 1)}`;
  const now = new Date();
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;

  // ---- a page that was kept: its own id, and the day it is used on ----
  const isNew = () => !form.elements.buoi;
  if (isNew()) field("client_id").value = newId();
  if (keptAt) {
    const kept = new Date(keptAt);
    document.querySelector("[data-luu-luc]").textContent = `Danh sách đoàn viên lấy lúc ${clock(kept)} ngày ${onDay(kept)}`;
    luat.hom_nay = today;
    if (isNew()) toToday();
  }
  function toToday() {
    const day = field("ngay");
    const of = LuatBuoi.day(day.value, luat.mau_ngay);
    if (of === today) return;
    day.value = LuatBuoi.shown(today);
    summarise();
    day.dispatchEvent(new Event("change")); // roll and agenda of today; nobody has typed anything
    if (of.slice(0, 7) === today.slice(0, 7)) return;
    field("chu_diem").value = ""; // that of another month
    document.querySelector("h1").textContent = `Sinh hoạt tháng ${now.getMonth() + 1}`;
  }
  function summarise() {
    form.querySelector("[data-tom-tat]").dispatchEvent(new Event("toggle"));
  }

  // ---- the draft on the device ----
  const key = () => (isNew() ? `${NT.account}:ghi:${field("chi_doan").value}` : `${NT.account}:sua:${field("buoi").value}`);
  const status = document.querySelector("[data-luu-luc]");
  const pairs = () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  const isAnswer = "nop" in document.querySelector("[data-nt-nhap]").dataset; // what was posted, shown again
  let editing = null; // the item of the outbox that is open here
  let pageKept = !isNew();
  let touched = false;
  let settled = false;
  let timer = 0;

  async function keepDraft({ say = NT.away } = {}) {
    clearTimeout(timer);
    timer = 0;
    if (settled) return;
    const luc = Date.now();
    if (editing) await NT.keep({ ...item(), tt: editing.tt, cau: editing.cau, luc: editing.luc });
    else await NT.put("nhap", { khoa: key(), nguoi: NT.account, duong: form.getAttribute("action") || location.pathname, than: pairs(), luc, da_luu: false });
    if (!say) return;
    status.textContent = `Bản nháp lưu trên máy này lúc ${clock(new Date(luc))}`;
    status.classList.remove("is-bad");
  }
  const later = (event) => {
    if (event.type === "click" && !event.target.closest(".dd-nut, .chip")) return;
    if (!event.isTrusted && !touched) return;
    touched = true;
    timer = timer || setTimeout(() => keepDraft().catch(() => null), 600);
  };
  for (const kind of ["input", "change", "click"]) form.addEventListener(kind, later);
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer) keepDraft(); });
  window.addEventListener("pagehide", () => { if (timer) keepDraft(); });

  // The server has the draft now: what the device keeps of it is a copy, good for a kill of the tab.
  form.addEventListener("da-luu", async ({ detail }) => {
    NT.setAway(false);
    hidden("chua_ro", "");
    if (!pageKept) NT.keepPage(detail.url);
    pageKept = true;
    if (settled) return;
    await NT.drop("nhap", `${NT.account}:ghi:${field("chi_doan").value}`);
    if ((await ownPhotos()).length) NT.send();
    if (timer) return;
    if (editing) keepDraft({ say: false });
    else await NT.put("nhap", { khoa: key(), nguoi: NT.account, duong: detail.url, than: pairs(), luc: Date.now(), da_luu: true });
  });
  form.addEventListener("chua-luu", () => {
    hidden("chua_ro", "1");
    NT.setAway(true);
    keepDraft({ say: true }).catch(() => null);
  });
  function hidden(name, value) {
    const input = form.elements[name] || document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }

  // ---- a draft comes back into the form (mo_lai.js, which few need) ----
  const notice = document.querySelector("[data-nt-nhap]");
  async function comeBack() {
    if (isAnswer) return keepDraft({ say: false });
    const rows = await NT.all("hop");
    const wanted = new URLSearchParams(location.search).get("muc");
    const item = rows.find((row) => row.client_id === wanted && row.nguoi === NT.account && NT.isOpen(row));
    const draft = item ? null : await NT.get("nhap", key());
    const than = item ? item.than : draft && draft.than;
    if (!than) return null;
    if (draft) {
      const had = Number((draft.than.find(([name]) => name === "version") || [])[1] || 0);
      const shows = Number(isNew() ? 0 : field("version").value);
      if (draft.da_luu && had <= shows) return null;
    }
    settled = true; // nothing is written over what has not come back yet
    try {
      await NT.load(notice.dataset.moLaiSrc);
    } catch {
      status.textContent = "Chưa mở lại được phần giữ trên máy này. Tải lại trang.";
      return null;
    }
    settled = false;
    touched = true;
    editing = item;
    MoLai.restore(form, item && item.mat ? than.filter(([name]) => name !== "buoi" && name !== "version") : than, luat);
    summarise();
    const luc = new Date((item || draft).luc);
    const when = onDay(luc) === onDay(new Date()) ? clock(luc) : `${clock(luc)} ngày ${onDay(luc)}`;
    status.textContent = item ? "Buổi trong hộp chờ gửi" : `Bản nháp lưu trên máy này lúc ${when}`;
    notice.hidden = !draft;
    return null;
  }
  document.querySelector("[data-nt-bo]").addEventListener("click", async () => {
    settled = true;
    await NT.drop("nhap", key());
    const photos = await ownPhotos();
    if (photos.length) await (await NT.photoTool()).drop(photos.filter(NT.isOpen));
    location.replace(location.pathname + location.search);
  });

  // ---- photos: the chooser at once, what is done with the files comes late ----
  const part = form.querySelector("[data-anh-nut]");
  const meeting = () => ({ client_id: field("client_id").value, ten: item().ten, nhieu_nhat: luat.so_anh });
  const ownPhotos = async () => (await NT.own("anh")).filter((row) => row.client_id === field("client_id").value);
  const chooser = Object.assign(document.createElement("input"), { type: "file", multiple: true, accept: part.dataset.accept });
  const opener = part.querySelector("[data-anh-mo]");
  if (isNew()) opener.querySelector("span").textContent = "Ảnh";
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    chooser.click();
  });
  chooser.addEventListener("change", async () => {
    const files = [...chooser.files];
    chooser.value = "";
    const kept = await (await NT.photoTool()).take(files, meeting(), part);
    if (!kept) return;
    touched = true;
    await keepDraft();
    if (isNew() && !NT.away) form.dispatchEvent(new CustomEvent("can-luu")); // photos follow the draft
    else NT.send();
  });
  async function showPhotos() {
    if ((await ownPhotos()).length) (await NT.photoTool()).draw(part.querySelector("[data-anh-luoi]"), field("client_id").value);
  }

  // ---- "Hoàn thành" ----
  const button = form.querySelector(".savebar .btn-primary");
  const words = [...button.childNodes].reverse().find((node) => node.textContent.trim());
  const FINISH = words.textContent;
  function dress() {
    form.classList.toggle("is-away", NT.away); // there is room for one button, and the draft is kept anyway
    words.textContent = NT.away ? "Hoàn thành, chờ gửi" : FINISH;
    const use = button.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, NT.away ? "#smartphone" : "#check"));
  }
  document.addEventListener("mang-doi", dress);

  const labelOf = (name) => {
    const label = form.querySelector(`label[for="id_${name}"]`);
    return label ? label.firstChild.textContent.trim() : "";
  };
  function complain(errors) {
    const old = form.parentNode.querySelector(".error-summary");
    if (old) old.remove();
    form.querySelectorAll(".nt-loi").forEach((line) => line.remove());
    const summary = document.querySelector("#nt-loi").content.firstElementChild.cloneNode(true);
    const list = summary.querySelector("div");
    for (const { truong, cau } of errors) {
      const line = document.createElement("p");
      const link = Object.assign(document.createElement("a"), { href: `#id_${truong}`, textContent: labelOf(truong) || "Mục này" });
      line.append(link, `: ${cau}`);
      list.append(line);
      const box = one(truong);
      if (!box) continue;
      box.setAttribute("aria-invalid", "true");
      for (let part = box.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
      const row = box.closest("[data-nq-dong], [data-bq-dong], [data-kq-o]");
      if (row) row.hidden = false;
      const said = Object.assign(document.createElement("p"), { className: "invalid-feedback d-block nt-loi", textContent: cau });
      box.after(said);
    }
    form.before(summary);
    summary.focus();
  }

  const STATES = { vang: "Vắng", vang_co_ly_do: "Vắng có lý do", muon: "Đến muộn" };
  // The meeting in words, for copying by hand if all else fails.
  function inWords() {
    const text = (name) => one(name) && one(name).value.trim();
    const chosen = (name) => one(name) && one(name).value && one(name).selectedOptions[0].textContent;
    const roll = [...form.querySelectorAll("[data-dd]")].map((row) => [row.dataset.ten, form.querySelector(`input[name="${row.querySelector("input").name}"]:checked`).value]);
    const lines = [
      `${document.querySelector(".buoi-ten").textContent}: ${chosen("loai")}, ngày ${text("ngay")}, ${text("bat_dau")}`,
      ["Địa điểm", text("dia_diem")], ["Chủ trì", chosen("chu_tri")], ["Thư ký", chosen("thu_ky")],
      ["Đại biểu", text("dai_bieu")], ["Chủ điểm", text("chu_diem")],
      ["Dự họp", `${roll.filter(([, state]) => !state.startsWith("vang")).length}/${roll.length}`],
      ...Object.entries(STATES).map(([state, label]) => [label, roll.filter((row) => row[1] === state).map(([name]) => name).join(", ")]),
      ["Nội dung", text("noi_dung")], ["Ý kiến", text("y_kien")], ["Kết luận", text("ket_luan")], ["Hoạt động kèm theo", text("hoat_dong_kem")],
      ...[...form.querySelectorAll("[data-kq]")].map((row) => [row.querySelector(".nq-viec").firstChild.textContent.trim(), row.querySelector("input[type=text]").value]),
      ...[...form.querySelectorAll("[data-nq-dong]")].map((row) => ["Nghị quyết", [...row.querySelectorAll("input:not([type=hidden]), select")].map((box) => (box.selectedOptions ? box.value && box.selectedOptions[0].textContent : box.value)).filter(Boolean).join(", ")]),
      ...[...form.querySelectorAll("[data-bq-dong]")].map((row) => ["Biểu quyết", row.querySelector("input").value && [...row.querySelectorAll("input")].map((box) => box.value).filter(Boolean).join(", ")]),
    ];
    return lines.filter((line) => typeof line === "string" || line[1]).map((line) => (typeof line === "string" ? line : line.join(": "))).join("\n");
  }

  function item() {
    const day = LuatBuoi.day(field("ngay").value, luat.mau_ngay);
    return {
      client_id: field("client_id").value, nguoi: NT.account, tt: "cho", luc: Date.now(), cau: [],
      duong: form.getAttribute("action") || location.pathname, than: pairs().filter(([name]) => name !== "luu"),
      ngay: day, ten: day ? `Sinh hoạt tháng ${Number(day.slice(5, 7))}, ngày ${Number(day.slice(8))}/${Number(day.slice(5, 7))}` : "Buổi sinh hoạt",
      noi: document.querySelector(".buoi-ten").textContent, chi_doan: field("chi_doan").value, chu: inWords(),
    };
  }

  // Into the outbox and out of the drafts in one step: a kill in between loses nothing.
  async function queue(row) {
    settled = true;
    clearTimeout(timer);
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist(); // not to be tidied away unsent
    await NT.inStore(["hop", "nhap"], (store) => {
      store("nhap").delete(key());
      return store("hop").put(row);
    });
  }
  async function unqueue(row) {
    await NT.drop("hop", row.client_id);
    settled = false;
    editing = null;
    await keepDraft({ say: false });
  }

  function handIn() {
    sessionStorage.setItem(NT.HANDED_IN, key());
    form.submit();
  }

  async function finish() {
    const values = new Map(pairs());
    const errors = LuatBuoi.check(luat, values);
    if (errors.length && NT.away) return complain(errors);
    if (errors.length) return handIn(); // the server says it beside the fields
    const row = item();
    await queue(row);
    if (!NT.away) {
      button.setAttribute("aria-busy", "true");
      words.textContent = "Đang lưu";
    }
    const heard = NT.away ? null : await NT.sendNow(row);
    if (heard && heard.tt === "da_nhan") {
      await NT.drop("hop", row.client_id); // it is seen on its own page
      return location.assign(heard.url);
    }
    if (heard && ["tu_choi", "hai_ban"].includes(heard.tt) && !heard.mat) {
      await unqueue(row);
      return handIn();
    }
    return location.assign(NT.place.hop);
  }
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const isDraft = event.submitter && event.submitter.value === "nhap";
    if (isDraft && !NT.away) {
      settled = true;
      NT.drop("nhap", key()).catch(() => null);
      return;
    }
    event.preventDefault();
    if (isDraft) keepDraft({ say: true });
    else finish().catch(() => form.submit());
  });

  // Back from the outbox: the page as it was would write over the meeting that was put there.
  window.addEventListener("pageshow", (event) => { if (event.persisted && settled) location.reload(); });

  dress();
  comeBack().then(showPhotos).catch(() => null);
})();
