"""Làm sạch dữ liệu: suspicious records are found in sets and worked through one by one.

A finding accuses nobody and changes nothing: it is a row that somebody looks at, explains, or
sets right by the ordinary acts and by corrections (ADR 24).
"""
