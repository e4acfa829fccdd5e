"""Fonts and icons, cut from their packages to what the screens use."""
