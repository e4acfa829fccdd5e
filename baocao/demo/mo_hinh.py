"""The two initiatives that the ward told of on 06/9/2018, and how they have gone since.

Meetings are on record from two years ago on, long after the launch: the page says so, and
compares within that time. Khu vực 1 began it with gaps and fewer people (`phuong_1.THANG_BO`).
"""

from datetime import date, datetime, time, timedelta
from itertools import cycle

from django.utils import timezone

from baocao.chi_tieu import ThoiKy
from baocao.mo_hinh.so_sanh import figures, freeze
from chidoan.mo_hinh.mau_cam_ket import BA_CHU_DONG, MOT_CONG_MOT, UU_TU
from chidoan.mo_hinh.services import ThanhVien, create_mo_hinh
from chidoan.mo_hinh.services.danh_gia import freeze as freeze_review
from chidoan.models import (
    Anh,
    ChucVu,
    DanhGiaMoHinh,
    KetQuaCamKet,
    MoHinh,
    MucCamKet,
    NhatKyMoHinh,
)
from core.periods import KyBaoCao
from tochuc.models import DonVi

from .anh import CAC_CANH, drawn_pictures, new_anh

NGAY = date(2018, 9, 6)
SO_QUY = 8
SO_DANH_GIA = 4
TEN_CHI_DOAN = "Giải pháp nâng cao chất lượng chi đoàn trên địa bàn khu dân cư"
TEN_UU_TU = "Rèn luyện, bồi dưỡng, nâng cao chất lượng đoàn viên ưu tú tại cơ sở"
BOI_CANH_CHI_DOAN = (
    "Lực lượng đoàn viên mỏng; chất lượng hoạt động của các chi đoàn còn thấp; sinh hoạt chi đoàn "
    "chưa thường xuyên, hình thức thiếu hấp dẫn, ít sáng tạo."
)
MUC_TIEU_CHI_DOAN = (
    "Nắm chắc số lượng, tâm tư, nguyện vọng đoàn viên; giữ mối liên hệ với gia đình đoàn viên.\n"
    "Giữ nếp sinh hoạt hằng tháng, đổi mới nội dung; gắn hoạt động với nhu cầu của thanh niên.\n"
    "Tăng cường tham mưu cho cấp ủy, chính quyền."
)
BOI_CANH_UU_TU = (
    "Giới thiệu đoàn viên ưu tú còn chờ cấp ủy chỉ đạo; đoàn viên ưu tú chưa được giao việc cụ thể "
    "để rèn luyện."
)
MUC_TIEU_UU_TU = (
    "Giao việc cụ thể cho từng đoàn viên ưu tú, hằng quý tổ tu dưỡng đánh giá kết quả, hạn chế.\n"
    "Ban Chấp hành chi đoàn nhận xét, chọn đồng chí đủ tiêu chuẩn giới thiệu cho Đảng; không được "
    "kết nạp thì Đoàn hỏi lại cấp ủy."
)
VIEC_TO = (
    "Chỉ đạo chung, làm việc với cấp ủy",
    "Theo dõi sinh hoạt, nghị quyết của chi đoàn",
    "Nắm tâm tư đoàn viên, liên hệ gia đình",
    "Ghi nhật ký, tổng hợp đánh giá quý",
    "Giao việc, theo dõi kết quả rèn luyện",
)
NHAT_KY_CHI_DOAN = (
    ("Thăm gia đình đoàn viên mới kết nạp", "Gia đình ủng hộ, cho con em sinh hoạt đều."),
    ("Dự sinh hoạt chi đoàn, góp ý cách làm", "Chi đoàn đổi sang thảo luận theo nhóm nhỏ."),
    ("Rà soát danh sách, gọi điện đoàn viên đi làm xa", "Cập nhật nơi làm, số điện thoại mới."),
    ("Tham mưu chi bộ khu vực hỗ trợ nơi sinh hoạt", "Chi bộ cho mượn nhà văn hóa tối thứ Sáu."),
    ("Gặp mặt thanh niên chưa vào Đoàn", "Nhận đơn xin vào Đoàn, phân công người giúp đỡ."),
)
NHAT_KY_UU_TU = (
    ("Giao việc quý cho từng đồng chí trong tổ tu dưỡng", "Mỗi đồng chí nhận một việc cụ thể."),
    ("Họp tổ tu dưỡng đánh giá nhiệm vụ quý", "Từng đồng chí nghe góp ý, ghi việc khắc phục."),
)
LOI = (
    (
        "Chi đoàn giữ được lịch sinh hoạt; danh sách đoàn viên rà soát xong.",
        "Số đoàn viên dự còn ít vì nhiều đồng chí làm ca tối.",
        "Đổi giờ họp sang tối thứ Sáu; gặp ba thanh niên chưa vào Đoàn (Bí thư chi đoàn, đầu quý).",
    ),
    (
        "Đổi giờ họp, số đồng chí dự tăng; có thanh niên nộp đơn vào Đoàn.",
        "Việc phối hợp với các hội trong khu vực còn ít.",
        "Cùng Hội Phụ nữ khu vực làm một buổi ra quân (Bí thư chi đoàn, tháng thứ hai).",
    ),
    (
        "Ra quân chung với Hội Phụ nữ; nghị quyết các buổi đều có kết quả.",
        "Đoàn viên đi làm xa khó liên hệ.",
        "Lập nhóm liên lạc cho đoàn viên đi xa (đồng chí phụ trách, trong quý).",
    ),
    (
        "Nhóm liên lạc có đủ đoàn viên đi xa; đoàn phí thu đều hơn.",
        "Chưa có đoàn viên ưu tú mới được giới thiệu trong quý.",
        "Chọn một đồng chí đưa vào tổ tu dưỡng (Ban Chấp hành, trong quý).",
    ),
)


def launch(units: dict[str, DonVi], *, by) -> None:
    """Both with their teams and commitments: four and ten people, led by the ward's secretary."""
    phuong = units["phuong-1"]
    held = ChucVu.objects.under(phuong).order_by("don_vi__path", "pk")
    names = list(dict.fromkeys(row.ho_ten for row in held if row.don_vi_id == phuong.pk))
    first = {
        "ten": TEN_CHI_DOAN,
        "loai": MoHinh.Loai.CHI_DOAN,
        "boi_canh": BOI_CANH_CHI_DOAN,
        "muc_tieu": MUC_TIEU_CHI_DOAN,
        "diem": units["phuong-1-khu-vuc-1"],
        "noi_ra_mat": "Khu vực 1",
    }
    second = {
        "ten": TEN_UU_TU,
        "loai": MoHinh.Loai.UU_TU,
        "boi_canh": BOI_CANH_UU_TU,
        "muc_tieu": MUC_TIEU_UU_TU,
        "sinh_hoat": "hàng quý",
        "van_ban": "Kế hoạch do Đoàn phường tham mưu Đảng ủy phường ban hành",
    }
    for values, size, programmes in (
        (first, 4, [BA_CHU_DONG.ma, MOT_CONG_MOT.ma]),
        (second, 10, [UU_TU.ma]),
    ):
        create_mo_hinh(
            don_vi=phuong,
            values={**values, "tu_ngay": NGAY},
            thanh_vien=_team(names[:size]),
            chuong_trinh=programmes,
            by=by,
        )


def _team(names: list[str]) -> list[ThanhVien]:
    """The secretary leads; the others share the work."""
    leader = ThanhVien(
        ho_ten=names[0],
        chuc_vu="Bí thư Đoàn phường",
        nhiem_vu=VIEC_TO[0],
        la_to_truong=True,
    )
    works = cycle(VIEC_TO[1:])
    return [leader, *(ThanhVien(ho_ten=ten, nhiem_vu=next(works)) for ten in names[1:])]


def life(phuong: DonVi, *, homnay: date, by) -> None:
    """Log with photos, ticks of eight quarters, reviews of the last four that are over."""
    models = {row.ten: row for row in MoHinh.objects.under(phuong).select_related("don_vi", "diem")}
    chi_doan, uu_tu = models[TEN_CHI_DOAN], models[TEN_UU_TU]
    quarters = [KyBaoCao.quarter_of(homnay)]
    while len(quarters) < SO_QUY:
        quarters.insert(0, quarters[0].previous)
    rows = _log(chi_doan, NHAT_KY_CHI_DOAN, quarters, homnay, by)
    rows += _log(uu_tu, NHAT_KY_UU_TU, quarters[-4:], homnay, by)
    _photos(rows, by=by)
    _ticks(chi_doan, quarters, homnay, by)
    _ticks(uu_tu, quarters[-4:], homnay, by)
    over = [ky for ky in quarters if ky.end < homnay][-SO_DANH_GIA:]
    _reviews(chi_doan, over, by)
    _reviews(uu_tu, over[:-1], by)


def _log(mo_hinh: MoHinh, works, quarters, homnay: date, by) -> list[NhatKyMoHinh]:
    """The launch, then two things a quarter."""
    who = cycle(mo_hinh.thanh_vien.values_list("ho_ten", flat=True))
    told = [(NGAY, f"Ra mắt mô hình tại {mo_hinh.noi_lam}", "Tổ thực hiện nhận nhiệm vụ.")]
    for so, ky in enumerate(quarters):
        for part in range(2):
            viec, ket_qua = works[(2 * so + part) % len(works)]
            told.append((ky.start + timedelta(days=16 + 40 * part), viec, ket_qua))
    return NhatKyMoHinh.objects.bulk_create(
        NhatKyMoHinh(
            mo_hinh=mo_hinh,
            don_vi=mo_hinh.noi_lam,
            ngay=ngay,
            viec=viec,
            ket_qua=ket_qua,
            nguoi_lam="" if ngay == NGAY else next(who),
            ghi_boi=by,
        )
        for ngay, viec, ket_qua in told
        if ngay <= homnay
    )


def _photos(rows: list[NhatKyMoHinh], *, by) -> None:
    """One drawing on each of the three newest lines of the log."""
    newest = sorted(rows, key=lambda row: row.ngay)[-3:]
    drawn = drawn_pictures()
    photos = [
        new_anh(row, drawn[so % len(drawn)], CAC_CANH[so % len(drawn)][0], by)
        for so, row in enumerate(newest)
    ]
    Anh.objects.bulk_create(photos)
    for photo, row in zip(photos, newest, strict=True):
        taken = timezone.make_aware(datetime.combine(row.ngay, time(17)))
        photo.them_luc = min(taken, timezone.now())
    Anh.objects.bulk_update(photos, ["them_luc"])


def _ticks(mo_hinh: MoHinh, quarters, homnay: date, by) -> None:
    """More is kept from quarter to quarter; of the running one half is said."""
    checks = list(MucCamKet.objects.cua(mo_hinh))
    levels = KetQuaCamKet.MucDo
    rows = []
    for so, ky in enumerate(quarters):
        for thu_tu, muc in enumerate(checks):
            if homnay <= ky.end and thu_tu % 2:
                continue
            kept = (thu_tu * 5) % 11 < 4 + so
            level = levels.DAT if kept else (levels.DANG_LAM if thu_tu % 2 else levels.CHUA)
            note = (
                f"Biên bản sinh hoạt tháng {ky.months[0].thang}" if kept and not thu_tu % 3 else ""
            )
            rows.append(KetQuaCamKet(muc=muc, ky=ky.code, muc_do=level, ghi_chu=note, ghi_boi=by))
    KetQuaCamKet.objects.bulk_create(rows)


def _reviews(mo_hinh: MoHinh, quarters, by) -> None:
    rows, promised = [], ""
    for so, ky in enumerate(quarters):
        ket_qua, han_che, viec_tiep = LOI[so % len(LOI)]
        seen = figures(mo_hinh, ThoiKy.of(ky, mo_hinh.don_vi))
        rows.append(
            DanhGiaMoHinh(
                mo_hinh=mo_hinh,
                ky=ky.code,
                ngay=ky.end,
                viec_truoc="Đã làm, có ghi trong nhật ký." if promised else "",
                ket_qua=ket_qua,
                han_che=han_che,
                viec_tiep=viec_tiep,
                muc=DanhGiaMoHinh.Muc.TOT if so == len(quarters) - 1 else DanhGiaMoHinh.Muc.DAT,
                chot=freeze_review(mo_hinh, ky, freeze(seen)),
                chot_ngay=seen.den,
                ghi_boi=by,
            )
        )
        promised = viec_tiep
    DanhGiaMoHinh.objects.bulk_create(rows)
