"""Views of figures as tables that leave the portal: Excel, PDF and the API say the same numbers.

A view becomes a `Printout` once; `workbooks` writes it for Excel, a worker draws it as PDF, and
the API tells it as JSON.
"""
