"""What the page of a case shows, as plain data for its template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from core.text.display import ngay as show_day
from doanvien.models import BuocKetNap, KetNap
from tochuc.permissions import Quyen

from .dieu_kien import DieuKien, con_thieu
from .quy_trinh import may_take

Loai = BuocKetNap.Loai
T = KetNap.TrangThai
KHONG_DAT = {Loai.KHONG_THONG_QUA, Loai.TRA_LAI, Loai.LAY_LAI}


@dataclass(frozen=True)
class CanLam:
    """The next thing to do with a case: words for everybody, a button for who may."""

    tieu_de: str
    noi_dung: str
    url: str = ""
    nut: str = ""
    icon: str = ""


# ---- the road ------------------------------------------------------------------------------


def stages(ket_nap: KetNap, buoc: Sequence[BuocKetNap]) -> list[dict]:
    """The four cells of the road, oldest first."""
    vote = last_of(buoc, Loai.THONG_QUA, Loai.KHONG_THONG_QUA)
    return [
        _stage("Đơn xin vào Đoàn", *_don(ket_nap)),
        _stage("Chi đoàn biểu quyết", *_vote(ket_nap, vote)),
        _stage("Phường chuẩn y", *_resolution(ket_nap, buoc)),
        _stage("Lễ kết nạp", *_ceremony(ket_nap)),
    ]


def last_of(buoc: Sequence[BuocKetNap], *loai: str) -> BuocKetNap | None:
    return next((row for row in reversed(buoc) if row.loai in loai), None)


def _stage(name: str, state: str, note: str) -> dict:
    return {"name": name, "state": state, "note": note, "icon": ""}


def _don(ket_nap: KetNap) -> tuple[str, str]:
    if ket_nap.trang_thai == T.RUT:
        return "back", "đã rút"
    return "done", show_day(ket_nap.ngay_don)


def _vote(ket_nap: KetNap, vote: BuocKetNap | None) -> tuple[str, str]:
    note = f"{show_day(vote.ngay)} · {vote.tan_thanh}/{vote.co_mat}" if vote else ""
    if ket_nap.trang_thai == T.DON:
        return "now", ""
    if ket_nap.trang_thai == T.CHUA_THONG_QUA:
        return "back", note
    return ("todo" if ket_nap.trang_thai == T.RUT else "done"), note


def _resolution(ket_nap: KetNap, buoc: Sequence[BuocKetNap]) -> tuple[str, str]:
    if ket_nap.is_chuan_y:
        return "done", f"{show_day(ket_nap.ngay_chuan_y)} · {ket_nap.so_nghi_quyet}".rstrip(" ·")
    if ket_nap.trang_thai == T.CHO_CHUAN_Y:
        return "wait", "chờ phường"
    if ket_nap.trang_thai == T.TRA_LAI:
        back = last_of(buoc, Loai.TRA_LAI)
        return "back", show_day(back.ngay) if back else ""
    return "todo", ""


def _ceremony(ket_nap: KetNap) -> tuple[str, str]:
    if ket_nap.trang_thai == T.DA_KET_NAP:
        return "done", show_day(ket_nap.ngay_le)
    return ("now" if ket_nap.trang_thai == T.CHUAN_Y else "todo"), ""


# ---- history -------------------------------------------------------------------------------


def timeline(buoc: Sequence[BuocKetNap]) -> list[dict]:
    """Every step, newest first."""
    return [_entry(row) for row in reversed(buoc)]


def _entry(row: BuocKetNap) -> dict:
    back = row.loai in KHONG_DAT or row.loai == Loai.RUT
    thay = " (nhập thay)" if row.nhap_thay else ""
    who = f"{row.boi}{thay}" if row.boi else ""
    lines = (who, row.so_van_ban, tally(row), row.noi_dung, row.ly_do)
    return {
        "title": row.get_loai_display(),
        "when": show_day(row.ngay),
        "lines": [line for line in lines if line],
        "state": "wait" if back else "done",
        "icon": "undo-2" if back else "",
    }


def tally(row: BuocKetNap) -> str:
    if row.co_mat is None:
        return ""
    parts = [f"Có mặt {row.co_mat}/{row.co_quyen}", f"tán thành {row.tan_thanh}"]
    if row.khong_tan_thanh:
        parts.append(f"không tán thành {row.khong_tan_thanh}")
    if row.khong_hop_le:
        parts.append(f"không hợp lệ {row.khong_hop_le}")
    return ", ".join(parts)


# ---- what comes next -----------------------------------------------------------------------


def can_lam(ket_nap: KetNap, buoc, dieu_kien: Sequence[DieuKien], user) -> CanLam:
    """The one thing that is due, and the button for it when it is this person's to press."""
    state = ket_nap.trang_thai
    if state in (T.DON, T.CHUA_THONG_QUA):
        words = "Đưa ra hội nghị chi đoàn; kết nạp khi quá nửa số đoàn viên có mặt tán thành."
        if state == T.CHUA_THONG_QUA:
            words = "Chưa đủ quá nửa số có mặt tán thành. Chi đoàn có thể biểu quyết lại khi khác."
        return _due(
            ket_nap, user, Loai.THONG_QUA, "Chi đoàn biểu quyết", words, "Ghi biểu quyết", "vote"
        )
    if state == T.TRA_LAI:
        return _tra_loi(ket_nap, buoc, con_thieu(checklist(ket_nap, dieu_kien, user)), user)
    if state == T.CHO_CHUAN_Y:
        thieu = con_thieu(checklist(ket_nap, dieu_kien, user))
        words = thieu or "Đủ điều kiện. Mỗi đồng chí một số nghị quyết."
        if thieu and not may_take(Loai.CHUAN_Y, ket_nap, user):
            words += " Đoàn phường bổ sung được, hoặc chi đoàn lấy lại để sửa."
        return _due(
            ket_nap, user, Loai.CHUAN_Y, "Phường chuẩn y", words, "Chuẩn y kết nạp", "file-check"
        )
    if state == T.CHUAN_Y:
        words = "Tổ chức lễ kết nạp, đoàn viên mới đọc lời hứa; ghi ngày và nơi tổ chức."
        return _due(ket_nap, user, Loai.LE, "Lễ kết nạp", words, "Ghi lễ kết nạp", "flag")
    if state == T.DA_KET_NAP:
        return CanLam("Đã kết nạp", f"Lễ ngày {show_day(ket_nap.ngay_le)} tại {ket_nap.noi_le}.")
    last = last_of(buoc, Loai.RUT)
    return CanLam("Đã rút đơn", f"Lý do: {last.ly_do}" if last else "")


def _tra_loi(ket_nap: KetNap, buoc, thieu: str, user) -> CanLam:
    """After a refusal: first what the application lacks, then back to the ward."""
    back = last_of(buoc, Loai.TRA_LAI)
    words = f"Lý do: {back.ly_do}" if back else ""
    title = "Phường chưa chuẩn y"
    if thieu and may_take(Loai.GUI_LAI, ket_nap, user):
        url = reverse("doanvien:ket_nap_edit", args=[ket_nap.pk])
        return CanLam(title, f"{words}\n{thieu}".strip(), url, "Sửa đơn", "pencil-line")
    return _due(ket_nap, user, Loai.GUI_LAI, title, words, "Gửi lại phường", "send")


def step_url(loai: str, ket_nap: KetNap) -> str:
    """The page of a step; decisions and ceremonies are pages for several, this one ticked."""
    if loai == Loai.CHUAN_Y:
        return f"{reverse('doanvien:ket_nap_chuan_y')}?chon={ket_nap.pk}"
    if loai == Loai.LE:
        return f"{reverse('doanvien:ket_nap_le')}?chon={ket_nap.pk}"
    names = {
        Loai.THONG_QUA: "ket_nap_bieu_quyet",
        Loai.GUI_LAI: "ket_nap_gui_lai",
        Loai.LAY_LAI: "ket_nap_lay_lai",
        Loai.TRA_LAI: "ket_nap_tra_lai",
        Loai.RUT: "ket_nap_rut",
        Loai.MO_LAI: "ket_nap_mo_lai",
    }
    return reverse(f"doanvien:{names[loai]}", args=[ket_nap.pk])


VIEC_KHAC = {
    Loai.TRA_LAI: "Chưa chuẩn y, trả lại chi đoàn",
    Loai.LAY_LAI: "Lấy lại để sửa",
    Loai.RUT: "Rút đơn",
    Loai.MO_LAI: "Mở lại đơn",
}


def viec_khac(ket_nap: KetNap, user) -> list[tuple[str, str]]:
    """Further steps that this person may take: (words, address)."""
    found = [
        (label, step_url(loai, ket_nap))
        for loai, label in VIEC_KHAC.items()
        if may_take(loai, ket_nap, user)
    ]
    if ket_nap.trang_thai == T.TRA_LAI and may_take(Loai.THONG_QUA, ket_nap, user):
        found.insert(0, ("Gửi lại phường", step_url(Loai.GUI_LAI, ket_nap)))
        found.insert(1, ("Biểu quyết lại", step_url(Loai.THONG_QUA, ket_nap)))
    if ket_nap.trang_thai == T.DA_KET_NAP and may_take(Loai.LE, ket_nap, user):
        found.append(("Sửa ngày, nơi lễ kết nạp", step_url(Loai.LE, ket_nap)))
    if not ket_nap.doan_vien_id and user.may(Quyen.QUAN_LY_DU_LIEU, ket_nap.chi_doan):
        url = reverse("doanvien:yeu_cau_cua_don", args=[ket_nap.pk])
        found.append(("Ghi yêu cầu về dữ liệu cá nhân", url))
    return found


def _due(ket_nap, user, loai, tieu_de, noi_dung, nut, icon) -> CanLam:
    url = step_url(loai, ket_nap) if may_take(loai, ket_nap, user) else ""
    return CanLam(tieu_de, noi_dung, url, nut, icon)


# ---- the application -----------------------------------------------------------------------


def facts(ket_nap: KetNap, user) -> list[tuple]:
    """The filled lines of the application. Ethnic group and religion are written once, and read
    in the record of the member, with a reason."""
    may_contact = works_with(ket_nap, user)
    cap_uy = show_day(ket_nap.ngay_y_kien_cap_uy) or "chờ ý kiến"
    rows = [
        ("Ngày sinh", f"{show_day(ket_nap.ngay_sinh)}, {ket_nap.get_gioi_tinh_display().lower()}"),
        ("Điện thoại", ket_nap.dien_thoai if may_contact else ket_nap.dien_thoai_che),
        ("Số CCCD", ket_nap.cccd_che),
        ("Quê quán", ket_nap.que_quan),
        ("Thường trú", ket_nap.thuong_tru if may_contact else ""),
        ("Chỗ ở", ket_nap.noi_o if may_contact else ""),
        ("Văn hóa", ket_nap.van_hoa),
        ("Chuyên môn", ket_nap.chuyen_mon),
        ("Nghề nghiệp", ket_nap.nghe_nghiep),
        ("Nơi công tác, học tập", ket_nap.noi_cong_tac),
        ("Ngày làm đơn", show_day(ket_nap.ngay_don)),
        ("Học Điều lệ", show_day(ket_nap.ngay_hoc_dieu_le)),
        ("Giới thiệu", ket_nap.ben_gioi_thieu),
        ("Ý kiến cấp ủy", cap_uy if may_contact and ket_nap.can_y_kien_cap_uy else ""),
    ]
    return [row for row in rows if row[1]]


def works_with(ket_nap: KetNap, user) -> bool:
    """Whether `user` works with the applicant, and so reads number and addresses, and whether
    the Party committee is asked."""
    return user.may(Quyen.SUA_DOAN_VIEN, ket_nap.chi_doan)


def checklist(ket_nap: KetNap, dieu_kien: Sequence[DieuKien], user) -> list[DieuKien]:
    """What stands in the way first; the vote is left out while it is the next thing to do.

    Who does not work with the case does not learn whether the Party committee is asked.
    """
    day_du = works_with(ket_nap, user)
    shown = [
        row
        for row in dieu_kien
        if (day_du or not row.rieng) and not (ket_nap.is_o_chi_doan and row.la_bieu_quyet)
    ]
    return sorted(shown, key=lambda row: (row.dat, row.canh_bao))


def xem_ngay(ket_nap: KetNap, day: date) -> date:
    """The day on which the conditions are looked at: today, or the day of the decision."""
    return ket_nap.ngay_chuan_y or day
