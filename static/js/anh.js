// Photos: shrunk here, sent one by one under an id of their own, sent again until they are there.
(() => {
  "use strict";
  const CANH = 1600;
  const NHE = 400000;
  const $ = (selector, root = document) => root.querySelector(selector);
  const make = (tag, props) => Object.assign(document.createElement(tag), props);
  // Not crypto.randomUUID: it is missing where the address has no https.
  const newId = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  async function shrink(file) {
    const image = window.createImageBitmap
      && await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
    if (!image) return file; // the server says what is wrong with it
    const share = Math.min(1, CANH / Math.max(image.width, image.height));
    const canvas = make("canvas", {
      width: Math.max(1, Math.round(image.width * share)),
      height: Math.max(1, Math.round(image.height * share)),
    });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    let blob = null;
    for (const quality of [0.85, 0.7, 0.55, 0.4]) {
      blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", quality); });
      if (blob && blob.size <= NHE) break;
    }
    return blob && (share < 1 || blob.size < file.size) ? blob : file;
  }

  async function send(photo, url, token) {
    photo.blob = photo.blob || await shrink(photo.file);
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token);
    body.set("client_id", photo.id);
    body.set("loai", photo.loai);
    body.set("tep", photo.blob, "anh.jpg");
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } })
      .catch(() => null);
    if (!answer || answer.status >= 500) return { cho: "Chưa gửi được vì mất mạng hoặc máy chủ bận" };
    if (answer.redirected || answer.status === 403) return { cho: "Đăng nhập lại ở trang khác rồi bấm Gửi lại" };
    return answer.json().catch(() => ({ loi: "Máy chủ chưa nhận ảnh này. Tải lại trang rồi chọn lại." }));
  }

  // A place that sends photos: `url()` where to, `list` where they appear, `said` where it speaks.
  function sender({ box, url, loai, list }) {
    const said = $("[data-anh-bao]", box);
    const token = $("[name=csrfmiddlewaretoken]", box.closest("form")).value;
    const status = make("p", { className: "anh-bao" });
    status.setAttribute("role", "status");
    const again = make("button", { type: "button", className: "btn btn-secondary", textContent: "Gửi lại" });
    let waiting = [];
    let running = false;

    const refuse = (photo, words) => {
      const line = make("p", { className: "anh-bao is-bad", textContent: `${photo.file.name}: ${words}` });
      line.setAttribute("role", "alert");
      said.append(line);
    };
    const show = (answer, photo) => {
      const empty = $("[data-anh-rong]");
      if (empty) empty.remove();
      const link = make("a", { href: answer.trang });
      link.append(make("img", { src: answer.nho, width: 160, height: 160, alt: photo.loai === "anh" ? "Ảnh" : "Phiếu điểm danh giấy" }));
      const item = make("li", {});
      item.append(link);
      list.append(item);
    };

    async function run() {
      if (running || !waiting.length) return;
      running = true;
      again.remove();
      said.prepend(status);
      const total = waiting.length;
      let kept = 0;
      let held = "";
      for (const photo of [...waiting]) {
        status.textContent = `Đang gửi ${kept + 1}/${total}`;
        const answer = await send(photo, url(), token);
        if (answer.cho) {
          held = answer.cho;
          break;
        }
        waiting = waiting.filter((one) => one !== photo);
        if (answer.loi) refuse(photo, answer.loi);
        else {
          kept += 1;
          show(answer, photo);
        }
      }
      status.textContent = held ? `${held}. Còn ${waiting.length} ảnh, giữ trang này mở.` : (kept && `Đã gửi ${kept} ảnh.`) || "";
      if (held) said.append(again);
      running = false;
    }

    again.addEventListener("click", run);
    window.addEventListener("online", run);
    window.addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
    return (files) => {
      said.replaceChildren();
      waiting.push(...[...files].map((file) => ({ file, loai, id: newId() })));
      run();
    };
  }

  // ---- the page of photos, and that of the sheet ----
  const form = $("[data-anh-gui]");
  if (form) {
    const input = $("[type=file]", form);
    const lists = document.querySelectorAll("[data-anh-luoi]");
    const take = sender({ box: form, url: () => form.action, loai: form.elements.loai.value, list: lists[0] });
    input.addEventListener("change", () => {
      take(input.files);
      input.value = "";
    });
  }

  // ---- the button of the meeting form: photos go once the draft is on record ----
  const part = $("[data-anh-nut]");
  if (part) {
    const meeting = () => { const box = $("[name=buoi]", part.closest("form")); return box && box.value; };
    const input = make("input", { type: "file", multiple: true, accept: part.dataset.accept, hidden: true });
    const take = sender({
      box: part,
      url: () => part.dataset.url.replace("/0/", `/${meeting()}/`),
      loai: "anh",
      list: $("[data-anh-luoi]", part),
    });
    input.addEventListener("change", () => {
      take(input.files);
      input.value = "";
    });
    $("[data-anh-mo]", part).addEventListener("click", (event) => {
      if (!meeting()) return; // saves the draft first
      event.preventDefault();
      input.click();
    });
  }

  // ---- the sheet above the roll ----
  const opener = $("[data-phieu-mo]");
  if (opener) {
    opener.addEventListener("click", async (event) => {
      event.preventDefault();
      const open = $(".phieu-xem");
      if (open) {
        open.remove();
        return;
      }
      const answer = await fetch(opener.href).catch(() => null);
      if (!answer || !answer.ok) {
        window.open(opener.href);
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const sheet = make("div", { className: "phieu-xem" });
      const head = make("p", { textContent: "Phiếu giấy" });
      const close = make("button", { type: "button", className: "btn btn-plain", textContent: "Đóng" });
      close.addEventListener("click", () => { sheet.remove(); });
      head.append(close);
      const body = make("div", { tabIndex: 0 });
      for (const image of page.querySelectorAll("[data-anh-luoi] img")) {
        body.append(make("img", { src: image.src.replace("-nho.jpg", ".jpg"), alt: "Phiếu điểm danh giấy" }));
      }
      sheet.append(head, body);
      $("#diem-danh").prepend(sheet);
    });
  }

  // ---- one photo: the arrow keys lead to its neighbours ----
  if ($(".anh-lon")) {
    document.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
      const link = way && !event.altKey && $(`[rel=${way}]`);
      if (link && !$("dialog[open]")) link.click();
    });
  }
})();
