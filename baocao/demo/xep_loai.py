"""Training programme, rating rounds and the ward's decisions behind the ratings of Phường I."""

from collections.abc import Iterator
from datetime import date, timedelta

from chidoan.xep_loai.dieu_kien import is_vuot
from chidoan.xep_loai.giay_to import issue_quyet_dinh
from chidoan.xep_loai.queries import DongXepLoai, load_dong
from chidoan.xep_loai.services import TRUONG_PHIEU
from doanvien.models import (
    BuocXepLoai,
    DoanVien,
    DongQuyetDinh,
    DotXepLoai,
    PhieuXepLoai,
    QuyetDinhXepLoai,
    RenLuyen,
    XepLoai,
)
from tochuc.models import DonVi, SoVanBan

from .phuong_1 import ChiDoanDemo
from .sinh_hoat import UU_TU

DANG_KY, MO, HOP_CHI_DOAN, GUI, HOP_BCH = (2, 3), (10, 12), (11, 3), (11, 8), (11, 14)
NGUOI = {"tot": "AABA", "kha": "ABAB", "yeu": "BCBC", "ngung": "BBCB"}
MUC_NGUOI = {"A": "htxs", "B": "htt", "C": "ht"}
DIEM = {"htxs": 93, "htt": 82, "ht": 61}
IT_NHAT = 5
"""A fair branch leaves one member out: with five and more that is still 80 per cent."""
UU_DIEM = {
    "htxs": "Gương mẫu, nhiệt tình, hoàn thành xuất sắc việc được giao.",
    "htt": "Tích cực tham gia sinh hoạt và phong trào của chi đoàn.",
    "ht": "Chấp hành phân công của chi đoàn.",
    "kht": "Chấp hành quy định nơi cư trú.",
}
KHUYET_DIEM, VANG_NHIEU = "Còn ít phát biểu trong sinh hoạt.", "Vắng nhiều buổi sinh hoạt."
VUOT = "Đi làm xa, vẫn nhận và hoàn thành việc được giao"
DANG_LAM = (
    DotXepLoai.TrangThai.DA_GUI,
    DotXepLoai.TrangThai.DA_BIEU_QUYET,
    DotXepLoai.TrangThai.MO,
)


def ren_luyen(branches: list[ChiDoanDemo], *, homnay: date) -> None:
    """Registered each February; scored before the ratings. Weak branches keep no list here."""
    rows = []
    for nam in (homnay.year - 1, homnay.year):
        for branch in branches:
            if date(nam, *DANG_KY) < homnay:
                rows += _dang_ky(branch, nam, homnay)
    RenLuyen.objects.bulk_create(rows, batch_size=500)


def _dang_ky(branch: ChiDoanDemo, nam: int, homnay: date) -> Iterator[RenLuyen]:
    old = [nguoi for nguoi in branch.nguoi if nguoi.ngay_vao_doan < date(nam, 1, 1)]
    if branch.suc not in ("tot", "kha") or (branch.suc == "kha" and len(old) < IT_NHAT):
        return
    left_out = old[-1].pk if branch.suc == "kha" else None
    cham = date(nam, *HOP_CHI_DOAN) - timedelta(days=4)
    for so, nguoi in enumerate(branch.nguoi):
        ngay = max(date(nam, *DANG_KY), nguoi.ngay_vao_doan)
        if nguoi.pk == left_out or ngay.year > nam or ngay > homnay:
            continue
        is_scored = cham < homnay and ngay < cham
        muc = "ht" if _is_di_xa(nguoi, cham) else mau_muc(branch, so, nam)
        yield RenLuyen(
            doan_vien=nguoi,
            chi_doan=branch.don_vi,
            nam=nam,
            ngay_dang_ky=ngay,
            muc=muc if is_scored else "",
            diem=DIEM[muc] if is_scored else None,
            ngay_cham=cham if is_scored else None,
            xac_nhan_ngay=cham + timedelta(days=2) if is_scored else None,
        )


def mau_muc(branch: ChiDoanDemo, so: int, nam: int) -> str:
    """What the member of that place works for: the outstanding one the most, others as it goes."""
    if so == UU_TU and branch.suc in ("tot", "kha"):
        return "htxs"
    return MUC_NGUOI[NGUOI[branch.suc][(so + nam) % 4]]


def muc_hoi_nghi(branch: ChiDoanDemo, nam: int) -> list[tuple[DoanVien, str]]:
    """The level of each member who is rated: never above what the books allow.

    But for those who work away: they miss most meetings, and the conference says why it finds
    that they did their duty all the same.
    """
    dot = DotXepLoai(chi_doan=branch.don_vi, nam=nam, ngay_hop=date(nam, *HOP_CHI_DOAN))
    places = {nguoi.pk: so for so, nguoi in enumerate(branch.nguoi)}
    sheets = [PhieuXepLoai(dot=dot, doan_vien=nguoi) for nguoi in _co_mat(branch, dot.ngay_hop)]
    return [
        (row.doan_vien, _muc(row, mau_muc(branch, places[row.doan_vien.pk], nam)))
        for row in load_dong(dot, sheets)
        if row.duoc_xep
    ]


def _muc(row: DongXepLoai, muc: str) -> str:
    if not is_vuot(muc, row.ket_luan.toi_da):
        return muc
    is_away = row.ket_luan.toi_da == "kht" and _is_di_xa(row.doan_vien, row.phieu.dot.ngay_hop)
    return "ht" if is_away else row.ket_luan.toi_da


def _is_di_xa(nguoi: DoanVien, ngay: date) -> bool:
    return bool(nguoi.di_xa_tu and nguoi.di_xa_tu <= ngay)


def _co_mat(branch: ChiDoanDemo, ngay: date) -> list[DoanVien]:
    return [nguoi for nguoi in branch.nguoi if nguoi.ngay_vao_doan <= ngay]


def rounds(branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> None:
    """Last year's rounds with their decision; this year's decided, or as far as it has come."""
    for nam in (homnay.year - 1, homnay.year):
        rated = XepLoai.objects.under(phuong).filter(nam=nam)
        levels = dict(rated.values_list("doan_vien_id", "muc"))
        if levels:
            _decided(branches, phuong, nam, rated.first(), levels, by=by)
        elif date(nam, *MO) < homnay:
            _under_way(branches, nam, homnay)


def _decided(branches, phuong: DonVi, nam: int, first: XepLoai, levels: dict, *, by) -> None:
    decision = QuyetDinhXepLoai.objects.create(
        don_vi=phuong,
        nam=nam,
        ngay=first.ngay,
        ngay_hop=date(nam, *HOP_BCH),
        bien_ban_so="21-BB/ĐTN",
        tong_uy_vien=15,
        co_mat=14,
        tan_thanh=14,
        lap_boi=by,
    )
    lines = []
    for branch in branches:
        dot = _round(branch, nam, DotXepLoai.TrangThai.CONG_NHAN, quyet_dinh=decision)
        rows = _vote(dot, levels)
        lines += [
            DongQuyetDinh(
                quyet_dinh=decision,
                chi_doan=branch.don_vi,
                doan_vien=row.doan_vien,
                muc=row.phieu.muc,
                khong_xep=row.phieu.khong_xep,
            )
            for row in rows
        ]
    DongQuyetDinh.objects.bulk_create(lines, batch_size=500)
    so = int(first.so_quyet_dinh.partition("-")[0])
    SoVanBan.objects.update_or_create(
        don_vi=phuong, loai="QĐ", nam=nam, defaults={"so_cuoi": so - 1}
    )
    van_ban = issue_quyet_dinh(quyet_dinh=decision, by=by)
    QuyetDinhXepLoai.objects.filter(pk=decision.pk).update(so_ky_hieu=van_ban.so_ky_hieu)


def _under_way(branches: list[ChiDoanDemo], nam: int, homnay: date) -> None:
    """Between October and the decision: some have sent, some have voted, others have opened."""
    for so, branch in enumerate(branches):
        state = DANG_LAM[so % 3] if homnay > date(nam, *GUI) else DotXepLoai.TrangThai.MO
        if branch.suc == "ngung":
            continue
        dot = _round(branch, nam, state)
        if state != DotXepLoai.TrangThai.MO:
            _vote(dot, {nguoi.pk: muc for nguoi, muc in muc_hoi_nghi(branch, nam)})


def _round(branch: ChiDoanDemo, nam: int, state: str, **fields) -> DotXepLoai:
    """A round with its sheets; who came after the day of the conference has none."""
    ngay_hop = date(nam, *HOP_CHI_DOAN)
    people = _co_mat(branch, ngay_hop)
    voted = state != DotXepLoai.TrangThai.MO
    dot = DotXepLoai.objects.create(
        chi_doan=branch.don_vi,
        nam=nam,
        trang_thai=state,
        ngay_hop=ngay_hop,
        ngay_buoc=date(nam, *(GUI if voted else MO)),
        co_mat=len(people) if voted else None,
        phieu_thu_ve=len(people) if voted else None,
        **fields,
    )
    PhieuXepLoai.objects.bulk_create([PhieuXepLoai(dot=dot, doan_vien=nguoi) for nguoi in people])
    BuocXepLoai.objects.bulk_create(
        BuocXepLoai(dot=dot, loai=loai, ngay=date(nam, *ngay)) for loai, ngay in _steps(state)
    )
    return dot


def _steps(state: str) -> list[tuple[str, tuple[int, int]]]:
    loai, states = BuocXepLoai.Loai, DotXepLoai.TrangThai
    road = [
        (loai.MO, MO),
        (loai.BIEU_QUYET, HOP_CHI_DOAN),
        (loai.GUI, GUI),
        (loai.CONG_NHAN, HOP_BCH),
    ]
    length = {states.MO: 1, states.DA_BIEU_QUYET: 2, states.DA_GUI: 3, states.CONG_NHAN: 4}
    return road[: length[state]]


def _vote(dot: DotXepLoai, levels: dict[int, str]) -> list[DongXepLoai]:
    """Tallies that lead to those levels, by member."""
    rows = load_dong(dot)
    for row in rows:
        sheet, found = row.phieu, row.ket_luan
        muc = levels.get(sheet.doan_vien_id, "")
        sheet.du_hop, sheet.so_buoi = row.su_kien.du_hop, row.su_kien.so_buoi
        if not muc:
            sheet.khong_xep = found.khong_xep or "duoi_6_thang"
            continue
        _fill(sheet, muc, found.toi_da or muc, dot.phieu_thu_ve)
    fields = ["du_hop", "so_buoi", "khong_xep", "toi_da", "muc", "tu_xep", "ly_do_vuot"]
    fields += [*TRUONG_PHIEU, "uu_diem", "khuyet_diem", "nhiem_vu"]
    PhieuXepLoai.objects.bulk_update([row.phieu for row in rows], fields, batch_size=200)
    return rows


def _fill(sheet: PhieuXepLoai, muc: str, toi_da: str, ballots: int) -> None:
    order = ("htxs", "htt", "ht", "kht")
    others = min(2, (ballots - 1) // 3)
    votes = [0, 0, 0, 0]
    votes[order.index(muc)] = ballots - others
    votes[min(order.index(muc) + 1, 3) if muc != "kht" else 2] += others
    for field, number in zip(TRUONG_PHIEU, (*votes, 0), strict=True):
        setattr(sheet, field, number)
    sheet.muc = sheet.tu_xep = muc
    sheet.toi_da = toi_da
    sheet.ly_do_vuot = VUOT if order.index(muc) < order.index(toi_da) else ""
    sheet.uu_diem = UU_DIEM[muc]
    sheet.khuyet_diem = VANG_NHIEU if muc == "kht" or sheet.ly_do_vuot else KHUYET_DIEM
