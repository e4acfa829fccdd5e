from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chidoan", "0013_kiem_tra_sinh_ke")]

    operations = []
