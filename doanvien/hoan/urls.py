from django.urls import path

from . import views

urlpatterns = [
    path("hoan/", views.hoan_list, name="hoan_list"),
    path("<int:pk>/hoan/", views.hoan_create, name="hoan_create"),
    path("hoan/<int:pk>/tro-lai/", views.hoan_end, name="hoan_end"),
    path("hoan/<int:pk>/xoa/", views.hoan_delete, name="hoan_delete"),
]
