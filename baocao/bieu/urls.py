from django.urls import path

from . import views

urlpatterns = [
    path("bao-cao/bieu-quoc-gia/<int:don_vi>/", views.bieu, name="bieu"),
    path("bao-cao/bieu-quoc-gia/<int:don_vi>/tai/", views.bieu_tai, name="bieu_tai"),
]
