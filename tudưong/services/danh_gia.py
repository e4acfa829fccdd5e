"""The quarterly session: called, held, each member reviewed, closed."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from chidoan.bang_ghi import dong_can_ghi
from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today
from tochuc.audit import record
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_da_den
from tudưong.ban_ghi import BanKetQua, BanYKien
from tudưong.chuong_trinh import draft_chuong_trinh
from tudưong.models import DanhGia, KyDanhGia, NhiemVu, ToTuDuong
from tudưong.quyen import GHI_TRONG_TO, check_one_of

from .nhiem_vu import assign_nhiem_vu

_TRE_NHAT = timedelta(days=31)  # a quarter's session may be held in the month after it
_XONG = (NhiemVu.Muc.TOT, NhiemVu.Muc.HOAN_THANH, NhiemVu.Muc.CHAM)


@transaction.atomic
def open_ky(
    *,
    to: ToTuDuong,
    ky: KyBaoCao,
    ngay: date,
    dia_diem: str,
    by,
    gio: time | None = None,
    khach_moi: str = "",
) -> KyDanhGia:
    """Call the group's session of a quarter, with an agenda drafted from what is due and one
    empty review for each member of that day.

    Refused: a quarter that has one, a day outside the quarter and the month after it, an
    earlier session still open, a group without members.
    """
    current = ToTuDuong.objects.select_for_update(of=("self",)).get(pk=to.pk)
    _check_quyen(by, current)
    if current.ket_thuc:
        raise RuleError("Tổ đã kết thúc.")
    if current.ky_danh_gia.filter(nam=ky.nam, quy=ky.quy).exists():
        raise RuleError(f"Đã có kỳ đánh giá {ky}.", field="ky")
    if current.ky_danh_gia.dang_mo().exists():
        raise RuleError("Còn một kỳ đánh giá đang mở. Kết thúc kỳ đó trước.", field="ky")
    _check_ngay_hop(ky, ngay)
    members = list(current.thanh_vien.tai_ngay(min(ngay, today())))
    if not members:
        raise RuleError("Tổ chưa có đồng chí nào. Thêm đồng chí vào tổ trước.")
    ky_danh_gia = KyDanhGia.objects.create(
        to=current,
        nam=ky.nam,
        quy=ky.quy,
        ngay=ngay,
        dia_diem=dia_diem,
        gio=gio,
        khach_moi=khach_moi,
        chuong_trinh=draft_chuong_trinh(current, ky, ngay, gio),
        mo_boi=by,
    )
    DanhGia.objects.bulk_create([DanhGia(ky=ky_danh_gia, thanh_vien=m) for m in members])
    judged = NhiemVu.objects.exclude(trang_thai=NhiemVu.TrangThai.DANG_LAM)
    judged.filter(thanh_vien__in=members, ky_danh_gia=None).update(ky_danh_gia=ky_danh_gia)
    record(by=by, hanh_dong="ky_danh_gia.open", target=ky_danh_gia, ky=ky.code)
    return ky_danh_gia


@transaction.atomic
def update_ky(*, ky: KyDanhGia, by, version: int | None = None, **changes) -> KyDanhGia:
    """Change when and where an open session is, its guests, agenda, discussion or conclusion."""
    current = _open_session(ky, by)
    check_chua_doi(current, version, "kỳ đánh giá này")
    for field, value in changes.items():
        setattr(current, field, value)
    _check_ngay_hop(current.ky, current.ngay)
    current.version += 1
    current.save(update_fields=[*changes, "version"])
    record(by=by, hanh_dong="ky_danh_gia.update", target=current, truong=sorted(changes))
    return current


@transaction.atomic
def record_du_hop(
    *, ky: KyDanhGia, gui: Mapping[str, tuple[bool, str]], by, version: str | None = None
) -> KyDanhGia:
    """Write who came: for each review (by its key) whether, and the reason of who did not.

    A line that was left alone keeps what somebody else wrote meanwhile (StaleError where both
    wrote).
    """
    current = _open_session(ky, by)
    rows = {str(row.pk): row for row in current.danh_gia.select_for_update(of=("self",))}
    stored = {key: (row.du_hop, row.ly_do_vang) for key, row in rows.items()}
    for key in dong_can_ghi(gui, version, stored):
        row, (du_hop, ly_do) = rows[key], gui[key]
        row.du_hop, row.ly_do_vang = du_hop, "" if du_hop else ly_do.strip()
        row.save(update_fields=["du_hop", "ly_do_vang"])
    du_hop = sum(row.du_hop for row in rows.values())
    record(by=by, hanh_dong="ky_danh_gia.update", target=current, du_hop=du_hop)
    return current


@transaction.atomic
def save_danh_gia(
    *,
    danh_gia: DanhGia,
    version: int,
    changes: dict,
    by,
    nhiem_vu: dict | None = None,
    nhiem_vu_moi: Iterable[dict] = (),
) -> DanhGia:
    """Save one member's review; it may be saved unfinished, a level needs its verdict.

    `nhiem_vu` holds what was judged along with it: {task: fields of record_task_outcome};
    `nhiem_vu_moi` what is given for the next quarter, on the day of the session.

    `changes["khac_phuc"]`, if given, answers the points of the quarter before: a list of
    states in their order. `version` is the one the form showed; StaleError when somebody
    has saved meanwhile.
    """
    _open_session(danh_gia.ky, by)
    current = _lock(danh_gia)
    if current.version != version:
        raise StaleError("Có người vừa lưu đánh giá này. Xem lại trước khi lưu.", current=current)
    changes = dict(changes)
    answers = changes.pop("khac_phuc", None)
    if answers is not None:
        changes["khac_phuc_truoc"] = [
            {**dieu, "trang_thai": trang_thai}
            for dieu, trang_thai in zip(carried_points(current), answers, strict=True)
        ]
    for field, value in changes.items():
        setattr(current, field, value)
    _check_danh_gia(current)
    current.version += 1
    current.luu_luc, current.luu_boi = timezone.now(), by
    current.save(update_fields=[*changes, "version", "luu_luc", "luu_boi"])
    for task, fields in (nhiem_vu or {}).items():
        record_task_outcome(nhiem_vu=task, ky=current.ky, by=by, **fields)
    for fields in nhiem_vu_moi:
        _give(current, fields, by)
    record(by=by, hanh_dong="danh_gia.save", target=current, don_vi=current.ky.to.don_vi)
    return current


@transaction.atomic
def record_task_outcome(
    *,
    nhiem_vu: NhiemVu,
    ky: KyDanhGia | None,
    xep_muc: str,
    by,
    ket_qua="",
    minh_chung="",
    version: str | None = None,
) -> NhiemVu:
    """Judge a task, in a session that is open or between two; an empty level drops it.

    Between two sessions (`ky` None) it is taken up by the next one.

    Dropping needs the reason (in `ket_qua`). Refused: a task judged in a closed session.
    """
    current = (
        NhiemVu.objects.select_for_update(of=("self",))
        .select_related("thanh_vien__to__don_vi", "ky_danh_gia")
        .get(pk=nhiem_vu.pk)
    )
    _check_quyen(by, current.thanh_vien.to)
    check_chua_doi(BanKetQua.cua(current), version, "kết quả nhiệm vụ này")
    if current.ky_danh_gia and not current.ky_danh_gia.is_mo:
        raise RuleError("Nhiệm vụ đã được đánh giá ở kỳ đã kết thúc.")
    if ky and (not ky.is_mo or ky.to_id != current.thanh_vien.to_id):
        raise RuleError("Kỳ đánh giá đã kết thúc.")
    if not xep_muc and not ket_qua.strip():
        raise RuleError("Ghi lý do thôi giao nhiệm vụ.", field="ket_qua")
    current.trang_thai = _task_state(xep_muc)
    current.xep_muc, current.ket_qua = xep_muc, ket_qua.strip()
    current.minh_chung, current.ky_danh_gia = minh_chung.strip(), ky
    current.save()
    record(
        by=by,
        hanh_dong="nhiem_vu.judge",
        target=current,
        don_vi=current.thanh_vien.to.don_vi,
        muc=current.trang_thai,
    )
    return current


@transaction.atomic
def record_y_kien(
    *, danh_gia: DanhGia, y_kien: str, ngay: date, by, version: str | None = None
) -> DanhGia:
    """Write the branch committee's comment on a member of its own; the ward may enter it.

    Refused once the session is closed, or on a day to come.
    """
    ky = KyDanhGia.objects.select_for_update(of=("self",)).get(pk=danh_gia.ky_id)
    current = _lock(danh_gia)
    chi_doan = current.thanh_vien.chi_doan
    check_one_of(by, GHI_TRONG_TO, chi_doan)
    if not ky.is_mo:
        raise RuleError("Kỳ đánh giá đã kết thúc, ý kiến không sửa được nữa.")
    check_chua_doi(BanYKien.cua(current), version, "ý kiến này")
    if not y_kien.strip():
        raise RuleError("Ghi ý kiến của Ban Chấp hành chi đoàn.", field="y_kien")
    check_da_den(ngay)
    current.y_kien_bch, current.y_kien_ngay, current.y_kien_boi = y_kien.strip(), ngay, by
    current.save(update_fields=["y_kien_bch", "y_kien_ngay", "y_kien_boi"])
    nhap_thay = not by.may(Quyen.DE_NGHI_HO_SO, chi_doan)
    record(by=by, hanh_dong="danh_gia.comment", target=current, nhap_thay=nhap_thay)
    return current


@transaction.atomic
def close_ky(*, ky: KyDanhGia, by) -> KyDanhGia:
    """Close the session: nothing in it changes afterwards.

    Refused: before its day, while a review has no level, while a task due by then is unjudged.
    """
    current = _open_session(ky, by)
    if current.ngay > today():
        raise RuleError(f"Kỳ này họp ngày {current.ngay:%d/%m/%Y}, chưa đến ngày kết thúc.")
    thieu = [str(row.thanh_vien) for row in _reviews(current).chua_xong()]
    if thieu:
        raise RuleError(f"Còn {len(thieu)} đồng chí chưa đánh giá: {', '.join(thieu)}.")
    cho = NhiemVu.objects.dang_lam().filter(
        thanh_vien__danh_gia__ky=current, han__lte=current.ngay, giao_ngay__lt=current.ngay
    )
    if cho.exists():
        raise RuleError(f"Còn {cho.count()} nhiệm vụ đã đến hạn chưa ghi kết quả.")
    current.trang_thai = KyDanhGia.TrangThai.KET_THUC
    current.save(update_fields=["trang_thai"])
    record(by=by, hanh_dong="ky_danh_gia.close", target=current, ky=current.ky.code)
    return current


def carried_points(danh_gia: DanhGia) -> list[dict]:
    """What this review has to answer: points made last time, and older ones not yet mended.

    Each is {dieu, tu, ngay, trang_thai}: the words, the quarter that first made them, that
    session's day, and the answer given so far ("" before any); `lap_lai` if carried again.
    """
    truoc = (
        DanhGia.objects.filter(
            thanh_vien__doan_vien=danh_gia.thanh_vien.doan_vien_id,
            thanh_vien__to=danh_gia.thanh_vien.to_id,
            ky__ngay__lt=danh_gia.ky.ngay,
        )
        .select_related("ky")
        .order_by("-ky__nam", "-ky__quy")
        .first()
    )
    return merge_points(danh_gia, truoc)


def merge_points(danh_gia: DanhGia, truoc: DanhGia | None) -> list[dict]:
    """The same from the review before, once that is at hand."""
    if truoc is None:
        return []
    given = {row["dieu"]: row.get("trang_thai", "") for row in danh_gia.khac_phuc_truoc}
    return [{**row, "trang_thai": given.get(row["dieu"], "")} for row in truoc.diem_de_lai]


def _check_danh_gia(danh_gia: DanhGia) -> None:
    if danh_gia.muc and not danh_gia.ket_luan:
        raise RuleError("Đã xếp mức thì chọn cả kết luận của tổ.", field="ket_luan")
    if danh_gia.muc and not danh_gia.ket_qua.strip():
        raise RuleError("Ghi kết quả đạt được trước khi xếp mức.", field="ket_qua")
    if danh_gia.han_khac_phuc and danh_gia.han_khac_phuc <= danh_gia.ky.ngay:
        raise RuleError("Hạn khắc phục phải sau ngày họp tổ.", field="han_khac_phuc")
    if danh_gia.is_tam_dung and not danh_gia.ly_do_tam_dung.strip():
        raise RuleError("Ghi lý do tạm dừng.", field="ly_do_tam_dung")
    tan_thanh, co_mat = danh_gia.so_tan_thanh, danh_gia.so_co_mat
    if (tan_thanh is None) != (co_mat is None):
        raise RuleError("Ghi cả số tán thành và số có mặt.", field="so_tan_thanh")
    if tan_thanh is not None and tan_thanh > co_mat:
        raise RuleError("Số tán thành không được lớn hơn số có mặt.", field="so_tan_thanh")


def _give(danh_gia: DanhGia, task: dict, by) -> NhiemVu:
    """A task for the next quarter, given in the session; what is due by then is another one."""
    if task["han"] <= danh_gia.ky.ngay:
        raise RuleError("Hạn nhiệm vụ quý sau phải sau ngày họp tổ.")
    return assign_nhiem_vu(
        thanh_vien=danh_gia.thanh_vien, giao_ngay=danh_gia.ky.ngay, by=by, **task
    )


def _task_state(xep_muc: str) -> str:
    if not xep_muc:
        return NhiemVu.TrangThai.THOI
    return NhiemVu.TrangThai.XONG if xep_muc in _XONG else NhiemVu.TrangThai.CHUA_XONG


def _lock(danh_gia: DanhGia) -> DanhGia:
    return (
        DanhGia.objects.select_for_update(of=("self",))
        .select_related("ky__to__don_vi", "thanh_vien__chi_doan", "thanh_vien__doan_vien")
        .get(pk=danh_gia.pk)
    )


def _open_session(ky: KyDanhGia, by) -> KyDanhGia:
    current = (
        KyDanhGia.objects.select_for_update(of=("self",)).select_related("to__don_vi").get(pk=ky.pk)
    )
    _check_quyen(by, current.to)
    if not current.is_mo:
        raise RuleError("Kỳ đánh giá đã kết thúc, không sửa được nữa.")
    return current


def _reviews(ky: KyDanhGia):
    return DanhGia.objects.filter(ky=ky).select_related("thanh_vien__doan_vien")


def _check_ngay_hop(ky: KyBaoCao, ngay: date) -> None:
    if not ky.start <= ngay <= ky.end + _TRE_NHAT:
        raise RuleError(
            f"Ngày họp {ngay:%d/%m/%Y} không thuộc {ky} hoặc tháng liền sau.", field="ngay"
        )


def _check_quyen(by, to: ToTuDuong) -> None:
    if not by.may(Quyen.QUAN_LY_TU_DUONG, to.don_vi):
        raise PermissionDenied(who_may(Quyen.QUAN_LY_TU_DUONG))
