app_name = "baocao"
urlpatterns = []
