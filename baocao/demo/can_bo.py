"""Cadres of Phường I: sources and a plan, a gap with somebody posted and proposed, visits with
promises, gifts, allowances, and last year's ratings."""

from datetime import date, timedelta

from chidoan.models import (
    ChucVu,
    CuCanBo,
    DeNghiNhanSu,
    LanXuong,
    LoiHua,
    PhuCap,
    QuyHoach,
    ThamHoi,
    XepLoaiCanBo,
)
from doanvien.models import NguonCanBo, QuaTrinh
from tochuc.models import DonVi

_NGUON_KHOI = {"truong_hoc": "giao_vien", "co_quan": "cong_chuc", "llvt": "dan_quan"}
_NGUON_DAN_CU = ("lam_kinh_te", "bo_doi", "dan_quan", "dang_vien_tre", "tinh_nguyen")
_SAN_SANG = ("ngay", "mot_nam", "boi_duong")
_XUONG = (
    # branch, committee member, days ago, seen, advice, [(promise, side, due in days, done)]
    ("Khu vực 5", 0, 40, "Bí thư đã đi làm xa, sinh hoạt ngắt quãng; đoàn viên muốn duy trì.",
     "Giao Phó Bí thư giữ nếp sinh hoạt, phường tìm người thay.",
     [("Giới thiệu người làm bí thư", "phuong", -6, None),
      ("Họp chi đoàn bàn nhân sự", "chi_doan", -20, -22)]),
    ("Khu vực 4", 1, 25, "Sổ ghi còn thiếu hai tháng, đoàn phí thu chậm.",
     "Hướng dẫn lại cách ghi sổ, thu đoàn phí qua tổ trưởng.",
     [("Gửi tài liệu nghiệp vụ công tác Đoàn", "phuong", 9, None)]),
    ("Khu vực 8", 2, 61, "Còn 5 đoàn viên, hai đồng chí đi làm xa.",
     "Rà thanh niên trong khu vực để kết nạp.",
     [("Cùng chi đoàn đi vận động thanh niên", "phuong", -30, -33)]),
    ("Khu vực 3", 1, 18, "Sinh hoạt đều, chủ đề còn chung chung.",
     "Chọn việc cụ thể cho từng tháng.",
     [("Cho mượn bộ âm thanh tổ chức ngày hội", "phuong", 12, None)]),
    ("Khu vực 1", 0, 33, "Làm điểm tốt, đoàn viên dự họp đông.", "", []),
    ("Trường THCS", 3, 75, "Chi đoàn giáo viên mạnh, sẵn sàng giúp khu vực.", "", []),
    ("Khu vực 6", 4, 130, "Nhà văn hóa đang sửa, họp nhờ nhà dân.", "", []),
)  # fmt: skip
_THAM_HOI = (
    # branch, place of the person, days ago, occasion, circumstance, gift, đồng
    ("Khu vực 4", 0, 50, "thien_tai", "Nhà bị tốc mái sau giông", "Tiền mặt, tôn lợp", 1_500_000),
    ("Khu vực 8", 0, 21, "om_dau", "Mẹ nằm viện dài ngày", "Tiền mặt", 500_000),
)


def build(branches, phuong: DonVi, *, homnay: date, by) -> None:
    """Everything as it stands on `homnay`; rows are written in bulk."""
    found = {branch.don_vi.ten: branch for branch in branches}
    _sources(branches)
    _plan(branches, homnay)
    _gap(found, homnay, by)
    _visits(found, phuong, homnay)
    _gifts(found, phuong, homnay)
    _offices(phuong, homnay)


def _sources(branches) -> None:
    rows = []
    for so, branch in enumerate(branches):
        khoi = branch.don_vi.khoi
        for thu_tu, nguoi in enumerate(branch.nguoi):
            if khoi != "dan_cu" and thu_tu < 6:
                rows.append(NguonCanBo(doan_vien=nguoi, ma=_NGUON_KHOI[khoi]))
            elif khoi == "dan_cu" and thu_tu in (0, 2, 5) and branch.suc != "ngung":
                ma = _NGUON_DAN_CU[(so + thu_tu) % len(_NGUON_DAN_CU)]
                rows.append(NguonCanBo(doan_vien=nguoi, ma=ma))
    NguonCanBo.objects.bulk_create(rows, ignore_conflicts=True)


def _plan(branches, homnay: date) -> None:
    """A candidate for most residential branches: approved, but for the two added last; one that
    nobody has looked at this year."""
    homes = [row for row in branches if row.don_vi.khoi == "dan_cu" and len(row.nguoi) > 2]
    homes = [row for row in homes if row.suc != "ngung"]
    rows = []
    for so, branch in enumerate(homes):
        is_new = so >= len(homes) - 2
        rows.append(
            QuyHoach(
                doan_vien=branch.nguoi[5 if len(branch.nguoi) > 5 else 2],
                don_vi=branch.don_vi,
                chuc_danh="bi_thu" if so % 3 else "pho_bi_thu",
                nguon=_NGUON_DAN_CU[(so + 2) % len(_NGUON_DAN_CU)],
                ngay=homnay - timedelta(days=20 if is_new else 240),
                san_sang=_SAN_SANG[so % 3],
                nam_ra_soat=homnay.year - (so == 1),
                can_cu="" if is_new else "Thông báo 21-TB/ĐU",
                ngay_duyet=None if is_new else homnay - timedelta(days=220),
            )
        )
    QuyHoach.objects.bulk_create(rows)


def _gap(found, homnay: date, by) -> None:
    """Khu vực 5 has lost its secretary: a teacher is posted there and proposed."""
    branch, teacher = found["Khu vực 5"].don_vi, found["Trường THCS"].nguoi[3]
    tu_ngay = homnay - timedelta(days=45)
    guest = QuaTrinh.objects.create(
        doan_vien=teacher,
        chi_doan=branch,
        loai=QuaTrinh.Loai.TAM_THOI,
        tu_ngay=tu_ngay,
        ly_do_bat_dau=QuaTrinh.LyDoBatDau.CHUYEN_DEN,
    )
    CuCanBo.objects.create(
        doan_vien=teacher,
        don_vi=branch,
        tu_ngay=tu_ngay,
        can_cu=f"Quyết định 08-QĐ/ĐTN ngày {tu_ngay:%d/%m/%Y}",
        qua_trinh=guest,
        ghi_boi=by,
    )
    DeNghiNhanSu.objects.create(
        doan_vien=teacher,
        don_vi=branch,
        ly_do="Hội nghị chi đoàn nhất trí: nhiệt tình, gần gũi thanh niên, có mặt tại địa bàn.",
        ngay=homnay - timedelta(days=4),
    )


def _visits(found, phuong: DonVi, homnay: date) -> None:
    committee = list(ChucVu.objects.filter(don_vi=phuong).order_by("pk")[:5])
    promises = []
    for ten, so, truoc, noi_dung, gop_y, hua in _XUONG:
        ngay = homnay - timedelta(days=truoc)
        visit = LanXuong.objects.create(
            chi_doan=found[ten].don_vi,
            chuc_vu=committee[so],
            ho_ten=committee[so].ho_ten,
            ngay=ngay,
            noi_dung=noi_dung,
            gop_y=gop_y,
        )
        for viec, ben, han, xong in hua:
            promises.append(
                LoiHua(
                    lan_xuong=visit,
                    noi_dung=viec,
                    ben=ben,
                    nguoi=committee[so].ho_ten if ben == "phuong" else "",
                    han=homnay + timedelta(days=han),
                    xong_ngay=None if xong is None else homnay + timedelta(days=xong),
                )
            )
    LoiHua.objects.bulk_create(promises)


def _gifts(found, phuong: DonVi, homnay: date) -> None:
    ThamHoi.objects.bulk_create(
        ThamHoi(
            doan_vien=found[ten].nguoi[so],
            chi_doan=found[ten].don_vi,
            don_vi=phuong,
            chuc_vu=f"Bí thư {found[ten].don_vi}",
            dip=dip,
            hoan_canh=hoan_canh,
            qua=qua,
            gia_tri=gia_tri,
            nguoi_tang="Trịnh Hoài Phong",
            ngay=homnay - timedelta(days=truoc),
        )
        for ten, so, truoc, dip, hoan_canh, qua, gia_tri in _THAM_HOI
    )


def _offices(phuong: DonVi, homnay: date) -> None:
    """Secretaries of residential branches are paid by month, deputies by days of work; all
    secretaries and deputies of last year's end are rated but for one, who handed nothing in."""
    nam = homnay.year - 1
    terms = ChucVu.objects.under(phuong).filter(don_vi__cap="chi_doan", doan_vien__isnull=False)
    terms = terms.filter(chuc_danh__in=("bi_thu", "pho_bi_thu")).select_related("don_vi")
    terms = list(terms.order_by("don_vi__path", "chuc_danh"))
    homes = [row for row in terms if row.don_vi.khoi == "dan_cu"]
    end = date(nam, 12, 31)
    paid = [_allowance(row, date(nam, 10, 1), end) for row in homes if row.tu_ngay <= homnay]
    PhuCap.objects.bulk_create(
        row for row in paid if row.den_ngay is None or row.tu_ngay <= row.den_ngay
    )
    held = [row for row in terms if row.tu_ngay <= end and (not row.den_ngay or row.den_ngay > end)]
    XepLoaiCanBo.objects.bulk_create(
        _rating(row, so, nam) for so, row in enumerate(held) if so != len(held) - 1
    )


def _allowance(row: ChucVu, tu: date, den: date) -> PhuCap:
    is_secretary = row.chuc_danh == "bi_thu"
    return PhuCap(
        doan_vien_id=row.doan_vien_id,
        don_vi_id=row.don_vi_id,
        kieu=PhuCap.Kieu.THANG if is_secretary else PhuCap.Kieu.NGAY_CONG,
        so_tien=345_000 if is_secretary else 80_000,
        so_ngay=None if is_secretary else 6,
        tu_ngay=max(row.tu_ngay, date(2024, 1, 1) if is_secretary else tu),
        den_ngay=row.den_ngay if is_secretary else den,
        can_cu="Nghị quyết 12/2023/NQ-HĐND của HĐND tỉnh",
    )


def _rating(row: ChucVu, so: int, nam: int) -> XepLoaiCanBo:
    is_rated = so % 9 != 7
    return XepLoaiCanBo(
        doan_vien_id=row.doan_vien_id,
        don_vi_id=row.don_vi_id,
        chuc_danh=row.chuc_danh,
        nam=nam,
        tu_kiem_diem=date(nam, 11, 20),
        muc=("htxs", "htt", "htt", "ht", "htt")[so % 5] if is_rated else "",
        so_quyet_dinh=f"31-QĐ/ĐTN-{nam}" if is_rated else "",
        ngay=date(nam, 12, 12) if is_rated else None,
    )
