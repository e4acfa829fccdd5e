"""What is done about a request for personal data. Each function is one action."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errors import RuleError
from core.periods import today
from doanvien.models import BuocYeuCau, DoanVien, KetNap, YeuCauDuLieu
from tochuc.audit import record
from tochuc.models import DonVi, NhatKy
from tochuc.permissions import Quyen, who_may
from tochuc.quy_dinh import gia_tri, gia_tri_nhieu
from tochuc.quy_trinh import check_da_den
from tochuc.van_ban import take_number

from .ngay_lam_viec import cong_ngay_lam_viec, den_ngay_lam_viec
from .quan_he import Nguoi

T, Viec = YeuCauDuLieu.TrangThai, BuocYeuCau.Viec
SO = "YCDL"
"""The register's kind of number."""


def deadlines(loai: str, ngay_nhan: date, don_vi: DonVi) -> tuple[date, date]:
    """When the first answer and the whole are due; never on a day when nobody works."""
    key = f"du_lieu_han_{loai}"
    values = gia_tri_nhieu(["du_lieu_tra_loi", key], ngay=ngay_nhan, don_vi=don_vi)
    answer = cong_ngay_lam_viec(ngay_nhan, int(values["du_lieu_tra_loi"]))
    whole = den_ngay_lam_viec(ngay_nhan + timedelta(days=int(values[key])))
    return answer, max(answer, whole)


@transaction.atomic
def receive_yeu_cau(
    *, nguoi: Nguoi, loai: str, ngay_nhan: date, cach_nhan: str, by, **fields
) -> YeuCauDuLieu:
    """Enter a request in the ward's register: it gets its number and both its due days.

    Refused for a day to come, while one of the same kind is open for that person, and for an
    applicant who is a member by now.
    """
    don_vi = nguoi.chi_doan.cap_tren
    _check_right(don_vi, by)
    if isinstance(nguoi, KetNap) and nguoi.doan_vien_id:
        raise RuleError("Đồng chí đã là đoàn viên. Ghi yêu cầu ở trang của đồng chí ấy.")
    if ngay_nhan > today():
        raise RuleError(f"Ngày {ngay_nhan:%d/%m/%Y} chưa đến.", field="ngay_nhan")
    if YeuCauDuLieu.objects.con_mo().cua(nguoi).filter(loai=loai).exists():
        raise RuleError("Đồng chí này đang có một yêu cầu cùng loại chưa xong.", field="loai")
    han_tra_loi, han = deadlines(loai, ngay_nhan, don_vi)
    yeu_cau = YeuCauDuLieu.objects.create(
        don_vi=don_vi,
        nam=ngay_nhan.year,
        so=take_number(don_vi=don_vi, loai=SO, nam=ngay_nhan.year),
        **{nguoi.ten_khoa: nguoi},
        loai=loai,
        ngay_nhan=ngay_nhan,
        cach_nhan=cach_nhan,
        han_tra_loi=han_tra_loi,
        han=han,
        version_nhan=nguoi.version,
        nhan_boi=by,
        **fields,
    )
    _step(yeu_cau, Viec.NHAN, ngay_nhan, by)
    record(by=by, hanh_dong="yeu_cau.create", target=yeu_cau, loai=loai, han=han)
    return yeu_cau


@transaction.atomic
def answer_yeu_cau(*, yeu_cau: YeuCauDuLieu, ngay: date, noi_dung: str, by) -> YeuCauDuLieu:
    """Record the first answer: received, who works on it, until when."""
    current = _open(yeu_cau, by)
    if not current.is_moi:
        raise RuleError("Yêu cầu này đã được trả lời bước đầu.")
    _check_ngay(current, ngay)
    current.trang_thai = T.DANG
    current.save(update_fields=["trang_thai"])
    _step(current, Viec.TRA_LOI, ngay, by, noi_dung)
    record(by=by, hanh_dong="yeu_cau.answer", target=current, ngay=ngay)
    return current


@transaction.atomic
def extend_yeu_cau(*, yeu_cau: YeuCauDuLieu, ly_do: str, by) -> YeuCauDuLieu:
    """Move the due day once, by as many days as the setting gives, with the reason."""
    current = _open(yeu_cau, by)
    if current.gia_han:
        raise RuleError("Yêu cầu này đã gia hạn một lần, không gia hạn được nữa.")
    if not ly_do.strip():
        raise RuleError("Ghi lý do gia hạn; người yêu cầu được báo lý do ấy.", field="ly_do")
    days = int(gia_tri("du_lieu_gia_han", ngay=current.ngay_nhan, don_vi=current.don_vi))
    current.han = den_ngay_lam_viec(current.han + timedelta(days=days))
    current.gia_han = True
    current.save(update_fields=["han", "gia_han"])
    _step(current, Viec.GIA_HAN, today(), by, ly_do)
    record(by=by, hanh_dong="yeu_cau.extend", target=current, han=current.han)
    return current


@transaction.atomic
def finish_yeu_cau(
    *, yeu_cau: YeuCauDuLieu, trang_thai: str, ngay: date, ket_qua: str, by
) -> YeuCauDuLieu:
    """Close a request: done with what was done, refused with the reason, or taken back.

    A correction closes as done only after the record was changed, and says what was; an
    erasure closes by the erasure itself.
    """
    current = _open(yeu_cau, by)
    _check_ngay(current, ngay)
    if trang_thai not in (T.XONG, T.TU_CHOI, T.RUT):
        raise RuleError("Chọn kết quả.", field="trang_thai")
    if trang_thai == T.TU_CHOI and not ket_qua.strip():
        raise RuleError("Ghi lý do không thực hiện được.", field="ket_qua")
    if trang_thai == T.XONG:
        _check_done(current)
        if current.loai == YeuCauDuLieu.Loai.SUA and not ket_qua.strip():
            ket_qua = f"Đã sửa: {', '.join(da_sua(current))}."
    return _close(current, trang_thai, ngay, ket_qua, by)


@transaction.atomic
def record_cung_cap(*, yeu_cau: YeuCauDuLieu, by) -> YeuCauDuLieu:
    """Write down that the file with everything held about the person was taken."""
    current = _open(yeu_cau, by)
    if current.loai != YeuCauDuLieu.Loai.XEM:
        raise RuleError("Chỉ tải bản dữ liệu theo yêu cầu xem, cung cấp.")
    _step(current, Viec.CUNG_CAP, today(), by)
    record(by=by, hanh_dong="yeu_cau.export", target=current)
    return current


def follow_to_register(*, ket_nap: KetNap, doan_vien: DoanVien) -> None:
    """An admitted applicant's requests are the member's from then on; in the admission."""
    YeuCauDuLieu.objects.cua(ket_nap).update(
        ket_nap=None, doan_vien=doan_vien, version_nhan=doan_vien.version
    )


def da_sua(yeu_cau: YeuCauDuLieu) -> list[str]:
    """The fields of the record that were changed since the request came in, in words."""
    nguoi = yeu_cau.nguoi
    lines = NhatKy.objects.filter(
        doi_tuong_loai=nguoi._meta.label_lower,
        doi_tuong_id=nguoi.pk,
        hanh_dong=f"{nguoi.ten_khoa}.update",
        luc__gte=yeu_cau.tao_luc,
    )
    names = {
        name for content in lines.values_list("noi_dung", flat=True) for name in content["truong"]
    }
    words = {field.name: str(field.verbose_name) for field in nguoi._meta.fields}
    return sorted({"cccd": "số CCCD", **words}.get(name, name) for name in names)


def close_by_erasure(yeu_cau: YeuCauDuLieu, by) -> None:
    """The request that an erasure answers; inside the erasing transaction, after the texts went."""
    YeuCauDuLieu.objects.filter(pk=yeu_cau.pk).update(
        trang_thai=T.XONG, ngay_xong=max(today(), yeu_cau.ngay_nhan), ket_qua=DA_XOA
    )
    _step(yeu_cau, Viec.XONG, today(), by, DA_XOA)


DA_XOA = "Đã xóa dữ liệu cá nhân; giữ số liệu thống kê và văn bản đã ban hành."


def _check_done(current: YeuCauDuLieu) -> None:
    if current.loai == YeuCauDuLieu.Loai.XOA:
        raise RuleError("Việc xóa làm ở nút «Xóa dữ liệu», không ghi tay.", field="trang_thai")
    if current.loai == YeuCauDuLieu.Loai.SUA and not _is_sua(current):
        raise RuleError(
            "Lý lịch chưa được sửa từ khi nhận yêu cầu. Sửa lý lịch trước, hoặc trả lời không "
            "thực hiện được kèm lý do.",
            field="trang_thai",
        )
    cung_cap = current.buoc.filter(viec=Viec.CUNG_CAP)
    if current.loai == YeuCauDuLieu.Loai.XEM and not cung_cap.exists():
        raise RuleError("Chưa tải bản dữ liệu để cung cấp.", field="trang_thai")


def _is_sua(current: YeuCauDuLieu) -> bool:
    """A record's version grows when it is corrected, an application's with every step."""
    if current.ket_nap_id:
        return bool(da_sua(current))
    return current.doan_vien.version > current.version_nhan


def _close(current, trang_thai: str, ngay: date, ket_qua: str, by) -> YeuCauDuLieu:
    current.trang_thai, current.ngay_xong = trang_thai, ngay
    current.ket_qua = ket_qua.strip()
    current.save(update_fields=["trang_thai", "ngay_xong", "ket_qua"])
    _step(current, trang_thai, ngay, by, ket_qua)
    record(by=by, hanh_dong="yeu_cau.finish", target=current, trang_thai=trang_thai)
    return current


def _open(yeu_cau: YeuCauDuLieu, by) -> YeuCauDuLieu:
    current = YeuCauDuLieu.objects.select_for_update(of=("self",)).voi_nguoi().get(pk=yeu_cau.pk)
    _check_right(current.don_vi, by)
    if not current.is_con_mo:
        raise RuleError("Yêu cầu này đã kết thúc.")
    return current


def _step(yeu_cau: YeuCauDuLieu, viec: str, ngay: date, by, noi_dung: str = "") -> None:
    BuocYeuCau.objects.create(
        yeu_cau=yeu_cau, viec=viec, ngay=ngay, noi_dung=noi_dung.strip(), boi=by
    )


def _check_right(don_vi: DonVi, by) -> None:
    if not by.may(Quyen.QUAN_LY_DU_LIEU, don_vi):
        raise PermissionDenied(who_may(Quyen.QUAN_LY_DU_LIEU))


def _check_ngay(yeu_cau: YeuCauDuLieu, ngay: date) -> None:
    check_da_den(ngay)
    if ngay < yeu_cau.ngay_nhan:
        raise RuleError(f"Yêu cầu nhận ngày {yeu_cau.ngay_nhan:%d/%m/%Y}.", field="ngay")
