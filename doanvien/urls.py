from django.urls import include, path

from . import views
from .ban_in.views import nhan_the_pdf, trich_yeu_issue, trich_yeu_pdf
from .chuyen.views.bien_dong import bien_dong_page, bien_dong_rows
from .chuyen.views.danh_sach import chuyen_create

app_name = "doanvien"
urlpatterns = [
    path("", views.doan_vien_list, name="list"),
    path("them/", views.doan_vien_create, name="create"),
    path("<int:pk>/", views.doan_vien_detail, name="detail"),
    path("<int:pk>/sua/", views.doan_vien_edit, name="edit"),
    path("<int:pk>/tiep-nhan/", views.doan_vien_begin, name="begin"),
    path("doi-chieu/", include("doanvien.doi_chieu.urls")),
    path("", include("doanvien.nguyen_vong.urls")),
    path("", include("doanvien.rieng_tu.urls")),
    path("<int:pk>/chuyen/", chuyen_create, name="chuyen_create"),
    path("bien-dong/", bien_dong_page, name="bien_dong"),
    path("bien-dong/dong/", bien_dong_rows, name="bien_dong_rows"),
    path("chuyen/", include("doanvien.chuyen.urls")),
    path("", include("doanvien.danh_sach.urls")),
    path("trung/", include("doanvien.trung.urls")),
    path("xuat/", include("doanvien.xuat.urls")),
    path("nhap/", include("doanvien.nhap.urls")),
    path("nhan-the.pdf", nhan_the_pdf, name="nhan_the_pdf"),
    path("<int:pk>/trich-yeu.pdf", trich_yeu_pdf, name="trich_yeu_pdf"),
    path("<int:pk>/trich-yeu/in/", trich_yeu_issue, name="trich_yeu_issue"),
    path("ren-luyen/", include("doanvien.ren_luyen.urls")),
    path("thu-chi/", include("doanvien.thu_chi.urls")),
    path("ket-nap/", include("doanvien.ket_nap.urls")),
    path("", include("doanvien.doan_phi.urls")),
    path("", include("doanvien.hoan.urls")),
    path("", include("doanvien.khen_thuong.urls")),
    path("", include("doanvien.ky_luat.urls")),
    path("", include("doanvien.roi_doan.urls")),
    path("truong-thanh/", include("doanvien.truong_thanh.urls")),
]
