//! The preview over HTTP: the program runs, and the tests send requests to it. No test sleeps:
//! the event stream reports when there is a new version.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// Long enough for a machine with much else to do; nobody waits for it unless something is broken.
const PATIENCE: Duration = Duration::from_secs(60);

const CONFIG: (&str, &str) = ("hjelp.yml", "title: Hjelp\n");
const HOME: (&str, &str) = ("content/no/index.md", "# Velkommen\n\nHei på deg.\n");

/// A folder with these files.
fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// The files below `folder` that a host publishes, with `/` between folders.
fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let below = entries.flat_map(|entry| {
        let name = entry.file_name().into_string().unwrap();
        match entry.path().is_dir() {
            true => files(&entry.path())
                .iter()
                .map(|file| format!("{name}/{file}"))
                .collect(),
            false => vec![name],
        }
    });
    below.filter(|name| !name.starts_with('.')).collect()
}

/// A program that serves, until it is dropped.
struct Preview {
    child: Child,
    out: BufReader<ChildStdout>,
    port: u16,
    /// What it said before the address.
    said: String,
}

/// What was answered.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

impl Preview {
    fn start(arguments: &[&str]) -> Preview {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hjelp"));
        let mut child = command
            .arg("serve")
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        let port = loop {
            let mut line = String::new();
            if out.read_line(&mut line).unwrap() == 0 {
                let mut error = String::new();
                child
                    .stderr
                    .take()
                    .unwrap()
                    .read_to_string(&mut error)
                    .unwrap();
                panic!("no preview: {said}{error}");
            }
            if let Some((_, address)) = line.split_once("http://localhost:") {
                break address.trim_end().trim_end_matches('/').parse().unwrap();
            }
            said.push_str(&line);
        };
        Preview {
            child,
            out,
            port,
            said,
        }
    }

    fn of(folder: &Path) -> Preview {
        Preview::start(&["--port", "0", folder.to_str().unwrap()])
    }

    fn ask(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn answer(&self, request: &str) -> Answer {
        let mut bytes = Vec::new();
        self.ask(request).read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    fn get(&self, path: &str) -> Answer {
        self.answer(&format!(
            "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
            self.port
        ))
    }

    fn events(&self) -> Events {
        let request = format!(
            "GET /_hjelp/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            self.port
        );
        let mut events = Events {
            lines: BufReader::new(self.ask(&request)),
        };
        events.next();
        events
    }

    /// Sends Ctrl-C, and waits for the end.
    #[cfg(unix)]
    fn interrupt(mut self) -> (i32, String) {
        Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status()
            .unwrap();
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code().unwrap_or(-1), rest)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The stream that tells of news.
struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// The next one.
    fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert!(
                self.lines.read_line(&mut line).unwrap() > 0,
                "the stream has ended"
            );
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data.trim_end()).unwrap();
            }
        }
    }

    /// Waits for news until what they tell of is so.
    fn until(&mut self, mut is_so: impl FnMut() -> bool) {
        while !is_so() {
            self.next();
        }
    }
}

#[test]
fn pages_are_made_on_request_and_nothing_is_written() {
    let site = site(&[
        CONFIG,
        HOME,
        (
            "content/no/bruk/index.md",
            "# Bruk\n\n![Bilde](bilde.svg)\n",
        ),
        (
            "content/no/bruk/bilde.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        ),
        ("content/en/index.md", "# Welcome\n"),
    ]);
    let out = tempfile::tempdir().unwrap();
    let preview = Preview::of(site.path());
    assert_eq!(preview.said, "");
    let page = preview.get("/no/index.html");
    assert_eq!(
        (page.status, page.header("content-type")),
        (200, Some("text/html; charset=utf-8"))
    );
    assert!(
        page.body.contains("Hei på deg.") && page.body.contains("/_hjelp/preview.js"),
        "{page:?}"
    );
    assert!(preview.get("/no/").body.contains("Hei på deg."));
    assert_eq!(preview.get("/").status, 200);
    let folder = preview.get("/no/bruk");
    assert_eq!(
        (folder.status, folder.header("location")),
        (301, Some("/no/bruk/"))
    );
    let picture = preview.get("/no/bruk/bilde.svg");
    assert_eq!(
        (picture.status, picture.header("content-type")),
        (200, Some("image/svg+xml; charset=utf-8"))
    );
    let nothing = preview.get("/no/borte.html");
    assert!(
        nothing.status == 404 && nothing.body.contains("lang=\"nb\""),
        "{nothing:?}"
    );
    assert!(preview.get("/en/borte.html").body.contains("lang=\"en\""));
    let build = Command::new(env!("CARGO_BIN_EXE_hjelp"))
        .args(["build", "--quiet", "--out"])
        .arg(out.path().join("site"))
        .arg(site.path())
        .status();
    assert!(build.unwrap().success());
    // Everything a build writes is there.
    for file in files(&out.path().join("site")) {
        let path = file.replace('å', "%C3%A5");
        assert_eq!(preview.get(&format!("/{path}")).status, 200, "{path}");
    }
    assert!(!site.path().join("_site").exists());
}

#[test]
fn what_is_saved_is_served() {
    let site = site(&[CONFIG, HOME]);
    let preview = Preview::of(site.path());
    let mut events = preview.events();
    let shows = |path: &str, words: &str| preview.get(path).body.contains(words);

    write(
        site.path(),
        "content/no/index.md",
        "# Velkommen\n\nHa det bra.\n",
    );
    events.until(|| shows("/no/", "Ha det bra."));
    // As editors save: beside the file, and then over it.
    write(
        site.path(),
        "content/no/index.md~",
        "# Velkommen\n\nNy fil.\n",
    );
    fs::rename(
        site.path().join("content/no/index.md~"),
        site.path().join("content/no/index.md"),
    )
    .unwrap();
    events.until(|| shows("/no/", "Ny fil."));
    // New folders, some in each other.
    write(site.path(), "content/no/a/b/c/ny.md", "# Helt ny\n");
    events.until(|| shows("/no/a/b/c/ny.html", "Helt ny"));
    fs::rename(
        site.path().join("content/no/a"),
        site.path().join("content/no/å"),
    )
    .unwrap();
    events.until(|| shows("/no/%C3%A5/b/c/ny.html", "Helt ny"));
    events.until(|| preview.get("/no/a/b/c/ny.html").status == 404);
    // Templates, texts, the configuration.
    write(
        site.path(),
        "locales/nb.ftl",
        "skip-to-content = Rett til teksten\n",
    );
    events.until(|| shows("/no/", "Rett til teksten"));
    write(
        site.path(),
        "templates/article.html",
        "{% extends \"base.html\" %}{% block main %}Min mal{% endblock main %}",
    );
    events.until(|| shows("/no/", "Min mal"));
    write(site.path(), "hjelp.yml", "title: Noe annet\n");
    events.until(|| shows("/no/", "Noe annet"));
    fs::remove_dir_all(site.path().join("content/no/å")).unwrap();
    events.until(|| preview.get("/no/%C3%A5/b/c/ny.html").status == 404);
}

#[test]
fn a_content_folder_that_is_removed_and_restored_is_followed() {
    let site = site(&[CONFIG, HOME]);
    let preview = Preview::of(site.path());
    let mut events = preview.events();
    fs::rename(site.path().join("content"), site.path().join("away")).unwrap();
    events.until(|| preview.get("/no/").status == 404);
    for number in 0..300 {
        write(
            site.path(),
            &format!("new/no/side{number}.md"),
            &format!("# Side {number}\n"),
        );
    }
    fs::rename(site.path().join("new"), site.path().join("content")).unwrap();
    events.until(|| preview.get("/no/side299.html").status == 200);
    write(site.path(), "content/no/side299.md", "# Endret\n");
    events.until(|| preview.get("/no/side299.html").body.contains("Endret"));
}

#[test]
fn the_last_good_site_stays() {
    let site = site(&[CONFIG, HOME]);
    let preview = Preview::of(site.path());
    let mut events = preview.events();
    write(site.path(), "hjelp.yml", "title: [\n");
    write(site.path(), "templates/article.html", "{% if %}");
    write(
        site.path(),
        "content/no/index.md",
        "# Velkommen\n\nLikevel.\n",
    );
    events.until(|| preview.get("/no/").body.contains("Likevel."));
    let page = preview.get("/no/");
    assert!(
        page.status == 200 && page.body.contains("Hjelp"),
        "{page:?}"
    );
    write(site.path(), "hjelp.yml", "title: Bra igjen\n");
    events.until(|| preview.get("/no/").body.contains("Bra igjen"));
}

#[test]
fn changes_are_found_by_polling() {
    let site = site(&[CONFIG, HOME]);
    let preview = Preview::start(&["--port", "0", "--poll", "50", site.path().to_str().unwrap()]);
    let mut events = preview.events();
    write(
        site.path(),
        "content/no/index.md",
        "# Velkommen\n\nOgså her.\n",
    );
    events.until(|| preview.get("/no/").body.contains("Også her."));
}

/// Copying programs and version control set times as they like.
#[cfg(unix)]
#[test]
fn polling_sees_a_file_replaced_by_one_of_the_same_size_and_time() {
    let folder = site(&[CONFIG, HOME]);
    let file = folder.path().join(HOME.0);
    let old = std::time::SystemTime::now() - Duration::from_secs(1000);
    let date = |file: &Path| {
        let file = fs::File::options().write(true).open(file).unwrap();
        file.set_modified(old).unwrap();
    };
    date(&file);
    let preview = Preview::start(&[
        "--port",
        "0",
        "--poll",
        "50",
        folder.path().to_str().unwrap(),
    ]);
    let mut events = preview.events();
    assert!(preview.get("/no/").body.contains("Velkommen"));
    let other = folder.path().join("annen");
    fs::write(&other, HOME.1.replace("Velkommen", "Velbekomm")).unwrap();
    date(&other);
    fs::rename(&other, &file).unwrap();
    events.until(|| preview.get("/no/").body.contains("Velbekomm"));
}

fn half_open(port: u16, start: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    // Refused at once if there are too many.
    let _ = stream.write_all(start.as_bytes());
    stream
}

/// Connections over which no request comes make room for others.
#[test]
fn half_open_connections_do_not_keep_others_out() {
    let folder = site(&[CONFIG, HOME]);
    let preview = Preview::of(folder.path());
    for start in [
        "",
        "GET / HTTP/1.1\r\nHost: loc",
        "POST /_hjelp/fix HTTP/1.1\r\nContent-Length: 9",
    ] {
        let half: Vec<TcpStream> = (0..600).map(|_| half_open(preview.port, start)).collect();
        let begun = std::time::Instant::now();
        loop {
            let mut text = String::new();
            let mut stream = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
            let request = "GET /no/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            let sent = stream.write_all(request.as_bytes());
            if sent.is_ok()
                && stream.read_to_string(&mut text).is_ok()
                && text.contains("Velkommen")
            {
                break;
            }
            assert!(begun.elapsed() < PATIENCE, "{start:?}: still no answer");
            std::thread::sleep(Duration::from_millis(100));
        }
        drop(half);
    }
}

#[test]
fn requests_from_other_hosts_are_refused() {
    let site = site(&[CONFIG, HOME, ("content/no/hemmelig.md", "# Hemmelig\n")]);
    write(
        site.path().parent().unwrap(),
        "hjelp-outside.txt",
        "outside",
    );
    let preview = Preview::of(site.path());
    let ask = |host: &str, more: &str| {
        preview.answer(&format!(
            "GET /no/ HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n"
        ))
    };
    let own = format!("localhost:{}", preview.port);
    assert_eq!(ask(&own, &format!("Origin: http://{own}\r\n")).status, 200);
    assert_eq!(ask(&own, "Origin: http://evil.example\r\n").status, 403);
    assert_eq!(ask("evil.example", "").status, 403);
    let post = format!(
        "POST /no/ HTTP/1.1\r\nHost: {own}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    assert_eq!(preview.answer(&post).status, 405);
    for path in [
        "/../hjelp-outside.txt",
        "/no/../../../hjelp-outside.txt",
        "/%2e%2e/hjelp-outside.txt",
        "/..%5chjelp-outside.txt",
        "/no/%00",
    ] {
        let answer = preview.get(path);
        assert!(
            answer.status == 404 && !answer.body.contains("outside"),
            "{path}: {answer:?}"
        );
    }
    assert_eq!(
        preview.get("/hjelp.yml").status,
        404,
        "what isn't published isn't served"
    );
    fs::remove_file(site.path().parent().unwrap().join("hjelp-outside.txt")).unwrap();
}

#[test]
fn a_taken_port_gives_way_to_the_next() {
    let site = site(&[CONFIG, HOME]);
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let preview = Preview::start(&["--port", &port.to_string(), site.path().to_str().unwrap()]);
    assert!(preview.port > port, "{} {port}", preview.port);
    assert_eq!(preview.get("/no/").status, 200);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_cleanly_while_browsers_listen() {
    let site = site(&[CONFIG, HOME]);
    let preview = Preview::of(site.path());
    let streams: Vec<Events> = (0..200).map(|_| preview.events()).collect();
    assert_eq!(preview.get("/no/").status, 200);
    assert_eq!(preview.interrupt().0, 0);
    drop(streams);
}

#[test]
fn a_finished_site_is_served_as_it_is() {
    let site = site(&[CONFIG, HOME, ("content/no/bruk/index.md", "# Bruk\n")]);
    let out: PathBuf = site.path().join("_site");
    let built = Command::new(env!("CARGO_BIN_EXE_hjelp"))
        .args(["build", "--quiet"])
        .arg(site.path())
        .status()
        .unwrap();
    assert!(built.success());
    let preview = Preview::start(&["--port", "0", "--site", out.to_str().unwrap()]);
    assert_eq!(
        preview.get("/no/index.html").body,
        fs::read_to_string(out.join("no/index.html")).unwrap()
    );
    assert_eq!(
        preview.get("/no/bruk").header("location"),
        Some("/no/bruk/")
    );
    assert_eq!(preview.get("/no/bruk/").status, 200);
    let nothing = preview.get("/no/borte.html");
    assert_eq!(
        (nothing.status, nothing.body),
        (404, fs::read_to_string(out.join("404.html")).unwrap())
    );
    for path in ["/.hjelp-state", "/..%2fhjelp.yml", "/no/bruk/index.html/"] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
    let part = format!(
        "GET /no/ HTTP/1.1\r\nHost: localhost:{}\r\nRange: bytes=0-4\r\nConnection: close\r\n\r\n",
        preview.port
    );
    assert_eq!(preview.answer(&part).status, 206);
}

#[test]
fn a_fix_needs_the_token_of_this_run() {
    let site = site(&[
        CONFIG,
        HOME,
        ("content/no/bruk.md", "# Bruk\n\n[Hjem](Index.md)\n"),
    ]);
    let preview = Preview::of(site.path());
    let mut events = preview.events();
    let page = preview.get("/no/bruk.html").body;
    let token = page
        .split("\"token\":\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    let ask = |method: &str, path: &str, token: &str| {
        let host = format!("localhost:{}", preview.port);
        let more =
            format!("x-hjelp-token: {token}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        preview.answer(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\n{more}"
        ))
    };
    let about = || {
        serde_json::from_str::<serde_json::Value>(
            &ask("GET", "/_hjelp/about?page=/no/bruk.html", &token).body,
        )
        .unwrap()
    };
    events.until(|| about()["ready"] == true);
    let id = about()["problems"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/_hjelp/fix?id={id}");
    assert_eq!(
        ask("POST", &path, "0123456789abcdef0123456789abcdef").status,
        403
    );
    assert_eq!(ask("GET", &path, &token).status, 405);
    assert_eq!(
        ask("POST", "/_hjelp/fix?id=p0000000000000000", &token).status,
        409
    );
    assert_eq!(ask("POST", &path, &token).status, 200);
    assert!(
        fs::read_to_string(site.path().join("content/no/bruk.md"))
            .unwrap()
            .contains("[Hjem](index.md)")
    );
    events.until(|| {
        preview
            .get("/no/bruk.html")
            .body
            .contains("href=\"index.html\" data-hjelp-at")
    });
}
