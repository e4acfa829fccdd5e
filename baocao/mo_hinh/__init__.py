"""Does an initiative work: before and after by the figures of the reports, reviews, the report.

It lives above the initiatives themselves so that its numbers are the indicators' own.
"""
