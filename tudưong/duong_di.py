"""A member's path over the quarters: levels, verdicts, tasks done, and when he joined, was
referred and admitted; as a picture and as the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from core.charts import Stop, shape_mark, step_chart, step_line
from core.periods import KyBaoCao
from core.text import lowfirst
from core.text.numbers import roman

from .models import DanhGia, HoSo, NhiemVu, ThanhVienTo
from .models.danh_gia import MUC_NGAN

MUC = [muc for muc, _ in DanhGia.Muc.choices]
TEN_MUC = [MUC_NGAN[muc] for muc in MUC]
HINH = {DanhGia.KetLuan.DU_DIEU_KIEN: "up", DanhGia.KetLuan.TAM_DUNG: "pause"}
SO_QUY = 12
SO_QUY_HEP = 4
"""What a phone has room for."""
CHU_GIAI = [
    (shape_mark("dot"), "Tiếp tục rèn luyện"),
    (shape_mark("up"), "Đủ điều kiện giới thiệu"),
    (shape_mark("pause"), "Tạm dừng"),
]


@dataclass(frozen=True)
class Chang:
    """One quarter of the path."""

    ky: KyBaoCao
    danh_gia: DanhGia | None = None
    viec: str = ""
    moc: str = ""

    @property
    def ten(self) -> str:
        return f"Quý {roman(self.ky.quy)}/{self.ky.nam}"

    def stop(self) -> Stop:
        row = self.danh_gia
        return Stop(
            label=f"{roman(self.ky.quy)}/{self.ky.nam % 100:02d}",
            step=MUC.index(row.muc) if row and row.muc else None,
            shape=HINH.get(row.ket_luan, "dot") if row else "dot",
            note=self.viec,
            event=self.moc,
        )


def duong_di(thanh_vien: ThanhVienTo, history: Sequence[DanhGia], day: date) -> list[Chang]:
    """The last twelve quarters from the first review or from when he joined, the newest at the
    end; `history` is all reviews of the member. Two queries, none without a review."""
    reviews = {(row.ky.nam, row.ky.quy): row for row in history}
    if not reviews:
        return []
    tasks = _tasks(thanh_vien)
    events = _events(thanh_vien)
    nam, quy = min([*reviews, *events])
    quarters = [KyBaoCao(nam, quy=quy)]
    last = max([*reviews, *(key for key in events if key <= _key(day))])
    while _of(quarters[-1]) < last:
        quarters.append(quarters[-1].next)
    return [
        Chang(
            ky=ky,
            danh_gia=reviews.get(_of(ky)),
            viec=tasks.get(reviews[_of(ky)].ky_id, "") if _of(ky) in reviews else "",
            moc=events.get(_of(ky), ""),
        )
        for ky in quarters[-SO_QUY:]
    ]


def hinh_duong_di(thanh_vien: ThanhVienTo, chang: Sequence[Chang]) -> str:
    """The picture, its name a sentence."""
    return step_chart([one.stop() for one in chang], steps=TEN_MUC, title=_title(thanh_vien, chang))


def hinh_nho(thanh_vien: ThanhVienTo, reviews: Sequence[DanhGia | None]) -> str:
    """A small one of the last quarters, for the row of a member; "" before any level."""
    done = [row for row in reviews if row and row.muc]
    if not done:
        return ""
    chang = [Chang(row.ky.ky, row) for row in done]
    stops = [one.stop() for one in chang]
    return step_line(stops, steps=len(MUC), title=_title(thanh_vien, chang))


def _title(thanh_vien: ThanhVienTo, chang: Sequence[Chang]) -> str:
    judged = [one for one in chang if one.danh_gia and one.danh_gia.muc]
    if not judged:
        return f"Chặng đường của {thanh_vien}: chưa được xếp mức quý nào"
    words = [f"{lowfirst(one.ten)} {lowfirst(one.danh_gia.muc_ngan)}" for one in judged]
    return f"Chặng đường của {thanh_vien}: {', '.join(words)}"


def _tasks(thanh_vien: ThanhVienTo) -> dict[int, str]:
    """Tasks done of those judged, by session."""
    judged = NhiemVu.objects.filter(
        thanh_vien__doan_vien=thanh_vien.doan_vien_id, ky_danh_gia__isnull=False
    ).exclude(trang_thai=NhiemVu.TrangThai.THOI)
    rows = judged.order_by().values("ky_danh_gia")
    rows = rows.annotate(
        so=Count("pk"), xong=Count("pk", filter=Q(trang_thai=NhiemVu.TrangThai.XONG))
    )
    return {row["ky_danh_gia"]: f"{row['xong']}/{row['so']}" for row in rows}


def _events(thanh_vien: ThanhVienTo) -> dict[tuple[int, int], str]:
    """What happened in a quarter: joined, referred, admitted."""
    found = [(thanh_vien.tu_ngay, "vào tổ")]
    for case in HoSo.objects.filter(doan_vien=thanh_vien.doan_vien_id).order_by("pk"):
        found += [(case.ngay_gioi_thieu, "giới thiệu"), (case.ngay_ket_nap, "kết nạp")]
    words: dict[tuple[int, int], list[str]] = {}
    for ngay, word in sorted((row for row in found if row[0]), key=lambda row: row[0]):
        words.setdefault(_key(ngay), []).append(word)
    return {key: ", ".join(dict.fromkeys(parts)) for key, parts in words.items()}


def _key(day: date) -> tuple[int, int]:
    return _of(KyBaoCao.quarter_of(day))


def _of(ky: KyBaoCao) -> tuple[int, int]:
    return ky.nam, ky.quy
