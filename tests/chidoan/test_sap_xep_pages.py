"""Pages of a reorganisation: a plan is drafted, tried, handed in, approved and undone."""

import uuid
from datetime import timedelta

import pytest

from chidoan.models import SapXep
from core.periods import today
from doanvien.models import DoanVien
from tests.factories import make_chi_doan, make_doan_vien, make_nguoi_dung
from tochuc.models import DiaBan, DonVi
from tochuc.permissions import VaiTro

XUA = today() - timedelta(days=400)


@pytest.fixture
def hai(chi_doan, chi_doan_khac):
    for branch in (chi_doan, chi_doan_khac):
        make_doan_vien(chi_doan=branch, tu_ngay=XUA)
    return chi_doan, chi_doan_khac


def soan(client, loai, **data):
    data = {"hieu_luc": f"{today():%d/%m/%Y}", "ma_gui": uuid.uuid4(), **data}
    return client.post(f"/sap-xep/lap/{loai}/", data)


def duyet(client, sap_xep, mat_khau="mat-khau"):
    url = f"{sap_xep.get_absolute_url()}duyet/"
    data = {
        "so_quyet_dinh": "12-QĐ/ĐTN",
        "ngay_quyet_dinh": f"{today():%d/%m/%Y}",
        "mat_khau": mat_khau,
        "bam": client.get(url).context["form"].initial["bam"],
    }
    return client.post(url, data)


def test_a_ward_merges_two_branches_and_the_office_above_approves(
    client_of, bi_thu_phuong, van_phong, hai
):
    client = client_of(bi_thu_phuong)
    answer = soan(client, "sap_nhap", don_vi=[unit.pk for unit in hai], ten="Khu vực 12")
    plan = SapXep.objects.get()
    assert answer.url == plan.get_absolute_url()
    page = client.get(answer.url)
    assert page.context["xem"]["tong_sau"] == 2
    assert page.context["cay"][0]["sau"][0]["ten"] == "Chi đoàn Khu vực 12"
    client.post(f"{answer.url}trinh/")

    client = client_of(van_phong)
    assert "Duyệt 1" in client.get("/").content.decode()
    assert duyet(client, plan, "sai").status_code == 200
    duyet(client, plan)

    plan.refresh_from_db()
    assert plan.is_da_ap_dung
    assert DonVi.objects.get(ten="Khu vực 12").doan_vien.count() == 2
    assert client.get(plan.get_absolute_url()).context["may_revert"]
    client.post(
        f"{plan.get_absolute_url()}hoan-tac/", {"ly_do": "Ghi nhầm", "mat_khau": "mat-khau"}
    )
    assert {unit.doan_vien.count() for unit in hai} == {1}


def test_a_large_one_is_done_in_the_background(client_of, van_phong, hai, phuong, monkeypatch):
    monkeypatch.setattr("chidoan.sap_xep.nen.LON", 0)
    client = client_of(van_phong)
    url = f"/sap-xep/lap/sap_nhap/?trong={phuong.pk}"
    data = {"don_vi": [unit.pk for unit in hai], "ten": "Khu vực 12", "ma_gui": uuid.uuid4()}
    client.post(url, data | {"hieu_luc": f"{today():%d/%m/%Y}"})
    plan = SapXep.objects.get()

    answer = duyet(client, plan)

    plan.refresh_from_db()
    assert answer.url.startswith("/cong-viec/")
    assert plan.is_da_ap_dung


def test_a_split_asks_for_everybodys_place(client_of, bi_thu_phuong, van_phong, hai, chi_doan):
    people = [chi_doan.doan_vien.get(), make_doan_vien(chi_doan=chi_doan, tu_ngay=XUA)]
    client = client_of(bi_thu_phuong)
    DiaBan.objects.create(
        don_vi=chi_doan.cap_tren, chi_doan=chi_doan, loai="to_dan_pho", ten="Tổ 1", tu_ngay=XUA
    )

    answer = soan(client, "chia_tach", don_vi=chi_doan.pk, cac_ten="1A\n1B\n")
    page = client.get(answer.url)
    assert [row.pk for row, _ in page.context["form"].dong] == [person.pk for person in people]
    client.post(answer.url, {"version": 1, f"den_{people[0].pk}": "0"})
    plan = SapXep.objects.get()
    assert plan.xem_truoc["can_tro"] == [
        "Còn 1 đồng chí chưa có nơi đến. Chọn nơi đến cho từng đồng chí."
    ]
    stale = client.post(answer.url, {"version": 1, "con_lai": "0"})
    assert stale.status_code == 409  # another window has saved meanwhile
    area = DiaBan.objects.get()
    client.post(
        answer.url,
        {"version": 2, f"den_{people[0].pk}": "0", "con_lai": "1", f"dia_ban_{area.pk}": "1"},
    )

    plan.refresh_from_db()
    assert (plan.xem_truoc["can_tro"], plan.xem_truoc["tong_sau"]) == ([], 2)
    duyet(client_of(van_phong), plan)
    assert [DoanVien.objects.get(pk=one.pk).chi_doan.ten for one in people] == ["1A", "1B"]
    assert DiaBan.objects.tai_ngay(plan.hieu_luc).get().chi_doan.ten == "1B"


def test_one_change_more_goes_into_the_draft_and_out_again(client_of, bi_thu_phuong, hai):
    client = client_of(bi_thu_phuong)
    soan(client, "doi_ten", don_vi=hai[0].pk, ten="Bến Đò")
    plan = SapXep.objects.get()

    client.post(f"/sap-xep/lap/lap_moi/?dot={plan.pk}", {"ten": "Chợ", "khoi": "dan_cu"})
    plan.refresh_from_db()
    assert [item["loai"] for item in plan.ke_hoach["thay_doi"]] == ["doi_ten", "lap_moi"]
    client.post(f"{plan.get_absolute_url()}bo-viec/0/")

    plan.refresh_from_db()
    assert [item["loai"] for item in plan.ke_hoach["thay_doi"]] == ["lap_moi"]


def test_a_change_of_a_draft_is_done_over(client_of, bi_thu_phuong, van_phong, hai):
    """Its form comes filled in, in its own place, also when it looks into another unit; an older
    page's is refused."""
    client = client_of(bi_thu_phuong)
    units = [unit.pk for unit in hai]
    soan(client, "sap_nhap", don_vi=units, ten="Khu vực 12")
    plan = SapXep.objects.get()
    (item,) = client.get(plan.get_absolute_url()).context["viec"]

    form = client.get(item["url"]).context["form"]
    assert (form.initial["don_vi"], form.initial["ten"]) == (units, "Khu vực 12")
    above = client_of(van_phong).get(item["url"])
    for kept in (("dot", str(plan.pk)), ("thay", "0"), ("ban", str(plan.version))):
        assert '<input type="hidden" name="{}" value="{}">'.format(*kept) in above.text
    assert client.post(item["url"], {"don_vi": units, "ten": "Khu vực 13"}).status_code == 302
    again = client.post(item["url"], {"don_vi": units, "ten": "Khu vực 14"})

    assert "Có người vừa sửa" in again.content.decode()
    plan.refresh_from_db()
    assert [one["dich"][0]["ten"] for one in plan.ke_hoach["thay_doi"]] == ["Khu vực 13"]


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("bi_thu_phuong", {"sap_nhap", "chia_tach", "lap_moi", "giai_the", "doi_ten"}),
        (
            "van_phong",
            {"sap_nhap", "chia_tach", "lap_moi", "giai_the", "doi_ten", "chuyen"},
        ),
    ],
)
def test_each_is_offered_what_he_may_draft(request, client_of, phuong, who, kinds):
    client = client_of(request.getfixturevalue(who))

    offered = client.get("/sap-xep/lap/").context["cac_loai"]

    assert {kind["loai"] for kind in offered} == kinds
    assert client.get("/sap-xep/lap/bo_cap/").status_code == 404


def test_a_file_that_is_no_decision_is_refused(client_of, bi_thu_phuong, hai, tmp_path):
    client = client_of(bi_thu_phuong)
    path = tmp_path / "quyet-dinh.pdf"
    path.write_bytes(b"MZ not a paper")
    with path.open("rb") as tep:
        answer = soan(client, "doi_ten", don_vi=hai[0].pk, ten="Bến Đò", tep=tep)
    assert answer.context["form"].errors["tep"] == ["Chọn tệp PDF, JPG hoặc PNG."]
    path.write_bytes(b"%PDF-1.7 ...")
    with path.open("rb") as tep:
        answer = soan(client, "doi_ten", don_vi=hai[0].pk, ten="Bến Đò", tep=tep)

    download = client.get(f"{answer.url}quyet-dinh/")

    assert download.content == b"%PDF-1.7 ..."
    assert download["Content-Disposition"] == 'attachment; filename="quyet-dinh.pdf"'


def test_a_neighbour_sees_nothing_of_it(client_of, bi_thu_phuong, nguoi_la, hai):
    soan(client_of(bi_thu_phuong), "doi_ten", don_vi=hai[0].pk, ten="Bến Đò")
    plan = SapXep.objects.get()
    client = client_of(nguoi_la)

    assert client.get(plan.get_absolute_url()).status_code == 404
    assert not client.get("/sap-xep/").context["page"].object_list


def test_the_named_account_works_at_once_and_reads_the_old_branch(
    client_of, bi_thu, van_phong, hai, chi_doan_khac
):
    account = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan_khac)
    make_chi_doan(phuong=chi_doan_khac.cap_tren)
    client = client_of(van_phong)
    answer = client.post(
        f"/sap-xep/lap/sap_nhap/?trong={chi_doan_khac.cap_tren.pk}",
        {
            "don_vi": [unit.pk for unit in hai],
            "ten": "Khu vực 12",
            "tai_khoan": account.pk,
            "hieu_luc": f"{today():%d/%m/%Y}",
            "ma_gui": uuid.uuid4(),
        },
    )
    duyet(client, SapXep.objects.get())

    new = DonVi.objects.get(ten="Khu vực 12")
    refused = client_of(bi_thu).get(f"/chi-doan/{hai[0].pk}/")
    assert refused.status_code == 403
    assert f"kết thúc ngày {today() - timedelta(days=1):%d/%m/%Y} vì đơn vị đã sắp" in refused.text
    client = client_of(account)
    for unit in (new, *hai):
        assert client.get(f"/chi-doan/{unit.pk}/").status_code == 200
    lineage = client.get(f"/sap-xep/don-vi/{new.pk}/")
    assert [(line.ten_truoc, url) for line, url in lineage.context["lines"]] == [
        (f"Chi đoàn Khu vực {so}", unit.get_absolute_url()) for so, unit in enumerate(hai, 1)
    ]
    old = client.get(f"/don-vi/{hai[0].pk}/").context["history"]
    yesterday = f"{today() - timedelta(days=1):%d/%m/%Y}"
    assert [entry["title"] for entry in old] == ["Đã kết thúc", "Chi đoàn Khu vực 1"]
    assert old[0]["lines"][0] == "Sổ cũ đọc ở Chi đoàn Khu vực 12"
    assert old[1]["when"].endswith(yesterday)
    assert answer.status_code == 302
