import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.template import Context, Template

from core.assets.icons import ICONS
from core.periods import today

STATIC_NAME = re.compile(r"""{%\s*icon\s+["']([^"']+)["']|icon_name=["']([^"']+)["']""")


def render(source, **context):
    return Template(source).render(Context(context))


def test_icon_points_into_the_sprite():
    assert render('{% icon "users" 18 %}') == (
        '<svg class="icon" width="18" height="18" aria-hidden="true">'
        '<use href="/static/assets/icons.svg#users"></use></svg>'
    )


def test_unknown_icon_fails():
    with pytest.raises(ValueError, match="No icon 'usesr'"):
        render('{% icon "usesr" %}')


def test_unknown_family_of_states_fails():
    with pytest.raises(ValueError, match="danger"):
        render('{% pill "danger" "ban" "Không nhận" %}')


def test_pill_has_colour_shape_and_word():
    html = render('{% pill "bad" "circle-alert" text %}', text="Quá hạn <3> ngày")

    assert 'class="pill is-bad"' in html
    assert "#circle-alert" in html
    assert "Quá hạn &lt;3&gt; ngày" in html


def test_assets_that_were_never_collected_have_an_address(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

    assert 'href="/static/assets/icons.svg#x"' in render('{% icon "x" %}')
    assert render('{% asset "a.woff2" %}') == "/static/assets/a.woff2"


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ value|ty_le:138 }}", 112, "81,2% (112/138)"),
        ("{{ value|tien }}", 4000, "4.000\u00a0đ"),
        ("{{ value|so }}", 1248.5, "1.248,5"),
        ("{{ value|phan_tram }}", 0.812, "81,2%"),
        ("{{ value|ngay }}", None, ""),
    ],
)
def test_filters_stand_in_every_template(source, value, text):
    assert render(source, value=value) == text


def test_con_lai_counts_from_today():
    assert render("{{ due|con_lai }}", due=today() + timedelta(days=7)) == "còn 7\u00a0ngày"


def test_templates_use_icons_that_exist():
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        used = {first or second for first, second in STATIC_NAME.findall(path.read_text("utf-8"))}
        assert used <= ICONS, path
