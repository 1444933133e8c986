//! What routes call that belong to no object: the verbs of the module that imports, and the way out of the sample company.

use integrations::import;
use kernel::Ctx;
use serde_json::{Value, json};

pub static IMPORTS: http::Imports = http::Imports {
    start: import::start,
    change: import::change,
    check: import::check,
    run: import::run,
    undo: import::undo,
    rows: |ctx, id, request| import::rows(ctx, id, &asked(request)),
    rows_csv: |ctx, id, request| import::rows_csv(ctx, id, &asked(request)),
};

fn asked(request: &http::RowsRequest) -> import::RowsRequest {
    import::RowsRequest { state: request.state.clone(), cursor: request.cursor.clone(), limit: request.limit }
}

/// Takes the sample company away and tells how many records that concerned.
pub fn remove_sample(ctx: &Ctx) -> base::Result<Value> {
    let removed = sample::remove(ctx)?;
    Ok(json!({"records": removed.records, "kept": removed.kept, "binned": removed.binned}))
}
