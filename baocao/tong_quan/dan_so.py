"""Who the members are: ages by gender, and who is away, since when and where."""

from baocao.chi_tieu import THEO_MA, ThoiKy, rows
from baocao.chi_tieu.chi_xem import DI_XA, GIOI, MO_DUOC, TUOI, XA_BAO_LAU, ma_tuoi
from core.charts import Bar, Pair, bar_chart, pyramid
from core.text.display import so
from tochuc.ban_do import BanDo
from tochuc.models import DonVi

from .bieu_do import BieuDo, MoSo, OBang

NOI_NHIEU_NHAT = 8
CHUA_GHI = "Chưa ghi nơi đi"


def thap_tuoi(mo: MoSo) -> BieuDo:
    """The pyramid; whose gender is not known stands in its table."""
    items = {(tuoi, gioi): MO_DUOC[ma_tuoi(tuoi, gioi)] for tuoi, *_ in TUOI for gioi in GIOI}
    count = {key: mo.so(item).tu for key, item in items.items()}
    bands = [
        Pair(
            words,
            count[tuoi, GIOI.NU],
            count[tuoi, GIOI.NAM],
            mo.url(items[tuoi, GIOI.NU]),
            mo.url(items[tuoi, GIOI.NAM]),
        )
        for tuoi, words, *_ in reversed(TUOI)
    ]
    total = {gioi: sum(count[tuoi, gioi] for tuoi, *_ in TUOI) for gioi in GIOI}
    said = f"{so(total[GIOI.NU])} nữ, {so(total[GIOI.NAM])} nam"
    unknown = total[GIOI.CHUA_RO]
    return BieuDo(
        ma="thap-tuoi",
        ten="Tuổi và giới tính, người",
        ve=pyramid(bands, sides=("Nữ", "Nam"), title=f"Đoàn viên theo tuổi, giới tính: {said}")
        if sum(total.values())
        else "",
        cot=("Tuổi", "Nữ", "Nam", "Chưa rõ"),
        dong=[
            (OBang(words), *(mo.o(items[tuoi, gioi]) for gioi in (GIOI.NU, GIOI.NAM, GIOI.CHUA_RO)))
            for tuoi, words, *_ in TUOI
        ],
        trong="Chưa có đoàn viên trong sổ.",
        chu_giai="Nữ: cột sọc, bên trái. Nam: cột trơn, bên phải."
        + (f" {so(unknown)} đồng chí chưa rõ giới tính, xem bảng số." if unknown else ""),
    )


def di_xa_bao_lau(mo: MoSo) -> BieuDo:
    bars = [
        Bar(words, mo.so(item).tu, url=mo.url(item))
        for item, (_, words, *_) in zip(DI_XA, XA_BAO_LAU, strict=True)
    ]
    total = sum(bar.value for bar in bars)
    return BieuDo(
        ma="di-xa",
        ten="Đi làm xa bao lâu, người",
        ve=bar_chart(bars, title=f"Đi làm xa bao lâu: {so(total)} đồng chí") if total else "",
        cot=("Đã đi", "Đoàn viên"),
        dong=[(OBang(bar.label), OBang(so(bar.value), bar.url)) for bar in bars],
        trong="Không đồng chí nào đang đi làm xa.",
    )


def di_xa_noi(don_vi: DonVi, thoi_ky: ThoiKy, ban_do: BanDo | None, url) -> BieuDo:
    """Where they are: the places with most of them, the rest together; `url` opens a place. One
    query."""
    found = rows(THEO_MA["di_lam_xa"], don_vi, thoi_ky, ban_do=ban_do).theo_noi_di_xa()
    first, rest = found[:NOI_NHIEU_NHAT], found[NOI_NHIEU_NHAT:]
    bars = [Bar(noi or CHUA_GHI, count, url=url(noi)) for noi, count in first]
    dong = [(OBang(noi or CHUA_GHI), OBang(so(count), url(noi))) for noi, count in found]
    more = f" Còn {len(rest)} nơi khác, xem bảng số." if rest else ""
    return BieuDo(
        ma="di-xa-noi",
        ten="Đi làm xa ở đâu, người",
        ve=bar_chart(bars, title=f"Nơi đi làm xa: {bars[0].label} {so(bars[0].value)}")
        if bars
        else "",
        cot=("Nơi", "Đoàn viên"),
        dong=dong,
        trong="Không đồng chí nào đang đi làm xa.",
        chu_giai=more.strip(),
    )
