import django.core.serializers.json
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chidoan', '0014_mo_hinh'),
        ('tochuc', '0005_sap_xep'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SapXep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ten', models.CharField(max_length=200, verbose_name='tên đợt sắp xếp')),
                ('hieu_luc', models.DateField(verbose_name='ngày có hiệu lực')),
                ('so_quyet_dinh', models.CharField(blank=True, max_length=40, verbose_name='số quyết định')),
                ('ngay_quyet_dinh', models.DateField(blank=True, null=True, verbose_name='ngày quyết định')),
                ('ten_tep', models.CharField(blank=True, max_length=120, verbose_name='tên tệp quyết định')),
                ('tep', models.BinaryField(blank=True, null=True, verbose_name='tệp quyết định')),
                ('ke_hoach', models.JSONField(default=dict, editable=False, verbose_name='kế hoạch')),
                ('bam', models.CharField(blank=True, editable=False, max_length=64)),
                ('trang_thai', models.CharField(choices=[('nhap', 'Đang soạn'), ('cho_duyet', 'Chờ duyệt'), ('cho_hieu_luc', 'Đã duyệt, chờ đến ngày'), ('da_ap_dung', 'Đã áp dụng'), ('da_hoan_tac', 'Đã hoàn tác'), ('da_bo', 'Đã bỏ')], default='nhap', max_length=14, verbose_name='tình trạng')),
                ('loi', models.TextField(blank=True, editable=False, verbose_name='vì sao chưa áp dụng được')),
                ('xem_truoc', models.JSONField(default=dict, editable=False, verbose_name='bản xem trước')),
                ('xem_luc', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='xem trước lúc')),
                ('ket_qua', models.JSONField(default=dict, editable=False, verbose_name='kết quả')),
                ('moc', models.JSONField(default=dict, editable=False)),
                ('ma_gui', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('lap_luc', models.DateTimeField(auto_now_add=True, verbose_name='lập lúc')),
                ('duyet_luc', models.DateTimeField(blank=True, null=True, verbose_name='duyệt lúc')),
                ('ap_dung_luc', models.DateTimeField(blank=True, null=True, verbose_name='áp dụng lúc')),
                ('don_vi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sap_xep', to='tochuc.donvi', verbose_name='đơn vị')),
                ('duyet_boi', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người duyệt')),
                ('lap_boi', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người lập')),
            ],
            options={
                'verbose_name': 'sắp xếp tổ chức',
                'verbose_name_plural': 'sắp xếp tổ chức',
                'ordering': ['-hieu_luc', '-pk'],
                'indexes': [models.Index(fields=['trang_thai', 'hieu_luc'], name='chidoan_sap_trang_t_94cc28_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('trang_thai__in', ['nhap', 'cho_duyet', 'da_bo']), models.Q(models.Q(('so_quyet_dinh', ''), _negated=True), ('ngay_quyet_dinh__isnull', False)), _connector='OR'), name='chidoan_sap_xep_duyet_co_quyet_dinh', violation_error_message='Ghi số và ngày quyết định trước khi duyệt.'), models.CheckConstraint(condition=models.Q(models.Q(('trang_thai__in', ['da_ap_dung', 'da_hoan_tac']), _negated=True), ('ap_dung_luc__isnull', False), _connector='OR'), name='chidoan_sap_xep_ap_dung_co_luc')],
            },
        ),
        migrations.CreateModel(
            name='DongSapXep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('loai', models.CharField(choices=[('lap_moi', 'Lập mới'), ('giai_the', 'Giải thể'), ('doi_ten', 'Đổi tên'), ('chuyen', 'Chuyển về cấp trên khác'), ('sap_nhap', 'Sáp nhập'), ('chia_tach', 'Chia tách'), ('bo_cap', 'Kết thúc một cấp')], max_length=10, verbose_name='loại')),
                ('ten_truoc', models.CharField(blank=True, max_length=160, verbose_name='tên trước')),
                ('ten_sau', models.CharField(blank=True, max_length=160, verbose_name='tên sau')),
                ('so_nguoi', models.PositiveIntegerField(default=0, verbose_name='số đoàn viên')),
                ('sau', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sap_xep_tu', to='tochuc.donvi', verbose_name='đơn vị sau')),
                ('truoc', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sap_xep_thanh', to='tochuc.donvi', verbose_name='đơn vị trước')),
                ('sap_xep', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dong', to='chidoan.sapxep')),
            ],
            options={
                'verbose_name': 'dòng sắp xếp',
                'verbose_name_plural': 'dòng sắp xếp',
                'ordering': ['sap_xep', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BuocSapXep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('loai', models.CharField(choices=[('lap', 'Lập kế hoạch'), ('trinh', 'Trình cấp trên duyệt'), ('tra_lai', 'Trả lại để sửa'), ('duyet', 'Duyệt'), ('ap_dung', 'Áp dụng'), ('hoan_tac', 'Hoàn tác'), ('bo', 'Bỏ kế hoạch')], max_length=10, verbose_name='bước')),
                ('luc', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('ly_do', models.CharField(blank=True, max_length=300, verbose_name='ý kiến, lý do')),
                ('boi', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sap_xep', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='buoc', to='chidoan.sapxep')),
            ],
            options={
                'verbose_name': 'bước sắp xếp',
                'verbose_name_plural': 'bước sắp xếp',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ThayDoiSapXep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bang', models.CharField(max_length=60, verbose_name='bảng')),
                ('dong', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='dòng')),
                ('sap_xep', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thay_doi', to='chidoan.sapxep')),
            ],
            options={
                'verbose_name': 'thay đổi của đợt sắp xếp',
                'verbose_name_plural': 'thay đổi của đợt sắp xếp',
                'ordering': ['sap_xep', 'pk'],
            },
        ),
    ]
