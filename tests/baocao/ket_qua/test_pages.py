"""Notice, decision, certificates: who sees them, what they say, that they name nobody."""

import re

import pytest
from django.urls import reverse

from baocao.dot_cham import services
from baocao.ket_qua.chung_nhan import issue_chung_nhan
from baocao.ket_qua.giay_to import thong_bao_giay
from baocao.ket_qua.queries import buoc_cong_khai, dong_theo_hang
from baocao.ket_qua.quyet_dinh import cancel_ket_qua
from baocao.models import QuyetDinhKetQua, XepLoaiDonVi
from core.errors import RuleError
from doanvien.models import DoanVien
from tests.core.pdf_reading import page_texts, words
from tochuc.models import CongViec, NguoiDung, VanBan

from .conftest import chot, tinh_thu


def url(name, row):
    return reverse(f"baocao:{name}", args=[row.pk])


def text_of(response):
    return words(" ".join(page_texts(response.content)))


DECISION = {
    "ngay": "18/11/2026",
    "ngay_hop": "18/11/2026",
    "bien_ban_so": "21-BB/ĐTN",
    "co_mat": "3",
    "tan_thanh": "3",
    "khong_tan_thanh": "0",
    "khong_hop_le": "0",
    "kem_bch": "on",
}


@pytest.fixture
def quyet_dinh(client_of, bi_thu_phuong, chung_cuoc, bch):
    client_of(bi_thu_phuong).post(url("ket_qua_decide", chung_cuoc), DECISION)
    return QuyetDinhKetQua.objects.get()


# ---- the notice ----------------------------------------------------------------------------


def test_everybody_with_a_role_in_the_tree_reads_the_notice(
    client_of, cong_bo, bi_thu, uy_vien, can_bo_phuong, cap_uy, kiem_tra, van_phong
):
    for user in (bi_thu, uy_vien, can_bo_phuong, cap_uy, kiem_tra, van_phong):
        page = client_of(user).get(url("cong_khai", cong_bo))
        assert [(row.hang, row.diem, muc) for row, muc, _ in page.context["rows"]] == [
            (1, 75, "Hoàn thành tốt nhiệm vụ"),
            (2, 55, "Hoàn thành nhiệm vụ"),
        ]


def test_strangers_find_no_notice_and_nobody_one_that_is_not_published(
    client_of, cong_bo, nguoi_la, bi_thu
):
    assert client_of(nguoi_la).get(url("cong_khai", cong_bo)).status_code == 404

    type(cong_bo).objects.filter(pk=cong_bo.pk).update(trang_thai="thu")
    assert client_of(bi_thu).get(url("cong_khai", cong_bo)).status_code == 404


def test_a_notice_that_was_corrected_leads_to_the_one_that_holds(
    client_of, chung_cuoc, bi_thu, bi_thu_phuong
):
    new = services.correct_dot(dot=chung_cuoc, loi="Sót điểm thưởng", by=None)
    tinh_thu(new)
    services.publish_dot(dot=new, by=None)
    chot(new)

    page = client_of(bi_thu).get(url("cong_khai", chung_cuoc))

    assert page.context["state"][2] == "Đã có kết quả thay thế"
    assert url("cong_khai", new) in page.content.decode()
    assert client_of(bi_thu_phuong).get(url("ket_qua_decide", chung_cuoc)).status_code == 404
    client_of(bi_thu_phuong).post(url("thong_bao_pdf", chung_cuoc))
    assert not VanBan.objects.filter(loai="TB").exists()
    ranking = client_of(bi_thu_phuong).get(reverse("baocao:xep_hang"), {"dot": chung_cuoc.pk})
    assert ranking.context["state"][2] == "Đã có kết quả thay thế"
    names = [item["label"] for item in ranking.context["options"]]
    assert names == ["Tạm tính", "Năm\xa02026, chung cuộc", "Năm\xa02026, đã được thay"]


def test_the_window_is_told_and_the_branch_finds_the_way_to_object(
    client_of, cong_bo, bi_thu, uy_vien
):
    page = client_of(bi_thu).get(url("cong_khai", cong_bo)).content.decode()

    assert "Lấy ý kiến đến hết ngày 23/11/2026" in page
    assert "Gửi ý kiến" in page
    assert "Gửi ý kiến" not in client_of(uy_vien).get(url("cong_khai", cong_bo)).content.decode()


def test_the_sheet_has_a_number_and_names_no_person(client_of, cong_bo, bi_thu_phuong, bi_thu):
    address = url("thong_bao_pdf", cong_bo)

    assert client_of(bi_thu).post(address).status_code == 404
    client_of(bi_thu_phuong).post(address)
    sheet = text_of(client_of(bi_thu).get(address))

    assert VanBan.objects.get(loai="TB").so_ky_hieu == "01-TB/ĐTN"
    assert "đến hết ngày 23/11/2026" in sheet
    assert "Chi đoàn Khu vực 1" in sheet
    people = [*DoanVien.objects.values_list("ho_ten", flat=True)]
    people += NguoiDung.objects.exclude(ho_ten="").values_list("ho_ten", flat=True)
    assert people
    assert not [name for name in people if name in sheet]


def test_the_final_notice_is_a_paper_of_its_own(client_of, cong_bo, chung_cuoc, bi_thu_phuong):
    step = buoc_cong_khai(chung_cuoc)
    client_of(bi_thu_phuong).post(url("thong_bao_pdf", chung_cuoc))
    sheet = repr(thong_bao_giay(step, list(dong_theo_hang(chung_cuoc))))

    assert (step.loai, VanBan.objects.get(loai="TB").doi_tuong_id) == ("chung_cuoc", step.pk)
    assert "(lấy ý kiến)" not in sheet
    assert chung_cuoc.ban_bam[:12] in sheet


# ---- the decision --------------------------------------------------------------------------


def test_the_preview_shows_levels_and_the_decision_follows(
    client_of, chung_cuoc, bch, bi_thu_phuong, chi_doan
):
    client = client_of(bi_thu_phuong)
    preview = client.get(url("ket_qua_decide", chung_cuoc))
    assert [(row["dong"].hang, row["ten_muc"]) for row in preview.context["rows"]] == [
        (1, "Hoàn thành tốt nhiệm vụ"),
        (2, "Hoàn thành nhiệm vụ"),
    ]

    client.post(url("ket_qua_decide", chung_cuoc), DECISION)

    decision = QuyetDinhKetQua.objects.get()
    page = client.get(decision.get_absolute_url())
    paper = text_of(client.get(url("ket_qua_pdf", decision)))
    assert page.status_code == 200
    assert "hoàn thành tốt nhiệm vụ: 01/02 (50,0%)" in paper.lower()
    assert "Biên bản số 21-BB/ĐTN" in paper
    assert client.get(url("ket_qua_docx", decision)).content[:2] == b"PK"
    assert XepLoaiDonVi.objects.get(don_vi=chi_doan).so_quyet_dinh == decision.so_ky_hieu


def test_a_level_is_changed_on_the_page_with_its_sentence(
    client_of, chung_cuoc, bch, bi_thu_phuong, chi_doan
):
    client, line = client_of(bi_thu_phuong), chung_cuoc.dong.get(don_vi=chi_doan)
    preview = client.get(url("ket_qua_decide", chung_cuoc)).context["rows"]
    address = url("ket_qua_decide", chung_cuoc) + preview[0]["doi_url"]

    chosen = client.post(address, DECISION | {"them": "1"})
    assert chosen.context["form"]["co_mat"].value() == DECISION["co_mat"]  # typed before choosing
    assert f"muc_{line.pk}" in chosen.context["form"].fields
    assert not QuyetDinhKetQua.objects.exists()
    before = dict(chosen.context["muc"])
    after = client.post(address, DECISION | {f"muc_{line.pk}": "kht", "them": "1"}).context
    assert dict(after["muc"])["Không hoàn thành nhiệm vụ"] == 1  # what the quota is held against
    assert sum(dict(after["muc"]).values()) == sum(before.values())

    refused = client.post(address, DECISION | {f"muc_{line.pk}": "ht"})
    assert refused.context["form"].errors.keys() == {f"ly_do_{line.pk}"}

    client.post(address, DECISION | {f"muc_{line.pk}": "ht", f"ly_do_{line.pk}": "Có sai phạm."})
    assert XepLoaiDonVi.objects.get(don_vi=chi_doan).muc == "ht"
    page = client.get(QuyetDinhKetQua.objects.get().get_absolute_url()).content.decode()
    assert "Khác đợt chấm: Có sai phạm." in page
    notice = client.get(url("cong_khai", chung_cuoc)).content.decode()
    assert "<small>Quyết định: Hoàn thành nhiệm vụ</small>" in notice


def test_the_preview_says_which_unit_another_decision_has_rated(
    client_of, chung_cuoc, bch, bi_thu_phuong, chi_doan
):
    XepLoaiDonVi.objects.create(
        don_vi=chi_doan,
        nam=2026,
        thang="hd33",
        muc="ht",
        ngay=chung_cuoc.ngay_chot,
        so_quyet_dinh="28-QĐ/ĐTN",
    )

    page = client_of(bi_thu_phuong).get(url("ket_qua_decide", chung_cuoc))

    assert [row["dong"].da_xep for row in page.context["rows"]] == ["28-QĐ/ĐTN", None]
    assert "Đã xếp loại theo Quyết định số 28-QĐ/ĐTN" in page.content.decode()


def test_a_branch_reads_its_own_line_of_the_decision(client_of, quyet_dinh, bi_thu, nguoi_la):
    page = client_of(bi_thu).get(quyet_dinh.get_absolute_url())

    assert [line.don_vi.ten for line, *_ in page.context["rows"]] == ["Khu vực 1"]
    assert client_of(nguoi_la).get(quyet_dinh.get_absolute_url()).status_code == 404
    assert client_of(bi_thu).get(url("ket_qua_cancel", quyet_dinh)).status_code == 403


def test_a_decision_is_cancelled_on_its_page_and_its_paper_stays(
    client_of, quyet_dinh, bi_thu_phuong
):
    client = client_of(bi_thu_phuong)
    client.post(url("ket_qua_cancel", quyet_dinh), {"ly_do": "Tính nhầm."})

    page = client.get(quyet_dinh.get_absolute_url()).content.decode()
    assert "Tính nhầm." in page
    assert client.get(url("ket_qua_pdf", quyet_dinh)).status_code == 200


# ---- certificates --------------------------------------------------------------------------


def test_the_best_level_alone_gets_a_certificate_with_its_number(
    client_of, quyet_dinh, bi_thu_phuong, chi_doan, chi_doan_khac
):
    quyet_dinh.dong.filter(don_vi=chi_doan).update(muc="htxs", ly_do="Thử", ten_muc="Xuất sắc")
    client = client_of(bi_thu_phuong)
    best, other = (
        quyet_dinh.dong.get(don_vi=row, doi_tuong="chi_doan") for row in (chi_doan, chi_doan_khac)
    )

    client.post(url("chung_nhan_pdf", best))
    sheet = text_of(client.get(url("chung_nhan_pdf", best)))

    assert client.get(url("chung_nhan_pdf", other)).status_code == 404
    assert VanBan.objects.get(loai="GCN").so_ky_hieu in sheet
    assert "Chi đoàn Khu vực 1" in sheet
    assert re.search(r"năm 2026, 75 điểm", sheet)


def test_decisions_are_listed_to_who_sees_their_round(
    client_of, quyet_dinh, bi_thu, nguoi_la, bi_thu_phuong
):
    def listed(user, **asked):
        return list(client_of(user).get(reverse("baocao:ket_qua_list"), asked).context["page"])

    assert listed(bi_thu) == listed(bi_thu, nam="2026", hieu_luc="con") == [quyet_dinh]
    assert listed(nguoi_la) == listed(bi_thu, nam="2025") == listed(bi_thu, hieu_luc="huy") == []
    cancel_ket_qua(quyet_dinh=quyet_dinh, ly_do="Tính nhầm.", by=bi_thu_phuong)
    assert listed(bi_thu, hieu_luc="huy") == [quyet_dinh]


def test_certificates_go_with_their_decision(client_of, quyet_dinh, bi_thu_phuong, chi_doan):
    quyet_dinh.dong.filter(don_vi=chi_doan).update(muc="htxs", ly_do="Thử", ten_muc="Xuất sắc")
    best = quyet_dinh.dong.select_related("quyet_dinh__dot", "dong", "don_vi").get(
        don_vi=chi_doan, doi_tuong="chi_doan"
    )
    client_of(bi_thu_phuong).post(url("chung_nhan_pdf", best))

    cancel_ket_qua(quyet_dinh=quyet_dinh, ly_do="Tính nhầm số buổi.", by=bi_thu_phuong)

    assert VanBan.objects.get(loai="GCN").ly_do_huy == "Tính nhầm số buổi."
    with pytest.raises(RuleError, match="Quyết định đã hủy"):
        issue_chung_nhan(dong=best, by=bi_thu_phuong)


def test_all_certificates_come_in_one_file(client_of, quyet_dinh, bi_thu_phuong):
    quyet_dinh.dong.update(muc="htxs", ly_do="Thử", ten_muc="Xuất sắc")

    client_of(bi_thu_phuong).post(url("chung_nhan_all", quyet_dinh))

    job = CongViec.objects.get()
    assert job.thong_bao == "Đã cấp 2 giấy mới; tệp có 2 giấy."
    assert VanBan.objects.filter(loai="GCN").count() == 2
    page = client_of(bi_thu_phuong).get(quyet_dinh.get_absolute_url()).content.decode()
    assert "In 2 giấy chứng nhận" in page
    assert "Cấp giấy" not in page
    client_of(bi_thu_phuong).post(url("chung_nhan_all", quyet_dinh))
    assert VanBan.objects.filter(loai="GCN").count() == 2
