from django.urls import path

from . import views

app_name = "tochuc"
urlpatterns = [
    path("them/", views.them, name="them"),
    path("doi-mat-khau/", views.doi_mat_khau, name="doi_mat_khau"),
    path("cong-viec/", views.cong_viec_list, name="cong_viec_list"),
    path("cong-viec/<uuid:pk>/", views.cong_viec_detail, name="cong_viec_detail"),
    path("cong-viec/<uuid:pk>/tep/", views.cong_viec_file, name="cong_viec_file"),
    path("cong-viec/<uuid:pk>/lam-lai/", views.cong_viec_restart, name="cong_viec_restart"),
    path("don-vi/", views.don_vi_list, name="don_vi_list"),
    path("don-vi/<int:pk>/", views.don_vi_detail, name="don_vi_detail"),
    path("tai-khoan/", views.tai_khoan_list, name="tai_khoan_list"),
    path("tai-khoan/cap/", views.tai_khoan_create, name="tai_khoan_create"),
    path("tai-khoan/<int:pk>/", views.tai_khoan_detail, name="tai_khoan_detail"),
    path("tai-khoan/<int:pk>/mat-khau/", views.tai_khoan_password, name="tai_khoan_password"),
    path("tai-khoan/<int:pk>/khoa/", views.tai_khoan_close, name="tai_khoan_close"),
    path("tai-khoan/<int:pk>/mo/", views.tai_khoan_open, name="tai_khoan_open"),
    path("tai-khoan/<int:pk>/vai-tro/", views.phan_cong_create, name="phan_cong_create"),
    path("vai-tro/<int:pk>/chon/", views.vai_tro_choose, name="vai_tro_choose"),
    path("vai-tro/<int:pk>/ket-thuc/", views.phan_cong_end, name="phan_cong_end"),
    path("quy-dinh/", views.quy_dinh_list, name="quy_dinh_list"),
    path("quy-dinh/<slug:ma>/", views.quy_dinh_detail, name="quy_dinh_detail"),
    path("quy-dinh/<slug:ma>/moi/", views.quy_dinh_create, name="quy_dinh_create"),
    path("nhat-ky/", views.nhat_ky_list, name="nhat_ky_list"),
]
