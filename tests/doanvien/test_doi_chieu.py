"""A list goes out, is edited anywhere, comes back, and only what is ticked is written."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.errors import RuleError
from core.xlsx import write_workbook
from doanvien.doi_chieu import services
from doanvien.doi_chieu.muc_sua import DAU, MUC
from doanvien.doi_chieu.tai_ve import sheets
from doanvien.models import DoanVien, DotDoiChieu
from doanvien.services import set_nguon, update_doan_vien
from tests.factories import make_doan_vien
from tochuc.models import NhatKy

pytestmark = pytest.mark.django_db
LABELS = {name: muc.nhan for name, muc in MUC.items()}


def download(user, *people, nhay_cam=False):
    rows = DoanVien.objects.co_chi_doan().filter(pk__in=[nguoi.pk for nguoi in people])
    return write_workbook(sheets(rows.order_by("pk"), user, nhay_cam=nhay_cam))


def edited(content, *changes):
    """The workbook with cells changed: (row of the sheet, field or label, value)."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row, name, value in changes:
        sheet.cell(row, columns[LABELS.get(name, name)]).value = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def compare(content, user):
    return services.preview_doi_chieu(content=content, ten_tep="sua.xlsx", by=user)


def counted(dot):
    dot = DotDoiChieu.objects.with_dem().get(pk=dot.pk)
    return dot.so_moi, dot.so_doi, dot.so_xung_dot, dot.so_tu_choi


def confirm(dot, user, so_o, so_moi=0):
    return services.confirm_doi_chieu(dot=dot, so_o=so_o, so_moi=so_moi, by=user)


def save(doan_vien, by, **changes):
    version = DoanVien.objects.get(pk=doan_vien.pk).version
    update_doan_vien(doan_vien=doan_vien, version=version, changes=changes, by=by)


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=40)
ODD = st.one_of(TEXT, st.sampled_from(["=A1+1", "+84", "-", "@x", "0912", "a\nb", "'0", "1e5"]))
DAYS = st.dates(date(1990, 1, 1), date(2009, 12, 31))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(dict.fromkeys(("que_quan", "noi_o", "the_manh", "ky_luat"), ODD)),
    st.builds(
        "{} {}".format, st.sampled_from(["Đặng", "Y", "K'"]), ODD.filter(lambda t: len(t) < 20)
    ),
    DAYS,
    st.sampled_from(["", "0912345678"]),
    st.booleans(),
    st.sampled_from(["nam", "nu", "chua_ro"]),
)
def test_trip_without_an_edit_changes_nothing(
    chi_doan, bi_thu_phuong, fields, ho_ten, born, phone, flag, gender
):
    nguoi = make_doan_vien(
        chi_doan=chi_doan,
        ho_ten=ho_ten,
        ngay_sinh=born,
        ngay_vao_doan=date(2026, 3, 26),
        dien_thoai=phone,
        huong_luong=flag,
        gioi_tinh=gender,
        cccd="",
        di_xa_tu=born,
        van_hoa="Bổ túc",
        ngay_vao_dang=None,
        **fields,
    )

    dot = compare(download(bi_thu_phuong, nguoi, nhay_cam=True), bi_thu_phuong)

    assert counted(dot) == (0, 0, 0, 0)
    nguoi.qua_trinh.all().delete()
    nguoi.delete()


def test_ticked_cells_are_written_and_no_others(chi_doan, bi_thu):
    a = make_doan_vien(chi_doan=chi_doan, dien_thoai="0912345678", noi_o="Nhà cũ")
    b = make_doan_vien(chi_doan=chi_doan)
    content = edited(
        download(bi_thu, a, b),
        (2, "dien_thoai", 987654321),
        (2, "noi_o", "Nhà mới"),
        (3, "ngay_sinh", "02/09/2001"),
    )
    dot = compare(content, bi_thu)
    assert counted(dot) == (0, 3, 0, 0)

    services.choose_doi_chieu(dot=dot, chon={2: ["dien_thoai", "ky_luat"], 3: []}, by=bi_thu)
    confirm(dot, bi_thu, 1)

    a.refresh_from_db(), b.refresh_from_db()
    assert (a.dien_thoai, a.noi_o, a.version) == ("0987654321", "Nhà cũ", 2)
    assert (b.ngay_sinh, b.version) == (date(2000, 5, 19), 1)
    line = NhatKy.objects.get(hanh_dong="doi_chieu.confirm")
    assert line.noi_dung == {"so_nguoi": 1, "so_o": 1, "them_moi": 0}
    assert not dot.dong.exclude(o_ma_hoa="").exists()
    with pytest.raises(RuleError, match="đã ghi"):
        confirm(dot, bi_thu, 1)


def test_cell_changed_on_both_sides_is_a_conflict_and_not_ticked(chi_doan, bi_thu):
    nguoi = make_doan_vien(chi_doan=chi_doan, noi_o="Cũ", que_quan="Cũ")
    content = edited(download(bi_thu, nguoi), (2, "noi_o", "Tệp"), (2, "que_quan", "Giống"))
    save(nguoi, bi_thu, noi_o="Sổ", que_quan="Giống")

    dot = compare(content, bi_thu)

    assert counted(dot) == (0, 0, 1, 0)
    dong = dot.dong.get()
    [o] = services.cells_of(dong)
    assert (o.truoc, o.trong_so, o.moi, dong.chon) == ("Cũ", "Sổ", "Tệp", [])
    services.choose_doi_chieu(dot=dot, chon={2: ["noi_o"]}, by=bi_thu)
    confirm(dot, bi_thu, 1)
    nguoi.refresh_from_db()
    assert nguoi.noi_o == "Tệp"


def test_record_saved_since_the_comparison_stops_all_until_compared_again(chi_doan, bi_thu):
    a, b = make_doan_vien(chi_doan=chi_doan), make_doan_vien(chi_doan=chi_doan)
    dot = compare(edited(download(bi_thu, a, b), (2, "noi_o", "A"), (3, "noi_o", "B")), bi_thu)
    save(b, bi_thu, noi_o="Khác")

    with pytest.raises(RuleError, match="vừa có người sửa"):
        confirm(dot, bi_thu, 2)
    a.refresh_from_db()
    assert a.noi_o == ""

    services.compare_again(dot=dot, by=bi_thu)
    assert counted(dot) == (0, 1, 1, 0)
    confirm(dot, bi_thu, 1)
    a.refresh_from_db(), b.refresh_from_db()
    assert (a.noi_o, b.noi_o) == ("A", "Khác")


@pytest.mark.same_on_both
@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("ho_ten", None, "Không để trống họ và tên"),
        ("ngay_sinh", "31/02/2001", "không có trong lịch"),
        ("ngay_vao_doan", date(2010, 1, 1), "chưa đủ 15 tuổi"),
        ("dien_thoai", "12", "không đủ 10 chữ số"),
        ("nghe_nghiep", "Sinh vien", "không có trong danh mục"),
        ("noi_o", "=1+1", "là công thức"),
        ("nguon", "Giáo viên; Phi công", "«Phi công» không có trong danh mục"),
        ("so_doan", "Mất", "không có trong danh mục"),
        ("cccd", "0932", "cần 12"),
        ("cccd", "093204000009", "trong sổ của người khác"),
        ("Chi đoàn", "Chi đoàn Khu vực 99", "chuyển sinh hoạt"),
        (DAU, "gAAAAA", "Cột dấu của dòng bị sửa"),
        ("ky_luat", "Khiển trách", "do Đoàn phường ghi"),
    ],
)
def test_cell_that_cannot_be_taken_says_why(chi_doan, bi_thu, bi_thu_phuong, name, value, part):
    make_doan_vien(chi_doan=chi_doan, cccd="093204000009")
    nguoi = make_doan_vien(chi_doan=chi_doan, dien_thoai="0912345678")
    user = bi_thu if name == "ky_luat" else bi_thu_phuong
    dot = compare(edited(download(bi_thu_phuong, nguoi, nhay_cam=True), (2, name, value)), user)

    found = [o.vi_sao for o in services.cells_of(dot.dong.get()) if o.vi_sao]

    assert part in found[0]
    with pytest.raises(RuleError, match="Chưa chọn ô nào"):
        confirm(dot, user, 0)


def test_mark_opens_nobody_of_another_unit(chi_doan, chi_doan_khac, bi_thu, bi_thu_phuong):
    nguoi = make_doan_vien(chi_doan=chi_doan_khac)
    content = edited(download(bi_thu_phuong, nguoi), (2, "noi_o", "Chiếm"))

    dot = compare(content, bi_thu)

    assert counted(dot) == (0, 0, 0, 1)
    assert "không có trong sổ" in services.cells_of(dot.dong.get())[0].vi_sao


def test_columns_sorted_without_their_marks_are_noticed(chi_doan, bi_thu):
    a = make_doan_vien(chi_doan=chi_doan, ho_ten="Lê An", ngay_sinh=date(2001, 1, 1))
    b = make_doan_vien(chi_doan=chi_doan, ho_ten="Trần Bình", ngay_sinh=date(2002, 2, 2))
    content = edited(
        download(bi_thu, a, b),
        (2, "ho_ten", "Trần Bình"),
        (2, "ngay_sinh", date(2002, 2, 2)),
        (3, "ho_ten", "Lê An"),
        (3, "ngay_sinh", date(2001, 1, 1)),
    )

    dot = compare(content, bi_thu)

    assert list(dot.dong.values_list("loai", "chon")) == [("tu_choi", []), ("tu_choi", [])]


def test_branch_secretary_gets_no_sensitive_value(chi_doan, bi_thu):
    nguoi = make_doan_vien(
        chi_doan=chi_doan,
        dan_toc="Khơ Me",
        ton_giao="Phật giáo",
        cccd="093204000009",
        ky_luat="Khiển trách",
    )
    sheet = load_workbook(BytesIO(download(bi_thu, nguoi, nhay_cam=True))).worksheets[0]
    text = str([[cell.value for cell in row] for row in sheet.rows])

    assert not [word for word in ("Khơ Me", "Phật giáo", "093204000009", "Khiển") if word in text]
    assert sheet.column_dimensions[sheet.cell(1, sheet.max_column).column_letter].hidden


def test_new_line_becomes_a_new_member(client_of, chi_doan, bi_thu):
    nguoi = make_doan_vien(chi_doan=chi_doan)
    new = {"ho_ten": "TRẦN THỊ MỚI", "ngay_sinh": date(2008, 1, 2), "dan_toc": "kinh"}
    new |= {"ngay_vao_doan": "26/3/2025", "gioi_tinh": "Nữ", "dien_thoai": 912345678}
    new |= {"nguon": "dân quân; Giáo viên", "so_doan": "Có sổ"}
    content = edited(download(bi_thu, nguoi), *((3, name, value) for name, value in new.items()))
    dot = compare(content, bi_thu)
    assert counted(dot) == (1, 0, 0, 0)

    confirm(dot, bi_thu, 0, 1)

    moi = DoanVien.objects.exclude(pk=nguoi.pk).get()
    assert (moi.ho_ten, moi.gioi_tinh, moi.dan_toc, moi.dien_thoai, moi.chi_doan) == (
        "Trần Thị Mới",
        "nu",
        "Kinh",
        "0912345678",
        chi_doan,
    )
    assert ({row.ma for row in moi.nguon.all()}, moi.so_doan) == ({"dan_quan", "giao_vien"}, "co")
    page = client_of(bi_thu).get(dot.get_absolute_url()).content.decode()
    assert "Trần Thị Mới" in page
    assert "Thêm vào sổ" in page
    assert compare(content, bi_thu).dong.get(row=3).loai == "tu_choi"


def test_sources_of_cadres_and_the_book_go_both_ways(chi_doan, bi_thu):
    nguoi = make_doan_vien(chi_doan=chi_doan, so_doan="khong")
    set_nguon(nguoi, ["cong_chuc", "dan_quan"])
    content = download(bi_thu, nguoi)
    assert compare(content, bi_thu).dong.get().loai == "khong_doi"

    dot = compare(edited(content, (2, "nguon", "Dân quân tự vệ"), (2, "so_doan", "có sổ")), bi_thu)
    confirm(dot, bi_thu, 2)

    nguoi = DoanVien.objects.get()
    assert ([row.ma for row in nguoi.nguon.all()], nguoi.so_doan) == (["dan_quan"], "co")


def test_nothing_of_the_file_is_kept_in_clear(chi_doan, bi_thu):
    nguoi = make_doan_vien(chi_doan=chi_doan)
    dot = compare(edited(download(bi_thu, nguoi), (2, "cccd", "093204000001")), bi_thu)

    assert "093204000001" not in str(list(dot.dong.values()))
    confirm(dot, bi_thu, 1)
    nguoi.refresh_from_db()
    assert nguoi.cccd == "093204000001"


def test_pages_of_a_round_trip(client_of, chi_doan, bi_thu):
    nguoi = make_doan_vien(chi_doan=chi_doan, noi_o="Cũ")
    client = client_of(bi_thu)
    content = client.get("/doan-vien/doi-chieu/tai-ve/").content
    tep = BytesIO(edited(content, (2, "noi_o", "Mới")))
    tep.name = "sua.xlsx"

    page = client.post("/doan-vien/doi-chieu/", {"tep": tep}, follow=True)
    dot = page.context["dot"]
    url = dot.get_absolute_url()
    assert "1 thay đổi" in page.content.decode()
    answer = client.post(f"{url}chon/", {"dong": "2", "o": "2:noi_o", "sang": "ghi"}, follow=True)
    assert answer.context["verb"] == "Ghi 1 ô của 1 đồng chí"
    client.post(f"{url}ghi/", {"so_o": 1, "so_moi": 0})

    nguoi.refresh_from_db()
    assert nguoi.noi_o == "Mới"
