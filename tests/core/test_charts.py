"""Charts are attributes only, say what they show, and place what they draw."""

import re
from xml.etree import ElementTree as ET

import pytest

from core.charts import (
    Bar,
    Line,
    Pair,
    Point,
    Stop,
    bar_chart,
    column_chart,
    heat_cell,
    heat_class,
    line_chart,
    pyramid,
    score_bar,
    shape_mark,
    step_chart,
    step_line,
)

SVG_NAMES = re.compile(r"\sxmlns=\"[^\"]*\"")


def parse(svg):
    return ET.fromstring(SVG_NAMES.sub("", svg))


@pytest.mark.parametrize(
    ("percent", "number"),
    [(0, 1), (49, 1), (50, 2), (64, 2), (65, 3), (79, 3), (80, 4), (89, 4), (90, 5), (100, 5)],
)
def test_heat_class_has_five_steps(percent, number):
    assert heat_class(percent) == number


@pytest.mark.parametrize(
    ("numbers", "options", "css", "text", "label"),
    [
        ((3, 7), {}, "h-1", "43", "Khu vực 5, tháng 6: 43%, 3 trên 7"),
        ((7, 8), {}, "h-4", "88", "Khu vực 5, tháng 6: 88%, 7 trên 8"),
        ((0, 7), {}, "h-1", "0", "Khu vực 5, tháng 6: 0%, 0 trên 7"),
        ((None, None), {}, "h-none", "×", "Khu vực 5, tháng 6: không họp"),
        ((None, None), {"due": False}, "h-free", "–", "Khu vực 5, tháng 6: không phải họp"),
        ((None, None), {"future": True}, "h-later", "·", "Khu vực 5, tháng 6: chưa đến"),
        ((7, 7), {"due": False}, "h-5", "100", "Khu vực 5, tháng 6: 100%, 7 trên 7"),
    ],
)
def test_heat_cell_says_what_its_colour_says(numbers, options, css, text, label):
    cell = heat_cell(*numbers, name="Khu vực 5, tháng 6", **options)

    assert (cell.css, cell.text, cell.label) == (css, text, label)


def test_half_a_percent_is_rounded_up():
    assert heat_cell(1, 8, name="x").text == "13"
    assert heat_cell(5, 8, name="x").text == "63"


def test_line_chart_breaks_at_a_missing_month_and_names_its_lines():
    svg = parse(
        line_chart(
            labels=["T1", "T2", "T3", "T4"],
            series=[Line("2026", [76, None, 77, 79]), Line("2025", [70, 69, 71, 73])],
            title="Dự sinh hoạt & học tập",
        )
    )
    drawn = [path for path in svg.iter("path") if path.get("fill") == "none"]
    names = [text.text for text in svg.iter("text") if text.get("class") == "value"]

    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "Dự sinh hoạt & học tập"
    assert [path.get("d").count("M") for path in drawn] == [2, 1]
    assert [path.get("stroke-dasharray") for path in drawn] == ["none", "5 4"]
    assert names == ["2026", "2025"]


def test_line_chart_has_at_most_five_round_ticks_around_its_values():
    svg = parse(line_chart(labels=["T1", "T2"], series=[Line("a", [66, 81])], title="x"))
    ticks = [text.text for text in svg.iter("text") if text.get("text-anchor") == "end"]

    assert ticks == ["65", "70", "75", "80", "85"]


@pytest.mark.parametrize("values", [[], [None], [50], [0, 0], [100, 100], [3, 1_000_000]])
def test_line_chart_stays_inside_its_frame(values):
    labels = [f"T{number}" for number, _ in enumerate(values)]
    svg = parse(line_chart(labels=labels, series=[Line("a", values)], title="x"))

    for circle in svg.iter("circle"):
        assert 0 <= float(circle.get("cx")) <= 340
        assert 0 <= float(circle.get("cy")) <= 220


def test_bars_start_at_zero_and_keep_their_proportion():
    svg = parse(
        bar_chart(
            [Bar("Ưu tú", 24), Bar("Trong tổ", 12, note="1 chờ"), Bar("Kết nạp", 0)], title="x"
        )
    )
    widths = [float(rect.get("width")) for rect in svg.iter("rect")]

    assert widths[0] == pytest.approx(2 * widths[1])
    assert widths[2] == 1
    assert len({rect.get("x") for rect in svg.iter("rect")}) == 1
    assert "12 · 1 chờ" in ["".join(text.itertext()) for text in svg.iter("text")]


def test_no_bars_draw_nothing():
    assert list(parse(bar_chart([], title="x")).iter("rect")) == []


def test_score_bar_segments_follow_one_another_up_to_the_maximum():
    svg = parse(score_bar([23, 33, 18.5, 0], maximum=100, title="74,5 trên 100 điểm"))
    rest, *parts = svg.iter("rect")

    assert rest.get("width") == "230"
    assert [part.get("class") for part in parts] == ["s-1", "s-2", "s-3"]
    assert [float(part.get("x")) for part in parts] == [0.0, 52.9, 128.8]
    assert float(parts[-1].get("x")) + float(parts[-1].get("width")) < 230 * 0.745


@pytest.mark.parametrize(
    "svg",
    [
        line_chart(labels=["<b>"], series=[Line("<i>", [1])], title="<u>"),
        bar_chart([Bar("<b>", 1, note="<i>")], title="<u>"),
        score_bar([1], maximum=2, title="<u>"),
    ],
)
def test_charts_escape_text_and_carry_no_style(svg):
    assert "style" not in svg
    assert not re.search(r"<[biu]>", svg)


WAY = [
    Stop("I/26", 1, note="2/3", event="vào tổ"),
    Stop("II/26"),
    Stop("III/26", 0, "up", note="3/3"),
    Stop("IV/26", 3, "pause"),
]


def test_a_way_draws_each_stop_on_its_step_with_its_shape():
    svg = parse(step_chart(WAY, steps=["Xuất sắc", "Tốt", "Khá", "Kém"], title="Chặng đường"))

    assert svg.get("aria-label") == "Chặng đường"
    dot, up, pause = svg.find("circle"), svg.find("polygon"), svg.find("rect")
    heights = [float(dot.get("cy")), float(up.get("points").split(",")[1].split()[0]) + 6]
    heights.append(float(pause.get("y")) + 5)
    assert heights == [26 + 30, 26, 26 + 90]
    words = [node.text for node in svg.iter("text")]
    assert {"vào tổ", "2/3", "III/26", "Xuất sắc"} <= set(words)
    line = next(node for node in svg.findall("path") if node.get("stroke-width") == "2")
    assert line.get("d") == "M124 56 L240 26 L298 116"


def test_a_small_way_has_shapes_and_no_words():
    svg = parse(step_line(WAY, steps=4, title="Chặng đường"))

    assert [node.tag for node in svg] == ["path", "circle", "polygon", "rect"]
    assert not list(svg.iter("text"))


def test_a_way_without_any_step_is_still_drawn():
    assert parse(step_chart([Stop("I/26")], steps=["Tốt"], title="Trống")).find("circle") is None


@pytest.mark.parametrize("shape", ["dot", "up", "pause"])
def test_a_shape_of_the_legend_is_hidden_from_screen_readers(shape):
    assert parse(shape_mark(shape)).get("aria-hidden") == "true"


def links_of(svg):
    return [(link.get("href"), link.get("aria-label")) for link in svg.iter("a")]


def test_bars_with_rows_are_links_in_a_group():
    svg = parse(bar_chart([Bar("Trong tổ", 7, url="/a"), Bar("Đã kết nạp", 2)], title="x"))

    assert svg.get("role") == "group"
    assert links_of(svg) == [("/a", "Trong tổ: 7")]


def test_columns_stand_on_zero_and_open_their_rows():
    points = [Point("Q1", 40, "/a", "Quý I: 40"), Point("Q2", 20, "/b", "Quý II: 20"), Point("", 0)]
    svg = parse(column_chart(points, title="Kết nạp"))
    columns = [rect for rect in svg.iter("rect") if rect.get("rx")]
    tall = [float(rect.get("height")) for rect in columns]

    assert tall[0] == 2 * tall[1]
    assert tall[2] == 0
    assert {float(rect.get("y")) + float(rect.get("height")) for rect in columns} == {174}
    assert links_of(svg) == [("/a", "Quý I: 40"), ("/b", "Quý II: 20")]


def test_a_pyramid_parts_its_sides_by_stripes_too():
    svg = parse(
        pyramid([Pair("18–20", 4, 8, "/nu", "/nam")], sides=("Nữ", "Nam"), title="Tuổi, giới tính")
    )
    left, right = svg.iter("rect")

    assert float(right.get("width")) == 2 * float(left.get("width"))
    assert len([path for path in svg.iter("path") if path.get("stroke") == "#fff"]) == 1
    assert links_of(svg) == [("/nu", "Nữ, 18–20: 4"), ("/nam", "Nam, 18–20: 8")]


def test_a_line_opens_the_rows_of_each_label():
    svg = parse(
        line_chart(
            labels=["Q1", "Q2"],
            series=[Line("80", [76, 80])],
            title="x",
            links=[("/a", "Quý I"), ("", "")],
        )
    )

    assert links_of(svg) == [("/a", "Quý I")]
