"""What is typed for a decision: days, the vote, and levels that differ from the round."""

from django import forms

from baocao.cham_diem.luat import BoLuat
from baocao.models import DongCham
from chidoan.xep_loai.forms import LyDoForm, NgayField, SoPhieuField
from core.periods import today
from tochuc.bieu_quyet import Phieu

from .quyet_dinh import MucKhac

__all__ = ["LyDoForm", "QuyetDinhForm"]
PHIEU = ("co_mat", "tan_thanh", "khong_tan_thanh", "khong_hop_le")


class QuyetDinhForm(forms.Form):
    """`doi`: the lines whose level the decision sets otherwise, each with its reason."""

    ngay_hop = NgayField("Ngày họp")
    bien_ban_so = forms.CharField(
        label="Số biên bản",
        max_length=60,
        required=False,
        help_text="Ví dụ 21-BB/ĐTN. Để trống thì in chỗ chấm.",
    )
    co_mat = SoPhieuField("Ủy viên có mặt")
    tan_thanh = SoPhieuField("Ủy viên tán thành")
    khong_tan_thanh = SoPhieuField("Ủy viên không tán thành", initial=0)
    khong_hop_le = SoPhieuField("Phiếu không hợp lệ", initial=0)
    ngay = NgayField("Ngày quyết định")
    kem_bch = forms.BooleanField(
        label="Xếp loại Ban Chấp hành theo mức của tổ chức",
        required=False,
        initial=True,
        help_text="33-HD/TWĐTN-BTC: gắn với tổ chức; có đồng chí bị kỷ luật thì không ở mức cao "
        "nhất.",
    )

    def __init__(self, *args, bo: BoLuat, doi: list[DongCham], so_uy_vien: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.doi = doi
        self.fields["ngay"].initial = self.fields["ngay_hop"].initial = today()
        self.fields["co_mat"].help_text = (
            f"Tổng số {so_uy_vien} ủy viên; quá nửa phải tán thành."
            if so_uy_vien
            else "Chưa ghi Ban Chấp hành của đơn vị: để 0, quyết định dẫn biên bản họp."
        )
        if not so_uy_vien:
            self.fields["co_mat"].initial = self.fields["tan_thanh"].initial = 0
        levels = [(muc, bo.ten_muc(muc)) for muc in bo.cac_muc]
        for row in doi:
            self.fields[f"muc_{row.pk}"] = forms.ChoiceField(
                label=f"{row.ten}: mức được công nhận", choices=levels, initial=row.muc
            )
            self.fields[f"ly_do_{row.pk}"] = forms.CharField(
                label=f"{row.ten}: lý do khác kết quả đợt chấm",
                max_length=300,
                error_messages={"required": "Ghi lý do khác kết quả đợt chấm."},
            )

    @staticmethod
    def da_go(post) -> dict:
        """What was typed before one more line was chosen."""
        return {**post.dict(), "kem_bch": "kem_bch" in post}

    def values(self) -> dict:
        """What the service takes."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("ngay", "ngay_hop", "bien_ban_so", "kem_bch")},
            "phieu": Phieu(**{name: data[name] for name in PHIEU}),
            "khac": {
                row.pk: MucKhac(data[f"muc_{row.pk}"], data[f"ly_do_{row.pk}"]) for row in self.doi
            },
        }
