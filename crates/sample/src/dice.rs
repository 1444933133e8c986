//! Seeded chance: the same numbers give the same company.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

pub struct Dice {
    random: StdRng,
}

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice { random: StdRng::seed_from_u64(seed) }
    }
    /// From 0 to below the bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.random.random_range(0..bound.max(1))
    }
    /// Both ends included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        self.random.random_range(from..=to.max(from))
    }
    pub fn percent(&mut self, chance: u32) -> bool {
        self.random.random_range(0..100) < chance
    }
    /// From 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        self.random.random_range(0.0..1.0)
    }
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let at = self.below(from.len());
        from.get(at).copied()
    }
    pub fn word<'a>(&mut self, from: &[&'a str]) -> &'a str {
        self.pick(from).unwrap_or_default()
    }
    /// One of the things, by weight.
    pub fn weighted<T: Copy>(&mut self, from: &[(T, u32)]) -> Option<T> {
        let sum: u32 = from.iter().map(|(_, weight)| weight).sum();
        let mut at = self.random.random_range(0..sum.max(1));
        for (thing, weight) in from {
            if at < *weight {
                return Some(*thing);
            }
            at -= weight;
        }
        from.last().map(|(thing, _)| *thing)
    }
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        items.shuffle(&mut self.random);
    }
    /// Normally distributed around 0 with deviation 1 (Irwin–Hall: the sum of twelve units).
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
    /// Log-normally distributed around a median.
    pub fn spread(&mut self, median: f64, sigma: f64) -> f64 {
        median * (sigma * self.normal()).exp()
    }
}

/// Quantiles of a log-normal distribution, evenly spread from small to large: `count` values whose median and mean
/// are those of the distribution, without the luck of drawing.
pub fn quantiles(count: usize, median: f64, sigma: f64) -> Vec<f64> {
    let count = count.max(1);
    (0..count).map(|i| median * (sigma * probit((float(i) + 0.5) / float(count))).exp()).collect()
}

/// Inverse of the normal distribution function, after Abramowitz and Stegun 26.2.23: the error stays below 4.5e-4.
fn probit(p: f64) -> f64 {
    let tail = p.min(1.0 - p).max(1e-12);
    let t = (-2.0 * tail.ln()).sqrt();
    let z = t - (2.515_517 + 0.802_853 * t + 0.010_328 * t * t) / (1.0 + 1.432_788 * t + 0.189_269 * t * t + 0.001_308 * t * t * t);
    if p < 0.5 { -z } else { z }
}

pub fn float(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// The nearest whole number.
#[expect(clippy::as_conversions, reason = "the standard library knows no other way from a float; `as` saturates")]
pub fn whole(x: f64) -> i64 {
    x.round() as i64
}
