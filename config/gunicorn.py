"""How gunicorn serves the application: `gunicorn --config config/gunicorn.py config.wsgi`."""

workers = 2
threads = 4
timeout = 60
graceful_timeout = 30
control_socket_disable = True
accesslog = "-"
# Method, path, status, bytes, microseconds. No query string: it may hold a person's name.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(D)s"
