"""The succession desk: columns of its lists, for page and workbook."""

from urllib.parse import urlencode

from django.urls import reverse

from chidoan.models import CuCanBo, DeNghiNhanSu, QuyHoach
from chidoan.models.quy_hoach import ViTri
from core.periods import today
from core.tables import Column, Table
from core.text.display import EMPTY
from core.text.display import ngay as show_ngay
from doanvien.models import XepLoai

from . import khuyet
from .queries import DongNhanSu

_MUC = {muc.value: muc.label.removesuffix(" (thang trước 2019)") for muc in XepLoai.Muc}


def ho_so_cua(row) -> str:
    return reverse("chidoan:can_bo_detail", args=[row.doan_vien_id])


def _nguoi(label="Họ và tên") -> Column:
    return Column(
        label=label,
        source="doan_vien.ho_ten",
        link=ho_so_cua,
        sort=("doan_vien__khoa_sap_xep",),
        second=lambda row: row.doan_vien.chi_doan.ten,
        primary=True,
        nowrap=True,
    )


def _di_xa(person) -> str:
    return f"Đi làm xa từ {show_ngay(person.di_xa_tu)}" if person.is_di_lam_xa(today()) else ""


# ---- gaps ----------------------------------------------------------------------------------


def _mo(row: DongNhanSu, ma: str) -> str:
    """Where a gap is closed: the pool, the profile of the secretary, the offices of the branch."""
    pk = row.chi_doan.pk
    if ma in (khuyet.KHUYET_BI_THU, khuyet.KHUYET_PHO, khuyet.KHONG_UNG_VIEN):
        return f"{reverse('chidoan:nguon_list')}?{urlencode({'cho': pk})}"
    if ma == khuyet.HET_NHIEM_KY or row.bi_thu is None:
        return f"{reverse('chidoan:detail', args=[pk])}#chuc-vu"
    return reverse("chidoan:can_bo_detail", args=[row.bi_thu.pk])


def _o(ma: str) -> Column:
    def words(row: DongNhanSu) -> str:
        gap = row.thieu.get(ma)
        return gap.cau if gap else EMPTY

    return Column(label=khuyet.TEN[ma], source=words)


def o_thieu(row: DongNhanSu) -> list[tuple]:
    """(column, gap or None, address) for the cells of one branch."""
    return [(ten, row.thieu.get(ma), _mo(row, ma)) for ma, ten in khuyet.TEN.items()]


NHAN_SU_TABLE = Table(
    name="nhan-su-chi-doan",
    columns=(
        Column(label="Chi đoàn", source="chi_doan.ten", primary=True),
        Column(label="Bí thư hiện nay", source="ten_bi_thu"),
        *(_o(ma) for ma in khuyet.TEN),
    ),
)

# ---- the plan ------------------------------------------------------------------------------


def trang_thai_quy_hoach(row: QuyHoach) -> tuple[str, str, str]:
    if row.ngay_dua_ra:
        return "neutral", "minus", f"Đưa ra {show_ngay(row.ngay_dua_ra)}"
    if away := _di_xa(row.doan_vien):
        return "warn", "plane", away
    if row.nam_ra_soat < today().year:
        return "warn", "clock", f"Chưa rà soát năm {today().year}"
    if not row.can_cu:
        return "info", "hourglass", "Chờ phê duyệt"
    return "", "circle-check", "Đã phê duyệt"


QUY_HOACH_TABLE = Table(
    name="quy-hoach",
    columns=(
        _nguoi("Đồng chí"),
        Column(
            label="Cho chi đoàn",
            source="don_vi.ten",
            sort="don_vi__path",
            second=lambda row: row.get_chuc_danh_display(),
            meta="cho",
        ),
        Column(label="Chức danh", source="get_chuc_danh_display", in_page=False),
        Column(label="Nguồn", source="get_nguon_display"),
        Column(label="Sẵn sàng", source="get_san_sang_display", sort="san_sang", meta=True),
        Column(label="Rà soát", source=lambda row: f"Năm {row.nam_ra_soat}", sort="nam_ra_soat"),
        Column(label="Phê duyệt", source="can_cu", second=lambda row: show_ngay(row.ngay_duyet)),
        Column(
            label="Tình trạng",
            source=lambda row: trang_thai_quy_hoach(row)[2],
            pill=trang_thai_quy_hoach,
        ),
        Column(
            label="Việc",
            source=lambda row: row.pk,
            template="chidoan/quy_hoach/_quy_hoach_cell.html",
            act=True,
            in_file=False,
        ),
        Column(label="Ghi chú", source="ghi_chu", in_page=False),
        Column(label="Lý do đưa ra", source="ly_do_dua_ra", in_page=False),
    ),
    empty_text="Chưa có ai trong quy hoạch",
    empty_hint="Chọn người từ «Nguồn cán bộ», đưa vào quy hoạch từng chức danh của chi đoàn.",
    empty_icon="sprout",
)

# ---- the pool ------------------------------------------------------------------------------


def _nguon_pill(row) -> tuple[str, str, str]:
    if away := _di_xa(row):
        return "warn", "plane", away
    if row.giu_chuc:
        return "", "", f"Đang là {ViTri(row.giu_chuc).label}"
    if row.trong_quy_hoach:
        return "info", "sprout", "Trong quy hoạch"
    return "", "", ""


NGUON_TABLE = Table(
    name="nguon-can-bo",
    columns=(
        Column(
            label="Họ và tên",
            source="ho_ten",
            link=True,
            second=lambda row: row.chi_doan.ten,
            primary=True,
            nowrap=True,
        ),
        Column(label="Chi đoàn", source="chi_doan.ten", in_page=False),
        Column(label="Nguồn", source=lambda row: ", ".join(map(str, row.nguon.all())), meta=True),
        Column(label="Năm sinh", source=lambda row: str(row.ngay_sinh.year), meta="sinh"),
        Column(
            label="Chuyên môn",
            source="chuyen_mon",
            second=lambda row: f"LLCT: {row.ly_luan.lower()}" if row.ly_luan else "",
        ),
        Column(label="LLCT", source="ly_luan", in_page=False),
        Column(
            label="Xếp loại năm trước", source=lambda row: _MUC.get(row.muc_truoc, ""), meta=True
        ),
        Column(
            label="Lớp trong năm",
            source=lambda row: f"{row.so_lop} lớp" if row.so_lop else "Chưa dự lớp",
            meta=True,
        ),
        Column(label="Hiện nay", source=lambda row: _nguon_pill(row)[2], pill=_nguon_pill),
        Column(
            label="Việc",
            source=lambda row: row.pk,
            template="chidoan/quy_hoach/_nguon_cell.html",
            act=True,
            in_file=False,
        ),
    ),
    empty_text="Chưa ghi nguồn cán bộ cho ai",
    empty_hint="Ghi nguồn ở lý lịch đoàn viên: công chức, giáo viên, bộ đội xuất ngũ, dân quân…",
    empty_icon="users",
)

# ---- proposals and postings ----------------------------------------------------------------


def trang_thai_de_nghi(row: DeNghiNhanSu) -> tuple[str, str, str]:
    T = DeNghiNhanSu.TrangThai  # noqa: N806 -- a class
    if row.trang_thai == T.CHO:
        return "info", "hourglass", "Chờ trả lời"
    if row.trang_thai == T.DONG_Y:
        if row.da_nhan_viec:
            return "ok", "circle-check", "Đã ghi chức vụ"
        return "warn", "circle-check", "Đã đồng ý, chờ ghi chức vụ"
    if row.trang_thai == T.KHONG:
        return "bad", "circle-x", "Không đồng ý"
    return "neutral", "undo-2", "Đã rút"


DE_NGHI_TABLE = Table(
    name="de-nghi-nhan-su",
    columns=(
        Column(
            label="Đồng chí",
            source="doan_vien.ho_ten",
            link=True,
            second=lambda row: row.doan_vien.chi_doan.ten,
            primary=True,
            nowrap=True,
        ),
        Column(
            label="Cho chi đoàn",
            source="don_vi.ten",
            sort="don_vi__path",
            second=lambda row: row.get_chuc_danh_display(),
            meta="cho",
        ),
        Column(label="Chức danh", source="get_chuc_danh_display", in_page=False),
        Column(label="Vì sao giới thiệu", source="ly_do"),
        Column(label="Ngày đề nghị", source="ngay", sort="ngay", meta=True),
        Column(
            label="Tình trạng",
            source=lambda row: trang_thai_de_nghi(row)[2],
            pill=trang_thai_de_nghi,
        ),
        Column(label="Ý kiến trả lời", source="tra_loi", in_page=False),
    ),
    empty_text="Chưa có đề nghị nhân sự nào",
    empty_hint="Chi đoàn giới thiệu người làm bí thư, phó bí thư; Đoàn phường, xã trả lời tại đây.",
    empty_icon="user-plus",
)


def trang_thai_cu(row: CuCanBo) -> tuple[str, str, str]:
    day = today()
    if row.den_ngay and row.den_ngay < day:
        return "neutral", "circle-check", f"Đã thôi {show_ngay(row.den_ngay)}"
    if row.tu_ngay > day:
        return "neutral", "clock", "Chưa bắt đầu"
    if row.den_ngay and (row.den_ngay - day).days <= 30:
        return "warn", "hourglass", f"Hết hạn {show_ngay(row.den_ngay)}"
    return "info", "map-pin", "Đang giúp chi đoàn"


def _con_cu(row: CuCanBo) -> bool:
    return row.den_ngay is None or row.den_ngay >= today()


CU_TABLE = Table(
    name="cu-can-bo",
    columns=(
        _nguoi(),
        Column(label="Chi đoàn chính thức", source="doan_vien.chi_doan.ten", in_page=False),
        Column(label="Cử về", source="don_vi.ten", sort="don_vi__path", meta="về"),
        Column(label="Để làm", source="get_vai_tro_display", meta=True),
        Column(label="Từ ngày", source="tu_ngay", sort="tu_ngay", meta="từ"),
        Column(label="Đến hết ngày", source="den_ngay"),
        Column(label="Văn bản cử", source="can_cu"),
        Column(label="Tình trạng", source=lambda row: trang_thai_cu(row)[2], pill=trang_thai_cu),
        Column(
            label="Việc",
            source=lambda row: row.pk if _con_cu(row) else None,
            template="chidoan/quy_hoach/_cu_cell.html",
            act=True,
            in_file=False,
        ),
    ),
    empty_text="Chưa cử ai về địa bàn",
    empty_hint="Nơi không còn nguồn, cử đoàn viên cơ quan, trường học về giúp hoặc làm bí thư.",
    empty_icon="map-pin",
)
