"""Addresses of signing in and out."""

from django.urls import path

from organizations import views

app_name = "organizations"

urlpatterns = [
    path("dang-nhap/", views.SignInView.as_view(), name="sign_in"),
    path("dang-xuat/", views.SignOutView.as_view(), name="sign_out"),
    path("mat-khau/", views.PasswordChangeView.as_view(), name="password_change"),
]
