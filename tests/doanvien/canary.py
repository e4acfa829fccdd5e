"""People whose every typed word can be told from everything else, and where such words turn up."""

from datetime import date
from uuid import uuid4

from django.apps import apps
from django.db import connection

from chidoan.models import ThanhVienMoHinh
from doanvien.models import DongNhap, DotNhap, KetNap, LuotXem, NguyenVong
from tests.factories import (
    make_chuc_vu,
    make_de_xuat,
    make_doan_vien,
    make_ho_so,
    make_ket_nap,
    make_ky,
    make_nguyen_vong,
    make_nhan_thuc,
    make_nhiem_vu,
    make_thanh_vien,
    make_to,
    make_xep_loai,
    make_yeu_cau,
)
from tochuc.ma_hoa import encrypt
from tochuc.van_ban import issue
from tudưong.models import DotIn, LeTrao, NhanXetDuBi, ThoiCamTinh, TuNhanXet

TEXTS = (
    "noi_vao_doan",
    "thuong_tru",
    "noi_o",
    "que_quan",
    "noi_cong_tac",
    "khen_thuong",
    "ky_luat",
    "lien_he_gia_dinh",
    "the_manh",
    "dan_toc",
    "ton_giao",
    "so_the",
)


def make_person(mark: str, *, chi_doan, phuong, by, so: int, con_sinh_hoat=True):
    """A member whose texts all begin with `mark`, with a row in most tables of the product."""
    person = make_doan_vien(
        chi_doan=chi_doan,
        ho_ten=f"Nguyễn {mark} {mark}",
        ngay_sinh=date(2001, 3, 3 + so),
        cccd=f"0792010{so:05d}",
        dien_thoai=f"09{so:08d}",
        email=f"{mark.lower()}@vidu.vn",
        den_ngay=None if con_sinh_hoat else date(2026, 6, 30),
        trang_thai="dang_sinh_hoat" if con_sinh_hoat else "chuyen_di",
        **{name: f"{mark} {name}"[:30] for name in TEXTS},
    )
    make_chuc_vu(don_vi=chi_doan, doan_vien=person, ho_ten=person.ho_ten, chuc_danh="uy_vien")
    make_xep_loai(person, nam=2025)
    matter = make_nguyen_vong(
        doan_vien=person,
        noi_dung=f"{mark} cần việc",
        trang_thai=NguyenVong.TrangThai.DA,
        ngay_xong=date(2026, 9, 20),
    )
    matter.buoc.create(ngay=date(2026, 9, 20), noi_dung=f"{mark} đã có việc", den_trang_thai="da")
    LuotXem.objects.create(
        don_vi=chi_doan, doan_vien=person, nguoi=by, ly_do="khac", ghi_chu=f"{mark} hỏi"
    )
    make_yeu_cau(
        doan_vien=person,
        noi_dung=f"{mark} muốn xem",
        trang_thai="xong",
        ngay_xong=date(2026, 9, 9),
        ket_qua=f"{mark} đã nhận",
    )
    to = make_to(don_vi=phuong, ten=f"Tổ {so}")
    place = make_thanh_vien(to=to, doan_vien=person, dang_vien_giup=f"{mark} giúp")
    task = make_nhiem_vu(thanh_vien=place, noi_dung=f"{mark} vận động")
    _put_into_a_group(person, place, task, mark)
    review = make_ky(to=to, thanh_vien=[place]).danh_gia.get()
    review.ket_qua, review.han_che = f"{mark} tốt", f"{mark} rụt rè"
    review.save()
    case = make_ho_so(doan_vien=person, trang_thai="ket_nap", pham_chat=f"{mark} vững vàng")
    _write_papers(case, mark, by)
    admission = make_ket_nap(
        chi_doan=chi_doan,
        ho_ten=person.ho_ten,
        ngay_sinh=person.ngay_sinh,
        to_chuc_gioi_thieu=f"{mark} giới thiệu",
        noi_o=f"{mark} nơi ở",
    )
    KetNap.objects.filter(pk=admission.pk).update(
        trang_thai="da_ket_nap",
        doan_vien=person,
        ngay_chuan_y=date(2018, 3, 20),
        so_nghi_quyet="01-NQ/ĐTN",
        ngay_le=date(2018, 3, 26),
    )
    sheet = DotNhap.objects.create(don_vi=phuong, ten_tep="a.xlsx", sha256=f"{so:064d}", tao_boi=by)
    DongNhap.objects.create(
        dot_nhap=sheet,
        row=7,
        hanh_dong="create",
        ho_ten=person.ho_ten,
        doan_vien=person,
        gia_tri_ma_hoa=encrypt(f"{mark} dòng nhập"),
        canh_bao=[{"field": "noi_o", "value": f"{mark} ô"}],
    )
    DongNhap.objects.create(dot_nhap=sheet, row=8, hanh_dong="reject", ho_ten=person.ho_ten)
    return person


def _put_into_a_group(person, place, task, mark):
    """Where the place came from, who helped before, how far a task is and what proves it."""
    make_de_xuat(
        doan_vien=person,
        ly_do=f"{mark} hăng hái",
        trang_thai="khong_nhan",
        xet_ngay=date(2026, 9, 20),
        tra_loi=f"{mark} cần thêm thời gian",
    )
    make_nhan_thuc(
        doan_vien=person,
        ngay_cap=date(2021, 3, 2),
        lop=f"{mark} lớp",
        noi_hoc=f"{mark} trường",
        ghi_chu=f"{mark} học lại",
    )
    ThoiCamTinh.objects.create(
        doan_vien=person,
        ngay_cam_tinh=date(2024, 2, 3),
        noi_cam_tinh=f"{mark} chi bộ",
        ngay=date(2025, 2, 3),
        ly_do=f"{mark} chuyển công tác",
    )
    place.nguoi_giup_truoc.create(ten=f"{mark} giúp trước", den_ngay=date(2026, 3, 1))
    task.tien_do.create(ngay=date(2026, 8, 1), noi_dung=f"{mark} được nửa")
    _photograph(task, place.chi_doan, mark)


def _write_papers(case, mark, by):
    """What is written about a case beyond its steps; a ceremony and a batch that it was in."""
    TuNhanXet.objects.create(ho_so=case, han_che=f"{mark} tự nhận")
    NhanXetDuBi.objects.create(ho_so=case, ngay=date(2026, 9, 1), khuyet_diem=f"{mark} nóng")
    case.buoc.create(
        thu_tu=1, loai="gui", den_trang_thai="da_gui", ngay=case.ngay_gui, y_kien=f"{mark} trao"
    )
    _photograph(case.giay_to.get(loai="so_doan_vien"), case.don_vi, mark)
    le_trao = LeTrao.objects.create(don_vi=case.don_vi, ten="Lễ trao", ngay=case.ngay_gui)
    le_trao.dong.create(ho_so=case)
    dot = DotIn.objects.create(don_vi=case.don_vi, nguoi=by, ma_gui=uuid4())
    dot.dong.create(ho_so=case, thu_tu=1, trang_thai="hong", ly_do=f"{mark} thiếu")


def _photograph(viec, don_vi, mark):
    viec.anh.create(
        don_vi=don_vi,
        client_id=uuid4(),
        chu_thich=f"{mark} ảnh",
        rong=4,
        cao=3,
        so_byte=2,
        tep=f"{mark}".encode(),
        tep_nho=f"{mark}".encode(),
    )


def put_on_team(mo_hinh, person, mark):
    """A name written by hand, tied to nobody of the register."""
    return ThanhVienMoHinh.objects.create(
        mo_hinh=mo_hinh, ho_ten=person.ho_ten, nhiem_vu=f"{mark} tổ chức"
    )


def make_paper(person, phuong, by, mark):
    """An issued paper about the person."""
    return issue(
        target=person,
        don_vi=phuong,
        loai="GXN",
        ngay=date(2026, 9, 1),
        tieu_de="Giấy xác nhận",
        noi_dung=mark,
        render=lambda so, ma: f"%PDF {mark}".encode(),
        by=by,
    )


def dump() -> str:
    """Every cell of every table, as the database holds it."""
    rows = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if not model._meta.proxy and model._meta.managed:
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                rows += [f"{model._meta.label} {row!r}" for row in cursor.fetchall()]
    return "\n".join(rows)


def lines_with(text: str, mark: str) -> list[str]:
    """The rows of a dump that say the mark."""
    return [line[:160] for line in text.split("\n") if mark.lower() in line.lower()]
