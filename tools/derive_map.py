"""Derive the map's outlines from Natural Earth. Run by hand, never at run time.

    python tools/derive_map.py package/countries-50m.json content/states/states.csv content/states/map.json

The first file comes from the npm package world-atlas 2.0.2 (ISC licence), which repackages
Natural Earth's countries at 1:50 million (public domain). The second names the 47 states, one
a row, with their ISO 3166 code in the column ``iso3``. The third is written.

Needs shapely 2.2, pyproj 3.7 and pycountry 26, which the project itself does not install:
see docs/how-to/derive-the-map.md. Other versions may start a ring at another of its points.

Natural Earth draws lines of control. Two of them are set right here, as the Council of Europe
and the United Nations see them: Crimea belongs to Ukraine, and the north of Cyprus to Cyprus.
Kosovo is a shape of its own and not one of the 47.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pycountry
import shapely
from pyproj import Transformer
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

DEGREES_KEPT: Final = box(-40, 22, 75, 72)  # generous: cut before projecting, so that far islands stay away
STEP: Final = 0.5  # degrees between points, so that long straight edges bend with the projection
LEFT, BOTTOM, RIGHT, TOP = (
    2_450_000,
    950_000,
    7_650_000,
    5_300_000,
)  # metres in EPSG:3035; Baku is at 7_544_000
WINDOW: Final = box(LEFT, BOTTOM, RIGHT, TOP)
TOLERANCE: Final = 2_200  # metres: at most half a unit of the map
UNIT: Final = 5_000  # metres in one unit of the map: a wider window moves nothing that is already drawn
WIDTH, HEIGHT = (RIGHT - LEFT) // UNIT, (TOP - BOTTOM) // UNIT
IN_CRIMEA: Final = Point(34.1, 45.2)
TOO_SMALL_TO_SEE: Final = frozenset({"AND", "LIE", "LUX", "MCO", "MLT", "SMR"})

ABOUT: Final = (
    "Outlines of the 47 states, derived from Natural Earth 1:50m (public domain; npm world-atlas 2.0.2). "
    "Crimea belongs to Ukraine and northern Cyprus to Cyprus here; Kosovo is a shape of its own, "
    "not one of the 47. Boundaries imply no opinion."
)
PROJECTION: Final = (
    f"EPSG:3035 (LAEA Europe), window x {LEFT}..{RIGHT}, y {BOTTOM}..{TOP} m, "
    f"simplified to {TOLERANCE} m, scaled to width {WIDTH}"
)

Rings = list[list[int]]


def read_shapes(topology: dict[str, Any]) -> dict[str, BaseGeometry]:
    """Every country of a TopoJSON file in degrees, by ISO 3166 alpha-3, or by name where it has no code."""
    arcs = list(decode_arcs(topology))

    def ring(indices: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]  # ~i means: arc i, backwards
            points += arc[1:] if points else arc
        return unrolled(points)

    def shape(geometry: dict[str, Any]) -> BaseGeometry:
        several: list[Rings] = [geometry["arcs"]] if geometry["type"] == "Polygon" else list(geometry["arcs"])
        # a width of 0 mends rings that touch themselves
        return shapely.union_all(
            [Polygon(ring(rings[0]), [ring(hole) for hole in rings[1:]]).buffer(0) for rings in several]
        )

    shapes = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        country = pycountry.countries.get(numeric=geometry["id"]) if "id" in geometry else None
        shapes[country.alpha_3 if country else geometry["properties"]["name"]] = shape(geometry)
    return shapes


def decode_arcs(topology: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    """TopoJSON's arcs as points in degrees: each number is a step from the one before."""
    (scale_x, scale_y), (from_x, from_y) = (topology["transform"][key] for key in ("scale", "translate"))
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + from_x, y * scale_y + from_y))
        yield points


def unrolled(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A ring whose longitudes run on past 180 instead of jumping to -180.

    The jump is an edge right across the world: Russia's runs along 69° N, cuts the ring in two,
    and mending the ring would then throw away the Kola peninsula.
    """
    turns, result = 0, points[:1]
    for (before, _), (x, y) in pairwise(points):
        turns += round((before - x) / 360)
        result.append((x + 360 * turns, y))
    return result


def set_right(shapes: dict[str, BaseGeometry]) -> None:
    """Crimea to Ukraine, the north of Cyprus to Cyprus; the small buffers close the seams."""
    (crimea,) = (part for part in polygons(shapes["RUS"]) if part.contains(IN_CRIMEA))
    shapes["RUS"] = shapes["RUS"].difference(crimea.buffer(1e-6))
    shapes["UKR"] = shapely.union_all([shapes["UKR"], crimea]).buffer(0.01).buffer(-0.01)
    both = shapely.union_all([shapes["CYP"], shapes.pop("N. Cyprus")])
    shapes["CYP"] = both.buffer(0.03).buffer(-0.03)


def projected(shape: BaseGeometry, project: Callable[..., Any]) -> BaseGeometry:
    """The part of a shape inside the window, in metres."""
    kept = shapely.segmentize(shape.intersection(DEGREES_KEPT), STEP)
    return shapely.transform(kept, project, interleaved=False).intersection(WINDOW)


def polygons(shape: BaseGeometry) -> list[Polygon]:
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    return [part for part in getattr(shape, "geoms", ()) if isinstance(part, Polygon)]


def on_map(x: float, y: float) -> tuple[float, float]:
    return round((x - LEFT) / UNIT, 1), round((TOP - y) / UNIT, 1)


def path(shape: BaseGeometry) -> str:
    """A shape as the ``d`` of an SVG path, in units of the map, holes included."""
    drawn = ""
    for polygon in polygons(shape.simplify(TOLERANCE)):
        for ring in (polygon.exterior, *polygon.interiors):
            points = (on_map(x, y) for x, y in ring.coords[:-1])
            drawn += "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"
    return drawn


def derive(topology: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    """The whole map as one record. ``KeyError`` names a state that the source does not have."""
    project = Transformer.from_crs(4326, 3035, always_xy=True).transform
    shapes = read_shapes(topology)
    set_right(shapes)
    kosovo = projected(shapes.pop("Kosovo"), project)
    states = {}
    for code in codes:
        shape = projected(shapes.pop(code), project)
        largest = max(polygons(shape), key=lambda polygon: polygon.area)
        inside = largest.representative_point()
        x, y = on_map(inside.x, inside.y)
        states[code] = {"d": path(shape), "x": x, "y": y, "marker": code in TOO_SMALL_TO_SEE}
    return {
        "about": ABOUT,
        "projection": PROJECTION,
        "viewBox": [0, 0, WIDTH, HEIGHT],
        "states": states,
        "kosovo": path(kosovo),
        "background": "".join(path(projected(shape, project)) for shape in shapes.values()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Derive the map's outlines from Natural Earth.")
    parser.add_argument("topology", type=Path, help="countries-50m.json of world-atlas 2.0.2")
    parser.add_argument("states", type=Path, help="a CSV file with a column iso3, one state a row")
    parser.add_argument("output", type=Path, help="the map to write, as JSON")
    arguments = parser.parse_args()
    with arguments.states.open(encoding="utf-8", newline="") as file:
        codes = [row["iso3"] for row in csv.DictReader(file)]
    drawn = derive(json.loads(arguments.topology.read_text(encoding="utf-8")), codes)
    arguments.output.write_text(json.dumps(drawn, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
