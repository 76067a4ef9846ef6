//! One address -> the text there, up to a size. For files that the user asks to download; nothing here writes them.

use std::io::Read;
use std::time::Duration;

use ureq::Agent;

use super::address::encoded;

/// Microsoft's map of .NET, the largest there is, has 60 MB.
const MAX_SIZE: u64 = 256 << 20;

/// How long a whole download may take.
const TIMEOUT: Duration = Duration::from_secs(300);

/// Downloads the text at an address, following redirects. The error says why that is not possible.
pub fn download(address: &str) -> Result<String, String> {
    let name = concat!("hjelp/", env!("CARGO_PKG_VERSION"), " (xref fetch)");
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .user_agent(name)
        .accept("*/*")
        .timeout_global(Some(TIMEOUT));
    let agent: Agent = config.build().into();
    let response = match agent.get(encoded(address)).call() {
        Ok(response) => response,
        Err(error) => return Err(error.to_string()),
    };
    let status = response.status();
    if !status.is_success() {
        return Err(format!("the server responds with {status}"));
    }
    let mut bytes = Vec::new();
    // One byte more than allowed, to see whether there is more.
    let mut reader = response.into_body().into_reader().take(MAX_SIZE + 1);
    if let Err(error) = reader.read_to_end(&mut bytes) {
        return Err(format!("the download ended early: {error}"));
    }
    if bytes.len() as u64 > MAX_SIZE {
        return Err(format!("more than {} MB", MAX_SIZE >> 20));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_start_matches('\u{feff}').to_owned()),
        Err(_) => Err("not a text in UTF-8".to_owned()),
    }
}
