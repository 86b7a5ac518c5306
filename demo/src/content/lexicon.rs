//! Names of common kinds of things, the known ones first.

use super::Phrase;

type Names = (&'static [Phrase], &'static [Phrase]);

/// What is said after a known name.
pub(super) const FILLER: &[&str] =
    &["Everybody knows it.", "It is a popular choice.", "You can hardly go wrong with it."];

/// Names for a kind of thing, if it is a known one.
pub(super) fn of(items: &str) -> Option<Names> {
    match items {
        "bird" | "birds" => Some(BIRDS),
        "animal" | "animals" => Some(ANIMALS),
        "color" | "colors" | "colour" | "colours" => Some(COLOURS),
        "fruit" | "fruits" => Some(FRUITS),
        "city" | "cities" => Some(CITIES),
        _ => None,
    }
}

const BIRDS: Names = (
    &[
        ("Sparrow", "A small brown bird that lives near people."),
        ("Blackbird", "A black bird with a yellow bill that sings at dusk."),
        ("Robin", "A small bird with an orange breast."),
        ("Crow", "A large black bird that remembers faces."),
        ("Pigeon", "A grey bird of every town square."),
        ("Duck", "A bird that is at home on any pond."),
    ],
    &[
        ("Hoatzin", "A bird that digests leaves like a cow and smells of it."),
        ("Shoebill", "A stork-like bird that stands still for hours and claps its bill."),
        ("Oilbird", "A bird that lives in caves and finds its way by clicking."),
        ("Lyrebird", "A bird that imitates chainsaws and cameras."),
        ("Kea", "A parrot of the mountains that takes cars apart."),
        ("Potoo", "A bird that spends the day as a broken branch."),
    ],
);

const ANIMALS: Names = (
    &[
        ("Dog", "A companion that people have had for thousands of years."),
        ("Cat", "A hunter that sleeps most of the day."),
        ("Horse", "A fast runner that can be ridden."),
        ("Cow", "A grazing animal that gives milk."),
        ("Lion", "A big cat that lives in groups."),
        ("Elephant", "The largest animal on land."),
    ],
    &[
        ("Axolotl", "A salamander that grows lost limbs again."),
        ("Pangolin", "A mammal in scales that rolls up like a cone."),
        ("Tardigrade", "A creature half a millimetre long that survives in space."),
        ("Aye-aye", "A lemur that taps on wood and listens for larvae."),
        ("Saiga", "An antelope whose nose filters dust and warms the air."),
        ("Glass frog", "A frog whose heart can be seen beating."),
    ],
);

const COLOURS: Names = (
    &[
        ("Red", "The colour of stop signs."),
        ("Blue", "The colour of a clear sky."),
        ("Green", "The colour of leaves."),
        ("Yellow", "The colour of lemons."),
        ("Black", "The colour of night."),
        ("White", "The colour of snow."),
    ],
    &[
        ("Gamboge", "A deep yellow from the resin of a tree."),
        ("Celadon", "A pale green named after a glaze."),
        ("Caput mortuum", "A purple brown once thought to come from mummies."),
        ("Glaucous", "The bloom on a ripe plum."),
        ("Isabelline", "The yellowish grey of worn linen."),
        ("Eigengrau", "The grey that eyes see in perfect darkness."),
    ],
);

const FRUITS: Names = (
    &[
        ("Apple", "A fruit that keeps all winter."),
        ("Banana", "A fruit that comes with its own wrapper."),
        ("Orange", "A fruit full of juice."),
        ("Pear", "A soft, sweet fruit."),
        ("Grape", "A fruit in bunches."),
        ("Strawberry", "A fruit of early summer."),
    ],
    &[
        ("Jabuticaba", "A fruit that grows on the trunk of its tree."),
        ("Rambutan", "A sweet fruit with red hair."),
        ("Buddha's hand", "A lemon with fingers and no juice."),
        ("Medlar", "A fruit that is eaten when it has begun to rot."),
        ("Ackee", "A fruit that must open by itself before it is safe."),
        ("Salak", "A fruit with the skin of a snake."),
    ],
);

const CITIES: Names = (
    &[
        ("Paris", "The capital of France."),
        ("London", "The capital of the United Kingdom."),
        ("New York", "A large city on the east coast of the United States."),
        ("Tokyo", "The capital of Japan."),
        ("Rome", "The capital of Italy."),
        ("Berlin", "The capital of Germany."),
    ],
    &[
        ("Matera", "An Italian city whose houses are caves."),
        ("Chefchaouen", "A Moroccan town painted blue."),
        ("Coober Pedy", "An Australian town that lives underground."),
        ("Ganvié", "A town on stilts in a lake of Benin."),
        ("Longyearbyen", "A town on Svalbard with months of night."),
        ("Setenil", "A Spanish town under an overhanging rock."),
    ],
);
