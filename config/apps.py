from django.contrib.admin.apps import AdminConfig


class QuanTriConfig(AdminConfig):
    default_site = "config.admin.QuanTriSite"
