//! `hjelp serve`: the arguments of the preview server, and its events -> lines on the terminal.

use std::io::IsTerminal;
use std::net::{IpAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::serve::{self, EventHandler, Options, ServeError, ServeEvent};

/// Polling more often than this, in milliseconds, would use a processor and show nothing sooner.
const SHORTEST_POLL: u64 = 50;

/// Serve a live preview of the site
///
/// Nothing is written: pages are rendered when a browser requests them, and browsers update when a file is saved.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    root: SiteArgs,

    /// The port to listen on; if it is in use, the next free one. 0 takes any
    #[arg(short, long, default_value_t = 4000)]
    port: u16,

    /// The address to bind to; anything but `localhost` lets other machines see the preview
    #[arg(long, default_value = "localhost", value_name = "ADDRESS")]
    host: String,

    /// Open the preview in a browser
    #[arg(long)]
    open: bool,

    /// The URL that opens a file in your editor, with {path}, {line} and {column}
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "vscode://file{path}:{line}:{column}"
    )]
    editor: String,

    /// Serve a finished site as a static host would, without the preview
    #[arg(long, value_name = "DIR", conflicts_with = "poll")]
    site: Option<PathBuf>,

    /// Poll for changes every MS milliseconds, for network file systems
    #[arg(long, value_name = "MS", num_args = 0..=1, default_missing_value = "1000")]
    poll: Option<u64>,
}

impl Serve {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let options = Options {
            root: self.root.root.clone(),
            site: self.root.options(),
            host: self.address()?,
            port: self.port,
            editor: self.editor.clone(),
            poll: self
                .poll
                .map(|poll| Duration::from_millis(poll.max(SHORTEST_POLL))),
        };
        let printer = EventPrinter {
            terminal: terminal.clone(),
            base: self.root.base(),
            opens_browser: self.open,
            last_report: Mutex::default(),
        };
        let on_event: EventHandler = Arc::new(move |event| printer.print(event));
        match &self.site {
            Some(site) => serve::run_finished(site, options.host, options.port, &on_event)?,
            None => {
                self.root.recover(terminal)?;
                self.root.expect_site()?;
                serve::run(&options, on_event)?;
            }
        }
        Ok(ExitStatus::default())
    }

    fn address(&self) -> Result<IpAddr, CommandError> {
        // Not resolved: some systems have only the IPv6 address for it, and others neither.
        if self.host == "localhost" {
            return Ok(IpAddr::from([127, 0, 0, 1]));
        }
        if let Ok(mut addresses) = (self.host.as_str(), self.port).to_socket_addrs()
            && let Some(address) = addresses.next()
        {
            return Ok(address.ip());
        }
        Err(CommandError {
            message: format!("invalid address: `{}`", self.host),
            help: "give an address of this machine, or `0.0.0.0` for all of them".into(),
        })
    }
}

/// Prints the events of the preview server.
struct EventPrinter {
    terminal: Terminal,
    /// See [`SiteArgs::base`].
    base: String,
    opens_browser: bool,
    last_report: Mutex<String>,
}

impl EventPrinter {
    fn print(&self, event: ServeEvent<'_>) {
        match event {
            ServeEvent::Ready {
                address,
                taken,
                open: is_open,
            } => {
                if let Some(port) = taken {
                    self.terminal.warn(&format!("Port {port} is in use.\n"));
                }
                self.terminal
                    .print_status(&format!("The preview is at {address}\nCtrl-C ends it.\n"));
                if is_open {
                    let warning =
                        "Other machines can see this preview. Without `--host` they can't.\n";
                    self.terminal.warn(warning);
                }
                if self.opens_browser {
                    browse(&address);
                }
            }
            ServeEvent::Published {
                trouble,
                sources,
                unread,
            } => {
                let mut report = self.terminal.render_problems(trouble, sources, &self.base);
                if let Some(error) = unread {
                    report.push_str(&format!("{error}; the preview is not up to date\n"));
                }
                self.print_report(report);
            }
            ServeEvent::Polling(reason) => self.terminal.warn(&format!(
                "The folder is checked for changes every second: {reason}.\n"
            )),
        }
    }

    /// Prints a report of what can't be used, unless it was printed for the last version of the site.
    fn print_report(&self, report: String) {
        let mut last = self
            .last_report
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // A site is published after every saved file, mostly with the same problems as before.
        if *last == report {
            return;
        }
        self.terminal.print_problems(&report);
        if report.is_empty() {
            self.terminal
                .print_status("All problems above are fixed.\n");
        }
        *last = report;
    }
}

impl From<ServeError> for CommandError {
    fn from(error: ServeError) -> Self {
        CommandError {
            message: error.to_string(),
            help: error.help(),
        }
    }
}

/// Opens an address in the user's browser. If that fails, the address is still printed on the terminal.
fn browse(address: &str) {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        // `start` is a command of the shell; its first argument in quotes would be a window title.
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    // The browser must not read what is typed into the terminal, nor write to it for the rest of the session.
    let mut command = std::process::Command::new(program);
    command
        .args(arguments)
        .arg(address)
        .stdin(std::process::Stdio::null());
    if !std::io::stdout().is_terminal() {
        command.stdout(std::process::Stdio::null());
    }
    let _ = command.stderr(std::process::Stdio::null()).spawn();
}
