from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/ket-thuc/", views.doan_vien_end, name="end"),
    path("<int:pk>/sua-ket-thuc/", views.doan_vien_reopen, name="reopen"),
    path("xoa-ten/", views.xoa_ten_list, name="xoa_ten_list"),
    path("xoa-ten/<int:pk>/quyet-dinh/", views.xoa_ten_decide, name="xoa_ten_decide"),
    path("xoa-ten/<int:pk>/rut/", views.xoa_ten_withdraw, name="xoa_ten_withdraw"),
]
