//! Lists: `exists`, `all`, `in`, `size`.

use base::{Result, Value};

use super::{Cell, Evaluator, Frame, Item, Source, holds, is_named, of_row, order};
use crate::expression::tree::{Expr, Folding, How, Items, Node, Of, Operator};

impl Evaluator<'_> {
    pub(super) fn each(&self, all: bool, items: &Items, body: &Expr, frame: &Frame<'_>) -> Result<bool> {
        let mut found = all;
        self.over(items, frame, &mut |item| {
            let inner = Frame { item, outer: Some(frame) };
            let holds = self.is_true(body, &inner)?;
            if holds != all {
                found = !all;
            }
            Ok(holds == all)
        })?;
        Ok(found)
    }

    pub(super) fn within(&self, item: &Expr, items: &Items, how: &How, frame: &Frame<'_>) -> Result<bool> {
        let wanted = match how {
            How::Text(folding) => self.text(item, *folding, frame)?,
            _ => self.cell(item, frame)?,
        };
        if wanted.is_absent() {
            return Ok(false);
        }
        let mut found = false;
        if let (How::Named(names), Some(text)) = (how, wanted.text()) {
            self.over(items, frame, &mut |item| {
                found = found || matches!(item, Item::Record(source) if is_named(Operator::Eq, source, names, text));
                Ok(!found)
            })?;
            return Ok(found);
        }
        // Ids are compared as they stand in the list, without looking at what they lead to.
        if let Of::Links { .. } = &items.of {
            return Ok(self.values(items, frame)?.iter().any(|v| holds(Operator::Eq, order(&Cell::from(v), &wanted))));
        }
        self.over(items, frame, &mut |item| {
            let cell = match (item, &items.of) {
                (Item::Record(source), _) => Cell::from(&source.field("id")),
                (Item::Value(value, _), Of::Rows { main: Some(main), .. }) => of_row(&main.get, value),
                (Item::Value(value, _), _) => Cell::from(value),
            };
            let cell = if let How::Text(Folding::Folded) = how { cell.folded() } else { cell };
            found = found || holds(Operator::Eq, order(&cell, &wanted));
            Ok(!found)
        })?;
        Ok(found)
    }

    pub(super) fn size(&self, of: &Expr, frame: &Frame<'_>) -> Result<Cell> {
        let count = match &of.node {
            Node::Items(items) => self.count(items, frame)?,
            _ => match self.cell(of, frame)? {
                Cell::Text(text) => text.chars().count(),
                _ => return Ok(Cell::Absent),
            },
        };
        Ok(i64::try_from(count).ok().into())
    }

    pub(super) fn count(&self, items: &Items, frame: &Frame<'_>) -> Result<usize> {
        if let Of::Reverse { .. } = &items.of {
            let mut count = 0;
            self.over(items, frame, &mut |_| {
                count += 1;
                Ok(true)
            })?;
            return Ok(count);
        }
        Ok(self.values(items, frame)?.len())
    }

    /// The items of a list as they stand in the field.
    fn values(&self, items: &Items, frame: &Frame<'_>) -> Result<Vec<Value>> {
        let values = std::cell::RefCell::new(Vec::new());
        self.reach(items.scope, &items.hops, frame, &|source| {
            if let Value::List(list) = source.field(&items.field) {
                values.replace(list);
            }
            Ok(Cell::Absent)
        })?;
        Ok(values.into_inner())
    }

    /// Calls for each item, until it says no.
    fn over(&self, items: &Items, frame: &Frame<'_>, call: &mut dyn FnMut(Item<'_>) -> Result<bool>) -> Result<()> {
        let call = std::cell::RefCell::new(call);
        self.reach(items.scope, &items.hops, frame, &|source| {
            let mut call = call.borrow_mut();
            walk(items, source, *call)?;
            Ok(Cell::Absent)
        })?;
        Ok(())
    }
}

fn walk(items: &Items, source: &dyn Source, call: &mut dyn FnMut(Item<'_>) -> Result<bool>) -> Result<()> {
    match &items.of {
        Of::Reverse { object, by, .. } => {
            for record in source.related(object, by)? {
                if !call(Item::Record(&*record))? {
                    break;
                }
            }
        }
        Of::Links { to, .. } => {
            for value in source.field(&items.field).as_list() {
                let Some(id) = value.as_id() else { continue };
                let Some(record) = source.record(to, id)? else { continue };
                if !call(Item::Record(&*record))? {
                    break;
                }
            }
        }
        Of::Values { .. } | Of::Rows { .. } => {
            for value in source.field(&items.field).as_list() {
                if !call(Item::Value(value, source))? {
                    break;
                }
            }
        }
    }
    Ok(())
}
