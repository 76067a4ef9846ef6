//! `hjelp serve`: the arguments of the preview server, and its events -> lines on the terminal.

use std::io::IsTerminal;
use std::net::{IpAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::serve::{self, EventHandler, Options, ServeError, ServeEvent};

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
            config: self.root.config.clone(),
            host: self.address()?,
            port: self.port,
            editor: self.editor.clone(),
            poll: self.poll.map(|poll| Duration::from_millis(poll.max(50))),
        };
        let base = self.root.base();
        let (terminal, open) = (terminal.clone(), self.open);
        let told = Mutex::new(String::new());
        let on_event = move |news: ServeEvent<'_>| match news {
            ServeEvent::Ready {
                address,
                taken,
                open: is_open,
            } => {
                if let Some(port) = taken {
                    terminal.warn(&format!("Port {port} is taken by another program.\n"));
                }
                terminal.print_status(&format!("The preview is at {address}\nCtrl-C ends it.\n"));
                if is_open {
                    let warning =
                        "Other machines can see this preview. Without `--host` they can't.\n";
                    terminal.warn(warning);
                }
                if open {
                    browse(&address);
                }
            }
            ServeEvent::Published {
                trouble,
                sources,
                unread,
            } => {
                let mut text = terminal.render_problems(trouble, sources, &base);
                if let Some(unread) = unread {
                    text.push_str(&format!("{unread}; the preview shows the site as it was\n"));
                }
                if let Ok(mut last) = told.lock()
                    && *last != text
                {
                    terminal.print_problems(&text);
                    if text.is_empty() {
                        terminal.print_status("All of it can be used again.\n");
                    }
                    *last = text;
                }
            }
            ServeEvent::Polling(why) => terminal.warn(&format!(
                "ChangedPaths are looked for every second: {why}.\n"
            )),
        };
        let on_event: EventHandler = Arc::new(on_event);
        match &self.site {
            Some(site) => serve::run_finished(site, options.host, options.port, &on_event)?,
            None => serve::run(&options, on_event)?,
        }
        Ok(ExitStatus::default())
    }

    fn address(&self) -> Result<IpAddr, CommandError> {
        if self.host == "localhost" {
            return Ok(IpAddr::from([127, 0, 0, 1]));
        }
        let found = (self.host.as_str(), self.port)
            .to_socket_addrs()
            .ok()
            .and_then(|mut addresses| addresses.next());
        found
            .map(|address| address.ip())
            .ok_or_else(|| CommandError {
                message: format!("`{}` is not an address of this machine", self.host),
                help: "give an address, like `0.0.0.0` for all of this machine".into(),
            })
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
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
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
