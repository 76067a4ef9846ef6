//! The command line: what the program prints, on which stream, and its exit codes.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// What a run left behind.
#[derive(Debug)]
struct Run {
    code: i32,
    out: String,
    err: String,
}

fn hjelp(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// A site with these files.
fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

const CONFIG: (&str, &str) = ("hjelp.yml", "title: Hjelp\n");
const WHOLE: (&str, &str) = ("content/no/index.md", "# Velkommen\n\nHei på deg.\n");
const BROKEN: (&str, &str) = ("content/no/blå.md", "# Blå\n\nSe [her](borte.md).\n");
const ODD: (&str, &str) = ("content/no/odd.md", "---\ndate: 31.09.2023\n---\n# Odde\n");

#[test]
fn a_whole_site_is_built_and_built_again() {
    let site = site(&[CONFIG, WHOLE]);
    let run = hjelp(site.path(), &["build"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(run.out.starts_with("Built _site in "), "{run:?}");
    assert!(
        run.out
            .contains("\n  language  pages  fallbacks\n  no            1\n"),
        "{run:?}"
    );
    assert!(run.out.ends_with("\n\nNo problems\n"), "{run:?}");
    let page = fs::read_to_string(site.path().join("_site/no/index.html")).unwrap();
    assert!(page.contains("Hei på deg."));
    let hashes = hashes(&site.path().join("_site"));

    let again = hjelp(site.path(), &["build", "--strict"]);
    assert_eq!(again.code, 0);
    assert!(again.out.contains("  0 files written, "), "{again:?}");
    assert_eq!(self::hashes(&site.path().join("_site")), hashes);
}

#[test]
fn errors_are_shown_where_they_were_typed_and_the_site_is_built_all_the_same() {
    let site = site(&[CONFIG, WHOLE, BROKEN]);
    let above = site.path().parent().unwrap();
    let root = site.path().file_name().unwrap().to_str().unwrap();
    let run = hjelp(above, &["build", root]);
    assert_eq!(run.code, 1);
    assert!(run.err.starts_with("error[broken-link]: "), "{run:?}");
    assert!(
        run.err
            .contains(&format!("--> {root}/content/no/blå.md:3:10\n")),
        "{run:?}"
    );
    assert!(run.out.ends_with("\n\n1 error\n"), "{run:?}");
    assert!(site.path().join("_site/no/blå.html").is_file());
}

#[test]
fn no_check_skips_checking() {
    let site = site(&[CONFIG, WHOLE, BROKEN]);
    for (arguments, code, end) in [
        (
            &["build", "--no-check"][..],
            0,
            "\n\nThe content was not checked\n",
        ),
        (&["build"], 1, "\n\n1 error\n"),
        (
            &["build", "--shard", "2/2"],
            0,
            "\n\nThe content was not checked\n",
        ),
        (
            &["build", "--no-check"],
            0,
            "\n\nThe content was not checked\n",
        ),
    ] {
        let run = hjelp(site.path(), arguments);
        assert_eq!((run.code, run.err.is_empty()), (code, code == 0), "{run:?}");
        assert!(run.out.ends_with(end), "{run:?}");
        assert!(site.path().join("_site/no/index.html").exists(), "{run:?}");
    }
    assert_eq!(
        hjelp(site.path(), &["build", "--no-check", "--strict"]).code,
        2
    );
}

#[test]
fn warnings_fail_a_strict_build_only() {
    let site = site(&[CONFIG, WHOLE, ODD]);
    let run = hjelp(site.path(), &["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.err.starts_with("warning[") && run.out.ends_with("\n1 warning\n"),
        "{run:?}"
    );
    assert_eq!(hjelp(site.path(), &["build", "--strict"]).code, 1);
    let quiet = hjelp(site.path(), &["build", "--strict", "--quiet"]);
    assert_eq!(
        (quiet.code, quiet.out.as_str(), quiet.err.as_str()),
        (1, "", run.err.as_str())
    );
}

#[test]
fn an_unusable_configuration_builds_nothing() {
    let site = site(&[("hjelp.yml", "title: [\n"), WHOLE]);
    let run = hjelp(site.path(), &["build"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
    assert!(
        run.err.contains("--> hjelp.yml:")
            && run.err.contains("error: the configuration can't be used"),
        "{run:?}"
    );
    assert!(!site.path().join("_site").exists());
}

#[test]
fn a_configuration_can_be_elsewhere() {
    let site = site(&[
        WHOLE,
        ("elsewhere/site.yml", "title: Andre steder\noutput: ut\n"),
    ]);
    let run = hjelp(site.path(), &["build", "--config", "elsewhere/site.yml"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        fs::read_to_string(site.path().join("ut/no/index.html"))
            .unwrap()
            .contains("Andre steder")
    );
    assert_eq!(
        hjelp(site.path(), &["build", "--config", "nowhere.yml"]).code,
        2
    );
}

#[test]
fn checking_finds_the_same_and_writes_nothing() {
    let site = site(&[CONFIG, WHOLE, ODD]);
    let check = hjelp(site.path(), &["check", "--strict"]);
    assert_eq!(
        (check.code, check.out.as_str()),
        (1, "1 warning\n"),
        "{check:?}"
    );
    assert!(!site.path().join("_site").exists());
    assert_eq!(check.err, hjelp(site.path(), &["build"]).err);
}

#[test]
fn a_broken_template_takes_no_page_away() {
    let site = site(&[CONFIG, WHOLE]);
    hjelp(site.path(), &["build"]);
    fs::create_dir(site.path().join("templates")).unwrap();
    fs::write(
        site.path().join("templates/article.html"),
        "{{ page.no.such.thing.at.all }}",
    )
    .unwrap();
    let run = hjelp(site.path(), &["build"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("--> templates/article.html:1:"), "{run:?}");
    assert!(run.out.starts_with("The site is not complete"), "{run:?}");
    assert!(site.path().join("_site/no/index.html").is_file());
}

#[test]
fn errors_come_with_advice() {
    let site = site(&[CONFIG, WHOLE, ("other/mine.txt", "mine")]);
    let failure = |arguments: &[&str]| {
        let run = hjelp(site.path(), arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        run.err
    };
    let no_folder = failure(&["build", "nowhere"]);
    assert_eq!(
        no_folder,
        "error: folder not found: `nowhere`\n  help: give the folder that holds `hjelp.yml`, or run hjelp inside it\n"
    );
    assert!(failure(&["build", "-o", "."]).contains("contains the content"));
    assert!(failure(&["build", "-o", "other"]).contains("holds files that hjelp didn't write"));
    assert!(failure(&["biuld"]).contains("unrecognized subcommand"));
    assert_eq!(
        hjelp(site.path(), &["build", "-o", "other", "--force"]).code,
        0
    );
    assert_eq!(
        fs::read_to_string(site.path().join("other/mine.txt")).unwrap(),
        "mine"
    );
    assert!(failure(&["build", "other"]).contains("is a site that hjelp built"));
}

#[test]
fn it_introduces_itself() {
    let folder = site(&[]);
    let run = hjelp(folder.path(), &["--version"]);
    // The first line alone is for scripts.
    let version = format!("hjelp {}\n", env!("CARGO_PKG_VERSION"));
    assert!(
        run.code == 0 && run.out.starts_with(&version) && run.out.contains("\ntarget  "),
        "{run:?}"
    );
    assert_eq!(hjelp(folder.path(), &["-V"]).out, version);
    let run = hjelp(folder.path(), &["--help"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("build") && run.out.contains("Exit codes:"));
}

#[test]
fn shells_complete_it_and_man_describes_it() {
    let folder = site(&[]);
    let help = hjelp(folder.path(), &["--help"]).out;
    let listed = help
        .split("\n\n")
        .find(|part| part.starts_with("Commands:"));
    let commands: Vec<&str> = listed
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !["", "help"].contains(name))
        .collect();
    assert!(commands.len() > 10, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = hjelp(folder.path(), &["completions", shell]);
        assert_eq!((script.code, script.err.as_str()), (0, ""));
        for name in &commands {
            assert!(script.out.contains(name), "{shell}: {name}");
        }
        assert!(script.out.contains("max-warnings"), "{shell}");
    }
    assert_eq!(hjelp(folder.path(), &["completions", "csh"]).code, 2);
    let page = hjelp(folder.path(), &["man"]);
    assert!(
        page.code == 0 && page.out.contains(".TH hjelp 1"),
        "{page:?}"
    );
    assert_eq!(hjelp(folder.path(), &["man", "pages", "-q"]).code, 0);
    for name in commands {
        let file = folder.path().join(format!("pages/hjelp-{name}.1"));
        let page = fs::read_to_string(&file).unwrap();
        assert!(page.contains(&format!("hjelp\\-{name}")), "{name}: {page}");
    }
}

#[test]
fn a_program_that_is_compiled_from_source_needs_no_c_compiler() {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    assert!(tree.contains("\nureq v"), "{tree}");
    for line in tree.lines() {
        let name = line.split(' ').next().unwrap();
        let compiles_c = ["cc", "cmake", "bindgen"].contains(&name) || name.ends_with("-sys");
        // Bindings to what the system has, without code of their own.
        let is_system = [
            "inotify-sys",
            "windows-sys",
            "fsevent-sys",
            "js-sys",
            "linux-raw-sys",
        ];
        assert!(!compiles_c || is_system.contains(&name), "{line}");
    }
}

#[test]
fn machine_formats_go_to_standard_output_alone() {
    let site = site(&[CONFIG, WHOLE, BROKEN, ODD]);
    let above = site.path().parent().unwrap();
    let root = site.path().file_name().unwrap().to_str().unwrap();
    let say = |format: &str| {
        let run = hjelp(above, &["check", root, "--format", format]);
        assert_eq!((run.code, run.err.as_str()), (1, ""), "{run:?}");
        run.out
    };
    let json = say("json");
    assert_eq!(json.lines().count(), 2);
    assert!(json.contains(r#""file":"content/no/blå.md","line":3,"column":10,"end_line":3,"end_column":18,"target":"borte.md""#), "{json}");
    assert!(say("github").starts_with(&format!(
        "::error file={root}/content/no/blå.md,line=3,endLine=3,col=10,"
    )));
    assert!(say("sarif").contains("\"version\": \"2.1.0\""));
    assert!(say("junit").contains("<testsuites name=\"hjelp\" tests=\"2\" failures=\"1\">"));
    assert!(say("markdown").starts_with("## hjelp: 1 error, 1 warning\n"));
    assert_eq!(hjelp(site.path(), &["check", "--format", "xml"]).code, 2);
    let unusable = self::site(&[("hjelp.yml", "titel: x\n"), WHOLE]);
    let run = hjelp(unusable.path(), &["check", "--format", "json"]);
    assert!(
        run.code == 2
            && run.out.contains("\"unknown-key\"")
            && run.err.contains("the configuration can't be used"),
        "{run:?}"
    );
}

#[test]
fn so_many_warnings_and_no_more() {
    let site = site(&[CONFIG, WHOLE, ODD]);
    assert_eq!(
        hjelp(site.path(), &["check", "--max-warnings", "1"]).code,
        0
    );
    let run = hjelp(
        site.path(),
        &["check", "--max-warnings", "0", "--format", "junit"],
    );
    assert!(
        run.code == 1 && run.out.contains("failures=\"1\""),
        "{run:?}"
    );
}

#[test]
fn paths_to_check_have_to_be_in_the_site() {
    let files = [
        CONFIG,
        ("content/no/index.md", "# Hei\n\n[a](borte.md)\n"),
        ("content/no/salg/avtale.md", "# Avtale\n"),
    ];
    let site = site(&files);
    for (path, code) in [
        ("content/no/index.md", 1),
        ("./content/no", 1),
        (".", 1),
        ("content/no/salg", 0),
        ("content/no/index", 2),
        ("no/index.md", 2),
        ("/content/no/index.md", 2),
    ] {
        let run = hjelp(site.path(), &["check", ".", path]);
        assert_eq!(run.code, code, "{path}: {run:?}");
        if code == 2 {
            let error = format!("error: file or folder not found in the site: `{path}`\n");
            assert!(run.err.starts_with(&error), "{run:?}");
        }
    }
}

#[test]
fn every_code_is_explained() {
    let folder = site(&[]);
    let run = hjelp(folder.path(), &["explain", "broken-link"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(
        run.out
            .starts_with("broken-link (error)\n\nA link points to")
            && run.out.contains("\nHow to fix it\n"),
        "{run:?}"
    );
    let run = hjelp(folder.path(), &["explain", "broken-links"]);
    assert_eq!(
        (run.code, run.err.as_str()),
        (
            2,
            "error: unknown code `broken-links`\n  help: did you mean `broken-link`?\n"
        )
    );
    assert!(
        hjelp(folder.path(), &["explain"])
            .out
            .contains("\noutput-collision ")
    );
}

#[test]
fn safe_fixes_are_applied_and_unsafe_ones_on_request() {
    let text = "\u{feff}# Hei\r\n\r\n[a](mål.html#Hei) [b](mål.md#HEI)\r\n\r\n> [!include[x](rett.md)] [c](bilde.png)\r\n";
    let files = [
        CONFIG,
        ("content/no/index.md", text),
        ("content/no/mål.md", "# Hei\n"),
        ("content/no/sub/rett.md", "rett\n"),
    ];
    let site = site(&files);
    let page = site.path().join("content/no/index.md");
    let diff = hjelp(site.path(), &["check", "--diff"]);
    assert!(
        diff.out
            .starts_with("--- a/content/no/index.md\n+++ b/content/no/index.md\n@@ -1,5 +1,5 @@\n"),
        "{diff:?}"
    );
    assert!(
        diff.code == 1 && diff.out.contains("\n+[a](mål.md#Hei) [b](mål.md#hei)\r\n"),
        "{diff:?}"
    );
    assert_eq!(fs::read_to_string(&page).unwrap(), text);

    let run = hjelp(site.path(), &["check", "--fix"]);
    let safe = text
        .replace("mål.html#Hei", "mål.md#hei")
        .replace("#HEI", "#hei");
    assert_eq!(fs::read_to_string(&page).unwrap(), safe);
    // The anchor behind the mended path is a problem of its own, found in a second round.
    assert!(
        run.code == 1 && run.out.starts_with("3 problems fixed in 1 file\n"),
        "{run:?}"
    );
    let again = hjelp(site.path(), &["check", "--fix"]);
    assert!(
        again.out.starts_with("0 problems fixed in 0 files\n"),
        "{again:?}"
    );

    assert!(
        hjelp(site.path(), &["check", "--diff", "--unsafe"])
            .out
            .contains("+> [!include[x](sub/rett.md)]")
    );
    hjelp(site.path(), &["check", "--fix", "--unsafe"]);
    assert_eq!(
        fs::read_to_string(&page).unwrap(),
        safe.replace("(rett.md)", "(sub/rett.md)")
    );
    assert_eq!(hjelp(site.path(), &["check", "--unsafe"]).code, 2);
}

#[test]
fn known_problems_are_not_reported_again() {
    let site = site(&[CONFIG, WHOLE, BROKEN]);
    let update = hjelp(site.path(), &["check", "--update-baseline"]);
    assert_eq!(
        (update.code, update.out.as_str()),
        (
            0,
            "1 problem written to the baseline .hjelp-baseline\nNo new problems (1 known)\n"
        ),
        "{update:?}"
    );
    fs::write(
        site.path().join("content/no/blå.md"),
        "# Blå\n\nNytt.\n\nSe [her](borte.md) og [der](vekk.md).\n",
    )
    .unwrap();
    let run = hjelp(site.path(), &["check"]);
    assert!(
        run.code == 1
            && run.err.contains("vekk.md")
            && !run.err.contains("not found: `content/no/borte.md`"),
        "{run:?}"
    );
    fs::write(site.path().join("content/no/blå.md"), "# Blå\n").unwrap();
    let run = hjelp(site.path(), &["check", "--strict"]);
    assert!(
        run.code == 0 && run.err.contains("note[stale-baseline]") && run.out == "1 note\n",
        "{run:?}"
    );
    fs::write(site.path().join(".hjelp-baseline"), "what\n").unwrap();
    let run = hjelp(site.path(), &["check"]);
    assert!(
        run.code == 2 && run.err.contains("invalid line 1"),
        "{run:?}"
    );
    assert_eq!(
        hjelp(site.path(), &["check", "--baseline", "nowhere"]).code,
        2
    );
}

#[test]
fn since_reports_only_what_a_change_broke() {
    let site = site(&[
        CONFIG,
        WHOLE,
        BROKEN,
        ("content/no/a.md", "# A\n\n[b](b.md)\n"),
        ("content/no/b.md", "# B\n"),
    ]);
    let run = hjelp(site.path(), &["check", "--since", "HEAD"]);
    assert!(
        run.code == 2 && run.err.contains("is not in a Git repository\n  help: "),
        "{run:?}"
    );
    let git = |arguments: &[&str]| {
        let identity = [
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b.example",
            "-c",
            "commit.gpgsign=false",
        ];
        let output = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(site.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "first"]);
    let run = hjelp(site.path(), &["check", "--since", "HEAD"]);
    assert_eq!(
        (run.code, run.out.as_str()),
        (0, "No new problems (1 known)\n"),
        "{run:?}"
    );
    fs::remove_file(site.path().join("content/no/b.md")).unwrap();
    let run = hjelp(
        site.path(),
        &["check", "--since", "HEAD", "--format", "json"],
    );
    assert!(
        run.code == 1
            && run.out.lines().count() == 2
            && run.out.contains(r#""code":"address-lost""#)
            && run.out.contains(r#""file":"content/no/a.md""#),
        "{run:?}"
    );
    let run = hjelp(site.path(), &["check", "--since", "nowhere"]);
    assert!(
        run.code == 2
            && run
                .err
                .starts_with("error: unknown revision `nowhere`\n  help: "),
        "{run:?}"
    );
    assert_eq!(hjelp(site.path(), &["check", "--since=--help"]).code, 2);
}

#[test]
fn links_follow_files_to_where_history_moved_them() {
    let text: String = (0..30)
        .map(|line| format!("Linje {line} om oppgaver.\n\n"))
        .collect();
    let page = "# A\n\n[a](gammel.md#x) ![b](slettet.png)\n\n[c]: <gammel.md> 'T'\n\n[c]\n";
    let site = site(&[
        CONFIG,
        WHOLE,
        ("content/no/a.md", page),
        ("content/no/gammel.md", &text),
        ("content/no/slettet.png", "x"),
    ]);
    let git = |arguments: &[&str]| {
        let identity = [
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b.example",
            "-c",
            "commit.gpgsign=false",
        ];
        let output = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(site.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "first"]);
    fs::create_dir(site.path().join("content/no/nytt")).unwrap();
    fs::rename(
        site.path().join("content/no/gammel.md"),
        site.path().join("content/no/nytt/helt-annet.md"),
    )
    .unwrap();
    fs::remove_file(site.path().join("content/no/slettet.png")).unwrap();
    git(&["add", "-A", "."]);
    git(&["commit", "--quiet", "-m", "second"]);
    let commit = git(&["rev-parse", "--short", "HEAD"]);
    let run = hjelp(site.path(), &["check"]);
    for help in [
        format!(
            "help: It was moved to `nytt/helt-annet.md#x` in commit {}.\n",
            commit.trim()
        ),
        format!("help: It was removed in commit {}.\n", commit.trim()),
    ] {
        assert!(run.err.contains(&help), "{run:?}");
    }
    hjelp(site.path(), &["check", "--fix"]);
    assert_eq!(
        fs::read_to_string(site.path().join("content/no/a.md")).unwrap(),
        page
    );
    for _ in 0..2 {
        hjelp(site.path(), &["check", "--fix", "--unsafe"]);
        assert_eq!(
            fs::read_to_string(site.path().join("content/no/a.md")).unwrap(),
            page.replace("gammel.md", "nytt/helt-annet.md")
        );
    }
}

const EN: (&str, &str) = (
    "content/en/index.md",
    "---\nuid: help-en-home\n---\n# Home\n\n![dot](dot.png) [Norwegian](../no/only.md)\n",
);
const NO: (&str, &str) = (
    "content/no/only.md",
    "---\nuid: help-no-only\n---\n# Bare her\n\n[Hjem](index.md)\n",
);

#[test]
fn ids_for_programs_are_listed_and_checked() {
    let site = site(&[
        CONFIG,
        WHOLE,
        EN,
        NO,
        ("content/en/dot.png", ""),
        ("ids.txt", "help-home # start\n\nhelp-no-only\n"),
    ]);
    let json = hjelp(site.path(), &["helpmap"]);
    assert!(
        json.code == 0 && json.out.contains("\"help-only\": {"),
        "{json:?}"
    );
    let ts = hjelp(site.path(), &["helpmap", "--format", "ts"]);
    assert!(
        ts.out
            .contains("  /** Home */\n  helpHome: \"help-home\",\n"),
        "{ts:?}"
    );
    let cs = hjelp(site.path(), &["helpmap", "--format", "cs"]);
    assert!(
        cs.out
            .contains("    public const string HelpOnly = \"help-only\";\n"),
        "{cs:?}"
    );
    let good = hjelp(site.path(), &["helpmap", "check", "ids.txt"]);
    assert_eq!((good.code, good.err.as_str()), (0, ""));
    fs::write(site.path().join("ids.txt"), "help-home\nhelp-onyl\n").unwrap();
    let bad = hjelp(site.path(), &["helpmap", "check", "ids.txt"]);
    assert_eq!(
        (bad.code, bad.err.as_str()),
        (
            1,
            "ids.txt:2: no page has the id `help-onyl`; did you mean `help-only`?\n"
        )
    );
    assert_eq!(
        hjelp(site.path(), &["helpmap", "check", "nothing.txt"]).code,
        2
    );
}

#[test]
fn a_folder_for_each_language_opens_from_disk() {
    let site = site(&[
        CONFIG,
        WHOLE,
        EN,
        NO,
        ("content/en/dot.png", "dot"),
        ("content/en/unused.png", "x"),
    ]);
    let run = hjelp(site.path(), &["build", "--offline"]);
    assert!(run.code == 0 && run.out.ends_with(" notes\n"), "{run:?}");
    let out = site.path().join("_site-offline");
    let has = |path: &str| out.join(path).is_file();
    for path in [
        "en/index.html",
        "en/en/index.html",
        "en/en/dot.png",
        "en/en/a-z.html",
        "en/hjelp-assets/search/en/start.js",
        "no/index.html",
    ] {
        assert!(has(path), "{path}");
    }
    for path in [
        "en/en/unused.png",
        "en/no/index.html",
        "en/hjelp-assets/search/no/start.js",
        "en/404.html",
        "no/robots.txt",
        "no/llms.txt",
    ] {
        assert!(!has(path), "{path}");
    }
    let page = fs::read_to_string(out.join("en/en/index.html")).unwrap();
    assert!(
        page.contains("<a class=\"brand\" href=\"index.html\""),
        "{page}"
    );
    let archives = ["en.zip", "no.zip"].map(|name| fs::read(out.join(name)).unwrap());
    assert!(
        archives
            .iter()
            .all(|archive| archive.starts_with(b"PK\x03\x04"))
    );

    // With an address of its own, what is not in the folder is there.
    fs::write(
        site.path().join("hjelp.yml"),
        "title: Hjelp\nbase-url: https://help.example/\n",
    )
    .unwrap();
    let again = hjelp(site.path(), &["build", "--offline"]);
    assert_eq!(again.code, 0, "{again:?}");
    let page = fs::read_to_string(out.join("en/en/index.html")).unwrap();
    assert!(
        page.contains("<a href=\"https://help.example/no/index.html\" hreflang=\"nb\""),
        "{page}"
    );
    let third = hjelp(site.path(), &["build", "--offline"]);
    assert!(third.out.contains("\n0 files written, "), "{third:?}");
}

#[test]
fn translations_are_listed_with_what_they_lack() {
    let two = ("hjelp.yml", "locales: [en, 'no']\ndefault-locale: en\n");
    let page = |words: &str| format!("# {words}\n\nSome words.\n");
    let (one, other) = (page("One"), page("En"));
    let site = site(&[
        two,
        ("content/en/a.md", &one),
        ("content/en/b/c.md", &one),
        ("content/no/a.md", &other),
    ]);
    let run = hjelp(site.path(), &["translation", "status"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(
        run.out
            .lines()
            .nth(1)
            .is_some_and(|line| line.starts_with("no ") && line.contains("50 %")),
        "{run:?}"
    );
    let above = site.path().parent().unwrap();
    let root = site.path().file_name().unwrap().to_str().unwrap();
    let part = hjelp(
        above,
        &[
            "translation",
            "status",
            root,
            &format!("{root}/content/en/b"),
            "--format",
            "json",
        ],
    );
    assert!(
        part.out.contains("\"b/c.md\"") && !part.out.contains("\"a.md\""),
        "{part:?}"
    );
    let nothing = hjelp(site.path(), &["translation", "status", "content/en/d.md"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (2, ""), "{nothing:?}");
    assert_eq!(
        hjelp(
            site.path(),
            &["translation", "status", "--fail-under", "51"]
        )
        .code,
        1
    );
    assert_eq!(
        hjelp(
            site.path(),
            &["translation", "status", "--fail-under", "50"]
        )
        .code,
        0
    );
}

#[test]
fn texts_go_to_translators_and_come_back() {
    let two = ("hjelp.yml", "locales: [en, 'no', de]\ndefault-locale: en\n");
    let site = site(&[
        two,
        ("content/en/a.md", "# One\n\nPress **Save**.\n"),
        ("content/no/a.md", "# En\n\nTrykk **Lagre**.\n"),
    ]);
    let export = hjelp(
        site.path(),
        &[
            "translation",
            "export",
            "-o",
            "out.xlf",
            "--tmx",
            "memory.tmx",
        ],
    );
    assert_eq!((export.code, export.err.as_str()), (0, ""), "{export:?}");
    assert!(
        export
            .out
            .contains("Wrote out.no.xlf: 2 texts of 1 file, 2 of them translated\n"),
        "{export:?}"
    );
    assert!(site.path().join("memory.de.tmx").is_file());
    let [no, de] = ["out.no.xlf", "out.de.xlf"]
        .map(|name| fs::read_to_string(site.path().join(name)).unwrap());
    fs::write(
        site.path().join("out.no.xlf"),
        no.replace("Lagre", "Arkiver")
            .replace("<target>En</target>", "<target>En<ph id=\"1\"/></target>"),
    )
    .unwrap();
    let translated = de.replace(
        "</source>\n</segment>",
        "</source>\n<target>Eins</target></segment>",
    );
    let translated = translated.replacen(
        "<target>Eins</target></segment>",
        "<target>Eins *</target></segment>",
        1,
    );
    fs::write(site.path().join("out.de.xlf"), translated).unwrap();
    let dry = hjelp(
        site.path(),
        &["translation", "import", "--dry-run", "out.no.xlf"],
    );
    assert_eq!(
        (dry.code, dry.out.as_str()),
        (1, "Would import 1 translation into 1 file, 1 rejected\n"),
        "{dry:?}"
    );
    let import = hjelp(
        site.path(),
        &["translation", "import", "out.no.xlf", "out.de.xlf"],
    );
    assert_eq!(import.code, 1, "{import:?}");
    assert!(
        import
            .err
            .contains("content/no/a.md: “One”: it has a code 1 that the original doesn't have"),
        "{import:?}"
    );
    // One of the two texts of the German page has lost its code, so there is no page yet.
    assert!(
        import.err.contains("“Press Save.”: it has lost `**…**`")
            && import.err.contains("content/de/a.md: 1 of 2 texts"),
        "{import:?}"
    );
    assert_eq!(
        fs::read_to_string(site.path().join("content/no/a.md")).unwrap(),
        "# En\n\nTrykk **Arkiver**.\n"
    );
    assert!(!site.path().join("content/de").exists());
    for (text, part) in [
        (
            "<!DOCTYPE x [<!ENTITY a \"b\">]><xliff version=\"2.1\"/>",
            "document type definition",
        ),
        (
            "<xliff version=\"2.1\" srcLang=\"en\" trgLang=\"sv\"/>",
            "no translation into `sv`",
        ),
        (
            "<xliff version=\"2.1\" srcLang=\"en\" trgLang=\"nb\"><file original=\"x.md\"/></xliff>",
            "another site",
        ),
        ("# One", "not well-formed XML"),
    ] {
        fs::write(site.path().join("bad.xlf"), text).unwrap();
        let bad = hjelp(site.path(), &["translation", "import", "bad.xlf"]);
        assert!(
            bad.code == 2 && bad.err.contains(part) && bad.err.contains("nothing was changed"),
            "{bad:?}"
        );
        // Nor does the usable file in front of it change anything.
        let page = site.path().join("content/no/a.md");
        fs::write(&page, "# En\n\nTrykk **Lagre**.\n").unwrap();
        let both = hjelp(
            site.path(),
            &["translation", "import", "out.no.xlf", "bad.xlf"],
        );
        assert_eq!((both.code, both.out.as_str()), (2, ""), "{both:?}");
        assert_eq!(
            fs::read_to_string(&page).unwrap(),
            "# En\n\nTrykk **Lagre**.\n"
        );
    }
}

#[test]
fn what_translators_sent_is_not_asked_for_again_until_the_original_changes() {
    let two = ("hjelp.yml", "locales: [en, 'no']\ndefault-locale: en\n");
    let site = site(&[
        two,
        ("content/en/a.md", "# One\n\nPress.\n\n## Two\n\nMore.\n"),
        ("content/no/b.md", "# B\n"),
    ]);
    let stale = |expected: &str| {
        let export = hjelp(site.path(), &["translation", "export", "--stale"]);
        assert_eq!(
            (export.code, export.out.as_str()),
            (0, format!("Wrote translation.xlf: {expected}\n").as_str()),
            "{export:?}"
        );
    };
    let import = || {
        let text = fs::read_to_string(site.path().join("translation.xlf")).unwrap();
        let mut out = String::new();
        for unit in text.split_inclusive("</segment>") {
            let rest = unit
                .split("<source>")
                .nth(1)
                .and_then(|rest| rest.split("</source>").next());
            let cut = unit
                .find("<target>")
                .or(unit.find("</segment>"))
                .unwrap_or(unit.len());
            let end = if unit.ends_with("</segment>") {
                "</segment>"
            } else {
                ""
            };
            out.push_str(&unit[..cut]);
            out.push_str(&rest.map_or(String::new(), |words| {
                format!("<target>Norsk {words}</target>")
            }));
            out.push_str(end);
        }
        fs::write(site.path().join("translation.xlf"), out).unwrap();
        hjelp(site.path(), &["translation", "import", "translation.xlf"])
    };
    stale("4 texts of 1 file, 0 of them translated");
    assert_eq!(
        import().out,
        "Imported 4 translations into 1 file (1 new)\n"
    );
    assert_eq!(
        fs::read_to_string(site.path().join("content/no/a.md")).unwrap(),
        "# Norsk One\n\nNorsk Press.\n\n## Norsk Two\n\nNorsk More.\n"
    );
    assert!(site.path().join("translations/no.lock").is_file());
    stale("0 texts of 0 files, 0 of them translated");
    fs::write(
        site.path().join("content/en/a.md"),
        "# One\n\nPress.\n\n## Two\n\nMuch more.\n",
    )
    .unwrap();
    stale("1 text of 1 file, 0 of them translated");
    assert_eq!(import().out, "Imported 1 translation into 1 file\n");
    stale("0 texts of 0 files, 0 of them translated");
}

#[test]
fn pseudo_languages_are_built_when_asked_for_and_go_again() {
    let site = site(&[
        CONFIG,
        WHOLE,
        ("content/no/index.md", "# Hjem\n"),
        ("content/en/index.md", "# Home\n"),
    ]);
    let pages =
        ["en-xa/index.html", "en-xb/index.html"].map(|path| site.path().join("_site").join(path));
    for (arguments, are_there) in [
        (&["build", "--pseudo"][..], true),
        (&["build"], false),
        (&["build", "--pseudo"], true),
    ] {
        let built = hjelp(site.path(), arguments);
        assert_eq!(built.code, 0, "{built:?}");
        assert!(
            pages.iter().all(|page| page.is_file() == are_there),
            "{arguments:?} {built:?}"
        );
    }
    let mirrored = fs::read_to_string(&pages[1]).unwrap();
    assert!(
        mirrored.contains("dir=\"rtl\"") && mirrored.contains("noindex"),
        "{mirrored}"
    );
}

#[test]
fn a_new_page_is_made_and_entered_and_nothing_is_overwritten() {
    let site = site(&[
        CONFIG,
        WHOLE,
        ("content/no/toc.yml", "- name: Hjem\n  href: index.md\n"),
        ("content/en/index.md", "# Home\n"),
    ]);
    let shown = hjelp(
        site.path(),
        &["new", "ny", "--title", "Ny side", "--to", "no", "--diff"],
    );
    assert_eq!((shown.code, shown.err.as_str()), (0, ""), "{shown:?}");
    assert!(
        shown.out.contains("# Ny side") && shown.out.contains("+- name: Ny side"),
        "{shown:?}"
    );
    assert!(!site.path().join("content/no/ny.md").exists());
    let made = hjelp(
        site.path(),
        &["new", "ny", "--title", "Ny side", "--all-languages"],
    );
    assert_eq!(made.code, 0, "{made:?}");
    assert_eq!(
        fs::read_to_string(site.path().join("content/no/ny.md")).unwrap(),
        "# Ny side\n"
    );
    let toc = fs::read_to_string(site.path().join("content/no/toc.yml")).unwrap();
    assert_eq!(
        toc,
        "- name: Hjem\n  href: index.md\n- name: Ny side\n  href: ny.md\n"
    );
    assert!(site.path().join("content/en/ny.md").exists());
    let again = hjelp(site.path(), &["new", "ny", "--title", "Ny side"]);
    assert_eq!(again.code, 2);
    assert!(
        again
            .err
            .contains("there is a file `content/en/ny.md` already"),
        "{again:?}"
    );
    let nowhere = hjelp(site.path(), &["new", "x", "--title", "X", "--to", "fr"]);
    assert!(
        nowhere.err.contains("language folder not found: `fr`"),
        "{nowhere:?}"
    );
}

/// The content hash and the path of each file, according to the state of the output folder.
fn hashes(out: &Path) -> Vec<(String, String)> {
    let state = fs::read_to_string(out.join(".hjelp-state")).unwrap();
    let records = state.lines().skip(2).filter(|line| !line.starts_with("= "));
    let fields = records.map(|line| line.splitn(4, ' ').map(str::to_owned).collect::<Vec<_>>());
    fields
        .map(|fields| (fields[0].clone(), fields[3].clone()))
        .collect()
}

#[test]
fn hidden_files_that_a_pattern_names_are_published() {
    let docfx = r#"{"build": {
        "content": ["*.md", ".sider/*.md", {"files": "**/*.md", "src": ".kilder"}],
        "resource": [".nojekyll", ".well-known/**", ".attachments/**", {"files": "**/*.svg", "dot": true}],
        "dest": "_site"
    }}"#;
    let site = site(&[
        ("docfx.json", docfx),
        (
            "index.md",
            "# Hjem\n\n![Kart](.attachments/kart.png) [Side](.sider/p.md) ![Bilde](.img/b.svg)\n",
        ),
        (".sider/p.md", "# Side\n"),
        (".kilder/k.md", "# Kilde\n"),
        (".nojekyll", ""),
        (
            ".well-known/security.txt",
            "Contact: mailto:a@example.com\n",
        ),
        (".attachments/kart.png", "x"),
        (".img/b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        // Nothing names these.
        (".hemmelig/nokkel.md", "# Nei\n"),
        (".env", "PASSORD=1\n"),
        (".git/a.svg", "<svg/>"),
        ("node_modules/pakke/b.svg", "<svg/>"),
    ]);
    let run = hjelp(site.path(), &["build", "--strict"]);
    assert_eq!(run.code, 0, "{run:?}");
    let built = site.path().join("_site");
    for file in [
        ".nojekyll",
        ".well-known/security.txt",
        ".attachments/kart.png",
        ".img/b.svg",
        ".sider/p.html",
        "k.html",
    ] {
        assert!(built.join(file).is_file(), "{file}");
    }
    for file in [".env", ".hemmelig", ".git", "node_modules"] {
        assert!(!built.join(file).exists(), "{file}");
    }
}

#[test]
fn changes_of_structure_are_shown_and_made() {
    let site = site(&[
        CONFIG,
        (
            "content/no/index.md",
            "# Start\n\n[Send](a.md#send) [borte](mangler.md)\n",
        ),
        ("content/no/a.md", "# A\n\n## Send\n\n[borte](mangler.md)\n"),
        ("content/no/b.md", "# B\n"),
    ]);
    let root = site.path();
    hjelp(root, &["check", "--update-baseline"]);
    let rename = ["rename", "--heading", "content/no/a.md#send", "Motta"];

    let shown = hjelp(root, &[&rename[..], &["--dry-run"]].concat());
    assert_eq!(shown.code, 0, "{shown:?}");
    assert!(
        shown.out.contains("+## Motta<a id=\"send\"></a>\n"),
        "{shown:?}"
    );
    assert!(
        shown.out.contains("\nLeft to do: content/no/index.md:3: "),
        "{shown:?}"
    );
    let made = hjelp(
        root,
        &[&rename[..], &["--texts", "--format", "json"]].concat(),
    );
    let plan: serde_json::Value = serde_json::from_str(&made.out).unwrap();
    assert_eq!(plan["applied"], true);
    assert_eq!(plan["references"], 1);
    assert_eq!(plan["changes"][0]["file"], "content/no/a.md");
    assert_eq!(plan["changes"][0]["edits"][0]["line"], 3);
    let start = fs::read_to_string(root.join("content/no/index.md")).unwrap();
    assert_eq!(
        start,
        "# Start\n\n[Motta](a.md#motta) [borte](mangler.md)\n"
    );

    // Known problems are still known in a file that has moved.
    let moved = hjelp(
        root,
        &["rename", "--file", "content/no/a.md", "content/no/c d.md"],
    );
    assert_eq!(moved.code, 0, "{moved:?}");
    let checked = hjelp(root, &["check"]);
    assert_eq!((checked.code, checked.err.as_str()), (0, ""), "{checked:?}");

    let refused = hjelp(root, &["retire", "content/no/c d.md"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("content/no/index.md:3: [Motta]"),
        "{refused:?}"
    );
    let retired = hjelp(
        root,
        &["retire", "content/no/c d.md", "--to", "content/no/b.md"],
    );
    assert!(
        retired.out.starts_with("Deleted content/no/c d.md\n"),
        "{retired:?}"
    );
    let page = fs::read_to_string(root.join("content/no/b.md")).unwrap();
    assert_eq!(page, "---\nredirect_from: [a.md, c d.md]\n---\n\n# B\n");
    assert!(!root.join("content/no/c d.md").exists());
}
