//! Putting together what was typed here and what the server got from somewhere else meanwhile.

use std::fmt::Debug;

use super::Side;

/// Something typed that two pages can change at the same time.
pub(crate) trait Payload: Clone + PartialEq {
    /// The part that is kept as a version when it loses against another text.
    type Version: Clone + Debug + PartialEq;

    /// `here` and `theirs` with the changes of both. `base` is what both started from; without one,
    /// everything that differs counts as changed on both sides.
    fn merge(base: Option<&Self>, here: &Self, theirs: &Self) -> Merged<Self>;

    /// What has to become a version if `self` gives way to `chosen`.
    fn losing(&self, chosen: &Self) -> Option<Self::Version>;

    /// Whether both hold the same words, whatever else they note.
    fn has_words_of(&self, other: &Self) -> bool {
        !Self::merge(None, self, other).is_conflict()
    }
}

/// Two copies put together. Where both sides changed the same box, a person has to choose.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Merged<T> {
    /// With this page's text where both changed the same box.
    pub(crate) here: T,
    /// With the other page's text there.
    pub(crate) theirs: T,
}

impl<T: PartialEq> Merged<T> {
    /// Whether a person has to choose.
    pub(crate) fn is_conflict(&self) -> bool {
        self.here != self.theirs
    }

    /// What is chosen with `side`, and what gives way to it.
    pub(crate) fn choose(self, side: Side) -> (T, T) {
        match side {
            Side::Here => (self.here, self.theirs),
            Side::Theirs => (self.theirs, self.here),
        }
    }
}

/// Puts together one box.
pub(crate) fn one<T: PartialEq + Clone>(base: Option<&T>, here: &T, theirs: &T) -> Merged<T> {
    let both = |it: &T| Merged { here: it.clone(), theirs: it.clone() };
    if here == theirs || Some(here) == base {
        both(theirs)
    } else if Some(theirs) == base {
        both(here)
    } else {
        Merged { here: here.clone(), theirs: theirs.clone() }
    }
}

/// Puts together lists of boxes that are told apart by a key, box by box. The order is that of
/// `theirs`, then what only this page has: two pages that follow each other come to one order.
pub(crate) fn keyed<T, K>(
    key: impl Fn(&T) -> K,
    base: Option<&[T]>,
    here: &[T],
    theirs: &[T],
) -> Merged<Vec<T>>
where
    T: PartialEq + Clone,
    K: PartialEq,
{
    let find = |all: &[T], wanted: &K| all.iter().find(|it| key(it) == *wanted).cloned();
    let only_here = here.iter().map(&key).filter(|it| find(theirs, it).is_none());
    let keys: Vec<K> = theirs.iter().map(&key).chain(only_here).collect();
    let mut merged = Merged { here: Vec::new(), theirs: Vec::new() };
    for wanted in &keys {
        let base = base.map(|base| find(base, wanted));
        let item = one(base.as_ref(), &find(here, wanted), &find(theirs, wanted));
        merged.here.extend(item.here);
        merged.theirs.extend(item.theirs);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_goes_to_the_side_that_changed_it() {
        let check = |base: Option<&str>, here: &str, theirs: &str, expected: (&str, &str)| {
            let merged = one(base.as_ref(), &here, &theirs);
            assert_eq!((merged.here, merged.theirs), expected, "{base:?} {here} {theirs}");
        };
        check(Some("a"), "a", "a", ("a", "a"));
        check(Some("a"), "b", "a", ("b", "b"));
        check(Some("a"), "a", "b", ("b", "b"));
        check(Some("a"), "b", "b", ("b", "b"));
        check(Some("a"), "b", "c", ("b", "c"));
        check(None, "a", "a", ("a", "a"));
        check(None, "a", "b", ("a", "b"));
    }

    #[test]
    fn boxes_of_a_list_are_put_together_one_by_one() {
        let check = |base: &[&str],
                     here: &[&str],
                     theirs: &[&str],
                     expected: (&[&str], &[&str])| {
            let merged = keyed(|it| it.chars().next(), Some(base), here, theirs);
            assert_eq!((&*merged.here, &*merged.theirs), expected, "{base:?} {here:?} {theirs:?}");
        };
        check(&["a", "b"], &["a1", "b"], &["a", "b2"], (&["a1", "b2"], &["a1", "b2"]));
        check(&[], &["a"], &["b"], (&["b", "a"], &["b", "a"]));
        check(&["a", "b"], &["a", "b"], &["b"], (&["b"], &["b"]));
        check(&["a", "b"], &["b"], &["a", "b"], (&["b"], &["b"]));
        check(&["a"], &["a1"], &["a2"], (&["a1"], &["a2"]));
        check(&["a"], &["a1"], &[], (&["a1"], &[]));
    }
}
