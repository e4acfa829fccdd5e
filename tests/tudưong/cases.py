"""Cases brought to a state by their steps, as people would."""

from datetime import date

from tests.factories import make_ho_so
from tochuc.bieu_quyet import Phieu
from tochuc.models import QuyDinh
from tudưong.giay_to.bang import BANG
from tudưong.giay_to.phat_hanh import issue_giay
from tudưong.models import ChatVan, HoSo
from tudưong.services import (
    answer_chat_van,
    close_ho_so,
    open_chat_van,
    propose,
    record_chinh_thuc,
    record_outcome,
    resolve,
    review,
    send,
    send_back,
)

T = HoSo.TrangThai


def state(ho_so) -> str:
    return HoSo.objects.get(pk=ho_so.pk).trang_thai


def case_in(trang_thai, doan_vien, bi_thu, can_bo, bi_thu_phuong, cap_uy) -> HoSo:
    """A case brought to that state by its steps, as people would."""
    ho_so = make_ho_so(doan_vien=doan_vien)
    by = bi_thu_phuong
    d = [date(2026, 6, day) for day in range(12, 30)]
    phieu = Phieu(13, 12, 1)

    def steps():
        yield lambda: propose(ho_so=ho_so, ngay=d[0], phieu=phieu, by=bi_thu)
        if trang_thai == T.TRA_LAI:
            yield lambda: send_back(ho_so=ho_so, ngay=d[1], ly_do="Thiếu biên bản", by=can_bo)
        yield lambda: review(ho_so=ho_so, ngay=d[1], by=can_bo)
        yield lambda: resolve(ho_so=ho_so, ngay=d[2], phieu=phieu, ly_do="Cần thêm", by=by)
        yield lambda: send(ho_so=ho_so, ngay=d[3], by=by)
        if trang_thai in (T.KET_NAP, T.CHINH_THUC, T.CAN_BO_SUNG, T.KHONG_KET_NAP):
            kinds = {T.CAN_BO_SUNG: "cap_uy_bo_sung", T.CHINH_THUC: T.KET_NAP}
            loai = kinds.get(trang_thai, trang_thai)
            yield lambda: record_outcome(
                ho_so=ho_so, ket_qua=loai, ngay=d[4], so_van_ban="9-QĐ", ly_do="Lý do", by=cap_uy
            )
        if trang_thai == T.CHINH_THUC:
            QuyDinh.objects.create(
                ma="thoi_gian_du_bi", tu_ngay=d[0], gia_tri=3, can_cu="Rút ngắn để thử"
            )
            yield lambda: record_chinh_thuc(
                ho_so=ho_so, ngay=date(2026, 10, 1), so_van_ban="10-QĐ", by=cap_uy
            )
        yield lambda: open_chat_van(ho_so=ho_so, ngay=date(2026, 11, 10), by=by)
        yield lambda: answer_chat_van(
            chat_van=ChatVan.objects.get(),
            ngay=date(2026, 11, 15),
            loai="cho_lop",
            noi_dung="Chờ lớp.",
            by=cap_uy,
        )

    if trang_thai in (T.BOI_DUONG, T.DONG):
        tiep = trang_thai == T.BOI_DUONG
        close_ho_so(ho_so=ho_so, ngay=d[0], ly_do="Đi xa", tiep_tuc=tiep, by=by)
        return ho_so
    for step in steps():
        if state(ho_so) == trang_thai:
            return ho_so
        step()
    return ho_so


def issue_4_knd(*, ho_so, by):
    """The committee's resolution with its number, as its button does it."""
    return issue_giay(ho_so=ho_so, loai=BANG["4-knd"], by=by)
