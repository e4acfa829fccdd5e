"""One member's record and card labels on paper."""

from datetime import date

import pytest
from django.urls import reverse

from core.pdf import render_pdf
from doanvien.ban_in.nhan_the import nhan_the
from tests.core.pdf_reading import page_texts, words
from tests.factories import make_doan_vien, make_xep_loai
from tochuc.models import NhatKy, VanBan

pytestmark = pytest.mark.django_db


def text_of(answer):
    return words(" ".join(page_texts(answer.content)))


@pytest.fixture
def an(chi_doan):
    nguoi = make_doan_vien(
        chi_doan=chi_doan, ho_ten="Lê An", ton_giao="Cao Đài", cccd="079200000123", so_the="123456"
    )
    make_xep_loai(nguoi, "htxs", nam=2025)
    return nguoi


def test_the_record_prints_without_what_is_masked(client, an, bi_thu):
    client.force_login(bi_thu)

    text = text_of(client.get(reverse("doanvien:trich_yeu_pdf", args=[an.pk])))

    assert "TRÍCH YẾU LÝ LỊCH" in text
    assert "BCH ĐOÀN PHƯỜNG THỬ" in text
    assert "Hoàn thành xuất sắc nhiệm vụ" in text
    assert "0123" in text
    assert [word for word in ("079200000123", "Cao Đài", "Mã kiểm tra") if word in text] == []
    assert not VanBan.objects.exists()
    assert NhatKy.objects.filter(hanh_dong="doan_vien.print").count() == 1


def test_the_record_is_issued_with_a_code_once(client, an, bi_thu_phuong):
    client.force_login(bi_thu_phuong)
    url = reverse("doanvien:trich_yeu_issue", args=[an.pk])

    first, again = client.post(url), client.post(url)

    paper = VanBan.objects.get()
    assert first.content == again.content == bytes(paper.tep)
    assert paper.ma_kiem_tra in text_of(first)
    assert "Lê" not in paper.tieu_de


def test_labels_keep_their_size_for_the_longest_names(an):
    """Seven rows of 35 mm fill the page; a row that grew would push the last one over."""
    an.ho_ten = "Công Tằng Tôn Nữ Huyền Trân Bảo Ngọc Hoàng Anh Thư Quỳnh Như"

    pages = page_texts(render_pdf(nhan_the([an] * 21), title="Nhãn"))

    assert len(pages) == 1


def test_labels_follow_the_filters_of_the_list(client, an, chi_doan, chi_doan_khac, bi_thu_phuong):
    make_doan_vien(chi_doan=chi_doan_khac, ho_ten="Trần Bình")
    make_doan_vien(chi_doan=chi_doan, ho_ten="Phạm Đi", den_ngay=date(2026, 1, 1)).qua_trinh.all()
    client.force_login(bi_thu_phuong)

    text = text_of(client.get(reverse("doanvien:nhan_the_pdf"), {"chi_doan": chi_doan.pk}))

    assert "LÊ AN" in text
    assert "Số thẻ: 123456" in text
    assert "TRẦN BÌNH" not in text


def test_nobody_to_print_labels_for_is_said(client, chi_doan, bi_thu):
    client.force_login(bi_thu)

    answer = client.get(reverse("doanvien:nhan_the_pdf"), {"q": "không ai"}, follow=True)

    assert "Không có đồng chí nào để in nhãn" in answer.content.decode()
