//! Makes the folder of the web front end, so that the server builds where nobody has built the web part, and has the
//! front end embedded anew when it was built again.

fn main() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist");
    // Where the folder cannot be made, embedding it will say so more clearly than this could.
    let _ = std::fs::create_dir_all(folder);
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../web/dist");
}
