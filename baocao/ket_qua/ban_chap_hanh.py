"""The committees' levels: tied to those of their organisations (33-HD/TWĐTN-BTC, part IV)."""

from collections.abc import Iterator, Sequence

from baocao.cham_diem.luat import BoLuat
from baocao.models import DongKetQua, QuyetDinhKetQua, XepLoaiDonVi
from chidoan.models import ChucVu
from doanvien.models import KyLuat

KHONG_DU = "Ban Chấp hành chưa đủ điều kiện của mức cao nhất theo 33-HD/TWĐTN-BTC."
"""Said without the reason: who was disciplined is for few to read."""


def muc_bch(muc: str, cac_muc: Sequence[str], *, co_ky_luat: bool) -> str:
    """The organisation's level; not the best one when a member was disciplined that year."""
    return cac_muc[1] if co_ky_luat and muc == cac_muc[0] else muc


def muc_cac_bch(
    decision: QuyetDinhKetQua, bo: BoLuat, lines: Sequence[DongKetQua]
) -> Iterator[DongKetQua]:
    """A line for the committee of each unit that has one on the day. Two queries."""
    on_day = ChucVu.objects.uy_vien_bch().tai_ngay(decision.ngay_hop)
    members = on_day.filter(don_vi__in=[line.don_vi_id for line in lines]).order_by()
    have = set(members.values_list("don_vi_id", flat=True))
    punished = KyLuat.objects.trong_nam(decision.nam).order_by().values("doan_vien")
    blamed = set(members.filter(doan_vien__in=punished).values_list("don_vi_id", flat=True))
    for line in lines:
        if line.don_vi_id not in have:
            continue
        muc = muc_bch(line.muc, bo.cac_muc, co_ky_luat=line.don_vi_id in blamed)
        yield DongKetQua(
            quyet_dinh=decision,
            dong=line.dong,
            don_vi=line.don_vi,
            doi_tuong=XepLoaiDonVi.DoiTuong.BCH,
            muc_dot=line.muc,
            muc=muc,
            ten_muc=bo.ten_muc(muc),
            ly_do="" if muc == line.muc else KHONG_DU,
        )
