// The rules of a meeting, judged on the device with the sentences and numbers that the page brings
// (chidoan/ngoai_tuyen/luat.py). The server judges again; a test holds both to the same verdict.
(() => {
  "use strict";

  const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  const dots = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");
  const two = (number) => String(number).padStart(2, "0");

  // strptime's own patterns, so that 5/2/26 and 19h30 are read as the server reads them.
  const PART = {
    d: "(?<d>3[01]|[12]\\d|0[1-9]|[1-9])", m: "(?<m>1[0-2]|0[1-9]|[1-9])", Y: "(?<Y>\\d{4})",
    y: "(?<y>\\d\\d)", H: "(?<H>2[0-3]|[01]\\d|\\d)", M: "(?<M>[0-5]\\d|\\d)",
    S: "(?<S>6[01]|[0-5]\\d|\\d)",
  };
  const read = (text, formats) => {
    for (const format of formats) {
      const pattern = format.replace(/[.]/g, "\\.").replace(/%(\w)/g, (_, part) => PART[part]);
      const found = new RegExp(`^${pattern}$`, "i").exec(text.trim());
      if (found) return found.groups;
    }
    return null;
  };

  // A day as "2026-11-20", which compares as text; "" when there is no such day.
  function day(text, formats) {
    // One format may fit a text that is no day and a later one may not: each is tried.
    for (const format of formats) {
      const part = read(text, [format]);
      if (!part) continue;
      const year = part.Y || (Number(part.y) < 69 ? `20${part.y}` : `19${part.y}`);
      const last = new Date(Date.UTC(2000, part.m, 0));
      last.setUTCFullYear(Number(year), part.m, 0);
      if (Number(year) && part.d <= last.getUTCDate()) return `${year}-${two(part.m)}-${two(part.d)}`;
    }
    return "";
  }
  const shown = (iso) => iso.split("-").reverse().join("/");

  function hour(text, formats) {
    const part = read(text, formats);
    return part ? `${two(part.H)}:${two(part.M)}:${two(part.S || 0)}` : "";
  }

  function integer(text) {
    const digits = text.replace(/\.0*\s*$/, "").trim();
    return /^[+-]?\d+(_\d+)*$/.test(digits) ? Number(digits.replace(/_/g, "")) : null;
  }

  // One field: its value, and what is wrong with it.
  function judge(luat, field, raw, people) {
    const { cau } = luat;
    const said = (name, parts) => ({ value: null, cau: fill(cau[name], { nhan: field.nhan, ...parts }) });
    const text = field.kieu === "chu" ? raw.trim() : raw;
    if (!text) return { value: null, cau: field.can };
    if (field.kieu === "ngay") {
      const value = day(text, luat.mau_ngay);
      const digits = text.trim();
      if (value) return { value };
      return said(/^\d{4}$/.test(digits) ? "sai_nam" : "sai_ngay", { gia_tri: digits });
    }
    if (field.kieu === "gio") {
      const value = hour(text, luat.mau_gio);
      return value ? { value } : said("sai_gio", { gia_tri: raw });
    }
    if (field.kieu === "so") {
      const value = integer(text);
      if (value === null) return said("sai_so", { gia_tri: raw });
      if (value < field.it_nhat) return said("sai_nho", { it_nhat: dots(field.it_nhat) });
      if (value > field.nhieu_nhat) return said("sai_lon", { nhieu_nhat: dots(field.nhieu_nhat) });
      return { value };
    }
    if (field.kieu === "chon") {
      const choices = field.chon || people;
      return choices.includes(text) ? { value: text } : said("sai_lua_chon");
    }
    const { length } = [...text];
    if (field.dai && length > field.dai) {
      return said("sai_dai", { so: dots(length), nhieu_nhat: dots(field.dai) });
    }
    return { value: text };
  }

  // Values of a group of fields, its errors in the order of the page.
  function group(luat, fields, values, prefix, people) {
    const row = {};
    const errors = [];
    for (const field of fields) {
      const found = judge(luat, field, values.get(prefix + field.ten) || "", people);
      row[field.ten] = found.value;
      if (found.cau) errors.push({ truong: prefix + field.ten, cau: found.cau });
    }
    return { row, errors, prefix };
  }
  const order = (fields, errors, prefix) => fields.flatMap((field) =>
    errors.filter((error) => error.truong === prefix + field.ten));

  function resolution(luat, part) {
    const { row, errors, prefix } = part;
    const add = (field, name) => errors.push({ truong: prefix + field, cau: luat.cau[name] });
    const is = (field) => errors.some((error) => error.truong === prefix + field);
    if (!row.noi_dung) {
      if (row.phu_trach && !errors.length) add("noi_dung", "can_viec");
      return;
    }
    if (!row.phu_trach && !is("phu_trach")) add("phu_trach", "can_nguoi");
    if (!row.han && !is("han")) add("han", "can_han");
  }

  const VOTES = ["tan_thanh", "khong_tan_thanh", "khong_hop_le"];
  const isVote = (row) => VOTES.some((name) => row[name] !== null);
  function vote(luat, part) {
    const { row, errors, prefix } = part;
    if (errors.length || !isVote(row)) return;
    if (row.tan_thanh === null) errors.push({ truong: `${prefix}tan_thanh`, cau: luat.cau.can_tan_thanh });
    if (!row.noi_dung) errors.push({ truong: `${prefix}noi_dung`, cau: luat.cau.can_viec_phieu });
  }

  // What the whole meeting is refused for: the first rule that says no.
  function refuse(luat, main, roll, results, resolutions, votes) {
    const { cau } = luat;
    const one = (truong, name, parts) => [{ truong, cau: fill(cau[name], { chi_doan: luat.chi_doan, ...parts }) }];
    const ngay = shown(main.ngay);
    if (main.ngay > luat.hom_nay) return one("ngay", "chua_den", { ngay });
    if (luat.thanh_lap && main.ngay < luat.thanh_lap) {
      return one("ngay", "truoc_thanh_lap", { ngay, thanh_lap: shown(luat.thanh_lap) });
    }
    if (luat.ket_thuc && main.ngay > luat.ket_thuc) {
      return one("ngay", "sau_ket_thuc", { ket_thuc: shown(luat.ket_thuc) });
    }
    if (main.ket_thuc && main.ket_thuc <= main.bat_dau) return one("ket_thuc", "gio");
    if (!roll.size) return one("ngay", "danh_sach_trong", { ngay });
    const here = [...roll.values()].filter((state) => state === "co_mat" || state === "muon").length;
    for (const [field, vai] of Object.entries(luat.vai)) {
      const state = roll.get(main[field]);
      if (!state && luat.khach.includes(Number(main[field]))) continue;
      if (!state) return one(field, "nguoi", { vai });
      if (state.startsWith("vang")) return one(field, "nguoi_vang", { vai });
    }
    for (const { row, prefix } of votes.filter((part) => isVote(part.row))) {
      const entitled = row.co_quyen === null ? roll.size : row.co_quyen;
      const present = row.co_mat === null ? here : row.co_mat;
      const given = VOTES.reduce((sum, name) => sum + (row[name] || 0), 0);
      for (const [so, nhieu_nhat, name] of [[given, present, "phieu"], [present, entitled, "phieu_co_mat"],
        [present, here, "phieu_du_hop"], [entitled, roll.size, "phieu_co_quyen"]]) {
        if (so > nhieu_nhat) return one(`${prefix}noi_dung`, name, { so, nhieu_nhat });
      }
    }
    for (const { row, prefix } of results) {
      if (row.trang_thai !== "dang_lam" && !row.ket_qua) return one(`${prefix}ket_qua`, `ket_qua_${row.trang_thai}`);
    }
    for (const { row, prefix } of resolutions.filter((part) => part.row.noi_dung)) {
      const viec = row.noi_dung;
      if (row.han < main.ngay) return one(`${prefix}noi_dung`, "nghi_quyet_han", { han: shown(row.han), viec });
    }
    return [];
  }

  // values: a Map of what the form would send. Gives [{truong, cau}], empty when all is well.
  function check(luat, values) {
    const keys = [...values.keys()];
    const states = ["co_mat", "vang", "vang_co_ly_do", "muon"];
    const roll = new Map(keys.filter((key) => /^dd-\d+$/.test(key)).map((key) =>
      [key.slice(3), states.includes(values.get(key)) ? values.get(key) : "co_mat"]));
    const people = [...roll.keys()];
    const parts = (kind) => [...new Set(keys.map((key) => key.match(`^${kind}-\\d+-`)).filter(Boolean).map(([prefix]) => prefix))]
      .map((prefix) => group(luat, luat[kind], values, prefix, people));
    const main = group(luat, luat.truong, values, "", [...people, ...luat.khach.map(String)]);
    const [results, resolutions, votes] = ["kq", "nq", "bq"].map(parts);
    resolutions.forEach((part) => resolution(luat, part));
    votes.forEach((part) => vote(luat, part));
    const errors = [main, ...results].flatMap((part) => part.errors)
      .concat(resolutions.flatMap((part) => order(luat.nq, part.errors, part.prefix)))
      .concat(votes.flatMap((part) => order(luat.bq, part.errors, part.prefix)));
    return errors.length ? errors : refuse(luat, main.row, roll, results, resolutions, votes);
  }

  window.LuatBuoi = { check, day, shown };
})();
