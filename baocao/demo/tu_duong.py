"""The cultivation group of Phường I since 2018, and its referral cases."""

from datetime import date, timedelta

from core.periods import KyBaoCao
from doanvien.models import DoanVien, QuaTrinh
from doanvien.services import create_many, end_many, update_doan_vien
from tochuc.bieu_quyet import Phieu
from tochuc.models import DonVi
from tudưong.chuong_trinh import ket_luan_tu_so_lieu
from tudưong.giay_to.le_trao import issue_danh_sach
from tudưong.giay_to.phat_hanh import issue_bo_ho_so
from tudưong.models import BuocHoSo, GiayTo, HoSo, NhiemVu, ThanhVienTo, ToTuDuong
from tudưong.services.bien_ban import find_bien_ban, save_bien_ban
from tudưong.services.danh_gia import (
    carried_points,
    close_ky,
    open_ky,
    record_task_outcome,
    record_y_kien,
    save_danh_gia,
    update_ky,
)
from tudưong.services.giay_to import update_giay_to
from tudưong.services.ho_so import open_ho_so, propose, resolve, review, so_doan_vien, so_uy_vien
from tudưong.services.le_trao import create_le_trao, pick_ho_so, send_all
from tudưong.services.lich_su import HoSoCu, record_ho_so_history
from tudưong.services.nhiem_vu import assign_nhiem_vu, note_tien_do
from tudưong.services.to import add_thanh_vien, create_to, remove_thanh_vien
from tudưong.services.van_ban import save_nhan_xet_du_bi, save_tu_nhan_xet

from . import noi_dung
from .anh import drawn_pictures, new_anh
from .phuong_1 import ChiDoanDemo
from .sinh_hoat import UU_TU
from .ten import May

THANH_LAP = date(2018, 9, 6)
SO_QUY = 8  # quarters of reviews on record
DANG_VIEN_GIUP = ("Nguyễn Văn Lễ", "Trần Thị Nguyệt", "Phan Hữu Tín")
NHAN_XET = {
    "pham_chat": "Lập trường tư tưởng vững vàng, chấp hành tốt chủ trương của Đảng và pháp luật.",
    "dao_duc": "Lối sống giản dị, trung thực; được đoàn viên và nhân dân nơi cư trú tin yêu.",
    "nang_luc": "Nhận việc là làm đến nơi đến chốn; có sáng kiến trong phong trào tình nguyện.",
    "quan_he": "Hòa nhã, gần gũi, sẵn sàng giúp đỡ đồng chí và bà con.",
    "khuyet_diem": "Còn ngại phát biểu ở nơi đông người.",
}


def found(units: dict[str, DonVi], *, by, bat_dau: date) -> ToTuDuong:
    """The group of 2018 with its first ten, who made room for today's before `bat_dau`."""
    phuong = units["phuong-1"]
    to = create_to(
        don_vi=phuong,
        ten="Tổ tu dưỡng Đoàn phường I",
        ngay_thanh_lap=THANH_LAP,
        so_quyet_dinh="15-QĐ/ĐTN",
        by=by,
    )
    people = _first_ten(units, by=by)
    thoi = bat_dau - timedelta(days=1)
    places = [
        add_thanh_vien(to=to, doan_vien=nguoi, tu_ngay=THANH_LAP, la_to_truong=not thu_tu, by=by)
        for thu_tu, nguoi in enumerate(people)
    ]
    for place in places:
        remove_thanh_vien(thanh_vien=place, den_ngay=thoi, ly_do="Trưởng thành Đoàn", by=by)
    end_many(
        rows=[(nguoi, thoi) for nguoi in people],
        ly_do=QuaTrinh.LyDoKetThuc.TRUONG_THANH,
        don_vi=phuong,
        by=by,
        hanh_dong="doan_vien.truong_thanh",
    )
    return to


def _first_ten(units: dict[str, DonVi], *, by) -> list[DoanVien]:
    may = May(2018, tinh="091", que_quan="Phường I, TP. Vị Thanh, Hậu Giang")
    branches = [units[f"phuong-1-khu-vuc-{so}"] for so in (1, 2, 3, 6, 7)]
    span = {
        "sinh": (date(1994, 1, 1), date(1997, 12, 1)),
        "vao_doan": (date(2011, 3, 26), date(2016, 12, 1)),
    }
    people = [may.nguoi(chi_doan=branches[so % 5], **span) for so in range(10)]
    create_many(
        rows=[(nguoi, nguoi.ngay_vao_doan, QuaTrinh.LyDoBatDau.KET_NAP) for nguoi in people],
        don_vi=units["phuong-1"],
        by=by,
        hanh_dong="doan_vien.create",
    )
    return people


def join_today(
    to: ToTuDuong, branches: list[ChiDoanDemo], *, bat_dau: date, by
) -> list[ThanhVienTo]:
    """Today's ten: the ward's secretary leads, nine outstanding members of the branches."""
    leader = next(n for b in branches for n in b.nguoi if n.ho_ten == "Trịnh Hoài Phong")
    others = [
        nguoi
        for branch in branches
        for nguoi in branch.nguoi[UU_TU : UU_TU + 1]
        if branch.suc in ("tot", "kha") and nguoi != leader and not nguoi.di_xa_tu
    ]
    return [
        add_thanh_vien(
            to=to,
            doan_vien=nguoi,
            tu_ngay=bat_dau,
            la_to_truong=not thu_tu,
            dang_vien_giup=DANG_VIEN_GIUP[thu_tu % len(DANG_VIEN_GIUP)],
            by=by,
        )
        for thu_tu, nguoi in enumerate([leader, *others][:10])
    ]


def quarters_before(homnay: date) -> list[KyBaoCao]:
    """The last eight whole quarters, oldest first."""
    ky, found_ = KyBaoCao.quarter_of(homnay), []
    for _ in range(SO_QUY):
        ky = ky.previous
        found_.insert(0, ky)
    return found_


def review_quarters(to: ToTuDuong, places: list[ThanhVienTo], *, homnay: date, by) -> None:
    """A session for each past quarter; tasks for the current one are given and running."""
    for vong, ky in enumerate(quarters_before(homnay)):
        tasks = [_give(place, vong + so, ky, den=homnay, by=by) for so, place in enumerate(places)]
        ngay_hop = ky.end - timedelta(days=10)
        session = open_ky(to=to, ky=ky, ngay=ngay_hop, dia_diem="Văn phòng Đoàn phường I", by=by)
        for so, task in enumerate(tasks):
            record_task_outcome(
                nhiem_vu=task,
                ky=session,
                xep_muc="hoan_thanh" if (so + vong) % 7 else "cham",
                ket_qua="Đã làm, có xác nhận của chi đoàn.",
                by=by,
            )
        for so, danh_gia in enumerate(session.danh_gia.select_related("thanh_vien__chi_doan")):
            _review(danh_gia, so + vong, ngay_hop, by=by)
        update_ky(
            ky=session,
            thu_ky="Lê Minh Duy",
            noi_dung=noi_dung.THAO_LUAN[vong % len(noi_dung.THAO_LUAN)],
            ket_luan=ket_luan_tu_so_lieu(session),
            by=by,
        )
        close_ky(ky=session, by=by)
    now = KyBaoCao.quarter_of(homnay)
    for so, place in enumerate(places[:-1]):
        task = _give(place, SO_QUY + so, now, den=homnay, by=by)
        if so % 3 < 2:
            _note(task, SO_QUY + so, homnay, by=by)


def _note(task: NhiemVu, so: int, homnay: date, *, by) -> None:
    """How far the task is, some days ago; of every other one with a photo."""
    ngay = max(task.giao_ngay, homnay - timedelta(days=so))
    words = noi_dung.TIEN_DO[so % len(noi_dung.TIEN_DO)]
    note_tien_do(nhiem_vu=task, ngay=ngay, noi_dung=words, by=by)
    if so % 2:
        new_anh(task, drawn_pictures()[so % 3], words, by).save()


def _give(place: ThanhVienTo, so: int, ky: KyBaoCao, *, den: date, by):
    """One task of a quarter, given in its first days and not later than on `den`."""
    linh_vuc, viec, thuoc_do = noi_dung.NHIEM_VU[so % len(noi_dung.NHIEM_VU)]
    return assign_nhiem_vu(
        thanh_vien=place,
        noi_dung=viec,
        linh_vuc=linh_vuc,
        thuoc_do=thuoc_do,
        giao_ngay=min(max(ky.start + timedelta(days=4), place.tu_ngay), den),
        han=ky.end - timedelta(days=12),
        by=by,
    )


def _review(danh_gia, so: int, ngay: date, *, by) -> None:
    points = carried_points(danh_gia)
    changes = {
        "ket_qua": noi_dung.KET_QUA[so % 3],
        "han_che": noi_dung.HAN_CHE[so % 3],
        "can_khac_phuc": noi_dung.CAN_KHAC_PHUC[so % 3],
        "han_khac_phuc": ngay + timedelta(days=75),
        "muc": ("htxs", "htt", "htt")[so % 3],
        "so_tan_thanh": 10 - (so % 3 == 1),
        "so_co_mat": 10,
        "ket_luan": "du_dieu_kien" if so % 5 == 4 else "tiep_tuc",
    }
    if points:
        changes["khac_phuc"] = [("da", "tien_bo", "da")[so % 3]] * len(points)
    record_y_kien(
        danh_gia=danh_gia,
        y_kien="Chi đoàn nhất trí với nhận xét của tổ.",
        ngay=ngay,
        by=by,
    )
    danh_gia.refresh_from_db()
    save_danh_gia(danh_gia=danh_gia, version=danh_gia.version, changes=changes, by=by)


def past_cases(branches: list[ChiDoanDemo], *, homnay: date, by) -> None:
    """Cases of the two years before: three admitted, two to be cultivated further.

    From June on one more of this year, admitted on 19 May.
    """
    past = [nguoi for branch in branches for nguoi in branch.nguoi[3:4] if not nguoi.di_xa_tu][:5]
    nam = homnay.year
    record_ho_so_history(
        rows=[
            HoSoCu(
                doan_vien=nguoi,
                ngay_gioi_thieu=date(nam - 1 - so % 2, 3 + so, 12),
                ket_qua="ket_nap" if so < 3 else "khong_ket_nap",
                ngay_ket_qua=date(nam - 1 - so % 2, 8, 3 + so),
                chi_bo=nguoi.chi_doan.ten,
                ly_do="" if so < 3 else "Cần thêm thời gian thử thách",
            )
            for so, nguoi in enumerate(past)
        ],
        by=by,
    )
    ket_nap = HoSo.objects.filter(ngay_ket_nap__isnull=False).order_by("ngay_ket_nap").last()
    save_nhan_xet_du_bi(
        ho_so=ket_nap, version=0, changes={"ngay": homnay, **noi_dung.NHAN_XET_DU_BI}, by=by
    )
    ngay_vao_dang = date(nam, 5, 19)
    if ngay_vao_dang < homnay:
        nguoi = next(b.nguoi[5] for b in branches if b.don_vi.ten == "Trường THCS")
        record_ho_so_history(
            rows=[
                HoSoCu(
                    doan_vien=nguoi,
                    ngay_gioi_thieu=date(nam, 1, 15),
                    ket_qua="ket_nap",
                    ngay_ket_qua=ngay_vao_dang,
                    chi_bo=nguoi.chi_doan.ten,
                )
            ],
            by=by,
        )


def open_cases(places: list[ThanhVienTo], accounts, *, homnay: date) -> None:
    """One that the Party cell has not answered for 97 days, one that waits at the ward.

    Neither is of the ward's own leaders, who hold the first two places of the group.
    """
    phuong, can_bo = accounts["demo.phuong"], accounts["demo.canbo"]
    waiting, fresh = places[4], places[2]
    _case(waiting, homnay - timedelta(days=150), can_bo, phuong, sent=homnay - timedelta(days=97))
    _case(fresh, homnay - timedelta(days=12), can_bo, phuong)


def _case(place: ThanhVienTo, ngay: date, can_bo, phuong, *, sent: date | None = None) -> None:
    """Branch vote on `ngay`; with `sent` the case goes on to the Party cell on that day."""
    nguoi = _complete_record(place.doan_vien, ngay - timedelta(days=400), by=phuong)
    ho_so = open_ho_so(doan_vien=nguoi, by=can_bo, chi_bo=nguoi.chi_doan.ten, **NHAN_XET)
    tong = so_doan_vien(nguoi.chi_doan, ngay)
    propose(ho_so=ho_so, ngay=ngay, phieu=Phieu(tong, tong), by=can_bo)
    if sent is None:
        return
    review(ho_so=ho_so, ngay=ngay + timedelta(days=13), by=phuong)
    ngay_hop = ngay + timedelta(days=26)
    uy_vien = so_uy_vien(ho_so.don_vi, ngay_hop)
    resolve(
        ho_so=ho_so,
        ngay=ngay_hop,
        phieu=Phieu(uy_vien - 1, uy_vien - 2, 1),
        ly_do="Cần thêm thời gian thử thách.",
        by=phuong,
    )
    _collect_papers(ho_so, ngay, by=phuong)
    _write_papers(ho_so, ngay, by=phuong)
    issue_bo_ho_so(ho_so=HoSo.objects.get(pk=ho_so.pk), by=phuong)
    _hand_over(ho_so, sent, by=phuong)


def _write_papers(ho_so: HoSo, ngay: date, *, by) -> None:
    """The minutes of both votes, and what the member wrote of himself."""
    for loai in (BuocHoSo.Loai.DE_NGHI, BuocHoSo.Loai.NGHI_QUYET):
        buoc = ho_so.buoc.get(loai=loai)
        row = find_bien_ban(buoc)
        changes = {**noi_dung.BIEN_BAN, "chu_tri": row.chu_tri, "phieu_phat": buoc.co_mat}
        save_bien_ban(buoc=buoc, version=row.version, changes=changes, by=by)
    changes = {"ngay": ngay, **noi_dung.TU_NHAN_XET}
    save_tu_nhan_xet(ho_so=ho_so, version=0, changes=changes, by=by)


def _hand_over(ho_so: HoSo, ngay: date, *, by) -> None:
    """At a ceremony of the ward, with the list of whom it hands over."""
    le_trao = create_le_trao(
        don_vi=ho_so.don_vi,
        ten="Lễ trao danh sách đoàn viên ưu tú cho cấp ủy",
        ngay=ngay,
        dia_diem="Hội trường Đảng ủy phường I",
        by=by,
    )
    pick_ho_so(le_trao=le_trao, ho_so=[ho_so], by=by)
    issue_danh_sach(le_trao=le_trao, by=by)
    send_all(le_trao=le_trao, by=by)


def _complete_record(nguoi: DoanVien, ngay: date, *, by) -> DoanVien:
    """What the resolution tells of a member: where admitted, and a sympathiser since when."""
    changes = {"noi_vao_doan": "Trường THPT Vị Thanh", "ngay_cam_tinh": ngay}
    return update_doan_vien(doan_vien=nguoi, version=nguoi.version, changes=changes, by=by)


def _collect_papers(ho_so: HoSo, ngay: date, *, by) -> None:
    """The papers of the Union's part that the member brought with the branch's proposal."""
    brought = (
        (GiayTo.Loai.TU_NHAN_XET, GiayTo.TinhTrang.BAN_CHINH, "", ngay),
        (GiayTo.Loai.SO_DOAN_VIEN, GiayTo.TinhTrang.BAN_CHINH, "", None),
    )
    for loai, tinh_trang, so, cap in brought:
        giay_to = ho_so.giay_to.get(loai=loai)
        update_giay_to(giay_to=giay_to, tinh_trang=tinh_trang, so=so, ngay=cap, by=by)
