from django.urls import path

from . import views

urlpatterns = [
    path("", views.doi_chieu, name="doi_chieu"),
    path("tai-ve/", views.doi_chieu_tai, name="doi_chieu_tai"),
    path("tai-ve-du/", views.doi_chieu_tai_du, name="doi_chieu_tai_du"),
    path("<int:pk>/", views.doi_chieu_xem, name="doi_chieu_xem"),
    path("<int:pk>/chon/", views.doi_chieu_chon, name="doi_chieu_chon"),
    path("<int:pk>/ghi/", views.doi_chieu_ghi, name="doi_chieu_ghi"),
    path("<int:pk>/so-lai/", views.doi_chieu_so_lai, name="doi_chieu_so_lai"),
    path("<int:pk>/bo/", views.doi_chieu_bo, name="doi_chieu_bo"),
]
