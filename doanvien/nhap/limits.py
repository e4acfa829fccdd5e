"""What a sane member list stays under, and how a file beyond it is refused."""

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_PARTS = 1_000
MAX_SHEETS = 50
MAX_MEMBERS = 5_000
NHIEU_DONG = 2_000  # from here on a list is read, judged and entered in the background
SMALL_FILE_BYTES = 40 * 1024  # too little for so many people
MAX_ROWS = 6_000  # with titles, sections and totals
MAX_COLUMNS = 60
MAX_CELL_CHARACTERS = 32_767
MAX_CHARACTERS = 3_000_000

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 20
WALL_SECONDS = 30
OPEN_FILES = 16

TOO_MANY_MEMBERS = "Danh sách có quá 5.000 dòng. Tách thành nhiều tệp theo chi đoàn."
DAMAGED = (
    "Tệp bị hỏng hoặc không phải sổ tính Excel. Mở bằng Excel, lưu lại kiểu .xlsx rồi chọn lại."
)


class Refused(Exception):  # noqa: N818 -- an answer, not a fault of the program
    """A file that is not read, with a Vietnamese sentence for the person at the screen."""
