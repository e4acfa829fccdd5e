"""Training in the demo: three classes of Quế Phong in 2020, one of Quỳ Châu, and those of Vị Thanh
and Phường I around today."""

from collections.abc import Sequence
from datetime import date, timedelta

from chidoan.models import ChucVu, HocVien, LopTapHuan
from chidoan.tap_huan import services
from chidoan.tap_huan.services import LopCu, NguoiDu
from tochuc.models import DonVi

ChuDe, DoiTuong = LopTapHuan.ChuDe, LopTapHuan.DoiTuong
KY_NANG = (ChuDe.SINH_HOAT, ChuDe.TAP_HOP, ChuDe.SO_SACH, ChuDe.DOAN_VU)
CHUYEN_DE = (
    "Kỹ năng tổ chức sinh hoạt chi đoàn",
    "Kỹ năng vận động, đoàn kết tập hợp thanh niên tham gia hoạt động Đoàn",
    "Quản lý hồ sơ, sổ sách chi đoàn; quản lý đoàn viên, đoàn vụ",
)
NAM = 2020
VANG_MOI = 28
"""One secretary in so many did not come to the class of his district."""


def nghe_an(huyen: DonVi, *, by) -> None:
    """What the districts tell of 2020: Quế Phong three classes with over 200 attendances, Quỳ Châu
    the one that it holds each year."""
    terms = ChucVu.objects.under(huyen).tai_ngay(date(NAM, 5, 1))
    terms = terms.filter(chuc_danh__in=("bi_thu", "pho_bi_thu"), don_vi__cap="chi_doan")
    terms = list(terms.select_related("don_vi", "doan_vien").order_by("don_vi__path", "chuc_danh"))
    terms = services.moi_nguoi_mot_lan(terms)
    heads = [term for term in terms if term.chuc_danh == "bi_thu"]
    if huyen.ma == "quy-chau":
        rows = [_lop_huyen(huyen, "bí thư các chi đoàn", date(NAM, 5, 23), heads)]
    else:
        deputies = [term for term in terms if term.chuc_danh == "pho_bi_thu"][::2]
        middle = len(heads) // 2
        rows = [
            _lop_huyen(huyen, "bí thư chi đoàn cụm 1", date(NAM, 5, 16), heads[:middle]),
            _lop_huyen(huyen, "bí thư chi đoàn cụm 2", date(NAM, 6, 20), heads[middle:]),
            _lop_huyen(huyen, "phó bí thư chi đoàn", date(NAM, 8, 15), deputies),
        ]
    services.record_lop_many(rows=rows, don_vi=huyen, by=by)


def _lop_huyen(huyen: DonVi, cho: str, ngay: date, terms: Sequence[ChucVu]) -> LopCu:
    return LopCu(
        don_vi=huyen,
        ten=f"Lớp tập huấn kỹ năng, nghiệp vụ công tác Đoàn cho {cho} năm {ngay.year}",
        chu_de=(*KY_NANG, ChuDe.LY_LUAN) if huyen.ma == "quy-chau" else KY_NANG,
        doi_tuong=(DoiTuong.PHO_BI_THU if "phó" in cho else DoiTuong.BI_THU,),
        tu_ngay=ngay,
        den_ngay=ngay + timedelta(days=1),
        dia_diem=f"Trung tâm Chính trị huyện {huyen.ten}",
        phoi_hop=f"Trung tâm Chính trị huyện {huyen.ten}",
        giang_vien=f"Ban Thường vụ {huyen}",
        chuyen_de=CHUYEN_DE,
        nguoi=[_nguoi(term, so) for so, term in enumerate(terms, 1)],
    )


def _nguoi(term: ChucVu, so: int) -> NguoiDu:
    """Some came to the first day alone; now and then one not at all, who has no result."""
    absent = so % VANG_MOI == 0
    missed = range(len(CHUYEN_DE)) if absent else ([2] if so % 9 == 0 else [])
    return NguoiDu(
        don_vi=term.don_vi,
        ho_ten=term.ho_ten,
        doan_vien=term.doan_vien,
        chuc_vu=services.ten_chuc_vu(term),
        ket_qua="" if absent else HocVien.KetQua.DAT,
        vang=frozenset(missed),
    )


def phuong_1(units: dict[str, DonVi], accounts, *, homnay: date) -> None:
    """The ward's class of spring with its certificates; its next, which takes sign-ups; and one
    that the town holds for its secretaries."""
    phuong, thanh_pho = units["phuong-1"], units["vi-thanh"]
    by, above = accounts["demo.phuong"], accounts["demo.huyen"]
    terms = list(
        ChucVu.objects.under(phuong)
        .filter(don_vi__cap="chi_doan")
        .tai_ngay(homnay)
        .select_related("don_vi", "doan_vien")
        .order_by("don_vi__path", "chuc_danh")
    )
    terms = services.moi_nguoi_mot_lan(terms)
    ngay = homnay - timedelta(days=48)
    (lop,) = services.record_lop_many(
        rows=[
            LopCu(
                don_vi=phuong,
                ten="Lớp tập huấn nghiệp vụ công tác Đoàn cho cán bộ chi đoàn",
                chu_de=(ChuDe.SINH_HOAT, ChuDe.SO_SACH, ChuDe.KY_NANG_SO),
                doi_tuong=(DoiTuong.BI_THU, DoiTuong.PHO_BI_THU),
                tu_ngay=ngay,
                den_ngay=ngay,
                dia_diem="Hội trường Ủy ban nhân dân phường I",
                phoi_hop="Trung tâm Chính trị thành phố Vị Thanh",
                giang_vien="Đ/c Trịnh Hoài Phong, Bí thư Đoàn phường",
                chuyen_de=(CHUYEN_DE[0], "Sổ chi đoàn, quản lý đoàn viên trên phần mềm"),
                nguoi=[_nguoi_phuong(term, so) for so, term in enumerate(terms[:21])],
            )
        ],
        don_vi=phuong,
        by=by,
    )
    for row in lop.hoc_vien.dat().select_related("doan_vien")[:3]:
        services.cap_giay(hoc_vien=row, by=by)
    _to_come(phuong, by, terms[:4], homnay, ten="Lớp tập huấn kỹ năng tập hợp thanh niên",
             chu_de=[ChuDe.TAP_HOP, ChuDe.DOAN_VU], sau=12, so_cho=40)  # fmt: skip
    _to_come(thanh_pho, above, terms[4:6], homnay, ten="Lớp bồi dưỡng lý luận chính trị và nghiệp "
             "vụ công tác Đoàn cho bí thư chi đoàn", chu_de=[ChuDe.LY_LUAN, ChuDe.DOAN_VU],
             sau=20, so_cho=60)  # fmt: skip


def _nguoi_phuong(term: ChucVu, so: int) -> NguoiDu:
    absent = so in (7, 15)
    return NguoiDu(
        don_vi=term.don_vi,
        ho_ten=term.ho_ten,
        doan_vien=term.doan_vien,
        chuc_vu=services.ten_chuc_vu(term),
        ket_qua="" if absent else HocVien.KetQua.KHONG_DAT if so == 11 else HocVien.KetQua.DAT,
        vang=frozenset((0, 1) if absent else (1,) if so in (3, 11) else ()),
    )


def _to_come(don_vi: DonVi, by, terms, homnay: date, *, ten, chu_de, sau: int, so_cho: int):
    """A class announced for the days ahead, with the first who have signed up."""
    ngay = homnay + timedelta(days=sau)
    lop = services.create_lop(
        don_vi=don_vi,
        values={
            "ten": ten,
            "chu_de": chu_de,
            "doi_tuong": [DoiTuong.BI_THU, DoiTuong.PHO_BI_THU],
            "tu_ngay": ngay,
            "den_ngay": ngay + timedelta(days=1),
            "han_dang_ky": ngay - timedelta(days=3),
            "dia_diem": "Trung tâm Chính trị thành phố Vị Thanh",
            "so_cho": so_cho,
        },
        by=by,
    )
    services.dang_ky(lop=lop, don_vi=don_vi, them=terms, bo=[], by=by)
