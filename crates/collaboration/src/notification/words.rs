//! The sentences of notifications, in the language of the person who is told.

/// "Giulia gave you the deal Orsa Hotels".
pub fn assigned_one(language: &str, actor: &str, object: &str, title: &str) -> String {
    match language {
        "it" => format!("{actor} ti ha assegnato: {title} ({object})"),
        "zh" => format!("{actor}将{object}“{title}”分配给您"),
        _ => format!("{actor} gave you: {title} ({object})"),
    }
}

/// "Giulia gave you 12 deals".
pub fn assigned_many(language: &str, actor: &str, count: usize, objects: &str) -> String {
    match language {
        "it" => format!("{actor} ti ha assegnato {count}: {objects}"),
        "zh" => format!("{actor}将 {count} 条{objects}分配给您"),
        _ => format!("{actor} gave you {count}: {objects}"),
    }
}

/// "Giulia mentioned you in Call with Orsa".
pub fn mentioned(language: &str, actor: &str, title: &str) -> String {
    match language {
        "it" => format!("{actor} ti ha menzionato in: {title}"),
        "zh" => format!("{actor}在“{title}”中提到了您"),
        _ => format!("{actor} mentioned you in: {title}"),
    }
}
