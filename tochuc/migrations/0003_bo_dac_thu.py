"""How often a branch meets is dated: `chidoan.NhipSinhHoat` keeps it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tochuc", "0002_viec_nen"), ("chidoan", "0005_nhip_theo_so_truoc")]
    operations = [migrations.RemoveField(model_name="donvi", name="dac_thu")]
