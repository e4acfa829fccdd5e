from io import BytesIO

import django_filters
import pytest
from django.contrib.auth.models import Group
from django.http import QueryDict
from openpyxl import load_workbook

from core.listing import Preset, filter_chips, list_page
from core.tables import Column, Table
from tests.core.gallery import SampleFilterForm

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.gallery")]

TABLE = Table(
    name="nhom",
    columns=(
        Column(label="Tên nhóm", source="name", link=lambda row: f"/nhom/{row.pk}/", sort="name"),
        Column(label="Số quyền", source=lambda row: 0, numeric=True),
    ),
    empty_text="Chưa lập nhóm nào",
    empty_hint="Nhóm đầu tiên mất một phút.",
)


class GroupFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Tìm nhóm", field_name="name", lookup_expr="icontains")
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="name", choices=[("Alpha", "Nhóm A"), ("Beta", "Nhóm B")]
    )

    class Meta:
        model = Group
        fields = ["q", "loai"]


def answer(rf, address="/", **options):
    response = list_page(
        rf.get(address),
        queryset=Group.objects.order_by("pk"),
        filterset=GroupFilter,
        table=TABLE,
        title="Nhóm",
        noun="nhóm",
        **options,
    )
    return response.render() if hasattr(response, "render") else response


def names(response):
    return [row[0].text for row in response.context_data["rows"]]


def make_groups(*names):
    return Group.objects.bulk_create([Group(name=name) for name in names])


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_takes_two_queries_for_any_number_of_rows(rf, item_count, django_assert_num_queries):
    make_groups(*(f"Nhóm {number}" for number in range(item_count)))

    with django_assert_num_queries(2):  # count, page
        response = answer(rf)

    assert len(names(response)) == item_count


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/", ["Beta", "Alpha", "Gamma"]),
        ("/?sort=name", ["Alpha", "Beta", "Gamma"]),
        ("/?sort=-name", ["Gamma", "Beta", "Alpha"]),
        ("/?sort=password", ["Beta", "Alpha", "Gamma"]),
        ("/?q=a&sort=name", ["Alpha", "Beta", "Gamma"]),
        ("/?q=gam", ["Gamma"]),
        ("/?loai=Beta", ["Beta"]),
        ("/?loai=khong-co", ["Beta", "Alpha", "Gamma"]),
        ("/?page=99", ["Beta", "Alpha", "Gamma"]),
        ("/?page=abc", ["Beta", "Alpha", "Gamma"]),
    ],
)
def test_address_decides_which_rows_and_in_what_order(rf, address, shown):
    make_groups("Beta", "Alpha", "Gamma")

    assert names(answer(rf, address)) == shown


def test_heading_carries_order_and_link_keeps_the_filter(rf):
    make_groups("Beta")

    html = answer(rf, "/?q=be&sort=name&page=1").content.decode()

    assert '<th scope="col" class="" aria-sort="ascending"><a href="?q=be&amp;sort=-name">' in html


def test_long_list_has_pages_of_fifty(rf):
    make_groups(*(f"Nhóm {number:03d}" for number in range(51)))

    first, second = answer(rf, "/?sort=name"), answer(rf, "/?sort=name&page=2")

    assert len(names(first)) == 50
    assert names(second) == ["Nhóm 050"]
    assert "1–50 trong 51" in first.content.decode()
    assert 'rel="next" href="?sort=name&amp;page=2"' in first.content.decode()
    assert "51–51 trong 51" in second.content.decode()


def test_chosen_filter_is_named_with_a_way_to_drop_it(rf):
    make_groups("Beta")

    response = answer(rf, "/?q=be&loai=Beta&page=2&sort=name")
    (chip,) = response.context_data["chosen"]
    html = response.content.decode()

    assert (chip.field.label, chip.text, chip.drop_url) == ("Loại", "Nhóm B", "?q=be&sort=name")
    assert "Loại: Nhóm B" in html
    assert "<b>1 nhóm</b> khớp bộ lọc" in html


def test_printed_list_says_its_filter_in_words(rf):
    make_groups("Beta")

    html = answer(rf, "/?q=be&loai=Beta").content.decode()

    assert '<p class="print-only">Tìm: “be”; Loại: Nhóm B</p>' in html
    assert "print-only" not in answer(rf).content.decode()


def test_search_without_result_says_what_was_asked(rf):
    make_groups("Beta")

    html = answer(rf, "/?q=Oanh&loai=Alpha").content.decode()

    assert "Không thấy nhóm nào với “Oanh”" in html
    assert "Đang lọc: Loại: Nhóm A." in html
    assert "<table" not in html


def test_empty_list_says_so_as_a_fact(rf):
    html = answer(rf).content.decode()

    assert "Chưa lập nhóm nào" in html
    assert "Nhóm đầu tiên mất một phút." in html
    assert "Xuất Excel" not in html


def test_search_text_is_escaped(rf):
    make_groups("Beta")

    assert "<script>x" not in answer(rf, "/?q=<script>x&loai=<b>").content.decode()


def test_presets_and_own_context_are_shown(rf):
    make_groups("Beta")

    html = answer(
        rf, presets=[Preset("Nhóm B", "loai=Beta")], extra={"subtitle": "Tính đến hôm nay"}
    ).content.decode()

    assert '<a href="?loai=Beta">Nhóm B</a>' in html
    assert "Tính đến hôm nay" in html


def test_download_has_all_rows_of_the_filter_in_order_and_is_announced(rf):
    make_groups("Beta", "Alpha", *(f"Nhóm {number:03d}" for number in range(60)))
    told = []

    response = answer(
        rf,
        "/?q=a&sort=-name&export=xlsx&page=2",
        on_download=lambda request, rows: told.append((request.GET["q"], rows)),
    )

    sheet = load_workbook(BytesIO(response.content)).active
    assert [cell.value for cell in sheet["A"]] == ["Tên nhóm", "Beta", "Alpha"]
    assert [cell.value for cell in sheet["B"]] == ["Số quyền", 0, 0]
    assert told == [("a", 2)]


def test_export_link_keeps_filter_and_order_and_leaves_the_page(rf):
    make_groups("Beta")

    response = answer(rf, "/?q=be&sort=name&page=1")

    assert response.context_data["export_url"] == "?q=be&sort=name&export=xlsx"


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("", ["", "", "", "", ""]),
        ("chi_doan=3", ["Khu vực 3", "", "", "", ""]),
        ("trang=xa&trang=sh", ["", "Đi làm xa, Đang sinh hoạt", "", "", ""]),
        ("tu=5/2/2005&nam=0&chuc=B%C3%AD th%C6%B0", ["", "", "05/02/2005", "0", "Bí thư"]),
        ("tu=31/02/2005&chi_doan=9", ["", "", "", "", ""]),
    ],
)
def test_chips_say_their_value_in_words(query, texts):
    params = QueryDict(query)
    form = SampleFilterForm(params)
    form.is_valid()

    assert [chip.text for chip in filter_chips(form, params)] == texts


def test_chip_drops_only_its_own_parameter():
    params = QueryDict("trang=xa&trang=sh&chi_doan=3&q=an&page=3")
    form = SampleFilterForm(params)
    form.is_valid()

    urls = {chip.field.name: chip.drop_url for chip in filter_chips(form, params)}

    assert urls["trang"] == "?chi_doan=3&q=an"
    assert urls["chi_doan"] == "?trang=xa&trang=sh&q=an"


class RangeFilter(django_filters.FilterSet):
    ngay = django_filters.DateFromToRangeFilter(label="Ngày", field_name="name")
    nhom = django_filters.ModelChoiceFilter(
        label="Nhóm", field_name="pk", queryset=Group.objects.all()
    )

    class Meta:
        model = Group
        fields = ["ngay", "nhom"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ngay_after=01/02/2026&ngay_before=05/02/2026", "01/02/2026 – 05/02/2026"),
        ("ngay_after=01/02/2026", "từ 01/02/2026"),
        ("ngay_before=05/02/2026", "đến 05/02/2026"),
    ],
)
def test_range_and_row_filters_say_their_value(query, text):
    (group,) = make_groups("Beta")
    params = QueryDict(f"{query}&nhom={group.pk}")
    form = RangeFilter(params, queryset=Group.objects.all()).form
    form.is_valid()

    ngay, nhom = filter_chips(form, params)

    assert (ngay.text, ngay.drop_url) == (text, f"?nhom={group.pk}")
    assert nhom.text == "Beta"


def test_a_filter_that_cannot_be_is_said_to_be_left_out(rf):
    make_groups("Beta", "Alpha")

    page = answer(rf, "/?loai=khong-co")

    assert page.context_data["refused"] == [
        ("Chưa lọc theo «Loại».", "Loại: lựa chọn không còn trong danh sách. Chọn lại.")
    ]
    assert "Chưa lọc theo «Loại»." in page.content.decode()
