from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chidoan", "0009_them_loai_hoat_dong")]

    operations = []
