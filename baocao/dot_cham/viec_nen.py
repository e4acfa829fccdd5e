"""What takes long in a large round, in the background: opening, the computed part, the trial."""

from datetime import date

from baocao.models import BoTieuChi, DotCham
from core.periods import KyBaoCao
from core.text.display import so
from tochuc.models import CongViec, DonVi
from tochuc.viec_nen import Job, Result, start, viec_nen

from .services import compute_dot, open_dot, trial_dot
from .services.mo import LichCham, check_mo, so_don_vi_cham

LAM_NGAY = 60
"""Up to so many units are done while one waits."""


def open_or_start(
    *, don_vi: DonVi, bo: BoTieuChi, ky: KyBaoCao, lich: LichCham, by
) -> DotCham | CongViec:
    """Open a small round at once and compute it; a large one in the background (its work), once
    it may be opened at all."""
    if so_don_vi_cham(don_vi, bo.doi_tuong, ky) <= LAM_NGAY:
        dot = open_dot(don_vi=don_vi, bo=bo, ky=ky, lich=lich, by=by)
        compute_dot(dot=dot, by=by)
        return dot
    check_mo(don_vi=don_vi, bo=bo, ky=ky, lich=lich, by=by)
    return start(
        open_in_background,
        ten=f"Mở đợt chấm {ky.ten}",
        don_vi=don_vi,
        by=by,
        tham_so={
            "don_vi": don_vi.pk,
            "bo": bo.pk,
            "ky": ky.code,
            "han": [lich.han_tu_cham.isoformat(), lich.han_tham_dinh.isoformat()],
            "ten": lich.ten,
        },
    )


@viec_nen
def open_in_background(
    job: Job, *, don_vi: int, bo: int, ky: str, han: list[str], ten: str
) -> Result:
    job.progress(0, 0, "Đang lập danh sách đơn vị")
    dot = open_dot(
        don_vi=DonVi.objects.get(pk=don_vi),
        bo=BoTieuChi.objects.get(pk=bo),
        ky=KyBaoCao.parse(ky),
        lich=LichCham(*(date.fromisoformat(day) for day in han), ten),
        by=job.by,
    )
    job.keep_page(dot.get_absolute_url())
    return _compute(job, dot)


def compute_or_start(*, dot: DotCham, by) -> CongViec | None:
    """Compute a small round at once (None), a large one in the background (its work)."""
    if not _is_lon(dot):
        compute_dot(dot=dot, by=by)
        return None
    return start(
        compute_in_background,
        ten=f"Tính phần tự động: {dot}",
        don_vi=dot.don_vi,
        by=by,
        tham_so={"dot": dot.pk},
    )


@viec_nen
def compute_in_background(job: Job, *, dot: int) -> Result:
    return _compute(job, _dot(dot))


def trial_or_start(*, dot: DotCham, version: int, by) -> DotCham | CongViec:
    """Add up and rank a small round at once, a large one in the background (its work)."""
    if not _is_lon(dot):
        return trial_dot(dot=dot, version=version, by=by)
    return start(
        trial_in_background,
        ten=f"Tính kết quả thử: {dot}",
        don_vi=dot.don_vi,
        by=by,
        tham_so={"dot": dot.pk, "version": version},
    )


@viec_nen
def trial_in_background(job: Job, *, dot: int, version: int) -> Result:
    job.progress(0, 0, "Đang cộng điểm, xếp hạng")
    row = trial_dot(dot=_dot(dot), version=version, by=job.by)
    return Result("Đã cộng điểm, xếp hạng. Xem trước rồi công bố.", row.get_absolute_url())


def _compute(job: Job, dot: DotCham) -> Result:
    job.progress(0, 0, "Đang đọc sổ của các đơn vị")

    words = f"Đang tính từng {'chi đoàn' if dot.is_chi_doan else 'Đoàn cơ sở'}"

    def progress(done: int, total: int) -> None:
        job.progress(done, total, words if done < total else "Đang ghi vào đợt chấm")

    changed = compute_dot(dot=dot, by=job.by, tien_do=progress)
    return Result(f"Đã tính phần tự động, {so(changed)} mục có số mới.", dot.get_absolute_url())


def _dot(pk: int) -> DotCham:
    return DotCham.objects.select_related("don_vi", "bo").get(pk=pk)


def _is_lon(dot: DotCham) -> bool:
    return dot.dong.count() > LAM_NGAY
