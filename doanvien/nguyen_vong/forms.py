"""Forms of hopes and concerns: a few fields to write one down, the rest later."""

from datetime import timedelta

from django import forms

from core.periods import today
from doanvien.models import DoanVien, NguyenVong

HAN_THUONG = timedelta(days=30)
"""What is offered as the due day; nobody is held to it."""
LINH_VUC = [("", "Chọn lĩnh vực"), *NguyenVong.LinhVuc.choices]
KHONG_GHI_BENH = "Ghi việc cần giúp. Không ghi tên bệnh, chi tiết sức khỏe hay chuyện riêng."
VI_DU_NGAY = "Ví dụ 05/02/2026."


class GhiNguyenVongForm(forms.Form):
    """Whose, about what, in a few words; the branch is known to the page."""

    nguoi = forms.ChoiceField(label="Của ai")
    linh_vuc = forms.ChoiceField(label="Lĩnh vực", choices=LINH_VUC)
    noi_dung = forms.CharField(
        label="Nội dung",
        max_length=1000,
        help_text=KHONG_GHI_BENH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    han = forms.DateField(
        label="Hạn giải quyết", required=False, help_text="Sửa nếu cần; trước hạn một tuần có nhắc."
    )

    def __init__(self, *args, chi_doan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["han"].initial = today() + HAN_THUONG
        people = DoanVien.objects.under(chi_doan).dang_sinh_hoat().for_list()
        self.people = {str(person.pk): person for person in people}
        Cua = NguyenVong.Cua  # noqa: N806 -- a class
        self.fields["nguoi"].choices = [
            (Cua.CHUNG.value, Cua.CHUNG.label),
            (Cua.AN_DANH.value, Cua.AN_DANH.label),
            ("Đoàn viên", [(pk, person.ho_ten) for pk, person in self.people.items()]),
        ]

    def values(self) -> dict:
        """What the service takes."""
        data = self.cleaned_data
        person = self.people.get(data["nguoi"])
        cua = NguyenVong.Cua.DOAN_VIEN if person else data["nguoi"]
        return {
            "cua": cua,
            "doan_vien": person,
            "linh_vuc": data["linh_vuc"],
            "noi_dung": data["noi_dung"],
            "han": data["han"],
        }


class SuaNguyenVongForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    han = forms.DateField(label="Hạn giải quyết", required=False, help_text=VI_DU_NGAY)
    noi_giai_quyet = forms.ChoiceField(
        label="Nơi giải quyết", choices=NguyenVong.NoiGiaiQuyet, widget=forms.RadioSelect
    )
    rieng = forms.BooleanField(
        label="Chỉ Bí thư chi đoàn và Đoàn phường, xã xem",
        required=False,
        help_text="Bỏ chọn thì Phó Bí thư chi đoàn cùng xem.",
    )

    class Meta:
        model = NguyenVong
        fields = ["linh_vuc", "noi_dung", "noi_giai_quyet", "han", "rieng"]
        widgets = {"noi_dung": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"noi_dung": KHONG_GHI_BENH}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


class BuocNguyenVongForm(forms.Form):
    trang_thai = forms.ChoiceField(
        label="Tình trạng", choices=NguyenVong.TrangThai.choices[1:], widget=forms.RadioSelect
    )
    noi_dung = forms.CharField(
        label="Đã làm gì, kết quả",
        max_length=1000,
        help_text="Một câu là đủ. Không giải quyết được thì ghi lý do.",
        error_messages={"required": "Ghi đã làm gì, hoặc vì sao không giải quyết được."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ngay = forms.DateField(label="Ngày", initial=today, help_text=VI_DU_NGAY)
