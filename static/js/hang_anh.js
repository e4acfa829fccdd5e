// Photos that wait on the device for their meeting: shrunk, a bounded number of them, sent one by one
// under an id of their own once the meeting is on record. Loaded where photos are chosen or wait.
(() => {
  "use strict";
  const NT = window.NgoaiTuyen;
  const CANH = 1600;
  const NHE = 400_000;
  const MANY = 40;
  const HEAVY = 15_000_000;
  const PATIENCE = 60_000;
  const make = (tag, props) => Object.assign(document.createElement(tag), props);

  // As the server draws it anew; null for what this browser cannot read as a picture.
  async function shrink(file) {
    const image = window.createImageBitmap
      && await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
    if (!image) return null;
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

  // ---- keeping ----
  const FULL = "Máy này đã giữ đủ ảnh chờ gửi. Ở nơi có mạng, mở hộp chờ gửi cho ảnh đi bớt rồi chọn lại.";
  async function refusal(blob, meeting) {
    if (!blob) return "Tệp này không phải ảnh JPG, PNG. Chụp lại hoặc chọn ảnh JPG, PNG.";
    const rows = (await NT.all("anh")).filter(NT.isOpen);
    if (rows.length >= MANY || rows.reduce((sum, row) => sum + row.so_byte, blob.size) > HEAVY) return FULL;
    const here = rows.filter((row) => row.client_id === meeting.client_id).length;
    if (meeting.nhieu_nhat && here >= meeting.nhieu_nhat) return `Mỗi buổi giữ nhiều nhất ${meeting.nhieu_nhat} ảnh.`;
    return "";
  }

  // meeting: its client_id and name. Gives what was kept, and a sentence for each that was not.
  async function keep(files, meeting) {
    const kept = [];
    const loi = [];
    for (const { file, id = newId() } of files) {
      const blob = await shrink(file);
      const words = await refusal(blob, meeting);
      if (words) {
        loi.push(`${file.name}: ${words}`);
        continue;
      }
      const row = {
        id, client_id: meeting.client_id, ten: meeting.ten, loai: meeting.loai || "anh", nguoi: NT.account,
        tt: "cho", cau: [], luc: Date.now(), so_byte: blob.size,
      };
      const tep = await blob.arrayBuffer(); // older Safari cannot keep a Blob
      const done = await NT.inStore(["anh", "tep"], (store) => {
        store("tep").put({ id, tep });
        return store("anh").put(row);
      }).then(() => true, () => false);
      if (done) kept.push(row);
      else loi.push(`${file.name}: Máy hết chỗ nên chưa giữ được ảnh này. Xóa bớt tệp trên máy rồi chọn lại.`);
    }
    NT.changed();
    return { kept, loi };
  }
  async function bytesOf(row) {
    const found = await NT.get("tep", row.id);
    return found && new Blob([found.tep], { type: "image/jpeg" });
  }
  async function drop(rows) {
    for (const { id } of rows) {
      await NT.inStore(["anh", "tep"], (store) => {
        store("tep").delete(id);
        return store("anh").delete(id);
      });
    }
    NT.changed();
  }

  // ---- sending ----
  const GONE = "Buổi sinh hoạt của ảnh này không còn trên máy chủ. Lưu ảnh về máy nếu cần, rồi bỏ mục này.";
  // Its meeting is still here alone: in the outbox, or a draft that the server has not got.
  async function isEarly({ client_id }) {
    const item = await NT.get("hop", client_id);
    if (item && NT.isOpen(item)) return true;
    const value = (than, wanted) => (than.find(([name]) => name === wanted) || [])[1];
    return (await NT.all("nhap")).some((row) => !row.da_luu && value(row.than, "client_id") === client_id && !value(row.than, "buoi"));
  }

  async function sendOne(row, here) {
    const blob = await bytesOf(row);
    const body = new FormData();
    const parts = { csrfmiddlewaretoken: here.token, client_id: row.id, cua: row.client_id, buoi: row.buoi || "", loai: row.loai };
    for (const [name, value] of Object.entries(parts)) body.set(name, value);
    body.set("tep", blob || new Blob([]), "anh.jpg");
    const answer = await NT.ask(NT.place.guiAnh, {
      method: "POST", body, headers: { "X-Hop-Cho": row.nguoi }, signal: AbortSignal.timeout(PATIENCE),
    });
    const said = answer && answer.ok ? await answer.json().catch(() => null) : null;
    if (!answer || answer.status >= 500) return false;
    if (!said) Object.assign(row, answer.status === 403 ? { tt: "tu_choi", cau: ["Tài khoản này không còn quyền ghi buổi sinh hoạt. Hỏi Đoàn phường."] } : { tt: "dang_nhap" });
    else if (said.ket_qua === "da_ghi") Object.assign(row, { tt: "da_nhan", xong: Date.now(), url: said.url, cau: [] });
    else if (said.ket_qua === "khac_nguoi") row.tt = "dang_nhap";
    else if (said.ket_qua === "chua_co") Object.assign(row, { tt: "tu_choi", cau: [GONE] });
    else Object.assign(row, { tt: said.ket_qua, cau: said.cau });
    await NT.inStore(["anh", "tep"], (store) => {
      if (row.tt === "da_nhan") store("tep").delete(row.id);
      return store("anh").put(row);
    });
    return true;
  }

  // Sends those whose meeting is on record; gives how many were taken.
  async function send(rows, here, before, total) {
    let sent = 0;
    for (const [index, row] of rows.entries()) {
      if (await isEarly(row)) continue;
      NT.sending.set(row.id, `${before + index + 1} trong ${total}`);
      NT.changed();
      const heard = await sendOne(row, here);
      NT.sending.delete(row.id);
      if (!heard) break;
      sent += row.tt === "da_nhan";
    }
    return sent;
  }

  // ---- what the meeting form shows of its photos ----
  async function thumbnail(blob) {
    const image = await createImageBitmap(blob).catch(() => null);
    const canvas = make("canvas", { width: 160, height: 160 });
    if (!image) return canvas;
    const side = Math.min(image.width, image.height);
    canvas.getContext("2d").drawImage(image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, 160, 160);
    image.close();
    return canvas;
  }
  const WORDS = { cho: "Chờ gửi", dang_nhap: "Đăng nhập để gửi", da_nhan: "Đã gửi", tu_choi: "Máy chủ chưa nhận" };
  const drawn = new Map();
  async function draw(list, clientId) {
    const rows = (await NT.all("anh")).filter((row) => row.client_id === clientId && row.nguoi === NT.account);
    for (const row of rows) {
      let item = drawn.get(row.id);
      if (!item) {
        const blob = await bytesOf(row);
        if (!blob) continue;
        item = make("li", {});
        item.append(await thumbnail(blob), make("small", {}));
        drawn.set(row.id, item);
        list.append(item);
      }
      const words = NT.sending.has(row.id) ? "Đang gửi" : WORDS[row.tt];
      item.firstChild.setAttribute("role", "img");
      item.firstChild.setAttribute("aria-label", `Ảnh: ${words}`);
      item.lastChild.textContent = words;
    }
  }
  const SENTENCE = { dang_nhap: "Đăng nhập lại thì ảnh tự gửi.", tu_choi: "Máy chủ chưa nhận ảnh. Mở hộp chờ gửi để xem." };
  // Says in `status` what becomes of the photos that were kept here, and draws them in `list`.
  async function follow(kept, meeting, list, status) {
    const tell = async () => {
      await draw(list, meeting.client_id);
      const rows = await Promise.all(kept.map((row) => NT.get("anh", row.id)));
      const left = rows.filter((row) => row && NT.isOpen(row));
      const state = left.map((row) => row.tt).find((tt) => tt in SENTENCE);
      if (!kept.length) status.textContent = "";
      else if (!left.length) status.textContent = `Đã gửi ${kept.length} ảnh.`;
      else if (left.some((row) => NT.sending.has(row.id))) status.textContent = `Đang gửi ${kept.length - left.length + 1}/${kept.length}`;
      else status.textContent = state ? SENTENCE[state] : `${left.length} ảnh giữ trên máy này, có mạng thì tự gửi sau biên bản.`;
    };
    document.addEventListener("hop-doi", tell);
    await tell();
  }

  // Photos chosen on the form of a meeting: kept at once, sent when its draft is on record.
  async function take(files, meeting, box) {
    const { kept, loi } = await keep([...files].map((file) => ({ file })), meeting);
    const status = make("p", { className: "anh-bao" });
    status.setAttribute("role", "status");
    box.querySelector("[data-anh-bao]").replaceChildren(...loi.map(refused), status);
    await follow(kept, meeting, box.querySelector("[data-anh-luoi]"), status);
    return kept.length;
  }
  function refused(textContent) {
    const line = make("p", { className: "anh-bao is-bad", textContent });
    line.setAttribute("role", "alert");
    return line;
  }

  window.HangAnh = { shrink, keep, drop, bytesOf, send, draw, follow, take, refused };
})();
