//! The configuration of a repository, which may be a stranger's, starts no program, whatever hjelp asks Git for.
#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs Git in the folder with `input` on stdin; its output.
fn git(folder: &Path, arguments: &[&str], input: &str) -> String {
    let mut child = Command::new("git")
        .args(["-c", "user.name=x", "-c", "user.email=x@example.com"])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A repository with two languages, a moved page, a signed commit, and a program that leaves a file when it runs.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let put = |path: &str, text: &str| {
        let file = site.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    put("hjelp.yml", "title: Prøve\nlocales: [no, en]\n");
    put("content/no/index.md", "# Hjem\n\n[Borte](gammel.md)\n");
    put(
        "content/no/gammel.md",
        "# Gammel\n\nNoen ord som blir med på flyttingen.\n",
    );
    put("content/en/index.md", "# Home\n");
    git(&site, &["init", "-q", "-b", "main", "."], "");
    git(&site, &["add", "-A"], "");
    git(&site, &["commit", "-qm", "a"], "");
    fs::rename(
        site.join("content/no/gammel.md"),
        site.join("content/no/ny.md"),
    )
    .unwrap();
    git(&site, &["add", "-A"], "");
    git(&site, &["commit", "-qm", "b"], "");
    // Git asks the program that the configuration names about a signature, not what is in it.
    let commit = git(&site, &["cat-file", "commit", "HEAD"], "");
    let signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----";
    let (head, message) = commit.split_once("\n\n").unwrap();
    let signed = format!("{head}\n{signature}\n\n{message}\n");
    let id = git(
        &site,
        &["hash-object", "-t", "commit", "-w", "--stdin"],
        &signed,
    );
    git(&site, &["update-ref", "HEAD", &id], "");
    let program = folder.path().join("program");
    let ran = folder.path().join("ran");
    fs::write(
        &program,
        format!("#!/bin/sh\ntouch '{}'\nexit 0\n", ran.display()),
    )
    .unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// Everything in a configuration that names a program.
fn hostile(program: &str) -> String {
    let mut text = String::new();
    for (section, key) in [
        ("core", "fsmonitor"),
        ("core", "pager"),
        ("core", "editor"),
        ("core", "sshCommand"),
        ("core", "askPass"),
        ("core", "gitProxy"),
        ("core", "alternateRefsCommand"),
        ("pager", "log"),
        ("pager", "diff-tree"),
        ("diff", "external"),
        ("diff \"x\"", "command"),
        ("diff \"x\"", "textconv"),
        ("filter \"x\"", "clean"),
        ("filter \"x\"", "smudge"),
        ("filter \"x\"", "process"),
        ("gpg", "program"),
        ("gpg \"ssh\"", "program"),
        ("credential", "helper"),
        ("remote \"origin\"", "uploadpack"),
    ] {
        text.push_str(&format!("[{section}]\n\t{key} = {program}\n"));
    }
    let hooks = Path::new(program).parent().unwrap().display();
    text.push_str(&format!(
        "[core]\n\thooksPath = {hooks}\n[log]\n\tshowSignature = true\n"
    ));
    text.push_str("[alias]\n");
    for alias in ["log", "cat-file", "rev-parse", "diff-tree", "ls-tree"] {
        text.push_str(&format!("\t{alias} = !{program}\n"));
    }
    text
}

const COMMANDS: [&[&str]; 8] = [
    &["build"],
    &["check"],
    &["check", "--fix", "--dry-run"],
    &["check", "--since", "HEAD~1"],
    &["translation", "status"],
    &["translation", "export", "--to", "en", "-o", "ut.xlf"],
    &["translation", "accept"],
    &["impact", "--since", "HEAD~1"],
];

fn assert_nothing_ran(folder: &tempfile::TempDir, root: &str) {
    for arguments in COMMANDS {
        let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
            .args(arguments)
            .current_dir(folder.path().join(root))
            .output()
            .unwrap();
        let ran = folder.path().join("ran").exists();
        assert!(!ran, "{arguments:?} has run a program: {output:?}");
    }
}

#[test]
fn no_key_of_a_hostile_configuration_starts_a_program() {
    let folder = repository();
    let program = folder.path().join("program");
    let site = folder.path().join("site");
    let mut config = fs::File::options()
        .append(true)
        .open(site.join(".git/config"))
        .unwrap();
    config
        .write_all(hostile(program.to_str().unwrap()).as_bytes())
        .unwrap();
    fs::write(site.join(".gitattributes"), "* filter=x diff=x\n").unwrap();
    assert_nothing_ran(&folder, "site");
}

/// Objects that are missing would be fetched by a program.
#[test]
fn a_partial_clone_fetches_nothing() {
    let folder = repository();
    let program = folder.path().join("program");
    let program = program.to_str().unwrap();
    let site = folder.path().join("site");
    let blob = git(&site, &["rev-parse", "HEAD:content/en/index.md"], "");
    fs::remove_file(site.join(".git/objects").join(&blob[..2]).join(&blob[2..])).unwrap();
    for address in [
        format!("ext::{program}"),
        "/".to_owned(),
        format!("ssh://-oProxyCommand={program}/x"),
    ] {
        git(&site, &["config", "core.repositoryformatversion", "1"], "");
        git(&site, &["config", "extensions.partialClone", "origin"], "");
        for (key, value) in [
            ("remote.origin.promisor", "true"),
            ("remote.origin.url", &address),
            ("remote.origin.uploadpack", program),
            ("remote.origin.vcs", ""),
            ("core.sshCommand", program),
            ("protocol.ext.allow", "always"),
            ("protocol.allow", "always"),
        ] {
            if !value.is_empty() {
                git(&site, &["config", key, value], "");
            }
        }
        assert_nothing_ran(&folder, "site");
    }
}

/// A folder of the content that has the files of a repository would be taken for one, with a configuration that comes with the content.
#[test]
fn a_repository_among_the_content_is_none() {
    let folder = repository();
    let program = folder.path().join("program");
    let site = folder.path().join("site");
    let inner = site.join("docs");
    fs::create_dir_all(inner.join("objects")).unwrap();
    fs::create_dir_all(inner.join("refs")).unwrap();
    fs::write(inner.join("HEAD"), "ref: refs/heads/main\n").unwrap();
    let config = hostile(program.to_str().unwrap());
    fs::write(
        inner.join("config"),
        format!(
            "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = {}\n{config}",
            inner.display()
        ),
    )
    .unwrap();
    fs::create_dir_all(inner.join("content/no")).unwrap();
    fs::write(inner.join("hjelp.yml"), "title: Prøve\n").unwrap();
    fs::write(inner.join("content/no/index.md"), "# Hjem\n").unwrap();
    assert_nothing_ran(&folder, "site/docs");
}
