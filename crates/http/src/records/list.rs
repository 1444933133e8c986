//! `GET /api/v1/{object}`: a page of records.

use axum::extract::State;
use axum::http::StatusCode;
use base::Result;
use kernel::query::{self, Count, ListRequest};

use super::object;
use crate::app::Shared;
use crate::context::{At, Call};
use crate::door;
use crate::error::Reply;
use crate::etag;
use crate::parameter::Parameters;

pub const PARAMETERS: &[&str] = &["filter", "q", "sort", "fields", "expand", "limit", "cursor", "count", "as_of", "bin"];

pub async fn list(State(app): State<Shared>, At(path): At<String>, call: Call) -> Reply {
    page(app, path, call).await
}

/// The same for an object whose address is written out because it has further routes.
pub async fn page(app: Shared, path: String, call: Call) -> Reply {
    let request = parse(call.query.as_deref()).map_err(Into::into);
    door::read(&app, call, request, move |ctx, tx, mut request| {
        request.object = object(ctx, &path)?.name.clone();
        let mut out = Vec::with_capacity(16_384);
        query::list(ctx, tx, &request, &mut out)?;
        let tag = etag::of_bytes(&out);
        Ok(door::with(door::bytes(StatusCode::OK, out), "etag", tag))
    })
    .await
}

fn parse(query: Option<&str>) -> Result<ListRequest> {
    let mut p = Parameters::read(query, PARAMETERS)?;
    let request = ListRequest {
        object: String::new(),
        filter: p.text("filter"),
        q: p.text("q"),
        sort: p.text("sort"),
        fields: p.text("fields"),
        expand: p.text("expand"),
        cursor: p.text("cursor"),
        limit: p.number("limit", 1..=500).unwrap_or(0),
        count: match p.choice("count", &["none", "bounded", "exact"]) {
            Some(0) => Count::None,
            Some(2) => Count::Exact,
            _ => Count::Bounded,
        },
        as_of: p.instant("as_of"),
        bin: p.flag("bin"),
    };
    p.finish()?;
    Ok(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_asked_for_as_the_interface_says() {
        let request = parse(Some("filter=amount%20%3E%205&sort=-amount,name&limit=10&count=none&bin=true")).unwrap();
        assert_eq!(request.filter.as_deref(), Some("amount > 5"));
        assert_eq!((request.limit, request.count, request.bin), (10, Count::None, true));
        assert_eq!(parse(None).unwrap().count, Count::Bounded);
        let error = parse(Some("limit=0&orderby=name")).unwrap_err();
        let fields: Vec<&str> = error.problems().iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["orderby", "limit"]);
    }
}
