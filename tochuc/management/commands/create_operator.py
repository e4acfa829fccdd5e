import os
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.errors import RuleError
from core.periods import today
from tochuc.models import CapDonVi, DonVi, LoaiDonVi
from tochuc.permissions import CAP_CUA_VAI_TRO, VaiTro
from tochuc.services import assign_role, create_don_vi, create_nguoi_dung


class Command(BaseCommand):
    help = (
        "Lập tài khoản quản trị hệ thống đầu tiên, cùng đơn vị cao nhất nếu chưa có. "
        "Mật khẩu đọc từ biến OPERATOR_PASSWORD, hoặc từ dòng đầu của đầu vào chuẩn."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("--ho-ten", required=True, help="họ và tên")
        parser.add_argument("--ma", required=True, help="mã đơn vị, ví dụ nghe-an")
        parser.add_argument("--ten", help="tên riêng của đơn vị nếu phải lập, ví dụ «Nghệ An»")
        cap = CAP_CUA_VAI_TRO[VaiTro.QUAN_TRI]
        parser.add_argument("--cap", choices=cap, default=CapDonVi.TINH.value, help="cấp đơn vị")
        parser.add_argument(
            "--loai", choices=LoaiDonVi.values, default=LoaiDonVi.TINH.value, help="loại đơn vị"
        )

    def handle(self, *args, **options):
        password = os.environ.get("OPERATOR_PASSWORD") or sys.stdin.readline().rstrip("\n")
        try:
            phan_cong = _create(password=password, **options)
        except RuleError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Đã lập tài khoản {options['username']}: {phan_cong}.")


@transaction.atomic
def _create(*, username, ho_ten, ma, ten, cap, loai, password, **_):
    don_vi = DonVi.objects.filter(ma=ma).first()
    if don_vi is None and not ten:
        raise RuleError(f"Chưa có đơn vị «{ma}». Thêm --ten để lập.")
    if don_vi is None:
        don_vi = create_don_vi(cap=cap, loai=loai, ten=ten, ma=ma, cap_tren=None, by=None)
    user = create_nguoi_dung(
        username=username, ho_ten=ho_ten, password=password, don_vi=don_vi, by=None
    )
    return assign_role(
        nguoi_dung=user, don_vi=don_vi, vai_tro=VaiTro.QUAN_TRI, tu_ngay=today(), by=None
    )
