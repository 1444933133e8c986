//! Numbers compared: constants are brought to the scale of the column, so that the column stays bare.

use base::number::SCALE;
use base::{Number, Result};
use store::{Param, Sql};

use super::operand::Form;
use super::{Compiler, sign};
use crate::expression::eval::{self, turned};
use crate::expression::tree::{Expr, Operator};

/// A comparison of an integer column with a constant.
pub enum Compared {
    With(Operator, i64),
    /// Holds for whatever is there.
    Always,
    Never,
}

/// `units` count the tenth decimal, the column counts the last of `scale` decimals.
pub fn scaled(operator: Operator, units: i128, scale: u32) -> Compared {
    let unit = 10_i128.pow(SCALE.saturating_sub(scale));
    let (floor, is_exact) = (units.div_euclid(unit), units.rem_euclid(unit) == 0);
    let operator = match (operator, is_exact) {
        (Operator::Eq, false) => return Compared::Never,
        (Operator::Ne, false) => return Compared::Always,
        // Beneath a value between two steps is the lower step and all below it.
        (Operator::Lt, false) => Operator::Le,
        (Operator::Ge, false) => Operator::Gt,
        (same, _) => same,
    };
    match i64::try_from(floor) {
        Ok(value) => Compared::With(operator, value),
        Err(_) => beyond(operator, floor > 0),
    }
}

/// A constant above (or below) everything that the other side can be.
fn beyond(operator: Operator, is_above: bool) -> Compared {
    let holds = match operator {
        Operator::Ne => true,
        Operator::Lt | Operator::Le => is_above,
        Operator::Gt | Operator::Ge => !is_above,
        _ => false,
    };
    if holds { Compared::Always } else { Compared::Never }
}

impl Compiler<'_> {
    pub fn numeric(&mut self, operator: Operator, a: &Expr, b: &Expr) -> Result<Sql> {
        match (a.is_constant(), b.is_constant()) {
            (_, true) => self.with_constant(operator, a, b),
            (true, _) => self.with_constant(turned(operator), b, a),
            _ => {
                let (x, y) = (self.form(a), self.form(b));
                let form = if x == y || steps(x) == steps(y) && steps(x).is_some() { x } else { Form::Number };
                let (form_a, form_b) = if form == Form::Number { (form, form) } else { (x, y) };
                let mut sql = self.operand(a, form_a)?;
                sql.push(sign(operator)).append(self.operand(b, form_b)?);
                Ok(sql)
            }
        }
    }

    fn with_constant(&mut self, operator: Operator, value: &Expr, constant: &Expr) -> Result<Sql> {
        let Some(units) = eval::constant(constant, self.scope)?.units() else { return Ok(self.truth(false)) };
        let form = self.form(value);
        let (compared, param) = match (steps(form), Number::from_raw(units)) {
            (Some(scale), _) => match scaled(operator, units, scale) {
                Compared::With(operator, value) => (Compared::With(operator, value), Param::Int(value)),
                known => (known, Param::Null),
            },
            (None, Some(number)) => (Compared::With(operator, 0), Param::Number(number)),
            (None, None) => (beyond(operator, units > 0), Param::Null),
        };
        let mut sql = self.operand(value, form)?;
        match compared {
            Compared::With(operator, _) => sql.push(sign(operator)).bind_typed(param),
            Compared::Always => sql.push(" is not null"),
            Compared::Never => return Ok(self.truth(false)),
        };
        Ok(sql)
    }
}

/// Decimals that an integer counts; none for a computed number.
pub fn steps(form: Form) -> Option<u32> {
    match form {
        Form::Int => Some(0),
        Form::Scaled(scale) => Some(scale),
        _ => None,
    }
}
