"""Papers of a quarterly session: minutes, report, all slips; drafts while it is open."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from tests.factories import make_doan_vien, make_ky, make_nhiem_vu, make_thanh_vien
from tochuc.models import VanBan
from tochuc.van_ban import void
from tudưong.giay_to.phien import GIAY_KY, NoiDungKy
from tudưong.models import DanhGia, KyDanhGia

pytestmark = pytest.mark.django_db
NGAY = date(2026, 11, 20)


@pytest.fixture
def ky(to, thanh_vien, chi_doan):
    """A session of three: one excellent and ready, one paused, one absent."""
    leader = make_thanh_vien(
        to=to,
        la_to_truong=True,
        doan_vien=make_doan_vien(chi_doan=chi_doan, ho_ten="Trịnh Hoài Phong"),
    )
    absent = make_thanh_vien(
        to=to, doan_vien=make_doan_vien(chi_doan=chi_doan, ho_ten="Nguyễn Thị Út")
    )
    ky = make_ky(to=to, quy=4, ngay=NGAY, thanh_vien=[leader, thanh_vien, absent])
    KyDanhGia.objects.filter(pk=ky.pk).update(
        gio=time(8),
        thu_ky="Lê Minh Duy",
        khach_moi="Đồng chí Trần Công Minh, Bí thư chi bộ",
        noi_dung="Nên giao việc sát hơn.",
        ket_luan="Tổ thống nhất mức của từng đồng chí.",
    )
    reviews = DanhGia.objects.filter(ky=ky)
    reviews.filter(thanh_vien=leader).update(
        muc="htt", ket_luan="tam_dung", ket_qua="Dự đủ", ly_do_tam_dung="Đi học xa"
    )
    reviews.filter(thanh_vien=absent).update(
        muc="ht", ket_luan="tiep_tuc", ket_qua="Có cố gắng", du_hop=False, ly_do_vang="Ốm nặng"
    )
    reviews.filter(thanh_vien=thanh_vien).update(
        muc="htxs",
        ket_luan="du_dieu_kien",
        ket_qua="Làm tốt việc được giao",
        han_che="Ít phát biểu",
        can_khac_phuc="Phát biểu ở mỗi buổi",
        han_khac_phuc=date(2027, 2, 1),
        so_tan_thanh=2,
        so_co_mat=2,
        khac_phuc_truoc=[
            {"dieu": "Nộp bài chậm", "tu": "2026Q3", "ngay": "2026-09-20", "trang_thai": "da"},
            {"dieu": "Vắng buổi học", "tu": "2026Q3", "ngay": "2026-09-20", "trang_thai": "chua"},
        ],
    )
    judged = {"thanh_vien": thanh_vien, "ky_danh_gia": ky, "giao_ngay": date(2026, 10, 1)}
    make_nhiem_vu(**judged, trang_thai="xong", xep_muc="tot", han=NGAY)
    make_nhiem_vu(**judged, trang_thai="chua_xong", xep_muc="chua", han=NGAY)
    make_nhiem_vu(**judged, trang_thai="thoi", ket_qua="Không còn", han=NGAY)
    make_nhiem_vu(thanh_vien=thanh_vien, noi_dung="Dạy bơi", giao_ngay=NGAY, han=date(2027, 2, 1))
    ky.refresh_from_db()
    return ky


def url(name, ky, loai):
    return reverse(f"tuduong:{name}", args=[ky.pk, loai])


def text_of(response, tmp_path):
    path = tmp_path / "giay"
    path.write_bytes(b"".join(response) if response.streaming else response.content)
    if response["Content-Type"] == "application/pdf":
        return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(path).pages)
    document = Document(path)
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return " ".join(" ".join([*(p.text for p in document.paragraphs), *cells]).split())


@pytest.mark.parametrize("name", ["ky_giay_pdf", "ky_giay_word"])
def test_the_minutes_say_what_the_session_has_on_record(
    client_of, bi_thu_phuong, ky, tmp_path, name
):
    words = text_of(client_of(bi_thu_phuong).get(url(name, ky, "bien-ban")), tmp_path)

    for said in (
        "Bắt đầu lúc 08 giờ 00 phút",
        "đồng chí Trịnh Hoài Phong, Tổ trưởng",
        "tổng số 03 đồng chí; có mặt 02 đồng chí; vắng 01 đồng chí (Nguyễn Thị Út)",
        "đồng chí Trần Công Minh, Bí thư chi bộ",
        "nộp bài chậm: đã khắc phục; vắng buổi học: chưa khắc phục",
        "Hoàn thành xuất sắc nhiệm vụ (2/2 tán thành)",
        "phát biểu ở mỗi buổi, trước ngày 01/02/2027",
        "Dạy bơi",
        "Nên giao việc sát hơn.",
        "Tổ thống nhất mức của từng đồng chí.",
    ):
        assert said in words, said
    assert "Ốm nặng" not in words


@pytest.mark.parametrize("name", ["ky_giay_pdf", "ky_giay_word"])
def test_the_report_counts(client_of, bi_thu_phuong, ky, tmp_path, name):
    words = text_of(client_of(bi_thu_phuong).get(url(name, ky, "bao-cao")), tmp_path)

    for said in (
        "Tổ có 03 đồng chí, họp ngày 20/11/2026, dự họp 02 đồng chí.",
        "hoàn thành 1/2, đạt 50,0%",
        "Hoàn thành xuất sắc nhiệm vụ",
        "vắng buổi học",
        "Trần Gia Bảo, Chi đoàn",
        "lý do: đi học xa",
        "TRỌNG TÂM QUÝ I",
        "Dạy bơi",
    ):
        assert said in words, said
    assert "nộp bài chậm" not in words.lower()


@pytest.mark.parametrize("name", ["ky_giay_pdf", "ky_giay_word"])
def test_all_slips_are_one_file(client_of, bi_thu_phuong, ky, tmp_path, name):
    words = text_of(client_of(bi_thu_phuong).get(url(name, ky, "phieu")), tmp_path)

    assert words.count("PHIẾU NHẬN XÉT") == 3
    assert "(tán thành 2/2 đồng chí có mặt)" in words


def test_one_slip_as_word(client_of, bi_thu_phuong, ky, thanh_vien, tmp_path):
    review = ky.danh_gia.get(thanh_vien=thanh_vien)

    response = client_of(bi_thu_phuong).get(reverse("tuduong:phieu_word", args=[review.pk]))

    assert "Trần Gia Bảo" in text_of(response, tmp_path)


def test_papers_are_issued_once_the_session_is_closed(client_of, bi_thu_phuong, ky, bi_thu):
    client = client_of(bi_thu_phuong)
    refused = client.post(url("ky_issue", ky, "bien-ban"), follow=True)
    assert "chưa kết thúc" in str(next(iter(refused.context["messages"])))
    KyDanhGia.objects.update(trang_thai="ket_thuc")

    for loai in ("bien-ban", "bao-cao", "bien-ban"):
        client.post(url("ky_issue", ky, loai))

    kept = VanBan.objects.of(ky)
    assert sorted((row.loai, row.so_ky_hieu) for row in kept) == [("BB", ""), ("BC", "")]
    assert not any("Trần Gia Bảo" in row.tieu_de for row in kept)
    shown = client.get(url("ky_giay_pdf", ky, "bien-ban")).content
    assert shown == bytes(kept.get(loai="BB").tep)
    page = client.get(ky.get_absolute_url()).context
    assert page["da_ban_hanh"] == {"BB", "BC"}
    assert client.post(url("ky_issue", ky, "phieu")).status_code == 404
    assert client_of(bi_thu).get(url("ky_giay_pdf", ky, "bao-cao")).status_code == 404


def test_paper_declared_void_is_offered_again(client_of, bi_thu_phuong, ky):
    KyDanhGia.objects.update(trang_thai="ket_thuc")
    client = client_of(bi_thu_phuong)
    client.post(url("ky_issue", ky, "bien-ban"))
    void(van_ban=VanBan.objects.issued(ky, "BB"), ly_do="Sai thư ký", by=bi_thu_phuong)

    page = client.get(ky.get_absolute_url())

    assert page.context["da_ban_hanh"] == set()
    assert url("ky_issue", ky, "bien-ban") in page.text


def test_one_more_slip_costs_its_tasks_alone(ky, to, chi_doan):
    def asked():
        fresh = KyDanhGia.objects.select_related("to__don_vi").get(pk=ky.pk)
        with CaptureQueriesContext(connection) as queries:
            GIAY_KY["phieu"].declare(NoiDungKy(fresh))
        return len(queries)

    before = asked()
    later = make_thanh_vien(to=to, doan_vien=make_doan_vien(chi_doan=chi_doan))
    DanhGia.objects.create(ky=ky, thanh_vien=later)

    assert asked() == before + 1
