"""Vietnamese text: names (`names`) and numbers, dates and file names in words (`numbers`)."""

from .names import clean, clean_name, fold, lines, lowfirst, name_sort_key, natural_sort_key

__all__ = ["clean", "clean_name", "fold", "lines", "lowfirst", "name_sort_key", "natural_sort_key"]
