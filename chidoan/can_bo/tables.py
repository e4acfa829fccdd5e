"""Cadres, their allowances and ratings: columns of page and workbook."""

from django.urls import reverse

from chidoan.models import PhuCap, XepLoaiCanBo
from chidoan.models.quy_hoach import ViTri
from core.periods import KyBaoCao
from core.tables import Column, Table
from core.text.display import EMPTY
from core.text.display import ngay as show_ngay
from doanvien.models import XepLoai
from doanvien.models.dot_xep_loai import TEN_MUC_NGAN
from tochuc.permissions import Quyen

from .quy_tac import phai_chi

_MUC = {muc.value: muc.label.removesuffix(" (thang trước 2019)") for muc in XepLoai.Muc}


def ho_so_cua(row) -> str:
    """The profile of the person in a row."""
    return reverse("chidoan:can_bo_detail", args=[row.doan_vien_id]) if row.doan_vien_id else ""


def trang_cua(row) -> str:
    """The same, where the reader may open it: a guest is another branch's."""
    return ho_so_cua(row) if row.mo_duoc else ""


def nguon_cua(row) -> str:
    return ", ".join(map(str, row.doan_vien.nguon.all())) if row.doan_vien else ""


def _di_xa(day):
    def pill(row):
        person = row.doan_vien
        if not person or not person.is_di_lam_xa(day):
            return None
        return "warn", "plane", f"Từ {show_ngay(person.di_xa_tu)}"

    return pill


_CACH = {"dai_hoi": "Bầu trực tiếp", "bch": "BCH bầu", "chi_dinh": "Chỉ định"}


def _cach(row) -> str:
    return _CACH.get(row.cach, "")


def _chuc(row) -> str:
    """The office, with the one he holds beside it: "Quyền Bí thư, Phó Bí thư"."""
    deputy = ViTri.PHO_BI_THU.label
    return f"{row.ten_chuc}, {deputy}" if row.is_bi_thu and row.kiem_pho else row.ten_chuc


def _xep_loai(row) -> str:
    level = TEN_MUC_NGAN.get(row.xep_loai_muc) or _MUC.get(row.xep_loai_muc)
    return f"{row.xep_loai_nam}: {level}" if level else EMPTY


def _vao_dang(user):
    """Of whom the reader may know it: another office of his may show him further branches."""

    def source(row):
        person = row.doan_vien
        sees = person and all(
            user.may(Quyen.XEM_NHAY_CAM, unit) for unit in (row.don_vi, person.chi_doan)
        )
        return person.ngay_vao_dang if sees else None

    return source


_CHUC_VU = (
    Column(
        label="Họ và tên",
        source="ho_ten",
        link=trang_cua,
        sort=("doan_vien__khoa_sap_xep",),
        second=_chuc,
        primary=True,
        nowrap=True,
    ),
    Column(label="Chức danh", source=_chuc, in_page=False),
    Column(
        label="Chi đoàn",
        source="don_vi.ten",
        link=lambda row: reverse("chidoan:detail", args=[row.don_vi_id]),
        sort="don_vi__path",
        meta=True,
    ),
    Column(label="Giữ chức từ", source="tu_ngay", sort="tu_ngay", second=_cach, meta="từ"),
    Column(label="Cách giữ chức", source="get_cach_display", in_page=False),
    Column(label="Nguồn", source=nguon_cua),
)


def can_bo_table(day, *, doc_dang=None) -> Table:
    """Who holds which office on `day`; with what is political only for a reader `doc_dang` who
    gave a reason."""
    away = _di_xa(day)
    joined = Column(label="Vào Đảng", source=_vao_dang(doc_dang), meta="vào Đảng")
    return Table(
        name="can-bo-chi-doan",
        columns=(
            *_CHUC_VU,
            *([joined] if doc_dang else []),
            Column(label="LLCT", source="doan_vien.ly_luan", in_page=False),
            Column(
                label=f"Lớp năm {day.year}",
                source=lambda row: f"{row.so_lop} lớp" if row.so_lop else "Chưa dự lớp",
                meta=True,
            ),
            Column(label="Phụ trách", source="ten_phu_trach"),
            Column(label="Phụ cấp tháng", source="phu_cap_thang", numeric=True),
            Column(label="Xếp loại", source=_xep_loai, meta=True),
            Column(
                label="Đi làm xa",
                source=lambda row: (away(row) or ("", "", ""))[2],
                pill=lambda row: away(row) or ("", "", ""),
            ),
        ),
        empty_text="Chưa ghi bí thư, phó bí thư chi đoàn nào",
        empty_hint="Mở từng chi đoàn để ghi bí thư, phó bí thư của chi đoàn ấy.",
        empty_icon="user-check",
        sorted_by="don_vi__path",
    )


def phu_cap_table(ky: KyBaoCao, den) -> Table:
    """What each allowance comes to in the period."""

    def so(row: PhuCap) -> str:
        comes_to = phai_chi(row, ky, den)
        unit = "tháng" if row.kieu == PhuCap.Kieu.THANG else "ngày công"
        return f"{comes_to.so} {unit}"

    return Table(
        name=f"phu-cap-{ky.code}",
        columns=(
            Column(
                label="Họ và tên",
                source="doan_vien.ho_ten",
                link=ho_so_cua,
                sort=("doan_vien__khoa_sap_xep",),
                primary=True,
                nowrap=True,
            ),
            Column(label="Chi đoàn", source="don_vi.ten", sort="don_vi__path", meta=True),
            Column(
                label="Mức",
                source="so_tien",
                unit="đ",
                second=lambda row: row.get_kieu_display(),
                numeric=True,
            ),
            Column(label="Từ ngày", source="tu_ngay", sort="tu_ngay"),
            Column(label="Đến hết ngày", source="den_ngay"),
            Column(label="Căn cứ", source="can_cu"),
            Column(label="Trong kỳ", source=so, meta=True),
            Column(
                label="Thành tiền",
                source=lambda row: phai_chi(row, ky, den).tien,
                unit="đ",
                numeric=True,
                meta=True,
            ),
        ),
        empty_text="Chưa ghi phụ cấp nào trong kỳ này",
        empty_hint="Ghi từ trang cán bộ: mức tiền, theo tháng hay ngày công, căn cứ văn bản nào.",
        empty_icon="wallet",
    )


def tinh_trang_xep_loai(row) -> tuple[str, str, str]:
    if row.xl_muc:
        return "neutral", "circle-check", _MUC[row.xl_muc]
    if row.xl_kiem_diem:
        return "info", "hourglass", "Đã kiểm điểm, chờ xếp loại"
    return "warn", "circle-dashed", "Chưa nộp kiểm điểm"


XEP_LOAI_TABLE = Table(
    name="xep-loai-can-bo",
    columns=(
        Column(
            label="Họ và tên",
            source="ho_ten",
            link=trang_cua,
            sort=("doan_vien__khoa_sap_xep",),
            second=lambda row: row.get_chuc_danh_display(),
            primary=True,
            nowrap=True,
        ),
        Column(label="Chức danh", source="get_chuc_danh_display", in_page=False),
        Column(label="Chi đoàn", source="don_vi.ten", sort="don_vi__path", meta=True),
        Column(label="Nộp kiểm điểm", source="xl_kiem_diem", meta="kiểm điểm"),
        Column(
            label="Xếp loại",
            source=lambda row: tinh_trang_xep_loai(row)[2],
            pill=tinh_trang_xep_loai,
        ),
        Column(label="Quyết định", source="xl_so", second=lambda row: show_ngay(row.xl_ngay)),
        Column(label="Nhận xét", source="xl_nhan_xet"),
    ),
    empty_text="Năm này chưa ghi ai làm bí thư, phó bí thư chi đoàn",
    empty_icon="user-check",
)


def muc_bang_chu(row: XepLoaiCanBo) -> str:
    return _MUC.get(row.muc, "")
