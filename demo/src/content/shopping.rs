//! What to buy for a dish.

/// One thing to buy.
#[derive(Clone, Copy)]
pub(crate) struct Ingredient {
    pub(crate) name: &'static str,
    pub(crate) quantity: &'static str,
    pub(crate) section: &'static str,
    /// Most people have it at home.
    pub(crate) is_staple: bool,
}

const PRODUCE: &str = "Fruit and vegetables";
const DAIRY: &str = "Dairy";
const DRY: &str = "Dry goods";
const COUNTER: &str = "Fish and meat";
const DRINKS: &str = "Drinks";

/// Sections in the order in which one walks through a store.
pub(crate) const SECTIONS: [&str; 5] = [PRODUCE, COUNTER, DAIRY, DRY, DRINKS];

/// What a dish needs, as far as its name tells.
pub(crate) fn ingredients(dish: &str) -> &'static [Ingredient] {
    let dish = dish.to_lowercase();
    if dish.contains("scampi") || dish.contains("shrimp") { SCAMPI } else { ANY }
}

const fn buy(name: &'static str, quantity: &'static str, section: &'static str) -> Ingredient {
    Ingredient { name, quantity, section, is_staple: false }
}

const fn staple(name: &'static str, quantity: &'static str) -> Ingredient {
    Ingredient { name, quantity, section: DRY, is_staple: true }
}

const SCAMPI: &[Ingredient] = &[
    buy("Shrimp", "500 g", COUNTER),
    buy("Linguine", "350 g", DRY),
    buy("Garlic", "6 cloves", PRODUCE),
    staple("Olive oil", "3 tablespoons"),
    buy("Butter", "60 g", DAIRY),
    buy("Dry white wine", "120 ml", DRINKS),
    buy("Lemons", "2", PRODUCE),
    staple("Salt", "1 teaspoon"),
    staple("Black pepper", "a pinch"),
    buy("Parsley", "1 bunch", PRODUCE),
    staple("Red pepper flakes", "half a teaspoon"),
    buy("Parmesan", "50 g", DAIRY),
];

const ANY: &[Ingredient] = &[
    buy("Onions", "2", PRODUCE),
    staple("Olive oil", "3 tablespoons"),
    buy("Chicken or tofu", "500 g", COUNTER),
    buy("Rice", "300 g", DRY),
    buy("Tomatoes", "4", PRODUCE),
    staple("Salt", "1 teaspoon"),
    buy("Cream", "200 ml", DAIRY),
    staple("Black pepper", "a pinch"),
    buy("Carrots", "3", PRODUCE),
    buy("Cheese", "100 g", DAIRY),
    buy("Broth", "500 ml", DRY),
    buy("Sparkling water", "1 bottle", DRINKS),
];
