"""Where places lie: distances in miles, and the Ordnance Survey grid turned into latitude and longitude."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt, tan

EARTH_RADIUS_MILES = 3958.7613
"""Mean radius of the earth (6,371.0088 km)."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in degrees, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class _Ellipsoid:
    major: float
    minor: float

    @property
    def eccentricity_squared(self) -> float:
        return 1 - (self.minor / self.major) ** 2


_AIRY = _Ellipsoid(6_377_563.396, 6_356_256.909)
_WGS84 = _Ellipsoid(6_378_137.0, 6_356_752.314_245)

# The National Grid: scale on the central meridian, true origin, false origin.
_SCALE, _ORIGIN_LATITUDE, _ORIGIN_LONGITUDE = 0.9996012717, radians(49), radians(-2)
_FALSE_EAST, _FALSE_NORTH = 400_000.0, -100_000.0

# Helmert's seven numbers from OSGB36 to WGS 84 (metres, seconds of arc, parts in a million): right to
# about 5 m.
_SHIFT = (446.448, -125.157, 542.060)
_TURN = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
_STRETCH = 1 - 20.4894e-6


def miles_between(here: Position, there: Position) -> float:
    """Distance as the crow flies, in miles (haversine)."""
    lat_a, lat_b = radians(here.latitude), radians(there.latitude)
    half_lat = sin((lat_b - lat_a) / 2)
    half_lon = sin(radians(there.longitude - here.longitude) / 2)
    share = half_lat**2 + cos(lat_a) * cos(lat_b) * half_lon**2
    return 2 * EARTH_RADIUS_MILES * asin(sqrt(min(1.0, share)))


def position_from_grid(easting: float, northing: float) -> Position:
    """Turn metres on the British National Grid into WGS 84, right to about five metres.

    Args:
        easting: metres east of the false origin, 0 to 700,000.
        northing: metres north of it, 0 to 1,300,000.
    """
    latitude, longitude = _from_projection(easting, northing)
    x, y, z = _to_cartesian(latitude, longitude, _AIRY)
    (turn_x, turn_y, turn_z), (shift_x, shift_y, shift_z) = _TURN, _SHIFT
    moved = (
        shift_x + _STRETCH * x - turn_z * y + turn_y * z,
        shift_y + turn_z * x + _STRETCH * y - turn_x * z,
        shift_z - turn_y * x + turn_x * y + _STRETCH * z,
    )
    return _from_cartesian(*moved)


def _meridian_arc(latitude: float) -> float:
    n = (_AIRY.major - _AIRY.minor) / (_AIRY.major + _AIRY.minor)
    less, more = latitude - _ORIGIN_LATITUDE, latitude + _ORIGIN_LATITUDE
    return (_AIRY.minor * _SCALE) * (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
        - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
    )


def _from_projection(easting: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude in radians on the grid's own ellipsoid (Ordnance Survey's published series)."""
    latitude = _ORIGIN_LATITUDE
    for _ in range(10):
        short = northing - _FALSE_NORTH - _meridian_arc(latitude)
        if abs(short) < 0.00001:
            break
        latitude += short / (_AIRY.major * _SCALE)
    e2 = _AIRY.eccentricity_squared
    nu = _AIRY.major * _SCALE / sqrt(1 - e2 * sin(latitude) ** 2)
    rho = _AIRY.major * _SCALE * (1 - e2) / (1 - e2 * sin(latitude) ** 2) ** 1.5
    eta2 = nu / rho - 1
    t, sec, east = tan(latitude), 1 / cos(latitude), easting - _FALSE_EAST
    north_2 = t / (2 * rho * nu)
    north_4 = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
    north_6 = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    east_1 = sec / nu
    east_3 = sec / (6 * nu**3) * (nu / rho + 2 * t**2)
    east_5 = sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    east_7 = sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    return (
        latitude - north_2 * east**2 + north_4 * east**4 - north_6 * east**6,
        _ORIGIN_LONGITUDE + east_1 * east - east_3 * east**3 + east_5 * east**5 - east_7 * east**7,
    )


def _to_cartesian(latitude: float, longitude: float, shape: _Ellipsoid) -> tuple[float, float, float]:
    nu = shape.major / sqrt(1 - shape.eccentricity_squared * sin(latitude) ** 2)
    return (
        nu * cos(latitude) * cos(longitude),
        nu * cos(latitude) * sin(longitude),
        (1 - shape.eccentricity_squared) * nu * sin(latitude),
    )


def _from_cartesian(x: float, y: float, z: float) -> Position:
    e2, across = _WGS84.eccentricity_squared, hypot(x, y)
    latitude = atan2(z, across * (1 - e2))
    for _ in range(6):
        nu = _WGS84.major / sqrt(1 - e2 * sin(latitude) ** 2)
        latitude = atan2(z + e2 * nu * sin(latitude), across)
    longitude = (atan2(y, x) + pi) % (2 * pi) - pi
    return Position(degrees(latitude), degrees(longitude))
