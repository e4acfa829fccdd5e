"""Papers of a quarterly session: the minutes, the report to the ward's committee, all slips.

They are written from what the session has on record; what was said is typed once, in the session.
Signed by the group's leader, without a number: a group keeps no register.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction

from core.errors import RuleError
from core.pdf import (
    Bullets,
    Column,
    GroupRow,
    Paper,
    Para,
    Section,
    Signatures,
    Signer,
    TableBlock,
    Title,
    paragraphs,
)
from core.text import lowfirst
from core.text.numbers import count, date_long, date_short, percent, roman
from tochuc.ghi_nho import remembering
from tochuc.models import VanBan
from tochuc.the_thuc import check_line, issue_paper, ten_bch
from tudưong.models import DanhGia, KyDanhGia, NhiemVu

from .chung import cau
from .phieu_quy import dau_to, phieu_nhan_xet, to_truong

CHO = "." * 40
Muc, KetLuan, KhacPhuc = DanhGia.Muc, DanhGia.KetLuan, DanhGia.KhacPhuc


@dataclass(frozen=True)
class NoiDungKy:
    """What the papers of a session tell: each part asked once, whatever is told of it."""

    ky: KyDanhGia

    @cached_property
    def danh_gia(self) -> list[DanhGia]:
        rows = self.ky.danh_gia.select_related(
            "ky__to__don_vi", "thanh_vien__doan_vien", "thanh_vien__chi_doan"
        )
        return list(rows.prefetch_related("thanh_vien__nguoi_giup_truoc"))

    @cached_property
    def nhiem_vu(self) -> list[NhiemVu]:
        """Tasks judged in the session; one that was dropped is none of them."""
        return list(self.ky.nhiem_vu.exclude(trang_thai=NhiemVu.TrangThai.THOI))

    @cached_property
    def quy_sau(self) -> list[NhiemVu]:
        """Tasks given in the session, by member."""
        rows = NhiemVu.objects.filter(thanh_vien__danh_gia__ky=self.ky).giao_o_ky(self.ky)
        rows = rows.select_related("thanh_vien__doan_vien")
        return list(rows.order_by("thanh_vien__doan_vien__khoa_sap_xep", "han", "pk"))

    @cached_property
    def to_truong(self) -> str:
        return to_truong(self.ky)

    def du_hop(self) -> list[DanhGia]:
        return [row for row in self.danh_gia if row.du_hop]

    def vang(self) -> list[DanhGia]:
        return [row for row in self.danh_gia if not row.du_hop]

    def theo_muc(self, muc: str) -> list[DanhGia]:
        return [row for row in self.danh_gia if row.muc == muc]

    def theo_ket_luan(self, ket_luan: str) -> list[DanhGia]:
        return [row for row in self.danh_gia if row.ket_luan == ket_luan]

    def so_viec(self, danh_gia: DanhGia) -> str:
        """Tasks done of those judged, of one member."""
        own = [row for row in self.nhiem_vu if row.thanh_vien_id == danh_gia.thanh_vien_id]
        return f"{_done(own)}/{len(own)}" if own else "–"


def _done(tasks: Sequence[NhiemVu]) -> int:
    return sum(row.trang_thai == NhiemVu.TrangThai.XONG for row in tasks)


# ---- minutes -------------------------------------------------------------------------------


def bien_ban_ky(noi_dung: NoiDungKy, _so: str = "", ma: str = "") -> Paper:
    """Time, who was there in numbers, what was said of each, the conclusion."""
    ky = noi_dung.ky
    secretary = Signer(["THƯ KÝ"], ky.thu_ky, room_mm=22)
    return Paper(
        heading=dau_to(ky),
        title=Title("BIÊN BẢN", f"Họp Tổ tu dưỡng quý {roman(ky.quy)} năm {ky.nam}"),
        body=[
            Section("I. Thời gian, địa điểm"),
            Para(_when(ky)),
            *_present(noi_dung),
            *_content(noi_dung),
            Section("IV. Kết luận"),
            *(paragraphs(ky.ket_luan) if ky.ket_luan.strip() else [Para(None)]),
            Para(
                "Cuộc họp kết thúc cùng ngày. Biên bản đã được đọc lại và thông qua tại cuộc họp./."
            ),
        ],
        signatures=Signatures([secretary, _leader(noi_dung, ["CHỦ TRÌ", "TỔ TRƯỞNG"])]),
        check=check_line(ma),
    )


def _when(ky: KyDanhGia) -> str:
    hour = f"lúc {ky.gio.hour:02d} giờ {ky.gio.minute:02d} phút, " if ky.gio else ""
    return f"Bắt đầu {hour}{date_long(ky.ngay)}, tại {ky.dia_diem}."


def _present(noi_dung: NoiDungKy) -> Iterator:
    ky, absent = noi_dung.ky, noi_dung.vang()
    names = ", ".join(str(row.thanh_vien) for row in absent)
    missing = f"; vắng {count(len(absent))} đồng chí ({names})" if absent else ""
    present = len(noi_dung.du_hop())
    lines = [
        f"Chủ trì: đồng chí {noi_dung.to_truong or CHO}, Tổ trưởng.",
        f"Thư ký: đồng chí {ky.thu_ky or CHO}.",
        (
            f"Thành viên Tổ: tổng số {count(len(noi_dung.danh_gia))} đồng chí; có mặt "
            f"{count(present)} đồng chí{missing}."
        ),
    ]
    if ky.cac_khach:
        guests = "; ".join(lowfirst(line.rstrip(".;")) for line in ky.cac_khach)
        lines.append(f"Khách mời: {guests}.")
    yield Section("II. Thành phần")
    yield from (Para(f"{number}. {line}") for number, line in enumerate(lines, start=1))


def _content(noi_dung: NoiDungKy) -> Iterator:
    ky = noi_dung.ky
    parts = [
        ("Kiểm lại việc cần khắc phục của kỳ trước", _carried(noi_dung)),
        ("Nhận xét, xếp mức từng đồng chí", [_table(noi_dung)]),
        (f"Việc cần khắc phục trong quý {roman(ky.ky.next.quy)}", _to_mend(noi_dung)),
        (f"Nhiệm vụ giao trong quý {roman(ky.ky.next.quy)}", _next_tasks(noi_dung)),
        ("Ý kiến thảo luận", paragraphs(ky.noi_dung) if ky.noi_dung.strip() else []),
    ]
    yield Section("III. Nội dung")
    for number, (title, blocks) in enumerate((part for part in parts if part[1]), start=1):
        yield Section(f"{number}. {title}", level=3)
        yield from blocks


def _carried(noi_dung: NoiDungKy) -> list:
    """What became of the points of the session before, one line a member."""
    lines = [
        f"Đồng chí {row.thanh_vien}: {_answers(row)}."
        for row in noi_dung.danh_gia
        if row.khac_phuc_truoc
    ]
    return [Bullets(lines)] if lines else []


def _answers(danh_gia: DanhGia) -> str:
    words = {KhacPhuc.DA: "đã khắc phục", KhacPhuc.TIEN_BO: "có tiến bộ"}
    return "; ".join(
        f"{cau(dieu['dieu'])}: {words.get(dieu['trang_thai'], 'chưa khắc phục')}"
        for dieu in danh_gia.khac_phuc_truoc
    )


def _table(noi_dung: NoiDungKy) -> TableBlock:
    return TableBlock(
        [
            Column("TT", 10, "center"),
            Column("Họ và tên", 38),
            Column("Kết quả, hạn chế"),
            Column("Nhiệm vụ hoàn thành", 24, "center"),
            Column("Mức, kết luận", 38),
        ],
        [
            [
                str(number),
                row.thanh_vien.doan_vien.ho_ten,
                _remarks(row),
                noi_dung.so_viec(row),
                _verdict(row),
            ]
            for number, row in enumerate(noi_dung.danh_gia, start=1)
        ],
    )


def _remarks(danh_gia: DanhGia) -> str:
    lines = [_line(danh_gia.ket_qua)]
    if danh_gia.han_che.strip():
        lines.append(f"Hạn chế: {lowfirst(_line(danh_gia.han_che))}")
    return "\n".join(line for line in lines if line)


def _line(text: str) -> str:
    return "; ".join(line.strip().rstrip(".;") for line in text.splitlines() if line.strip())


def _verdict(danh_gia: DanhGia) -> str:
    vote = f" ({danh_gia.bieu_quyet} tán thành)" if danh_gia.bieu_quyet else ""
    level = f"{danh_gia.get_muc_display()}{vote}" if danh_gia.muc else ""
    return "\n".join(part for part in (level, danh_gia.get_ket_luan_display()) if part)


def _to_mend(noi_dung: NoiDungKy) -> list:
    lines = [
        f"Đồng chí {row.thanh_vien}: {'; '.join(cau(dieu) for dieu in row.cac_dieu)}"
        + (f", trước ngày {date_short(row.han_khac_phuc)}." if row.han_khac_phuc else ".")
        for row in noi_dung.danh_gia
        if row.cac_dieu
    ]
    return [Bullets(lines)] if lines else []


def _next_tasks(noi_dung: NoiDungKy) -> list:
    if not noi_dung.quy_sau:
        return []
    return [
        TableBlock(
            [
                Column("TT", 10, "center"),
                Column("Đồng chí", 38),
                Column("Nhiệm vụ, thước đo"),
                Column("Hạn", 27, "center"),
            ],
            [
                [
                    str(number),
                    row.thanh_vien.doan_vien.ho_ten,
                    "\n".join(part for part in (row.noi_dung, row.thuoc_do) if part),
                    date_short(row.han),
                ]
                for number, row in enumerate(noi_dung.quy_sau, start=1)
            ],
        )
    ]


# ---- report --------------------------------------------------------------------------------


def bao_cao_ky(noi_dung: NoiDungKy, _so: str = "", ma: str = "") -> Paper:
    """Numbers by level and verdict, tasks done, what is not mended, who is ready, who pauses."""
    ky = noi_dung.ky
    don_vi, quy_sau = ky.to.don_vi, roman(ky.ky.next.quy)
    bch = ten_bch(don_vi, ky.ngay)
    ready = noi_dung.theo_ket_luan(KetLuan.DU_DIEU_KIEN)
    return Paper(
        heading=dau_to(ky),
        title=Title(
            "BÁO CÁO", f"Kết quả hoạt động của Tổ tu dưỡng quý {roman(ky.quy)} năm {ky.nam}"
        ),
        body=[
            Para(f"Kính gửi: {bch}", align="center"),
            Section("I. Kết quả"),
            *_results(noi_dung),
            Section("II. Hạn chế"),
            *_not_mended(noi_dung),
            Section("III. Đề nghị"),
            *_requests(noi_dung, ready),
            Section(f"IV. Nhiệm vụ trọng tâm quý {quy_sau}"),
            *(_next_tasks(noi_dung) or [Para("Tiếp tục các nhiệm vụ đang thực hiện.")]),
            Para(f"Trên đây là kết quả hoạt động quý {roman(ky.quy)} năm {ky.nam} của Tổ./."),
        ],
        signatures=Signatures(
            [_leader(noi_dung, ["TỔ TRƯỞNG"])],
            noi_nhan=["Như trên", "Các chi đoàn có đoàn viên trong Tổ", "Lưu: Tổ tu dưỡng"],
        ),
        check=check_line(ma),
    )


def _results(noi_dung: NoiDungKy) -> Iterator:
    ky, everybody = noi_dung.ky, noi_dung.danh_gia
    yield Para(
        f"1. Tổ có {count(len(everybody))} đồng chí, họp ngày {date_short(ky.ngay)}, dự họp "
        f"{count(len(noi_dung.du_hop()))} đồng chí."
    )
    done, judged = _done(noi_dung.nhiem_vu), len(noi_dung.nhiem_vu)
    rate = percent(done, judged)
    share = f", đạt {rate}" if rate else ""
    yield Para(f"2. Nhiệm vụ đã đánh giá: hoàn thành {done}/{judged}{share}.")
    yield Para("3. Xếp mức và kết luận của Tổ:", keep_with_next=True)
    yield TableBlock(
        [Column("Nội dung"), Column("Số đồng chí", 30, "center"), Column("Tỷ lệ", 25, "center")],
        [
            GroupRow("Xếp mức"),
            *(_share(ten, noi_dung.theo_muc(muc), everybody) for muc, ten in Muc.choices),
            GroupRow("Kết luận"),
            *(_share(ten, noi_dung.theo_ket_luan(muc), everybody) for muc, ten in KetLuan.choices),
        ],
    )


def _share(ten: str, rows: list, everybody: list) -> list[str]:
    return [ten, str(len(rows)), percent(len(rows), len(everybody)) or "–"]


def _not_mended(noi_dung: NoiDungKy) -> list:
    """Points of the quarter before that are still open, by member."""
    lines = [
        f"Đồng chí {row.thanh_vien}: {'; '.join(cau(dieu['dieu']) for dieu in left)}."
        for row in noi_dung.danh_gia
        if (left := [one for one in row.khac_phuc_truoc if one["trang_thai"] != KhacPhuc.DA])
    ]
    if not lines:
        return [Para("Các điều cần khắc phục của kỳ trước đã được khắc phục.")]
    return [Para("Điều cần khắc phục của kỳ trước chưa xong:"), Bullets(lines)]


def _requests(noi_dung: NoiDungKy, ready: list[DanhGia]) -> Iterator:
    paused = noi_dung.theo_ket_luan(KetLuan.TAM_DUNG)
    if ready:
        yield Para("Chỉ đạo chi đoàn xét giới thiệu các đồng chí đã đủ điều kiện:")
        yield Bullets([f"{row.thanh_vien.doan_vien.ho_ten}, {row.don_vi}." for row in ready])
    if paused:
        yield Para("Tạm dừng bồi dưỡng:")
        yield Bullets([_paused(row) for row in paused])
    if not (ready or paused):
        yield Para("Tiếp tục bồi dưỡng các đồng chí trong Tổ.")


def _paused(row: DanhGia) -> str:
    reason = f", lý do: {cau(row.ly_do_tam_dung)}" if row.ly_do_tam_dung else ""
    return f"{row.thanh_vien.doan_vien.ho_ten}, {row.don_vi}{reason}."


def _leader(noi_dung: NoiDungKy, lines: list[str]) -> Signer:
    return Signer(lines, noi_dung.to_truong, room_mm=22)


# ---- the table of papers -------------------------------------------------------------------


@dataclass(frozen=True)
class GiayKy:
    """A paper of a session: `so` is its kind of papers, "" for what is not issued as a whole."""

    ma: str
    so: str
    ten: str
    declare: Callable[..., Paper | Sequence[Paper]]


@remembering
def _phieu(noi_dung: NoiDungKy, _so: str = "", ma: str = "") -> list[Paper]:
    return [phieu_nhan_xet(row, ma) for row in noi_dung.danh_gia]


GIAY_KY: dict[str, GiayKy] = {
    giay.ma: giay
    for giay in (
        GiayKy("bien-ban", "BB", "Biên bản họp Tổ tu dưỡng", bien_ban_ky),
        GiayKy("bao-cao", "BC", "Báo cáo kết quả hoạt động của Tổ tu dưỡng", bao_cao_ky),
        GiayKy("phieu", "", "Phiếu nhận xét của cả kỳ", _phieu),
    )
}


@transaction.atomic
def issue_giay_ky(*, ky: KyDanhGia, giay: GiayKy, by) -> VanBan:
    """Keep the paper with its check code. Refused before the session is closed."""
    if ky.is_mo:
        raise RuleError("Kỳ đánh giá chưa kết thúc.")
    noi_dung = NoiDungKy(ky)
    return issue_paper(
        lambda so, ma: giay.declare(noi_dung, so, ma),
        target=ky,
        don_vi=ky.to.don_vi,
        loai=giay.so,
        ngay=ky.ngay,
        title=f"{giay.ten} quý {roman(ky.quy)} năm {ky.nam}",
        by=by,
        co_so=False,
    )
