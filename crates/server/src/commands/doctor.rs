//! `legame doctor`: looks at everything that could be wrong and says how to mend it.

use base::Result;

use crate::config::Place;

pub fn run(place: &Place) -> Result<()> {
    let engine = super::open(place, false)?;
    println!("declarations: {} objects, no faults", engine.model().objects().len());
    engine.check()?;
    println!("database: whole");
    Ok(())
}
