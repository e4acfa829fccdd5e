"""Forms of the editor: a set, one of its criteria with its steps, its classes."""

import re
from decimal import Decimal
from fractions import Fraction

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.text import slugify

from baocao.models import BoTieuChi, TieuChi, XepLoaiDonVi
from core.text import fold

from .kiem import CACH_CHAM_MUC
from .luat import CO_MUC_HIEN_NAY, Bac, BoLuat, LuatTieuChi
from .nguon import CO_TEN, nguon_dung_cho

SO_BAC = 6
"""Rows for steps; no table of points in use has more."""
_MOC = re.compile(
    r"(?P<so>[0-9]{1,9}(\.[0-9]{1,4})?)(/(?P<mau>0*[1-9][0-9]{0,8}))?(?P<phan_tram>%)?"
)
_LOP = {"text": "form-control", "select": "form-select", "checkbox": "form-check-input"}
SO_DEM = {"required": False, "min_value": 1, "max_value": 1_000_000_000}
DIEM = {"max_digits": 7, "decimal_places": 2, "localize": True, "required": False}


class PhanSoField(forms.Field):
    """An exact limit: 80%, 4/5, 12 or 0,5; nothing is None."""

    widget = forms.TextInput
    default_error_messages = {"invalid": "Ghi 80%, 4/5, 12 hoặc 0,5."}

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, **kwargs})

    def to_python(self, value):
        text = (value or "").replace(",", ".").replace(" ", "")
        if not text:
            return None
        found = _MOC.fullmatch(text)
        if not found:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return Fraction(found["so"]) / int(found["mau"] or 1) / (100 if found["phan_tram"] else 1)

    def prepare_value(self, value):
        return viet_moc(value) if isinstance(value, Fraction) else value


def viet_moc(value: Fraction) -> str:
    """A limit as it is typed: whole numbers as they are, others in percent where that is exact."""
    if value.denominator == 1:
        return str(value.numerator)
    percent = value * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else str(value)


def _gon(value):
    """Points without needless zeros; anything else as it is."""
    is_tron = isinstance(value, Decimal) and value == value.to_integral_value()
    return value.quantize(Decimal(1)) if is_tron else value


class BoForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    dia_chi = forms.URLField(
        label="Địa chỉ đọc văn bản", required=False, assume_scheme="https", max_length=200
    )

    class Meta:
        model = BoTieuChi
        fields = ["ten", "can_cu", "dia_chi", "mo_ta"]
        labels = {"can_cu": "Căn cứ: số, ngày của văn bản"}
        widgets = {"mo_ta": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"can_cu": "Ví dụ: 05-HD/ĐTN ngày 10/01/2026."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def _post_clean(self):
        """The service sets the columns."""


class BanHanhForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    tu_ngay = forms.DateField(
        label="Áp dụng từ ngày",
        help_text="Từ 01/01 năm nay trở đi. Kỳ nào kết thúc từ ngày ấy thì xếp theo bộ này.",
    )


class ThoiForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    den_ngay = forms.DateField(
        label="Áp dụng đến hết ngày",
        help_text="Kỳ kết thúc sau ngày ấy xếp theo bộ của cấp trên gần nhất.",
    )


class MucForm(forms.Form):
    """What the set calls the four classes and, in a set of points, from where each begins."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, luat: BoLuat, version: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.luat = luat
        self.fields["version"].initial = version
        known = {item.muc: item for item in luat.muc}
        columns = []
        for muc in XepLoaiDonVi.MUC_HD33:
            item = known.get(muc)
            self.fields[f"ten_{muc}"] = forms.CharField(
                label=muc.label,
                max_length=80,
                required=False,
                initial=item.ten if item else "",
                help_text="Bộ gọi khác thì ghi, để trống thì gọi như trên.",
            )
            columns.append([f"ten_{muc}"])
            if luat.is_diem:
                self.fields[f"tu_{muc}"] = forms.DecimalField(
                    label="Từ điểm",
                    min_value=0,
                    initial=_gon(item.tu_diem) if item else None,
                    **DIEM,
                )
                columns[-1].append(f"tu_{muc}")
        self.helper = FormHelper()
        self.helper.form_tag = False
        rows = [Row(*(Column(name) for name in names)) for names in columns]
        self.helper.layout = Layout("version", *rows)

    def values(self) -> dict[str, tuple]:
        data = self.cleaned_data
        return {
            str(muc): (data[f"ten_{muc}"], data.get(f"tu_{muc}")) for muc in XepLoaiDonVi.MUC_HD33
        }


class TieuChiForm(forms.Form):
    """One criterion; what a set of levels does not know is not asked."""

    mark_required = True
    version = forms.IntegerField(widget=forms.HiddenInput)
    ten = forms.CharField(label="Tên tiêu chí", max_length=200)
    cha = forms.ChoiceField(label="Thuộc nhóm", required=False)
    cach_cham = forms.ChoiceField(label="Cách chấm", choices=TieuChi.CachCham.choices)
    diem_toi_da = forms.DecimalField(
        label="Điểm tối đa",
        min_value=0,
        help_text="Nhóm: tổng điểm của các tiêu chí bên trong; để trống thì không kiểm tra.",
        **DIEM,
    )
    diem_toi_thieu = forms.DecimalField(
        label="Trừ nhiều nhất", max_value=0, help_text="Điểm trừ thì ghi số âm, ví dụ -5.", **DIEM
    )
    mo_ta = forms.CharField(
        label="Yêu cầu, minh chứng",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    nguon = forms.ChoiceField(label="Lấy số từ", required=False)
    chia_cho = forms.ChoiceField(
        label="Chia cho",
        required=False,
        choices=[("", "Chưa chọn"), *TieuChi.ChiaCho.choices],
        help_text="Bình quân đầu đoàn viên thì chi đoàn đông và chi đoàn ít được so công bằng.",
    )
    chia_so = forms.IntegerField(label="Số cố định", **SO_DEM)
    tran_so = forms.IntegerField(
        label="Số đếm nhiều nhất được tính",
        **SO_DEM,
        help_text="Không chạy theo số lượng: quá số này không được thêm điểm.",
    )
    cong_thuc = forms.ChoiceField(
        label="Công thức",
        required=False,
        choices=[("", "Chưa chọn"), *TieuChi.CongThuc.choices],
    )
    cang_cao = forms.ChoiceField(
        label="Số nào tốt hơn", choices=[("1", "Càng cao càng tốt"), ("0", "Càng thấp càng tốt")]
    )
    moc_duoi = PhanSoField(label="Mốc được 0 điểm", help_text="Ví dụ 0 hoặc 50%.")
    moc_tren = PhanSoField(label="Mốc được đủ điểm", help_text="Ví dụ 100% hoặc 12.")
    moi = forms.IntegerField(label="Cứ mỗi", **SO_DEM)
    diem_moi = forms.DecimalField(label="Thì được điểm", help_text="Số âm là điểm trừ.", **DIEM)
    danh_gia = forms.ChoiceField(
        label="Khi Đoàn cơ sở cũng đánh giá",
        required=False,
        choices=[("", "Chưa chọn"), *TieuChi.DanhGia.choices],
    )
    goi_so = forms.CharField(
        label="Số ấy là gì",
        max_length=160,
        required=False,
        help_text="Ví dụ: đoàn viên đăng ký trên tổng số đoàn viên.",
    )

    CHI_DIEM = ("diem_toi_da", "diem_toi_thieu", "moc_duoi", "moc_tren", "moi", "diem_moi")
    CHI_MUC = ("danh_gia",)

    def __init__(
        self,
        *args,
        bo: BoTieuChi,
        luat: BoLuat,
        dang_sua: LuatTieuChi | None = None,
        cha: str = "",
        **kwargs,
    ):
        self.bo, self.luat, self.dang_sua = bo, luat, dang_sua
        initial = {"version": bo.version, "cha": cha, "cach_cham": "tu_cham", "moi": 1}
        super().__init__(*args, initial=initial | self._shown(), **kwargs)
        self.fields["cha"].choices = [("", "Không thuộc nhóm nào"), *self._nhom()]
        self.fields["nguon"].choices = _nguon(bo.doi_tuong)
        if not luat.is_diem:
            self.fields["cach_cham"].choices = [
                (value, label)
                for value, label in TieuChi.CachCham.choices
                if value in CACH_CHAM_MUC
            ]
            self.fields["cong_thuc"].choices = [("", "Chưa chọn"), ("bac", "Theo bậc")]
        for name in self.CHI_MUC if luat.is_diem else self.CHI_DIEM:
            del self.fields[name]
        self._add_bac()
        for name, field in self.fields.items():
            if name.startswith("bac_"):
                field.widget.attrs["class"] = _LOP[field.widget.input_type]
        self._layout()

    def _nhom(self) -> list[tuple[str, str]]:
        own = self.dang_sua.ma if self.dang_sua else ""
        groups = (item for item in self.luat.tieu_chi if item.is_nhom)
        return [(item.ma, item.ten) for item in groups if item.ma != own]

    def _shown(self) -> dict:
        if self.dang_sua is None:
            return {}
        item = self.dang_sua
        names = (name for name in self.base_fields if hasattr(item, name))
        shown = {name: _gon(getattr(item, name)) for name in names}
        return shown | {"cang_cao": "1" if item.cang_cao else "0"}

    def _add_bac(self) -> None:
        steps = self.dang_sua.bac if self.dang_sua else ()
        for number in range(SO_BAC):
            bac = steps[number] if number < len(steps) else Bac()
            self.fields[f"bac_{number}_moc"] = PhanSoField(
                label=f"Bậc {number + 1}: mốc", initial=bac.gioi_han
            )
            self.fields[f"bac_{number}_tren"] = forms.BooleanField(
                label=f"Bậc {number + 1}: phải vượt mốc", required=False, initial=bac.is_tren
            )
            self.fields[f"bac_{number}_dat"] = self._dat(number, bac)
            self.fields[f"bac_{number}_mo_ta"] = forms.CharField(
                label=f"Bậc {number + 1}: bằng lời",
                max_length=200,
                required=False,
                initial=bac.mo_ta,
            )

    def _dat(self, number: int, bac: Bac) -> forms.Field:
        """What a step gives: points, or a level."""
        if self.luat.is_diem:
            return forms.DecimalField(
                label=f"Bậc {number + 1}: điểm", initial=_gon(bac.diem), **DIEM
            )
        return forms.ChoiceField(
            label=f"Bậc {number + 1}: mức",
            required=False,
            initial=bac.muc,
            choices=[("", "Không dùng"), *((str(m), m.label) for m in CO_MUC_HIEN_NAY)],
        )

    def _layout(self) -> None:
        def row(*names):
            return Row(*(Column(name) for name in names if name in self.fields))

        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.render_unmentioned_fields = False
        self.helper.layout = Layout(
            "version",
            Fieldset(
                "Tiêu chí",
                "ten",
                row("cha", "cach_cham"),
                row("diem_toi_da", "diem_toi_thieu"),
                "mo_ta",
            ),
            Fieldset(
                "Máy tính từ sổ (để trống nếu tự chấm)",
                "nguon",
                row("chia_cho", "chia_so", "tran_so"),
                row("cong_thuc", "cang_cao"),
                row("moc_duoi", "moc_tren"),
                row("moi", "diem_moi"),
                row("danh_gia"),
                "goi_so",
            ),
        )

    @property
    def hang_bac(self) -> list[list]:
        """The boxes of each step, for the table below the form."""
        return [
            [self[f"bac_{number}_{part}"] for part in ("moc", "tren", "dat", "mo_ta")]
            for number in range(SO_BAC)
        ]

    def clean(self):
        data = super().clean()
        is_counted = data.get("nguon") and data.get("cong_thuc")
        if data.get("cach_cham") == TieuChi.CachCham.TU_DONG and not is_counted:
            self.add_error("nguon", "Tiêu chí máy tính cần nguồn số và công thức.")
        self._check_nguon(data)
        self._check_bac(data)
        return data

    def _check_nguon(self, data: dict) -> None:
        """What a way of scoring does not use is said, not dropped."""
        by_hand = (TieuChi.CachCham.NHOM, TieuChi.CachCham.TU_CHAM)
        if data.get("nguon") and data.get("cach_cham") in by_hand:
            words = "Cách chấm này không lấy số từ sổ. Chọn «Máy tính», hoặc bỏ chọn ô này."
            self.add_error("nguon", words)
        is_bonus = data.get("cach_cham") == TieuChi.CachCham.CONG_TRU
        if is_bonus and data.get("nguon") and not data.get("cong_thuc"):
            self.add_error("cong_thuc", "Chọn công thức, hoặc bỏ chọn ô «Lấy số từ».")

    def _check_bac(self, data: dict) -> None:
        """A step that gives nothing would be no step."""
        words = "Ghi điểm của bậc này." if self.luat.is_diem else "Chọn mức của bậc này."
        for number in range(SO_BAC):
            has_words = data.get(f"bac_{number}_moc") is not None or data.get(f"bac_{number}_mo_ta")
            dat = f"bac_{number}_dat"
            if has_words and data.get(dat) in (None, "") and dat not in self.errors:
                self.add_error(dat, words)

    def bac(self) -> list[Bac]:
        """The steps that were written, in their order."""
        return [bac for bac in map(self._mot_bac, range(SO_BAC)) if bac]

    def _mot_bac(self, number: int) -> Bac | None:
        data = self.cleaned_data
        reached = data[f"bac_{number}_dat"]
        if reached in (None, ""):
            return None
        given = {"diem": reached} if self.luat.is_diem else {"muc": reached}
        return Bac(
            gioi_han=data[f"bac_{number}_moc"],
            is_tren=data[f"bac_{number}_tren"],
            mo_ta=data[f"bac_{number}_mo_ta"],
            **given,
        )

    def luat_moi(self) -> LuatTieuChi:
        """The criterion as it was typed; what its way of scoring does not use is dropped."""
        data = self.cleaned_data
        by_hand = ("ten", "cha", "cach_cham", "mo_ta")
        values = {name: data[name] for name in by_hand}
        values |= {name: data.get(name) or Decimal(0) for name in ("diem_toi_da", "diem_toi_thieu")}
        if data["cach_cham"] in ("tu_dong", "cong_tru") and data["cong_thuc"]:
            values |= self._tu_dong()
        return LuatTieuChi(ma=self.dang_sua.ma if self.dang_sua else self._ma(), **values)

    def _tu_dong(self) -> dict:
        data = self.cleaned_data
        names = ("nguon", "chia_so", "tran_so", "cong_thuc", "goi_so")
        return {
            **{name: data[name] for name in names},
            "chia_cho": "rieng" if data["nguon"] in CO_TEN else data["chia_cho"],
            "cang_cao": data["cang_cao"] == "1",
            "moc_duoi": data.get("moc_duoi"),
            "moc_tren": data.get("moc_tren"),
            "moi": data.get("moi") or 1,
            "diem_moi": data.get("diem_moi") or Decimal(0),
            "danh_gia": data.get("danh_gia", ""),
        }

    def _ma(self) -> str:
        """A short code of the name that the set does not have yet."""
        base = slugify(fold(self.cleaned_data["ten"]))[:24].strip("-") or "tieu-chi"
        taken, code, number = set(self.luat.theo_ma), base, 2
        while code in taken:
            code, number = f"{base}-{number}", number + 1
        return code


def _nguon(doi_tuong: str) -> list:
    """Named sources, then indicators, in two groups."""
    known = nguon_dung_cho(doi_tuong)
    named = [(ma, ten) for ma, ten in known.items() if ma in CO_TEN]
    counted = [(ma, ten) for ma, ten in known.items() if ma not in CO_TEN]
    return [("", "Không, chấm bằng tay"), ("Nguồn đã ghép sẵn", named), ("Chỉ tiêu", counted)]
