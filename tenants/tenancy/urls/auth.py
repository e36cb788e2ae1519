"""Where people sign in: only the parts of allauth that this house uses, under its names."""

from django.urls import path

from tenants.tenancy.views import factors, opening, operators, proving, safety
from tenants.tenancy.views import signing_in as views

urlpatterns = [
    path("", views.home, name="mfa_index"),
    path("account/login/", views.AskForCode.as_view(), name="account_login"),
    path("account/code/", views.AskForCode.as_view(), name="account_request_login_code"),
    path("account/code/enter/", views.EnterCode.as_view(), name="account_confirm_login_code"),
    path("account/again/", views.begin_again, name="account_begin_again"),
    path("account/confirm/", proving.confirm, name="account_confirm"),
    path("account/contact/<str:kind>/", safety.contact, name="account_contact"),
    path("account/contact/<str:kind>/code/", safety.contact_code, name="account_contact_code"),
    path("account/sessions/others/end/", safety.end_others, name="account_end_others"),
    path("account/sessions/<uuid:record>/end/", safety.end, name="account_end_session"),
    path("not-me/<str:secret>/", safety.not_me, name="not_me"),
    path("account/name/", views.name, name="account_name"),
    path("account/logout/", views.leave, name="account_logout"),
    path("account/closed/", views.inactive, name="account_inactive"),
    path("factor/", views.EnterSecondFactor.as_view(), name="mfa_authenticate"),
    path("factor/again/", views.EnterSecondFactorAgain.as_view(), name="mfa_reauthenticate"),
    path("factor/new/", views.SetUpSecondFactor.as_view(), name="mfa_activate_totp"),
    path("factor/recovery/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("factor/replace/", factors.replace, name="replace_factor"),
    path("factor/recovery/new/", factors.new_codes, name="new_recovery_codes"),
    path("operator/recovery/", operators.recoveries, name="operator_recoveries"),
    path(
        "operator/recovery/<uuid:recovery_id>/<slug:step>/",
        operators.recovery_step,
        name="operator_recovery_step",
    ),
    path("open/", opening.confirm, name="open_confirm"),
    path("open/<slug:slug>/", opening.opened, name="opened"),
    path("handoff/", views.hand_over, name="handoff"),
]
