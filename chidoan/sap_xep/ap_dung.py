"""Applies a plan inside the caller's transaction; the preview is the same, rolled back."""

from collections import Counter
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import QuerySet, Subquery

from chidoan.chuc_vu.quy_tac import can_ly_do_di_xa
from chidoan.models import ChucVu, DongSapXep, SapXep, ThayDoiSapXep
from core.errors import RuleError
from doanvien.models import ChuyenSinhHoat, DoanVien, KetNap, QuaTrinh
from tochuc.models import DonVi, NguoiDung
from tochuc.scoping import subtree
from tochuc.so_thay_doi import SoThayDoi, plain_rows, tung_luot

from . import ke_hoach as kh
from .can_tro import NEU, CanTroError, can_tro, soat_don_vi
from .cay import CayMoi
from .di_theo import CUA_CHI_DOAN, PhamVi, tat_ca
from .nguoi import DoiNguoi, dem_nguoi


@dataclass
class KetQua:
    """What came of it: people that moved by (from, to), and rows by what they are."""

    cay: CayMoi
    pham_vi: PhamVi
    so_nguoi: int = 0
    di: Counter = field(default_factory=Counter)
    truoc: dict[int, int] = field(default_factory=dict)
    sau: dict[int, int] = field(default_factory=dict)
    theo: list[tuple[str, int]] = field(default_factory=list)
    ket_thuc: list[tuple[str, int]] = field(default_factory=list)


def _khong(*_args) -> None:
    """Nobody asks to be told."""


def ap_dung(sap_xep: SapXep, *, bao=_khong, truoc_khi_doi=_khong, is_thu=False) -> KetQua:
    """Do all of it: tree, people, what goes along, offices and roles, lines of lineage.

    CanTroError names every reason at once. Each row that changes is in the book of changes.
    `bao` is told how far it is, `truoc_khi_doi` what ends, before anything of it changes. A
    trial (`is_thu`), which is rolled back, keeps no book.
    """
    plan = kh.doc(sap_xep.ke_hoach)
    if wrong := kh.soat(plan):
        raise CanTroError(wrong)
    units = khoa_don_vi(plan)
    if wrong := soat_don_vi(plan, units, sap_xep.hieu_luc):
        raise CanTroError(wrong)
    so = SoThayDoi(None if is_thu else lambda bang, dong: _luu(sap_xep, bang, dong))
    pham_vi = PhamVi(sap_xep.hieu_luc)
    cay = CayMoi(sap_xep, so, units, goc_chung(plan, units), pham_vi)
    pham_vi.tren = _tren(units)
    bao(0, 4)
    cay.lam(plan)
    bao(1, 4)
    people = (*_soat_bi_thu(cay), *_soat_tai_khoan(cay))
    twice = _soat_cung_ngay(plan, sap_xep)
    if wrong := [*twice, *_soat_nguoi(plan, pham_vi), *can_tro(pham_vi), *people]:
        raise CanTroError(wrong)
    truoc_khi_doi(pham_vi)
    ket_qua = KetQua(cay, pham_vi)
    _doi_nguoi(sap_xep, so, cay, ket_qua)
    bao(3, 4)
    _ghi_dong(cay, ket_qua)
    if not is_thu:
        sap_xep.moc = moc_cua_bang()
    return ket_qua


def khoa_don_vi(plan: list[kh.ThayDoi]) -> dict[int, DonVi]:
    """Lock the people of what ends, then the units and what hangs below those that change their
    place, always in the order of their numbers.

    Whoever takes a member in locks the person before the branch: nobody waits in a ring.
    """
    moving = {pk for item in plan if item.loai in (kh.SAP_NHAP, kh.CHIA_TACH) for pk in item.don_vi}
    people = QuaTrinh.objects.chinh_thuc().filter(chi_doan__in=moving, den_ngay__isnull=True)
    rows = DoanVien.objects.filter(pk__in=people.order_by().values("doan_vien"))
    locked = len(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    named = {pk for item in plan for pk in item.nhac_toi}
    _khoa_ca_duoi(plan, named)
    found = DonVi.objects.in_bulk(named)
    if people.count() != locked:
        raise RuleError("Vừa có đồng chí chuyển đến hoặc chuyển đi. Làm lại giúp.")
    return found


def _khoa_ca_duoi(plan: list[kh.ThayDoi], named: set[int]) -> None:
    moving = {pk for item in plan if item.loai in kh.DOI_CHO for pk in item.don_vi}
    tops = plain_rows(DonVi).filter(pk__in=moving).exclude(cap="chi_doan")
    pks = set(named)
    for paths in tung_luot(list(tops.values_list("path", flat=True))):
        inside = reduce(or_, (subtree("path", path) for path in paths))
        pks |= set(plain_rows(DonVi).filter(inside).values_list("pk", flat=True))
    rows = plain_rows(DonVi).filter(pk__in=pks).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def goc_chung(plan: list[kh.ThayDoi], units: dict[int, DonVi]) -> DonVi:
    """The lowest unit that holds all that changes."""
    inside = {pk for item in plan for pk in item.don_vi}
    above = {item.cap_tren for item in plan} | {d.cap_tren for item in plan for d in item.dich}
    targets = {dich.don_vi for item in plan for dich in item.dich}
    paths = [units[pk].path for pk in above - {None}]
    renamed = {pk for item in plan if item.loai == kh.DOI_TEN for pk in item.don_vi}
    paths += [units[pk].path[: -DonVi.steplen] for pk in (inside | targets) - {None} - renamed]
    paths += [units[pk].path for pk in renamed]
    common = paths[0]
    for path in paths[1:]:
        while not path.startswith(common):
            common = common[: -DonVi.steplen]
    if not common:
        raise CanTroError(["Các đơn vị này không có chung một đơn vị cấp trên trong hệ thống."])
    return DonVi.objects.get(path=common)


def _tren(units: dict[int, DonVi]) -> set[int]:
    paths = {
        unit.path[:end]
        for unit in units.values()
        for end in range(DonVi.steplen, len(unit.path) + 1, DonVi.steplen)
    }
    return set(DonVi.objects.filter(path__in=paths).values_list("pk", flat=True))


def _soat_cung_ngay(plan: list[kh.ThayDoi], sap_xep: SapXep):
    """Another name, or another place, that somebody gave a unit from the same day on."""
    for loai in kh.MOT_LAN:
        units = {pk for item in plan if item.loai == loai for pk in item.don_vi}
        if not units:
            continue
        lines = DongSapXep.objects.da_ap_dung().filter(
            loai=loai, truoc__in=units, sap_xep__hieu_luc=sap_xep.hieu_luc
        )
        for line in lines.select_related("sap_xep").order_by("pk")[:NEU]:
            yield (
                f"{line.ten_truoc} đã {line.get_loai_display().lower()} từ chính ngày ấy "
                f"({line.sap_xep}). Hoàn tác đợt ấy trước, hoặc chọn ngày khác."
            )


def _soat_nguoi(plan: list[kh.ThayDoi], pham_vi: PhamVi):
    """Each member of a split has a place; a unit that is wound up has nobody any more."""
    day = pham_vi.ngay
    for item in plan:
        if item.loai == kh.GIAI_THE:
            rows = QuaTrinh.objects.filter(chi_doan__in=item.don_vi).con_han(day)
            if left := rows.count():
                yield (
                    f"Đơn vị giải thể còn {left} đồng chí. Chuyển sinh hoạt cho các đồng chí ấy, "
                    "hoặc chọn «Sáp nhập»."
                )
            yield from _soat_do_dang(item, day)
            if pham_vi.ket_thuc and _con_don_vi(item.don_vi, pham_vi):
                yield "Đơn vị giải thể còn đơn vị trực thuộc. Sắp xếp các đơn vị ấy trước."
        if item.loai == kh.CHIA_TACH and item.ket_thuc:
            yield from _soat_chia(item, pham_vi)


def _soat_do_dang(item: kh.ThayDoi, day):
    """Somebody is on the way into a unit that is wound up: he would arrive nowhere."""
    for kind in CUA_CHI_DOAN:
        if kind.model in (ChuyenSinhHoat, KetNap):
            rows = kind.model.objects.filter(kind.mo(day), **{f"{kind.khoa}__in": item.don_vi})
            if left := rows.count():
                yield (
                    f"Đơn vị giải thể còn việc chưa xong ({kind.nhan.lower()}: {left}). "
                    "Hoàn thành hoặc rút việc ấy trước."
                )


def _soat_chia(item: kh.ThayDoi, pham_vi: PhamVi):
    (pk,) = item.don_vi
    if pk in pham_vi.nguoi:
        members = QuaTrinh.objects.chinh_thuc().filter(chi_doan=pk, den_ngay__isnull=True)
        left = members.exclude(doan_vien__in=item.nguoi).count()
        if left:
            yield f"Còn {left} đồng chí chưa có nơi đến. Chọn nơi đến cho từng đồng chí."
    elif _con_don_vi(item.don_vi, pham_vi):
        yield "Còn chi đoàn chưa có nơi đến. Chọn nơi đến cho từng chi đoàn."


def _con_don_vi(pks, pham_vi: PhamVi) -> bool:
    for unit in DonVi.objects.filter(pk__in=pks):
        below = DonVi.objects.under(unit).exclude(pk=unit.pk).exclude(pk__in=pham_vi.ket_thuc)
        if below.filter(depth=unit.depth + 1).dang_hoat_dong(pham_vi.ngay).exists():
            return True
    return False


def _soat_bi_thu(cay: CayMoi):
    """Whom the plan makes secretary: a member who comes there, where the office is vacant."""
    for dich, pk in cay.dich:
        if not dich.bi_thu:
            continue
        held = ChucVu.objects.bi_thu().filter(don_vi=pk)
        held = held.exclude(den_ngay__lt=cay.sap_xep.hieu_luc).exists()
        if held:
            yield f"{cay.units[pk]} đang có bí thư. Bỏ chọn bí thư, hoặc kết thúc nhiệm kỳ cũ."
        person = DoanVien.objects.dang_sinh_hoat().filter(pk=dich.bi_thu).first()
        if person is None:
            yield "Đồng chí được chọn làm bí thư không còn sinh hoạt. Chọn đồng chí khác."
        else:
            yield from _soat_nguoi_moi(person, pk, cay)


def _soat_tai_khoan(cay: CayMoi):
    """The account that is to work for a unit is one that can be logged in to."""
    named = {dich.tai_khoan for dich, _ in cay.dich if dich.tai_khoan}
    active = NguoiDung.objects.filter(pk__in=named, is_active=True).count()
    if active != len(named):
        yield "Tài khoản được chọn cho đơn vị mới đã ngừng dùng. Chọn tài khoản khác."


def _soat_nguoi_moi(person: DoanVien, pk: int, cay: CayMoi):
    """A branch's secretary is one of its members, and not one who works away."""
    unit, came = cay.units[pk], cay.pham_vi.den(person.chi_doan_id, person.pk)
    if unit.is_chi_doan and (came or person.chi_doan_id) != pk:
        yield (
            f"Đồng chí được chọn làm bí thư không sinh hoạt ở {unit} sau sắp xếp. "
            "Chọn đồng chí khác, hoặc chuyển sinh hoạt cho đồng chí ấy trước."
        )
    day = cay.sap_xep.hieu_luc
    if can_ly_do_di_xa(doan_vien=person, chuc_danh=ChucVu.ChucDanh.BI_THU, ngay=day):
        yield (
            "Đồng chí được chọn làm bí thư đang ghi đi làm xa. Chọn đồng chí khác, hoặc để trống "
            "rồi giao chức vụ kèm lý do sau khi sắp xếp."
        )


def _doi_nguoi(sap_xep: SapXep, so: SoThayDoi, cay: CayMoi, ket_qua: KetQua) -> None:
    pham_vi = ket_qua.pham_vi
    nguoi = DoiNguoi(sap_xep, so, pham_vi, cay)
    branches = pham_vi.nguon | {pk for _, pk in cay.dich}
    ket_qua.truoc = dem_nguoi(branches, nguoi.ngay)
    ket_qua.di = nguoi.chinh_thuc()
    ket_qua.so_nguoi = sum(ket_qua.di.values())
    ket_qua.sau = dem_nguoi(branches, nguoi.ngay)
    _check_tong(ket_qua)
    ket_qua.theo.append(("Đoàn viên tạm thời, nơi cư trú", nguoi.khach()))
    for item in tat_ca():
        ket_qua.theo.append((item.nhan, item.ap_dung(pham_vi, so)))
    ket_qua.theo += [
        ("Địa bàn phụ trách", nguoi.dia_ban()),
        ("Sổ thu đoàn phí mở tiếp", nguoi.so_thu()),
    ]
    ket_qua.ket_thuc = [
        ("Lần chuyển giữa các đơn vị nhập làm một", nguoi.chuyen_cung_noi()),
        ("Buổi sinh hoạt chung đã hẹn", nguoi.buoi_chung()),
        ("Nhịp sinh hoạt đặt riêng", nguoi.nhip()),
        ("Chức vụ", nguoi.chuc_vu()),
        ("Phụ cấp theo tháng", nguoi.phu_cap()),
        ("Phân công phụ trách", nguoi.phu_trach()),
        ("Vai trò của tài khoản", nguoi.vai_tro()),
    ]
    nguoi.nguoi_moi(cay.dich, cay.units)


def _check_tong(ket_qua: KetQua) -> None:
    """Nobody is lost and nobody is left behind, on the very day."""
    before, after = sum(ket_qua.truoc.values()), sum(ket_qua.sau.values())
    left = {pk for pk in ket_qua.pham_vi.ket_thuc if ket_qua.sau.get(pk)}
    if before != after or left:
        raise RuleError(
            f"Trước sắp xếp có {before} đồng chí, sau sắp xếp có {after}. "
            "Chưa ghi gì; báo người quản trị."
        )


def _ghi_dong(cay: CayMoi, ket_qua: KetQua) -> None:
    """Lines of lineage with how many went which way."""
    for line in cay.dong:
        if line.truoc_id == line.sau_id and line.loai != kh.DOI_TEN:
            line.so_nguoi = ket_qua.truoc.get(line.truoc_id, 0)
        else:
            line.so_nguoi = ket_qua.di.get((line.truoc_id, line.sau_id), 0)
    DongSapXep.objects.bulk_create(cay.dong)


def _luu(sap_xep: SapXep, bang: str, dong: list) -> None:
    if dong:
        ThayDoiSapXep.objects.create(sap_xep=sap_xep, bang=bang, dong=dong)


BO_QUA = {
    "baocao.demsolieu",
    "doanvien.luotxem",
    "tochuc.congviec",
    "tochuc.lichsudonvi",
    "tochuc.nhatky",
}
"""What may speak of a unit without hanging on it."""


def cac_khoa():
    """Each key by which a row belongs to a unit: (model, name of the key)."""
    own = {"chidoan.sapxep", "chidoan.dongsapxep", "chidoan.thaydoisapxep"}
    for model in apps.get_models():
        if model._meta.proxy or model._meta.label_lower in BO_QUA | own:
            continue
        for key in model._meta.concrete_fields:
            if key.related_model and key.related_model._meta.concrete_model is DonVi:
                yield model, key.name


def moc_cua_bang() -> dict[str, int]:
    """How far each table with keys to units reaches now."""
    models = {model._meta.label_lower: model for model, _ in cac_khoa()}
    asked = {
        name: plain_rows(model).order_by("-pk").values("pk")[:1] for name, model in models.items()
    }
    return {name: last or 0 for name, last in hoi_mot_luot(asked).items()}


def hoi_mot_luot(asked: dict[str, QuerySet]) -> dict:
    """One value of each of these queries, many in one statement."""
    answers = {}
    for names in tung_luot(sorted(asked)):
        part = {f"c_{order}": name for order, name in enumerate(names)}
        columns = {column: Subquery(asked[name]) for column, name in part.items()}
        row = plain_rows(DonVi).order_by().annotate(**columns).values(*columns)[:1][0]
        answers |= {name: row[column] for column, name in part.items()}
    return answers
