app_name = "tuduong"
urlpatterns = []
