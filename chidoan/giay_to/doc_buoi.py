"""What the papers of a meeting say, as plain values: read from it as it is, or as it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from chidoan.hoat_dong.queries import cau_kem_theo
from chidoan.models import BuoiSinhHoat, ChucVu, DiemDanh, NghiQuyet, TienDoNghiQuyet
from chidoan.noi_dung import NoiDungBuoi, Phieu, read_noi_dung
from chidoan.queries import cung_hop
from core.periods import KyBaoCao
from doanvien.models import DoanVien
from tochuc.models import DonVi
from tochuc.van_ban import ten_tai_ngay

_SINH_HOAT = {
    BuoiSinhHoat.Loai.DINH_KY,
    BuoiSinhHoat.Loai.CHUYEN_DE,
    BuoiSinhHoat.Loai.CHU_DIEM,
}


@dataclass(frozen=True, kw_only=True)
class NhiemVu:
    """A resolution as the papers mention it; `ket_qua` and `xong` for an earlier one.

    `thang` is the month that resolved it, `tien_do` what was reported of one that goes on.
    """

    noi_dung: str
    phu_trach: str
    han: date
    ket_qua: str = ""
    trang_thai: str = NghiQuyet.TrangThai.DANG_LAM
    tien_do: str = ""
    thang: date | None = None

    @property
    def is_dang_lam(self) -> bool:
        return self.trang_thai == NghiQuyet.TrangThai.DANG_LAM

    @property
    def is_xong(self) -> bool:
        return self.trang_thai == NghiQuyet.TrangThai.XONG


@dataclass(frozen=True, kw_only=True)
class DiemSo:
    """The roll added up, with the names of the absent; why they stayed away is not told."""

    danh_sach: int
    du_hop: int
    muon: int
    co_ly_do: tuple[str, ...]
    vang: tuple[str, ...]
    khac: int = 0  # present at a meeting of the committee without being of it


@dataclass(frozen=True, kw_only=True)
class NoiDungGiay:
    """Everything that a meeting gives to its papers; the same values, the same papers."""

    trich_yeu: str
    thang: date
    ngay: date
    bat_dau: time
    ket_thuc: time | None
    dia_diem: str
    chu_tri: tuple[str, str]  # name, office
    thu_ky: tuple[str, str]
    dai_bieu: str
    lien: tuple[str, ...]  # branches of a joint meeting, the host first
    la_bch: bool
    diem: DiemSo
    truoc: tuple[NhiemVu, ...]
    chu_diem: str
    noi_dung: str
    hoat_dong_kem: str
    nhiem_vu: tuple[NhiemVu, ...]
    y_kien: str
    phieu: tuple[Phieu, ...]
    ket_luan: str

    @property
    def thang_nhiem_vu(self) -> int:
        """The month that the new tasks begin to be for: the meeting's own where all are due in
        it, else the next one, as in the month's report."""
        own = KyBaoCao.month_of(self.ngay)
        return own.thang if all(row.han in own for row in self.nhiem_vu) else own.next.thang


def doc_buoi(buoi: BuoiSinhHoat, noi_dung: NoiDungBuoi | None = None) -> NoiDungGiay:
    """The meeting as it stands, or as `noi_dung` tells it."""
    said = noi_dung or read_noi_dung(buoi)
    people = _people(said)
    terms = _terms(buoi, said)
    held = {row.doan_vien_id: f"{row.get_chuc_danh_display()} Chi đoàn" for row in terms}
    is_bch = said.loai == BuoiSinhHoat.Loai.BCH
    return NoiDungGiay(
        trich_yeu=_trich_yeu(said),
        thang=said.ngay.replace(day=1),
        ngay=said.ngay,
        bat_dau=said.bat_dau,
        ket_thuc=said.ket_thuc,
        dia_diem=said.dia_diem,
        chu_tri=_named(people.get(said.chu_tri_id), held),
        thu_ky=_named(people.get(said.thu_ky_id), held),
        dai_bieu=said.dai_bieu,
        lien=_lien(buoi, said.ngay),
        la_bch=is_bch,
        diem=_diem(said, people, _bch(terms) if is_bch else set()),
        truoc=tuple(_earlier(buoi, said)),
        chu_diem=said.chu_diem,
        noi_dung=said.noi_dung,
        hoat_dong_kem="\n".join(filter(None, (said.hoat_dong_kem, cau_kem_theo(buoi)))),
        nhiem_vu=tuple(
            NhiemVu(
                noi_dung=row.noi_dung,
                phu_trach=_named(people.get(row.phu_trach_id), held)[0],
                han=row.han,
            )
            for row in sorted(said.nghi_quyet, key=lambda row: (row.han, row.pk or 0))
        ),
        y_kien=said.y_kien,
        phieu=said.bieu_quyet,
        ket_luan=said.ket_luan,
    )


def _people(said: NoiDungBuoi) -> dict[int, DoanVien]:
    """Everybody the meeting names, in the order of lists."""
    wanted = {*said.diem_danh, said.chu_tri_id, said.thu_ky_id}
    wanted |= {row.phu_trach_id for row in said.nghi_quyet}
    rows = DoanVien.objects.filter(pk__in=wanted - {None}).only("ho_ten", "khoa_sap_xep")
    return {row.pk: row for row in rows.order_by("khoa_sap_xep", "ngay_sinh", "pk")}


def _terms(buoi: BuoiSinhHoat, said: NoiDungBuoi) -> list[ChucVu]:
    """Offices that members hold at the branch on the day of the meeting."""
    rows = ChucVu.objects.filter(don_vi=buoi.chi_doan, doan_vien__isnull=False)
    return list(rows.tai_ngay(said.ngay))


def _bch(rows: list[ChucVu]) -> set[int]:
    """Members of the branch's committee; of a branch without one, who holds office."""
    committee = {row.doan_vien_id for row in rows if row.trong_bch}
    return committee or {row.doan_vien_id for row in rows}


def _diem(said: NoiDungBuoi, people: dict[int, DoanVien], bch: set[int]) -> DiemSo:
    """The roll; that of a committee's meeting is of its members, others are counted apart."""
    status = DiemDanh.TrangThai
    own = {pk: row for pk, row in said.diem_danh.items() if not bch or pk in bch}

    def names(state: str) -> tuple[str, ...]:
        return tuple(
            person.ho_ten
            for pk, person in people.items()
            if pk in own and own[pk].trang_thai == state
        )

    return DiemSo(
        danh_sach=len(own),
        du_hop=sum(row.is_du_hop for row in own.values()),
        muon=sum(row.trang_thai == status.MUON for row in own.values()),
        co_ly_do=names(status.VANG_CO_LY_DO),
        vang=names(status.VANG),
        khac=sum(row.is_du_hop for pk, row in said.diem_danh.items() if pk not in own),
    )


def _lien(buoi: BuoiSinhHoat, ngay: date) -> tuple[str, ...]:
    """The branches that met together, the host first; () for a meeting of one branch."""
    others = cung_hop(buoi)
    if not others:
        return ()
    rows = sorted([buoi, *others], key=lambda row: (row.chu_nha_id is not None, row.chi_doan.path))
    return tuple(ten_tai_ngay(row.chi_doan, ngay) for row in rows)


def _earlier(buoi: BuoiSinhHoat, said: NoiDungBuoi) -> Iterator[NhiemVu]:
    """Resolutions of earlier meetings that were open when this one began."""
    closed_here = {pk: row for pk, row in said.ket_qua.items() if row.is_ket_thuc}
    still_open = Q(ket_thuc_ngay__isnull=True) | Q(ket_thuc_ngay__gt=said.ngay)
    rows = (
        NghiQuyet.objects.filter(chi_doan=buoi.chi_doan, buoi__ngay__lt=said.ngay)
        .exclude(buoi=buoi)
        .filter(still_open | Q(ket_thuc_tai=buoi) | Q(pk__in=closed_here))
        .select_related("phu_trach", "buoi")
    )
    told = _tien_do(buoi.chi_doan, said.ngay, buoi.hoan_thanh_luc)
    for row in rows:
        here = closed_here.get(row.pk)
        yield NhiemVu(
            noi_dung=row.noi_dung,
            phu_trach=row.phu_trach.ho_ten,
            han=row.han,
            ket_qua=here.ket_qua if here else "",
            trang_thai=here.trang_thai if here else NghiQuyet.TrangThai.DANG_LAM,
            tien_do="" if here else told.get(row.pk, ""),
            thang=row.buoi.ngay.replace(day=1),
        )


def _tien_do(chi_doan: DonVi, ngay: date, den_luc: datetime | None) -> dict[int, str]:
    """The last progress that was on record when the meeting was written down. One query."""
    rows = TienDoNghiQuyet.objects.filter(nghi_quyet__chi_doan=chi_doan, ngay__lte=ngay)
    if den_luc:
        rows = rows.filter(ghi_luc__lte=den_luc)
    return dict(rows.order_by("ngay", "pk").values_list("nghi_quyet_id", "noi_dung"))


def _named(person: DoanVien | None, offices: dict[int, str]) -> tuple[str, str]:
    return (person.ho_ten, offices.get(person.pk, "")) if person else ("", "")


def _trich_yeu(said: NoiDungBuoi) -> str:
    loai = BuoiSinhHoat.Loai(said.loai)
    kind = "Sinh hoạt Chi đoàn" if loai in _SINH_HOAT else loai.label
    if loai == BuoiSinhHoat.Loai.BCH:
        kind = "Họp Ban Chấp hành Chi đoàn"
    return f"{kind} tháng {said.ngay.month} năm {said.ngay.year}"
