"""What the page of an inspection shows, as plain data for its template."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from chidoan.models import BuocKiemTra, CuocKiemTra, KetQuaKiemTra, KienNghi, TraLoiKienNghi
from chidoan.models.kiem_tra import TrangThaiKiemTra as T
from core.text.display import con_lai
from core.text.display import ngay as show_day
from tochuc.models import VanBan
from tochuc.permissions import Quyen

from .giay_to import BIEN_BAN, MUC, THONG_BAO, loai_ket_luan
from .khac_phuc import may_answer, may_take_back
from .quy_trinh import may_write
from .tables import trang_thai_kien_nghi

Loai = BuocKiemTra.Loai


@dataclass(frozen=True)
class CanLam:
    """The next thing to do: words for everybody, a button for who may."""

    tieu_de: str
    noi_dung: str
    url: str = ""
    nut: str = ""
    icon: str = ""


@dataclass
class TheKienNghi:
    """A recommendation with its answers, and what the reader may do about it."""

    row: KienNghi
    state: tuple[str, str, str]
    tra_loi: list[TraLoiKienNghi] = field(default_factory=list)
    may_answer: bool = False
    ghi_thay: bool = False
    may_take_back: bool = False
    may_judge: bool = False
    may_reopen: bool = False
    may_edit: bool = False


def stages(cuoc: CuocKiemTra, day: date) -> list[dict]:
    """The four cells of the road."""
    if cuoc.trang_thai == T.BO:
        return [_stage("Theo kế hoạch", "back", "không tiến hành")]
    order = [T.KE_HOACH, T.DA_TIEN_HANH, T.DA_KET_LUAN, T.KHAC_PHUC, T.XONG]
    at = order.index(cuoc.trang_thai)
    plan = cuoc.ky_du_kien.ten if cuoc.ky else "đột xuất"
    late = cuoc.is_qua_han(day)
    return [
        _stage("Kế hoạch", "done", plan),
        _stage(
            "Tiến hành",
            "done" if at >= 1 else "now",
            show_day(cuoc.ngay) if cuoc.ngay else con_lai(cuoc.han, day) if late else "",
        ),
        _stage(
            "Kết luận",
            "done" if at >= 2 else "now" if at == 1 else "todo",
            show_day(cuoc.ngay_ket_luan) if cuoc.ngay_ket_luan else "",
        ),
        _stage(
            "Khắc phục",
            "done" if at == 4 else "wait" if at in (2, 3) else "todo",
            show_day(cuoc.ngay_buoc) if at == 4 else "",
        ),
    ]


def _stage(name: str, state: str, note: str) -> dict:
    return {"name": name, "state": state, "note": note, "icon": ""}


def can_lam(
    cuoc: CuocKiemTra,
    ket_qua: Sequence[KetQuaKiemTra],
    kien_nghi: Sequence[KienNghi],
    user,
    day: date,
) -> CanLam:
    """What comes next, and the button of it."""
    url = _buttons(cuoc, user)
    if cuoc.trang_thai == T.KE_HOACH:
        when = con_lai(cuoc.han, day)
        return CanLam(
            "Tiến hành theo kế hoạch",
            f"Dự kiến {cuoc.ky_du_kien.ten}, {when}. Xem số liệu đã có của đơn vị trước khi đi."
            if cuoc.ky
            else "Xem số liệu đã có của đơn vị trước khi đi.",
            url("kiem_tra_carry_out"),
            "Ghi việc tiến hành",
            "pencil-line",
        )
    if cuoc.trang_thai == T.DA_TIEN_HANH and not ket_qua:
        return CanLam(
            "Ghi kết quả, rồi kết luận",
            "Ghi ưu điểm, hạn chế, vi phạm kèm số liệu; mở Số liệu chuẩn bị để khỏi gõ lại.",
            url("kiem_tra_ket_qua_create"),
            "Ghi kết quả",
            "plus",
        )
    if cuoc.trang_thai == T.DA_TIEN_HANH:
        return CanLam(
            "Ghi đủ kết quả, kiến nghị rồi kết luận",
            "Kiến nghị có hạn khắc phục. Đơn vị thấy từ khi kết luận được ban hành.",
            url("kiem_tra_conclude"),
            "Kết luận",
            "file-check",
        )
    if cuoc.trang_thai == T.BO:
        return CanLam("Không tiến hành", cuoc.ly_do_bo)
    return _theo_doi(cuoc, kien_nghi, day)


def _buttons(cuoc: CuocKiemTra, user):
    allowed = may_write(cuoc.don_vi, user)
    return lambda name: reverse(f"chidoan:{name}", args=[cuoc.pk]) if allowed else ""


def _theo_doi(cuoc: CuocKiemTra, kien_nghi: Sequence[KienNghi], day: date) -> CanLam:
    open_ones = [row for row in kien_nghi if not row.is_xong]
    if not open_ones:
        words = "Mọi kiến nghị đã được khắc phục." if kien_nghi else "Kết luận không có kiến nghị."
        return CanLam("Đã xong", words)
    late = sum(row.is_qua_han(day) for row in open_ones)
    waiting = sum(row.is_cho_xet for row in open_ones)
    parts = [f"Còn {len(open_ones)}/{len(kien_nghi)} kiến nghị"]
    parts += [f"{late} quá hạn"] if late else []
    parts += [f"{waiting} chờ đoàn kiểm tra xác nhận"] if waiting else []
    return CanLam("Khắc phục sau kết luận", ", ".join(parts) + ".")


def the_kien_nghi(cuoc: CuocKiemTra, rows: Sequence[KienNghi], user) -> list[TheKienNghi]:
    """Each recommendation as a card; `rows` have their answers prefetched."""
    inspector, answers = may_write(cuoc.don_vi, user), may_answer(cuoc, user)
    said = {row: list(row.tra_loi.all()) for row in rows}
    return [
        TheKienNghi(
            row,
            trang_thai_kien_nghi(row) if cuoc.is_ket_luan else ("", "", ""),
            said[row],
            may_answer=answers and row.is_cho_don_vi,
            ghi_thay=inspector,
            may_take_back=row.is_cho_xet
            and any(may_take_back(cuoc, last, user) for last in said[row][-1:]),
            may_judge=inspector and row.is_cho_xet,
            may_reopen=inspector and cuoc.is_ket_luan and row.is_xong,
            may_edit=inspector and cuoc.is_da_tien_hanh,
        )
        for row in rows
    ]


def ket_qua_theo_loai(rows: Sequence[KetQuaKiemTra]) -> list[tuple[str, str, list]]:
    """Findings by kind: the kind's pill, its words, its rows; kinds without any left out."""
    pills = {"uu_diem": "ok", "han_che": "warn", "vi_pham": "bad"}
    groups = [(pills[loai], ten, [row for row in rows if row.loai == loai]) for loai, ten in MUC]
    return [group for group in groups if group[2]]


def timeline(buoc: Sequence[BuocKiemTra]) -> list[dict]:
    """Every step, newest first."""
    back = {Loai.BO, Loai.MO_LAI, Loai.YEU_CAU_LAI}
    return [
        {
            "title": row.get_loai_display(),
            "when": show_day(row.ngay),
            "lines": [line for line in (str(row.boi or ""), row.ly_do) if line],
            "state": "wait" if row.loai in back else "done",
            "icon": "undo-2" if row.loai in back else "",
        }
        for row in reversed(buoc)
    ]


def facts(cuoc: CuocKiemTra, user) -> list[tuple]:
    """Who, when, where; what nobody has written down is left out. The programme opens for who
    reads the inspecting unit's: not for the inspected branch."""
    leader = ", ".join(part for part in (cuoc.truong_doan, cuoc.chuc_vu_truong) if part)
    span = f"{show_day(cuoc.tu_ngay)} – {show_day(cuoc.den_ngay)}" if cuoc.tu_ngay else ""
    programme = cuoc.chuong_trinh
    rows = [
        ("Đơn vị tiến hành", str(cuoc.don_vi)),
        ("Đơn vị được kiểm tra", str(cuoc.doi_tuong), cuoc.doi_tuong.get_absolute_url()),
        ("Mốc kiểm tra", span),
        ("Địa điểm", cuoc.dia_diem),
        ("Trưởng đoàn", leader),
        ("Thành viên", "; ".join(cuoc.thanh_vien.splitlines())),
        ("Đại diện đơn vị", "; ".join(cuoc.dai_dien.splitlines())),
    ]
    if programme:
        opens = user.may(Quyen.XEM_KIEM_TRA, cuoc.don_vi)
        url = programme.get_absolute_url() if opens else ""
        rows.append(("Chương trình", f"năm {programme.nam}", url))
    return [row for row in rows if row[1]]


def giay(cuoc: CuocKiemTra, papers: dict, user) -> list[dict]:
    """The two papers from the visit on: what each is, whether it is issued, where it opens."""
    if not cuoc.ngay:
        return []
    loai = loai_ket_luan(cuoc)
    minutes = _giay(cuoc, "Biên bản", papers.get(BIEN_BAN), "bien_ban")
    if may_write(cuoc.don_vi, user) and cuoc.is_da_tien_hanh and not minutes["so"]:
        minutes["issue"] = reverse("chidoan:kiem_tra_bien_ban_issue", args=[cuoc.pk])
    ten = "Thông báo kết quả" if loai == THONG_BAO else "Kết luận"
    return [minutes, _giay(cuoc, ten, papers.get(loai), "ket_luan")]


def _giay(cuoc: CuocKiemTra, ten: str, issued: VanBan | None, name: str) -> dict:
    return {
        "ten": ten,
        "so": issued.so_ky_hieu if issued else "",
        "url": reverse(f"chidoan:kiem_tra_{name}_pdf", args=[cuoc.pk]),
        "word": reverse(f"chidoan:kiem_tra_{name}_word", args=[cuoc.pk]),
    }
