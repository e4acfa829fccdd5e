"""Forms of allowances and of a year's ratings."""

from django import forms

from chidoan.bang_ghi import BangDangLuu, ghi_dau
from chidoan.models import PhuCap
from chidoan.truong_so import TienField
from core.periods import today
from doanvien.models.dot_xep_loai import TEN_MUC_NGAN
from tochuc.models import DonVi

from .quy_tac import DA_NOP, THANG, cac_muc
from .services import KetQuaCanBo, bang_xep_loai

VI_DU_NGAY = "Ví dụ 05/02/2026."
KIEM_DIEM = [("", "Chưa nộp"), (DA_NOP, "Đã nộp")]


class PhuCapForm(forms.Form):
    don_vi = forms.ModelChoiceField(
        label="Giữ chức ở chi đoàn", queryset=DonVi.objects.none(), empty_label=None
    )
    kieu = forms.ChoiceField(
        label="Chi trả", choices=PhuCap.Kieu, widget=forms.RadioSelect, initial=THANG
    )
    so_tien = TienField(label="Số tiền mỗi tháng, hoặc mỗi ngày công (đồng)")
    so_ngay = forms.IntegerField(
        label="Số ngày công",
        required=False,
        min_value=1,
        max_value=366,
        help_text="Chỉ ghi khi chi theo ngày công.",
        widget=forms.NumberInput(attrs={"class": "w-so"}),
    )
    tu_ngay = forms.DateField(label="Từ ngày", help_text=VI_DU_NGAY, initial=today)
    den_ngay = forms.DateField(
        label="Đến hết ngày", required=False, help_text="Theo tháng thì để trống khi còn hưởng."
    )
    can_cu = forms.CharField(
        label="Căn cứ",
        max_length=200,
        help_text="Ví dụ: Nghị quyết 12/2024/NQ-HĐND của HĐND tỉnh.",
    )

    def __init__(self, *args, don_vi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["don_vi"].queryset = don_vi


class KetThucPhuCapForm(forms.Form):
    den_ngay = forms.DateField(label="Hưởng đến hết ngày", help_text=VI_DU_NGAY, initial=today)


class XepLoaiForm(forms.Form):
    """One decision for many: its number and day, and for each cadre a level or none.

    `version` holds what the page showed, see `bang_ghi`.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    so_quyet_dinh = forms.CharField(label="Số quyết định", max_length=60, required=False)
    ngay = forms.DateField(
        label="Ngày quyết định", required=False, help_text="Của các mức chọn lần này."
    )

    def __init__(self, *args, nam: int, can_bo, **kwargs):
        self.can_bo = list(can_bo)
        shown = bang_xep_loai({row: _shown(row) for row in self.can_bo})
        super().__init__(*args, initial={"version": ghi_dau(shown)}, **kwargs)
        levels = [("", "Chưa xếp loại")]
        levels += [(muc, TEN_MUC_NGAN.get(muc, label)) for muc, label in cac_muc(nam)]
        for row in self.can_bo:
            self.fields[f"kd-{row.pk}"] = forms.ChoiceField(
                label="Bản kiểm điểm",
                choices=KIEM_DIEM,
                required=False,
                initial=DA_NOP if row.xl_kiem_diem else "",
                widget=forms.Select(attrs={"class": "form-select"}),
            )
            self.fields[f"muc-{row.pk}"] = forms.ChoiceField(
                label="Mức xếp loại",
                choices=levels,
                required=False,
                initial=row.xl_muc or "",
                widget=forms.Select(attrs={"class": "form-select"}),
            )
            self.fields[f"nx-{row.pk}"] = forms.CharField(
                label="Nhận xét",
                max_length=300,
                required=False,
                initial=row.xl_nhan_xet or "",
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    @staticmethod
    def _boxes(row) -> list[str]:
        """Names of the three boxes of an office: self-review, level, remark."""
        return [f"{ma}-{row.pk}" for ma in ("kd", "muc", "nx")]

    @property
    def hang(self) -> list[tuple]:
        """(office, its bound fields: self-review, level, remark)."""
        return [(row, [self[name] for name in self._boxes(row)]) for row in self.can_bo]

    @property
    def ket_qua(self) -> dict:
        return {row: self._said(row) for row in self.can_bo}

    def _said(self, row) -> KetQuaCanBo:
        """What the boxes say; one that was not sent says what it showed."""
        review, level, remark = (
            self.cleaned_data[name] if name in self.data else self.fields[name].initial
            for name in self._boxes(row)
        )
        return KetQuaCanBo(muc=level, da_kiem_diem=review == DA_NOP, nhan_xet=remark)

    def two_versions(self, current: BangDangLuu) -> list[dict]:
        """Boxes that somebody else has filled differently meanwhile."""
        mine, people = bang_xep_loai(self.ket_qua), {row.pk: row for row in self.can_bo}
        return [
            {
                "label": f"{self.fields[ten].label}, {people[int(ten.partition('-')[2])].ho_ten}",
                "mine": self._chu(ten, *mine[ten]),
                "theirs": self._chu(ten, *current.dong[ten]),
            }
            for ten in current.khac
        ]

    def _chu(self, ten: str, value: str) -> str:
        return str(dict(getattr(self.fields[ten], "choices", ())).get(value, value))


def _shown(row) -> KetQuaCanBo:
    """What is recorded of an office that was read `with_xep_loai`."""
    return KetQuaCanBo(
        muc=row.xl_muc or "", da_kiem_diem=bool(row.xl_kiem_diem), nhan_xet=row.xl_nhan_xet or ""
    )
