"""The organisations and people of the demo stand for all tests of a file."""

from tests.agreements.covenants import world
from tests.stores.kept import standing_for_files

house_stands = standing_for_files("house", world.house)
