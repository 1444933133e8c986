//! The web front end's page and files, whether or not the front end was built.

use crate::harness::App;

#[tokio::test]
async fn every_address_of_the_front_end_is_its_page_and_missing_files_are_missing() {
    let app = App::open();
    for path in ["/", "/contacts", "/settings/model"] {
        let answer = app.anonymous().get(path).await;
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("script-src 'self';") && policy.contains("'nonce-"), "{policy}");
    }
    for path in ["/assets/gone.js", "/gone.png"] {
        let answer = app.anonymous().get(path).await.expect(404);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
    }
    app.anonymous().send("POST", "/contacts", Vec::new(), None).await.expect(404);
}
