"""Each kind of dirt in a member list, one rule at a time."""

from datetime import date

import pytest

from doanvien.nhap.results import OnFile
from doanvien.nhap.workbook import Cell
from doanvien.tuoi import TuoiKetNap
from tests.doanvien.nhap_lists import (
    FIRST_ROW,
    Formula,
    judge_one,
    judge_sheet,
    make_sheet,
    member,
)


def outcome(result):
    return (result.action, result.field)


def warned(result):
    return [fault.field for fault in result.warnings]


def test_clean_row_is_created_without_a_word():
    result = judge_one()

    assert (result.action, result.faults, result.warnings) == ("create", (), ())


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  NGUYỄN  VĂN AN ", "Nguyễn Văn An"),
        ("Nguyê\u0303n Va\u0306n An", "Nguyễn Văn An"),
        ("Nguyễn\u00a0Văn\u200b An", "Nguyễn Văn An"),
        ("=Nguyễn Văn An", "=Nguyễn Văn An"),
    ],
)
def test_name_is_cleaned_and_nothing_more(typed, stored):
    result = judge_one(ho_ten=typed)

    assert (result.action, result.values["ho_ten"]) == ("create", stored)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (None, "Thiếu họ và tên. Điền ở ô B7."),
        ("\u00a0 ", "Thiếu họ và tên. Điền ở ô B7."),
        (Formula('=PROPER("an")'), "Họ và tên là công thức. Gõ thẳng nội dung vào ô B7."),
        (Cell("e", "#N/A"), "Họ và tên báo lỗi #N/A. Gõ lại ô B7."),
        ("A" * 121, "Họ và tên dài quá 120 chữ. Ghi gọn lại ở ô B7."),
    ],
)
def test_name_that_is_none_rejects(cell, message):
    result = judge_one(ho_ten=cell)

    assert (result.action, result.field, result.message) == ("reject", "ho_ten", message)


@pytest.mark.parametrize("name", ["An", "Nguyễn văn An", "ĐỖ Thị HOA", "Nguyễn Văn An 2"])
def test_odd_name_only_warns(name):
    result = judge_one(ho_ten=name)

    assert (result.action, warned(result)) == ("create", ["ho_ten"])


@pytest.mark.parametrize("text", ["09/03/2004", "9/3/2004", "9-3-2004", " 09 / 03 / 2004 "])
def test_birth_date_is_day_first(text):
    assert judge_one(ngay_sinh_nam=text).values["ngay_sinh"] == date(2004, 3, 9)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("2004", "Ngày sinh chỉ có năm 2004. Gõ đủ ngày/tháng/năm ở ô D7."),
        (2004, "Ngày sinh chỉ có năm 2004. Gõ đủ ngày/tháng/năm ở ô D7."),
        ("31/02/2004", "Ngày sinh 31/02/2004 không có trong lịch. Sửa ô D7."),
        ("03/25/2004", "Ngày sinh 03/25/2004 không có trong lịch. Sửa ô D7."),
        ("9/3/1804", "Ngày sinh 9/3/1804 không có trong lịch. Sửa ô D7."),
        (
            38055,
            "Ngày sinh 38055 là số. Nếu là 09/03/2004, định dạng ô D7 theo ngày/tháng/năm.",
        ),
        (
            Cell("p", "2004-03-01"),
            "Ngày sinh chỉ hiện tháng và năm. Gõ đủ ngày/tháng/năm ở ô D7.",
        ),
        (
            "9/3/04",
            "Ngày sinh «9/3/04» không phải ngày. Gõ theo ngày/tháng/năm, ví dụ 05/02/2004, ở ô D7.",
        ),
        (None, "Thiếu ngày sinh. Điền ở ô D7 (nam) hoặc E7 (nữ)."),
        (Formula("=DATE(2004,3,9)"), "Ngày sinh là công thức. Gõ thẳng nội dung vào ô D7."),
    ],
)
def test_birth_date_that_is_none_rejects(cell, message):
    result = judge_one(ngay_sinh_nam=cell)

    assert (result.action, result.field, result.message) == ("reject", "ngay_sinh", message)


def test_serial_number_is_suggested_and_not_taken():
    [fault] = judge_one(ngay_sinh_nam=38055).faults

    assert fault.suggestion == "09/03/2004"


def test_filled_column_tells_the_gender():
    result = judge_one(ngay_sinh_nam=None, ngay_sinh_nu="09/03/2004", cccd="093304000001")

    assert (result.values["gioi_tinh"], result.warnings) == ("nu", ())


def test_birth_date_in_both_columns_rejects():
    result = judge_one(ngay_sinh_nu="09/03/2004")

    assert outcome(result) == ("reject", "ngay_sinh")
    assert "Chỉ giữ một ô, D7 hoặc E7." in result.message


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        ("093204000001", "093204000001"),
        (93204000001, "093204000001"),
        ("093 204 000 001", "093204000001"),
        ("'093204000001", "093204000001"),
        ("363123456", "363123456"),
        (363123456, "363123456"),
    ],
)
def test_citizen_id_is_kept_as_text(cell, stored):
    result = judge_one(cccd=cell)

    assert (result.action, result.values["cccd"]) == ("create", stored)


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("0932040001", "có 10 chữ số"),
        (932040001 * 10, "có 10 chữ số"),
        ("93204000001", "có 11 chữ số"),
        ("0932040000012", "có 13 chữ số"),
        ("9.3E+10", "ký tự không phải chữ số"),
        ("đang làm", "ký tự không phải chữ số"),
        ("٠٩٣٢٠٤٠٠٠٠٠١", "ký tự không phải chữ số"),
        (None, "Thiếu số CCCD"),
        (Formula("=A1"), "là công thức"),
    ],
)
def test_citizen_id_of_another_length_rejects(cell, part):
    result = judge_one(cccd=cell)

    assert outcome(result) == ("reject", "cccd")
    assert part in result.message


def test_refused_citizen_id_is_not_repeated_in_full():
    [fault] = judge_one(cccd="0932040001").faults

    assert (fault.value, "0932040001" in fault.message) == ("…0001", False)


@pytest.mark.parametrize("text", ["Ê Đê", "ê  đê", "Ê\u00a0ĐÊ"])
def test_ethnic_group_is_found_in_any_case_and_spacing(text):
    assert judge_one(dan_toc=text).values["dan_toc"] == "Ê đê"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Cadong", "Xơ Đăng"),
        ("Sán Chỉ", "Sán Chay"),
        ("Cao Lan", "Sán Chay"),
        ("Mèo", "Mông"),
        ("T'Rin", "Cơ Ho"),
        ("Jarai", "Jrai"),
        ("Khmer", "Khơ Me"),
        ("Muong", "Mường"),
        ("Không xác định", ""),
        ("Không", ""),
    ],
)
def test_dirty_ethnic_group_is_suggested_and_not_mapped(text, suggestion):
    result = judge_one(dan_toc=text)

    assert outcome(result) == ("reject", "dan_toc")
    assert [fault.suggestion for fault in result.faults] == [suggestion]


@pytest.mark.parametrize(
    "text",
    [
        "Khu vực 1",
        "CĐ Khu vực 1",
        "Chi đoàn Chi đoàn Khu vực 1",
        "CHI ĐOÀN CĐ. KHU VỰC 1",
        "chi doan khu vuc 1",
        "Chi đoàn  Khu\u00a0vực 1",
    ],
)
def test_branch_is_found_by_its_own_name(text):
    assert judge_one(chi_doan=text).values["chi_doan"] == "Chi đoàn Khu vực 1"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Chi đoàn Khu vực 99", ""),
        ("Khu vực", ""),
        ("Khu vục 01", "Chi đoàn Khu vực 1"),
        ("Trường TH CS", "Chi đoàn Trường THCS"),
        ("Trường trung học cơ sở", ""),
        (None, ""),
    ],
)
def test_unknown_branch_rejects(text, suggestion):
    result = judge_one(chi_doan=text)

    assert outcome(result) == ("reject", "chi_doan")
    assert [fault.suggestion for fault in result.faults] == [suggestion]


@pytest.mark.parametrize(
    ("admitted", "action"),
    [(date(2019, 3, 9), "reject"), (date(2019, 3, 10), "create"), ("10/03/2019", "create")],
)
def test_admission_from_15_years_and_one_day(admitted, action):
    assert judge_one(ngay_vao_doan=admitted).action == action


def test_admission_age_is_that_of_the_day():
    def charter(day):
        return TuoiKetNap(16, 0) if day >= date(2020, 1, 1) else TuoiKetNap()

    [before, after] = judge_sheet(
        make_sheet(
            member(ngay_vao_doan=date(2019, 12, 31)),
            member(ngay_vao_doan=date(2020, 3, 8), cccd="093204000002"),
        ),
        admission_age=charter,
    )

    assert (before.action, outcome(after)) == ("create", ("reject", "ngay_vao_doan"))
    assert "kết nạp từ đủ 16 tuổi." in after.message


def test_admission_age_of_one_born_on_29_february():
    assert TuoiKetNap().earliest(date(2004, 2, 29)) == date(2019, 3, 1)


@pytest.mark.parametrize("cell", [None, "2020", "3/2020", Formula("=TODAY()")])
def test_admission_without_a_date_rejects(cell):
    assert outcome(judge_one(ngay_vao_doan=cell)) == ("reject", "ngay_vao_doan")


@pytest.mark.parametrize(
    ("cell", "stored"),
    [(912345678, "0912345678"), ("0912.345.678", "0912345678"), ("+84912345678", "0912345678")],
)
def test_phone_gets_its_zero_back(cell, stored):
    result = judge_one(dien_thoai=cell)

    assert (result.values["dien_thoai"], result.warnings) == (stored, ())


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("dien_thoai", "912345678"),
        ("dien_thoai", 91234567),
        ("email", "an@"),
        ("ton_giao", "Đạo Dừa"),
        ("van_hoa", "lớp 9"),
        ("chuc_vu", "Trưởng ban"),
        ("danh_du", "chắc có"),
        ("cccd_ngay_cap", "2022"),
        ("ngay_vao_dang", "tháng 5"),
        ("so_the", Formula("=1+1")),
        ("que_quan", "X" * 201),
    ],
)
def test_other_columns_warn_and_stay_empty(field, cell):
    result = judge_one(**{field: cell})

    assert (result.action, warned(result), field in result.values) == ("create", [field], False)


def test_school_level_is_known_as_users_write_it():
    assert judge_one(van_hoa="12/12").values["van_hoa"] == "Trung học phổ thông hệ 12/12"


def test_citizen_id_of_another_person_warns():
    assert warned(judge_one(cccd="093104000001")) == ["cccd"]


def test_citizen_id_that_lost_its_last_digits_warns():
    result = judge_one(cccd=Cell("n", "93204000000"))

    assert (result.values["cccd"], warned(result)) == ("093204000000", ["cccd"])


@pytest.mark.parametrize("admitted", [date(2027, 1, 1), date(2036, 1, 1)])
def test_admission_in_the_future_warns(admitted):
    result = judge_one(ngay_vao_doan=admitted)

    assert (result.action, warned(result)) == ("create", ["ngay_vao_doan"])


def test_same_citizen_id_is_a_duplicate_of_the_earlier_row():
    first, second = judge_sheet(make_sheet(member(), member(cccd=93204000001)))

    assert (first.action, second.action, second.field) == ("create", "duplicate", "cccd")
    assert second.of_row == first.row == FIRST_ROW


def test_duplicate_says_what_differs():
    _, same, other = judge_sheet(
        make_sheet(member(), member(), member(dien_thoai="0987654321", email="an@example.vn"))
    )

    assert same.message == "Cùng số CCCD với dòng 7 trong tệp này. Không có gì khác."
    assert other.message.endswith("Khác: email, điện thoại liên hệ.")


def test_rejected_row_makes_no_duplicate():
    results = judge_sheet(make_sheet(member(ho_ten=None), member()))

    assert [result.action for result in results] == ["reject", "create"]


def test_fault_wins_over_duplicate():
    results = judge_sheet(make_sheet(member(), member(dan_toc="Cadong")))

    assert [outcome(result) for result in results] == [("create", ""), ("reject", "dan_toc")]


def test_duplicate_admitted_too_young_stays_a_duplicate_without_that_date():
    results = judge_sheet(make_sheet(member(), member(ngay_vao_doan=date(2012, 1, 1))))

    assert [result.action for result in results] == ["create", "duplicate"]
    assert ("ngay_vao_doan" in results[1].values, warned(results[1])) == (False, ["ngay_vao_doan"])


def test_member_on_file_is_a_duplicate():
    known = judge_one().values | {"ho_ten": "Nguyễn Văn Ân", "dien_thoai": ""}

    [result] = judge_sheet(
        make_sheet(member()), members={"093204000001": OnFile("Đã có trong sổ.", 7, known)}
    )

    assert (result.action, result.of_member, result.of_row) == ("duplicate", 7, None)
    assert result.message == "Đã có trong sổ. Khác: họ và tên, điện thoại liên hệ."


def test_namesake_of_the_same_birth_date_is_created_with_a_warning():
    _, second = judge_sheet(make_sheet(member(), member(cccd="093204000002")))

    assert (second.action, warned(second)) == ("create", ["ho_ten"])
    assert second.warnings[0].message == "Cùng tên, ngày sinh với dòng 7 trong tệp này."


def test_all_faults_are_shown_and_the_first_column_names_the_field():
    result = judge_one(chi_doan="Khu 9", cccd="1", ngay_sinh_nam="2004")

    assert [fault.field for fault in result.faults] == ["ngay_sinh", "cccd", "chi_doan"]
    assert outcome(result) == ("reject", "ngay_sinh")
