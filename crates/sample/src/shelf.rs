//! Typed places in lists of plain data, so that the generator names things without borrowing them.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// The place of a thing on its shelf.
pub struct No<T> {
    number: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> No<T> {
    pub fn new(number: u32) -> Self {
        No { number, of: PhantomData }
    }
    pub fn number(self) -> u32 {
        self.number
    }
}

impl<T> Clone for No<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for No<T> {}
impl<T> PartialEq for No<T> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}
impl<T> Eq for No<T> {}
impl<T> PartialOrd for No<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for No<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.number.cmp(&other.number)
    }
}
impl<T> std::hash::Hash for No<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}
impl<T> std::fmt::Debug for No<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", self.number)
    }
}

/// Things in the order in which they were put. A place that does not exist shows a blank thing.
#[derive(Default)]
pub struct Shelf<T> {
    items: Vec<T>,
    blank: T,
}

impl<T> Shelf<T> {
    pub fn put(&mut self, item: T) -> No<T> {
        let number = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.items.push(item);
        No::new(number)
    }
    pub fn len(&self) -> usize {
        self.items.len()
    }
    pub fn numbers(&self) -> impl Iterator<Item = No<T>> + use<T> {
        (0..u32::try_from(self.items.len()).unwrap_or(u32::MAX)).map(No::new)
    }
    pub fn iter(&self) -> impl Iterator<Item = (No<T>, &T)> {
        self.numbers().zip(&self.items)
    }
    /// The places of all things of which this holds.
    pub fn find(&self, holds: impl Fn(&T) -> bool) -> Vec<No<T>> {
        self.iter().filter(|(_, item)| holds(item)).map(|(no, _)| no).collect()
    }
}

impl<T> Index<No<T>> for Shelf<T> {
    type Output = T;
    fn index(&self, no: No<T>) -> &T {
        usize::try_from(no.number).ok().and_then(|at| self.items.get(at)).unwrap_or(&self.blank)
    }
}
impl<T> IndexMut<No<T>> for Shelf<T> {
    fn index_mut(&mut self, no: No<T>) -> &mut T {
        match usize::try_from(no.number).ok().and_then(|at| self.items.get_mut(at)) {
            Some(item) => item,
            None => &mut self.blank,
        }
    }
}
