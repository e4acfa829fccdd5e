"""The crispy pack "doan": every field with label, help, error and box in the order of the house."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django_filters.fields import DateRangeField

from core.text.form_errors import field_errors
from tests.core.gallery import LaidOutForm, SampleForm, SampleFormSet

pytestmark = pytest.mark.urls("tests.core.gallery")

CRISPY = Template("{% load crispy_forms_tags %}{% crispy form %}")
FILTER = Template("{% load crispy_forms_tags %}{{ form|crispy }}")


def html_of(form, template=FILTER):
    return template.render(Context({"form": form}))


def block_of(html, name):
    """The part of one field."""
    return re.search(rf'<div id="div_id_{name}".*?(?=<div id="div_id_|\Z)', html, re.DOTALL)[0]


def test_field_has_label_help_error_and_box_in_this_order_and_tied_together():
    block = block_of(html_of(SampleForm({"ngay_hop": "31/02/2026"})), "ngay_hop")
    places = [
        block.index(part)
        for part in ('<label class="form-label" for="id_ngay_hop"', "Ví dụ", "Ngày 31", "<input")
    ]

    assert places == sorted(places)
    assert 'aria-describedby="id_ngay_hop_helptext id_ngay_hop_error"' in block
    assert 'id="id_ngay_hop_helptext"' in block
    assert 'id="id_ngay_hop_error"' in block
    assert 'aria-invalid="true"' in block
    assert 'value="31/02/2026"' in block
    assert "has-error" in block


def test_only_optional_fields_are_marked():
    html = html_of(SampleForm())

    assert html.count("(không bắt buộc)") == 1
    assert "(không bắt buộc)" in block_of(html, "noi_lam_viec")
    assert "*" not in html


def test_form_of_mostly_optional_fields_marks_the_required_ones():
    form = SampleForm()
    form.mark_required = True

    html = html_of(form)

    assert "(không bắt buộc)" not in html
    assert "(cần có)" in block_of(html, "ngay_hop")
    assert "(cần có)" not in block_of(html, "noi_lam_viec")


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("ngay_hop", ['inputmode="numeric"', "w-ngay", 'type="text"']),
        ("so_nguoi", ['inputmode="numeric"', "w-so", 'type="text"']),
        ("so_tien", ['inputmode="decimal"', "w-so", 'type="text"']),
        ("chi_doan", ["form-select"]),
        ("noi_dung", ['rows="4"', "form-control"]),
    ],
)
def test_box_fits_its_content(name, attributes):
    block = block_of(html_of(SampleForm()), name)

    assert [part for part in attributes if part not in block] == []


def test_no_number_boxes():
    assert 'type="number"' not in html_of(SampleForm())


def test_radio_buttons_are_cards_in_a_fieldset():
    form = SampleForm({"muc": "t"})
    block = block_of(html_of(form), "muc")

    assert block.count('type="radio"') == 2
    assert re.search(r'value="t"[^>]*checked', block)
    assert not re.search(r'value="xs"[^>]*checked', block)
    assert "<legend" in block


class PartsForm(forms.Form):
    hop = forms.SplitDateTimeField(label="Thời gian")
    ngay = DateRangeField(label="Ngày")


def test_box_of_several_parts_names_each_of_them():
    html = html_of(PartsForm())

    assert re.findall('aria-label="([^"]+)"', html) == [
        "Thời gian, ngày",
        "Thời gian, giờ",
        "Ngày, từ",
        "Ngày, đến",
    ]
    assert html.count("form-control") == 4


class DiemForm(forms.Form):
    diem = forms.DecimalField(label="Điểm", max_digits=3, decimal_places=1, localize=True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("8,25", "Điểm chỉ ghi đến 1 chữ số sau dấu phẩy."),
        ("1234", "Điểm có quá nhiều chữ số. Xem lại."),
    ],
)
def test_a_number_with_too_many_digits_is_told_in_our_words(typed, said):
    assert said in field_errors(DiemForm({"diem": typed})["diem"])


def test_hidden_field_has_no_label():
    html = html_of(SampleForm())

    assert '<input type="hidden" name="an" id="id_an">' in html
    assert "div_id_an" not in html


def test_summary_links_to_every_wrong_field_in_order():
    form = SampleForm({"ngay_hop": "20/11/2026", "ngay_ket_nap": "31/02/2026", "so_nguoi": "3"})
    summary = re.search(r'<div class="banner.*?</div></div>', html_of(form), re.DOTALL)[0]

    assert "Còn 6 chỗ cần sửa." in summary
    assert re.findall(r'href="#(\w+)"', summary) == [
        "id_ngay_ket_nap",
        "id_so_tien",
        "id_chi_doan",
        "id_muc",
        "id_noi_dung",
        "id_dong_y",
    ]


def test_summary_shows_what_is_wrong_with_the_whole():
    form = SampleForm({})
    form.full_clean()
    form.add_error(None, "Ngày kết nạp phải sau ngày sinh.")

    assert "<p>Ngày kết nạp phải sau ngày sinh.</p>" in html_of(form)


def test_fresh_form_has_no_summary():
    assert "cần sửa" not in html_of(SampleForm())


def test_layout_renders_each_field_once_and_in_its_place():
    html = html_of(LaidOutForm(), CRISPY)

    assert '<fieldset  class="fieldset "' in html
    assert html.count('class="field-col ') == 2
    assert "<p>Phần còn lại</p>" in html
    assert [html.count(f'name="{name}"') for name in ("ngay_hop", "noi_dung", "muc")] == [1, 1, 2]
    assert "<form" not in html


def test_crispy_tag_brings_form_protection_and_summary():
    form = LaidOutForm({})
    form.helper.form_tag = True

    html = CRISPY.render(Context({"form": form, "csrf_token": "chia-khoa"}))

    assert re.search(r'<form\s+method="post" novalidate>', html)
    assert 'value="chia-khoa"' in html
    assert "chỗ cần sửa" in html


@pytest.mark.parametrize("template", [FILTER, CRISPY])
def test_formset_shows_each_form_and_what_is_wrong_with_the_set(template):
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-ngay_hop": "2004"}
    formset = SampleFormSet(data)
    formset.full_clean()
    formset.non_form_errors().append("Hai dòng trùng nhau.")

    html = html_of(formset, template)

    assert 'name="form-TOTAL_FORMS"' in html
    assert html.count('class="formset-item"') == 2
    assert "Mới có năm 2004" in html
    assert "Hai dòng trùng nhau." in html


class WordsForm(forms.Form):
    ngay = forms.DateField(label="Ngày họp")
    gio = forms.TimeField(label="Giờ họp")
    so = forms.IntegerField(label="Số người", min_value=1, max_value=1000)
    ten = forms.CharField(label="Tên người chủ trì", max_length=5)
    loai = forms.ChoiceField(label="Loại", choices=[("a", "A")])
    thu = forms.EmailField(label="Thư")
    tep = forms.FileField(label="Danh sách")
    dong_y = forms.BooleanField(label="Đã đọc")
    rieng = forms.CharField(error_messages={"required": "Nói rõ vì sao."})

    def clean_ten(self):
        raise forms.ValidationError("Tên này đã có.", code="invalid")


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("ngay", "31/02/2026", "Ngày 31/02/2026 không có trong lịch. Gõ theo ngày/tháng/năm."),
        ("ngay", "2004", "Mới có năm 2004. Ghi đủ ngày/tháng/năm, ví dụ 05/02/2004."),
        ("ngay", "", "Ghi ngày họp."),
        ("gio", "25 giờ", "Giờ «25 giờ» không đúng. Gõ theo giờ:phút, ví dụ 19:30."),
        ("so", "mười", "Số người «mười» không phải là số. Gõ chữ số, ví dụ 15."),
        ("so", "0", "Số người không nhỏ hơn 1."),
        ("so", "1001", "Số người không lớn hơn 1.000."),
        ("ten", "Nguyễn", "Tên người chủ trì dài 6 ký tự, quá 5. Rút gọn lại."),
        ("ten", "", "Ghi tên người chủ trì."),
        ("ten", "An", "Tên này đã có."),
        ("loai", "b", "Loại: lựa chọn không còn trong danh sách. Chọn lại."),
        ("loai", "", "Chọn loại."),
        ("thu", "an@", "Địa chỉ thư «an@» không đúng. Ví dụ ten@example.vn."),
        ("tep", "", "Chọn tệp cho mục Danh sách."),
        ("dong_y", "", "Đánh dấu vào ô «Đã đọc» để tiếp tục."),
        ("rieng", "", "Nói rõ vì sao."),
    ],
)
def test_errors_say_the_value_and_what_to_do(name, typed, sentence):
    assert field_errors(WordsForm({name: typed})[name]) == [sentence]


def test_value_label_and_help_are_escaped():
    form = SampleForm({"ngay_hop": "<script>"})
    form.fields["ngay_hop"].label = "<script>"
    form.fields["ngay_hop"].help_text = "<script>"

    assert "<script>" not in html_of(form)
