"""What a branch hands over: people, resolutions, duties, cases, money and the last meetings."""

from collections.abc import Iterator
from datetime import date

from chidoan.models import BuoiSinhHoat, ChucVu, NghiQuyet
from chidoan.queries import danh_sach
from chidoan.viec import viec_can_lam
from chidoan.viec_so import KHOA_SO, viec_so
from core.periods import KyBaoCao
from core.text import lowfirst
from core.text.display import NBSP
from core.text.numbers import date_short, money
from doanvien.doan_phi.queries import bang_thu
from doanvien.models import ChuyenSinhHoat, HoanSinhHoat, KetNap, NguyenVong, SoThuDoanPhi
from doanvien.thu_chi.queries import so_thu_chi
from tochuc.models import DonVi, NguoiDung, PhanCong
from tochuc.permissions import VaiTro
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.viec import sort_viec

from .phan import Cot, Phan

SO_BUOI = 3
TT = Cot(ten="TT", mm=10, align="center")


def phan_chi_doan(don_vi: DonVi, ngay: date) -> Iterator[Phan]:
    yield _doan_vien(don_vi, ngay)
    yield _nghi_quyet(don_vi)
    yield Phan(
        ten="Việc đang chờ chi đoàn",
        cau=tuple(_viec(don_vi, ngay)),
        trong="Không có việc nào đang chờ.",
    )
    yield Phan(
        ten="Đơn, hồ sơ đang giải quyết",
        cau=tuple(_ho_so(don_vi, ngay)),
        trong="Không có đơn, hồ sơ nào đang giải quyết.",
    )
    yield _doan_phi(don_vi, ngay)
    yield _sinh_hoat(don_vi, ngay)


def nguoi_giu_chuc(don_vi: DonVi) -> NguoiDung:
    """Somebody with a secretary's rights at the branch, whom no table knows: whose duties are
    the branch's."""
    user = NguoiDung(pk=0, ho_ten="Bí thư chi đoàn")
    user.phan_cong_hom_nay = [PhanCong(don_vi=don_vi, vai_tro=VaiTro.BI_THU_CHI_DOAN)]
    return user


def buoi_gan_nhat(don_vi: DonVi, ngay: date) -> list[BuoiSinhHoat]:
    """The last meetings that were held, newest first."""
    rows = BuoiSinhHoat.objects.filter(chi_doan=don_vi, ngay__lte=ngay).da_hop().sinh_hoat()
    return list(rows.with_diem_danh().order_by("-ngay", "-pk")[:SO_BUOI])


def _doan_vien(don_vi: DonVi, ngay: date) -> Phan:
    people = list(danh_sach(don_vi.pk, ngay))
    away = sum(row.is_di_lam_xa(ngay) for row in people)
    offices = _chuc_vu(don_vi, ngay)
    return Phan(
        ten="Danh sách đoàn viên",
        cau=(f"Tổng số {len(people)} đoàn viên, trong đó {away} đồng chí đang đi làm xa.",),
        cot=(
            TT,
            Cot(ten="Họ và tên"),
            Cot(ten="Năm sinh", mm=18, align="center"),
            Cot(ten="Vào Đoàn", mm=26, align="center"),
            Cot(ten="Chức vụ, ghi chú", mm=48),
        ),
        dong=tuple(
            (
                str(number),
                row.ho_ten,
                str(row.ngay_sinh.year),
                date_short(row.ngay_vao_doan),
                _ghi_chu(row, ngay, offices),
            )
            for number, row in enumerate(people, start=1)
        ),
    )


def _chuc_vu(don_vi: DonVi, ngay: date) -> dict[int, str]:
    """Who held which office on that day: the register shows those of today."""
    terms = ChucVu.objects.filter(don_vi=don_vi).tai_ngay(ngay).order_by("-chuc_danh", "pk")
    return {row.doan_vien_id: row.ten_chuc for row in terms}


def _ghi_chu(row, ngay: date, offices: dict[int, str]) -> str:
    registered = "" if offices or row.chuc_vu == "Đoàn viên" else row.chuc_vu
    office = offices.get(row.pk, registered)
    away = f"Đi làm xa {row.di_xa_noi}".strip() if row.is_di_lam_xa(ngay) else ""
    return "; ".join(part for part in (office, away) if part)


def _nghi_quyet(don_vi: DonVi) -> Phan:
    rows = NghiQuyet.objects.filter(chi_doan=don_vi).chua_xong().select_related("phu_trach")
    return Phan(
        ten="Nghị quyết đang thực hiện",
        cot=(
            TT,
            Cot(ten="Nội dung"),
            Cot(ten="Người phụ trách", mm=42),
            Cot(ten="Hạn", mm=26, align="center"),
        ),
        dong=tuple(
            (str(number), row.noi_dung, row.phu_trach.ho_ten, date_short(row.han))
            for number, row in enumerate(rows.order_by("han", "pk"), start=1)
        ),
        trong="Không có nghị quyết nào đang thực hiện.",
    )


def _viec(don_vi: DonVi, ngay: date) -> Iterator[str]:
    """The duties of the branch's home page, in its words; those of layers above are theirs."""
    user = nguoi_giu_chuc(don_vi)
    values = gia_tri_nhieu(list(KHOA_SO), ngay=ngay, don_vi=don_vi)
    duties = [*viec_can_lam(user, ngay), *viec_so(user, don_vi, ngay, values)]
    return (cau_viec(duty) for duty in sort_viec(duties))


def cau_viec(duty) -> str:
    """One duty in a sentence: "Ghi buổi sinh hoạt tháng 11 (quá hạn 3 ngày)"."""
    note = duty.overdue or (f"hạn {date_short(duty.han)}" if duty.han else "")
    notes = [part for part in (duty.chi_tiet, lowfirst(note)) if part]
    return f"{duty.tieu_de} ({'; '.join(notes)})." if notes else f"{duty.tieu_de}."


def _ho_so(don_vi: DonVi, ngay: date) -> Iterator[str]:
    for row in KetNap.objects.filter(chi_doan=don_vi).dang_mo().in_order():
        yield f"Kết nạp: {row.ho_ten}, {lowfirst(row.get_trang_thai_display())}."
    rows = ChuyenSinhHoat.objects.filter(chi_doan_di=don_vi).dang_mo()
    for row in rows.select_related("doan_vien").order_by("ngay", "pk"):
        yield f"Chuyển đi: {row.doan_vien}, {lowfirst(row.get_trang_thai_display())}."
    rows = ChuyenSinhHoat.objects.filter(chi_doan_den=don_vi, ngay_gioi_thieu__isnull=False)
    for row in rows.dang_mo().select_related("doan_vien").order_by("ngay", "pk"):
        yield f"Chuyển đến: {row.doan_vien}, {lowfirst(row.get_trang_thai_display())}."
    for row in HoanSinhHoat.objects.filter(chi_doan=don_vi).tai_ngay(ngay).trong_list():
        yield f"Hoãn sinh hoạt: {row.doan_vien}, đến hết ngày {date_short(row.den_ngay)}."
    so = NguyenVong.objects.filter(chi_doan=don_vi, rieng=False).con_mo().count()
    if so:
        yield f"{so} nguyện vọng của đoàn viên, thanh niên đang theo dõi (xem sổ nguyện vọng)."


def _doan_phi(don_vi: DonVi, ngay: date) -> Phan:
    if not SoThuDoanPhi.objects.filter(don_vi=don_vi).exists():
        return Phan(ten="Đoàn phí, quỹ", trong="Chi đoàn chưa mở sổ thu đoàn phí.")
    year = KyBaoCao(ngay.year)
    thu = bang_thu(don_vi, year, ngay).get(don_vi.path)
    quy = so_thu_chi(don_vi, ngay.year)
    lines = [f"Quỹ chi đoàn còn {money(quy.cuoi_ky)}{NBSP}đồng theo sổ thu – chi năm {ngay.year}."]
    if thu:
        lines.insert(
            0,
            f"Đoàn phí năm {ngay.year} đến tháng {ngay.month}: đã thu {money(thu.da_thu)}{NBSP}"
            f"đồng trên {money(thu.phai_thu)}{NBSP}đồng phải thu; {_con_no(thu)}.",
        )
    return Phan(ten="Đoàn phí, quỹ", cau=tuple(lines))


def _con_no(thu) -> str:
    if not thu.con_no:
        return "không ai còn nợ"
    return f"còn {thu.so_nguoi_no} đồng chí nợ {money(thu.con_no)}{NBSP}đồng"


def _sinh_hoat(don_vi: DonVi, ngay: date) -> Phan:
    rows = buoi_gan_nhat(don_vi, ngay)
    return Phan(
        ten="Các buổi sinh hoạt gần nhất",
        cot=(
            Cot(ten="Ngày", mm=26, align="center"),
            Cot(ten="Chủ điểm"),
            Cot(ten="Dự họp", mm=24, align="center"),
        ),
        dong=tuple(
            (
                date_short(row.ngay),
                row.chu_diem or row.get_loai_display(),
                f"{row.so_du_hop}/{row.so_danh_sach}",
            )
            for row in rows
        ),
        trong="Chưa ghi buổi sinh hoạt nào.",
    )
