"""Livelihood in Phường I: two savings-and-loan groups, members' models, supports; advice."""

from datetime import date, timedelta

from chidoan.models import HoTro, MoHinhKinhTe, SoDuTo, ThamMuu, ToTietKiem
from core.periods import KyBaoCao
from tochuc.models import DonVi

from .phuong_1 import ChiDoanDemo

SO_QUY = 5
TO = (
    # branch, members at first, balance at first (million), overdue in the last quarter (million)
    ("Khu vực 1", 38, 1420, 0),
    ("Khu vực 3", 33, 1160, 12),
)
_M, _H = MoHinhKinhTe.Loai, HoTro.Loai
MO_HINH = (
    # branch, place, kind, words, scale, income a year (million), hands, since (days)
    ("Khu vực 3", 4, _M.THUY_SAN, "Nuôi lươn không bùn", "6 bể, 4.000 con", 120, 2, 700),
    ("Khu vực 1", 3, _M.TRONG_TROT, "Vườn khóm Cầu Đúc", "5 công đất", 95, 2, 1400),
    ("Khu vực 2", 2, _M.DICH_VU, "Tiệm sửa xe, rửa xe", "1 tiệm, 2 thợ", 144, 3, 500),
    ("Khu vực 7", 5, _M.CHAN_NUOI, "Nuôi gà thả vườn", "500 con một lứa", 80, 1, 400),
    ("Khu vực 9", 3, _M.TIEU_THU_CONG, "Đan giỏ lục bình xuất khẩu", "tổ 6 người", 60, 6, 260),
)
HO_TRO = (
    # branch, place or name, kind, days ago, million, words
    ("Khu vực 3", 4, _H.VAY_VON, 210, 50, "Vay mở rộng bể lươn qua tổ TK&VV"),
    ("Khu vực 2", 2, _H.VAY_VON, 150, 80, "Vay mua máy rửa xe, nâng xe"),
    ("Khu vực 1", 5, _H.VIEC_LAM, 95, 0, "Nhận việc ở xưởng may, làm gần nhà"),
    ("Khu vực 7", 3, _H.HOC_NGHE, 70, 0, "Học lớp điện lạnh miễn phí ở trung tâm dạy nghề"),
    ("Khu vực 3", "Hộ bà Trần Thị Sáu", _H.GIA_DINH, 48, 5, "Sửa mái nhà, góp 12 ngày công"),
    ("Khu vực 9", "Thanh niên Lâm Hoài Nam", _H.VIEC_LAM, 22, 0, "Giới thiệu vào tổ đan lục bình"),
)
_KQ, _N = ThamMuu.KetQua, ThamMuu.NoiNhan
THAM_MUU = (
    # words, to whom, name, days ago, number, outcome, answered days ago, million, policy
    (
        "Cấp kinh phí hoạt động hè và hỗ trợ chi đoàn khu vực",
        _N.UBND,
        "Ủy ban nhân dân phường I",
        120,
        "05-TTr/ĐTN",
        _KQ.MOT_PHAN,
        95,
        15,
        "Chi theo từng hoạt động, quyết toán sau hè",
    ),
    (
        "Ban hành kế hoạch rèn luyện, bồi dưỡng đoàn viên ưu tú tại cơ sở",
        _N.CAP_UY,
        "Đảng ủy phường I",
        200,
        "03-TTr/ĐTN",
        _KQ.CHAP_THUAN,
        180,
        0,
        "Đảng ủy ban hành kế hoạch, giao chi bộ khu vực phân công đảng viên giúp đỡ",
    ),
    (
        "Giao Đoàn phường quản lý sân bóng chuyền nhà văn hóa khu vực 3",
        _N.UBND,
        "Ủy ban nhân dân phường I",
        52,
        "07-TTr/ĐTN",
        _KQ.DA_GUI,
        0,
        0,
        "",
    ),
)
TRIEU = 1_000_000


def livelihood(branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> None:
    by_name = {branch.don_vi.ten: branch for branch in branches}
    for ten, so_to_vien, du_no, qua_han in TO:
        _group(by_name[ten], so_to_vien, du_no, qua_han, homnay=homnay, by=by)
    MoHinhKinhTe.objects.bulk_create(_models(by_name, homnay, by))
    HoTro.objects.bulk_create(_supports(by_name, homnay, by))
    ThamMuu.objects.bulk_create(_advice(phuong, homnay, by))


def _group(branch: ChiDoanDemo, so_to_vien: int, du_no: int, qua_han: int, *, homnay, by) -> None:
    """A group that the branch's secretary leads, quarter by quarter; it grows a little."""
    to = ToTietKiem.objects.create(
        don_vi=branch.don_vi,
        ten=f"Tổ TK&VV {branch.don_vi.ten.lower()}",
        to_truong=branch.nguoi[0],
        tu_ngay=date(homnay.year - 3, 4, 10),
        ghi_boi=by,
    )
    ky, rows = KyBaoCao.quarter_due(homnay), []
    for so in range(SO_QUY):
        step = SO_QUY - 1 - so
        row = SoDuTo(
            to=to,
            so_thanh_vien=so_to_vien + step // 2,
            du_no=(du_no + 45 * step) * TRIEU,
            no_qua_han=qua_han * TRIEU if so == 0 else 0,
            tiet_kiem=(60 + 8 * step) * TRIEU,
            ghi_boi=by,
        )
        row.set_ky(ky)
        rows.append(row)
        ky = ky.previous
    SoDuTo.objects.bulk_create(rows)


def _person(branch: ChiDoanDemo, place: int):
    return branch.nguoi[min(place, len(branch.nguoi) - 1)]


def _models(by_name: dict[str, ChiDoanDemo], homnay: date, by):
    for ten, place, loai, words, quy_mo, thu_nhap, lao_dong, since in MO_HINH:
        branch = by_name[ten]
        row = MoHinhKinhTe(
            chi_doan=branch.don_vi,
            doan_vien=_person(branch, place),
            loai=loai,
            dia_diem=f"{ten}, phường I",
            quy_mo=quy_mo,
            thu_nhap=thu_nhap * TRIEU,
            lao_dong=lao_dong,
            tu_ngay=homnay - timedelta(days=since),
            ghi_boi=by,
        )
        row.set_ten(words)
        yield row


def _supports(by_name: dict[str, ChiDoanDemo], homnay: date, by):
    for ten, who, loai, ago, amount, words in HO_TRO:
        branch = by_name[ten]
        row = HoTro(
            don_vi=branch.don_vi,
            loai=loai,
            ngay=homnay - timedelta(days=ago),
            doan_vien=_person(branch, who) if isinstance(who, int) else None,
            so_tien=amount * TRIEU or None,
            ket_qua=words,
            ghi_boi=by,
        )
        row.set_ho_ten(who if isinstance(who, str) else "")
        yield row


def _advice(phuong: DonVi, homnay: date, by):
    for words, noi_nhan, ten, ago, so, ket_qua, answered, amount, chu_truong in THAM_MUU:
        row = ThamMuu(
            don_vi=phuong,
            noi_nhan=noi_nhan,
            ten_noi_nhan=ten,
            ngay=homnay - timedelta(days=ago),
            so_van_ban=so,
            ket_qua=ket_qua,
            ngay_tra_loi=homnay - timedelta(days=answered) if answered else None,
            so_tra_loi=_reply(noi_nhan, answered) if answered else "",
            kinh_phi=amount * TRIEU or None,
            chu_truong=chu_truong,
            ghi_boi=by,
        )
        row.set_noi_dung(words)
        yield row


def _reply(noi_nhan: str, answered: int) -> str:
    """A number as the office that answers writes it."""
    so = 20 + answered % 50
    return f"{so}-CV/ĐU" if noi_nhan == _N.CAP_UY else f"{so}/UBND-VX"
