"""A contest of branch secretaries with its prizes, and proposals of awards in every state."""

from datetime import date, timedelta
from decimal import Decimal

from chidoan.de_nghi_khen import quyet_dinh, services
from chidoan.de_nghi_khen.services import NoiDungKhen
from chidoan.hoi_thi import services as hoi_thi
from chidoan.models import HoiThi, ThiSinh
from tochuc.models import DonVi

from .phuong_1 import ChiDoanDemo

Giai = ThiSinh.Giai
DIEM = (
    ("18.5", "27"),
    ("17", "27.5"),
    ("16.5", "25"),
    ("15", "24.5"),
    ("14", "23"),
    ("12.5", "22"),
)
GIAI = (Giai.NHAT, Giai.NHI, Giai.BA, Giai.KHUYEN_KHICH, "", "")
DIP = "Tổng kết công tác Đoàn và phong trào thanh thiếu nhi"


def build(branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> None:
    by_name = {branch.don_vi.ten: branch for branch in branches}
    contest(branches, phuong, homnay=homnay, by=by)
    proposals(by_name, phuong, homnay=homnay, by=by)


def contest(branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> HoiThi:
    """Two rounds, six secretaries, four prizes."""
    ngay = homnay - timedelta(days=33)
    thi = hoi_thi.create_hoi_thi(
        don_vi=phuong,
        values={
            "loai": HoiThi.Loai.BI_THU_GIOI,
            "ten": f"Hội thi Bí thư chi đoàn giỏi phường I năm {ngay.year}",
            "ngay": ngay,
            "dia_diem": "Hội trường Ủy ban nhân dân phường I",
            "noi_dung": "Mỗi thí sinh thi kiến thức về Đoàn và xử lý một tình huống thường gặp "
            "khi tổ chức sinh hoạt chi đoàn.",
        },
        by=by,
    )
    rounds = [
        hoi_thi.add_vong(hoi_thi=thi, ten=ten, diem_toi_da=Decimal(toi_da), by=by)
        for ten, toi_da in (("Thi kiến thức", 20), ("Xử lý tình huống", 30))
    ]
    chosen = [branch for branch in branches if branch.suc in ("tot", "kha")][: len(DIEM)]
    people = [
        hoi_thi.add_thi_sinh(
            hoi_thi=thi,
            don_vi=branch.don_vi,
            ho_ten=branch.nguoi[0].ho_ten,
            chuc_vu="Bí thư chi đoàn",
            by=by,
        )
        for branch in chosen
    ]
    hoi_thi.record_ket_qua(
        hoi_thi=thi,
        diem={
            (row.pk, vong.pk): Decimal(mark)
            for row, marks in zip(people, DIEM, strict=False)
            for vong, mark in zip(rounds, marks, strict=True)
        },
        giai={row.pk: (code, "") for row, code in zip(people, GIAI, strict=False)},
        by=by,
    )
    return hoi_thi.finish_hoi_thi(hoi_thi=thi, by=by)


def proposals(by_name: dict[str, ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> None:
    """One waits, one is agreed to, two are decided, one was declined, one was sent up."""

    def propose(ten: str, thanh_tich: str, truoc: int, *, hinh_thuc="giay_khen", tap_the=False):
        branch = by_name[ten]
        chosen = {"tap_the": [branch.don_vi]} if tap_the else {"doan_vien": [branch.nguoi[0]]}
        (row,) = services.create_de_nghi(
            don_vi=branch.don_vi,
            noi_dung=NoiDungKhen(hinh_thuc=hinh_thuc, dip=DIP, thanh_tich=thanh_tich),
            ngay=homnay - timedelta(days=truoc),
            by=by,
            **chosen,
        )
        return row

    def ngay(truoc: int) -> date:
        return homnay - timedelta(days=truoc)

    propose("Khu vực 3", "Giữ nếp sinh hoạt hằng tháng; vận động 04 thanh niên vào Đoàn; phụ trách "
            "công trình đường hoa 300 m của khu vực.", 3)  # fmt: skip
    agreed = propose("Khu vực 1", "Đủ 12 buổi sinh hoạt, tỷ lệ dự 92%; làm điểm mô hình của "
                     "phường; giới thiệu 02 đoàn viên ưu tú.", 12, tap_the=True)  # fmt: skip
    services.dong_y(de_nghi=agreed, ngay=ngay(8), by=by)
    decided = [
        propose("Khu vực 7", "Tổ chức 06 ngày Chủ nhật xanh, thu gom 02 tấn rác.", 30),
        propose("Công an phường", "Hướng dẫn 350 lượt người dân dùng VNeID.", 29),
        propose("Trường THCS", "Dẫn đầu khối trường học về thu đoàn phí, sinh hoạt.", 29,
                tap_the=True),
    ]  # fmt: skip
    for row in decided:
        services.dong_y(de_nghi=row, ngay=ngay(27), by=by)
    quyet_dinh.decide(
        don_vi=phuong,
        de_nghi=decided,
        ngay=ngay(25),
        ve_viec=f"Đã có thành tích xuất sắc trong công tác Đoàn và phong trào thanh thiếu nhi năm "
        f"{homnay.year}",
        by=by,
    )
    declined = propose("Khu vực 6", "Tham gia tốt các hoạt động.", 20)
    services.khong_dong_y(
        de_nghi=declined,
        ngay=ngay(15),
        noi_dung="Thành tích còn chung chung. Ghi rõ việc đã làm, kết quả bằng con số.",
        by=by,
    )
    sent_up = propose("Khu vực 2", "Ba năm liền là Bí thư chi đoàn giỏi; tổ trưởng tổ tiết kiệm và "
                      "vay vốn không có nợ quá hạn.", 18, hinh_thuc="bang_khen")  # fmt: skip
    services.chuyen_len(de_nghi=sent_up, ngay=ngay(14), by=by)
