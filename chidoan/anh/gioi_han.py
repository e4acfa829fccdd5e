"""What a photo may be, how it is kept, and how one beyond that is refused."""

from core.apart import Limits

FORMATS = ("JPEG", "PNG", "WEBP")
MIME = "image/jpeg,image/png,image/webp"
"""Asked for by name, so that a phone which keeps HEIC hands over JPEG by itself."""
MAX_TEP_BYTES = 15 * 1024 * 1024
MAX_DIEM_ANH = 40_000_000
CANH_LON = 1600
CANH_NHO = 320
MAX_LON_BYTES = 400_000
MAX_NHO_BYTES = 40_000

LIMITS = Limits(memory_bytes=768 * 1024 * 1024, cpu_seconds=15)
WALL_SECONDS = 25

CHON_LAI = "Chụp lại hoặc chọn ảnh JPG, PNG."
RONG = f"Tệp rỗng. {CHON_LAI}"
NANG = f"Ảnh nặng hơn 15 MB. {CHON_LAI}"
HEIC = f"Ảnh kiểu HEIC của iPhone chưa nhận được. {CHON_LAI}"
KHONG_PHAI_ANH = f"Tệp này không phải ảnh JPG, PNG. {CHON_LAI}"
ANH_DONG = f"Đây là ảnh động, không phải ảnh chụp. {CHON_LAI}"
QUA_LON = "Ảnh lớn hơn 40 triệu điểm ảnh. Chụp lại ở cỡ nhỏ hơn hoặc chọn ảnh khác."
HONG = f"Ảnh bị hỏng hoặc chưa tải về đủ. {CHON_LAI}"
QUA_NANG = f"Ảnh quá nặng để mở. {CHON_LAI}"


class TuChoi(Exception):  # noqa: N818 -- an answer, not a fault of the program
    """A file that is not taken, with a Vietnamese sentence for the person at the screen."""
