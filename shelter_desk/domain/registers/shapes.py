"""The lists that shelters keep themselves, by key."""

from collections.abc import Mapping

from shelter_desk.domain.registers.register_shape import REGISTER
from shelter_desk.domain.registers.shape import ListShape
from shelter_desk.domain.registers.shapes_assets import ASSETS
from shelter_desk.domain.registers.shapes_moves import JOURNAL
from shelter_desk.domain.registers.shapes_partners import DIRECTORY
from shelter_desk.domain.registers.shapes_presence import PRESENCE
from shelter_desk.domain.registers.shapes_rooms import ROOMS
from shelter_desk.domain.registers.shapes_services import SERVICES
from shelter_desk.domain.registers.shapes_stock import STOCK

# lists that others lean on first: what a file says of persons, stays and items is known to those that follow
SHAPES: Mapping[str, ListShape] = {
    shape.key: shape for shape in (REGISTER, ROOMS, STOCK, ASSETS, SERVICES, DIRECTORY, JOURNAL, PRESENCE)
}
