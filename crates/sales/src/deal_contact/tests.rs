use crate::testing::both;
