from django.urls import path

from . import views

urlpatterns = [path("quoc-gia/", views.xuat_quoc_gia, name="xuat_quoc_gia")]
