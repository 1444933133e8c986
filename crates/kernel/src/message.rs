//! Sentences that the pipeline says most often, in the languages of the interface. Rarer ones are English.

/// A required field is empty.
pub fn required(language: &str, label: &str) -> String {
    match language {
        "it" => format!("{label}: campo obbligatorio"),
        "zh" => format!("“{label}”为必填项"),
        _ => format!("{label} is required"),
    }
}

/// A field that may not be written by this caller.
pub fn not_yours(language: &str, label: &str) -> String {
    match language {
        "it" => format!("Non si può modificare {label}"),
        "zh" => format!("您无权修改“{label}”"),
        _ => format!("You may not change {label}"),
    }
}
