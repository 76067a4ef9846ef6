//! Redirects as web servers understand them: nginx and Apache themselves are started and asked, and the notations of hosts are read by small
//! interpreters written from their documentation. Servers that aren't installed are skipped with a message.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::Snapshot;
use percent_encoding::percent_decode_str;

/// How many pages have moved.
const MOVED: usize = 2_000;

/// How many pages are gone.
const GONE: usize = 12;

/// Names that are hard on a server.
const NAMES: [&str; 7] = [
    "møte",
    "a b",
    "a+b",
    "100 % (gammel)",
    "it's",
    "x&y;z",
    "pris i $kr",
];

/// A site whose pages have moved, with the files for `servers`.
fn site(servers: &str) -> BTreeMap<String, String> {
    let mut texts = vec![
        (
            "hjelp.yml".to_owned(),
            format!(
                "content: content\nbase-url: https://help.example/hjelp\noutputs:\n  redirects: [{servers}]\n"
            ),
        ),
        ("content/no/index.md".to_owned(), "# Hjem\n".to_owned()),
    ];
    for number in 0..MOVED {
        let name = NAMES[number % NAMES.len()];
        texts.push((
            format!("content/no/ny/{name} {number}.md"),
            format!("---\nredirect_from: \"../gammel/{name} {number}.md\"\n---\n# Side {number}\n"),
        ));
    }
    for number in 0..GONE {
        let name = NAMES[number % NAMES.len()];
        texts.push((
            format!("content/no/fjernet/{name} {number}.md"),
            "---\ngone: true\n---\n# Fjernet\n".to_owned(),
        ));
    }
    let mut sources = Vec::new();
    for (path, text) in texts {
        sources.push(Source::from_text(SitePath::new(&path).unwrap(), text));
    }
    let snapshot = Snapshot::new(Sources::new(sources, [], [])).map_err(|(_, problems)| problems);
    let snapshot = snapshot.unwrap();
    let mut files = BTreeMap::new();
    for output in &snapshot.plan().outputs {
        let path = output.path.to_string();
        if !path.ends_with(".html") {
            let file = snapshot.render(output).unwrap();
            files.insert(path, String::from_utf8(file.bytes.to_vec()).unwrap());
        }
    }
    files
}

/// What should happen: the old path, decoded, and the new one, decoded.
fn expected() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for number in 0..MOVED {
        let name = NAMES[number % NAMES.len()];
        all.push((
            format!("/hjelp/no/gammel/{name} {number}.html"),
            format!("/hjelp/no/ny/{name} {number}.html"),
        ));
    }
    all
}

/// The old paths of pages that are gone, decoded.
fn gone() -> Vec<String> {
    let mut all = Vec::new();
    for number in 0..GONE {
        let name = NAMES[number % NAMES.len()];
        all.push(format!("/hjelp/no/fjernet/{name} {number}.html"));
    }
    all
}

fn encoded(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                out.push(byte as char);
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8().unwrap().into_owned()
}

/// A web server on a port of its own, which ends with the test.
struct WebServer {
    process: Child,
    port: u16,
}

impl Drop for WebServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl WebServer {
    /// Starts `program` and waits until it answers. None, with a message, if it isn't installed.
    fn start(program: &str, arguments: &[&str], port: u16) -> Option<WebServer> {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::inherit());
        let Ok(process) = command.spawn() else {
            eprintln!("SKIPPED: {program} is not installed, so its redirects are not tried");
            return None;
        };
        let mut server = WebServer { process, port };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(server);
            }
            if let Ok(Some(status)) = server.process.try_wait() {
                panic!("{program} ends with {status}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{program} doesn't answer");
    }

    /// The whole answer.
    fn answer(&self, target: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        write!(
            stream,
            "GET {target} HTTP/1.0\r\nHost: help.example\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// The status and the `Location` of the answer.
    fn get(&self, target: &str) -> (u16, String) {
        let answer = self.answer(target);
        let status = answer.split(' ').nth(1).unwrap_or("0").parse().unwrap();
        let mut location = "";
        for line in answer.lines() {
            if let Some(value) = line.strip_prefix("Location: ") {
                location = value.trim();
            }
        }
        let path = location
            .strip_prefix("http://help.example")
            .unwrap_or(location);
        // The port of the test is no part of the site.
        let path = path
            .strip_prefix(&format!(":{}", self.port))
            .unwrap_or(path);
        (status, path.to_owned())
    }

    fn check_all(&self) {
        for (old, new) in expected() {
            let (status, location) = self.get(&encoded(&old));
            assert_eq!((status, decoded(&location)), (301, new.clone()), "{old}");
            let (status, location) = self.get(&format!("{}?x=1", encoded(&old)));
            assert_eq!(
                (status, decoded(&location)),
                (301, format!("{new}?x=1")),
                "{old}"
            );
        }
        for old in gone() {
            assert_eq!(self.get(&encoded(&old)).0, 410, "{old}");
        }
        for other in [
            "/hjelp/no/index.html",
            "/hjelp/no/gammel/",
            "/hjelp/no/gammel/m%C3%B8te.html",
        ] {
            assert_ne!(self.get(other).0, 301, "{other}");
        }
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn nginx_redirects() {
    let files = site("nginx");
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in ["hjelp-redirects-map.conf", "hjelp-redirects.conf"] {
        write(root, name, &files[name]);
    }
    write(root, "www/hjelp/no/index.html", "hjem");
    let (port, at) = (free_port(), root.display());
    let config = format!(
        "daemon off; master_process off; pid {at}/pid; error_log {at}/error.log;\nevents {{}}\nhttp {{\n  access_log off;\n  client_body_temp_path {at}/t1; proxy_temp_path {at}/t2; fastcgi_temp_path {at}/t3; uwsgi_temp_path {at}/t4; scgi_temp_path {at}/t5;\n  include {at}/hjelp-redirects-map.conf;\n  server {{\n    listen 127.0.0.1:{port};\n    root {at}/www;\n    include {at}/hjelp-redirects.conf;\n  }}\n}}\n"
    );
    write(root, "nginx.conf", &config);
    let config = root.join("nginx.conf");
    let arguments = [
        "-p",
        root.to_str().unwrap(),
        "-c",
        config.to_str().unwrap(),
        "-e",
        "stderr",
    ];
    for old in gone() {
        write(root, &format!("www{old}"), "siden er fjernet");
    }
    if let Some(server) = WebServer::start("nginx", &arguments, port) {
        server.check_all();
        // The reader gets the page at the address.
        for old in gone() {
            assert!(server.answer(&encoded(&old)).ends_with("siden er fjernet"));
        }
    }
}

#[test]
fn apache_redirects() {
    let files = site("apache");
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "www/hjelp/no/index.html", "hjem");
    write(root, "www/hjelp/.htaccess", &files[".htaccess"]);
    let (port, at) = (free_port(), root.display());
    let modules = "/usr/lib/apache2/modules";
    let mut config = format!(
        "ServerRoot {at}\nServerName help.example\nListen 127.0.0.1:{port}\nPidFile {at}/pid\nErrorLog {at}/error.log\nDocumentRoot {at}/www\n"
    );
    for module in ["mpm_event", "authz_core", "alias", "dir"] {
        config.push_str(&format!(
            "LoadModule {module}_module {modules}/mod_{module}.so\n"
        ));
    }
    config.push_str(&format!(
        "<Directory {at}/www>\n  AllowOverride All\n  Require all granted\n</Directory>\n"
    ));
    write(root, "apache.conf", &config);
    let config = root.join("apache.conf");
    let arguments = ["-X", "-f", config.to_str().unwrap()];
    if let Some(server) = WebServer::start("apache2", &arguments, port) {
        server.check_all();
    }
}

/// `_redirects`: words between blanks; the first rule whose path is the decoded path of the request.
fn underscore(text: &str, request: &str) -> Option<(String, String)> {
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [from, to, status] = words.as_slice() else {
            panic!("{line}");
        };
        if decoded(from) == request {
            return Some((decoded(to), (*status).to_owned()));
        }
    }
    None
}

#[test]
fn hosts_that_read_underscore_redirects() {
    // As many as the host reads.
    for (server, status, most) in [
        ("netlify", "301!", MOVED),
        ("cloudflare", "301", MOVED),
        ("gitlab", "301", 64 * 1024 / 100),
    ] {
        let text = &site(server)["_redirects"];
        let mut count = 0;
        for (old, new) in expected() {
            if let Some(found) = underscore(text, &old) {
                assert_eq!(found, (new, status.to_owned()), "{server}");
                count += 1;
            }
        }
        assert_eq!(count, text.lines().count(), "{server}");
        assert!(count >= most.min(MOVED) / 2, "{server}: {count}");
        assert_eq!(underscore(text, "/hjelp/no/index.html"), None);
    }
}

#[test]
fn iis_maps_and_azure_routes() {
    let files = site("iis, azure, s3, json");
    let map = roxmltree::Document::parse(&files["no/hjelp-redirects.config"]).unwrap();
    let mut keys = BTreeMap::new();
    for node in map.descendants().filter(|node| node.has_tag_name("add")) {
        keys.insert(
            node.attribute("key").unwrap().to_owned(),
            decoded(node.attribute("value").unwrap()),
        );
    }
    let config = roxmltree::Document::parse(&files["no/web.config"]).unwrap();
    let input = config
        .descendants()
        .find_map(|node| node.attribute("input"))
        .unwrap();
    assert_eq!(input, "{Hjelp-no:{URL}}");
    let json: serde_json::Value = serde_json::from_str(&files["redirects.json"]).unwrap();
    let records = json["redirects"].as_array().unwrap();
    let s3: BTreeMap<&str, &str> = files["redirects-s3.txt"]
        .lines()
        .map(|line| line.split_once('\t').unwrap())
        .collect();
    for old in gone() {
        assert_eq!(keys.remove(&old).as_deref(), Some("1"), "{old}");
        let records = json["gone"].as_array().unwrap();
        assert!(
            records
                .iter()
                .any(|record| decoded(record.as_str().unwrap()) == old)
        );
        assert!(!s3.contains_key(old.trim_start_matches('/')));
    }
    for (number, (old, new)) in expected().into_iter().enumerate() {
        assert_eq!(keys.get(&old), Some(&new), "{number}");
        assert!(
            records
                .iter()
                .any(|record| decoded(record["from"].as_str().unwrap()) == old
                    && decoded(record["to"].as_str().unwrap()) == new)
        );
        assert_eq!(decoded(s3[old.trim_start_matches('/')]), new);
    }
    assert_eq!(keys.len(), MOVED);
    let azure = &files["staticwebapp.config.json"];
    assert!(azure.len() <= 20 * 1024, "{}", azure.len());
    let azure: serde_json::Value = serde_json::from_str(azure).unwrap();
    let routes = azure["routes"].as_array().unwrap();
    assert!(routes.len() > 100);
    for route in routes {
        let old = decoded(route["route"].as_str().unwrap());
        if gone().contains(&old) {
            assert_eq!(route["statusCode"], 410);
            continue;
        }
        let new = decoded(route["redirect"].as_str().unwrap());
        assert!(expected().contains(&(old, new)));
    }
}
