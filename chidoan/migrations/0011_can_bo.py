from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chidoan", "0010_chuc_vu_ban_giao")]

    operations = []
