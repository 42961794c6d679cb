"""The doors: landing page, login, language."""
