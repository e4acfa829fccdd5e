"""Inspection in Phường I: a year's programme in all its states, and one visit from Vị Thanh.

Last year's was remedied to the end. Three more were concluded with their papers; one
recommendation of them is overdue, one waits for the branch whose secretary signs in, one for the
ward.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from chidoan.kiem_tra.giay_to import issue_bien_ban, issue_ket_luan
from chidoan.models import (
    BuocKiemTra,
    ChuongTrinhKiemTra,
    CuocKiemTra,
    KetQuaKiemTra,
    KienNghi,
    TraLoiKienNghi,
)
from core.periods import KyBaoCao
from doanvien.models import KetNap
from tochuc.models import DonVi, NguoiDung, VanBan

from .phuong_1 import ChiDoanDemo
from .sinh_ke import livelihood

T, Loai, KQ = CuocKiemTra.TrangThai, BuocKiemTra.Loai, KetQuaKiemTra.Loai
MOC = timedelta(days=120)
GHI_SAU = "Khu vực 4"
DOAN_PHUONG = {
    "truong_doan": "Trịnh Hoài Phong",
    "chuc_vu_truong": "Bí thư Đoàn phường",
    "thanh_vien": "Hồ Thị Yến, Phó Bí thư Đoàn phường\nVõ Thanh Trúc, Ủy viên Ban Thường vụ",
}


@dataclass(frozen=True)
class Cuoc:
    """One inspection of the story; days count back from today, of remedies forward."""

    don_vi: str
    chuyen_de: str
    hinh_thuc: str = "kiem_tra"
    trang_thai: str = T.KE_HOACH
    truoc: int = 0
    ket_qua: tuple[tuple[str, str, str], ...] = ()
    kien_nghi: tuple[tuple[str, int, str, str], ...] = ()  # words, due in, state, what was done
    ket_luan: str = ""
    dai_dien: str = ""
    ly_do: str = ""


CUA_PHUONG = (
    Cuoc(
        "Khu vực 7",
        "Công tác quản lý đoàn viên",
        trang_thai=T.XONG,
        truoc=400,
        ket_qua=(
            (KQ.UU_DIEM, "Sinh hoạt đều, biên bản ghi đủ ý kiến", "12 buổi trong 12 tháng"),
            (
                KQ.HAN_CHE,
                "Danh sách đoàn viên chưa đúng thực tế",
                "2 đồng chí đã chuyển đi nhưng còn tên trong sổ",
            ),
        ),
        ket_luan="Chi đoàn giữ được nếp sinh hoạt; cần cập nhật danh sách hằng tháng.",
        kien_nghi=(
            (
                "Làm thủ tục chuyển sinh hoạt cho 2 đồng chí đã đi",
                -365,
                "xong",
                "Đã giới thiệu chuyển sinh hoạt cả 2 đồng chí",
            ),
        ),
    ),
    Cuoc(
        "Khu vực 5",
        "Việc thực hiện chế độ sinh hoạt chi đoàn",
        trang_thai=T.KHAC_PHUC,
        truoc=75,
        ket_qua=(
            (KQ.UU_DIEM, "Danh sách đoàn viên được cập nhật đủ, rõ người đi làm xa", ""),
            (
                KQ.HAN_CHE,
                "Nhiều tháng liền không tổ chức sinh hoạt",
                "Bí thư nghỉ từ tháng trước đợt kiểm tra, chưa có người thay",
            ),
            (
                KQ.HAN_CHE,
                "Nghị quyết đã ra chưa có người theo dõi",
                "2 nghị quyết quá hạn, không ghi kết quả trong sổ",
            ),
        ),
        ket_luan="Chi đoàn có đoàn viên nhưng thiếu người chủ trì nên mất nếp sinh hoạt.\n"
        "Trách nhiệm trước hết thuộc Ban Chấp hành chi đoàn; Đoàn phường chậm nắm tình hình.",
        kien_nghi=(
            (
                "Rà soát danh sách đoàn viên có mặt ở địa bàn",
                -45,
                "xong",
                "Đã rà soát, 4 đồng chí có mặt thường xuyên tại khu vực",
            ),
            ("Kiện toàn Bí thư chi đoàn", -10, "cho", ""),
            (
                "Tổ chức lại sinh hoạt, ghi đủ biên bản",
                20,
                "tra_lai",
                "Đã hẹn sinh hoạt vào tối thứ Bảy",
            ),
        ),
    ),
    Cuoc(
        "Khu vực 3",
        "Việc thu, nộp và sử dụng đoàn phí",
        hinh_thuc="giam_sat",
        trang_thai=T.KHAC_PHUC,
        truoc=40,
        dai_dien="Lê Minh Duy, Bí thư chi đoàn",
        ket_qua=(
            (KQ.UU_DIEM, "Thu đoàn phí có phiếu, trích nộp đúng tỷ lệ", "đối chiếu sổ thu 6 tháng"),
            (
                KQ.HAN_CHE,
                "Chưa công khai thu – chi trong sinh hoạt hằng quý",
                "biên bản hai quý gần nhất không có nội dung thu – chi",
            ),
        ),
        ket_luan="Việc thu, nộp đoàn phí của chi đoàn đúng quy định; cần công khai thường kỳ.",
        kien_nghi=(("Công khai thu – chi đoàn phí trong buổi sinh hoạt gần nhất", 15, "cho", ""),),
    ),
    Cuoc(
        "Khu vực 4",
        "Công tác phát triển đoàn viên",
        trang_thai=T.DA_TIEN_HANH,
        truoc=6,
        ket_qua=(
            (KQ.UU_DIEM, "Phân công đoàn viên theo dõi, giúp đỡ thanh niên cụ thể", ""),
            (
                KQ.HAN_CHE,
                "Kết nạp chưa đủ bước",
                "một trường hợp trong sổ chưa ghi ngày học Điều lệ Đoàn",
            ),
        ),
    ),
    Cuoc("Khu vực 8", "Công tác phát triển đoàn viên", truoc=-1),
    Cuoc("Khu vực 2", "Công tác quản lý hồ sơ, sổ sách chi đoàn"),
    Cuoc("Khu vực 9", "Công tác quản lý hồ sơ, sổ sách chi đoàn"),
    Cuoc(
        "Khu vực 6",
        "Công tác quản lý hồ sơ, sổ sách chi đoàn",
        trang_thai=T.BO,
        ly_do="Trùng thời gian Thành đoàn kiểm tra, đã dùng chung kết quả",
    ),
)
CUA_VI_THANH = Cuoc(
    "",
    "Việc thực hiện Chương trình công tác Đoàn và phong trào thanh thiếu nhi",
    hinh_thuc="giam_sat",
    trang_thai=T.DA_KET_LUAN,
    truoc=100,
    dai_dien="Trịnh Hoài Phong, Bí thư Đoàn phường\nHồ Thị Yến, Phó Bí thư Đoàn phường",
    ket_qua=(
        (KQ.UU_DIEM, "Xây dựng chương trình, phân công phụ trách chi đoàn rõ người, rõ việc", ""),
        (
            KQ.HAN_CHE,
            "Còn chi đoàn mất nếp sinh hoạt",
            "Chi đoàn Khu vực 5 nhiều tháng không sinh hoạt, Khu vực 8 sinh hoạt chưa đều",
        ),
    ),
    ket_luan="Đoàn phường I hoàn thành các nội dung chính của chương trình; cần giúp các chi đoàn "
    "yếu kịp thời hơn.",
    kien_nghi=(
        ("Phân công ủy viên Ban Chấp hành giúp Chi đoàn Khu vực 5, Khu vực 8", 12, "cho", ""),
    ),
)


def build(units, accounts, branches: list[ChiDoanDemo], *, homnay: date) -> None:
    """Inspections; and what the ward does for its young people's living."""
    _applications_in_time(units["phuong-1"])
    inspections(units, accounts, homnay=homnay)
    livelihood(branches, units["phuong-1"], homnay=homnay, by=accounts["demo.phuong"])


def _applications_in_time(phuong: DonVi) -> None:
    """Applications were written down when they came, but in one branch, which did so afterwards."""
    rows = list(KetNap.objects.under(phuong).exclude(chi_doan__ten=GHI_SAU))
    for row in rows:
        row.tao_luc = _luc(row.ngay_don)
    KetNap.objects.bulk_update(rows, ["tao_luc"], batch_size=500)


def inspections(units: dict[str, DonVi], accounts: dict[str, NguoiDung], *, homnay: date) -> None:
    """The ward's programmes with their inspections, and the one of Vị Thanh."""
    by, phuong = accounts["demo.phuong"], units["phuong-1"]
    years = {_ky(row, homnay).nam for row in CUA_PHUONG} | {homnay.year}
    programmes = {nam: _programme(phuong, nam, homnay, by) for nam in sorted(years)}
    branches = {unit.ten: unit for ma, unit in units.items() if ma.startswith("phuong-1-")}
    for row in CUA_PHUONG:
        ky = _ky(row, homnay)
        _inspection(row, phuong, branches[row.don_vi], ky, homnay, by, programmes[ky.nam])
    tren = accounts["demo.huyen"]
    doan = {"truong_doan": "Đỗ Anh Khoa", "chuc_vu_truong": "Phó Bí thư Thành đoàn"}
    thanh_pho = units["vi-thanh"]
    ky = _ky(CUA_VI_THANH, homnay)
    _inspection(CUA_VI_THANH, thanh_pho, phuong, ky, homnay, tren, None, **doan)


def _programme(phuong: DonVi, nam: int, homnay: date, by) -> ChuongTrinhKiemTra:
    return ChuongTrinhKiemTra.objects.create(
        don_vi=phuong,
        nam=nam,
        so_van_ban="02-CTr/ĐTN",
        ngay=min(date(nam, 1, 15), homnay),
        ghi_chu="Mỗi quý kiểm tra ít nhất hai chi đoàn, ưu tiên chi đoàn yếu và mới có bí thư.",
        ghi_boi=by,
    )


def _ky(row: Cuoc, homnay: date) -> KyBaoCao:
    """The quarter it was planned for: that of its day, the last one where it is late."""
    quarter = KyBaoCao.quarter_of(homnay - timedelta(days=max(row.truoc, 0)))
    return quarter.previous if row.truoc < 0 else quarter


def _inspection(row: Cuoc, don_vi, doi_tuong, ky, homnay, by, chuong_trinh, **doan) -> None:
    lap = max(ky.start - timedelta(days=20), date(ky.nam, 1, 2))
    ngay = homnay - timedelta(days=row.truoc) if row.truoc > 0 else None
    fields = {}
    if ngay:
        fields = {
            "ngay": ngay,
            "tu_ngay": ngay - MOC,
            "den_ngay": ngay,
            "dia_diem": f"Nhà văn hóa {doi_tuong.ten.lower()}"
            if doi_tuong.is_chi_doan
            else "Ủy ban nhân dân phường I",
            "dai_dien": row.dai_dien or "Phó Bí thư chi đoàn",
            **DOAN_PHUONG,
            **({"thanh_vien": ""} | doan if doan else {}),
        }
    cuoc = CuocKiemTra.objects.create(
        don_vi=don_vi,
        chuong_trinh=chuong_trinh,
        hinh_thuc=row.hinh_thuc,
        chuyen_de=row.chuyen_de,
        doi_tuong=doi_tuong,
        ky=ky.code,
        han=ky.end,
        trang_thai=row.trang_thai,
        ly_do_bo=row.ly_do,
        ket_luan=row.ket_luan,
        ngay_ket_luan=ngay + timedelta(days=5) if row.ket_luan else None,
        ngay_buoc=_ngay_buoc(row, ngay, min(lap, homnay)),
        ghi_boi=by,
        **fields,
    )
    _steps(cuoc, row, min(lap, homnay), by)
    _content(cuoc, row, homnay, by)
    if row.ket_luan:
        for paper in (issue_bien_ban(cuoc=cuoc, by=by), issue_ket_luan(cuoc=cuoc, by=by)):
            VanBan.objects.filter(pk=paper.pk).update(lap_luc=_luc(paper.ngay))


def _ngay_buoc(row: Cuoc, ngay: date | None, lap: date) -> date:
    """The day of its last step; when it is done, that of the last remedy."""
    return ngay + timedelta(days=17) if ngay and row.trang_thai == T.XONG else ngay or lap


def _steps(cuoc: CuocKiemTra, row: Cuoc, lap: date, by) -> None:
    """The steps that lead to where the inspection stands."""
    steps = [(Loai.LAP, T.KE_HOACH, lap)]
    if cuoc.ngay:
        steps.append((Loai.TIEN_HANH, T.DA_TIEN_HANH, cuoc.ngay))
    if cuoc.ngay_ket_luan:
        steps.append((Loai.KET_LUAN, T.DA_KET_LUAN, cuoc.ngay_ket_luan))
    answered = cuoc.ngay_ket_luan and cuoc.ngay_ket_luan + timedelta(days=12)
    if row.trang_thai in (T.KHAC_PHUC, T.XONG):
        steps.append((Loai.KHAC_PHUC, T.KHAC_PHUC, answered))
    if row.trang_thai == T.XONG:
        steps.append((Loai.XONG, T.XONG, answered))
    if row.trang_thai == T.BO:
        steps.append((Loai.BO, T.BO, lap))
    BuocKiemTra.objects.bulk_create(
        BuocKiemTra(
            cuoc=cuoc,
            thu_tu=so,
            loai=loai,
            den_trang_thai=den,
            ngay=ngay,
            boi=by,
            ly_do=row.ly_do if loai == Loai.BO else "",
        )
        for so, (loai, den, ngay) in enumerate(steps, 1)
    )


def _content(cuoc: CuocKiemTra, row: Cuoc, homnay: date, by) -> None:
    KetQuaKiemTra.objects.bulk_create(
        KetQuaKiemTra(cuoc=cuoc, loai=loai, noi_dung=noi_dung, so_lieu=so_lieu)
        for loai, noi_dung, so_lieu in row.ket_qua
    )
    for noi_dung, den_han, trang_thai, viec in row.kien_nghi:
        done = cuoc.ngay_ket_luan + timedelta(days=12)
        kien_nghi = KienNghi.objects.create(
            cuoc=cuoc,
            noi_dung=noi_dung,
            han=homnay + timedelta(days=den_han),
            trang_thai=trang_thai,
            ngay_xong=done if trang_thai == "xong" else None,
        )
        if viec:
            is_done = trang_thai == "xong"
            TraLoiKienNghi.objects.create(
                kien_nghi=kien_nghi,
                ngay=done,
                noi_dung=viec,
                nhap_thay=cuoc.doi_tuong.is_chi_doan,
                boi=by,
                ket_qua="dong_y" if is_done else "tra_lai",
                y_kien="" if is_done else "Gửi biên bản buổi sinh hoạt sau khi họp",
                ngay_xet=done,
                xet_boi=by,
            )


def _luc(ngay: date) -> datetime:
    return timezone.make_aware(datetime.combine(ngay, time(15, 20)))
