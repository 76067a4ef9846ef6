//! What was compiled, as `hjelp --version` prints it.

/// The version alone, which is what scripts compare.
pub(super) const NUMBER: &str = env!("CARGO_PKG_VERSION");

/// `hjelp 0.1.0`.
pub(super) fn short() -> String {
    format!("hjelp {NUMBER}")
}

/// The version, and what else a report of a problem needs. The workflow of a release says which commit and target it compiles; nothing of ours
/// runs at build time that could ask.
pub(super) fn long() -> String {
    let mut text = NUMBER.to_owned();
    if let Some(commit) = option_env!("HJELP_COMMIT") {
        text.push_str(&format!("\ncommit  {commit}"));
    }
    match option_env!("HJELP_TARGET") {
        Some(target) => text.push_str(&format!("\ntarget  {target}")),
        None => {
            let (arch, os) = (std::env::consts::ARCH, std::env::consts::OS);
            text.push_str(&format!("\ntarget  {arch}-{os}"));
        }
    }
    text
}
