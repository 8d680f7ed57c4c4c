"""Local news that has nothing to do with any story: towns, people and things that nobody else speaks of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from random import Random

_SYLLABLES = """
    bar bel dor dra gal gor hol jar kal kor lan lub mar mel nov ost pol rad rem sar sel tor ul var vol zan
""".split()  # noqa: SIM905
_ENDS = "evo itsa ovka any ino iste sk au ene uva".split()  # noqa: SIM905
_FIRST = """
    Alma Anton Boris Cyril Daria Edita Emil Faina Grigor Hanna Igor Irina Jakub Katya Lev Lidia Marek Mira Nadia Oleg
    Pavel Raisa Sonia Taras Ursula Vera Viktor Yana Zoran Zlata
""".split()  # noqa: SIM905
_FAMILY = "ak an enka ov ich uk ski ash eiko als".split()  # noqa: SIM905
_NOUNS = """
    acorn almanac anvil apron attic axle bakery ballad balcony bandstand barn barrel basket beehive bench bicycle
    birdhouse blanket blossom boiler bonfire bookshop boulder bracelet brook broom bucket button cabbage candle canoe
    canvas cape caravan carousel carpet cart cathedral cauldron cellar chalk chapel charcoal cheese chessboard chimney
    chisel choir cider cinema clarinet clock cloak cobbler compass copper cradle crate creek crow cupboard curtain dam
    daisy dairy diary dove dovecote drum duck easel echo eel elm embroidery engraving fair feather fence ferry fiddle
    fireplace flagpole flute footbridge forge fountain fox frog furnace gable garland garlic gate geranium glacier
    globe glove goose granary granite grapevine greenhouse guitar gutter gymnasium hammer hammock harmonica harp hat
    hayloft heather hedge hedgehog heron hinge honeycomb horseshoe hostel icicle inkwell inn ivy jar jasmine jetty
    juniper kettle kiln kite kitchen knapsack ladder lagoon lamp larch laundry lavender ledger lemon lever library lilac
    lime-kiln linen lizard loft loom lynx magnolia mailbox mandolin maple marble meadow melody milestone millrace mirror
    mitten mosaic moss mushroom mustard needle nettle nightingale notebook oak oar observatory opera orchard orchid
    organ otter oven owl paddle pantry parcel parsley pavilion peacock pear pebble pepper piano pigeon pillow pine
    plough plum poem pond poplar porch postcard pottery pumpkin puppet quarry quilt radish raft rafter raspberry reed
    ribbon rooster rope rose-garden rowing-club saddle sail sauna sawmill saxophone scarf scarecrow sculpture seesaw
    shed shovel shutter sickle signpost sledge smithy snail snow-plough sparrow spindle spire spoon squirrel stable
    stairway statuette steeple stork stove straw street-lamp sundial swan swing tablecloth tapestry teapot telescope
    thimble thistle timber tower toy tractor trumpet tulip tunnel turnip umbrella valley vase veranda vineyard violin
    wagon waterfall water-tower weathercock weaver well wheelbarrow whistle willow windmill woodpecker workshop wreath
""".split()  # noqa: SIM905
_DEEDS = """
    admired assembled auctioned baked borrowed brushed built buried carried carved catalogued chose cleaned climbed
    collected composed cooked copied counted crossed danced decorated delivered designed discovered dismantled drew
    dropped dug embroidered emptied enlarged exhibited explored filled fixed folded followed forgot framed furnished
    gathered gilded glued greased hauled heated hid hoisted illustrated imitated inherited inspected invented knitted
    labelled lifted loaded locked measured missed mixed moved nailed numbered oiled ordered packed painted paved
    photographed picked piled planted played polished praised pruned pulled pushed raised recorded rehearsed repaired
    restored rinsed rowed salted sawed scrubbed sewed shortened sketched sold sorted sowed spread steered stitched
    stored swept tasted tied trimmed tuned unpacked varnished washed watered waxed weighed whitewashed wound wrapped
""".split()  # noqa: SIM905
_KINDS = """
    ancient amber bent blue borrowed bright broken brown carved chipped clumsy copper cosy cracked creaking crooked
    curious dented dusty elegant enormous faded famous fragile frozen gilded golden grey hairy heavy hollow humble
    leaking light lopsided lost lucky mossy muddy narrow noisy old orange oval patched peeling pink plain polished
    precious proud purple quiet rare reddish ringing round rusty sandy scented second-hand silent silver slender slow
    smoky soft spotted square squeaking steep striped sturdy sunny tall tame thick tiny twisted uneven useful velvet
    violet warm wet white wide wild windy wooden worn yellow
""".split()  # noqa: SIM905
_SENTENCES = (
    "{person} {deed} the {kind} {noun} behind the {noun2}.",
    "In {town} a {noun} {deed2} by {person} stands beside the {kind} {noun2}.",
    "Pupils {deed} {n} {kind} postcards of the {noun}.",
    '"We {deed} every {noun} and {deed2} the {noun2}," said {person}.',
    "For {n} years the {noun} lay under a {kind} {noun2}.",
    '"A {kind} {noun} is better than none," {person} said.',
    "The {noun} cost {n} coins, the {noun2} nothing.",
    "Neighbours in {town} {deed} it with a {noun} and a {kind} {noun2}.",
    "Then came the {kind} winter, and the {noun} of {town} broke.",
    "Nobody {deed} the {noun} until {person} {deed2} it.",
    "A {kind} {noun}, {deed} long ago, hangs over the {noun2}.",
    "Between {town} and {village} one meets a {noun}, sometimes a {noun2}.",
    "{person} of {village} had {deed} and {deed2} it in her {noun}.",
    "The club {deed} {n} of them, all {kind}, for the {noun} of {village}.",
    "Whoever {deed} the {noun} may keep the {kind} {noun2}.",
    "Rain fell on the {noun}, wind {deed} the {noun2}.",
)
# Like all news, it says of which day it is.
_WHEN = (
    "On {today} {town} looked at its {noun} again.",
    "The {noun} has been closed since {since}, the council said on {today}.",
    "Since {since} somebody feeds the birds beside the {noun}; on {today} they waited in vain.",
    "It was {today}, and {town} slept.",
    "A letter of {since} came to light on {today}.",
)
_TITLES = (
    "The {kind} {noun} of {town}",
    "{town}: {noun} and {noun2}",
    "{person} and the {noun}",
    "A {noun} for {town}",
    "Who {deed} the {noun2} of {village}?",
    "{kind} {noun}, {kind2} {noun2}",
    "{person} {deed} a {noun}",
)
_LEAST, _MOST = 5, 8


def local_news(day: date, chance: Random) -> tuple[str, str]:
    """Make up a headline and a text of a day: about a few things in two towns, in words of their own."""
    town, village = _place(chance), _place(chance)
    things = chance.sample(_NOUNS, 6)

    def filled(pattern: str) -> str:
        noun, noun2 = chance.sample(things, 2)
        deed, deed2 = chance.sample(_DEEDS, 2)
        kind, kind2 = chance.sample(_KINDS, 2)
        return pattern.format(
            town=town,
            village=village,
            person=person(chance),
            noun=noun,
            noun2=noun2,
            deed=deed,
            deed2=deed2,
            kind=kind,
            kind2=kind2,
            n=chance.randint(3, 98),
        )

    sentences = [filled(pattern) for pattern in chance.sample(_SENTENCES, chance.randint(_LEAST, _MOST))]
    since = day - timedelta(days=chance.randint(1, 27))
    when = chance.choice(_WHEN).format(today=f"{day:%A}", since=f"{since:%B} {since.day}", noun=things[0], town=town)
    sentences.insert(chance.randint(0, 2), when)
    middle = len(sentences) // 2
    return filled(chance.choice(_TITLES)), f"{' '.join(sentences[:middle])}\n\n{' '.join(sentences[middle:])}"


def faint_news(name: str, day: date, chance: Random) -> tuple[str, str]:
    """Make up local news that names a country in passing."""
    title, text = local_news(day, chance)
    return title, f"{text} A stamp from {name} lies in the drawer."


def watched_news(word: str, day: date, chance: Random) -> tuple[str, str]:
    """Make up local news in which a word stands that somebody watches."""
    title, text = local_news(day, chance)
    return title, f"{text} In old times, {person(chance)} remembers, it was the {word} that people feared."


def person(chance: Random) -> str:
    """Make up somebody."""
    family = "".join(chance.sample(_SYLLABLES, 2)) + chance.choice(_FAMILY)
    return f"{chance.choice(_FIRST)} {family.capitalize()}"


def _place(chance: Random) -> str:
    return ("".join(chance.sample(_SYLLABLES, 2)) + chance.choice(_ENDS)).capitalize()
