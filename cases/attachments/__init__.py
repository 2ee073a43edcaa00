"""Attachments: files under the rights of a field, encrypted at rest."""
