//! `too-many-redirects`: more redirects than the server that `outputs.redirects` names can read.

use crate::addresses::redirects;
use crate::addresses::servers::server_rules;
use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::config::RedirectServer;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    code: Code::TooManyRedirects,
    docs: include_str!("../docs/too-many-redirects.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut servers = site.config.outputs.redirects.iter().peekable();
    let (Some(file), true) = (site.config.files.first(), servers.peek().is_some()) else {
        return;
    };
    let redirects = redirects(site);
    for server in servers {
        let rules = server_rules(site, server, &redirects);
        if rules.left_out == 0 {
            continue;
        }
        let message = message!(
            "{left_out} of {redirects} redirects do not fit in: {limit}",
            left_out = rules.left_out,
            redirects = redirects.len(),
            limit = rules.limit
        );
        let problem = Diagnostic::new(Code::TooManyRedirects, file, Span::default(), message);
        checker.report(problem.help(message!("The pages that hjelp writes at the old addresses redirect for the rest. Remove redirects that nobody asks for, or leave out `{name}`.", name = name(server))));
    }
}

fn name(server: RedirectServer) -> &'static str {
    for (name, known) in RedirectServer::ALL {
        if known == server {
            return name;
        }
    }
    ""
}
