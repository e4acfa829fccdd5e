"""What a meeting is refused for. Each check raises a RuleError that names the field."""

from chidoan.luat_buoi import VAI, cau
from chidoan.models import BuoiSinhHoat, DiemDanh, NghiQuyet
from chidoan.noi_dung import NoiDungBuoi
from core.errors import RuleError
from core.periods import today
from core.text import clean, lowfirst
from core.text.display import ngay as show_ngay
from tochuc.models import DonVi


class RosterError(RuleError):
    """The roll does not match the members of the meeting's day; the form shows it again."""


def check_buoi(
    *, buoi: BuoiSinhHoat, noi_dung: NoiDungBuoi, roster: set[int], hoan_thanh: bool
) -> None:
    """Refuse a day that cannot be, hours out of order, a roll that is not the roster's."""
    check_ngay(buoi.chi_doan, noi_dung, da_hen=buoi.is_hen and not hoan_thanh)
    if noi_dung.ket_thuc and noi_dung.ket_thuc <= noi_dung.bat_dau:
        raise RuleError(cau("gio"), field="ket_thuc")
    if not roster:
        raise RuleError(
            cau("danh_sach_trong", chi_doan=buoi.chi_doan, ngay=show_ngay(noi_dung.ngay)),
            field="ngay",
        )
    if roster != set(noi_dung.diem_danh):
        raise RosterError(
            f"Danh sách đoàn viên ngày {show_ngay(noi_dung.ngay)} khác danh sách đang điểm danh. "
            "Xem lại điểm danh rồi lưu.",
            field="diem_danh",
        )
    _check_roll(noi_dung)


def check_ngay(chi_doan: DonVi, noi_dung: NoiDungBuoi, *, da_hen: bool = False) -> None:
    """Refuse a day that has not come, or on which the branch did not exist.

    A meeting that was called (`da_hen`) is kept as a draft before its day.
    """
    ngay = noi_dung.ngay
    if ngay > today() and not da_hen:
        raise RuleError(cau("chua_den", ngay=show_ngay(ngay)), field="ngay")
    if chi_doan.thanh_lap and ngay < chi_doan.thanh_lap:
        founded = show_ngay(chi_doan.thanh_lap)
        raise RuleError(
            cau("truoc_thanh_lap", chi_doan=chi_doan, thanh_lap=founded, ngay=show_ngay(ngay)),
            field="ngay",
        )
    if chi_doan.ket_thuc and ngay > chi_doan.ket_thuc:
        closed = show_ngay(chi_doan.ket_thuc)
        raise RuleError(cau("sau_ket_thuc", chi_doan=chi_doan, ket_thuc=closed), field="ngay")


def check_hoan_thanh(*, buoi: BuoiSinhHoat, noi_dung: NoiDungBuoi) -> None:
    """What a finished meeting needs: place, theme, chair, votes, resolutions, no double."""
    for name, sentence in (
        ("dia_diem", "Ghi địa điểm họp."),
        ("chu_diem", "Ghi chủ điểm hoặc nội dung chính của buổi sinh hoạt."),
        ("chu_tri_id", "Chọn đồng chí chủ trì."),
        ("thu_ky_id", "Chọn đồng chí thư ký."),
    ):
        if not clean(str(getattr(noi_dung, name) or "")):
            raise RuleError(sentence, field=name.removesuffix("_id"))
    _check_nguoi(buoi, noi_dung)
    _check_phieu(noi_dung)
    _check_trung(buoi, noi_dung)
    _check_ket_qua(buoi, noi_dung)
    _check_nghi_quyet(buoi, noi_dung)


def check_sua_doi(*, buoi: BuoiSinhHoat, ly_do: str, nhap_thay: bool) -> None:
    """A finished meeting is amended for a reason, by the branch until its next meeting is finished.

    After that the branch's book goes on from what it says; the ward can still put it right.
    """
    if not clean(ly_do):
        raise RuleError("Ghi lý do sửa buổi sinh hoạt đã hoàn thành.", field="ly_do_sua")
    closed = cau_khoa(BuoiSinhHoat.objects.with_buoi_sau().get(pk=buoi.pk), nhap_thay=nhap_thay)
    if closed:
        raise RuleError(closed)


def cau_khoa(buoi: BuoiSinhHoat, *, nhap_thay: bool) -> str:
    """Why a finished meeting is not amended any more, "" when it may be; see `with_buoi_sau`."""
    if buoi.is_nhap or nhap_thay or not buoi.buoi_sau:
        return ""
    return (
        f"Buổi ngày {show_ngay(buoi.buoi_sau)} đã hoàn thành nên chi đoàn không sửa buổi này nữa. "
        "Ghi lời đính chính vào buổi tới, hoặc đề nghị Đoàn phường sửa."
    )


def _check_roll(noi_dung: NoiDungBuoi) -> None:
    for row in noi_dung.diem_danh.values():
        if row.trang_thai not in DiemDanh.TrangThai.values:
            raise RuleError("Điểm danh lại: có một dòng chưa rõ tình trạng.", field="diem_danh")
        if row.ly_do and row.trang_thai != DiemDanh.TrangThai.VANG_CO_LY_DO:
            raise RuleError("Lý do chỉ ghi cho người vắng có lý do.", field="diem_danh")


def _check_nguoi(buoi: BuoiSinhHoat, noi_dung: NoiDungBuoi) -> None:
    """Chair and secretary are members who took part; those of a joint meeting may be its host's."""
    host = {buoi.chu_nha.chu_tri_id, buoi.chu_nha.thu_ky_id} if buoi.chu_nha_id else set()
    for name, role in VAI.items():
        person = getattr(noi_dung, f"{name}_id")
        row = noi_dung.diem_danh.get(person)
        if person in host and row is None:
            continue
        if row is None:
            raise RuleError(cau("nguoi", vai=role), field=name)
        if not row.is_du_hop:
            raise RuleError(cau("nguoi_vang", vai=role), field=name)


def _check_phieu(noi_dung: NoiDungBuoi) -> None:
    """Entitled are on the roll, present took part, votes are at most those present."""
    for index, row in enumerate(noi_dung.bieu_quyet):
        for larger, limit, luat in (
            (row.tong, row.co_mat, "phieu"),
            (row.co_mat, row.co_quyen, "phieu_co_mat"),
            (row.co_mat, noi_dung.so_du_hop, "phieu_du_hop"),
            (row.co_quyen, len(noi_dung.diem_danh), "phieu_co_quyen"),
        ):
            if larger > limit:
                raise RuleError(cau(luat, so=larger, nhieu_nhat=limit), field=f"bieu_quyet_{index}")


def _check_trung(buoi: BuoiSinhHoat, noi_dung: NoiDungBuoi) -> None:
    if BuoiSinhHoat.objects.trung(buoi, ngay=noi_dung.ngay, loai=noi_dung.loai).exists():
        loai = BuoiSinhHoat.Loai(noi_dung.loai).label
        raise RuleError(
            f"Ngày {show_ngay(noi_dung.ngay)} đã ghi một buổi {lowfirst(loai)}. "
            "Mở buổi đó để sửa, hoặc chọn loại khác.",
            field="ngay",
        )


def _check_ket_qua(buoi: BuoiSinhHoat, noi_dung: NoiDungBuoi) -> None:
    rows = NghiQuyet.objects.filter(chi_doan=buoi.chi_doan_id).exclude(buoi=buoi.pk)
    known = {row.pk: row for row in rows.filter(pk__in=noi_dung.ket_qua).select_related("buoi")}
    for pk, result in noi_dung.ket_qua.items():
        if pk not in known:
            raise RuleError("Có nghị quyết không thuộc chi đoàn này. Mở lại trang để ghi.")
        if result.is_ket_thuc:
            _check_one_ket_qua(buoi, noi_dung, known[pk], result)


def _check_one_ket_qua(buoi, noi_dung, nghi_quyet: NghiQuyet, result) -> None:
    field = f"ket_qua_{nghi_quyet.pk}"
    check_ket_qua_text(result.trang_thai, result.ket_qua, field=field)
    is_here = buoi.pk is not None and nghi_quyet.ket_thuc_tai_id == buoi.pk
    if nghi_quyet.is_ket_thuc and not is_here:
        raise RuleError(
            f"Nghị quyết «{nghi_quyet.noi_dung}» đã được kết thúc trước đó: "
            f"{nghi_quyet.ket_qua.rstrip('.')}. Chọn Đang làm để giữ kết quả đó.",
            field=field,
        )
    if nghi_quyet.buoi.ngay > noi_dung.ngay:
        raise RuleError(
            f"Nghị quyết «{nghi_quyet.noi_dung}» ra ngày {show_ngay(nghi_quyet.buoi.ngay)}, "
            "sau buổi này.",
            field=field,
        )


def check_ket_qua_text(trang_thai: str, ket_qua: str, *, field: str = "ket_qua") -> None:
    """A resolution ends with one line: what came out of it, or why it was dropped."""
    if trang_thai == NghiQuyet.TrangThai.XONG and not clean(ket_qua):
        raise RuleError(cau("ket_qua_xong"), field=field)
    if trang_thai == NghiQuyet.TrangThai.THOI and not clean(ket_qua):
        raise RuleError(cau("ket_qua_thoi"), field=field)


def _check_nghi_quyet(buoi: BuoiSinhHoat, noi_dung: NoiDungBuoi) -> None:
    """Resolutions that are ended already are not changed any more, so not judged either."""
    ended = set()
    if buoi.pk:
        rows = buoi.nghi_quyet.exclude(trang_thai=NghiQuyet.TrangThai.DANG_LAM)
        ended = set(rows.values_list("pk", flat=True))
    for index, row in enumerate(noi_dung.nghi_quyet):
        if row.pk in ended:
            continue
        if row.phu_trach_id not in noi_dung.diem_danh:
            raise RuleError(cau("nghi_quyet_nguoi", viec=row.noi_dung), field=f"nghi_quyet_{index}")
        if row.han < noi_dung.ngay:
            raise RuleError(
                cau("nghi_quyet_han", han=show_ngay(row.han), viec=row.noi_dung),
                field=f"nghi_quyet_{index}",
            )
