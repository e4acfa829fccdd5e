from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chidoan", "0012_tap_huan")]

    operations = []
