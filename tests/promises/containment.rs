//! Nothing is read from outside the site or written outside the output folder, whatever the content tries.

use std::fs;
use std::path::Path;

use super::{build, files};

/// Words that must turn up nowhere.
const SECRET: &str = "HEMMELIG";

/// A folder with a secret in it and, two folders down, a site with these files.
fn guarded(sources: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    for name in [
        "secret.md",
        "secret.html",
        "secret.yml",
        "secret.txt",
        "secret.png",
        "secret.zip",
        "below/secret.md",
        "below/secret.html",
    ] {
        put(name, SECRET);
    }
    put("below/site/hjelp.yml", "title: Prøve\ncontent: content\n");
    put("below/site/content/no/index.md", "# Hjem\n");
    for (path, text) in sources {
        put(&format!("below/site/{path}"), text);
    }
    folder
}

/// Everything that lies in the folder but for the site and what is built, to see that nothing came or went.
fn around(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    let names = entries.map(|entry| {
        entry
            .path()
            .strip_prefix(folder)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    });
    names
        .filter(|name| !name.starts_with("below/site") && !name.starts_with("below/out"))
        .collect()
}

/// Builds the site; nothing secret is in it and nothing else was touched. The answer is what the program said.
fn assert_guarded(folder: &Path, what: &str) -> String {
    let before = around(folder);
    let out = folder.join("below/out");
    let output = build(&folder.join("below/site"), &out).output().unwrap();
    assert!(
        matches!(output.status.code(), Some(0..=2)),
        "{what}: {output:?}"
    );
    if out.exists() {
        for (name, bytes) in files(&out) {
            assert!(
                !String::from_utf8_lossy(&bytes).contains(SECRET),
                "{what}: {name} holds the secret"
            );
        }
    }
    assert_eq!(around(folder), before, "{what}");
    let told = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(!told.contains(SECRET), "{what}: {told}");
    told
}

/// Every way to spell a file above the site that somebody has thought of.
fn ways(root: &Path, name: &str) -> Vec<String> {
    let absolute = root.join(name).to_str().unwrap().to_owned();
    vec![
        format!("../../../../{name}"),
        format!("../../../{name}"),
        format!("~/../../{name}"),
        format!("~/../{name}"),
        format!("/../../{name}"),
        format!("..\\..\\..\\..\\{name}"),
        format!("%2e%2e/%2e%2e/%2e%2e/%2e%2e/{name}"),
        format!("..%2f..%2f..%2f..%2f{name}"),
        format!("..%5c..%5c..%5c..%5c{name}"),
        format!("%7E/../../{name}"),
        format!("media/../../../../../{name}"),
        format!("....//....//{name}"),
        format!("\\\\server\\share\\{name}"),
        format!("//server/share/{name}"),
        format!("C:\\{name}"),
        format!("file://{absolute}"),
        absolute,
    ]
}

#[test]
fn no_include_snippet_picture_or_link_leads_out() {
    let plain = guarded(&[]);
    let mut text = String::from("# Ut\n\n");
    for way in ways(plain.path(), "secret.md")
        .iter()
        .chain(&ways(plain.path(), "below/secret.md"))
    {
        text.push_str(&format!("[!include[x]({way})]\n\nA [!include[x]({way})] b [x]({way}) <a href=\"{way}\">x</a>\n\n"));
    }
    for way in ways(plain.path(), "secret.txt") {
        text.push_str(&format!(
            "[!code-txt[x]({way})]\n\n[!code[x]({way}?name=a)]\n\n"
        ));
    }
    for way in ways(plain.path(), "secret.png") {
        text.push_str(&format!("![x]({way})\n\n<img src=\"{way}\">\n\n:::image type=\"content\" source=\"{way}\" alt-text=\"x\":::\n\n"));
    }
    let file = plain.path().join("below/site/content/no/ut.md");
    fs::write(file, text).unwrap();
    assert_guarded(plain.path(), "Markdown");
}

#[test]
fn no_toc_landing_page_or_redirect_leads_out() {
    let plain = guarded(&[]);
    let content = plain.path().join("below/site/content/no");
    let all = |name: &str| ways(plain.path(), name);
    let toc: String = all("secret.yml")
        .iter()
        .chain(&all("secret.md"))
        .map(|way| format!("- name: x\n  href: '{way}'\n  topicHref: '{way}'\n"))
        .collect();
    fs::write(content.join("toc.yml"), toc).unwrap();
    for (number, way) in all("secret").iter().chain(&all("below/secret")).enumerate() {
        let front = format!(
            "---\nredirect_from: ['{way}.html', '/{way}.html']\noutputFileName: '{way}.html'\nlayout: '{way}'\n---\n# Side\n"
        );
        fs::write(content.join(format!("side-{number}.md")), front).unwrap();
        fs::write(
            content.join(format!("borte-{number}.md")),
            format!("---\nredirect_url: '{way}.md'\n---\n"),
        )
        .unwrap();
        let landing = format!(
            "### YamlMime:Landing\ntitle: x\nlandingContent:\n- title: x\n  linkLists:\n  - linkListType: overview\n    links:\n    - text: x\n      url: '{way}.md'\n"
        );
        fs::write(content.join(format!("start-{number}.yml")), landing).unwrap();
    }
    assert_guarded(plain.path(), "YAML");
}

#[test]
fn no_configuration_leads_out() {
    for (number, way) in ways(Path::new("/"), "secret").into_iter().enumerate() {
        for configuration in [
            format!("title: x\ncontent: '{way}'\n"),
            format!("title: x\ncontent:\n- from: content\n  to: '{way}'\n"),
            format!("title: x\ncontent:\n- from: content\n  include: ['{way}*', '**/*.md']\n"),
            format!("title: x\ncontent: content\noutput: '{way}'\n"),
            format!("title: x\ncontent: content\ntheme:\n  logo: '{way}.png'\n"),
            format!("title: x\ncontent: content\nxref: ['{way}.zip', '{way}.yml']\n"),
            format!("title: x\ncontent: content\nlocales:\n- folder: '{way}'\n"),
        ] {
            let folder = guarded(&[("hjelp.yml", &configuration)]);
            assert_guarded(folder.path(), &format!("{number}: {configuration}"));
        }
        let docfx = format!(
            "{{\"build\": {{\"content\": [{{\"files\": [\"**/*.md\", {way:?}], \"src\": {way:?}, \"dest\": {way:?}}}, {{\"files\": \"content/**\"}}], \
             \"resource\": [{{\"files\": {way:?}, \"src\": \"../..\"}}], \"dest\": {way:?}, \"xref\": [{way:?}]}}}}"
        );
        let folder = guarded(&[("docfx.json", &docfx)]);
        fs::remove_file(folder.path().join("below/site/hjelp.yml")).unwrap();
        assert_guarded(folder.path(), &docfx);
    }
}

#[test]
fn templates_see_neither_files_nor_environment() {
    for template in [
        "{% include \"../../secret.html\" %}",
        "{% include \"../../../secret.html\" %}",
        "{% extends \"../../secret.html\" %}",
        "{{ load_data(path=\"../../secret.txt\") }}",
        "{{ read_file(path=\"../../secret.txt\") }}",
        "{{ get_env(name=\"HJELP_PROOF\") }}",
        "{{ get_file(path=\"../../secret.txt\") }}",
    ] {
        let folder = guarded(&[("templates/partials/footer.html", template)]);
        let out = folder.path().join("below/out");
        let output = build(&folder.path().join("below/site"), &out)
            .env("HJELP_PROOF", SECRET)
            .output()
            .unwrap();
        let told = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(
            told.contains("template-error") && !told.contains(SECRET),
            "{template}: {told}"
        );
        assert!(
            files(&out)
                .values()
                .all(|bytes| !String::from_utf8_lossy(bytes).contains(SECRET)),
            "{template}"
        );
    }
}

#[cfg(unix)]
#[test]
fn no_chain_of_links_leads_out() {
    use std::os::unix::fs::symlink;
    let folder = guarded(&[(
        "content/no/side.md",
        "# Side\n\n[!include[x](ut.md)]\n\n[!include[x](mappe/secret.md)]\n\n![x](bilde.png)\n",
    )]);
    let at = |path: &str| folder.path().join("below/site").join(path);
    symlink("../../../../secret.md", at("content/no/ut.md")).unwrap();
    symlink(folder.path(), at("content/no/mappe")).unwrap();
    symlink("b", at("a")).unwrap();
    symlink("../..", at("b")).unwrap();
    symlink(at("a/secret.png"), at("content/no/bilde.png")).unwrap();
    symlink("../../secret.txt", at("content/no/kode.txt")).unwrap();
    symlink(folder.path().join("secret.html"), at("mal.html")).unwrap();
    fs::create_dir_all(at("templates/partials")).unwrap();
    symlink(
        folder.path().join("secret.html"),
        at("templates/partials/footer.html"),
    )
    .unwrap();
    assert_guarded(folder.path(), "links in the site");
}

/// What stands in the output folder may not lead the writer astray either.
#[cfg(unix)]
#[test]
fn nothing_is_written_through_links_in_the_output_folder() {
    use std::os::unix::fs::symlink;
    let folder = guarded(&[("content/no/del/side.md", "# Side\n")]);
    let at = |path: &str| folder.path().join("below").join(path);
    assert_guarded(folder.path(), "before");
    fs::remove_dir_all(at("out/no/del")).unwrap();
    fs::create_dir(at("victim")).unwrap();
    symlink(at("victim"), at("out/no/del")).unwrap();
    let told = assert_guarded(folder.path(), "a linked folder");
    assert!(
        told.contains("is a symbolic link in the output folder"),
        "{told}"
    );
    fs::remove_file(at("out/no/del")).unwrap();

    // A linked file is replaced, not followed.
    fs::remove_file(at("out/no/index.html")).unwrap();
    symlink(folder.path().join("secret.html"), at("out/no/index.html")).unwrap();
    let output = build(&at("site"), &at("out")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        fs::read_to_string(folder.path().join("secret.html")).unwrap(),
        SECRET
    );
    assert!(!at("out/no/index.html").is_symlink());
}
