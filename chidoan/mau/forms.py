"""The agenda of one kind of meeting."""

from django import forms

DAI = 2000


class MauForm(forms.Form):
    """One item a line; what stands in the first box is in the content from the start."""

    muc_san = forms.CharField(
        label="Ghi sẵn vào nội dung",
        required=False,
        max_length=DAI,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi dòng một mục. {thang} là tháng họp, {thang_truoc} là tháng trước.",
    )
    muc_goi_y = forms.CharField(
        label="Gợi ý thành nút bấm",
        required=False,
        max_length=DAI,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi dòng một mục. Muốn nút ngắn: nhãn | câu đầy đủ.",
    )
    mark_required = True
