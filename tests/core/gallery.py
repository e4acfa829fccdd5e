"""All components on a few pages, for tests and for eyes; an urlconf of its own."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace as Row

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Layout
from crispy_forms.layout import Row as FieldRow
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import constants
from django.core.paginator import Paginator
from django.db import OperationalError
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template import engines
from django.urls import path
from django.views.defaults import page_not_found, permission_denied

from core import charts
from core import tables as t
from core.listing import Preset, filter_chips
from core.views import healthz, readyz, server_error

NAV = Row(
    main=[
        Row(label="Tổng quan", url="/", icon="layout-dashboard", active=False, count=0),
        Row(label="Chi đoàn", url="#", icon="network", active=False, count=0),
        Row(label="Đoàn viên", url="/danh-sach/", icon="users", active=True, count=0),
        Row(label="Tổ tu dưỡng", url="#", icon="sprout", active=False, count=4),
        Row(label="Hồ sơ giới thiệu", url="#", icon="folder-check", count=1, overdue=True),
    ],
    manage=[Row(label="Tài khoản", url="#", icon="key-round", active=False, count=0)],
    bottom=[
        Row(label="Việc", url="#", icon="list-checks", active=False, count=2, overdue=True),
        Row(label="Sinh hoạt", url="#", icon="calendar-check", active=False, count=0),
        Row(label="Đoàn viên", url="#", icon="users", active=True, count=0),
        Row(label="Báo cáo", url="#", icon="file-text", active=False, count=0),
        Row(label="Thêm", url="#", icon="menu", active=False, count=0),
    ],
)
SHELL = {
    "nav": NAV,
    "don_vi": "Đoàn phường Minh Khai",
    "vai_tro": "Bí thư Đoàn phường",
    "user": Row(ho_ten="Trịnh Hoài Phong", initials="TP", is_authenticated=True),
    "demo": True,
}
MEMBERS = [
    ("Nguyễn Hoài An", date(2005, 7, 12), "Nữ", "Đoàn viên", "", "5/5"),
    ("Trần Gia Bảo", date(2002, 3, 4), "Nam", "Ủy viên BCH", "", "5/5"),
    ("Phạm Thị Cẩm", date(2003, 11, 21), "Nữ", "Đoàn viên", "Đi làm xa", "0/5"),
    ("Lê Minh Duy", date(1998, 9, 15), "Nam", "Bí thư", "", "5/5"),
    ("Đặng Ngọc Hân", date(2001, 12, 9), "Nữ", "Phó Bí thư", "", "5/5"),
    ("Bùi Quốc Huy", date(1996, 11, 25), "Nam", "Đoàn viên", "Đi làm xa", "3/5"),
]


def tinh_trang_pill(row):
    return ("warn", "plane", row.trang) if row.trang else ("", "", "Đang sinh hoạt")


TABLE = t.Table(
    name="doan-vien",
    columns=(
        t.Column(label="Họ và tên", source="ho_ten", link=lambda row: "#", sort="ho_ten"),
        t.Column(label="Ngày sinh", source="ngay_sinh", sort="ngay_sinh", meta=True),
        t.Column(label="Giới tính", source="gioi"),
        t.Column(label="Chức vụ", source="chuc_vu", meta=True),
        t.Column(label="Tình trạng", source="trang", pill=tinh_trang_pill),
        t.Column(label="Dự 5 buổi", source="du", numeric=True, meta="dự"),
    ),
    empty_text="Chưa có đoàn viên nào",
)


class SampleFilterForm(forms.Form):
    q = forms.CharField(label="Tìm tên, gõ không dấu cũng được", required=False)
    chi_doan = forms.ChoiceField(
        label="Chi đoàn", required=False, choices=[("", "Tất cả"), ("3", "Khu vực 3")]
    )
    trang = forms.MultipleChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("xa", "Đi làm xa"), ("sh", "Đang sinh hoạt")],
        widget=forms.CheckboxSelectMultiple,
    )
    tu = forms.DateField(label="Sinh từ ngày", required=False)
    nam = forms.IntegerField(label="Tuổi", required=False)
    chuc = forms.CharField(label="Chức vụ", required=False)


class SampleForm(forms.Form):
    ngay_hop = forms.DateField(label="Ngày họp", help_text="Ví dụ 05/02/2026")
    ngay_ket_nap = forms.DateField(label="Ngày kết nạp")
    noi_lam_viec = forms.CharField(label="Nơi làm việc", required=False)
    so_nguoi = forms.IntegerField(label="Số người dự", min_value=0)
    so_tien = forms.DecimalField(label="Số tiền", localize=True)
    chi_doan = forms.ChoiceField(label="Chi đoàn", choices=[("", "Chọn"), ("3", "Khu vực 3")])
    muc = forms.ChoiceField(
        label="Mức đánh giá của quý",
        choices=[("xs", "Hoàn thành xuất sắc nhiệm vụ"), ("t", "Hoàn thành tốt nhiệm vụ")],
        widget=forms.RadioSelect,
    )
    noi_dung = forms.CharField(label="Nội dung", widget=forms.Textarea, max_length=10)
    dong_y = forms.BooleanField(label="Đã đọc quy định")
    an = forms.CharField(widget=forms.HiddenInput, required=False)


class LaidOutForm(SampleForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Buổi họp", FieldRow(Column("ngay_hop"), Column("ngay_ket_nap"))),
            HTML("<p>Phần còn lại</p>"),
            *["noi_lam_viec", "so_nguoi", "so_tien", "chi_doan", "muc", "noi_dung", "dong_y"],
        )


SampleFormSet = forms.formset_factory(SampleForm, extra=2)


def list_context(params):
    rows = [
        Row(
            **dict(zip(("ho_ten", "ngay_sinh", "gioi", "chuc_vu", "trang", "du"), one, strict=True))
        )
        for one in MEMBERS
    ]
    form = SampleFilterForm(params)
    form.is_valid()
    page = Paginator(rows, 4).get_page(params.get("page"))
    chips = filter_chips(form, params)
    return {
        "title": "Đoàn viên",
        "noun": "đồng chí",
        "search": form["q"],
        "searched": form.cleaned_data.get("q", ""),
        "chips": chips[:4],
        "more_chips": chips[4:],
        "chosen": [chip for chip in chips if chip.text],
        "presets": [Preset("Đi làm xa", "trang=xa"), Preset("Nợ đoàn phí", "no=1")],
        "table": TABLE,
        "headings": TABLE.headings(params.get("sort", "ho_ten")),
        "page": page,
        "rows": list(TABLE.page_rows(page)),
        "export_url": "?export=xlsx",
    }


COMPONENTS = {
    "title": "Thành phần dùng chung",
    "subtitle": "Số liệu đến thứ Tư, 18/11/2026",
    "crumbs": [("Hồ sơ giới thiệu", "#"), ("HS-2026-05", "")],
    "kpis": [
        {"label": "Đoàn viên", "value": "146", "note": "38 đồng chí đi làm xa", "url": "#"},
        {
            "label": "Dự sinh hoạt tháng 10",
            "value": "81,2%",
            "fraction": "112/138",
            "note": "tăng 3,4 điểm so với tháng 9",
            "url": "#",
        },
        {"label": "Việc quá hạn", "value": "7", "note": "ở 3 chi đoàn", "url": "#", "bad": True},
    ],
    "duty": {
        "title": "Sinh hoạt chi đoàn tháng 11",
        "icon": "calendar-days",
        "lines": [
            "19 giờ 30 thứ Sáu, 20/11 · còn 2 ngày",
            "Nhà văn hóa Khu vực 3",
            "Chủ điểm: Tôn sư trọng đạo",
        ],
        "url": "#",
        "action": "Ghi buổi sinh hoạt",
        "action_icon": "square-pen",
        "second_url": "#",
        "second_label": "Mời họp",
        "second_icon": "share-2",
    },
    "duties": [
        {
            "title": "Báo kết quả 1 nghị quyết",
            "icon": "circle-alert",
            "family": "bad",
            "url": "#",
            "overdue": "Quá hạn 3 ngày",
            "note": "1 phút",
        },
        {
            "title": "Ghi đoàn phí tháng 11",
            "icon": "wallet",
            "family": "warn",
            "url": "#",
            "note": "11/15 đã nộp · hạn 25/11 · 2 phút",
        },
        {"title": "Đánh giá, xếp loại đoàn viên", "icon": "star", "url": "#", "note": "hạn 30/11"},
    ],
    "done": [{"title": "Nộp báo cáo quý III", "url": "#"}],
    "entries": [
        {
            "title": "Chờ cấp ủy trả lời",
            "lines": ["97 ngày, tính từ 13/08/2026"],
            "state": "wait",
            "icon": "hourglass",
        },
        {
            "title": "Gửi Chi bộ Khu vực 3",
            "lines": ["Trịnh Hoài Phong", "42-CV/ĐTN, giao tận tay"],
            "when": "13/08/2026",
            "state": "done",
        },
        {"title": "Chi đoàn biểu quyết", "state": "done", "url": "#", "url_label": "Xem biên bản"},
    ],
    "stages": [
        {"name": "Chi đoàn biểu quyết", "note": "12/06/2026 · 12/15 phiếu", "state": "done"},
        {"name": "Nghị quyết BCH", "note": "08/07/2026 · 17-NQ/ĐTN", "state": "done"},
        {"name": "Gửi cấp ủy", "note": "13/08/2026 · chờ trả lời", "state": "now"},
        {"name": "Kết quả", "note": "dự kiến 12/2026", "state": "todo"},
    ],
    "items": [
        {"title": "Đủ 18 tuổi", "note": "21 tuổi 4 tháng", "family": "ok"},
        {"title": "2.9 cần số đúng hoặc lý do", "family": "bad", "url": "#"},
        {"title": "Chi đoàn Khu vực 4 chưa báo cáo", "family": "warn", "url": "#"},
        {"title": "Đủ 4 quý được tổ đánh giá", "note": "đang là 3/4", "family": "neutral"},
    ],
    "facts": [
        ("Dự sinh hoạt", "3/10 buổi", "#"),
        ("Ngày sinh", date(2000, 1, 18)),
        ("Gia đình", ""),
    ],
    "options": [
        {"label": "Cần xem · 3", "url": "#", "active": True},
        {"label": "Tất cả · 31", "url": "#"},
    ],
}


class Message(str):
    """A message as the templates see it."""

    __slots__ = ("level",)

    def __new__(cls, text, level):
        self = super().__new__(cls, text)
        self.level = level
        return self


MESSAGES = [
    Message("Đã ghi buổi sinh hoạt tháng 11", constants.SUCCESS),
    Message("Thôn 4 chưa có bí thư.", constants.WARNING),
]


def file_field():
    class FileForm(forms.Form):
        tep = forms.FileField(label="Tệp")

    return FileForm()["tep"]


def gallery_context():
    return {
        **COMPONENTS,
        "messages": MESSAGES,
        "heat": [charts.heat_cell(n, 10, name=f"Khu vực 5, tháng {n}", url="#") for n in range(11)],
        "line": charts.line_chart(
            labels=[f"T{n}" for n in range(1, 13)],
            series=[
                charts.Line("2026", [76, 75, 77, 79, 78, 76, 74, 74, 78, 81]),
                charts.Line("2025", [70, 69, 71, 73, 72, 68, 65, 66, 70, 72, 73, 74]),
            ],
            title="Dự sinh hoạt tháng 10 năm 2026 là 81%",
        ),
        "bars": charts.bar_chart(
            [
                charts.Bar("Đoàn viên ưu tú", 24),
                charts.Bar("Trong tổ tu dưỡng", 10),
                charts.Bar("BCH đã giới thiệu", 5, note="1 chờ 97 ngày"),
                charts.Bar("Đã kết nạp", 2, done=True),
            ],
            title="Từ 24 đoàn viên ưu tú, 2 đồng chí đã kết nạp",
        ),
        "score": charts.score_bar([23, 33, 18.5, 11], maximum=100, title="88,5 trên 100 điểm"),
        "file_field": file_field(),
        "form": SampleForm({"ngay_hop": "20/11/2026", "ngay_ket_nap": "31/02/2026"}),
    }


def page(template, make_context):
    @login_not_required
    def view(request):
        params = request.GET if request.GET else QueryDict("")
        context = {**SHELL, **make_context(params)}
        if template.startswith("core/"):
            return render(request, template, context)
        source = (Path(__file__).parent / template).read_text("utf-8")
        return HttpResponse(engines["django"].from_string(source).render(context, request))

    return view


def form_context(params):
    data = {"ngay_hop": "20/11/2026", "ngay_ket_nap": "31/02/2026"} if "loi" in params else None
    form = LaidOutForm(data)
    return {
        "title": "Ghi buổi sinh hoạt",
        "subtitle": "Chi đoàn Khu vực 3",
        "form": form,
        "verb": "Ghi buổi sinh hoạt",
        "back": "/danh-sach/",
        "note": "Đã lưu lúc 09:14",
    }


def confirm_context(params):
    return {
        "title": "Nộp báo cáo quý III?",
        "text": "Nộp xong số liệu được giữ nguyên.",
        "warning": "Chi đoàn Khu vực 4 chưa báo cáo.",
        "verb": "Nộp báo cáo",
        "back": "/",
    }


@login_not_required
def not_found(request):
    return page_not_found(request, Exception("x"))


@login_not_required
def denied(request):
    return permission_denied(request, Exception("Ký hồ sơ là việc của Bí thư Đoàn phường."))


@login_not_required
def busy(request):
    raise OperationalError("database is locked")


@login_not_required
def login(request):
    class LoginForm(forms.Form):
        username = forms.CharField(label="Tên đăng nhập")
        password = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)
        remember = forms.BooleanField(label="Nhớ trên máy này 30 ngày", required=False)

    form = LoginForm({"username": "", "password": ""} if "loi" in request.GET else None)
    return render(request, "registration/login.html", {"form": form, "next": "/"})


urlpatterns = [
    path("", page("gallery.html", lambda params: gallery_context()), name="home"),
    path("viec/", page("duties.html", lambda params: COMPONENTS), name="duties"),
    path("danh-sach/", page("core/list.html", list_context), name="list"),
    path("bieu-mau/", page("core/form.html", form_context), name="form"),
    path("hoi/", page("core/confirm.html", confirm_context), name="confirm"),
    path("dang-nhap/", login, name="login"),
    path("dang-xuat/", login, name="logout"),
    path("404/", not_found),
    path("403/", denied),
    path("500/", server_error),
    path("ban/", busy),
    path("healthz/", healthz),
    path("readyz/", readyz),
]
handler500 = "core.views.server_error"
