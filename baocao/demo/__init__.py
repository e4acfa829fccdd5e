"""Demo data: made through the services, the same at every run, up to today.

No person in it exists: names are drawn from lists with a fixed seed. What Nghĩa Hành and
Phường I show comes out of ordinary queries over these rows.
"""
