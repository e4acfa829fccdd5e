"""Giấy tờ and công văn hỏi kết quả: the papers of a case, and the Union's letters about it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .ho_so import KET_THUC, BuocHoSo, HoSo

XET_SAU = timedelta(days=90)
"""How far ahead papers must count when nobody has said by when the Party cell will decide."""


class GiayToQuerySet(ScopedQuerySet):
    don_vi_path = "ho_so__chi_doan"
    quyen_xem = Quyen.XEM_HO_SO

    def het_truoc_khi_xet(self, day):
        """Papers of open cases that have run out, or will before the day on which the Party cell
        is expected to decide; where nobody has said which, before `XET_SAU` from `day`."""
        du_kien = Coalesce("ho_so__du_kien", day + XET_SAU)
        return self.filter(
            Q(hieu_luc_den__lt=day) | Q(hieu_luc_den__lt=du_kien), tinh_trang__in=GiayTo.DA_CO
        ).exclude(ho_so__trang_thai__in=KET_THUC)


class GiayTo(models.Model):
    """Giấy tờ (paper of a dossier): one line of its living checklist.

    Papers that are the Party's own forms (1-, 2-, 3-KNĐ) are followed by state alone; no
    scan of them is kept.
    """

    class Loai(models.TextChoices):
        NQ_CHI_DOAN = "nq_chi_doan", "Nghị quyết của chi đoàn"
        BB_CHI_DOAN = "bb_chi_doan", "Biên bản họp chi đoàn"
        NQ_BCH = "nq_bch", "Nghị quyết giới thiệu đoàn viên ưu tú"
        BB_BCH = "bb_bch", "Biên bản họp Ban Chấp hành"
        TRICH_NGANG = "trich_ngang", "Danh sách trích ngang"
        PHIEU_QUY = "phieu_quy", "Phiếu nhận xét quý"
        TU_NHAN_XET = "tu_nhan_xet", "Bản tự nhận xét"
        SO_DOAN_VIEN = "so_doan_vien", "Sổ đoàn viên"
        CHUNG_NHAN = "chung_nhan", "Giấy chứng nhận nhận thức về Đảng"
        DON = "don", "Đơn xin vào Đảng"
        LY_LICH = "ly_lich", "Lý lịch người xin vào Đảng"
        DANG_VIEN_GT = "dang_vien_gt", "Giấy giới thiệu của đảng viên"

    class TinhTrang(models.TextChoices):
        CHUA_CO = "chua_co", "Chưa có"
        CHO = "cho", "Chờ xác nhận"
        BAN_SAO = "ban_sao", "Có bản sao"
        BAN_CHINH = "ban_chinh", "Có bản chính"
        DA_KY = "da_ky", "Đã ký"

    DA_CO = (TinhTrang.BAN_SAO, TinhTrang.BAN_CHINH, TinhTrang.DA_KY)

    ho_so = models.ForeignKey(HoSo, on_delete=models.CASCADE, related_name="giay_to")
    loai = models.CharField("loại", max_length=14, choices=Loai)
    thu_tu = models.PositiveSmallIntegerField("thứ tự")
    mau = models.CharField("mẫu", max_length=20, blank=True)
    ten = models.CharField("tên giấy tờ", max_length=160)
    nguoi_ky = models.CharField("người ký", max_length=120)
    tinh_trang = models.CharField(
        "tình trạng", max_length=10, choices=TinhTrang, default=TinhTrang.CHUA_CO
    )
    so = models.CharField("số", max_length=60, blank=True)
    ngay = models.DateField("ngày", null=True, blank=True)
    hieu_luc_den = models.DateField("giá trị đến", null=True, blank=True)
    van_ban = models.ForeignKey(
        "tochuc.VanBan", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ghi_chu = models.CharField("ghi chú", max_length=200, blank=True)

    objects = GiayToQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy tờ hồ sơ"
        verbose_name_plural = "giấy tờ hồ sơ"
        ordering = ["thu_tu"]
        constraints = [
            models.UniqueConstraint(fields=["ho_so", "loai"], name="tuduong_mot_giay_mot_dong"),
            models.CheckConstraint(
                condition=Q(hieu_luc_den__isnull=True)
                | Q(ngay__isnull=True)
                | Q(hieu_luc_den__gte=F("ngay")),
                name="tuduong_giay_to_hieu_luc_sau_ngay",
            ),
        ]

    def __str__(self):
        return self.ten

    @property
    def don_vi(self):
        return self.ho_so.don_vi

    @property
    def is_co(self) -> bool:
        return self.tinh_trang in self.DA_CO


class ChatVanQuerySet(ScopedQuerySet):
    don_vi_path = "ho_so__chi_doan"
    quyen_xem = Quyen.XEM_HO_SO

    def chua_tra_loi(self):
        """The latest letter of each case whose answer is awaited."""
        later = ChatVan.objects.filter(ho_so=OuterRef("ho_so"), lan_thu__gt=OuterRef("lan_thu"))
        asked = self.filter(ho_so__trang_thai="chat_van", tra_loi_ngay__isnull=True)
        return asked.filter(~Exists(later))

    def qua_han(self, day):
        return self.chua_tra_loi().filter(han_tra_loi__lt=day)

    def chua_tra_loi_den(self, day):
        """Unanswered at the end of `day`: no answer, no later letter and no word by then."""
        lan_sau = ChatVan.objects.filter(
            ho_so=OuterRef("ho_so"), lan_thu__gt=OuterRef("lan_thu"), ngay__lte=day
        )
        y_kien = BuocHoSo.objects.filter(
            ho_so=OuterRef("ho_so"),
            loai__in=BuocHoSo.Y_KIEN_CAP_UY,
            ngay__range=(OuterRef("ngay"), day),
        )
        asked = self.filter(Q(tra_loi_ngay__isnull=True) | Q(tra_loi_ngay__gt=day), ngay__lte=day)
        return asked.filter(~Exists(lan_sau), ~Exists(y_kien))

    def im_lang(self, day, so_ngay: int):
        """Unanswered for more than so many days past the day asked for: the office above sees."""
        return self.qua_han(day - timedelta(days=so_ngay))

    def trong_ky(self, ky):
        return self.filter(ngay__range=(ky.start, ky.end))

    def tra_loi_trong(self, ky):
        return self.filter(tra_loi_ngay__range=(ky.start, ky.end))


class ChatVan(models.Model):
    """Chất vấn (query): a courteous letter asking the Party cell for its result, and the answer.

    The word never stands on paper: there it is "đề nghị cho biết kết quả".
    """

    class TraLoi(models.TextChoices):
        DA_KET_NAP = "da_ket_nap", "Đã kết nạp"
        CHO_LOP = "cho_lop", "Chờ lớp bồi dưỡng nhận thức về Đảng"
        CHO_THAM_TRA = "cho_tham_tra", "Chờ thẩm tra lý lịch"
        CHUA_DU = "chua_du", "Chưa đủ điều kiện"
        KHONG_XET = "khong_xet", "Không xem xét"

    class BuocTiep(models.TextChoices):
        CHO = "cho", "Chờ cấp ủy xem xét tiếp"
        BOI_DUONG = "boi_duong", "Tiếp tục bồi dưỡng"
        GUI_LAI = "gui_lai", "Gửi lại cấp ủy"
        DONG = "dong", "Đóng hồ sơ"

    ho_so = models.ForeignKey(HoSo, on_delete=models.PROTECT, related_name="chat_van")
    lan_thu = models.PositiveSmallIntegerField("lần thứ")
    ngay = models.DateField("ngày công văn")
    so_ngay_cho = models.PositiveIntegerField("số ngày đã chờ")
    han_tra_loi = models.DateField("đề nghị trả lời trước ngày")
    van_ban = models.ForeignKey(
        "tochuc.VanBan", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ghi_luc = models.DateTimeField(auto_now_add=True)
    tra_loi_ngay = models.DateField("ngày trả lời", null=True, blank=True)
    tra_loi_loai = models.CharField("nội dung trả lời", max_length=14, choices=TraLoi, blank=True)
    tra_loi_noi_dung = models.TextField("ý kiến của cấp ủy", blank=True)
    tra_loi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    buoc_tiep = models.CharField("bước tiếp", max_length=10, choices=BuocTiep, blank=True)

    objects = ChatVanQuerySet.as_manager()

    class Meta:
        verbose_name = "công văn hỏi kết quả"
        verbose_name_plural = "công văn hỏi kết quả"
        ordering = ["ho_so", "lan_thu"]
        constraints = [
            models.UniqueConstraint(
                fields=["ho_so", "lan_thu"], name="tuduong_mot_cong_van_mot_lan"
            ),
            models.CheckConstraint(
                condition=Q(han_tra_loi__gt=F("ngay")), name="tuduong_han_tra_loi_sau_cong_van"
            ),
            models.CheckConstraint(
                condition=Q(tra_loi_ngay__isnull=True, tra_loi_loai="", tra_loi_boi__isnull=True)
                | Q(tra_loi_ngay__gte=F("ngay"), tra_loi_boi__isnull=False) & ~Q(tra_loi_loai=""),
                name="tuduong_tra_loi_co_ngay_loai_nguoi",
            ),
            models.CheckConstraint(
                condition=Q(buoc_tiep="") | Q(tra_loi_ngay__isnull=False),
                name="tuduong_buoc_tiep_sau_tra_loi",
            ),
        ]

    def __str__(self):
        return f"Công văn lần {self.lan_thu}, {self.ngay:%d/%m/%Y}"

    @property
    def don_vi(self):
        return self.ho_so.don_vi
