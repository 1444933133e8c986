//! What a refusal looks like outside: `application/problem+json` (RFC 9457). The only place that knows status codes.
//!
//! A handler answers [`Refused`]; the outermost middleware renders it, since only that knows the request's id and
//! language. Where a refusal is decided it is said in English; `kernel::Speech` knows the other languages.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Code, Error, FieldProblem};
use serde_json::{Map, Value as Json, json};

use kernel::Speech;

/// Problems of one document; more are only counted, so that a wrong request cannot ask for a huge answer.
const TOLD: usize = 200;

/// An error on its way out of a handler.
#[derive(Debug)]
pub struct Refused {
    pub error: Error,
    /// Where HTTP has a more exact word than the code's own status.
    status: Option<StatusCode>,
}

/// What every handler answers.
pub type Reply = Result<Response, Refused>;

/// Rides on a response until the middleware renders it.
#[derive(Clone)]
pub struct Refusal(Arc<Refused>);

impl Refused {
    pub fn with_status(error: Error, status: StatusCode) -> Self {
        Refused { error, status: Some(status) }
    }
    /// The same refusal once more, for work that is run again.
    pub fn again(&self) -> Self {
        Refused { error: copy(&self.error), status: self.status }
    }
    pub fn status(&self) -> StatusCode {
        self.status.unwrap_or_else(|| status(self.error.code()))
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Refused { error, status: None }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Refusal(Arc::new(self)));
        response
    }
}

/// The status of each of the ten codes of `api.md`.
pub fn status(code: Code) -> StatusCode {
    match code {
        Code::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Code::Malformed => StatusCode::BAD_REQUEST,
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Conflict => StatusCode::CONFLICT,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// `405` for a route that exists under another method.
pub async fn method_not_allowed() -> Refused {
    Refused::with_status(Error::malformed("This address does not take this method"), StatusCode::METHOD_NOT_ALLOWED)
}

/// `404` for an address of the interface that does not exist.
pub fn no_such_route(path: &str) -> Refused {
    Error::not_found(format!("There is nothing at {}", base::text::shorten(path, 200))).into()
}

/// `415` for a body of another kind than the route takes.
pub fn wrong_content_type(wanted: &str) -> Refused {
    Refused::with_status(Error::malformed(format!("Send this as {wanted}")), StatusCode::UNSUPPORTED_MEDIA_TYPE)
}

/// All of an error that may be shown.
fn copy(error: &Error) -> Error {
    let mut same = match error.problems() {
        [] => Error::new(error.code(), error.message()),
        problems => Error::fields(problems.to_vec()),
    };
    if let Some(extra) = error.extra() {
        same = same.with_extra(extra.clone());
    }
    same
}

/// Turns a refusal that rides on a response into its document; other responses pass.
pub fn render(mut response: Response, request_id: &str, speech: &Speech<'_>) -> Response {
    let Some(Refusal(refused)) = response.extensions_mut().remove::<Refusal>() else { return response };
    log(&refused, request_id);
    let status = refused.status();
    let body = document(&refused.error, status, request_id, speech).to_string();
    let mut headers = HeaderMap::new();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        headers.insert(header::ALLOW, allow.clone());
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(seconds) = retry_after(&refused.error, status) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    (status, headers, body).into_response()
}

fn retry_after(error: &Error, status: StatusCode) -> Option<u64> {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some(error.extra().and_then(|e| e.get("retry_after")).and_then(Json::as_u64).unwrap_or(60)),
        StatusCode::SERVICE_UNAVAILABLE => Some(5),
        _ => None,
    }
}

/// The members of a problem document; `extra` members of the error join them.
pub fn document(error: &Error, status: StatusCode, request_id: &str, speech: &Speech<'_>) -> Json {
    let code = error.code().as_str();
    let mut members = Map::new();
    members.insert("type".into(), json!(format!("urn:legame:problem:{code}")));
    members.insert("title".into(), json!(title(error.code(), speech.language)));
    members.insert("status".into(), json!(status.as_u16()));
    members.insert("code".into(), json!(code));
    members.insert("detail".into(), json!(speech.say(error.message())));
    members.insert("request_id".into(), json!(request_id));
    if !error.problems().is_empty() {
        members.insert("fields".into(), error.problems().iter().take(TOLD).map(|p| field(p, speech)).collect());
    }
    if error.problems().len() > TOLD {
        members.insert("untold".into(), json!(error.problems().len() - TOLD));
    }
    for (name, value) in error.extra().and_then(Json::as_object).into_iter().flatten() {
        if !members.contains_key(name) {
            members.insert(name.clone(), value.clone());
        }
    }
    Json::Object(members)
}

fn field(problem: &FieldProblem, speech: &Speech<'_>) -> Json {
    json!({"field": problem.field, "code": problem.code, "message": speech.say(&problem.message)})
}

fn log(refused: &Refused, request_id: &str) {
    let error = &refused.error;
    let cause = error.cause().map(ToString::to_string).unwrap_or_default();
    match error.code() {
        Code::Internal => tracing::error!(request_id, cause, "a request failed"),
        Code::Unavailable => tracing::warn!(request_id, cause, "a request could not be served now"),
        _ => {}
    }
}

/// English, Italian, Chinese.
fn titles(code: Code) -> [&'static str; 3] {
    match code {
        Code::Invalid => ["Some values are not accepted", "Alcuni valori non sono accettati", "部分内容无效"],
        Code::Malformed => ["The request cannot be read", "La richiesta non è leggibile", "无法读取请求"],
        Code::Unauthenticated => ["Please sign in", "Accedi per continuare", "请先登录"],
        Code::Forbidden => ["You may not do this", "Non hai il permesso", "没有权限"],
        Code::NotFound => ["Not found", "Non trovato", "未找到"],
        Code::Conflict => ["This conflicts with another change", "Conflitto con un'altra modifica", "与其他更改冲突"],
        Code::TooLarge => ["Too large", "Troppo grande", "内容过大"],
        Code::TooMany => ["Too many requests", "Troppe richieste", "请求过多"],
        Code::Unavailable => ["Not available at the moment", "Al momento non disponibile", "暂时不可用"],
        Code::Internal => ["Something went wrong", "Qualcosa è andato storto", "出现错误"],
    }
}

fn title(code: Code, language: &str) -> &'static str {
    let [english, italian, chinese] = titles(code);
    match language {
        "it" => italian,
        "zh" => chinese,
        _ => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speech(language: &'static str) -> Speech<'static> {
        static EMPTY: std::sync::LazyLock<model::Model> = std::sync::LazyLock::new(model::Model::default);
        Speech { language, model: &EMPTY }
    }

    async fn body(response: Response) -> Json {
        let bytes = axum::body::to_bytes(response.into_body(), 65_536).await.unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[tokio::test]
    async fn a_refusal_tells_all_field_problems_with_the_request_id() {
        let problems = vec![FieldProblem::new("amount", "type", "Write a number"), FieldProblem::new("stage", "required", "Is needed")];
        let response = render(Refused::from(Error::fields(problems)).into_response(), "r-1", &speech("it"));
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        let body = body(response).await;
        assert_eq!(body["code"], "invalid");
        assert_eq!(body["title"], "Alcuni valori non sono accettati");
        assert_eq!(body["request_id"], "r-1");
        assert_eq!(body["fields"][1], json!({"field": "stage", "code": "required", "message": "Is needed"}));
    }

    #[tokio::test]
    async fn thousands_of_problems_are_counted_and_some_told() {
        let problems = (0..5_000).map(|n| FieldProblem::new(format!("field{n}"), "unknown", "Is not known")).collect();
        let body = body(render(Refused::from(Error::fields(problems)).into_response(), "r", &speech("en"))).await;
        assert_eq!((body["fields"].as_array().unwrap().len(), &body["untold"]), (TOLD, &json!(5_000 - TOLD)));
    }

    #[tokio::test]
    async fn a_fault_of_ours_keeps_its_cause_to_itself() {
        let response = render(Refused::from(Error::internal("password=secret in /etc")).into_response(), "r-2", &speech("en"));
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!body(response).await.to_string().contains("secret"));
    }

    #[tokio::test]
    async fn too_many_attempts_say_when_to_come_back() {
        let error = Error::new(Code::TooMany, "Wait").with_extra(json!({"retry_after": 8, "code": "mine"}));
        let response = render(Refused::from(error).into_response(), "r-3", &speech("zh"));
        assert_eq!(response.headers()[header::RETRY_AFTER], "8");
        let body = body(response).await;
        assert_eq!((&body["code"], &body["retry_after"], &body["title"]), (&json!("too_many"), &json!(8), &json!("请求过多")));
    }

    #[tokio::test]
    async fn a_wrong_content_type_is_malformed_with_its_own_status() {
        let response = render(wrong_content_type("application/json").into_response(), "r", &speech("en"));
        assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(body(response).await["code"], "malformed");
    }
}
