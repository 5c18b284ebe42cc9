"""What some of those in an invented shelter must not or cannot eat."""

from shelter_desk.training.facts import FactBook, last_day, staff, stay

_DIETS = ("allergie_arachide", "peu_sel", "allergie_poisson", "mouline", "sans_viande")
ONE_IN = 6


def write(book: FactBook) -> None:
    """One in six of those who stayed or stay, noted on the day they came."""
    counted = [one for one in book.house.visits if one.counts]
    here = [one for one in counted if one.exited_at is None]
    gone = [one for one in counted if one.exited_at is not None]
    for visit in (*here[::ONE_IN], *gone[::ONE_IN]):
        values = {
            "stay_id": stay(visit),
            "diet": book.rng.choice(_DIETS),
            "noted_on": min(visit.came, last_day(visit, book)),
            "by_id": staff("B"),
        }
        book.add("diets", values)
