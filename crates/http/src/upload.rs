//! Multipart bodies: one file, streamed to disk as it comes, and a few small texts beside it.

use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use base::{Code, Error, Result};
use futures_util::{StreamExt, stream};
use kernel::file::{Stored, Upload};
use model::nearest::nearest;
use tokio::io::AsyncReadExt;
use tokio::sync::mpsc;

use crate::app::Shared;
use crate::error::{Refused, wrong_content_type};

/// Bytes of a text beside the file.
const TEXT_LIMIT: usize = 64 * 1024;
const NAME_LIMIT: usize = 200;
/// Bytes that are read from disk at once.
const CHUNK: usize = 64 * 1024;

/// What came: the file under its cleaned name, and the texts.
pub struct Received {
    pub name: String,
    pub stored: Stored,
    texts: Vec<(String, String)>,
}

impl Received {
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).filter(|v| !v.is_empty())
    }
}

/// Takes the part `file` and the known texts; anything else is refused.
pub async fn receive(
    app: &Shared,
    multipart: Result<Multipart, MultipartRejection>,
    known: &'static [&'static str],
) -> Result<Received, Refused> {
    let mut multipart = multipart.map_err(|_| wrong_content_type("multipart/form-data"))?;
    let mut file: Option<(String, Stored)> = None;
    let mut texts: Vec<(String, String)> = Vec::new();
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        let part = field.name().unwrap_or_default().to_string();
        let is_repeated = if part == "file" { file.is_some() } else { texts.iter().any(|(n, _)| *n == part) };
        if is_repeated {
            return Err(Error::field(base::text::shorten(&part, 60), "repeated", "This part is given twice").into());
        }
        if part == "file" {
            let name = clean_name(field.file_name().unwrap_or_default());
            let stored = keep(app, field, name.clone()).await?;
            file = Some((name, stored));
        } else if known.contains(&part.as_str()) {
            let text = small_text(field, &part).await?;
            texts.push((part, text));
        } else {
            let hint = nearest(&part, known.iter().copied().chain(["file"]))
                .map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
            let shown = base::text::shorten(&part, 60);
            return Err(Error::field(shown.clone(), "unknown", format!("There is no part \"{shown}\"{hint}")).into());
        }
    }
    let (name, stored) = file.ok_or_else(|| Error::field("file", "required", "A part \"file\" is needed"))?;
    Ok(Received { name, stored, texts })
}

/// Passes the bytes to a thread that may wait for the disk.
async fn keep(app: &Shared, mut field: Field<'_>, name: String) -> Result<Stored, Refused> {
    let (sender, mut receiver) = mpsc::channel::<Option<Bytes>>(8);
    let (folder, limit) = (app.engine.files().clone(), app.options.upload_limit);
    let writer = tokio::task::spawn_blocking(move || -> Result<Option<Stored>> {
        let mut upload = Upload::begin(&folder, limit)?;
        while let Some(chunk) = receiver.blocking_recv() {
            match chunk {
                Some(bytes) => upload.write(&bytes)?,
                None => return Ok(None),
            }
        }
        upload.finish(&name).map(Some)
    });
    let mut broke = None;
    loop {
        match field.chunk().await {
            Ok(Some(bytes)) => {
                // A writer that gave up tells why when it is awaited.
                if sender.send(Some(bytes)).await.is_err() {
                    break;
                }
            }
            Ok(None) => break,
            Err(error) => {
                broke = Some(broken(error));
                let _ = sender.send(None).await;
                break;
            }
        }
    }
    drop(sender);
    let stored = writer.await.map_err(|e| Error::internal(format!("writing an upload: {e}")))??;
    match (stored, broke) {
        (Some(stored), None) => Ok(stored),
        (_, Some(refused)) => Err(refused),
        (None, None) => Err(Error::malformed("The upload broke off").into()),
    }
}

async fn small_text(mut field: Field<'_>, part: &str) -> Result<String, Refused> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        if bytes.len() + chunk.len() > TEXT_LIMIT {
            return Err(Error::new(Code::TooLarge, format!("The part \"{part}\" is larger than {TEXT_LIMIT} bytes")).into());
        }
        bytes.extend_from_slice(&chunk);
    }
    let text = String::from_utf8(bytes).map_err(|_| Error::malformed(format!("The part \"{part}\" is not UTF-8")))?;
    if text.contains('\0') {
        return Err(Error::field(part, "character", "The character U+0000 is not allowed").into());
    }
    Ok(text)
}

fn broken(error: MultipartError) -> Refused {
    Error::malformed(format!("The multipart body cannot be read: {}", base::text::shorten(&error.body_text(), 200))).into()
}

/// The last part of a path, without control characters; never empty.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control() && !"\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}".contains(*c)).collect();
    let plain = plain.trim().trim_start_matches('.');
    if plain.is_empty() { "file".to_string() } else { plain.chars().take(NAME_LIMIT).collect() }
}

/// A body that is read from disk as it is sent.
pub fn body_of(file: std::fs::File) -> Body {
    let file = tokio::fs::File::from_std(file);
    let pieces = stream::unfold(Some(file), |file| async move {
        let mut file = file?;
        let mut buffer = vec![0_u8; CHUNK];
        match file.read(&mut buffer).await {
            Ok(0) => None,
            Ok(n) => {
                buffer.truncate(n);
                Some((Ok(Bytes::from(buffer)), Some(file)))
            }
            Err(error) => Some((Err(error), None)),
        }
    });
    // A layer may ask once more after the end.
    Body::from_stream(pieces.fuse())
}

/// `attachment` or `inline` with a name that any language may be written in (RFC 6266).
pub fn disposition(kind: &str, name: &str) -> String {
    let ascii: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' }).collect();
    let encoded: String = name
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b".-_~".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect();
    format!("{kind}; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_lead_elsewhere_or_deceive() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("C:\\Users\\me\\Offerta è.pdf"), "Offerta è.pdf");
        assert_eq!(clean_name("invoice\u{202e}fdp.exe\r\n"), "invoicefdp.exe");
        assert_eq!(clean_name(".."), "file");
        assert_eq!(clean_name(""), "file");
    }

    #[test]
    fn a_download_is_named_in_any_language_without_breaking_the_header() {
        assert_eq!(disposition("attachment", "报价\".pdf"), "attachment; filename=\"___.pdf\"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%22.pdf");
        assert!(disposition("attachment", "a\r\nSet-Cookie: x").is_ascii());
        assert!(!disposition("attachment", "a\r\nb").contains('\n'));
    }
}
