from django.urls import path

from . import views

urlpatterns = [
    path("phu-trach/", views.phu_trach_list, name="phu_trach_list"),
    path("phu-trach/lan-xuong/", views.lan_xuong_list, name="lan_xuong_list"),
    path("phu-trach/loi-hua/", views.loi_hua_list, name="loi_hua_list"),
    path("chi-doan/<int:pk>/lan-xuong/", views.lan_xuong_cua, name="lan_xuong_cua"),
    path("chi-doan/<int:pk>/lan-xuong/ghi/", views.lan_xuong_create, name="lan_xuong_create"),
    path("lan-xuong/<int:pk>/sua/", views.lan_xuong_update, name="lan_xuong_update"),
    path("lan-xuong/<int:pk>/xoa/", views.lan_xuong_delete, name="lan_xuong_delete"),
    path("loi-hua/<int:pk>/xong/", views.loi_hua_finish, name="loi_hua_finish"),
    path("loi-hua/<int:pk>/mo-lai/", views.loi_hua_reopen, name="loi_hua_reopen"),
]
