"""Markup that somebody may type as a name or a remark, and what it must not bring about."""

import os
import socket
import sys
import threading
from dataclasses import dataclass, field
from functools import cache

import pytest

from tests.core.pdf_reading import reader

HOSTILE = [
    "<img src='http://127.0.0.1:{port}/a.png'>",
    '"><link rel=attachment href="http://127.0.0.1:{port}/b">',
    "<style>@import url(http://127.0.0.1:{port}/c.css);</style>",
    "<object data='http://127.0.0.1:{port}/d'></object>",
    "<img src='file:///etc/hostname'>",
    "<svg><image xlink:href='http://127.0.0.1:{port}/e'/></svg>",
    "{{% load x %}}{{{{ 7|add:7 }}}}",
    "<img src='file://{path}'>",
    "<link rel=attachment href='file://{path}'>",
    "<a rel=attachment href='file://{path}'>tệp</a>",
    "<object data='file://{path}' type='text/html'></object>",
    "<embed src='file://{path}'>",
    "<iframe src='http://127.0.0.1:{port}/f'></iframe>",
    "<iframe srcdoc='&lt;img src=http://127.0.0.1:{port}/g&gt;'></iframe>",
    "<link rel=stylesheet href='http://127.0.0.1:{port}/h.css'>",
    "<p style=\"background:url('http://127.0.0.1:{port}/i')\">x</p>",
    '<p style="content:url(file://{path})">x</p>',
    "<style>@font-face{{font-family:x;src:url(http://127.0.0.1:{port}/j)}}</style>",
    "<style>*{{list-style:url(file://{path})}}</style>",
    "<svg><use href='file://{path}#a'/></svg>",
    "<svg onload='fetch(\"http://127.0.0.1:{port}/k\")'/>",
    "<script src='http://127.0.0.1:{port}/l.js'></script>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='http://127.0.0.1:{port}/m'>x</a>",
    "<base href='http://127.0.0.1:{port}/'>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:{port}/n'>",
    "<video poster='http://127.0.0.1:{port}/o' src='file://{path}'></video>",
    "<!--#include file='{path}'-->",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file://{path}'>]>&e;",
    "</section><section id='p0' style='page:x'><img src='data:image/svg+xml,&lt;svg/&gt;'>",
]
"""Thirty; `port` is one that listens, `path` a file that nobody may read."""


def is_harmless(pdf: bytes) -> bool:
    """No attachment, script or link is in the file, nor a page that leads somewhere."""
    file = reader(pdf)
    catalog = file.trailer["/Root"]
    actions = {"/OpenAction", "/AA", "/AcroForm"} & set(catalog)
    names = set(catalog.get("/Names", {}))
    annotated = [page for page in file.pages if "/Annots" in page or "/AA" in page]
    return not (
        file.attachments or actions or annotated or names & {"/JavaScript", "/EmbeddedFiles"}
    )


@dataclass
class Listener:
    """A port of this machine, and who came to it."""

    port: int
    visits: list[str] = field(default_factory=list)


@dataclass
class Secret:
    """A file that no paper may read, and each time somebody opened it."""

    path: str
    reads: list[str] = field(default_factory=list)


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        told, ended = Listener(server.getsockname()[1]), threading.Event()
        thread = threading.Thread(target=_count_visits, args=(server, told.visits, ended))
        thread.start()
        yield told
        ended.set()
        thread.join()


def _count_visits(server, visits, ended):
    while not ended.is_set():
        try:
            connection, _ = server.accept()
        except TimeoutError:
            continue
        visits.append("visit")
        connection.close()


_WATCHED: dict[str, list[str]] = {}


def _watch(event, args):
    if event == "open" and _WATCHED and isinstance(args[0], str | bytes | os.PathLike):
        path = os.fsdecode(args[0])
        if path in _WATCHED:
            _WATCHED[path].append(path)


@cache
def _watch_for_good():
    """Python tells of every file that is opened; who is told cannot be taken off again."""
    sys.addaudithook(_watch)


@pytest.fixture
def secret(tmp_path):
    _watch_for_good()
    path = tmp_path / "mat"
    path.write_text("root:x:0:0")
    told = Secret(str(path))
    _WATCHED[told.path] = told.reads
    yield told
    del _WATCHED[told.path]
