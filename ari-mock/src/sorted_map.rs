//! A map in the order of its keys, like `BTreeMap`, for the many kinds of objects that the fake has.
//!
//! `BTreeMap` is compiled anew for each type of value, two hundred functions at a time, which was
//! two fifths of the code of this crate. Of this map only a few short functions depend on the
//! value. An insertion moves the entries behind it: with ten thousand entries that takes some
//! microseconds.

use std::borrow::Borrow;

/// A map in the order of its keys.
#[derive(Clone, Debug)]
pub(crate) struct SortedMap<K, V> {
    keys: Vec<K>,
    /// The value of each key, in a box: moving an entry is cheap however large the value is.
    values: Vec<Box<V>>,
}

impl<K, V> SortedMap<K, V> {
    pub(crate) const fn new() -> Self {
        SortedMap {
            keys: Vec::new(),
            values: Vec::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub(crate) fn keys(&self) -> std::slice::Iter<'_, K> {
        self.keys.iter()
    }

    pub(crate) fn values(&self) -> Values<'_, V> {
        Values(self.values.iter())
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.values.iter_mut().map(|value| &mut **value)
    }

    pub(crate) fn iter(&self) -> Iter<'_, K, V> {
        Iter {
            keys: self.keys.iter(),
            values: self.values.iter(),
        }
    }

    /// Removes the first entry and returns it.
    pub(crate) fn pop_first(&mut self) -> Option<(K, V)> {
        (!self.is_empty()).then(|| self.remove_at(0))
    }

    /// Passes each value, which may be changed, with its key.
    pub(crate) fn for_each_mut(&mut self, mut each: impl FnMut(&K, &mut V)) {
        for (key, value) in self.keys.iter().zip(&mut self.values) {
            each(key, value);
        }
    }

    /// Removes the entries for which the function returns `false`.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        let mut at = 0;
        while at < self.keys.len() {
            if keep(&self.keys[at], &mut self.values[at]) {
                at += 1;
            } else {
                self.remove_at(at);
            }
        }
    }

    fn remove_at(&mut self, at: usize) -> (K, V) {
        (self.keys.remove(at), *self.values.remove(at))
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    pub(crate) fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        find(&self.keys, key).is_ok()
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        match find(&self.keys, key) {
            Ok(at) => Some(&self.values[at]),
            Err(_) => None,
        }
    }

    pub(crate) fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        match find(&self.keys, key) {
            Ok(at) => Some((&self.keys[at], &self.values[at])),
            Err(_) => None,
        }
    }

    pub(crate) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        match find(&self.keys, key) {
            Ok(at) => Some(&mut self.values[at]),
            Err(_) => None,
        }
    }

    /// Returns the value of a key, which is inserted if the map does not have it.
    pub(crate) fn get_or_insert_with(&mut self, key: K, value: impl FnOnce() -> V) -> &mut V {
        let at = match find(&self.keys, &key) {
            Ok(at) => at,
            Err(at) => {
                self.insert_at(at, key, value());
                at
            }
        };
        &mut self.values[at]
    }

    /// Inserts or replaces the value of a key, and returns the previous one.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match find(&self.keys, &key) {
            Ok(at) => Some(std::mem::replace(&mut self.values[at], value)),
            Err(at) => {
                self.insert_at(at, key, value);
                None
            }
        }
    }

    pub(crate) fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        match find(&self.keys, key) {
            Ok(at) => Some(self.remove_at(at).1),
            Err(_) => None,
        }
    }

    fn insert_at(&mut self, at: usize, key: K, value: V) {
        self.keys.insert(at, key);
        self.values.insert(at, Box::new(value));
    }
}

/// Returns the position of a key, or the position at which it belongs.
fn find<K: Borrow<Q>, Q: Ord + ?Sized>(keys: &[K], key: &Q) -> Result<usize, usize> {
    keys.binary_search_by(|own| own.borrow().cmp(key))
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        SortedMap::new()
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = SortedMap::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for SortedMap<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<'a, K, V> IntoIterator for &'a SortedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

/// The values of a map, in the order of their keys.
#[derive(Clone)]
pub(crate) struct Values<'a, V>(std::slice::Iter<'a, Box<V>>);

impl<'a, V> Iterator for Values<'a, V> {
    type Item = &'a V;

    fn next(&mut self) -> Option<&'a V> {
        match self.0.next() {
            Some(value) => Some(value),
            None => None,
        }
    }
}

/// The entries of a map, in the order of their keys.
#[derive(Clone)]
pub(crate) struct Iter<'a, K, V> {
    keys: std::slice::Iter<'a, K>,
    values: std::slice::Iter<'a, Box<V>>,
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<(&'a K, &'a V)> {
        match (self.keys.next(), self.values.next()) {
            (Some(key), Some(value)) => Some((key, value)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::SortedMap;

    /// Numbers that are neither sorted nor unique.
    fn numbers() -> impl Iterator<Item = u32> {
        std::iter::successors(Some(7), |last| Some(last * 37 % 101)).take(300)
    }

    #[test]
    fn changes_have_the_same_results_as_those_of_a_btree_map() {
        let mut expected = BTreeMap::new();
        let mut map = SortedMap::new();
        for (step, key) in numbers().enumerate() {
            match step % 5 {
                0 => assert_eq!(map.remove(&(key / 2)), expected.remove(&(key / 2))),
                1 => assert_eq!(map.pop_first(), expected.pop_first()),
                2 => {
                    *map.get_or_insert_with(key, || 0) += step;
                    *expected.entry(key).or_insert(0) += step;
                }
                _ => assert_eq!(map.insert(key, step), expected.insert(key, step)),
            }
            assert_eq!(map.get(&key), expected.get(&key));
            assert_eq!(
                map.contains_key(&(key + 1)),
                expected.contains_key(&(key + 1))
            );
            assert!(map.iter().eq(expected.iter()), "{map:?} {expected:?}");
            assert!(map.values().eq(expected.values()), "{map:?} {expected:?}");
        }
        map.retain(|key, value| {
            *value += 1;
            key % 3 == 0
        });
        expected.retain(|key, value| {
            *value += 1;
            key % 3 == 0
        });
        assert!(map.iter().eq(expected.iter()), "{map:?} {expected:?}");
        assert!(!map.is_empty());
    }
}
