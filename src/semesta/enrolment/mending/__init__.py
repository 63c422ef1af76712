"""Rejections of the insurer, worked off one by one."""
