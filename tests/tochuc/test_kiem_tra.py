"""The public check of a printed paper: genuine or not, newest or not, and nobody's name."""

import pytest

from tests.tochuc.test_van_ban import issue_paper


@pytest.fixture
def paper(phuong, bi_thu_phuong):
    return issue_paper(phuong, bi_thu_phuong)


def check(client, code):
    response = client.get(f"/kiem-tra/{code}/")
    return response.status_code, response.content.decode()


def test_a_paper_shows_what_proves_it(client, paper):
    status, page = check(client, paper.ma_kiem_tra)

    assert status == 200
    for words in [
        "Nghị quyết thử",
        "Đoàn phường Thử",
        "01-NQ/ĐTN",
        "05/02/2026",
        paper.sha256,
        paper.ma_kiem_tra,
        "là bản mới nhất",
    ]:
        assert words in page


def test_nobody_is_named(client, paper, bi_thu_phuong):
    _, page = check(client, paper.ma_kiem_tra)

    assert bi_thu_phuong.ho_ten not in page
    assert bi_thu_phuong.username not in page


@pytest.mark.parametrize(
    "typed",
    [str.lower, lambda code: f"{code[:4]}-{code[4:8]}-{code[8:]}", lambda code: f" {code} "],
    ids=["lower case", "in groups", "with spaces"],
)
def test_the_code_may_be_typed_in_any_way(client, paper, typed):
    assert check(client, typed(paper.ma_kiem_tra))[0] == 200


def test_an_older_version_says_that_there_is_a_newer_one(client, paper, phuong, bi_thu_phuong):
    newer = issue_paper(phuong, bi_thu_phuong, noi_dung="đã sửa")

    assert "đã có bản mới hơn" in check(client, paper.ma_kiem_tra)[1]
    assert "là bản mới nhất" in check(client, newer.ma_kiem_tra)[1]


@pytest.mark.parametrize("code", ["ABCDEFGHJKMN", "<script>", "%20", "'--"])
def test_an_unknown_code_has_a_page_of_its_own(client, db, code):
    status, page = check(client, code)

    assert status == 404
    assert "Không có văn bản với mã này" in page
    assert "<script>" not in page.split("<body")[1]
