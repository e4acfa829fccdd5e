from django.urls import path

from .views import diem, dong, dot, y_kien

urlpatterns = [
    path("xep-hang/dot/", dot.dot_cham_list, name="dot_cham_list"),
    path("xep-hang/dot/mo/", dot.dot_cham_open, name="dot_cham_open"),
    path("xep-hang/dot/<int:pk>/", dot.dot_cham_detail, name="dot_cham"),
    path("xep-hang/dot/<int:pk>/han/", dot.dot_cham_han, name="dot_cham_han"),
    path("xep-hang/dot/<int:pk>/tinh-lai/", dot.dot_cham_tinh, name="dot_cham_tinh"),
    path("xep-hang/dot/<int:pk>/kiem-tra/", dot.dot_cham_kiem_tra, name="dot_cham_kiem_tra"),
    path("xep-hang/dot/<int:pk>/<slug:loai>/", dot.dot_cham_buoc, name="dot_cham_buoc"),
    path("xep-hang/tu-cham/", dong.tu_cham_tiep, name="tu_cham_tiep"),
    path("xep-hang/dong/<int:pk>/", dong.dong_cham_detail, name="dong_cham"),
    path("xep-hang/dong/<int:pk>/tu-cham/", dong.tu_cham, name="tu_cham"),
    path("xep-hang/dong/<int:pk>/tham-dinh/", dong.tham_dinh, name="tham_dinh"),
    path("xep-hang/dong/<int:pk>/dong-y/", dong.dong_cham_dong_y, name="dong_cham_dong_y"),
    path("xep-hang/dong/<int:pk>/y-kien/", y_kien.y_kien_send, name="y_kien_cham"),
    path(
        "xep-hang/dong/<int:pk>/kiem-phieu/<slug:ben>/",
        y_kien.kiem_phieu,
        name="kiem_phieu_cham",
    ),
    path("xep-hang/dong/<int:pk>/<slug:loai>/", dong.dong_cham_buoc, name="dong_cham_buoc"),
    path("xep-hang/y-kien/<int:pk>/tra-loi/", y_kien.y_kien_answer, name="y_kien_tra_loi"),
    path("xep-hang/diem/<int:pk>/minh-chung/", diem.minh_chung_add, name="minh_chung_add"),
    path("xep-hang/diem/<int:pk>/<slug:buoc>/", diem.diem_save, name="diem_save"),
    path("xep-hang/minh-chung/<int:pk>/tep/", diem.minh_chung_tep, name="minh_chung_tep"),
    path("xep-hang/minh-chung/<int:pk>/xoa/", diem.minh_chung_delete, name="minh_chung_delete"),
]
