from django.urls import path

from . import views

urlpatterns = [
    path("sinh-hoat/lich-phuong/", views.lich, name="lich_phuong"),
    path("sinh-hoat/chua-hop/", views.chua_hop, name="chua_hop"),
    path("sinh-hoat/tuan-toi/", views.tuan_toi, name="tuan_toi"),
    path("sinh-hoat/nhac/", views.nhac, name="nhac"),
    path("sinh-hoat/nhac/da-nhac/", views.nhac_mark, name="nhac_mark"),
]
