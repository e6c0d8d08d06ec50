//! What happens in the preview, for those who print it.

use super::held::Held;
use super::preview::Preview;
use super::watch::WatchError;
use crate::diagnostic::Located;
use crate::diagnostic::render::Summary;
use crate::discover::Unreadable;
use crate::pipeline::Work;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// Something that the author may want to know.
#[derive(Debug)]
pub enum News {
    /// The site can be asked for.
    Listening {
        /// The address of its home page.
        url: String,
        /// Whether other machines may reach it.
        open_to_others: bool,
    },
    /// The first edition, or the one after a change, is whole.
    Rebuilt(Box<Rebuilt>),
    /// A sentence: something is not as it was asked for, or not as it should be.
    Note(String),
}

/// What came of a change.
#[derive(Debug)]
pub struct Rebuilt {
    /// The files that changed, sorted; none for the first edition. Changes that came too quickly for an edition of
    /// their own are counted with the one after them.
    pub changed: Vec<String>,
    /// What was done for it.
    pub work: Work,
    /// From the news of the change to the moment in which everything stale was made.
    pub took: Duration,
    /// What is wrong with it.
    pub summary: Summary,
    /// What browsers show now.
    pub shown: Shown,
    /// Its errors and warnings, when they are others than those that were told before.
    pub problems: Option<Vec<Located>>,
    /// The edition, for the texts that problems point into.
    pub edition: Held,
}

/// What browsers show after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The site as it is now.
    This,
    /// The site as it was before: it has errors now.
    LastGood,
    /// The errors: there was no good state yet.
    Problems,
}

/// Why there is no preview.
#[derive(Debug)]
pub enum Failed {
    /// The folder is no site, or cannot be read.
    Unreadable(Unreadable),
    /// Nothing tells of changes, not even looking.
    Watch(WatchError),
    /// The port that was asked for is taken.
    PortInUse(String, u16),
    /// None of the usual ports is free.
    NoPort(String, u16, u16),
    /// The address is not one of this machine's, or not to be had.
    Address(String, io::Error),
    /// The system refused a thread, a socket, a signal.
    System(io::Error),
    /// The thread that makes editions ended; why it did was said on the way.
    Stopped,
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(error) => error.fmt(f),
            Self::Watch(error) => error.fmt(f),
            Self::PortInUse(host, port) => write!(f, "port {port} of {host} is in use"),
            Self::NoPort(host, first, last) => write!(f, "no port of {host} from {first} to {last} is free"),
            Self::Address(host, error) => write!(f, "cannot listen at {host}: {error}"),
            Self::System(error) => write!(f, "the system refused what a server needs: {error}"),
            Self::Stopped => f.write_str("the preview stopped by a mistake of its own"),
        }
    }
}

impl std::error::Error for Failed {}

impl Failed {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::PortInUse(..) => "leave `--port` out to take the next free one",
            Self::NoPort(..) => "name a free one: `--port N`, or `--port 0` for any",
            Self::Address(..) => "name an address of this machine; without `--host` it is 127.0.0.1",
            Self::Stopped => "report it, with the message above",
            Self::Unreadable(_) | Self::Watch(_) | Self::System(_) => "",
        }
    }
}

/// What threads say to the one that started them.
#[derive(Debug)]
pub(super) enum Word {
    /// The first edition stands.
    Ready(Arc<Preview>),
    /// To be handed on.
    News(News),
    /// It is over.
    Failed(Failed),
    /// The user ends it.
    End,
}
