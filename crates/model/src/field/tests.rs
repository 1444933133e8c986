//! Stories across types.
