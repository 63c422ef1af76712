"""Addresses of signing in and out. Of allauth only what this office uses:

accounts have no e-mail address and nobody signs up, so those pages do not exist here.
"""

from allauth.account import views
from django.urls import include, path

from semesta.web.accounts.views import sign_in

urlpatterns = [
    path("", sign_in, name="account_login"),
    path("keluar/", views.logout, name="account_logout"),
    path("ditutup/", views.account_inactive, name="account_inactive"),
    path("akun-baru/", views.signup, name="account_signup"),
    path("periksa-ulang/", views.reauthenticate, name="account_reauthenticate"),
    path("kata-sandi/", views.password_change, name="account_change_password"),
    path("dua-langkah/", include("allauth.mfa.urls")),
]
