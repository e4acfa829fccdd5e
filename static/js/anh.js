// The pages of photos: shrunk on the device (hang_anh.js), sent one by one under an id of their own.
// Those of a meeting that do not go through are kept on the device and sent from the outbox.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const make = (tag, props) => Object.assign(document.createElement(tag), props);
  const NT = window.NgoaiTuyen;

  // Not fetch: only this tells how much of a photo has gone, which a slow line makes one want to know.
  const post = (url, body, gone) => new Promise((done) => {
    const call = new XMLHttpRequest();
    call.upload.addEventListener("progress", (event) => { if (event.total) gone(event.loaded / event.total); });
    call.addEventListener("load", () => { done(call); });
    for (const end of ["error", "abort", "timeout"]) call.addEventListener(end, () => { done(null); });
    call.open("POST", url);
    call.setRequestHeader("Accept", "application/json");
    call.send(body);
  });

  async function send(photo, url, token, gone) {
    // What this browser cannot read goes as it is: the server says what is wrong with it.
    photo.blob = photo.blob || (await HangAnh.shrink(photo.file)) || photo.file;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token);
    body.set("client_id", photo.id);
    body.set("loai", photo.loai);
    body.set("tep", photo.blob, "anh.jpg");
    const answer = await post(url, body, gone);
    if (!answer || answer.status >= 500) return { cho: "Chưa gửi được vì mất mạng hoặc máy chủ bận" };
    const isElsewhere = answer.responseURL !== new URL(url, location.href).href;
    if (isElsewhere || answer.status === 403) return { cho: "Đăng nhập lại ở trang khác rồi bấm Gửi lại" };
    try {
      return JSON.parse(answer.responseText);
    } catch {
      return { loi: "Máy chủ chưa nhận ảnh này. Tải lại trang rồi chọn lại." };
    }
  }

  // A form that sends photos: `list` where they appear; with data-cua, the id of a meeting, what does
  // not go through is kept on the device.
  function sender({ box, loai, list }) {
    const { cua, ten } = box.dataset;
    const said = $("[data-anh-bao]", box);
    const token = $("[name=csrfmiddlewaretoken]", box).value;
    const status = make("p", { className: "anh-bao" });
    status.setAttribute("role", "status");
    const bar = make("progress", { className: "anh-tien" });
    bar.setAttribute("aria-label", "Đã gửi được bao nhiêu");
    const again = make("button", { type: "button", className: "btn btn-secondary", textContent: "Gửi lại" });
    let waiting = [];
    let running = false;

    const refuse = (words) => { said.append(HangAnh.refused(words)); };
    const notEmpty = () => { document.querySelectorAll("[data-anh-rong]").forEach((part) => part.remove()); };
    const show = (answer, photo) => {
      notEmpty();
      const link = make("a", { href: answer.trang });
      link.append(make("img", { src: answer.nho, width: 160, height: 160, alt: photo.loai === "anh" ? "Ảnh" : "Phiếu điểm danh giấy" }));
      const item = make("li", {});
      item.append(link);
      list.append(item);
      const count = $("[data-so-anh]", list.parentElement);
      if (count) count.textContent = `${list.children.length} ảnh`;
    };

    async function run() {
      if (running || !waiting.length) return;
      running = true;
      again.remove();
      said.prepend(status, bar);
      const total = waiting.length;
      let kept = 0;
      let held = "";
      for (const photo of [...waiting]) {
        status.textContent = `Đang gửi ${kept + 1}/${total}`;
        const before = total - waiting.length;
        bar.value = before / total;
        const answer = await send(photo, box.action, token, (share) => { bar.value = (before + share) / total; });
        if (answer.cho) {
          held = answer.cho;
          break;
        }
        waiting = waiting.filter((one) => one !== photo);
        if (answer.loi) refuse(`${photo.file.name}: ${answer.loi}`);
        else {
          kept += 1;
          show(answer, photo);
        }
      }
      bar.remove();
      if (held && cua && NT) {
        const meeting = { client_id: cua, ten, loai };
        const safe = await HangAnh.keep(waiting, meeting);
        waiting = [];
        safe.loi.forEach(refuse);
        if (safe.kept.length) notEmpty();
        await HangAnh.follow(safe.kept, meeting, list, status);
        running = false;
        return;
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
    const take = sender({ box: form, loai: form.elements.loai.value, list: lists[0] });
    input.addEventListener("change", () => {
      take(input.files);
      input.value = "";
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
