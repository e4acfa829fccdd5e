// What every page of a signed-in person does for meetings kept on the device: sends them when there
// is a network, says what waits, and wipes the device at signing out. Items are those of `hop`;
// `nhap` holds drafts of open pages, `anh` photos and `tep` their bytes. All but the last name the
// account that wrote them.
(() => {
  "use strict";
  const place = document.currentScript.dataset;
  const account = place.nguoi;
  if (!account || !window.indexedDB) return;
  const DAY = 24 * 3600 * 1000;
  const WARN_AFTER = 5 * DAY;
  const SENT_STAYS = 7 * DAY;
  const DRAFT_STAYS = 31 * DAY;
  const PATIENCE = 20_000;
  const AGAIN = 60_000;

  // ---- the store ----
  const KEYS = { hop: "client_id", nhap: "khoa", anh: "id", tep: "id" };
  let base = null;
  const open = () => new Promise((resolve, reject) => {
    const ask = indexedDB.open("so-doan", 2);
    ask.onupgradeneeded = () => {
      const known = ask.result.objectStoreNames;
      for (const name of Object.keys(KEYS)) if (!known.contains(name)) ask.result.createObjectStore(name, { keyPath: KEYS[name] });
    };
    ask.onsuccess = () => {
      ask.result.onversionchange = () => {
        ask.result.close();
        base = null;
      };
      resolve(ask.result);
    };
    ask.onerror = () => reject(ask.error);
  });
  async function inStore(names, work) {
    base = base || open();
    const deal = (await base).transaction(names, "readwrite");
    const ask = work((name) => deal.objectStore(name));
    return new Promise((resolve, reject) => {
      deal.oncomplete = () => resolve(ask && ask.result);
      deal.onabort = () => reject(deal.error);
    });
  }
  const all = (name) => inStore([name], (store) => store(name).getAll());
  const get = (name, key) => inStore([name], (store) => store(name).get(key));
  const put = (name, row) => inStore([name], (store) => store(name).put(row));
  const drop = (name, key) => inStore([name], (store) => store(name).delete(key));

  const isOpen = (row) => row.tt !== "da_nhan";
  const isWaiting = (row) => row.tt === "cho" || row.tt === "dang_nhap";
  const own = async (name) => (await all(name)).filter((row) => row.nguoi === account && isOpen(row));
  const inWords = (meetings, photos) => [meetings && `${meetings} buổi`, photos && `${photos} ảnh`].filter(Boolean).join(", ");
  const changed = () => document.dispatchEvent(new CustomEvent("hop-doi"));
  async function keep(row) {
    await put("hop", row);
    changed();
  }

  // ---- sending ----
  const ask = (url, options = {}) => fetch(url, {
    redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...options,
  }).catch(() => null);

  const isLeaving = async () => Boolean(window.caches) && caches.has(place.ra);

  // Who is signed in: null without a network, no name when the log-in is over.
  async function whoIsHere() {
    if (await isLeaving()) return { nguoi: "" };
    const answer = await ask(place.toi);
    if (!answer || answer.status >= 500) return null;
    if (answer.status === 403) return { nguoi: account, token: "" }; // no right: each item will say so
    return answer.ok ? answer.json().catch(() => null) : { nguoi: "" };
  }

  const SORRY = {
    403: "Tài khoản này không còn quyền ghi buổi sinh hoạt của chi đoàn đó. Hỏi Đoàn phường.",
    404: "Bản nháp, hoặc chi đoàn, không còn trên máy chủ (có thể đã sáp nhập). Mở ra để ghi thành buổi mới.",
  };
  async function sendOne(row, here, mo) {
    const body = new URLSearchParams(row.than);
    body.set("csrfmiddlewaretoken", here.token);
    if (mo) body.set("mo", "1");
    row.dang_gui = true;
    changed();
    const answer = await ask(row.duong, { method: "POST", body, headers: { "X-Hop-Cho": row.nguoi } });
    const said = answer && answer.ok ? await answer.json().catch(() => null) : null;
    delete row.dang_gui;
    if (!answer || answer.status >= 500) return false;
    if (said) receive(row, said);
    else if (answer.status in SORRY) Object.assign(row, { tt: "tu_choi", cau: [SORRY[answer.status]], mat: answer.status === 404 });
    else row.tt = "dang_nhap";
    // Somebody may have written it anew, or thrown it away, while it was on its way.
    const now = await get("hop", row.client_id);
    if (now && now.luc === row.luc) await put("hop", row);
    return true;
  }

  function receive(row, said) {
    if (said.ket_qua === "da_ghi") {
      Object.assign(row, { tt: "da_nhan", xong: Date.now(), url: said.url, than: [], chu: "", cau: [] });
    } else if (said.ket_qua === "khac_nguoi") row.tt = "dang_nhap";
    else Object.assign(row, { tt: said.ket_qua, cau: said.cau, so_voi: said.so_voi, doi_ngay: said.doi_ngay });
  }

  // Scripts that few pages need come when they are needed; the service worker keeps them.
  const load = (src) => new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src });
    script.onload = resolve;
    script.onerror = () => reject(new Error(src));
    document.head.append(script);
  });
  async function photoTool() {
    if (!window.HangAnh) await load(place.anhSrc);
    return window.HangAnh;
  }

  const sending = new Map();
  async function run(everything) {
    await tidy();
    const wanted = (row) => everything || isWaiting(row);
    const rows = (await own("hop")).filter(wanted)
      .sort((one, other) => one.ngay.localeCompare(other.ngay) || one.luc - other.luc);
    const photos = (await own("anh")).filter(wanted);
    if (!(rows.length || photos.length) || !navigator.onLine) return;
    const here = await whoIsHere();
    if (!here) return;
    if (here.nguoi !== account) {
      for (const row of rows) await put("hop", { ...row, tt: isWaiting(row) ? "dang_nhap" : row.tt });
      for (const row of photos) await put("anh", { ...row, tt: isWaiting(row) ? "dang_nhap" : row.tt });
      changed();
      return;
    }
    sending.clear();
    const total = rows.length + photos.length;
    let meetings = 0;
    let heard = true;
    for (const row of rows) {
      sending.set(row.client_id, `${rows.indexOf(row) + 1} trong ${total}`);
      heard = await sendOne(row, here);
      sending.delete(row.client_id);
      if (!heard) break;
      meetings += row.tt === "da_nhan";
    }
    const pictures = heard && photos.length ? await (await photoTool()).send(photos, here, rows.length, total) : 0;
    if (meetings || (pictures && !isLog)) said = `Đã gửi ${inWords(meetings, pictures)}.`;
    changed();
  }
  let going = null;
  const locked = (work) => (navigator.locks ? navigator.locks.request("so-doan-gui", work) : work());
  function send(everything = false) {
    going = going || locked(() => run(everything)).catch(() => null).finally(() => { going = null; });
    return going;
  }

  // One meeting now, while its writer looks on: the row as the server left it, null without network.
  function sendNow(row) {
    return locked(async () => {
      const here = await whoIsHere();
      if (!here) return null;
      if (here.nguoi !== account) {
        await keep({ ...row, tt: "dang_nhap" });
        return { ...row, tt: "dang_nhap" };
      }
      return (await sendOne(row, here, true)) ? row : null;
    });
  }

  // What the server has is kept here for a while, and not beyond the sight of another account.
  async function tidy() {
    const now = Date.now();
    const isOver = (row, since, days) => row.nguoi !== account || now - since > days;
    for (const name of ["hop", "anh"]) {
      for (const row of await all(name)) {
        if (!isOpen(row) && isOver(row, row.xong, SENT_STAYS)) await drop(name, row[KEYS[name]]);
      }
    }
    // A copy of a draft goes with the pages that the service worker takes away.
    const pagesGone = window.caches && !(await caches.has(`trang-${account}`));
    for (const row of await all("nhap")) {
      if (row.da_luu && (pagesGone || isOver(row, row.luc, DRAFT_STAYS))) await drop("nhap", row.khoa);
    }
  }

  // ---- what is said on top of the page ----
  const box = document.querySelector("[data-nt-bao]");
  const isLog = Boolean(document.querySelector("form[data-tu-luu]"));
  const isOutbox = location.pathname === place.hop;
  let said = "";
  let away = !navigator.onLine;
  const STYLES = { warn: "#wifi-off", info: "#wifi", bad: "#circle-alert", ok: "#circle-check" };

  async function tell() {
    const rows = await own("hop");
    const photos = await own("anh");
    const items = [...rows, ...photos];
    const waiting = items.filter(isWaiting);
    const refused = items.length - waiting.length;
    const old = waiting.some((row) => Date.now() - row.luc > WARN_AFTER);
    const of = (test) => inWords(rows.filter(test).length, photos.filter(test).length);
    document.querySelectorAll("[data-nt-dem]").forEach((part) => {
      part.textContent = items.length ? `${of(() => true)} chưa gửi` : "Không có gì chờ gửi";
      part.classList.toggle("is-bad", refused > 0);
    });
    if (away && isLog) show("warn", "Đang mất mạng.", "Đồng chí cứ ghi tiếp. Biên bản giữ trên máy này và tự gửi khi có mạng.", items.length && `${of(() => true)} đang chờ gửi`);
    else if (away && isOutbox) show("warn", "Đang mất mạng.", "Có mạng thì tự gửi.");
    else if (sending.size) show("info", "Đã có mạng lại.", `Đang gửi ${[...sending.values()][0]} mục.`);
    else if (refused && !isOutbox) show("bad", "", `Máy chủ chưa nhận ${of((row) => !isWaiting(row))} đồng chí đã ghi.`, "Xem và gửi lại");
    else if (old) show("warn", "", `Có ${of((row) => Date.now() - row.luc > WARN_AFTER).replace(/\d+ /g, "")} chờ gửi đã quá 5 ngày. Ở nơi có mạng, mở hộp chờ gửi rồi bấm Gửi lại ngay.`, isOutbox ? "" : "Mở hộp chờ gửi");
    else if (waiting.length && !isOutbox) show("warn", "", `${of(isWaiting)} đang chờ gửi.`, "Mở hộp chờ gửi");
    else if (said) show("ok", "", said);
    else box.hidden = true;
  }
  function show(family, strong, text, link) {
    box.className = `banner banner-flat banner-${family}`;
    const use = box.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, STYLES[family]));
    box.querySelector("b").textContent = strong;
    box.querySelector("span").textContent = ` ${text}`;
    const action = box.querySelector("a");
    action.hidden = !link;
    action.textContent = link || "";
    box.hidden = false;
  }

  // ---- signing out ----
  const wipeCaches = async (all_) => {
    if (!window.caches) return;
    for (const name of await caches.keys()) {
      if (name.startsWith("trang-") && (all_ || name !== `trang-${account}`)) await caches.delete(name);
    }
  };
  // Takes the account's part off the device; without a network what is unsent stays, and nobody
  // sees it before the account signs in again.
  async function wipe({ unsentToo }) {
    const isKept = (name, row) => !unsentToo && (name === "nhap" ? !row.da_luu : isOpen(row));
    let left = false;
    const rows = { hop: [], nhap: [], anh: [] };
    for (const name of Object.keys(rows)) {
      for (const row of await all(name)) {
        if (row.nguoi !== account || isKept(name, row)) left = true;
        else rows[name].push(row[KEYS[name]]);
      }
    }
    for (const [name, keys] of Object.entries(rows)) for (const key of keys) await drop(name, key);
    for (const id of rows.anh) await drop("tep", id);
    await wipeCaches(true);
    sessionStorage.clear();
    return left;
  }
  const unsent = async () => ({
    buoi: (await own("hop")).length + (await own("nhap")).filter((row) => !row.da_luu).length,
    anh: (await own("anh")).length,
  });

  const dialog = document.querySelector("#nt-ra");
  let leaving = null;
  const leave = async () => {
    const here = await whoIsHere(); // a page that was kept holds an old token
    if (here && here.token) leaving.elements.csrfmiddlewaretoken.value = here.token;
    const left = await wipe({ unsentToo: true }).catch(() => true);
    if (left) leaving.append(Object.assign(document.createElement("input"), { type: "hidden", name: "giu", value: "1" }));
    leaving.submit();
  };
  // The service worker signs out before it fetches any page again; until then it shows none.
  const leaveLater = async () => {
    await wipe({ unsentToo: false });
    await caches.open(place.ra);
    location.replace("/");
  };
  function describe({ buoi, anh }, problem = "") {
    const away_ = !navigator.onLine;
    const words = inWords(buoi, anh);
    dialog.querySelectorAll("[data-nt-so]").forEach((part) => { part.textContent = words; });
    dialog.querySelectorAll("[data-nt-con]").forEach((part) => { part.hidden = !words || away_; });
    dialog.querySelectorAll("[data-nt-mat]").forEach((part) => { part.hidden = !away_; });
    dialog.querySelectorAll("[data-nt-mat-con]").forEach((part) => { part.hidden = !away_ || !words; });
    for (const part of dialog.querySelectorAll("[data-nt-ra]")) {
      part.hidden = part.dataset.ntRa === "sau" ? !away_ || !canLeaveLater() : away_ || !words;
    }
    const line = dialog.querySelector("[data-nt-loi]");
    line.hidden = !problem;
    line.textContent = problem;
  }
  const canLeaveLater = () => Boolean(navigator.serviceWorker && navigator.serviceWorker.controller);
  async function askToLeave() {
    const rest = await unsent();
    if (!(rest.buoi || rest.anh) && navigator.onLine) return leave();
    describe(rest, navigator.onLine || canLeaveLater() ? "" : "Đang mất mạng nên chưa đăng xuất được. Có mạng rồi bấm lại.");
    if (!dialog.open) dialog.showModal();
    return null;
  }
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") !== place.ra || event.defaultPrevented) return;
    event.preventDefault();
    leaving = event.target;
    askToLeave().catch(() => leaving.submit());
  }, true);
  dialog.addEventListener("click", async (event) => {
    const choice = event.target.closest("[data-nt-ra]");
    if (!choice) return;
    if (choice.dataset.ntRa === "xoa") {
      leave();
      return;
    }
    if (choice.dataset.ntRa === "sau") {
      leaveLater().catch(() => describe({ buoi: 0, anh: 0 }, "Chưa xóa được phần giữ trên máy này. Có mạng rồi bấm lại."));
      return;
    }
    choice.disabled = true;
    await send(true);
    choice.disabled = false;
    const rest = await unsent();
    if (rest.buoi || rest.anh) describe(rest, "Còn buổi chưa gửi được. Bấm Ở lại, mở hộp chờ gửi để xem.");
    else leave();
  });

  // ---- a meeting that was put beside another version, or handed in by its own form: done when the
  // page of a meeting follows ----
  const REVIEW = "so-doan-dang-xem";
  const HANDED_IN = "so-doan-da-nop";
  async function closeReview() {
    const key = sessionStorage.getItem(REVIEW);
    const draft = sessionStorage.getItem(HANDED_IN);
    if (!(key || draft) || /\/(ghi|sua)\/$/.test(location.pathname)) return;
    sessionStorage.removeItem(REVIEW);
    sessionStorage.removeItem(HANDED_IN);
    if (!/^\/sinh-hoat\/\d+\/$/.test(location.pathname)) return;
    if (draft) await drop("nhap", draft);
    const row = key && (await get("hop", key));
    if (!row || row.nguoi !== account) return;
    // Its photos go with the version that was chosen.
    for (const photo of await own("anh")) {
      if (photo.client_id === row.client_id) await put("anh", { ...photo, buoi: location.pathname.split("/")[2] });
    }
    await keep({ ...row, tt: "da_nhan", xong: Date.now(), url: location.pathname, da_chon: true, cau: [] });
  }

  // ---- the service worker, where meetings are logged ----
  const links = [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"));
  const wanted = [...new Set(links.filter((path) => path.startsWith(place.ghi)
    || /^\/sinh-hoat\/\d+\/sua\/$/.test(path)))].slice(0, 4);
  async function install() {
    if (!navigator.serviceWorker || !(wanted.length || isLog || isOutbox)) return;
    await navigator.serviceWorker.register(place.sw);
    const { active } = await navigator.serviceWorker.ready;
    const here = isLog ? [location.pathname + location.search] : [];
    if (navigator.onLine) active.postMessage({ giu: [...wanted, ...here, place.hop] });
  }
  const keepPage = async (path) => {
    if (!navigator.serviceWorker) return;
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ giu: [path], moi: true });
  };

  window.NgoaiTuyen = {
    account, place, all, own, get, put, drop, keep, inStore, ask, load, photoTool, send, sendNow, sending, keepPage, isOpen, isWaiting,
    changed, WARN_AFTER, REVIEW, HANDED_IN, get away() { return away; },
    setAway(value) {
      if (away === value) return;
      away = value;
      document.dispatchEvent(new CustomEvent("mang-doi"));
      tell();
    },
  };

  window.addEventListener("pageshow", async (event) => {
    if (event.persisted && (await isLeaving())) location.reload();
  });
  document.addEventListener("hop-doi", tell);
  window.addEventListener("offline", () => window.NgoaiTuyen.setAway(true));
  window.addEventListener("online", () => {
    window.NgoaiTuyen.setAway(false);
    send();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) send();
  });
  setInterval(send, AGAIN);
  closeReview().then(tell).then(() => send()).catch(() => null);
  wipeCaches(false).catch(() => null);
  install().catch(() => null);
})();
