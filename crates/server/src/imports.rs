//! What the import routes call: the verbs of the module that imports.

use integrations::import;

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
