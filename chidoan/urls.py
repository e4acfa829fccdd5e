app_name = "chidoan"
urlpatterns = []
