//! Sentences from patterns: `{a|b}` chooses, `<name>` is filled in, and both may stand in each other.

use crate::dice::Dice;

/// What a pattern may name.
pub type Slots<'a> = &'a [(&'a str, String)];

/// Renders a pattern. An unknown name is left out, doubled spaces with it.
pub fn render(dice: &mut Dice, pattern: &str, slots: Slots<'_>) -> String {
    let mut out = String::with_capacity(pattern.len() + 32);
    expand(dice, pattern, slots, &mut out);
    while out.contains("  ") {
        out = out.replace("  ", " ");
    }
    out.trim().to_string()
}

fn expand(dice: &mut Dice, pattern: &str, slots: Slots<'_>, out: &mut String) {
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '<']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        if let Some(after) = after.strip_prefix('<') {
            let (name, tail) = after.split_once('>').unwrap_or((after, ""));
            out.push_str(slots.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value.as_str()));
            rest = tail;
        } else {
            let (inner, tail) = closed(after.get(1..).unwrap_or_default());
            let choices = alternatives(inner);
            let choice = dice.word(&choices);
            expand(dice, choice, slots, out);
            rest = tail;
        }
    }
    out.push_str(rest);
}

/// The text up to the brace that closes, and what follows it.
fn closed(text: &str) -> (&str, &str) {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        if depth == 0 {
            return (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
        }
    }
    (text, "")
}

/// The parts between bars that stand in no inner brace.
fn alternatives(text: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '|' if depth == 0 => {
                parts.push(text.get(from..at).unwrap_or_default());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_choose_fill_in_and_nest() {
        let mut dice = Dice::new(1);
        let slots = [("person", "Elena".to_string()), ("n", "4".to_string())];
        for _ in 0..20 {
            let text = render(&mut dice, "{Call|Talk} with <person>{, {all|both} <n> probes|}<nothing>.", &slots);
            let ends = [".", ", all 4 probes.", ", both 4 probes."];
            assert!(ends.iter().any(|e| text == format!("Call with Elena{e}") || text == format!("Talk with Elena{e}")), "{text}");
        }
    }
}
