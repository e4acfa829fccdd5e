import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

_NHOM = {
    "3 chủ động": (
        "ba_chu_dong",
        (
            (
                "Chủ động quản lý đoàn viên, chăm lo, nắm tình hình thanh niên",
                "Danh sách đoàn viên đúng với thực tế, biết ai đi làm xa",
            ),
            (
                "Chủ động xây dựng và thực hiện kế hoạch, chương trình công tác",
                "Có kế hoạch quý và lịch sinh hoạt hằng tháng",
            ),
            (
                "Chủ động tham mưu cấp ủy, phối hợp với chính quyền và các tổ chức",
                "Báo cáo chi bộ khu vực tình hình chi đoàn trong quý",
            ),
        ),
    ),
    "1+1": (
        "mot_cong_mot",
        (
            (
                "Chủ trương 1+1: mỗi đoàn viên giới thiệu một thanh niên được kết nạp trong năm",
                "",
            ),
        ),
    ),
}


def write_groups(apps, schema_editor):
    """What an initiative was bound to as names becomes groups of commitments."""
    groups, checks = apps.get_model("chidoan", "NhomCamKet"), apps.get_model("chidoan", "MucCamKet")
    for mo_hinh in apps.get_model("chidoan", "MoHinh").objects.all():
        thu_tu = 0
        for name in mo_hinh.gan_voi:
            ma, rows = _NHOM.get(name, ("", ((name, name),)))
            for ten, muc in rows:
                nhom = groups.objects.create(
                    mo_hinh=mo_hinh,
                    ten=ten,
                    chuong_trinh=ma,
                    cach="dau_muc" if muc else "mot_cong_mot",
                    thu_tu=thu_tu,
                )
                thu_tu += 1
                if muc:
                    checks.objects.create(nhom=nhom, noi_dung=muc)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("doanvien", "0005_requests_of_applicants"),
        ("chidoan", "0013_kiem_tra_sinh_ke"),
    ]

    operations = [
        migrations.CreateModel(
            name='DanhGiaMoHinh',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ky', models.CharField(max_length=6, verbose_name='quý')),
                ('ngay', models.DateField(verbose_name='ngày đánh giá')),
                ('viec_truoc', models.TextField(blank=True, max_length=2000, verbose_name='việc hẹn quý trước, đã làm đến đâu')),
                ('ket_qua', models.TextField(max_length=4000, verbose_name='kết quả')),
                ('han_che', models.TextField(blank=True, max_length=4000, verbose_name='hạn chế')),
                ('viec_tiep', models.TextField(blank=True, max_length=4000, verbose_name='việc tiếp theo')),
                ('muc', models.CharField(choices=[('tot', 'Tốt'), ('dat', 'Đạt yêu cầu'), ('chua', 'Chưa đạt yêu cầu')], max_length=10, verbose_name='mức')),
                ('chot', models.JSONField(default=dict, verbose_name='số liệu đã chốt')),
                ('chot_ngay', models.DateField(verbose_name='số liệu đến ngày')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('ghi_luc', models.DateTimeField(auto_now=True, verbose_name='ghi lúc')),
                ('ghi_boi', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mo_hinh', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='danh_gia', to='chidoan.mohinh')),
            ],
            options={
                'verbose_name': 'đánh giá mô hình',
                'verbose_name_plural': 'đánh giá mô hình',
                'ordering': ['-ky', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('mo_hinh', 'ky'), name='chidoan_danh_gia_mo_hinh_moi_quy_mot_lan', violation_error_message='Quý này đã có đánh giá. Mở ra để sửa.')],
            },
        ),
        migrations.CreateModel(
            name='DeNghiNhanRong',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('loi_nhan', models.CharField(blank=True, max_length=500, verbose_name='lời nhắn')),
                ('ngay', models.DateField(verbose_name='ngày đề nghị')),
                ('trang_thai', models.CharField(choices=[('cho', 'Chờ trả lời'), ('nhan', 'Đã nhận'), ('tu_choi', 'Chưa nhận')], default='cho', max_length=10, verbose_name='tình trạng')),
                ('tra_loi', models.CharField(blank=True, max_length=500, verbose_name='trả lời')),
                ('tra_loi_ngay', models.DateField(blank=True, null=True, verbose_name='ngày trả lời')),
                ('don_vi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='de_nghi_nhan_rong', to='tochuc.donvi', verbose_name='đơn vị được đề nghị')),
                ('gui_boi', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ket_qua', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='chidoan.mohinh')),
                ('mo_hinh', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='de_nghi', to='chidoan.mohinh')),
            ],
            options={
                'verbose_name': 'đề nghị nhân rộng',
                'verbose_name_plural': 'đề nghị nhân rộng',
                'ordering': ['-ngay', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('trang_thai', 'cho')), fields=('mo_hinh', 'don_vi'), name='chidoan_mot_de_nghi_nhan_rong_cho', violation_error_message='Đơn vị này đang có đề nghị chờ trả lời.')],
            },
        ),
        migrations.CreateModel(
            name='NhatKyMoHinh',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ngay', models.DateField(verbose_name='ngày')),
                ('viec', models.CharField(max_length=300, verbose_name='việc đã làm')),
                ('nguoi_lam', models.CharField(blank=True, max_length=200, verbose_name='ai làm')),
                ('ket_qua', models.TextField(blank=True, max_length=1000, verbose_name='kết quả')),
                ('client_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('ghi_luc', models.DateTimeField(auto_now=True, verbose_name='ghi lúc')),
                ('don_vi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tochuc.donvi')),
                ('ghi_boi', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mo_hinh', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nhat_ky', to='chidoan.mohinh')),
            ],
            options={
                'verbose_name': 'nhật ký mô hình',
                'verbose_name_plural': 'nhật ký mô hình',
                'ordering': ['-ngay', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NhomCamKet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ten', models.CharField(max_length=200, verbose_name='tên nhóm')),
                ('chuong_trinh', models.CharField(blank=True, max_length=20, verbose_name='chương trình')),
                ('cach', models.CharField(choices=[('dau_muc', 'Đánh dấu từng đầu mục hằng quý'), ('mot_cong_mot', 'Đếm từ sổ kết nạp (1+1)')], default='dau_muc', max_length=14, verbose_name='cách đo')),
                ('thu_tu', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                ('mo_hinh', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nhom_cam_ket', to='chidoan.mohinh')),
            ],
            options={
                'verbose_name': 'nhóm cam kết',
                'verbose_name_plural': 'nhóm cam kết',
                'ordering': ['thu_tu', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MucCamKet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noi_dung', models.CharField(max_length=300, verbose_name='nội dung')),
                ('thu_tu', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                ('thoi', models.BooleanField(default=False, verbose_name='thôi áp dụng')),
                ('nhom', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='muc', to='chidoan.nhomcamket')),
            ],
            options={
                'verbose_name': 'mục cam kết',
                'verbose_name_plural': 'mục cam kết',
                'ordering': ['nhom__thu_tu', 'nhom', 'thu_tu', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='KetQuaCamKet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ky', models.CharField(max_length=6, verbose_name='quý')),
                ('muc_do', models.CharField(choices=[('dat', 'Đạt'), ('dang_lam', 'Đang làm'), ('chua', 'Chưa đạt')], max_length=10, verbose_name='mức độ')),
                ('ghi_chu', models.CharField(blank=True, max_length=300, verbose_name='ghi chú, minh chứng')),
                ('ghi_luc', models.DateTimeField(auto_now=True, verbose_name='ghi lúc')),
                ('ghi_boi', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('muc', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ket_qua', to='chidoan.muccamket')),
            ],
            options={
                'verbose_name': 'kết quả cam kết',
                'verbose_name_plural': 'kết quả cam kết',
                'ordering': ['-ky', 'muc'],
                'constraints': [models.UniqueConstraint(fields=('muc', 'ky'), name='chidoan_cam_ket_mot_lan_moi_quy')],
            },
        ),
        migrations.AlterModelOptions(
            name='mohinh',
            options={'ordering': ['-tu_ngay', 'pk'], 'verbose_name': 'mô hình', 'verbose_name_plural': 'mô hình'},
        ),
        migrations.AlterModelOptions(
            name='thanhvienmohinh',
            options={'ordering': ['-la_to_truong', 'pk'], 'verbose_name': 'thành viên mô hình', 'verbose_name_plural': 'thành viên mô hình'},
        ),
        migrations.RemoveConstraint(
            model_name='anh',
            name='chidoan_anh_cua_mot_viec',
        ),
        migrations.AddField(
            model_name='mohinh',
            name='boi_canh',
            field=models.TextField(blank=True, max_length=4000, verbose_name='vì sao cần làm'),
        ),
        migrations.AddField(
            model_name='mohinh',
            name='goc',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='nhan_rong', to='chidoan.mohinh'),
        ),
        migrations.AddField(
            model_name='mohinh',
            name='ket_luan',
            field=models.CharField(blank=True, choices=[('nhan_rong', 'Nhân rộng'), ('tiep_tuc', 'Tiếp tục làm điểm'), ('dung', 'Dừng')], max_length=10, verbose_name='kết luận'),
        ),
        migrations.AddField(
            model_name='mohinh',
            name='ket_luan_ly_do',
            field=models.TextField(blank=True, max_length=2000, verbose_name='lý do kết luận'),
        ),
        migrations.AddField(
            model_name='mohinh',
            name='ket_luan_ngay',
            field=models.DateField(blank=True, null=True, verbose_name='ngày kết luận'),
        ),
        migrations.AddField(
            model_name='mohinh',
            name='loai',
            field=models.CharField(choices=[('chi_doan', 'Nâng chất hoạt động chi đoàn'), ('uu_tu', 'Rèn luyện, bồi dưỡng đoàn viên ưu tú'), ('khac', 'Mô hình khác')], default='chi_doan', max_length=10, verbose_name='loại'),
        ),
        migrations.AddField(
            model_name='mohinh',
            name='noi_ra_mat',
            field=models.CharField(blank=True, max_length=160, verbose_name='nơi ra mắt'),
        ),
        migrations.AddField(
            model_name='mohinh',
            name='van_ban',
            field=models.CharField(blank=True, max_length=200, verbose_name='văn bản'),
        ),
        migrations.AddField(
            model_name='thanhvienmohinh',
            name='doan_vien',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='trong_mo_hinh', to='doanvien.doanvien', verbose_name='đoàn viên'),
        ),
        migrations.AlterField(
            model_name='mohinh',
            name='muc_tieu',
            field=models.TextField(blank=True, max_length=4000, verbose_name='mục tiêu'),
        ),
        migrations.AlterField(
            model_name='mohinh',
            name='tu_ngay',
            field=models.DateField(verbose_name='ngày ra mắt'),
        ),
        migrations.AddConstraint(
            model_name='mohinh',
            constraint=models.CheckConstraint(condition=models.Q(('den_ngay__isnull', True), ('den_ngay__gte', models.F('tu_ngay')), _connector='OR'), name='chidoan_mo_hinh_ket_thuc_sau_ra_mat', violation_error_message='Ngày kết thúc phải từ ngày ra mắt trở đi.'),
        ),
        migrations.AddConstraint(
            model_name='mohinh',
            constraint=models.CheckConstraint(condition=models.Q(('ket_luan', ''), models.Q(('ket_luan_ngay__isnull', False), models.Q(('ket_luan_ly_do', ''), _negated=True)), _connector='OR'), name='chidoan_mo_hinh_ket_luan_co_ly_do', violation_error_message='Ghi ngày và lý do kết luận.'),
        ),
        migrations.AddField(
            model_name='anh',
            name='nhat_ky_mo_hinh',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='anh', to='chidoan.nhatkymohinh'),
        ),
        migrations.AddConstraint(
            model_name='anh',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('buoi__isnull', False), ('hoat_dong__isnull', True), ('nhat_ky_mo_hinh__isnull', True)), models.Q(('buoi__isnull', True), ('hoat_dong__isnull', False), ('nhat_ky_mo_hinh__isnull', True)), models.Q(('buoi__isnull', True), ('hoat_dong__isnull', True), ('nhat_ky_mo_hinh__isnull', False)), _connector='OR'), name='chidoan_anh_cua_mot_viec'),
        ),
        migrations.RunPython(
            code=write_groups,
            reverse_code=migrations.RunPython.noop,
        ),
        migrations.RemoveField(
            model_name='mohinh',
            name='gan_voi',
        ),
    ]
