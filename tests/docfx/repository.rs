//! Docsets that are part of a repository: what lies around the folder of `docfx.json` is read as DocFX reads it, and nothing else is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A folder with these files; `.git` and a path that ends with `/` are folders.
pub fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let file = folder.path().join(path);
        if path.ends_with('/') {
            fs::create_dir_all(file).unwrap();
            continue;
        }
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

/// The problems that `hjelp check` finds, as `file:line code: message`.
pub fn problems(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
        .arg("check")
        .args(arguments)
        .args(["--format", "json"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let mut problems = Vec::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let problem: serde_json::Value = serde_json::from_str(line).unwrap();
        if problem["code"].is_string() {
            let [file, code, message] =
                ["file", "code", "message"].map(|key| problem[key].as_str());
            let (file, code, message) = (file.unwrap(), code.unwrap(), message.unwrap());
            problems.push(format!("{file}:{} {code}: {message}", problem["line"]));
        }
    }
    problems
}

/// The files of a site that `hjelp build` makes, and what it says.
pub fn build(folder: &Path, arguments: &[&str]) -> (BTreeMap<String, String>, String) {
    let out = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
        .arg("build")
        .args(arguments)
        .arg("--out")
        .arg(out.path().join("site"))
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(out.path().join("site"))
        .into_iter()
        .flatten()
    {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(out.path().join("site")).unwrap();
            let bytes = fs::read(entry.path()).unwrap();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            files.insert(path.to_str().unwrap().to_owned(), text);
        }
    }
    (files, told)
}

const DOCFX: &str = r#"{"build": {"content": ["**/*.md", "**/toc.yml"], "resource": ["**/*.svg"], "dest": "_site"}}"#;

const CODE: &str = "class Ordre {\n    // <sum>\n    int Sum;\n    // </sum>\n}\n";

#[test]
fn a_docset_reads_what_is_around_it_in_its_repository() {
    let folder = tree(&[
        (".git/", ""),
        ("docs/docfx.json", DOCFX),
        (
            "docs/guide/index.md",
            "# Veiledning\n\n[!code-csharp[](../../src/Ordre.cs#sum)]\n\n\
             :::code language=\"csharp\" source=\"~/../src/Ordre.cs\" id=\"sum\":::\n\n\
             [!include[x](../../felles/merknad.md)]\n\nTekst [!include[x](~/../felles/kort.md)].\n",
        ),
        ("src/Ordre.cs", CODE),
        // A path in a file around the site is one as seen from there, and leads back into the site as well.
        (
            "felles/merknad.md",
            "Merk dette, og se [veiledningen](../docs/guide/index.md) og [!include[y](kort.md)].\n\n![b](../docs/b.svg)\n",
        ),
        ("felles/kort.md", "kort"),
        (
            "docs/b.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>",
        ),
    ]);
    assert_eq!(problems(folder.path(), &["docs"]), Vec::<String>::new());
    let (files, _) = build(folder.path(), &["docs"]);
    let page = &files["guide/index.html"];
    assert_eq!(page.matches(">Sum<").count(), 2, "{page}");
    assert!(
        page.contains("Merk dette, og se <a href=\"index.html\">veiledningen</a> og kort."),
        "{page}"
    );
    assert!(page.contains("Tekst kort."), "{page}");
    assert!(page.contains("src=\"../b.svg\""), "{page}");
    assert!(
        files.keys().all(|path| !path.contains("felles")),
        "{files:?}"
    );
}

#[test]
fn the_file_of_the_publishing_service_or_a_named_root_marks_a_repository_as_well() {
    let page = "# Side\n\n[!code[](../src/Ordre.cs)]\n";
    for mark in [".openpublishing.publish.config.json", "docs/hjelp.yml"] {
        let text = match mark {
            "docs/hjelp.yml" => "docfx: docfx.json\nroot: ..\n",
            _ => "{}",
        };
        let folder = tree(&[
            (mark, text),
            ("docs/docfx.json", DOCFX),
            ("docs/index.md", page),
            ("src/Ordre.cs", CODE),
        ]);
        assert_eq!(
            problems(folder.path(), &["docs"]),
            Vec::<String>::new(),
            "{mark}"
        );
    }
    let folder = tree(&[
        ("docs/docfx.json", DOCFX),
        ("docs/index.md", page),
        ("src/Ordre.cs", CODE),
    ]);
    assert_eq!(
        problems(folder.path(), &["docs"]),
        ["index.md:3 broken-include: included file is outside the site: `../src/Ordre.cs`"]
    );
}

#[test]
fn a_file_that_is_missing_around_the_site_is_missing_and_one_that_is_there_is_not_published() {
    let folder = tree(&[
        (".git/", ""),
        ("docs/docfx.json", DOCFX),
        (
            "docs/index.md",
            "# Side\n\n[!code[](../src/Borte.cs)]\n\n[lisens](../LISENS.md)\n\n![b](../bilder/b.svg)\n",
        ),
        ("LISENS.md", "# Lisens"),
        ("bilder/b.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ]);
    assert_eq!(
        problems(folder.path(), &["docs"]),
        [
            "index.md:3 broken-include: included file not found: `../src/Borte.cs`",
            "index.md:5 broken-link: link target is not published: `../LISENS.md`",
            "index.md:7 missing-image: image is not published: `../bilder/b.svg`",
        ]
    );
}

#[test]
fn folders_around_the_site_are_published_where_docfx_json_names_them() {
    let folder = tree(&[
        (".git/", ""),
        (
            "docs/docfx.json",
            r#"{"build": {"content": [{"files": "*.md"}, {"files": "**/*.md", "src": "../eksempler", "dest": "eksempler"}, {"files": "docs/del/*.md", "src": ".."}],
                "resource": [{"files": "**/*.svg", "src": "../bilder", "dest": "bilder"}], "dest": "../ut"}}"#,
        ),
        (
            "docs/index.md",
            "# Side\n\n[e](../eksempler/en.md) ![b](../bilder/b.svg)\n",
        ),
        ("docs/del/to.md", "# To\n\n[hjem](../index.md)\n"),
        (
            "eksempler/en.md",
            "# En\n\n[hjem](../docs/index.md)\n\n[!include[x](deler/x.txt.md)]\n",
        ),
        ("eksempler/deler/x.txt.md", "del"),
        ("eksempler/node_modules/x/README.md", "# Fremmed"),
        ("eksempler/.skjult/README.md", "# Skjult"),
        (
            "bilder/b.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>",
        ),
    ]);
    let (files, told) = build(folder.path(), &["docs"]);
    assert!(!told.contains("error"), "{told}");
    assert!(files["index.html"].contains("href=\"eksempler/en.html\""));
    assert!(files["index.html"].contains("src=\"bilder/b.svg\""));
    assert!(files["eksempler/en.html"].contains("href=\"../index.html\""));
    assert!(files.contains_key("docs/del/to.html"), "{:?}", files.keys());
    let foreign = |path: &String| path.contains("node_modules") || path.contains("skjult");
    assert!(!files.keys().any(foreign));
    // Without `--out`, the site is written where DocFX writes it.
    let status = Command::new(env!("CARGO_BIN_EXE_hjelp"))
        .args(["build", "docs"])
        .current_dir(folder.path())
        .status()
        .unwrap();
    assert!(status.success() && folder.path().join("ut/index.html").is_file());
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_the_repository_is_read_and_nothing_of_git() {
    use std::os::unix::fs::symlink;
    let folder = tree(&[
        ("hemmelig.txt", "HEMMELIG"),
        ("hemmelig/x.md", "HEMMELIG"),
        ("r/.git/config", "HEMMELIG"),
        (
            "r/docs/docfx.json",
            r#"{"build": {"content": [{"files": "**/*.md"}, {"files": "**", "src": "../../hemmelig"}, {"files": "**/*.md", "src": "../lenke"}],
                "resource": [{"files": "**", "src": "../.git"}, {"files": "**", "src": ".."}]}}"#,
        ),
        (
            "r/docs/index.md",
            "# Side\n\n[!code[](../../hemmelig.txt)]\n\n[!code[](../.git/config)]\n\n[!code[](../ut.txt)]\n\n\
             [!include[x](../lenke/x.md)]\n\n[!code[](~/../../hemmelig.txt)]\n\n![x](../../hemmelig.txt)\n",
        ),
        ("r/src/a.txt", "åpen"),
    ]);
    let at = |path: &str| folder.path().join(path);
    symlink(at("hemmelig.txt"), at("r/ut.txt")).unwrap();
    symlink(at("hemmelig"), at("r/lenke")).unwrap();
    symlink(at("r/.git/config"), at("r/src/config.txt")).unwrap();
    let (files, told) = build(folder.path(), &["r/docs"]);
    assert!(files.contains_key("src/a.txt"), "{told}");
    for (path, text) in &files {
        assert!(!text.contains("HEMMELIG"), "{path}");
    }
    assert!(!told.contains("HEMMELIG"));
}

#[test]
fn fixes_change_nothing_around_the_site() {
    let folder = tree(&[
        (".git/", ""),
        ("docs/docfx.json", DOCFX),
        ("docs/index.md", "# Side\n\n[!include[x](../felles/x.md)]\n"),
        ("docs/Annen.md", "# Annen\n"),
        ("felles/x.md", "[a](../docs/annen.md)\n"),
    ]);
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_hjelp"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    run(&["check", "docs", "--fix", "--unsafe"]);
    let text = fs::read_to_string(folder.path().join("felles/x.md")).unwrap();
    assert_eq!(text, "[a](../docs/annen.md)\n");
}

#[test]
fn redirections_of_the_publishing_service_lead_on_and_are_no_broken_links() {
    let folder = tree(&[
        (
            ".openpublishing.publish.config.json",
            r#"{"docsets_to_publish": [{"build_source_folder": "docs"}], "redirection_files": ["flere.json", "../ute.json"]}"#,
        ),
        (
            ".openpublishing.redirection.json",
            r#"{"redirections": [
                {"source_path": "docs/gammel.md", "redirect_url": "/hjelp/ny", "redirect_document_id": true},
                {"source_path_from_root": "/docs/borte.md", "redirect_url": "/hjelp/ny#del"},
                {"source_path": "docs/ute.md", "redirect_url": "/previous-versions/ute"},
                {"source_path": "docs/ny.md", "redirect_url": "/annet"},
                {"source_path": "src/kode.md", "redirect_url": "/annet"}]}"#,
        ),
        (
            "flere.json",
            r#"{"redirections": {"docs/del/kort.md": "../ny"}}"#,
        ),
        (
            "docs/.openpublishing.redirection.egne.json",
            r#"{"redirections": [{"source_path": "egen.md", "redirect_url": "ny"}]}"#,
        ),
        ("docs/docfx.json", DOCFX),
        (
            "docs/index.md",
            "# Start\n\n[a](gammel.md) [b](borte.md) [c](ute.md) [d](del/kort.md) [e](egen.md) [f](finnes-ikke.md)\n",
        ),
        ("docs/ny.md", "# Ny\n\n## Del\n"),
        (
            "docs/toc.yml",
            "- href: index.md\n- name: Gammel\n  href: gammel.md\n- href: ny.md\n",
        ),
    ]);
    let found = problems(folder.path(), &["docs"]);
    let errors: Vec<&String> = found
        .iter()
        .filter(|problem| problem.contains("broken"))
        .collect();
    assert_eq!(
        errors,
        ["index.md:3 broken-link: link target not found: `finnes-ikke.md`"]
    );
    let (files, _) = build(folder.path(), &["docs"]);
    for (old, new) in [
        ("gammel.html", "ny.html"),
        ("borte.html", "ny.html#del"),
        ("ute.html", "/previous-versions/ute"),
        ("del/kort.html", "../ny.html"),
        ("egen.html", "ny.html"),
    ] {
        assert!(
            files[old].contains(&format!("url={new}")),
            "{old}: {}",
            files[old]
        );
    }
    assert!(files["ny.html"].contains("id=\"del\""));
    assert!(!files.contains_key("src/kode.html"));
}

#[test]
fn an_address_is_lost_with_its_redirection() {
    let list = "docs/.openpublishing.redirection.json";
    let folder = tree(&[
        (
            list,
            r#"{"redirections": [{"source_path": "gammel.md", "redirect_url": "ny"}, {"source_path": "eldre.md", "redirect_url": "ny"}]}"#,
        ),
        ("docs/docfx.json", DOCFX),
        ("docs/index.md", "# Start\n\n[Ny](ny.md)\n"),
        ("docs/ny.md", "# Ny\n"),
        ("docs/.skjult.md", "# Skjult\n"),
    ]);
    let identity = ["-c", "user.name=a", "-c", "user.email=a@b.example"];
    for arguments in [
        vec!["init", "--quiet"],
        vec!["add", "."],
        vec!["commit", "--quiet", "--no-gpg-sign", "-m", "first"],
    ] {
        let mut git = Command::new("git");
        let run = git.args(identity).args(arguments);
        assert!(run.current_dir(folder.path()).status().unwrap().success());
    }
    let since = ["docs", "--since", "HEAD"];
    assert_eq!(problems(folder.path(), &since), [""; 0]);
    fs::write(
        folder.path().join(list),
        r#"{"redirections": [{"source_path": "eldre.md", "redirect_url": "ny"}]}"#,
    )
    .unwrap();
    let lost = problems(folder.path(), &since);
    assert!(
        lost.len() == 1 && lost[0].contains("the published address `/gammel.html` leads nowhere"),
        "{lost:?}"
    );
}

#[test]
fn redirections_of_the_publishing_service_are_validated_where_they_are_written() {
    let folder = tree(&[
        (
            ".openpublishing.publish.config.json",
            "{\n\"redirection_files\": [\n\"docs/.openpublishing.redirection.json\",\n\"borte.json\"\n]\n}",
        ),
        (
            "docs/.openpublishing.redirection.json",
            "{\n  // gamle sider\n  \"redirections\": [\n\
             {\"source_path\": \"a.md\", \"redirect_url\": \"b\"},\n\
             {\"source_path\": \"b.md\", \"redirect_url\": \"a\"},\n\
             {\"source_path\": \"a.md\", \"redirect_url\": \"ny\"},\n\
             {\"source_path\": \"ny.md\", \"redirect_url\": \"index\"},\n\
             {\"source_path\": \"kode.cs\", \"redirect_url\": \"ny\"},\n\
             {\"source_path_from_root\": \"/docs/rot.md\", \"redirect_url\": \"ny\"},\n\
             {\"source_path_from_root\": \"docs/rot2.md\", \"redirect_url\": \"ny\"},\n\
             {\"source_path\": \"to.md\", \"source_path_from_root\": \"/docs/tre.md\", \"redirect_url\": \"ny\"},\n\
             {\"redirect_url\": \"ny\"},\n\
             {\"source_path\": \"uten.md\"},\n\
             {\"source_path\": \"anker.md\", \"redirect_url\": \"ny#borte\"},\n\
             {\"source_path\": \"kjede.md\", \"redirect_url\": \"rot\"},\n\
             {\"source_path\": \"feil.md\", \"redirect_url\": \"mangler.md\"}]}\n",
        ),
        (
            "docs/.openpublishing.redirection.ekstra.json",
            "{\"redirections\": []}",
        ),
        ("docs/docfx.json", DOCFX),
        (
            "docs/index.md",
            "# Start\n\n[a](ny.md) [b](rot2.md) [c](to.md)\n",
        ),
        ("docs/ny.md", "# Ny\n"),
    ]);
    let mut found = problems(folder.path(), &["docs"]);
    found.retain(|problem| !problem.contains("link-to-redirect"));
    assert_eq!(found.join("\n"), EXPECTED_REDIRECTIONS);
    let (files, _) = build(folder.path(), &["docs"]);
    assert!(files["rot.html"].contains("url=ny.html"));
}

const EXPECTED_REDIRECTIONS: &str = "\
../.openpublishing.publish.config.json:4 missing-file: file with redirections not found: `../borte.json`
.openpublishing.redirection.ekstra.json:1 invalid-redirect: no publish configuration lists this file with redirections
.openpublishing.redirection.json:4 redirect-loop: `b.md` starts a redirect loop: `a.md` -> `b.md` -> `a.md`
.openpublishing.redirection.json:5 redirect-loop: `a.md` starts a redirect loop: `b.md` -> `a.md` -> `b.md`
.openpublishing.redirection.json:6 shadowed-redirect: `a.md` is redirected twice
.openpublishing.redirection.json:7 shadowed-redirect: the redirection of `ny.md` is not used: `ny.md` is there
.openpublishing.redirection.json:8 invalid-redirect: `kode.cs` is no page
.openpublishing.redirection.json:10 invalid-redirect: `source_path_from_root` does not begin with `/`
.openpublishing.redirection.json:11 invalid-redirect: the redirection has two sources
.openpublishing.redirection.json:12 invalid-redirect: the redirection has no source
.openpublishing.redirection.json:13 invalid-redirect: the redirection leads nowhere
.openpublishing.redirection.json:14 broken-anchor: anchor not found: `ny.md` has no id `borte`
.openpublishing.redirection.json:15 redirect-chain: `rot.md` points to another redirect
.openpublishing.redirection.json:16 broken-redirect: redirect target not found: `mangler.md`";

#[test]
fn of_several_versions_the_newest_has_the_plain_address() {
    let item = |src: &str, rest: &str| format!(r#"{{"files": "**/*.md", "src": "{src}", {rest}}}"#);
    for (content, groups, expected) in [
        // By the numbers of monikers, not by their order.
        (
            [
                item("ny", r#""group": "g1""#),
                item("gammel", r#""group": "g2""#),
            ],
            r#""groups": {"g1": {"moniker_range": "acme-10.0"}, "g2": {"moniker_range": "acme-9.1"}}"#,
            ["om.html", "acme-9.1/om.html"],
        ),
        // A range is no name.
        (
            [
                item("gammel", r#""dest": "ref", "group": "g1""#),
                item("ny", r#""dest": "ref", "group": "g2""#),
            ],
            r#""groups": {"g1": {"moniker_range": ">=acme-1.0 <acme-2.0"}, "g2": {"moniker_range": ">=acme-2.0"}}"#,
            ["ref/om.html", "g1/ref/om.html"],
        ),
        // Groups with places of their own stay there, whatever they are called.
        (
            [
                item("gammel", r#""version": "v1""#),
                item("ny", r#""version": "v2""#),
            ],
            r#""versions": {"v1": {"dest": "acme-1"}, "v2": {"dest": "acme-2"}}"#,
            ["acme-2/om.html", "acme-1/om.html"],
        ),
        (
            [
                item("gammel", r#""dest": "en", "group": "v1""#),
                item("ny", r#""dest": "to", "group": "v2""#),
            ],
            r#""groups": {"v1": {}, "v2": {}}"#,
            ["to/om.html", "en/om.html"],
        ),
    ] {
        let docfx = format!(
            r#"{{"build": {{"content": [{}], {groups}}}}}"#,
            content.join(", ")
        );
        let folder = tree(&[
            ("docfx.json", &docfx),
            ("ny/om.md", "# Nyeste\n"),
            ("gammel/om.md", "# Eldre\n"),
        ]);
        let (files, told) = build(folder.path(), &["."]);
        let [new, old] = expected;
        let names: Vec<&String> = files.keys().collect();
        assert!(
            files.contains_key(new) && files.contains_key(old),
            "{names:?} {told}"
        );
        assert!(files[new].contains("Nyeste"), "{groups}");
        assert!(files[old].contains("Eldre"), "{groups}");
        assert!(!told.contains("output-collision"), "{told}");
    }
}
