from django.urls import path

from . import views

app_name = "tochuc"
urlpatterns = [
    path("them/", views.them, name="them"),
]
