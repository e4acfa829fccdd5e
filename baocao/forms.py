"""What people type into reports and assessments."""

from django import forms

from .cham_diem import BoLuat
from .chi_tieu import ChiTieu
from .models import DanhGiaTieuChi, PhanLoi
from .xep_loai import Muc


class SoLieuForm(forms.Form):
    mark_required = True
    gia_tri = forms.DecimalField(
        label="Số báo cáo",
        required=False,
        localize=True,
        max_digits=14,
        decimal_places=1,
        help_text="Để trống thì lấy số của hệ thống.",
    )
    ly_do = forms.CharField(
        label="Lý do",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Một câu, ví dụ: 1 đồng chí kết nạp 29/9, chưa nhập quyết định.",
    )

    def __init__(self, *args, is_nhap_tay=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_nhap_tay:
            self.fields["gia_tri"].help_text = "Số 0 cũng là số. Để trống thì ghi lý do."


class ChiTieuNamForm(forms.Form):
    """A target for each indicator that adds up over the year."""

    mark_required = True

    def __init__(self, *args, chi_tieu: list[ChiTieu], **kwargs):
        super().__init__(*args, **kwargs)
        for item in chi_tieu:
            self.fields[item.ma] = forms.DecimalField(
                label=f"{item.ten} ({item.don_vi_tinh})",
                required=False,
                localize=True,
                max_digits=14,
                decimal_places=1,
            )


class PhanLoiForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = PhanLoi
        fields = ["noi_dung"]
        widgets = {"noi_dung": forms.Textarea(attrs={"rows": 12})}


class TheoSoForm(forms.Form):
    """Nothing but which version is given up."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class TraLaiForm(forms.Form):
    ly_do = forms.CharField(
        label="Lý do trả lại",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nêu chỉ tiêu hoặc mục cần sửa, ví dụ: Chỉ tiêu 2.12 lệch 9 so với quý II.",
    )

    def __init__(self, *args, so_gop_y=0, **kwargs):
        super().__init__(*args, **kwargs)
        if so_gop_y:
            self.fields[
                "ly_do"
            ].help_text = (
                f"Có {so_gop_y} ô đã góp ý, đơn vị thấy ngay ở đầu báo cáo; ghi thêm nếu cần."
            )


class GopYForm(forms.Form):
    noi_dung = forms.CharField(
        label="Góp ý",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Một câu: ô này cần sửa gì.",
    )


class TraLoiGopYForm(forms.Form):
    tra_loi = forms.CharField(
        label="Trả lời",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Số đúng rồi thì nói vì sao. Nếu đã sửa ô này thì không cần trả lời.",
    )


class NgoaiLeForm(forms.Form):
    """What the office above grants a unit for one period."""

    mark_required = True
    loai = forms.ChoiceField(
        label="Cho phép",
        choices=[
            ("gia_han", "Gia hạn: nộp đến ngày ghi dưới vẫn đúng hạn"),
            ("mo_lai", "Mở lại: đã thôi nhận, cho nộp đến ngày ghi dưới, tính nộp muộn"),
            ("mien", "Miễn nộp: kỳ này không chờ đơn vị"),
        ],
        widget=forms.RadioSelect,
    )
    den_ngay = forms.DateField(
        label="Đến hết ngày", required=False, help_text="Miễn nộp thì để trống."
    )
    ly_do = forms.CharField(
        label="Lý do",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Một câu, in vào báo cáo cấp trên khi miễn. Ví dụ: cả chi đoàn đi làm xa.",
    )


class YKienForm(forms.Form):
    y_kien = forms.CharField(
        label="Viết ý kiến", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NopForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    ly_do_trong = forms.CharField(
        label="Lý do chung cho các chỉ tiêu còn trống",
        max_length=300,
        error_messages={"required": "Ghi một câu lý do, hoặc quay lại ghi số: 0 cũng là số."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, so_trong=0, **kwargs):
        super().__init__(*args, **kwargs)
        if not so_trong:
            del self.fields["ly_do_trong"]
        else:
            self.fields["ly_do_trong"].help_text = f"{so_trong} chỉ tiêu tự nhập chưa ghi số."


class DanhGiaForm(forms.Form):
    """Level and evidence for each criterion that the ward assesses."""

    mark_required = True

    ngay = forms.DateField(label="Ngày đánh giá", help_text="Ví dụ 05/12/2026")

    def __init__(self, *args, bo: BoLuat, **kwargs):
        super().__init__(*args, **kwargs)
        self.bo = bo
        for item in bo.danh_gia:
            self.fields[f"muc_{item.ma}"] = forms.ChoiceField(
                label=item.ten,
                required=False,
                choices=[
                    (muc.name.lower(), f"{text} ({_ngan(muc)})") for muc, text in item.cac_muc
                ],
                widget=forms.RadioSelect,
            )
            self.fields[f"minh_chung_{item.ma}"] = forms.CharField(
                label="Minh chứng",
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self):
        data = super().clean()
        for item in self.bo.danh_gia:
            muc, text = data.get(f"muc_{item.ma}"), data.get(f"minh_chung_{item.ma}", "").strip()
            if muc and not text:
                self.add_error(f"minh_chung_{item.ma}", f"Ghi minh chứng của «{item.ten}».")
            if text and not muc:
                self.add_error(f"muc_{item.ma}", f"Chọn mức của «{item.ten}».")
        return data

    @property
    def danh_gia(self) -> dict[str, tuple[str, str]]:
        """{criterion: (level, evidence)} of those that were answered."""
        data = self.cleaned_data
        return {
            item.ma: (data[f"muc_{item.ma}"], data[f"minh_chung_{item.ma}"])
            for item in self.bo.danh_gia
            if data.get(f"muc_{item.ma}")
        }


def danh_gia_initial(found: dict[str, DanhGiaTieuChi]) -> dict[str, str]:
    initial = {}
    for ma, row in found.items():
        initial[f"muc_{ma}"], initial[f"minh_chung_{ma}"] = row.muc, row.minh_chung
    return initial


_TEN_NGAN = {Muc.HTXS: "xuất sắc", Muc.HTT: "tốt", Muc.HT: "hoàn thành", Muc.KHT: "không đạt"}


def _ngan(muc: Muc) -> str:
    return _TEN_NGAN[muc]
