// The outbox page: meetings and photos that wait on this device, what the server refused and why, what was sent.
(() => {
  "use strict";
  const NT = window.NgoaiTuyen;
  const root = document.querySelector("[data-hop]");
  if (!NT || !root) return;
  const $ = (selector, part = root) => part.querySelector(selector);
  const two = (number) => String(number).padStart(2, "0");
  const when = (time) => {
    const day = new Date(time);
    const date = day.toDateString() === new Date().toDateString() ? "hôm nay" : `ngày ${day.getDate()}/${day.getMonth() + 1}`;
    return `${two(day.getHours())}:${two(day.getMinutes())} ${date}`;
  };
  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(Math.round(bytes / 1e5) / 10).toString().replace(".", ",")} MB`);
  const lower = (words) => words[0].toLowerCase() + words.slice(1);
  // A line has room for the day alone, and for the branch where its writer has several.
  const short = (ten) => ten.replace(/ tháng \d+,/, "");
  const branch = (row) => (new Set(meetings.map(({ noi }) => noi)).size > 1 ? ` · ${row.noi}` : "");
  let meetings = [];
  let photos = [];
  const copyOf = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

  // A meeting opens again in its own form, with everything that was written.
  function formOf(row) {
    const parts = new URLSearchParams({ muc: row.client_id });
    const isNew = row.mat || row.duong === NT.place.ghi;
    if (isNew) {
      parts.set("chi_doan", row.chi_doan);
      if (row.ngay) parts.set("ngay", row.ngay.split("-").reverse().join("/"));
    }
    return `${isNew ? NT.place.ghi : row.duong}?${parts}`;
  }

  // The server's own page of both versions, with the words of the device as mine.
  async function compare(row) {
    const answer = await fetch(NT.place.toi, { redirect: "manual" }).catch(() => null);
    if (!answer || !answer.ok) return NT.send(true);
    const { token } = await answer.json();
    const form = Object.assign(document.createElement("form"), { method: "post", action: row.so_voi });
    const LEFT = ["version", "buoi", "chua_ro"];
    const than = [...row.than.filter(([name]) => !LEFT.includes(name)), ["version", "0"], ["csrfmiddlewaretoken", token]];
    for (const [name, value] of than) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    sessionStorage.setItem(NT.REVIEW, row.client_id);
    document.body.append(form);
    return form.submit();
  }

  async function copy(text, button) {
    const words = [...button.childNodes].reverse().find((node) => node.textContent.trim());
    const before = words.textContent;
    try {
      await navigator.clipboard.writeText(text);
      words.textContent = "Đã chép";
    } catch {
      const box = Object.assign(document.createElement("textarea"), { className: "form-control", value: text, readOnly: true, rows: 10 });
      box.setAttribute("aria-label", "Nội dung để chép");
      button.parentNode.after(box);
      box.focus();
    }
    setTimeout(() => { words.textContent = before; }, 3000);
  }

  const asked = document.getElementById("hop-bo");
  let doomed = null;
  const photosOf = (rows, row) => rows.filter((photo) => photo.client_id === row.client_id);
  $("[data-hop-bo]", asked).addEventListener("click", async () => {
    if (doomed.anh.length) await (await NT.photoTool()).drop(doomed.anh);
    if (doomed.row) await NT.drop("hop", doomed.row.client_id);
    asked.close();
    NT.changed();
  });
  function ask(ten, doom) {
    doomed = doom;
    $("[data-ten]", asked).textContent = lower(ten);
    $("[data-kem]", asked).hidden = !(doom.row && doom.anh.length);
    $("[data-kem]", asked).textContent = `Bỏ luôn ${doom.anh.length} ảnh của buổi này.`;
    asked.showModal();
  }

  function card(row) {
    const part = copyOf("hop-xem");
    $("h3", part).textContent = `${row.ten}${branch(row)}`;
    $("[data-cau]", part).textContent = row.cau.join(" ");
    const open = $("[data-mo]", part);
    const isTwo = row.tt === "hai_ban";
    open.hidden = isTwo;
    open.href = formOf(row);
    open.textContent = row.mat ? "Mở để ghi lại" : "Mở để sửa";
    $("[data-so]", part).hidden = !isTwo;
    $("[data-so]", part).addEventListener("click", () => compare(row));
    $("[data-doi]", part).hidden = !row.doi_ngay;
    $("[data-doi]", part).href = formOf(row);
    $("[data-chep]", part).addEventListener("click", (event) => copy(row.chu, event.currentTarget));
    $("[data-bo]", part).addEventListener("click", () => ask(row.ten, { row, anh: photosOf(photos, row) }));
    return part;
  }

  // ---- photos: one line for those of a meeting, a card for each that was refused ----
  function photoCard(row) {
    const part = copyOf("hop-xem");
    const ten = `Ảnh ${lower(row.ten)}`;
    $("h3", part).textContent = ten;
    $("[data-cau]", part).textContent = row.cau.join(" ");
    for (const name of ["mo", "so", "doi"]) $(`[data-${name}]`, part).remove();
    const save = $("[data-chep]", part);
    save.lastChild.textContent = "Lưu ảnh về máy";
    save.addEventListener("click", async () => {
      const address = URL.createObjectURL(await (await NT.photoTool()).bytesOf(row));
      Object.assign(document.createElement("a"), { href: address, download: "anh.jpg" }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    });
    const again = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-primary", textContent: "Gửi lại" });
    again.addEventListener("click", () => NT.send(true));
    $(".hop-nut", part).append(again);
    $("[data-bo]", part).addEventListener("click", () => ask(ten, { row: null, anh: [row] }));
    return part;
  }
  function groups(rows) {
    const found = new Map();
    for (const row of rows) found.set(row.client_id, [...(found.get(row.client_id) || []), row]);
    return [...found.values()];
  }
  function waitingPhotos(rows) {
    const [{ ten, tt, client_id: id, luc }] = rows;
    const name = { ten: `Ảnh ${lower(ten)} (${rows.length}\u00a0ảnh)` };
    if (rows.some((row) => NT.sending.has(row.id))) return line(name, "info", "#refresh-cw", "Đang gửi");
    if (tt === "dang_nhap") return line(name, "warn", "#log-in", "Đăng nhập để gửi", [`/dang-nhap/?next=${NT.place.hop}`, "Đăng nhập"]);
    const late = Date.now() - luc > NT.WARN_AFTER ? "Quá 5 ngày chưa gửi" : "Chờ gửi";
    const after = meetings.some((row) => row.client_id === id) ? " · gửi sau biên bản" : "";
    const part = line(name, "warn", "#camera", `${late} · ${size(rows.reduce((sum, row) => sum + row.so_byte, 0))}${after}`);
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-secondary btn-sm", textContent: "Bỏ" });
    button.setAttribute("aria-label", `Bỏ ${lower(short(name.ten))}`);
    button.addEventListener("click", () => ask(short(name.ten), { row: null, anh: rows }));
    part.append(button);
    return part;
  }
  function sentPhotos(rows) {
    const [{ ten, url }] = rows;
    const last = Math.max(...rows.map((row) => row.xong));
    return line({ ten: `Ảnh ${lower(ten)} (${rows.length}\u00a0ảnh)` }, "ok", "#check", `Máy chủ nhận lúc ${when(last)}`, [url, "Xem"]);
  }

  function line(row, family, icon, text, action) {
    const part = copyOf("hop-dong");
    $(".tile", part).classList.add(`is-${family}`);
    const use = $("use", part);
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, icon));
    $("b", part).textContent = short(row.ten);
    $("small", part).textContent = text;
    if (action) {
      const link = $("a", part);
      Object.assign(link, { hidden: false, href: action[0], textContent: action[1] });
    }
    return part;
  }
  function waiting(row) {
    const written = `ghi ${when(row.luc)}${branch(row)}`;
    if (NT.sending.has(row.client_id)) return line(row, "info", "#refresh-cw", `Đang gửi · ${written}`);
    if (row.tt === "dang_nhap") {
      return line(row, "warn", "#log-in", `Đăng nhập để gửi · ${written}`, [`/dang-nhap/?next=${NT.place.hop}`, "Đăng nhập"]);
    }
    const late = Date.now() - row.luc > NT.WARN_AFTER ? "Quá 5 ngày chưa gửi" : "Chờ gửi";
    return line(row, "warn", "#clock", `${late} · ${written}`, [formOf(row), "Sửa"]);
  }
  function sent(row) {
    const words = row.da_chon ? `Đã chọn bản để giữ lúc ${when(row.xong)}` : `Máy chủ nhận lúc ${when(row.xong)}`;
    return line(row, "ok", "#check", words, [row.url, "Xem"]);
  }
  const foreign = (what) => line({ ten: `${what} do tài khoản khác ghi trên máy này.` }, "neutral", "#lock",
    "Đăng nhập lại bằng tài khoản đó để gửi.");

  function fill(name, parts) {
    const section = $(`[data-hop-muc=${name}]`);
    section.hidden = !parts.length;
    $("[data-hop-cho]", section).replaceChildren(...parts);
  }
  async function draw() {
    const rows = await NT.all("hop");
    const pictures = await NT.all("anh");
    const mine = (row) => row.nguoi === NT.account;
    const own = rows.filter(mine).sort((one, other) => one.ngay.localeCompare(other.ngay));
    const refused = (row) => !NT.isWaiting(row);
    const sentOnes = pictures.filter((row) => mine(row) && !NT.isOpen(row));
    meetings = own.filter(NT.isOpen);
    photos = pictures.filter((row) => mine(row) && NT.isOpen(row));
    const foreignOnes = [...groups(pictures.filter((row) => !mine(row) && NT.isOpen(row))).map(() => "Ảnh"),
      ...rows.filter((row) => !mine(row) && NT.isOpen(row)).map(() => "Buổi này")];
    fill("xem", [...meetings.filter(refused).map(card), ...photos.filter(refused).map(photoCard)]);
    fill("cho", [...meetings.filter(NT.isWaiting).map(waiting), ...groups(photos.filter(NT.isWaiting)).map(waitingPhotos)]);
    fill("gui", [...own.filter((row) => !NT.isOpen(row)).sort((one, other) => other.xong - one.xong).map(sent), ...groups(sentOnes).map(sentPhotos)]);
    fill("khac", foreignOnes.map(foreign));
    $("[data-hop-trong]").hidden = rows.length + pictures.length > 0;
    for (const name of ["nhac", "nut"]) $(`[data-hop-${name}]`).hidden = !(meetings.length || photos.length);
    $("[data-hop-chep]").hidden = !meetings.length;
    $("[data-hop-cach]").hidden = !/iPhone|iPad/.test(navigator.userAgent) || matchMedia("(display-mode: standalone)").matches;
  }

  $("[data-hop-gui]").addEventListener("click", async (event) => {
    const button = event.currentTarget;
    button.setAttribute("aria-busy", "true");
    await NT.send(true);
    button.removeAttribute("aria-busy");
  });
  $("[data-hop-chep]").addEventListener("click", (event) => copy(meetings.map((row) => row.chu).join("\n\n"), event.currentTarget));

  document.addEventListener("hop-doi", draw);
  document.addEventListener("visibilitychange", draw);
  draw();
})();
