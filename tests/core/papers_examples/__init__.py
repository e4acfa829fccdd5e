"""Declarations of whole papers as the applications make them, one for each reference picture."""

from .dossier import ho_so
from .hard import chu_ky_le, giay_gioi_thieu, ten_dai
from .lists import bang_dai, trich_ngang
from .minutes import bien_ban_bch, bien_ban_chi_doan, phieu_nhan_xet
from .report import bao_cao_quy
from .resolutions import cong_van, nghi_quyet_4_knd

EXAMPLES = {
    "01-nghi-quyet-4-knd": nghi_quyet_4_knd,
    "03-bien-ban-sinh-hoat-chi-doan": bien_ban_chi_doan,
    "04-bien-ban-hop-bch": bien_ban_bch,
    "05-danh-sach-trich-ngang": trich_ngang,
    "06-phieu-nhan-xet-quy": phieu_nhan_xet,
    "07-bao-cao-quy": bao_cao_quy,
    "08-cong-van": cong_van,
    "09-ho-so": ho_so,
    "11b-giay-gioi-thieu": giay_gioi_thieu,
    "90-ten-dai": ten_dai,
    "92-chu-ky-le": chu_ky_le,
    "93-bang-60-dong": bang_dai,
}
