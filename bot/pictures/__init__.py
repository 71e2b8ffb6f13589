"""Drawings: what is shown as a picture, and how it becomes one."""
