"""The books: Sổ chi đoàn with its thirteen tables, and the books of the Đoàn cơ sở.

Source: the form of Sổ chi đoàn by the Ban Bí thư (13 tables); 33-HD/TWĐTN-BTC 2019 for the first
three books of the Đoàn cơ sở. The fourth gathers what its third part decides every year.
"""

from dataclasses import dataclass, replace

from core.pdf import (
    BookHeading,
    Paper,
    Para,
    Signatures,
    Signer,
    TableBlock,
    Title,
)
from tochuc.the_thuc import check_line, nguoi_ky
from tochuc.van_ban import tieu_de_don_vi

from .bang import Bang, NamSo
from .bien_dong import CHUYEN_DI, MOI_VAO, TRUONG_THANH, XOA_TEN
from .co_so import GIOI_THIEU_TIEP_NHAN, KET_NAP_TRAO_THE, SO_DANH_SACH, XEP_LOAI_TO_CHUC
from .danh_sach import DANH_SACH, GIOI_THIEU_VE, TIEP_NHAN_VE, TRAO_THE
from .ket_qua import KET_QUA
from .sinh_hoat import GHI_CHEP, THEO_DOI
from .tien import DOAN_PHI, THU_CHI


@dataclass(frozen=True)
class So:
    """Sổ (book): its name, and its tables in their order."""

    ten: str
    bang: tuple[Bang, ...]

    def lay(self, so: int) -> Bang | None:
        return next((bang for bang in self.bang if bang.so == so), None)


SO_CHI_DOAN = So(
    "Sổ chi đoàn",
    tuple(
        sorted(
            (
                DANH_SACH,
                GIOI_THIEU_VE,
                TIEP_NHAN_VE,
                DOAN_PHI,
                THU_CHI,
                CHUYEN_DI,
                MOI_VAO,
                TRUONG_THANH,
                XOA_TEN,
                TRAO_THE,
                KET_QUA,
                THEO_DOI,
                GHI_CHEP,
            ),
            key=lambda bang: bang.so,
        )
    ),
)
SO_CO_SO = So(
    "Sổ Đoàn cơ sở",
    (SO_DANH_SACH, KET_NAP_TRAO_THE, GIOI_THIEU_TIEP_NHAN, XEP_LOAI_TO_CHUC),
)


def so_cua(nam_so: NamSo) -> So:
    """The book that a unit keeps."""
    return SO_CHI_DOAN if nam_so.don_vi.is_chi_doan else SO_CO_SO


def pages(nam_so: NamSo, bang: tuple[Bang, ...]) -> list[Paper]:
    """The tables as papers of one file, which say nothing of what cannot be known yet."""
    signatures = _signatures(nam_so)
    return [_page(nam_so, item, signatures, index) for index, item in enumerate(bang)]


def with_code(papers: list[Paper], ma: str) -> list[Paper]:
    return [replace(paper, check=check_line(ma)) for paper in papers]


def _page(nam_so: NamSo, bang: Bang, signatures: Signatures, index: int) -> Paper:
    content = bang.read(nam_so)
    cap_tren, don_vi = tieu_de_don_vi(nam_so.don_vi, nam_so.den)
    if content.rows:
        columns = bang.columns(nam_so)
        body = TableBlock(columns, content.rows, size_pt=bang.co_chu, note=content.note)
    else:
        body = Para("Trong năm không có.", indent=False)
    return Paper(
        page="A4-landscape",
        compact=True,
        continues=index > 0,
        heading=BookHeading(
            cap_tren,
            don_vi.removeprefix("BCH "),
            f"{so_cua(nam_so).ten.upper()} – Bảng {bang.so}",
            f"Năm {nam_so.nam}",
        ),
        title=Title(bang.ten.upper()),
        body=[body],
        signatures=signatures,
        canh_bao="Có dữ liệu cá nhân – chỉ người có trách nhiệm được xem",
    )


def _signatures(nam_so: NamSo) -> Signatures:
    signer = nguoi_ky(nam_so.don_vi, nam_so.den)
    role = signer.lines[-1]
    return Signatures(
        [Signer(["NGƯỜI GHI SỔ"], room_mm=18), Signer([role], signer.name, room_mm=18)]
    )
