import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chidoan', '0015_sap_xep'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='anh',
            name='chidoan_anh_cua_mot_viec',
        ),
        migrations.AddField(
            model_name='anh',
            name='hoi_thi',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='anh', to='chidoan.hoithi'),
        ),
        migrations.AddField(
            model_name='anh',
            name='tham_hoi',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='anh', to='chidoan.thamhoi'),
        ),
        migrations.AddConstraint(
            model_name='anh',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('buoi__isnull', False), ('hoat_dong__isnull', True), ('hoi_thi__isnull', True), ('nhat_ky_mo_hinh__isnull', True), ('tham_hoi__isnull', True)), models.Q(('buoi__isnull', True), ('hoat_dong__isnull', False), ('hoi_thi__isnull', True), ('nhat_ky_mo_hinh__isnull', True), ('tham_hoi__isnull', True)), models.Q(('buoi__isnull', True), ('hoat_dong__isnull', True), ('hoi_thi__isnull', True), ('nhat_ky_mo_hinh__isnull', False), ('tham_hoi__isnull', True)), models.Q(('buoi__isnull', True), ('hoat_dong__isnull', True), ('hoi_thi__isnull', True), ('nhat_ky_mo_hinh__isnull', True), ('tham_hoi__isnull', False)), models.Q(('buoi__isnull', True), ('hoat_dong__isnull', True), ('hoi_thi__isnull', False), ('nhat_ky_mo_hinh__isnull', True), ('tham_hoi__isnull', True)), _connector='OR'), name='chidoan_anh_cua_mot_viec'),
        ),
    ]
