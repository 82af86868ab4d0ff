"""The floor: a bare Django REST framework ModelViewSet on one table, to measure against."""
