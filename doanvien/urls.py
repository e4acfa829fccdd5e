from django.urls import include, path

app_name = "doanvien"
urlpatterns = [
    path("nhap/", include("doanvien.nhap.urls")),
]
