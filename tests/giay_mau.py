"""One sample of every paper of a referral, with invented names: what tests and pictures look at."""

from collections.abc import Sequence
from datetime import date, time

from core.pdf import Cover, Paper
from doanvien.models import XepLoai
from tests.factories import (
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_don_vi,
    make_ho_so,
    make_ky,
    make_nguoi_dung,
    make_nhiem_vu,
    make_phuong,
    make_thanh_vien,
    make_to,
)
from tochuc.permissions import VaiTro
from tudưong.giay_to import cam_tinh
from tudưong.giay_to.bang import BANG, giay_cua
from tudưong.giay_to.bo_ho_so import bo_ho_so
from tudưong.giay_to.cong_van import cong_van
from tudưong.giay_to.ke_hoach_to import giay_ke_hoach
from tudưong.giay_to.le_trao import cac_ho_so, danh_sach_trao
from tudưong.giay_to.quyet_dinh_to import giay_quyet_dinh
from tudưong.models import (
    BienBanHop,
    BuocHoSo,
    ChatVan,
    DongLeTrao,
    GiayTo,
    HoSo,
    KeHoachTo,
    LeTrao,
    NhanXetDuBi,
    QuyetDinhTo,
    ToTuDuong,
    TuNhanXet,
)

Loai = BuocHoSo.Loai
NGAY_CHI_DOAN, NGAY_BCH, NGAY_NQ = date(2026, 1, 24), date(2026, 2, 4), date(2026, 2, 5)
NGUOI = (
    ("Trần Minh Đức", "nam", "Kinh", "Không"),
    ("Sơn Minh Hiếu", "nam", "Khơ-me", "Phật giáo"),
    ("Nguyễn Phan Hoàng Anh Thư", "nu", "Kinh", "Không"),
    ("Huỳnh Ngọc Bảo Trân", "nu", "Kinh", "Phật giáo"),
)
BIEN_BAN = {
    "bat_dau": time(14, 0),
    "ket_thuc": time(15, 30),
    "dia_diem": "phòng họp Đoàn phường Minh Tân",
    "thu_ky": "Đỗ Khánh Vy, Ủy viên Ban Chấp hành",
    "to_kiem_phieu": "Đỗ Khánh Vy (Tổ trưởng)\nHuỳnh Tấn Lộc\nMai Thị Cẩm Tú",
    "thao_luan": "Thống nhất hồ sơ đủ điều kiện đưa ra biểu quyết; góp ý về khuyết điểm của từng "
    "đoàn viên như ghi trong nghị quyết.",
    "ket_luan": "Giao Văn phòng Đoàn phường hoàn thiện hồ sơ, gửi các chi bộ có liên quan và Đảng "
    "ủy phường trước ngày 10 tháng 02 năm 2026.",
    "phieu_phat": 14,
    "thong_qua": 14,
}


KE_HOACH = {
    "muc_dich": "Bồi dưỡng đoàn viên ưu tú bằng việc cụ thể, có thời hạn và thước đo.",
    "quy_1": "Phân công đảng viên giúp đỡ, giao nhiệm vụ năm\nHọp tổ, nhận xét quý I",
    "quy_2": "Cử đồng chí đủ điều kiện học lớp nhận thức về Đảng\nHọp tổ, nhận xét quý II",
    "phu_trach_2": "Phó Bí thư Đoàn phường",
    "quy_3": "Mỗi đồng chí phụ trách một công trình thanh niên\nHọp tổ, nhận xét quý III",
    "quy_4": "Họp tổ, nhận xét quý IV, tổng kết hoạt động của tổ",
}


class HoSoMau:
    """A ward with four cases that its branch and committee voted for, sent and admitted."""

    def __init__(self):
        tinh = make_don_vi(cap="tinh", loai="thanh_pho", ten="Cần Thơ")
        self.phuong = make_phuong(ten="Minh Tân", cap_tren=tinh)
        self.chi_doan = make_chi_doan(phuong=self.phuong, ten="Khu phố 3")
        for don_vi, ten in ((self.phuong, "Nguyễn Thị Quỳnh Hương"), (self.chi_doan, "Lê Duy Anh")):
            make_chuc_vu(don_vi=don_vi, chuc_danh="bi_thu", ho_ten=ten)
        self.by = make_nguoi_dung(
            VaiTro.BI_THU_PHUONG, self.phuong, ho_ten="Nguyễn Thị Quỳnh Hương"
        )
        self.cac_ho_so = [self._ho_so(so, *nguoi) for so, nguoi in enumerate(NGUOI)]
        self._bien_ban(self.chi_doan, NGAY_CHI_DOAN, Loai.DE_NGHI, "Lê Duy Anh, Bí thư")
        chu_tri = "Nguyễn Thị Quỳnh Hương, Bí thư"
        self._bien_ban(self.phuong, NGAY_BCH, Loai.NGHI_QUYET, chu_tri)
        rows = HoSo.objects.select_related("doan_vien", "chi_doan", "don_vi")
        self.ho_so = rows.get(pk=self.cac_ho_so[0].pk)
        self._danh_gia()
        self._loi_viet()

    def _ho_so(self, so: int, ho_ten: str, gioi_tinh: str, dan_toc: str, ton_giao: str) -> HoSo:
        dv = make_doan_vien(
            chi_doan=self.chi_doan,
            ho_ten=ho_ten,
            gioi_tinh=gioi_tinh,
            dan_toc=dan_toc,
            ton_giao=ton_giao,
            ngay_sinh=date(2001, 3, 9),
            ngay_vao_doan=date(2016, 3, 26),
            que_quan="Xã Phú Hữu, TP. Cần Thơ",
            noi_o="Tổ 4, Khu phố 3",
            van_hoa="12/12",
            chuyen_mon="Cử nhân CNTT",
            ly_luan="Sơ cấp",
            noi_vao_doan="Trường THPT Minh Tân",
            ngay_cam_tinh=date(2024, 5, 19),
        )
        for nam, muc in ((2024, "htt"), (2025, "htxs")):
            XepLoai.objects.create(
                doan_vien=dv, chi_doan=self.chi_doan, nam=nam, muc=muc, ngay=date(nam, 11, 30)
            )
        days = {"ngay_gioi_thieu": NGAY_NQ, "ngay_gui": date(2026, 2, 6)}
        ket_nap = {"trang_thai": "ket_nap", "ngay_ket_nap": date(2026, 9, 2)} if not so else {}
        row = make_ho_so(
            doan_vien=dv, chi_bo="Khu phố 3", **{"trang_thai": "da_gui", **days, **ket_nap}
        )
        self._buoc(row, so)
        row.giay_to.filter(loai__in=("nq_chi_doan", "bb_chi_doan", "nq_bch", "bb_bch")).update(
            tinh_trang=GiayTo.TinhTrang.DA_KY, ngay=NGAY_NQ
        )
        return row

    def _buoc(self, row: HoSo, so: int) -> None:
        chong = int(so == 0)
        phieu = {"co_mat": 14, "tan_thanh": 14 - chong, "khong_tan_thanh": chong, "khong_hop_le": 0}
        ly_do = "Cần thêm thời gian rèn luyện kỹ năng công tác quần chúng" if chong else ""
        steps = (
            (Loai.DE_NGHI, NGAY_CHI_DOAN, {"co_quyen": 16, **phieu, "ly_do": ly_do}),
            (Loai.THAM_TRA, date(2026, 1, 30), {}),
            (Loai.NGHI_QUYET, NGAY_BCH, {"co_quyen": 15, **phieu, "ly_do": ly_do}),
            (Loai.GUI, date(2026, 2, 6), {}),
            (Loai.KET_NAP, date(2026, 9, 2), {"so_van_ban": "31-QĐ/ĐU"}),
        )
        for thu_tu, (loai, ngay, fields) in enumerate(steps[: 5 if row.ngay_ket_nap else 4], 1):
            ngay_van_ban = NGAY_NQ if loai == Loai.NGHI_QUYET else None
            row.buoc.create(
                thu_tu=thu_tu,
                loai=loai,
                ngay=ngay,
                ngay_van_ban=ngay_van_ban,
                boi=self.by,
                **fields,
            )

    def _bien_ban(self, don_vi, ngay: date, loai: str, chu_tri: str) -> None:
        row = BienBanHop.objects.create(don_vi=don_vi, ngay=ngay, chu_tri=chu_tri, **BIEN_BAN)
        BuocHoSo.objects.filter(loai=loai).update(bien_ban=row)

    def _danh_gia(self) -> None:
        to = make_to(don_vi=self.phuong, ten="Tổ tu dưỡng Minh Tân")
        thanh_vien = make_thanh_vien(
            to=to, doan_vien=self.ho_so.doan_vien, dang_vien_giup="Trần Công Minh"
        )
        ky = make_ky(
            to=to, nam=2025, quy=4, ngay=date(2025, 12, 20), thanh_vien=[thanh_vien],
            trang_thai="ket_thuc",
        )  # fmt: skip
        ky.danh_gia.update(
            muc="htxs",
            ket_luan="du_dieu_kien",
            ket_qua="Hoàn thành các nhiệm vụ được giao, dự đủ buổi sinh hoạt.",
            han_che="Chưa mạnh dạn phát biểu.",
            can_khac_phuc="Chuẩn bị ý kiến trước mỗi buổi họp",
            y_kien_bch="Nhất trí với nhận xét của Tổ.",
            y_kien_ngay=date(2025, 12, 20),
            y_kien_boi=self.by,
        )
        make_nhiem_vu(
            thanh_vien=thanh_vien,
            giao_ngay=date(2025, 10, 5),
            han=date(2025, 12, 10),
            trang_thai="xong",
            xep_muc="tot",
            ket_qua="Vận động 03 thanh niên vào Đoàn",
            ky_danh_gia=ky,
        )

    def _loi_viet(self) -> None:
        TuNhanXet.objects.create(
            ho_so=self.ho_so,
            ngay=date(2026, 1, 20),
            pham_chat="Tin tưởng vào sự lãnh đạo của Đảng, chấp hành tốt chính sách, pháp luật.",
            nhiem_vu="Hoàn thành đúng hạn các nhiệm vụ Tổ tu dưỡng giao.",
            hoc_tap="Hoàn thành tốt công việc chuyên môn.",
            quan_he="Hòa nhã, tích cực giúp đỡ bà con trong khu phố.",
            han_che="Chưa mạnh dạn phát biểu ở nơi đông người.",
            phuong_huong="Rèn luyện kỹ năng nói trước đông người.",
        )
        NhanXetDuBi.objects.create(
            ho_so=self.ho_so,
            ngay=date(2026, 11, 20),
            pham_chat="Lập trường tư tưởng vững vàng.",
            dao_duc="Lối sống trong sáng, giản dị.",
            nang_luc="Hoàn thành tốt nhiệm vụ được giao.",
            quan_he="Gần gũi, đoàn kết với đoàn viên, thanh niên.",
            khuyet_diem="Có việc còn nóng vội.",
        )

    def cong_van(self, ma: str = "") -> Paper:
        letter = ChatVan.objects.create(
            ho_so=self.cac_ho_so[1],
            lan_thu=1,
            ngay=date(2026, 9, 7),
            so_ngay_cho=213,
            han_tra_loi=date(2026, 9, 25),
            ghi_boi=self.by,
        )
        return cong_van(letter, "05-CV/ĐTN" if ma else "", ma)

    def le_trao(self, ma: str = "") -> Paper:
        row = LeTrao.objects.create(don_vi=self.phuong, ten="Lễ trao", ngay=date(2026, 2, 6))
        DongLeTrao.objects.bulk_create(DongLeTrao(le_trao=row, ho_so=one) for one in self.cac_ho_so)
        so = "03-DS/ĐTN" if ma else ""
        return danh_sach_trao(row, cac_ho_so(row), so, ma, nhay_cam=True)

    def cua_to(self, ma: str = "") -> dict[str, Sequence[Paper]]:
        """The papers of the cultivation group: its decision, its plan, the sympathisers."""
        to, ngay = ToTuDuong.objects.get(), date(2026, 1, 6)
        to.thanh_vien.update(la_to_truong=True)
        for row in self.cac_ho_so[1:]:
            make_thanh_vien(to=to, doan_vien=row.doan_vien, dang_vien_giup="Lê Thị Hồng Gấm")
        quyet_dinh = QuyetDinhTo.objects.create(to=to, loai="thanh_lap", ngay=ngay)
        ke_hoach = KeHoachTo.objects.create(to=to, nam=2026, ngay=ngay, **KE_HOACH)
        people = [row.doan_vien for row in self.cac_ho_so]
        so = {loai: f"02-{loai}/ĐTN" if ma else "" for loai in ("QĐ", "KH")}
        return {
            "quyet-dinh-to": [giay_quyet_dinh(quyet_dinh, so["QĐ"], ma)],
            "ke-hoach-to": [giay_ke_hoach(ke_hoach, so["KH"], ma)],
            "cam-tinh-dang": [cam_tinh.danh_sach(self.phuong, people, ngay)],
        }

    def papers(self, ma: str = "") -> dict[str, Sequence[Paper | Cover]]:
        """Every paper by its name in addresses; with a code as they are issued."""
        found = {}
        for loai in BANG.values():
            so = f"07-{loai.so}/ĐTN" if ma and loai.ky else ""
            declared = giay_cua(self.ho_so, loai).declare(so, ma)
            found[loai.ma] = [declared] if isinstance(declared, Paper) else list(declared)
        found["cong-van-ket-qua"] = [self.cong_van(ma)]
        found["le-trao"] = [self.le_trao(ma)]
        return found | self.cua_to(ma)

    def bo_ho_so(self):
        return bo_ho_so(self.ho_so, nhay_cam=True)
