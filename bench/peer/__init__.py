"""What a team would else build: Django REST framework, django-guardian, a permission per field, django-auditlog.

Its own settings, addresses, tables and process; nothing of the product is imported here.
"""
