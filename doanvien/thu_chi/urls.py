from django.urls import path

from . import views

urlpatterns = [
    path("", views.thu_chi_list, name="thu_chi_list"),
    path("<int:pk>/", views.thu_chi, name="thu_chi"),
    path("<int:pk>/ghi/", views.thu_chi_create, name="thu_chi_create"),
    path("khoan/<int:pk>/gach-bo/", views.thu_chi_cancel, name="thu_chi_cancel"),
]
