from django.urls import path

from . import views

urlpatterns = [
    path("sinh-hoat/mau/", views.mau_list, name="mau_list"),
    path("sinh-hoat/mau/<str:loai>/", views.mau_update, name="mau_update"),
]
