// The photographed roll above the one that is typed from it; comes with the first click (app.js).
(() => {
  "use strict";
  const opener = document.querySelector("[data-phieu-mo]");
  const make = (tag, props) => Object.assign(document.createElement(tag), props);

  function sheetOf(page) {
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
    return sheet;
  }

  opener.addEventListener("click", async (event) => {
    event.preventDefault();
    const open = document.querySelector(".phieu-xem");
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
    document.querySelector("#diem-danh").prepend(sheetOf(page));
  });
})();
