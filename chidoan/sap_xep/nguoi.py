"""The people's part of a reorganisation: periods, guests, areas, offices, coaching, roles."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from chidoan.chuc_vu.quy_tac import han_tam_quyen
from chidoan.models import BuoiHuy, BuoiSinhHoat, ChucVu, NhipSinhHoat, PhuCap, PhuTrach, SapXep
from core.periods import today
from doanvien.chuyen.qua_trinh import CHUC_VU_THUONG
from doanvien.models import BuocChuyen, ChuyenSinhHoat, DoanVien, QuaTrinh, SoThuDoanPhi
from tochuc.models import DiaBan, DonVi, PhanCong
from tochuc.permissions import VaiTro
from tochuc.quy_dinh import gia_tri
from tochuc.quy_trinh import next_thu_tu
from tochuc.scoping import in_force
from tochuc.so_thay_doi import SoThayDoi, pages

from .cay import CayMoi
from .di_theo import PhamVi
from .ke_hoach import Dich

MOT_NGAY = timedelta(days=1)
LY_DO = "Sắp xếp đơn vị"
BI_THU = "Bí thư"


@dataclass
class DoiNguoi:
    """Moves people in sets; every number says how many rows it was."""

    sap_xep: SapXep
    so: SoThayDoi
    pham_vi: PhamVi
    cay: CayMoi

    @property
    def ngay(self) -> date:
        return self.sap_xep.hieu_luc

    @property
    def hom_truoc(self) -> date:
        return self.ngay - MOT_NGAY

    def chinh_thuc(self) -> Counter:
        """Close official periods the day before and open the next ones, linked to them.

        How many went, by (from, to).
        """
        went = Counter()
        rows = QuaTrinh.objects.chinh_thuc().filter(chi_doan__in=self.pham_vi.nguon)
        rows = rows.filter(den_ngay__isnull=True).order_by("pk")
        found = list(rows.values_list("pk", "doan_vien_id", "chi_doan_id"))
        moves = [
            (pk, who, old, self.pham_vi.den(old, who))
            for pk, who, old in found
            if self.pham_vi.den(old, who) not in (None, old)
        ]
        moves.sort(key=lambda move: (move[-1], move[0]))  # few branches on a page: few statements
        for page in pages(moves):
            self._doi_trang(page)
            went.update((old, new) for _, _, old, new in page)
        return went

    def _doi_trang(self, page: list[tuple[int, int, int, int]]) -> None:
        closed = QuaTrinh.objects.filter(pk__in=[pk for pk, *_ in page])
        self.so.sua(
            closed,
            den_ngay=self.hom_truoc,
            ly_do_ket_thuc=QuaTrinh.LyDoKetThuc.SAP_XEP,
            so_quyet_dinh=self.sap_xep.so_quyet_dinh,
        )
        self.so.sua_tung(
            DoanVien,
            [(who, {"chi_doan_id": old}, {"chi_doan_id": new}) for _, who, old, new in page],
        )
        self.so.chep(
            closed,
            QuaTrinh(tu_ngay=self.ngay, ly_do_bat_dau=QuaTrinh.LyDoBatDau.SAP_XEP),
            doan_vien_id=F("doan_vien"),
            chi_doan_id=F("doan_vien__chi_doan"),
            truoc_id=F("pk"),
        )
        people = DoanVien.objects.filter(pk__in=[who for _, who, *_ in page])
        self.so.sua(people.exclude(chuc_vu=CHUC_VU_THUONG), chuc_vu=CHUC_VU_THUONG)

    def khach(self) -> int:
        """Guests go along; who is official at the new unit now is its guest no more."""
        rows = QuaTrinh.objects.khong_chinh_thuc().filter(chi_doan__in=self.pham_vi.nguon)
        rows = list(rows.con_han(self.ngay).select_related("doan_vien").order_by("pk"))
        moves = [(row, self.pham_vi.den(row.chi_doan_id, row.doan_vien_id)) for row in rows]
        moves = [(row, new) for row, new in moves if new and new != row.chi_doan_id]
        begun = [(row, new) for row, new in moves if row.tu_ngay < self.ngay]
        later = [(row, new) for row, new in moves if row.tu_ngay >= self.ngay]
        self.so.sua(
            QuaTrinh.objects.filter(pk__in=[row.pk for row, _ in begun]),
            den_ngay=self.hom_truoc,
            ly_do_ket_thuc=QuaTrinh.LyDoKetThuc.SAP_XEP,
        )
        held = self._dang_la_khach([row.doan_vien_id for row, _ in begun])
        self.so.them(
            QuaTrinh,
            [
                self._khach_moi(row, new)
                for row, new in begun
                if row.doan_vien.chi_doan_id != new and self._take(held, row, new)
            ],
        )
        self.so.sua_tung(
            QuaTrinh,
            [
                (row.pk, {"chi_doan_id": row.chi_doan_id}, {"chi_doan_id": new})
                for row, new in later
            ],
        )
        return len(moves)

    def _dang_la_khach(self, people: list[int]) -> set[tuple[int, str, int]]:
        rows = QuaTrinh.objects.khong_chinh_thuc().filter(doan_vien__in=people)
        rows = rows.con_han(self.ngay).exclude(chi_doan__in=self.pham_vi.nguon)
        return set(rows.order_by().values_list("doan_vien_id", "loai", "chi_doan_id"))

    @staticmethod
    def _take(held: set, row: QuaTrinh, new: int) -> bool:
        """A guest of two units that become one is its guest once."""
        key = (row.doan_vien_id, row.loai, new)
        is_first = key not in held
        held.add(key)
        return is_first

    def _khach_moi(self, row: QuaTrinh, new: int) -> QuaTrinh:
        return QuaTrinh(
            doan_vien_id=row.doan_vien_id,
            chi_doan_id=new,
            loai=row.loai,
            tu_ngay=self.ngay,
            den_ngay=row.den_ngay,
            ly_do_bat_dau=QuaTrinh.LyDoBatDau.SAP_XEP,
            ly_do_ket_thuc=row.ly_do_ket_thuc,
            truoc_id=row.pk,
        )

    def chuyen_cung_noi(self) -> int:
        """Transfers between two units that become one have nothing to do any more."""
        rows = ChuyenSinhHoat.objects.dang_mo().filter(
            chi_doan_di=F("chi_doan_den"), chi_doan_di__in=set(self.pham_vi.sang.values())
        )
        found = list(rows.order_by("pk"))
        self.so.them(BuocChuyen, [self._rut(chuyen) for chuyen in found])
        chosen = ChuyenSinhHoat.objects.filter(pk__in=[chuyen.pk for chuyen in found])
        return self.so.sua(chosen, trang_thai=ChuyenSinhHoat.TrangThai.RUT)

    def _rut(self, chuyen: ChuyenSinhHoat) -> BuocChuyen:
        return BuocChuyen(
            chuyen=chuyen,
            thu_tu=next_thu_tu(chuyen.buoc),
            loai=BuocChuyen.Loai.RUT,
            tu_trang_thai=chuyen.trang_thai,
            don_vi_id=chuyen.chi_doan_di_id,
            ngay=self.ngay,
            ly_do=self._vi_sao(),
            tai_version=chuyen.version,
        )

    def dia_ban(self) -> int:
        """Residential areas go along from the day: to the ward of their branch, those of a split
        branch where the plan says; one of which it says nothing waits for a hand."""
        rows = DiaBan.objects.filter(
            Q(chi_doan__in=self.pham_vi.ket_thuc | self.cay.doi_cho)
            | Q(don_vi__in=self.pham_vi.ket_thuc)
            | Q(pk__in=self.pham_vi.dia_ban, chi_doan__in=self.pham_vi.nguoi)
        )
        rows = list(rows.exclude(den_ngay__lt=self.ngay).order_by("pk"))
        moves = [(row, self._cho_dia_ban(row)) for row in rows]
        moves = [(row, to) for row, to in moves if to != _cho_cua(row)]
        begun = [(row, to) for row, to in moves if row.tu_ngay < self.ngay]
        self.so.sua(
            DiaBan.objects.filter(pk__in=[row.pk for row, _ in begun]), den_ngay=self.hom_truoc
        )
        self.so.them(DiaBan, [self._dia_ban_moi(row, to) for row, to in begun])
        self.so.sua_tung(
            DiaBan,
            [(row.pk, _cho_cua(row), to) for row, to in moves if row.tu_ngay >= self.ngay],
        )
        return len(moves)

    def _cho_dia_ban(self, row: DiaBan) -> dict[str, int | None]:
        branch = row.chi_doan_id
        if branch in self.pham_vi.nguoi:
            kept = None if branch in self.pham_vi.ket_thuc else branch
            branch = self.pham_vi.dia_ban.get(row.pk, kept)
        else:
            branch = self.pham_vi.sang.get(branch, branch)
        ward = branch and self.pham_vi.cha(branch)
        return {
            "don_vi_id": ward or self.pham_vi.sang.get(row.don_vi_id, row.don_vi_id),
            "chi_doan_id": branch,
        }

    def _dia_ban_moi(self, row: DiaBan, to: dict) -> DiaBan:
        return DiaBan(**to, loai=row.loai, ten=row.ten, tu_ngay=self.ngay, den_ngay=row.den_ngay)

    def so_thu(self) -> int:
        """The dues book of a unit that takes over goes on where those before it have one."""
        had = set(
            SoThuDoanPhi.objects.filter(don_vi__in=self.pham_vi.nguon)
            .order_by()
            .values_list("don_vi", flat=True)
        )
        wanted = {new for old, new in self._noi_den() if old in had}
        wanted -= set(
            SoThuDoanPhi.objects.filter(don_vi__in=wanted).values_list("don_vi", flat=True)
        )
        month = self.ngay.replace(day=1)
        self.so.them(
            SoThuDoanPhi, [SoThuDoanPhi(don_vi_id=pk, tu_thang=month) for pk in sorted(wanted)]
        )
        return len(wanted)

    def _noi_den(self) -> set[tuple[int, int]]:
        split = {
            (old, new) for old, people in self.pham_vi.nguoi.items() for new in people.values()
        }
        return split | set(self.pham_vi.sang.items())

    def nhip(self) -> int:
        """The cadence that was set for a unit ends with it."""
        rows = NhipSinhHoat.objects.filter(chi_doan__in=self.pham_vi.ket_thuc)
        rows = rows.exclude(den_ngay__lt=self.ngay)
        ended = self.so.sua(rows.filter(tu_ngay__lt=self.ngay), den_ngay=self.hom_truoc)
        return ended + self.so.xoa(rows.filter(tu_ngay__gte=self.ngay))

    def buoi_chung(self) -> int:
        """Joint meetings that were called for later: the unit takes part no more, and what it
        had invited to is off for all."""
        ended = self.pham_vi.ket_thuc
        rows = BuoiSinhHoat.objects.filter(
            Q(chi_doan__in=ended) | Q(chu_nha__chi_doan__in=ended, chu_nha__hen_luc__isnull=False),
            trang_thai=BuoiSinhHoat.TrangThai.NHAP,
            hen_luc__isnull=False,
            ngay__gte=self.ngay,
        )
        rows = list(rows.order_by("pk"))
        words = [
            BuoiHuy(
                so=row.pk,
                chi_doan_id=row.chi_doan_id,
                loai=row.loai,
                ngay=row.ngay,
                bat_dau=row.bat_dau,
                dia_diem=row.dia_diem,
                version=row.version,
            )
            for row in rows
        ]
        self.so.them(BuoiHuy, words)
        return self.so.sua(
            BuoiSinhHoat.objects.filter(pk__in=[row.pk for row in rows]), hen_luc=None
        )

    def chuc_vu(self) -> int:
        """Offices of ended units end the day before."""
        rows = ChucVu.objects.filter(don_vi__in=self.pham_vi.ket_thuc, tu_ngay__lt=self.ngay)
        rows = rows.filter(Q(den_ngay__isnull=True) | Q(den_ngay__gte=self.ngay))
        return self.so.sua(
            rows,
            den_ngay=self.hom_truoc,
            ket_thuc=ChucVu.KetThuc.SAP_XEP,
            ly_do_ket_thuc=self._vi_sao(),
        )

    def _vi_sao(self) -> str:
        return f"{LY_DO}: {self.sap_xep.so_quyet_dinh}".strip(": ")[:200]

    def phu_cap(self) -> int:
        """Allowances that an ended unit's office brings end with it."""
        rows = PhuCap.objects.filter(
            don_vi__in=self.pham_vi.ket_thuc, kieu=PhuCap.Kieu.THANG, tu_ngay__lt=self.ngay
        )
        return self.so.sua(rows.exclude(den_ngay__lt=self.ngay), den_ngay=self.hom_truoc)

    def phu_trach(self) -> int:
        """Who coaches an ended branch goes on with the one that takes over, where it has nobody."""
        ended = self.pham_vi.ket_thuc
        rows = PhuTrach.objects.filter(Q(chi_doan__in=ended) | Q(chuc_vu__don_vi__in=ended))
        rows = rows.exclude(den_ngay__lt=self.ngay).order_by("tu_ngay", "pk")
        found = list(rows.values_list("chi_doan_id", "chuc_vu_id", "chuc_vu__don_vi_id"))
        running = PhuTrach.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
        total = self.so.sua(running.filter(tu_ngay__lt=self.ngay), den_ngay=self.hom_truoc)
        total += self.so.xoa(running.filter(tu_ngay__gte=self.ngay))
        targets = {self.pham_vi.sang.get(branch) for branch, *_ in found} - {None}
        open_ones = PhuTrach.objects.filter(chi_doan__in=targets, den_ngay__isnull=True)
        taken = set(open_ones.order_by().values_list("chi_doan_id", flat=True))
        added = []
        for branch, office, ward in found:
            target = self.pham_vi.sang.get(branch)
            if target and target not in taken and ward not in ended:
                taken.add(target)
                added.append(PhuTrach(chi_doan_id=target, chuc_vu_id=office, tu_ngay=self.ngay))
        self.so.them(PhuTrach, added)
        return total

    def vai_tro(self) -> int:
        """Roles at ended units: the last day is the one before, so rights end at once.

        One that began on a day of the past after the unit's last ends yesterday: it was held,
        and stays on record.
        """
        rows = vai_tro_ket_thuc(self.pham_vi)
        words, yesterday = self._vi_sao(), today() - MOT_NGAY
        held = rows.filter(tu_ngay__gte=self.ngay, tu_ngay__lte=yesterday)
        late = held.filter(Q(den_ngay__isnull=True) | Q(den_ngay__gt=yesterday))
        ended = self.so.sua(
            rows.filter(tu_ngay__lt=self.ngay), den_ngay=self.hom_truoc, ly_do_ket_thuc=words
        )
        ended += self.so.sua(late, den_ngay=yesterday, ly_do_ket_thuc=words)
        return ended + self.so.xoa(
            rows.filter(tu_ngay__gte=self.ngay).filter(tu_ngay__gt=yesterday)
        )

    def nguoi_moi(self, dich: list[tuple[Dich, int]], units: dict[int, DonVi]) -> None:
        """The secretary and the account that the plan names for the units that take over.

        Who is appointed acts until the unit's own congress, his account as long as he.
        """
        months = gia_tri("tam_quyen_toi_da", ngay=self.ngay, don_vi=self.sap_xep.don_vi)
        last = han_tam_quyen(self.ngay, months)
        accounts = [(target, pk) for target, pk in dich if target.tai_khoan]
        self.so.them(
            PhanCong,
            [
                PhanCong(
                    nguoi_dung_id=target.tai_khoan,
                    don_vi_id=pk,
                    vai_tro=_vai_tro_bi_thu(units[pk]),
                    tu_ngay=self.ngay,
                    den_ngay=last if target.bi_thu else None,
                )
                for target, pk in accounts
                if not _dang_giu(target.tai_khoan, pk, units[pk])
            ],
        )
        self._bi_thu([(target, pk) for target, pk in dich if target.bi_thu], units, last)

    def _bi_thu(self, named: list[tuple[Dich, int]], units: dict[int, DonVi], last: date) -> None:
        """Secretaries appointed by the decision, until the branch has elected one."""
        people = DoanVien.objects.in_bulk([target.bi_thu for target, _ in named])
        roles = {
            (role.nguoi_dung_id, role.don_vi_id): role.pk
            for role in PhanCong.objects.filter(don_vi__in=[pk for _, pk in named]).tai_ngay(
                self.ngay
            )
        }
        self.so.them(
            ChucVu,
            [
                ChucVu(
                    don_vi_id=pk,
                    doan_vien_id=target.bi_thu,
                    ho_ten=people[target.bi_thu].ho_ten,
                    chuc_danh=ChucVu.ChucDanh.BI_THU,
                    tam_quyen=ChucVu.TamQuyen.LAM_THOI,
                    cach=ChucVu.Cach.CHI_DINH,
                    so_quyet_dinh=self.sap_xep.so_quyet_dinh,
                    ngay_quyet_dinh=self.sap_xep.ngay_quyet_dinh,
                    tu_ngay=self.ngay,
                    den_ngay=last,
                    phan_cong_id=roles.get((target.tai_khoan, pk)),
                )
                for target, pk in named
            ],
        )
        secretaries = [target.bi_thu for target, pk in named if units[pk].is_chi_doan]
        self.so.sua(DoanVien.objects.filter(pk__in=secretaries), chuc_vu=BI_THU)


def _cho_cua(row: DiaBan) -> dict[str, int | None]:
    return {"don_vi_id": row.don_vi_id, "chi_doan_id": row.chi_doan_id}


def vai_tro_ket_thuc(pham_vi: PhamVi):
    """Assignments at ended units that run on the day or are still to begin."""
    rows = PhanCong.objects.filter(don_vi__in=pham_vi.ket_thuc)
    return rows.exclude(den_ngay__lt=pham_vi.ngay)


def _vai_tro_bi_thu(unit: DonVi) -> str:
    if unit.is_chi_doan:
        return VaiTro.BI_THU_CHI_DOAN
    return VaiTro.BI_THU_PHUONG if unit.is_co_so else VaiTro.VAN_PHONG_CAP_TREN


def _dang_giu(account: int, pk: int, unit: DonVi) -> bool:
    rows = PhanCong.objects.filter(nguoi_dung=account, don_vi=pk, vai_tro=_vai_tro_bi_thu(unit))
    return rows.filter(den_ngay__isnull=True).exists()


def dem_nguoi(units, ngay: date) -> dict[int, int]:
    """Official members of each of these branches on a day."""
    rows = QuaTrinh.objects.chinh_thuc().filter(in_force(ngay), chi_doan__in=units)
    return dict(Counter(rows.order_by().values_list("chi_doan_id", flat=True).iterator()))
