"""Notices of rules that are judged by periods, and of rights whose ground is a figure."""
