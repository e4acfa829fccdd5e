from django.urls import path

from .views import buoc, danh_sach, dot, khach, tu_ngoai

urlpatterns = [
    path("", danh_sach.chuyen_list, name="chuyen_list"),
    path("nhieu/", dot.chuyen_choose_branch, name="chuyen_choose_branch"),
    path("nhieu/<int:don_vi>/", dot.chuyen_many, name="chuyen_many"),
    path("tu-ngoai/", tu_ngoai.chuyen_tu_ngoai, name="chuyen_tu_ngoai"),
    path("tu-ngoai/moi/", tu_ngoai.chuyen_tu_ngoai_moi, name="chuyen_tu_ngoai_moi"),
    path("tu-ngoai/<int:pk>/", tu_ngoai.chuyen_nhan_lai, name="chuyen_nhan_lai"),
    path("khach/", khach.khach_list, name="khach_list"),
    path("khach/them/", khach.khach_create, name="khach_create"),
    path("khach/<int:pk>/", khach.khach_detail, name="khach_detail"),
    path("khach/<int:pk>/han/", khach.khach_set_end, name="khach_set_end"),
    path("khach/<int:pk>/nhan-xet/", khach.khach_comment, name="khach_comment"),
    path("<int:pk>/", danh_sach.chuyen_detail, name="chuyen_detail"),
    path("<int:pk>/giay-gioi-thieu.pdf", danh_sach.chuyen_giay, name="chuyen_giay"),
    path("<int:pk>/ky/", buoc.chuyen_sign, name="chuyen_sign"),
    path("<int:pk>/tiep-nhan/", buoc.chuyen_receive, name="chuyen_receive"),
    path("<int:pk>/xac-nhan/", buoc.chuyen_confirm, name="chuyen_confirm"),
    path("<int:pk>/noi-den-xac-nhan/", buoc.chuyen_elsewhere, name="chuyen_elsewhere"),
    path("<int:pk>/tu-choi/", buoc.chuyen_refuse, name="chuyen_refuse"),
    path("<int:pk>/rut/", buoc.chuyen_withdraw, name="chuyen_withdraw"),
    path("<int:pk>/gui-lai/", buoc.chuyen_resend, name="chuyen_resend"),
    path("<int:pk>/ky-ca-dot/", dot.chuyen_sign_many, name="chuyen_sign_many"),
]
