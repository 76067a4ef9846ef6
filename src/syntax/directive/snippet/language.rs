//! Languages of code by name, alias and file extension, and how each of them marks regions (DocFX spec 5.1).

/// The ways to mark a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// A comment that begins and ends so: `// <x>`.
    Comment(&'static str, &'static str),
    /// `#region x`
    Region,
}

const C: Marks = Marks::Comment("//", "");
const MARKUP: Marks = Marks::Comment("<!--", "-->");
const BASIC: Marks = Marks::Comment("'", "");
const SQL: Marks = Marks::Comment("--", "");
const SCRIPT: Marks = Marks::Comment("#", "");
const BATCH: Marks = Marks::Comment("rem", "");
const ERLANG: Marks = Marks::Comment("%", "");
const LISP: Marks = Marks::Comment(";", "");
const CSS: Marks = Marks::Comment("/*", "*/");

/// All of them: for an unknown language DocFX tries each way in turn.
pub(super) const ALL: &[Marks] = &[
    BASIC,
    C,
    MARKUP,
    SQL,
    SCRIPT,
    BATCH,
    Marks::Region,
    ERLANG,
    LISP,
    CSS,
];

struct Language {
    name: &'static str,
    aliases: &'static [&'static str],
    marks: &'static [Marks],
}

const fn language(
    name: &'static str,
    aliases: &'static [&'static str],
    marks: &'static [Marks],
) -> Language {
    Language {
        name,
        aliases,
        marks,
    }
}

const LANGUAGES: &[Language] = &[
    language("actionscript", &["as"], &[C]),
    language("arduino", &["ino"], &[C]),
    language("assembly", &["nasm", "asm"], &[C]),
    language("batchfile", &["bat", "cmd"], &[BATCH]),
    language("css", &[], &[CSS]),
    language(
        "cpp",
        &[
            "c",
            "c++",
            "objective-c",
            "obj-c",
            "objc",
            "objectivec",
            "h",
            "hpp",
            "cc",
            "m",
        ],
        &[C],
    ),
    language("csharp", &["cs"], &[C, Marks::Region]),
    language("cuda", &["cu", "cuh"], &[C]),
    language("d", &["dlang"], &[C]),
    language("erlang", &["erl"], &[ERLANG]),
    language("fsharp", &["fs", "fsi", "fsx"], &[C]),
    language("go", &["golang"], &[C]),
    language("handlebars", &["hbs"], &[MARKUP]),
    language("haskell", &["hs"], &[SQL]),
    language("html", &["jsp", "asp", "aspx", "ascx"], &[MARKUP]),
    language(
        "cshtml",
        &["aspx-cs", "aspx-csharp"],
        &[C, MARKUP, Marks::Region],
    ),
    language("vbhtml", &["aspx-vb"], &[BASIC, MARKUP, Marks::Region]),
    language("java", &["gradle"], &[C]),
    language("javascript", &["js", "node", "json"], &[C]),
    language("lisp", &["lsp"], &[LISP]),
    language("lua", &[], &[SQL]),
    language("matlab", &[], &[ERLANG]),
    language("pascal", &["pas"], &[C]),
    language("perl", &["pl"], &[SCRIPT]),
    language("php", &[], &[C, MARKUP]),
    language("powershell", &["posh", "ps1"], &[SCRIPT]),
    language("processing", &["pde"], &[C]),
    language("python", &["py"], &[SCRIPT]),
    language("r", &[], &[SCRIPT]),
    language("react", &["tsx"], &[C, MARKUP]),
    language("ruby", &["ru", "erb", "rb", ""], &[MARKUP, SCRIPT]),
    language("rust", &["rs"], &[C]),
    language("scala", &[], &[C]),
    language("shell", &["sh", "bash"], &[SCRIPT]),
    language("smalltalk", &["st"], &[C]),
    language("sql", &[], &[SQL]),
    language("swift", &[], &[C]),
    language("typescript", &["ts"], &[C]),
    language("xaml", &[], &[MARKUP]),
    language(
        "xml",
        &["xsl", "xslt", "xsd", "wsdl", "csdl", "edmx"],
        &[MARKUP],
    ),
    language(
        "vb",
        &["vbnet", "vbscript", "bas", "vbs", "vba"],
        &[BASIC, Marks::Region],
    ),
];

fn find(name: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.is_called(name))
}

impl Language {
    fn is_called(&self, name: &str) -> bool {
        if self.name.eq_ignore_ascii_case(name) {
            return true;
        }
        let mut aliases = self.aliases.iter();
        aliases.any(|alias| alias.eq_ignore_ascii_case(name))
    }
}

fn extension(path: &str) -> &str {
    // Paths of snippets may have been typed on Windows.
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').unwrap_or_default().1
}

/// The language of a file by its extension.
pub(in crate::syntax::directive) fn language_of_file(path: &str) -> Option<&'static str> {
    Some(find(extension(path))?.name)
}

/// How regions are marked in code of this language, or if none is given, in a file of this name. Nothing if the language is unknown.
pub(super) fn marks(language: Option<&str>, path: &str) -> Option<&'static [Marks]> {
    // A language that was written wins over the extension of the file (DocFX spec 5.1).
    let name = match language {
        Some(language) => language,
        None => extension(path),
    };
    Some(find(name)?.marks)
}

/// True if `name` is a language whose regions can be found.
pub fn is_known(name: &str) -> bool {
    find(name).is_some()
}
