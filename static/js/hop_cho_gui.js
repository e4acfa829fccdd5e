// The outbox page: what waits on this device, what the server refused and why, what was sent.
(() => {
  "use strict";
  const NT = window.NgoaiTuyen;
  const root = document.querySelector("[data-hop]");
  if (!NT || !root) return;
  const $ = (selector, part = root) => part.querySelector(selector);
  const two = (number) => String(number).padStart(2, "0");
  const when = (time) => {
    const day = new Date(time);
    return `${two(day.getHours())}:${two(day.getMinutes())} ngày ${day.getDate()}/${day.getMonth() + 1}`;
  };
  const size = (row) => {
    const bytes = new Blob([JSON.stringify(row.than)]).size;
    return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  };
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
  $("[data-hop-bo]", asked).addEventListener("click", async () => {
    await NT.drop("hop", doomed.client_id);
    asked.close();
    document.dispatchEvent(new CustomEvent("hop-doi"));
  });

  function card(row) {
    const part = copyOf("hop-xem");
    $("h3", part).textContent = row.ten;
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
    $("[data-bo]", part).addEventListener("click", () => {
      doomed = row;
      $("[data-ten]", asked).textContent = row.ten;
      asked.showModal();
    });
    return part;
  }

  function line(row, family, icon, text, action) {
    const part = copyOf("hop-dong");
    $(".tile", part).classList.add(`is-${family}`);
    const use = $("use", part);
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, icon));
    $("b", part).textContent = row.ten;
    $("small", part).textContent = text;
    if (action) {
      const link = $("a", part);
      Object.assign(link, { hidden: false, href: action[0], textContent: action[1] });
    }
    return part;
  }
  function waiting(row) {
    const written = `ghi lúc ${when(row.luc)}`;
    if (NT.sending.has(row.client_id)) return line(row, "info", "#refresh-cw", `Đang gửi · ${written}`);
    if (row.tt === "dang_nhap") {
      return line(row, "warn", "#log-in", `Đăng nhập để gửi · ${written}`, [`/dang-nhap/?next=${NT.place.hop}`, "Đăng nhập"]);
    }
    const late = Date.now() - row.luc > NT.WARN_AFTER ? "Quá 5 ngày chưa gửi" : "Chờ gửi";
    return line(row, "warn", "#clock", `${late} · ${size(row)} · ${written}`, [formOf(row), "Sửa"]);
  }
  function sent(row) {
    const words = row.da_chon ? `Đã chọn bản để giữ lúc ${when(row.xong)}` : `Máy chủ nhận lúc ${when(row.xong)}`;
    return line(row, "ok", "#check", words, [row.url, "Xem"]);
  }
  const foreign = () => line({ ten: "Buổi này do tài khoản khác ghi trên máy này." }, "neutral", "#lock",
    "Đăng nhập lại bằng tài khoản đó để gửi.");

  function fill(name, parts) {
    const section = $(`[data-hop-muc=${name}]`);
    section.hidden = !parts.length;
    $("[data-hop-cho]", section).replaceChildren(...parts);
  }
  let open = [];
  async function draw() {
    const rows = await NT.all("hop");
    const own = rows.filter((row) => row.nguoi === NT.account).sort((one, other) => one.ngay.localeCompare(other.ngay));
    open = own.filter(NT.isOpen);
    fill("xem", open.filter((row) => !NT.isWaiting(row)).map(card));
    fill("cho", open.filter(NT.isWaiting).map(waiting));
    fill("gui", own.filter((row) => !NT.isOpen(row)).sort((one, other) => other.xong - one.xong).map(sent));
    fill("khac", rows.filter((row) => row.nguoi !== NT.account && NT.isOpen(row)).map(foreign));
    $("[data-hop-trong]").hidden = rows.length > 0;
    for (const name of ["nhac", "nut"]) $(`[data-hop-${name}]`).hidden = !open.length;
    $("[data-hop-cach]").hidden = !/iPhone|iPad/.test(navigator.userAgent) || matchMedia("(display-mode: standalone)").matches;
  }

  $("[data-hop-gui]").addEventListener("click", async (event) => {
    const button = event.currentTarget;
    button.setAttribute("aria-busy", "true");
    await NT.send(true);
    button.removeAttribute("aria-busy");
  });
  $("[data-hop-chep]").addEventListener("click", (event) => copy(open.map((row) => row.chu).join("\n\n"), event.currentTarget));

  document.addEventListener("hop-doi", draw);
  document.addEventListener("visibilitychange", draw);
  draw();
})();
