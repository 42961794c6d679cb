"""What all pages share: templates, headers, static files, refusals in words. The areas own the pages."""
