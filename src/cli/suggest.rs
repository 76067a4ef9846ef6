//! A command line that clap refuses -> the same error with the tip that is meant: what other programs call our commands and flags, else the
//! name that is nearest. Doesn't know what the commands do.

use clap::Command;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// Words of other programs for our commands.
const COMMANDS: [(&[&str], &str); 9] = [
    (&["watch", "dev", "start", "preview", "server"], "serve"),
    (&["lint", "validate", "verify", "test"], "check"),
    (&["create", "add", "page"], "new"),
    (&["quickstart", "setup", "scaffold"], "init"),
    (
        &["generate", "gen", "make", "compile", "publish", "deploy"],
        "build",
    ),
    (&["translate", "i18n", "l10n", "xliff"], "translation"),
    (&["completion", "autocomplete"], "completions"),
    (&["info", "env", "diagnose"], "doctor"),
    (&["purge", "clear"], "clean"),
];

/// Words of other programs for our flags, and what to type here.
const FLAGS: [(&[&str], &str); 10] = [
    (
        &["ignore", "disable", "skip", "exclude", "allow"],
        "to ignore a problem everywhere, write `checks: {broken-link: off}` in `hjelp.yml`; to ignore those there are today, use `hjelp check --update-baseline`",
    ),
    (&["watch"], "`hjelp serve` shows every change"),
    (
        &["output", "dest", "destination", "outdir"],
        "use `--out DIR`",
    ),
    (
        &["lang", "language", "locale", "locales", "to"],
        "use `--languages no,en` where a command has it",
    ),
    (&["json"], "use `--format json` where a command has it"),
    (&["sarif"], "use `hjelp check --format sarif`"),
    (
        &[
            "fail-on-warning",
            "fail-on-warnings",
            "warnings-as-errors",
            "werror",
        ],
        "use `--strict`",
    ),
    (
        &["no-color", "nocolor", "colour", "no-colour"],
        "use `--color never`",
    ),
    (
        &["root", "dir", "directory", "source", "cwd"],
        "use `-C DIR` to run in another folder",
    ),
    (
        &["clean", "init", "serve", "check", "build"],
        "it is a command of its own: `hjelp clean`, `hjelp init`, `hjelp serve` ...",
    ),
];

/// The same error with the tip that is meant. `words` are the arguments as they were typed.
pub(super) fn with_tip(mut error: Error, line: &Command, words: &[String]) -> Error {
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let typed = text_of(&error, ContextKind::InvalidSubcommand);
            // clap only compares letters; what other programs call the command comes first here.
            error.remove(ContextKind::SuggestedSubcommand);
            let parent = command_of(line, words);
            if let Some(name) = command_meant(parent, &typed) {
                let name = ContextValue::Strings(vec![name]);
                error.insert(ContextKind::SuggestedSubcommand, name);
            }
        }
        ErrorKind::UnknownArgument => {
            let typed = text_of(&error, ContextKind::InvalidArg);
            // Not what clap finds similar, which may share no more than a letter.
            error.remove(ContextKind::SuggestedArg);
            error.remove(ContextKind::Suggested);
            error.remove(ContextKind::Usage);
            let name = typed.trim_start_matches('-');
            if let Some(flag) = nearest_flag(command_of(line, words), name) {
                error.insert(ContextKind::SuggestedArg, ContextValue::String(flag));
            } else if let Some(tip) = flag_tip(name) {
                let tip = ContextValue::StyledStrs(vec![StyledStr::from(tip)]);
                error.insert(ContextKind::Suggested, tip);
            }
        }
        _ => {}
    }
    error
}

fn text_of(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    }
}

/// The command, or the command below it, that `words` name.
fn command_of<'c>(line: &'c Command, words: &[String]) -> &'c Command {
    let mut command = line;
    for word in words {
        if let Some(below) = command.find_subcommand(word) {
            command = below;
        }
    }
    command
}

fn command_meant(parent: &Command, typed: &str) -> Option<String> {
    let names: Vec<&str> = parent.get_subcommands().map(Command::get_name).collect();
    for (words, name) in COMMANDS {
        if words.contains(&typed) && names.contains(&name) {
            return Some(name.to_owned());
        }
    }
    Some(nearest(typed, &names)?.to_owned())
}

/// The flag of `command` that differs in at most a third of its characters.
fn nearest_flag(command: &Command, typed: &str) -> Option<String> {
    let mut names = Vec::new();
    for argument in command.get_arguments() {
        names.extend(argument.get_long());
    }
    Some(format!("--{}", nearest(typed, &names)?))
}

fn flag_tip(typed: &str) -> Option<&'static str> {
    let name = typed.split('=').next().unwrap_or(typed);
    for (words, tip) in FLAGS {
        if words.contains(&name) {
            return Some(tip);
        }
    }
    None
}

/// The name that differs in at most a third of its characters; of several, the first of the nearest.
pub(super) fn nearest<'n>(typed: &str, names: &[&'n str]) -> Option<&'n str> {
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let distance = strsim::damerau_levenshtein(typed, name);
        // At most a third of the letters, as for keys: one typo in a short name, more in a long
        // one.
        let is_near = distance * 3 <= name.chars().count().max(typed.chars().count());
        if is_near && best.is_none_or(|(shortest, _)| distance < shortest) {
            best = Some((distance, name));
        }
    }
    Some(best?.1)
}
