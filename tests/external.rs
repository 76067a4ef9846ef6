//! External links, checked against a small server on this machine: dead, moved and busy addresses; no requests without `--external`, and
//! none again while a response is cached.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use hjelp::check::external::UrlStatus;
use hjelp::web::{RateLimit, request_all};

/// A server that answers as its paths say, and writes down what it was asked and when.
struct Server {
    root: String,
    heard: Arc<Mutex<Vec<(String, Instant)>>>,
}

impl Server {
    fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let root = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = heard.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let log = log.clone();
                std::thread::spawn(move || answer(stream.unwrap(), &log));
            }
        });
        Server { root, heard }
    }

    fn at(&self, path: &str) -> String {
        format!("{}/{path}", self.root)
    }

    fn questions(&self) -> Vec<String> {
        self.heard
            .lock()
            .unwrap()
            .iter()
            .map(|(line, _)| line.clone())
            .collect()
    }
}

fn answer(mut stream: TcpStream, log: &Mutex<Vec<(String, Instant)>>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let first = lines.next()?.ok()?;
    while lines.next()?.ok()?.len() > 1 {}
    let (method, path) = first.split_once(' ')?;
    let path = path.split(' ').next()?;
    let times = {
        let mut log = log.lock().unwrap();
        log.push((format!("{method} {path}"), Instant::now()));
        log.iter().filter(|(line, _)| line.ends_with(path)).count()
    };
    let head = match path.split('?').next()? {
        "/good" | "/ok" | "/map.yml" | "/folder/map.json" | "/bl%C3%A5" => "200 OK",
        "/gone" => "404 Not Found",
        "/gone-to-head" if method == "HEAD" => "404 Not Found",
        "/no-head" if method == "HEAD" => "405 Method Not Allowed",
        "/gone-to-head" | "/no-head" => "200 OK",
        "/moved" => "301 Moved Permanently\r\nLocation: /moved-again",
        "/moved-again" => "308 Permanent Redirect\r\nLocation: good#x",
        "/today-elsewhere" => "302 Found\r\nLocation: /good",
        "/moved-then-elsewhere" => "301 Moved Permanently\r\nLocation: /today-elsewhere",
        "/moved-to-nothing" => "301 Moved Permanently\r\nLocation: /gone",
        "/circle" => "302 Found\r\nLocation: /circle",
        "/private" => "403 Forbidden",
        "/busy" if times < 3 => "503 Service Unavailable\r\nRetry-After: 0",
        "/busy" => "200 OK",
        "/broken" => "500 Internal Server Error",
        "/often" => "429 Too Many Requests",
        "/silent" => {
            std::thread::sleep(Duration::from_secs(5));
            return None;
        }
        _ => "400 Bad Request",
    };
    let body = match path.split('?').next()? {
        "/map.yml" => {
            "### YamlMime:XRefMap\nbaseUrl: https://andre.example/\nreferences:\n- uid: andre.side\n  name: Den andre\n  href: side.html\n"
        }
        "/folder/map.json" => {
            r#"{"references": [{"uid": "tredje.side", "name": "Tredje", "href": "https://tredje.example/x"}]}"#
        }
        _ => "",
    };
    stream
        .write_all(
            format!(
                "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            )
            .as_bytes(),
        )
        .ok()
}

fn quick() -> RateLimit {
    RateLimit {
        interval: Duration::from_millis(1),
        timeout: Duration::from_millis(700),
        retries: 2,
        backoff: Duration::from_millis(5),
    }
}

#[test]
fn every_kind_of_answer_is_understood() {
    let server = Server::start();
    let dead = |why: &str| UrlStatus::Dead(why.to_owned());
    let name = server.root.trim_start_matches("http://").to_owned();
    let expected: BTreeMap<String, UrlStatus> = [
        ("good", UrlStatus::Ok),
        ("blå", UrlStatus::Ok),
        ("gone", dead("the server responds with 404 Not Found")),
        ("gone-to-head", UrlStatus::Ok),
        ("no-head", UrlStatus::Ok),
        ("moved?a=b", UrlStatus::Moved(server.at("good"))),
        ("today-elsewhere", UrlStatus::Ok),
        (
            "moved-then-elsewhere",
            UrlStatus::Moved(server.at("today-elsewhere")),
        ),
        (
            "moved-to-nothing",
            dead("the server responds with 404 Not Found"),
        ),
        ("circle", dead("more than 10 redirects")),
        ("private", UrlStatus::Unknown),
        ("busy", UrlStatus::Ok),
        (
            "broken",
            dead("the server responds with 500 Internal Server Error"),
        ),
        ("often", UrlStatus::Unknown),
        (
            "silent",
            dead(&format!("`{name}` did not respond within 0.7 seconds")),
        ),
    ]
    .map(|(path, answer)| (server.at(path), answer))
    .into();
    let nobody = "http://127.0.0.1:1/".to_owned();
    let addresses: Vec<String> = expected.keys().chain([&nobody]).cloned().collect();
    let mut answers = request_all(&addresses, quick(), || ());
    assert_eq!(
        answers.remove(&nobody),
        Some(dead("can't connect to `127.0.0.1:1`"))
    );
    assert_eq!(answers, expected);
    let asked = |line: &str| {
        server
            .questions()
            .iter()
            .filter(|question| *question == line)
            .count()
    };
    assert_eq!(
        (
            asked("HEAD /good"),
            asked("HEAD /busy"),
            asked("HEAD /often")
        ),
        (4, 3, 3)
    );
}

#[test]
fn one_server_is_asked_gently_while_others_are_asked_too() {
    let (one, other) = (Server::start(), Server::start());
    let addresses: Vec<String> = (0..6)
        .map(|number| one.at(&format!("good?{number}")))
        .chain([other.at("good")])
        .collect();
    let interval = Duration::from_millis(40);
    assert_eq!(
        request_all(
            &addresses,
            RateLimit {
                interval,
                ..quick()
            },
            || ()
        )
        .len(),
        7
    );
    let times: Vec<Instant> = one
        .heard
        .lock()
        .unwrap()
        .iter()
        .map(|(_, time)| *time)
        .collect();
    let whole = times
        .iter()
        .max()
        .unwrap()
        .duration_since(*times.iter().min().unwrap());
    assert!(whole >= interval * 4, "{whole:?}");
    let last = times.iter().max().unwrap();
    assert!(other.heard.lock().unwrap()[0].1 < *last);
}

fn hjelp(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjelp"));
    for proxy in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ] {
        command.env_remove(proxy);
    }
    let output = command
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn a_site_is_asked_for_only_when_wanted_and_believed_for_a_while() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    let [good, gone, moved, unasked] =
        ["good", "gone", "moved", "unasked/x"].map(|path| server.at(path));
    let page = format!(
        "# A\n\n[a]({gone}) [b]({moved}#y) [c]({good}) `{}` [d]({unasked}) <https://www.example.com/>\n\n\
        <!-- hjelp-disable-next-line dead-external-link -->\n[e]({gone})\n",
        server.at("code")
    );
    write(
        "hjelp.yml",
        &format!(
            "title: x\nexternal:\n  ignore: [\"{}/unasked/\"]\n",
            server.root
        ),
    );
    write("content/en/index.md", &page);
    write("content/no/index.md", &page);
    let (code, out, err) = hjelp(folder.path(), &["check"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "No problems\n", ""));
    assert_eq!(server.questions(), [""; 0]);

    let (code, out, err) = hjelp(folder.path(), &["check", "--external"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(
        out,
        "3 external links: 3 requested, 0 from the cache\n2 warnings, 2 notes\n"
    );
    assert!(
        err.contains(&format!(
            "warning[dead-external-link]: external link is broken: the server responds with 404 Not Found: `{gone}`"
        )),
        "{err}"
    );
    assert!(
        err.contains(&format!(
            "note[moved-external-link]: `{moved}` has moved permanently"
        )),
        "{err}"
    );
    assert!(
        err.contains(&format!("help: The new address is `{good}#y`.")),
        "{err}"
    );
    assert_eq!(err.matches("also in 1 language: no").count(), 2, "{err}");
    let questions = server.questions().len();

    let (code, out, _) = hjelp(
        folder.path(),
        &["check", "--external", "--strict", "--format", "json"],
    );
    // The same two addresses are on the page in both languages: one problem each.
    assert_eq!((code, out.lines().count()), (1, 2), "{out}");
    assert_eq!(
        server.questions().len(),
        questions,
        "answers of an hour ago are believed"
    );

    hjelp(folder.path(), &["check", "--external", "--fix", "--unsafe"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("content/no/index.md")).unwrap(),
        page.replace(&moved, &good)
    );
    hjelp(
        folder.path(),
        &["check", "--external", "--external-expiry", "0"],
    );
    assert!(server.questions().len() > questions);
}

#[test]
fn xref_maps_are_downloaded_and_locked() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path();
    let config = format!(
        r#"{{"build": {{"content": ["**/*.{{md,yml}}"], "xref": ["{}", "{}"]}}}}"#,
        server.at("map.yml"),
        server.at("folder/map.json?v=1")
    );
    fs::write(site.join("docfx.json"), config).unwrap();
    fs::write(
        site.join("index.md"),
        "# Hjem\n\n<xref:andre.side> <xref:tredje.side>\n",
    )
    .unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
            .args(arguments)
            .arg(site)
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap(),
        )
    };
    // Neither a check nor a build asks the server.
    let (code, text) = run(&["check"]);
    assert!(code == 0 && text.contains("missing-xref-map"), "{text}");
    let (code, text) = run(&["xref", "fetch", "--dry-run"]);
    assert!(code == 0 && text.contains("xref-maps/"), "{text}");
    assert_eq!(server.questions(), Vec::<String>::new());

    let (code, text) = run(&["xref", "fetch"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(
        server.questions(),
        ["GET /map.yml", "GET /folder/map.json?v=1"]
    );
    let lock = fs::read_to_string(site.join("xref-maps/xref.lock")).unwrap();
    assert!(
        lock.contains("map.json?v=1") && lock.contains("\"uids\": 1"),
        "{lock}"
    );
    let (code, text) = run(&["build"]);
    assert!(code == 0 && !text.contains("missing-xref-map"), "{text}");
    let page = fs::read_to_string(site.join("_site/index.html")).unwrap();
    assert!(
        page.contains(r#"href="https://andre.example/side.html">Den andre"#),
        "{page}"
    );
    assert!(
        page.contains(r#"href="https://tredje.example/x">Tredje"#),
        "{page}"
    );
    assert!(!site.join("_site/xref-maps").exists());
    assert_eq!(server.questions().len(), 2);
}

#[test]
fn a_map_that_is_none_replaces_nothing() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path();
    let config = format!(
        r#"{{"build": {{"content": ["*.md"], "xref": ["{}", "{}"]}}}}"#,
        server.at("ok"),
        server.at("gone")
    );
    fs::write(site.join("docfx.json"), config).unwrap();
    fs::write(site.join("index.md"), "# Hjem\n").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
        .args(["xref", "fetch"])
        .arg(site)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(
        text.contains("2 xref maps could not be downloaded"),
        "{text}"
    );
    assert!(!site.join("xref-maps").exists());
}
