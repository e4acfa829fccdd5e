"""What the pages of classes show: prepared here, so that views and templates only pass it on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import cached_property

from chidoan.models import HocVien, LopTapHuan, QuyHoach
from core.periods import today
from core.text.display import ngay, ty_le
from core.text.display import so as show_so
from tochuc.models import DonVi, VanBan
from tochuc.permissions import Quyen

from . import queries
from .giay_to import CHUNG_NHAN
from .queries import BaoPhu, ChucDanh, DongNam
from .services.hoc_vien import ly_do_het_nhan, moi_nguoi_mot_lan, nguoi_cu, ten_chuc_vu
from .services.khoa import may_cap_giay, may_to_chuc
from .services.lop import so_giay

QUY_HOACH = "Cán bộ quy hoạch, tạo nguồn"
HIEN = 60
"""So many participants stand on the page of their class; the rest are on their list."""


@dataclass
class TrangLop:
    """The page of one class for one person."""

    lop: LopTapHuan
    user: object
    buoi: list = field(default_factory=list)
    hoc_vien: list = field(default_factory=list)
    giay: Mapping[int, VanBan] = field(default_factory=dict)

    @classmethod
    def of(cls, lop: LopTapHuan, user) -> "TrangLop":
        """Three queries: sessions, the participants one may see, their certificates."""
        people = HocVien.objects.visible_to(user).filter(lop=lop).con_ten().with_so_buoi()
        people = list(people.order_by("-trang_thai", "don_vi__path", "khoa_sap_xep")[: HIEN + 1])
        papers = (
            VanBan.objects.newest_by_target(HocVien, [row.pk for row in people], CHUNG_NHAN)
            if lop.is_xong
            else {}
        )
        return cls(lop, user, list(lop.buoi.with_so_du()), people, papers)

    @property
    def may_run(self) -> bool:
        return may_to_chuc(self.user, self.lop.don_vi)

    @cached_property
    def may_cap_giay(self) -> bool:
        """Whether certificates are the person's to give; of a unit that has ended, its
        successor's."""
        return self.lop.is_xong and may_cap_giay(self.user, self.lop)

    @property
    def xem_ca_lop(self) -> bool:
        """Whether the person looks from the class's unit or above: the whole list is seen."""
        return self.user.may(Quyen.XEM_CAN_BO, self.lop.don_vi)

    @property
    def may_edit(self) -> bool:
        return self.may_run and not self.lop.is_khoa

    @property
    def may_sign(self) -> bool:
        """Whether the person signs people of a unit of his up, today."""
        if self.may_run:
            return self.may_edit
        return bool(self.don_vi_dang_ky) and not ly_do_het_nhan(self.lop, today())

    @property
    def don_vi_dang_ky(self) -> list[DonVi]:
        """The units for which the person may sign up: those of his roles below the class's."""
        return [
            role.don_vi
            for role in self.user.phan_cong_hom_nay
            if Quyen.SUA_DOAN_VIEN in role.quyen
            and role.don_vi.path.startswith(self.lop.don_vi.path)
        ]

    @property
    def het_nhan(self) -> str:
        is_asked = self.lop.is_mo and self.don_vi_dang_ky and not self.may_run
        return ly_do_het_nhan(self.lop, today()) if is_asked else ""

    @property
    def dong(self) -> list[dict]:
        """The rows of participants: with the certificate that stands."""
        return [{"hv": row, "giay": self.giay.get(row.pk)} for row in self.hoc_vien[:HIEN]]

    @property
    def con_nua(self) -> bool:
        return len(self.hoc_vien) > HIEN

    @cached_property
    def so_chua_giay(self) -> int:
        """Who passed and has no certificate; one query where more stand on the list than here."""
        given = so_giay(self.lop) if self.con_nua else len(self.giay)
        return max(0, self.lop.so_dat - given)

    @property
    def da_hoc_xong(self) -> bool:
        """Whether its last day has come."""
        return self.lop.den_ngay <= today()

    @property
    def cho_ket_thuc(self) -> bool:
        """Whether every roll is taken, so that results and the end are what is left."""
        return self.may_edit and self.da_hoc_xong and all(b.da_diem_danh for b in self.buoi)

    @property
    def viec(self) -> list[dict]:
        """What is left to do until the class is over, for who runs it."""
        if not self.may_edit:
            return []
        held = [buoi for buoi in self.buoi if buoi.ngay <= today()]
        rolls = sum(buoi.da_diem_danh for buoi in held)
        last = "" if self.da_hoc_xong else f"từ {ngay(self.lop.den_ngay)}"
        return [
            _muc("Danh sách lớp", f"{self.lop.so_dang_ky} đồng chí", self.lop.so_dang_ky > 0),
            _muc(
                "Điểm danh",
                f"{rolls}/{len(self.buoi)} buổi" if held else "chưa đến ngày học",
                rolls == len(self.buoi),
            ),
            _muc("Kết quả", f"{self.lop.so_dat} đồng chí đạt", self.lop.so_dat > 0),
            _muc("Kết thúc lớp", last, False),
        ]

    @property
    def kpis(self) -> list[dict]:
        """Who is on the list; of a class that has begun also who came and passed."""
        lop = self.lop
        seats = f"/ {lop.so_cho} chỗ" if lop.so_cho else "đồng chí"
        waiting = f"{lop.so_cho_xep} đồng chí chờ xếp chỗ" if lop.so_cho_xep else ""
        listed = {"label": "Có tên trong lớp", "value": lop.so_dang_ky, "fraction": seats,
                  "note": waiting}  # fmt: skip
        if lop.tu_ngay > today() or lop.trang_thai == LopTapHuan.TrangThai.HUY:
            return [listed, {"label": "Hạn đăng ký", "value": ngay(lop.han_cuoi)}]
        share = ty_le(lop.so_du, lop.so_dang_ky) if lop.so_du else ""
        return [
            listed,
            {"label": "Đã dự", "value": lop.so_du, "fraction": "lượt", "note": share},
            {"label": "Đạt", "value": lop.so_dat, "fraction": "đồng chí"},
        ]

    @property
    def xem_thu(self) -> HocVien | None:
        """Somebody who passed and whose certificate can be looked at before it is given."""
        passed = (row for row in self.hoc_vien if row.is_dat and row.pk not in self.giay)
        return next(passed, None) if self.lop.is_xong else None


def _muc(title: str, note: str, done: bool) -> dict:
    return {"title": title, "note": note, "family": "ok" if done else "neutral"}


def chon_de_dang_ky(lop: LopTapHuan, don_vi: DonVi, user) -> tuple[list, list[str]]:
    """What the sign-up page offers, by branch and last those of the plan, and what is ticked.

    Three queries.
    """
    listed = list(queries.dang_ky_cua(lop, don_vi))
    known = {_ai(row) for row in listed}
    groups: dict[tuple[str, str], list] = {}
    for row in listed:
        waits = ", đang chờ xếp chỗ" if row.trang_thai == HocVien.TrangThai.CHO else ""
        entry = (f"h{row.pk}", f"{row.ho_ten}, {row.chuc_vu or 'cán bộ Đoàn'}{waits}")
        groups.setdefault((row.don_vi.path, str(row.don_vi)), []).append(entry)
    ticked = [f"h{row.pk}" for row in listed]
    for term in queries.nguoi_de_chon(lop, don_vi, today()):
        if nguoi_cu(term).ai in known:
            continue
        known.add(nguoi_cu(term).ai)
        entry = (f"c{term.pk}", f"{term.ho_ten}, {ten_chuc_vu(term)}{_da_du(term)}")
        groups.setdefault((term.don_vi.path, str(term.don_vi)), []).append(entry)
    chosen = [(name, entries) for (_, name), entries in sorted(groups.items())]
    planned = moi_nguoi_mot_lan(queries.quy_hoach_de_chon(lop, don_vi, user))
    planned = [row for row in planned if nguoi_cu(row).ai not in known]
    entries = [(f"q{row.pk}", f"{_quy_hoach(row)}{_da_du(row)}") for row in planned]
    return chosen + ([(QUY_HOACH, entries)] if entries else []), ticked


def _ai(row: HocVien) -> tuple:
    return (row.doan_vien_id,) if row.doan_vien_id else (row.don_vi_id, row.ho_ten)


def _da_du(row) -> str:
    return f", năm nay đã dự {row.so_lop} lớp" if row.so_lop else ""


def _quy_hoach(row: QuyHoach) -> str:
    nguoi = row.doan_vien
    return f"{nguoi.ho_ten}, {nguoi.chi_doan}, quy hoạch {row.get_chuc_danh_display()}"


def doc_chon(
    lop: LopTapHuan, don_vi: DonVi, user, chosen: list[str], shown: list[str]
) -> tuple[list, list]:
    """What the ticks mean: whom to put on the list, participants to take off it, of those who
    were `shown` on it."""
    terms = queries.nguoi_de_chon(lop, don_vi, today())
    planned = queries.quy_hoach_de_chon(lop, don_vi, user)
    arrivals = [row for row in terms if f"c{row.pk}" in chosen]
    arrivals += [row for row in planned if f"q{row.pk}" in chosen]
    dropped = set(shown) - set(chosen)
    off = [row for row in queries.dang_ky_cua(lop, don_vi) if f"h{row.pk}" in dropped]
    return arrivals, off


def tong_hop(don_vi: DonVi, nam: int, toi_thieu: int) -> dict:
    """A unit's year: classes, attendances, people, coverage, topics, and the units below.

    Four queries.
    """
    classes = queries.lop_trong_nam(don_vi, nam)
    covered = queries.bao_phu(don_vi, nam, toi_thieu)
    day = queries.ngay_xet(don_vi, nam)
    below = DonVi.objects.truc_thuoc(don_vi, day).order_by("path")
    rows = queries.theo_don_vi(don_vi, below, classes, covered)
    return {
        "kpis": _kpis(don_vi, nam, classes, covered, queries.so_nguoi_du(don_vi, nam)),
        "chu_de": queries.theo_chu_de(classes),
        "rows": [_row(row, nam) for row in rows],
        "den_ngay": day,
    }


def _row(row: DongNam, nam: int) -> dict:
    url = reverse("chidoan:tap_huan_chua_du")
    return {
        "row": row,
        "bi_thu": _ty_le(row.bi_thu),
        "pho": _ty_le(row.pho_bi_thu),
        "thieu": row.bi_thu.tong + row.pho_bi_thu.tong - row.bi_thu.co_lop - row.pho_bi_thu.co_lop,
        "url": f"{url}?nam={nam}&don_vi={row.url}&lop=chua" if row.url else "",
    }


def _ty_le(covered: BaoPhu) -> str:
    return f"{covered.co_lop}/{covered.tong}" if covered.tong else ""


def _kpis(don_vi: DonVi, nam: int, classes, covered, so_nguoi: int) -> list[dict]:
    luot = sum(row["so_du"] for row in classes)
    list_url = f"{reverse('chidoan:tap_huan_list')}?ky={nam}&trang_thai=xong&don_vi={don_vi.pk}"
    lack_url = f"{reverse('chidoan:tap_huan_chua_du')}?nam={nam}&don_vi={don_vi.pk}&lop=chua"
    return [
        {"label": "Lớp tập huấn", "value": f"{len(classes):02d}", "fraction": "lớp",
         "url": list_url},
        {"label": "Lượt cán bộ", "value": show_so(luot), "fraction": "lượt",
         "note": f"{show_so(so_nguoi)} đồng chí" if luot else "", "url": list_url},
        _do_phu("Bí thư đã dự lớp", ChucDanh.BI_THU, covered, f"{lack_url}&chuc_danh=bi_thu"),
        _do_phu("Phó Bí thư đã dự lớp", ChucDanh.PHO_BI_THU, covered,
                f"{lack_url}&chuc_danh=pho_bi_thu"),
    ]  # fmt: skip


def _do_phu(label: str, chuc_danh: str, covered, url: str) -> dict:
    total = BaoPhu()
    for (_, office), part in covered.items():
        if office == chuc_danh:
            total += part
    missing = total.tong - total.co_lop
    return {
        "label": label,
        "value": total.co_lop,
        "fraction": f"/ {total.tong}",
        "note": f"{missing} đồng chí chưa dự đủ" if missing else "",
        "bad": bool(missing),
        "url": url,
    }
