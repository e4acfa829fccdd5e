"""Forms of a reorganisation: what kind, which units, into what, when; then one for each member."""

from django import forms
from django.db.models import Exists, OuterRef

from chidoan.models import ChucVu, SapXep
from core.periods import today
from doanvien.models import DoanVien
from tochuc.forms.don_vi import DonViChoiceField
from tochuc.loc import NhieuField, PlainSelect
from tochuc.models import DonVi, LichSuDonVi, NguoiDung, PhanCong
from tochuc.models.don_vi import KhoiChiDoan, LoaiDonVi
from tochuc.permissions import Quyen

from . import ke_hoach as kh

MAX_TEP = 10 * 1024 * 1024
LOAI_TEP = {b"%PDF": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png"}
"""First bytes of what is taken for a decision."""
_LOAI_CON = {
    "co_so": [LoaiDonVi.CHI_DOAN],
    "huyen": [LoaiDonVi.XA, LoaiDonVi.PHUONG, LoaiDonVi.THI_TRAN],
    "tinh": [LoaiDonVi.XA, LoaiDonVi.PHUONG, LoaiDonVi.DAC_KHU, LoaiDonVi.HUYEN],
}
_MO_TA = {
    kh.SAP_NHAP: "Hai hay nhiều đơn vị thành một; đoàn viên và việc đang làm đi theo.",
    kh.CHIA_TACH: "Một đơn vị thành nhiều; chọn nơi đến cho từng đồng chí.",
    kh.LAP_MOI: "Lập một đơn vị chưa có đoàn viên.",
    kh.GIAI_THE: "Kết thúc đơn vị không còn đoàn viên.",
    kh.DOI_TEN: "Giữ nguyên tổ chức, chỉ đổi tên từ một ngày.",
    kh.CHUYEN: "Đưa đơn vị về trực thuộc đơn vị cấp trên khác.",
    kh.BO_CAP: "Kết thúc cấp huyện; các xã, phường trực thuộc tỉnh.",
}
KHONG_HUYEN = (kh.SAP_NHAP, kh.CHIA_TACH, kh.CHUYEN)
"""What is done with branches and wards alone."""
_CUA_PHUONG = (kh.SAP_NHAP, kh.CHIA_TACH, kh.LAP_MOI, kh.GIAI_THE, kh.DOI_TEN)


def cac_loai(user) -> list[dict]:
    """The kinds that this person may draft, with what each does."""
    caps = {role.don_vi.cap for role in user.phan_cong_hom_nay if _may(role)}
    above = caps - {"co_so", "chi_doan"}
    shown = [
        loai
        for loai, _ in kh.TEN_LOAI
        if loai in _CUA_PHUONG
        or (loai == kh.CHUYEN and above)
        or (loai == kh.BO_CAP and above & {"tinh", "trung_uong"})
    ]
    words = dict(kh.TEN_LOAI)
    return [{"loai": loai, "ten": words[loai], "mo_ta": _MO_TA[loai]} for loai in shown]


def _may(role) -> bool:
    return Quyen.DE_NGHI_SAP_XEP in role.quyen


def noi_sap_xep(user, loai: str = ""):
    """Units within which this person may draft, the widest first; for what is done with wards and
    branches alone those that have some right below."""
    units = DonVi.objects.permitted_to(user, Quyen.DE_NGHI_SAP_XEP).tren_chi_doan()
    units = units.dang_hoat_dong(today())
    if loai not in KHONG_HUYEN:
        return units
    below = LichSuDonVi.objects.tai_ngay(today()).filter(cap_tren=OuterRef("pk")).order_by()
    return units.filter(Exists(below.filter(don_vi__cap__in=("co_so", "chi_doan"))))


class NgayForm(forms.Form):
    """The day, the decision and its paper: a part of each form."""

    hieu_luc = forms.DateField(
        label="Có hiệu lực từ ngày",
        help_text="Ngày đã qua thì áp dụng ngay khi duyệt; ngày sắp tới thì chờ đến ngày ấy.",
        widget=forms.DateInput(attrs={"class": "w-ngay"}),
    )
    so_quyet_dinh = forms.CharField(
        label="Số quyết định",
        max_length=40,
        required=False,
        help_text="Có thể ghi khi duyệt.",
    )
    ngay_quyet_dinh = forms.DateField(
        label="Ngày quyết định", required=False, widget=forms.DateInput(attrs={"class": "w-ngay"})
    )
    tep = forms.FileField(
        label="Bản chụp quyết định",
        required=False,
        help_text="PDF, JPG hoặc PNG, tối đa 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def clean_tep(self):
        tep = self.cleaned_data["tep"]
        if not tep:
            return None
        if tep.size > MAX_TEP:
            raise forms.ValidationError("Tệp nặng hơn 10 MB. Chụp lại nhỏ hơn hoặc nén tệp PDF.")
        head = tep.read(4)
        tep.seek(0)
        for sign, ending in LOAI_TEP.items():
            if head.startswith(sign):
                self.duoi = ending
                return tep
        raise forms.ValidationError("Chọn tệp PDF, JPG hoặc PNG.")

    @property
    def phan_chung(self) -> dict:
        """The columns of a reorganisation that this part of the form fills."""
        data = self.cleaned_data
        fields = {
            "hieu_luc": data["hieu_luc"],
            "so_quyet_dinh": data["so_quyet_dinh"],
            "ngay_quyet_dinh": data["ngay_quyet_dinh"],
        }
        if data["tep"]:
            fields |= {"tep": data["tep"].read(), "ten_tep": f"quyet-dinh{self.duoi}"}
        return fields


class SuaForm(NgayForm):
    """Name, day and decision of a draft."""

    ten = forms.CharField(label="Tên đợt", max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["ten"]

    @classmethod
    def cua(cls, sap_xep: SapXep, data=None, files=None):
        names = ("ten", "hieu_luc", "so_quyet_dinh", "ngay_quyet_dinh", "version")
        return cls(data, files, initial={name: getattr(sap_xep, name) for name in names})


class _TaiKhoanField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.ho_ten} ({obj.username})"


class _NguoiField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.ho_ten} – {obj.chi_doan.ten}"


class SoanForm(NgayForm):
    """One change inside the unit `trong`: the fields are those its kind asks for."""

    field_order = ["don_vi", "vao", "ten", "cac_ten", "giu_lai", "loai_moi", "khoi", "cap_tren"]

    def __init__(self, *args, loai: str, trong: DonVi, user, them_vao=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.loai, self.trong = loai, trong
        self.con = DonVi.objects.truc_thuoc(trong, today()).order_by("khoa_sap_xep")
        if loai in KHONG_HUYEN:
            self.con = self.con.exclude(cap="huyen")
        if them_vao is not None:
            for name in ("hieu_luc", "so_quyet_dinh", "ngay_quyet_dinh", "tep"):
                del self.fields[name]
        getattr(self, f"_cho_{loai}")(user)
        self.order_fields([*self.field_order, "bi_thu", "tai_khoan"])

    def _nhieu(self, label: str, units) -> None:
        self.fields["don_vi"] = NhieuField(
            label=label, queryset=units, widget=forms.CheckboxSelectMultiple
        )

    def _mot(self, label: str, units) -> None:
        self.fields["don_vi"] = forms.ModelChoiceField(
            label=label, queryset=units, empty_label="Chọn đơn vị"
        )

    def _cho_sap_nhap(self, user) -> None:
        self._nhieu("Các đơn vị sáp nhập", self.con)
        self.fields["vao"] = forms.ModelChoiceField(
            label="Nhập vào",
            queryset=self.con,
            required=False,
            empty_label="Một đơn vị mới",
            help_text="Nhập vào đơn vị sẵn có thì đơn vị ấy giữ nguyên tên, bí thư.",
        )
        self._ten("Tên đơn vị mới", required=False)
        self._loai_moi()
        self._nguoi_moi()

    def _cho_chia_tach(self, user) -> None:
        self._mot("Đơn vị chia, tách", self.con)
        self.fields["cac_ten"] = forms.CharField(
            label="Tên các đơn vị mới",
            help_text="Mỗi dòng một tên, không kèm chữ «Chi đoàn», «Đoàn xã».",
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["giu_lai"] = forms.BooleanField(
            label="Giữ lại đơn vị cũ",
            required=False,
            help_text="Tách bớt: ai, chi đoàn nào không chọn nơi đến thì ở lại đơn vị cũ.",
        )
        self._loai_moi()

    def _cho_lap_moi(self, user) -> None:
        self._ten("Tên đơn vị mới")
        self._loai_moi()
        if self.trong.is_co_so:
            self.fields["khoi"] = forms.ChoiceField(label="Khối", choices=KhoiChiDoan)

    def _cho_giai_the(self, user) -> None:
        self._nhieu("Đơn vị giải thể", self.con)

    def _cho_doi_ten(self, user) -> None:
        self._mot("Đơn vị đổi tên", self.con)
        self._ten("Tên mới")

    def _cho_chuyen(self, user) -> None:
        self._nhieu("Đơn vị chuyển", self.con)
        levels = ["tinh", "huyen", "co_so"] if self.trong.is_co_so else ["tinh", "huyen"]
        units = noi_sap_xep(user).filter(cap__in=levels).exclude(pk=self.trong.pk)
        self.fields["cap_tren"] = DonViChoiceField(
            label="Về trực thuộc", queryset=units, empty_label="Chọn đơn vị"
        )

    def _cho_bo_cap(self, user) -> None:
        self._nhieu("Các huyện kết thúc", self.con.filter(cap="huyen"))

    def _ten(self, label: str, *, required: bool = True) -> None:
        self.fields["ten"] = forms.CharField(
            label=label,
            max_length=120,
            required=required,
            help_text="Không kèm chữ «Chi đoàn», «Đoàn xã».",
        )

    def _loai_moi(self) -> None:
        kinds = _LOAI_CON.get(self.trong.cap, [])
        is_huyen = self.loai not in KHONG_HUYEN
        kinds = [kind for kind in kinds if is_huyen or kind != LoaiDonVi.HUYEN]
        if len(kinds) > 1:
            here = self.con.values_list("loai", flat=True).first()
            kinds.sort(key=lambda kind: kind != here)  # as the units that are there
            self.fields["loai_moi"] = forms.ChoiceField(
                label="Loại đơn vị mới", choices=[(kind.value, kind.label) for kind in kinds]
            )

    def _nguoi_moi(self) -> None:
        """Whom the plan may put in charge: who is in charge of one of these units now."""
        offices = ChucVu.objects.tai_ngay(today()).filter(don_vi__in=self.con.order_by())
        people = DoanVien.objects.dang_sinh_hoat().filter(pk__in=offices.values("doan_vien"))
        self.fields["bi_thu"] = _NguoiField(
            label="Bí thư lâm thời",
            queryset=people.select_related("chi_doan"),
            required=False,
            empty_label="Chưa chọn",
            help_text="Cho đơn vị mới, đến khi đại hội bầu. Chọn trong các đồng chí đang giữ chức.",
        )
        roles = PhanCong.objects.tai_ngay(today()).filter(don_vi__in=self.con.order_by())
        self.fields["tai_khoan"] = _TaiKhoanField(
            label="Tài khoản dùng cho đơn vị mới",
            queryset=NguoiDung.objects.filter(pk__in=roles.values("nguoi_dung"), is_active=True),
            required=False,
            empty_label="Chưa chọn, giao sau",
        )

    def clean(self):
        data = super().clean()
        if self.loai == kh.SAP_NHAP and not data.get("vao") and not data.get("ten"):
            self.add_error("ten", "Ghi tên đơn vị mới, hoặc chọn đơn vị nhận ở trên.")
        return data

    @property
    def thay_doi(self) -> kh.ThayDoi:
        """The change that the form describes."""
        data = self.cleaned_data
        chosen = data.get("don_vi") or ()
        units = (chosen,) if isinstance(chosen, DonVi) else tuple(chosen)
        target = data.get("cap_tren")
        return kh.ThayDoi(
            self.loai,
            tuple(unit.pk for unit in units if unit != data.get("vao")),
            self._dich(units),
            ten=data.get("ten", "") if self.loai == kh.DOI_TEN else "",
            cap_tren=target.pk if target else None,
        )

    def _dich(self, units) -> tuple[kh.Dich, ...]:
        data = self.cleaned_data
        who, account = data.get("bi_thu"), data.get("tai_khoan")
        chief = {"bi_thu": who.pk if who else None, "tai_khoan": account.pk if account else None}
        if self.loai == kh.SAP_NHAP and data.get("vao"):
            return (kh.Dich(don_vi=data["vao"].pk, **chief),)
        if self.loai in (kh.SAP_NHAP, kh.LAP_MOI):
            return (self._moi(data["ten"], khoi=data.get("khoi", ""), **chief),)
        if self.loai == kh.CHIA_TACH:
            kept = [kh.Dich(don_vi=units[0].pk)] if data["giu_lai"] else []
            names = [line.strip() for line in data["cac_ten"].splitlines() if line.strip()]
            return (*kept, *(self._moi(name) for name in names))
        return ()

    def _moi(self, ten: str, **more) -> kh.Dich:
        kind = self.cleaned_data.get("loai_moi") or _LOAI_CON[self.trong.cap][0]
        return kh.Dich(ten=ten, loai=str(kind), cap_tren=self.trong.pk, **more)


def ban_dau(item: kh.ThayDoi) -> dict:
    """What a change that is done over again fills in."""
    dich = item.dich[0] if item.dich else kh.Dich()
    is_one = item.loai in (kh.CHIA_TACH, kh.DOI_TEN)
    return {
        "don_vi": item.don_vi[0] if is_one and item.don_vi else list(item.don_vi),
        "vao": dich.don_vi,
        "ten": item.ten or dich.ten,
        "cac_ten": "\n".join(one.ten for one in item.dich if one.is_moi),
        "giu_lai": any(not one.is_moi for one in item.dich),
        "loai_moi": item.dich[-1].loai if item.dich else "",
        "khoi": dich.khoi,
        "cap_tren": item.cap_tren,
        "bi_thu": dich.bi_thu,
        "tai_khoan": dich.tai_khoan,
    }


class PhanForm(forms.Form):
    """Where each member of a split unit goes, and each of its areas; for a ward, each of its
    branches. `con_lai` is for all that were given no place."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args, rows, is_nguoi, areas=(), dich: list[str], viec: kh.ThayDoi, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.rows, self.areas = list(rows), list(areas)
        choices = [(str(so), ten) for so, ten in enumerate(dich)]
        self.fields["con_lai"] = forms.ChoiceField(
            label=f"{'Ai' if is_nguoi else 'Chi đoàn'} chưa chọn nơi đến thì về",
            choices=[("", "Để chọn sau"), *choices],
            required=False,
            widget=PlainSelect,
        )
        chosen = [("", "Chưa chọn"), *choices]
        for row in self.rows:
            self.fields[f"den_{row.pk}"] = _noi_den(row, chosen, viec.nguoi.get(row.pk))
        for row in self.areas:
            self.fields[f"dia_ban_{row.pk}"] = _noi_den(row, chosen, viec.dia_ban.get(row.pk))

    @property
    def dong(self):
        return [(row, self[f"den_{row.pk}"]) for row in self.rows]

    @property
    def dong_dia_ban(self):
        return [(row, self[f"dia_ban_{row.pk}"]) for row in self.areas]

    @property
    def nguoi(self) -> dict[int, int]:
        data = self.cleaned_data
        chosen = {row.pk: data[f"den_{row.pk}"] or data["con_lai"] for row in self.rows}
        return {pk: int(so) for pk, so in chosen.items() if so}

    @property
    def dia_ban(self) -> dict[int, int]:
        chosen = {row.pk: self.cleaned_data[f"dia_ban_{row.pk}"] for row in self.areas}
        return {pk: int(so) for pk, so in chosen.items() if so}


def _noi_den(row, choices, so: int | None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"Nơi đến của {row}",
        choices=choices,
        required=False,
        initial="" if so is None else str(so),
        widget=PlainSelect(attrs={"aria-label": f"Nơi đến của {row}"}),
    )


class LyDoForm(forms.Form):
    ly_do = forms.CharField(label="Lý do", max_length=300)


class HoanTacForm(LyDoForm):
    mat_khau = forms.CharField(
        label="Mật khẩu của đồng chí",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class DuyetForm(forms.Form):
    """The decision's number, and the password again: what follows cannot be missed."""

    so_quyet_dinh = forms.CharField(label="Số quyết định", max_length=40)
    ngay_quyet_dinh = forms.DateField(
        label="Ngày quyết định", widget=forms.DateInput(attrs={"class": "w-ngay"})
    )
    mat_khau = forms.CharField(
        label="Mật khẩu của đồng chí",
        help_text="Duyệt sắp xếp phải ghi lại mật khẩu.",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    bam = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @classmethod
    def cua(cls, sap_xep: SapXep, bam: str, data=None):
        names = ("so_quyet_dinh", "ngay_quyet_dinh")
        initial = {name: getattr(sap_xep, name) for name in names}
        return cls(data, initial=initial | {"bam": bam})
