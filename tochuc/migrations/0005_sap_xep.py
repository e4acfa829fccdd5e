from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tochuc", "0004_van_ban_huy")]

    operations = []
