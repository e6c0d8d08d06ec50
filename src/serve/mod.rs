//! The site on a server of this machine, for those who write it.
//!
//! In: a folder, an address. Out: the site at that address, as it stands after each save; what is wrong with it, laid
//! over the last good state.
//! Must never be here: a decision about what is stale (that is `pipeline`'s), a change of any file, printing.
//!
//! ```text
//!   watch ─▶ rebuild ─▶ preview ─▶ answer   a request: a page, a style sheet, a redirection
//!   (disk)   (a thread) (state)  └▶ events   an open page: load again, change your style sheets, this is wrong
//! ```
//!
//! No request opens a file: what is served are the values that an edition holds in memory, found by their names. A path
//! that leads out of the site, however it is written, is the name of nothing.

mod answer;
mod board;
mod connection;
mod difference;
mod events;
mod guard;
mod held;
mod near;
mod news;
mod page;
mod pictures;
mod place;
mod preview;
mod rebuild;
mod watch;

pub use held::Held;
pub use news::{Failed, News, Rebuilt, Shown};
pub use watch::{Watch, WatchError, Way};

use crate::pipeline::Options;
use answer::Server;
use news::Word;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

/// The port when none is asked for; those after it are tried too.
pub const PORT: u16 = 8000;

/// What the user asked for.
#[derive(Debug)]
pub struct Settings {
    /// The folder of the site.
    pub root: PathBuf,
    /// The address or the name to listen at.
    pub host: String,
    /// The port; 0 is any free one. Nothing: [`PORT`], or the next free one.
    pub port: Option<u16>,
    /// How saved files are noticed.
    pub way: Way,
    /// What the pipeline is asked for.
    pub options: Options,
}

/// Serves the site until the process is told to end (Ctrl-C, SIGTERM). `tell` hears what happens, on this thread.
///
/// Returns while threads still work; they end with the process, which is all that the caller may do next.
///
/// # Errors
/// When the folder is no site or cannot be read at the start, and when the address is not to be had.
pub fn run(settings: Settings, tell: &mut dyn FnMut(News)) -> Result<(), Failed> {
    let runtime = Builder::new_multi_thread().worker_threads(2).max_blocking_threads(32).enable_all().build();
    let runtime = runtime.map_err(Failed::System)?;
    let (say, heard) = mpsc::channel();
    let done = end_by_signal(&runtime, &say)
        .and_then(|()| place::listen(&settings.host, settings.port))
        .and_then(|listener| serve(settings, &runtime, listener, say, &heard, tell));
    // Who still waits for an answer or for news waits no longer.
    runtime.shutdown_background();
    done
}

fn serve(
    settings: Settings,
    runtime: &Runtime,
    listener: std::net::TcpListener,
    say: mpsc::Sender<Word>,
    heard: &mpsc::Receiver<Word>,
    tell: &mut dyn FnMut(News),
) -> Result<(), Failed> {
    listener.set_nonblocking(true).map_err(Failed::System)?;
    let address = listener.local_addr().map_err(Failed::System)?;
    let hosts = guard::Hosts::new(&settings.host, address.ip());
    let host = settings.host.clone();
    // Those who ask before the first edition stands wait in the queue of the socket.
    let mut listener = Some(listener);
    let rebuild = move || rebuild::run(settings, &say);
    std::thread::Builder::new().name("rebuild".to_owned()).spawn(rebuild).map_err(Failed::System)?;
    for word in heard {
        match word {
            Word::News(news) => tell(news),
            Word::Ready(preview) => {
                let url = place::url(&host, address, &preview.now().base);
                let Some(listener) = listener.take() else { continue };
                let _inside = runtime.enter();
                let listener = TcpListener::from_std(listener).map_err(Failed::System)?;
                runtime.spawn(connection::accept(listener, Arc::new(Server { preview, hosts: hosts.clone() })));
                tell(News::Listening { url, open_to_others: !address.ip().is_loopback() });
            }
            Word::Failed(failed) => return Err(failed),
            Word::End => break,
        }
    }
    Ok(())
}

/// From here on Ctrl-C and SIGTERM are a word like others, whatever the process is busy with.
fn end_by_signal(runtime: &Runtime, say: &mpsc::Sender<Word>) -> Result<(), Failed> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let _inside = runtime.enter();
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let mut signal = signal(kind).map_err(Failed::System)?;
            let say = say.clone();
            runtime.spawn(async move {
                signal.recv().await;
                let _ = say.send(Word::End);
            });
        }
    }
    #[cfg(not(unix))]
    {
        let say = say.clone();
        runtime.spawn(async move {
            let _ = tokio::signal::ctrl_c().await;
            let _ = say.send(Word::End);
        });
    }
    Ok(())
}
