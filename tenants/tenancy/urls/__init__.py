"""Where tenancy's pages are, at a tenant's host."""

from django.urls import path

from tenants.tenancy.views import account, pictures

app_name = "tenancy"
urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/login/", account.login, name="login"),
    path("account/confirm/", account.confirm, name="confirm"),
    path("account/arrive/", account.arrive, name="arrive"),
    path("account/logout/", account.logout, name="logout"),
    path("account/language/", account.language, name="language"),
    path("account/sessions/others/end/", account.end_others, name="end_others"),
    path("account/sessions/<uuid:record>/end/", account.end, name="end_session"),
    path("media/<path:name>", pictures.picture, name="picture"),
]
