//! A name for what was written without one: the kind and the first words.

use base::Result;
use base::text::shorten;
use kernel::{Ctx, Draft, Rule};
use store::Tx;

const LONGEST: usize = 60;

pub struct FromText;

impl Rule for FromText {
    fn object(&self) -> &'static str {
        "activity"
    }

    fn before(&self, ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if draft.get("subject").as_text().is_some_and(|s| !s.trim().is_empty()) {
            return Ok(());
        }
        let language = &ctx.engine.settings().language;
        let code = draft.get("kind").as_text().unwrap_or_default();
        let options = ctx.model.object("activity").and_then(|o| o.field("kind")).map_or(&[][..], |f| ctx.model.options(f));
        let kind = options.iter().find(|o| o.code == code).map_or(code, |o| o.label.in_language(language));
        let words = first_words(draft.get("body").as_text().unwrap_or_default());
        let subject = if words.is_empty() { kind.to_string() } else { format!("{kind}: {words}") };
        if !subject.is_empty() {
            draft.set("subject", subject);
        }
        Ok(())
    }
}

/// The first line that says something, without the marks of Markdown in front.
fn first_words(body: &str) -> String {
    let plain = |line: &str| line.trim_start_matches(['#', '>', '-', '*', ' ', '\t']).replace(['*', '`'], "").trim().to_string();
    shorten(&body.lines().map(plain).find(|l| !l.is_empty()).unwrap_or_default(), LONGEST)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_first_line_that_says_something_is_the_name() {
        assert_eq!(super::first_words("\n## **Prezzi**\nmore"), "Prezzi");
        assert_eq!(super::first_words("- call back\n- send list"), "call back");
        assert_eq!(super::first_words("  \n"), "");
    }
}
