"""The lists that shelters keep themselves, by key."""

from collections.abc import Mapping

from shelter_desk.domain.registers.shape import Shape
from shelter_desk.domain.registers.shapes_assets import ASSETS
from shelter_desk.domain.registers.shapes_rooms import ROOMS
from shelter_desk.domain.registers.shapes_stays import REGISTER
from shelter_desk.domain.registers.shapes_stock import STOCK

SHAPES: Mapping[str, Shape] = {shape.key: shape for shape in (REGISTER, ROOMS, STOCK, ASSETS)}
