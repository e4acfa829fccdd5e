"""Many dossiers as one job: each outcome told, numbers without gaps whatever happens."""

import contextlib
from datetime import date
from functools import partial
from io import BytesIO
from itertools import count
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from core.errors import RuleError
from core.pdf import Booklet, Paper, Print
from core.pdf.pool import LOI, Printers
from tests.chidoan.test_dong_thoi import at_once
from tests.core.pdf_reading import page_texts, words
from tests.factories import make_doan_vien, make_ho_so
from tochuc.audit import find_faults
from tochuc.bieu_quyet import Phieu
from tochuc.models import CongViec, NhatKy, QuyDinh, SoVanBan, VanBan
from tochuc.van_ban import void
from tochuc.viec_nen import Job
from tochuc.viec_nen.registry import folder_of
from tochuc.viec_nen.services import run
from tudưong.giay_to import phat_hanh
from tudưong.in_hang_loat import services, viec
from tudưong.in_hang_loat.dien_tap import DienTap, InDaCo, KhacDienTapError, rehearse
from tudưong.models import DongIn, DotIn, HoSo
from tudưong.services import propose, resolve, review

pytestmark = pytest.mark.django_db
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
_CHO, _XONG, _HONG, _HUY = DongIn.TrangThai


@pytest.fixture(autouse=True)
def _jobs_dir(settings, tmp_path):
    settings.JOBS_DIR = tmp_path


@pytest.fixture
def real_pdf():
    """For tests that read the files; the others make a blank sheet each time, which is quick."""


@pytest.fixture(autouse=True)
def _blank_sheets(request, monkeypatch):
    if "real_pdf" not in request.fixturenames:
        blank = Print(Paper(), "Thử").pdf()
        for kind in (Print, Booklet):
            monkeypatch.setattr(kind, "pdf", lambda _: blank)


@pytest.fixture
def resolved(chi_doan, chi_doan_15, bch, bi_thu, can_bo_phuong, bi_thu_phuong):
    """Makes so many cases that the committee has resolved."""

    def make(count: int) -> list[HoSo]:
        cases = []
        for _ in range(count):
            ho_so = make_ho_so(doan_vien=make_doan_vien(chi_doan=chi_doan))
            propose(ho_so=ho_so, ngay=date(2026, 6, 12), phieu=Phieu(15, 15, 0), by=bi_thu)
            review(ho_so=ho_so, ngay=date(2026, 6, 13), by=can_bo_phuong)
            resolve(ho_so=ho_so, ngay=date(2026, 6, 14), phieu=Phieu(15, 15, 0), by=bi_thu_phuong)
            cases.append(HoSo.objects.select_related("don_vi").get(pk=ho_so.pk))
        return cases

    return make


@pytest.fixture
def begin(bi_thu_phuong):
    def start(cases) -> DotIn:
        return services.create_dot_in(ho_so=cases, ma_gui=uuid4(), by=bi_thu_phuong)

    return start


def states(dot: DotIn) -> list[str]:
    return list(dot.dong.values_list("trang_thai", flat=True))


def without_party_cell(ho_so: HoSo) -> None:
    HoSo.objects.filter(pk=ho_so.pk).update(chi_bo="")


def register(phuong, loai: str) -> list[int]:
    """The numbers that the ward's papers of the kind bear."""
    rows = VanBan.objects.filter(don_vi=phuong, loai=loai, phien_ban=1)
    return sorted(rows.values_list("so", flat=True))


def whole_file(dot: DotIn) -> bytes:
    dot.refresh_from_db()
    return (folder_of(dot.cong_viec) / dot.cong_viec.tep).read_bytes()


@pytest.mark.same_on_both
def test_every_case_is_printed_and_all_are_one_file(real_pdf, phuong, resolved, begin):
    cases = resolved(3)

    dot = begin(cases)

    assert states(dot) == [_XONG] * 3
    assert register(phuong, "NQ") == register(phuong, "DS") == [1, 2, 3]
    single = [bytes(row.van_ban.tep) for row in dot.dong.select_related("van_ban")]
    whole = PdfReader(BytesIO(whole_file(dot)))
    assert len(whole.pages) == sum(len(PdfReader(BytesIO(tep)).pages) for tep in single)
    texts = [words(page.extract_text()) for page in whole.pages]
    assert texts == [words(text) for tep in single for text in page_texts(tep)]
    covers = [text for text in texts if "Mã hồ sơ" in text]
    assert [row.ma in text for row, text in zip(cases, covers, strict=True)] == [True] * 3
    assert NhatKy.objects.filter(hanh_dong="ho_so.print").count() == 3


def test_one_that_fails_stops_nobody_and_leaves_no_gap(phuong, resolved, begin):
    cases = resolved(3)
    without_party_cell(cases[1])

    dot = begin(cases)

    assert states(dot) == [_XONG, _HONG, _XONG]
    assert dot.dong.get(trang_thai=_HONG).ly_do == "Chưa ghi chi bộ nhận hồ sơ."
    assert register(phuong, "NQ") == register(phuong, "DS") == [1, 2]
    dot.refresh_from_db()
    assert dot.cong_viec.thong_bao == (
        "Đã in 2/3 bộ hồ sơ. 1 bộ chưa in được, lý do ghi ở từng dòng."
    )
    assert dot.cong_viec.dia_chi == dot.get_absolute_url()


def test_what_is_left_is_printed_after_mending(phuong, resolved, begin, bi_thu_phuong):
    cases = resolved(3)
    without_party_cell(cases[0])
    dot = begin(cases)
    first = dot.dong.last().van_ban
    HoSo.objects.filter(pk=cases[0].pk).update(chi_bo="Khu vực 1")

    services.continue_dot_in(dot=dot, by=bi_thu_phuong)

    assert states(dot) == [_XONG] * 3
    assert dot.dong.last().van_ban == first
    assert register(phuong, "NQ") == [1, 2, 3]
    assert len(PdfReader(BytesIO(whole_file(dot))).pages) == 3
    with pytest.raises(RuleError, match="đã in xong tất cả"):
        services.continue_dot_in(dot=dot, by=bi_thu_phuong)


def test_a_dossier_that_is_void_is_not_in_the_file_of_what_goes_on(
    client_of, resolved, begin, bi_thu_phuong
):
    cases = resolved(3)
    without_party_cell(cases[2])
    dot = begin(cases)
    assert len(PdfReader(BytesIO(whole_file(dot))).pages) == 2
    void(van_ban=dot.dong.first().van_ban, ly_do="Ghi sai.", by=bi_thu_phuong)
    HoSo.objects.filter(pk=cases[2].pk).update(chi_bo="Khu vực 1")

    services.continue_dot_in(dot=dot, by=bi_thu_phuong)

    assert states(dot) == [_XONG] * 3
    assert len(PdfReader(BytesIO(whole_file(dot))).pages) == 2
    page = client_of(bi_thu_phuong).get(dot.get_absolute_url()).text
    assert page.count("Bộ này bị hủy sau khi in.") == 1
    dossiers = [reverse("tuduong:bo_ho_so_pdf", args=[row.pk]) for row in cases]
    assert [f'href="{url}"' in page for url in dossiers] == [False, True, True]


def test_a_dossier_that_was_issued_anew_is_in_the_file_as_it_is_now(resolved, begin, bi_thu_phuong):
    changed, void_and_back, lacking = resolved(3)
    without_party_cell(lacking)
    dot = begin([changed, void_and_back, lacking])
    HoSo.objects.filter(pk=changed.pk).update(nang_luc="Nhiệt tình.")
    void(van_ban=dot.dong.get(ho_so=void_and_back).van_ban, ly_do="Sai.", by=bi_thu_phuong)
    for row in HoSo.objects.filter(pk__in=[changed.pk, void_and_back.pk]):
        phat_hanh.issue_bo_ho_so(ho_so=row, by=bi_thu_phuong)

    services.continue_dot_in(dot=dot, by=bi_thu_phuong)

    for row in dot.dong.exclude(ho_so=lacking):
        assert row.van_ban == VanBan.objects.issued(row.ho_so, "HS")
        assert row.van_ban.phien_ban == 2
    assert len(PdfReader(BytesIO(whole_file(dot))).pages) == 2


def test_the_same_form_twice_is_one_batch(resolved, bi_thu_phuong):
    cases, ma_gui = resolved(1), uuid4()

    first, again = (
        services.create_dot_in(ho_so=cases, ma_gui=ma_gui, by=bi_thu_phuong) for _ in range(2)
    )

    assert again == first
    assert CongViec.objects.count() == 1


def test_called_off_it_stops_before_the_next_case(
    monkeypatch, phuong, resolved, begin, bi_thu_phuong
):
    """What is issued stays issued, and what is left can still be printed."""
    issue = viec.issue_one

    def issue_and_call_off(job, dong, may_in):
        issue(job, dong, may_in)
        DotIn.objects.update(huy_luc=timezone.now())

    monkeypatch.setattr(viec, "issue_one", issue_and_call_off)
    dot = begin(resolved(3))

    assert states(dot) == [_XONG, _HUY, _HUY]
    assert register(phuong, "NQ") == [1]
    monkeypatch.setattr(viec, "issue_one", issue)
    services.continue_dot_in(dot=dot, by=bi_thu_phuong)
    assert states(dot) == [_XONG] * 3
    assert register(phuong, "NQ") == register(phuong, "DS") == [1, 2, 3]


class Killed(BaseException):
    """The worker is gone."""


@pytest.mark.same_on_both
@override_settings(TASKS=QUEUE)
def test_after_a_killed_worker_it_goes_on_where_it_was(
    monkeypatch, phuong, resolved, begin, bi_thu_phuong
):
    issue, done = viec.issue_one, []

    def die_on_the_second(job, dong, may_in):
        if done:
            raise Killed
        done.append(dong)
        issue(job, dong, may_in)

    dot = begin(resolved(3))
    monkeypatch.setattr(viec, "issue_one", die_on_the_second)
    with pytest.raises(Killed):
        run(dot.cong_viec_id)
    assert states(dot) == [_XONG, _CHO, _CHO]
    assert services.continue_dot_in(dot=dot, by=bi_thu_phuong).cong_viec == dot.cong_viec
    CongViec.objects.update(trang_thai="hong")
    monkeypatch.setattr(viec, "issue_one", issue)

    dot = services.continue_dot_in(dot=dot, by=bi_thu_phuong)
    dot.refresh_from_db()
    run(dot.cong_viec_id)

    assert states(dot) == [_XONG] * 3
    assert register(phuong, "NQ") == register(phuong, "DS") == [1, 2, 3]


@override_settings(TASKS=QUEUE)
def test_two_works_never_print_the_same_batch(phuong, resolved, begin, bi_thu_phuong):
    dot = begin(resolved(1))
    other = CongViec.objects.create(don_vi=phuong, nguoi=bi_thu_phuong, ten="In", viec="x")

    with pytest.raises(RuleError, match="đang chạy ở một việc khác"):
        viec.in_dot(Job(other), dot=dot.pk)


def test_a_number_taken_meanwhile_is_nobody_elses(real_pdf, monkeypatch, phuong, resolved, begin):
    """What was rehearsed under another number is rehearsed anew, and printed with its own."""
    *cases, other = resolved(3)
    wait, others = DienTap.cho, [other]

    def take_a_number_first(dien_tap):
        wait(dien_tap)
        if others:
            phat_hanh.issue_bo_ho_so(ho_so=others.pop(), by=None)

    monkeypatch.setattr(DienTap, "cho", take_a_number_first)

    dot = begin(cases)

    assert states(dot) == [_XONG] * 2
    assert register(phuong, "NQ") == register(phuong, "DS") == [1, 2, 3]
    for dong in dot.dong.select_related("van_ban"):
        text = words(" ".join(page_texts(bytes(dong.van_ban.tep))))
        so = VanBan.objects.of(dong.ho_so).get(loai="DS").so_ky_hieu
        assert f"Số: {so}" in text
        assert dong.van_ban.ma_kiem_tra in text


def test_who_is_always_outrun_prints_in_place(monkeypatch, phuong, resolved, begin):
    monkeypatch.setattr(InDaCo, "in_ra", lambda *args: (_ for _ in ()).throw(KhacDienTapError))

    dot = begin(resolved(2))

    assert states(dot) == [_XONG] * 2
    assert register(phuong, "NQ") == [1, 2]


def test_a_rehearsal_leaves_nothing(resolved, bi_thu_phuong):
    before = NhatKy.objects.count()

    with Printers() as printers:
        [dien_tap] = rehearse(resolved(1)[:1], printers, by=bi_thu_phuong).values()
        made = [ban.tep.result() for ban in dien_tap.ban_in]

    assert [tep[:5] for tep in made] == [b"%PDF-"] * 4
    assert not VanBan.objects.exists()
    assert not SoVanBan.objects.exists()
    assert NhatKy.objects.exclude(hanh_dong__startswith="ho_so").count() == before


def test_a_case_that_is_no_longer_his_to_sign_fails_alone(
    monkeypatch, resolved, begin, bi_thu_phuong
):
    cases = resolved(2)
    permitted = type(HoSo.objects.all()).permitted_to
    without = lambda rows, user, quyen: permitted(rows, user, quyen).exclude(pk=cases[0].pk)  # noqa: E731
    monkeypatch.setattr(type(HoSo.objects.all()), "permitted_to", without)

    dot = begin(cases)

    assert states(dot) == [_HONG, _XONG]
    assert dot.dong.first().ly_do == viec.KHONG_CON_QUYEN


@pytest.mark.parametrize("lost", ["role", "account"])
def test_who_loses_the_right_while_it_prints_signs_no_more(
    monkeypatch, resolved, begin, bi_thu_phuong, lost
):
    monkeypatch.setattr(viec, "NHOM", 1)
    issue_one = viec.issue_one

    def issue_and_lose(*args):
        issue_one(*args)
        if lost == "role":
            bi_thu_phuong.phan_cong.update(den_ngay=date(2026, 11, 20))
        else:
            type(bi_thu_phuong).objects.filter(pk=bi_thu_phuong.pk).update(is_active=False)

    monkeypatch.setattr(viec, "issue_one", issue_and_lose)

    dot = begin(resolved(2))

    assert states(dot) == [_XONG, _HONG]
    assert dot.dong.last().ly_do == viec.KHONG_CON_QUYEN


def test_settings_and_offices_that_change_count_from_the_next_group_on(
    real_pdf, monkeypatch, phuong, resolved, begin
):
    """Those of one group are asked once, so that what was rehearsed is what is printed."""
    monkeypatch.setattr(viec, "NHOM", 2)
    issue_one, turns = viec.issue_one, count(1)

    def issue_and_change(*args):
        issue_one(*args)
        if next(turns) == 1:
            QuyDinh.objects.create(
                don_vi=phuong,
                ma="mau_so_van_ban",
                tu_ngay=date(2026, 1, 1),
                gia_tri="{so}/{loai}-{dv}",
                can_cu="QĐ",
            )
            phuong.chuc_vu.filter(chuc_danh="bi_thu").update(ho_ten="Người Mới")

    monkeypatch.setattr(viec, "issue_one", issue_and_change)

    dot = begin(resolved(3))

    so = VanBan.objects.filter(loai="DS").order_by("so").values_list("so_ky_hieu", flat=True)
    assert list(so) == ["01-DS/ĐTN", "02-DS/ĐTN", "03/DS-ĐTN"]
    signed = [
        "Người Mới" in words(" ".join(page_texts(bytes(row.van_ban.tep))))
        for row in dot.dong.select_related("van_ban")
    ]
    assert signed == [False, False, True]


def test_a_fault_fails_its_case_and_is_logged(monkeypatch, caplog, phuong, resolved, begin):
    cases = resolved(2)
    read = viec.issue_bo_ho_so

    def break_on_the_first(*, ho_so, **kwargs):
        if ho_so.pk == cases[0].pk:
            raise ZeroDivisionError("bí mật")
        return read(ho_so=ho_so, **kwargs)

    monkeypatch.setattr(viec, "issue_bo_ho_so", break_on_the_first)

    dot = begin(cases)

    assert states(dot)[0] == _HONG
    assert dot.dong.first().ly_do == LOI
    assert "bí mật" in caplog.text
    assert states(dot)[1] == _XONG
    assert register(phuong, "NQ") == [1]


# ---- whatever happens ----------------------------------------------------------------------

SO_HO_SO = 4
mot_ho_so = st.integers(0, SO_HO_SO - 1)
viec_xay_ra = st.lists(
    st.one_of(
        st.tuples(st.just("in"), st.frozensets(mot_ho_so, min_size=1)),
        st.tuples(st.just("tiep"), st.none()),
        st.tuples(st.sampled_from(["thieu", "sua", "rieng", "chen"]), mot_ho_so),
        st.tuples(st.sampled_from(["dung", "chet"]), st.integers(0, 2)),
    ),
    min_size=4,
    max_size=10,
)


class Happenings:
    """What may happen to cases and batches; the next run of a batch may be disturbed."""

    def __init__(self, cases, by):
        self.cases, self.by, self.dots, self.disturbance = cases, by, [], None

    def happen(self, viec_gi: str, what) -> None:
        if viec_gi in ("thieu", "sua"):
            chi_bo = "" if viec_gi == "thieu" else "Khu vực 1"
            HoSo.objects.filter(pk=self.cases[what].pk).update(chi_bo=chi_bo)
        elif viec_gi == "rieng":
            self.issue_alone(what)
        elif viec_gi in ("chen", "dung", "chet"):
            self.disturbance = (viec_gi, what)
        elif viec_gi == "in":
            cases = [self.cases[number] for number in sorted(what)]
            self.dots.append(services.create_dot_in(ho_so=cases, ma_gui=uuid4(), by=self.by))
            self.work(self.dots[-1])
        elif self.dots:
            with contextlib.suppress(RuleError):
                services.continue_dot_in(dot=self.dots[-1], by=self.by)
                self.work(self.dots[-1])

    def issue_alone(self, number: int) -> None:
        ho_so = HoSo.objects.get(pk=self.cases[number].pk)
        with contextlib.suppress(RuleError), transaction.atomic():
            phat_hanh.issue_bo_ho_so(ho_so=ho_so, by=self.by)

    def work(self, dot: DotIn) -> None:
        dot.refresh_from_db()
        issue, turns = viec.issue_one, count()
        disturbance, self.disturbance = self.disturbance, None

        def disturbed(job, dong, may_in):
            kind, what = disturbance or ("", 0)
            turn = next(turns)
            if kind == "chet" and turn == what:
                raise Killed
            if kind == "dung" and turn == what:
                services.cancel_dot_in(dot=dot, by=self.by)
            if kind == "chen" and turn == 0:
                self.issue_alone(what)
            issue(job, dong, may_in)

        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(Killed):
            patch.setattr(viec, "issue_one", disturbed)
            run(dot.cong_viec_id)
        CongViec.objects.filter(trang_thai="dang_chay").update(trang_thai="hong")


@given(happenings=viec_xay_ra)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@override_settings(TASKS=QUEUE)
def test_numbers_run_from_one_without_gaps_whatever_happens(
    happenings, phuong, chi_doan, resolved, bi_thu_phuong
):
    """Batches that fail, are called off, die, go on or are overtaken; papers issued alone."""
    with transaction.atomic():
        world = Happenings(resolved(SO_HO_SO), bi_thu_phuong)
        for happening in happenings:
            world.happen(*happening)
        for don_vi, loai in ((phuong, "NQ"), (phuong, "DS"), (chi_doan, "NQ")):
            numbers = register(don_vi, loai)
            assert numbers == list(range(1, len(numbers) + 1))
            so_cuoi = SoVanBan.objects.filter(don_vi=don_vi, loai=loai).values_list("so_cuoi")
            assert [so for (so,) in so_cuoi if so] == numbers[-1:]
        for dot in world.dots:
            for dong in dot.dong.filter(trang_thai=_XONG):
                assert dong.van_ban == VanBan.objects.issued(dong.ho_so, "HS")
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
@override_settings(TASKS=QUEUE)
def test_two_batches_at_once_bear_each_number_once(phuong, chi_doan, resolved, begin):
    """Each in a thread and a connection of its own, as two workers would."""
    cases = resolved(6)
    dots = [begin(cases[:3]), begin(cases[3:])]

    at_once(*(partial(run, dot.cong_viec_id) for dot in dots))

    assert [states(dot) for dot in dots] == [[_XONG] * 3] * 2
    assert register(phuong, "NQ") == register(phuong, "DS") == [1, 2, 3, 4, 5, 6]
    assert register(chi_doan, "NQ") == [1, 2, 3, 4, 5, 6]
    assert list(find_faults()) == []


# ---- pages ---------------------------------------------------------------------------------

CHON = reverse_lazy("tuduong:dot_in_create")


def test_page_lists_who_can_be_printed_and_what_is_blank(client_of, resolved, bi_thu_phuong):
    ready, lacking = resolved(2)
    without_party_cell(lacking)
    make_ho_so(doan_vien=make_doan_vien(chi_doan=ready.chi_doan))

    page = client_of(bi_thu_phuong).get(CHON)

    rows = {row.ho_so.pk: row for row in page.context["rows"]}
    assert set(rows) == {ready.pk, lacking.pk}
    assert rows[lacking.pk].thieu == ["Chưa ghi chi bộ nhận hồ sơ."]
    assert "quê quán" in rows[ready.pk].de_trong
    assert page.context["ticked"] == {ready.pk}
    assert "Sẽ để trống: " in page.text


def test_printed_cases_are_under_their_own_view(client_of, resolved, begin, bi_thu_phuong):
    printed, waiting = resolved(2)
    begin([printed])
    ended = make_ho_so(doan_vien=make_doan_vien(chi_doan=waiting.chi_doan), trang_thai="ket_nap")

    client = client_of(bi_thu_phuong)
    found = {
        xem: {row.ho_so.pk for row in client.get(CHON, {"xem": xem}).context["rows"]}
        for xem in ("chua", "da", "tat")
    }

    everything = {printed.pk, waiting.pk, ended.pk}
    assert found == {"chua": {waiting.pk}, "da": {printed.pk}, "tat": everything}


def test_page_asks_as_many_questions_for_few_as_for_many(
    client_of, resolved, bi_thu_phuong, django_assert_max_num_queries
):
    client = client_of(bi_thu_phuong)
    resolved(3)

    with django_assert_max_num_queries(12):
        client.get(CHON)


def test_chosen_cases_become_a_batch_whose_page_tells_each_outcome(
    client_of, resolved, bi_thu_phuong
):
    cases = resolved(2)
    without_party_cell(cases[0])
    client, ma_gui = client_of(bi_thu_phuong), uuid4()
    form = {"chon": [row.pk for row in cases], "ma_gui": str(ma_gui)}

    first, again = (client.post(CHON, form) for _ in range(2))
    page = client.get(first.url)

    assert again.url == first.url == DotIn.objects.get().get_absolute_url()
    assert "Chưa ghi chi bộ nhận hồ sơ." in page.text
    assert f'href="{cases[0].get_absolute_url()}"' in page.text
    assert "In tiếp phần còn lại (1)" in page.text
    assert "Tải một tệp để in" in page.text
    without = client.post(CHON, {"ma_gui": str(uuid4())})
    assert "Chọn ít nhất một hồ sơ để in." in without.text


def test_going_on_and_calling_off_by_their_buttons(client_of, resolved, begin, bi_thu_phuong):
    cases = resolved(1)
    without_party_cell(cases[0])
    dot = begin(cases)
    client = client_of(bi_thu_phuong)
    HoSo.objects.update(chi_bo="Khu vực 1")

    client.post(reverse("tuduong:dot_in_continue", args=[dot.pk]))
    stopped = client.post(reverse("tuduong:dot_in_cancel", args=[dot.pk]), follow=True)

    assert states(dot) == [_XONG]
    assert "không còn bộ nào chờ in" in stopped.text


def test_others_of_the_ward_may_look_but_not_fetch_the_file(
    client_of, resolved, begin, pho_bi_thu_phuong, can_bo_phuong, bi_thu
):
    dot = begin(resolved(1))
    file = reverse("tochuc:cong_viec_file", args=[dot.cong_viec_id])

    page = client_of(pho_bi_thu_phuong).get(dot.get_absolute_url())

    assert page.status_code == 200
    assert file not in page.text
    assert client_of(pho_bi_thu_phuong).get(file).status_code == 404
    assert client_of(can_bo_phuong).get(dot.get_absolute_url()).status_code == 403
    assert client_of(bi_thu).get(CHON).status_code == 403


def test_too_many_cases_are_refused(monkeypatch, resolved, begin):
    monkeypatch.setattr(services, "TOI_DA", 1)

    with pytest.raises(RuleError, match="tối đa 1"):
        begin(resolved(2))


@pytest.mark.same_on_both
def test_a_party_cell_that_nobody_named_can_still_be_named_after_the_resolution(
    client_of, resolved, bi_thu_phuong
):
    named, unnamed = resolved(2)
    without_party_cell(unnamed)
    client = client_of(bi_thu_phuong)

    for row in (named, unnamed):
        form = {"version": HoSo.objects.get(pk=row.pk).version, "chi_bo": "Khu vực 9"}
        client.post(reverse("tuduong:ho_so_nhan_xet", args=[row.pk]), form)

    assert HoSo.objects.get(pk=named.pk).chi_bo == "Khu vực 1"
    assert HoSo.objects.get(pk=unnamed.pk).chi_bo == "Khu vực 9"
