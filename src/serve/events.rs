//! What an open page is told (server-sent events, WHATWG HTML 9.2): `reload`, `styles`, `problems`.
//!
//! A page says which version of which route it is. It is told of the difference to what stands now, at once and after each
//! change, so that nothing is missed between the loading of a page and its first question, nor while the connection is
//! away, nor when another server of the same site has taken the place of the first.

use super::answer::{What, dress, standing};
use super::board::Board;
use super::difference::styles;
use super::preview::Preview;
use axum::body::Body;
use axum::http::Response;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{Sender, channel};
use tokio_stream::wrappers::ReceiverStream;

/// How often a client that has nothing to hear hears that.
const QUIET: Duration = Duration::from_secs(15);

/// After what time a browser comes back when the connection is lost.
const RETRY: Duration = Duration::from_millis(500);

/// The events for a page that stands at `route` below `base`, and that had this `version` when it was loaded.
pub(super) fn stream(preview: Arc<Preview>, base: String, route: String, version: String) -> Response<Body> {
    // A client that does not read is told what stands when it reads again, not everything in between.
    let (say, heard) = channel(1);
    let client = Client { preview, base, route, version, bytes: None, board: None, say };
    tokio::spawn(async move {
        // Nobody listens any more.
        let _ = client.tell().await;
    });
    let events = Sse::new(ReceiverStream::new(heard)).keep_alive(KeepAlive::new().interval(QUIET));
    let mut answer = events.into_response();
    dress(&mut answer, "text/event-stream");
    answer
}

struct Client {
    preview: Arc<Preview>,
    base: String,
    route: String,
    version: String,
    /// The bytes of that version, when they are known.
    bytes: Option<Arc<[u8]>>,
    board: Option<Arc<Board>>,
    say: Sender<Result<Event, Infallible>>,
}

/// The client has gone.
struct Gone;

impl Client {
    async fn tell(mut self) -> Result<(), Gone> {
        let _open = self.preview.open(&self.route);
        let mut moments = self.preview.follow();
        self.send(Event::default().retry(RETRY).comment("here you are")).await?;
        loop {
            let now = moments.borrow_and_update().clone();
            if now.base == self.base {
                self.compare().await?;
            } else {
                // Pages outside of the site have a route that begins with a slash.
                let route = if self.route.starts_with('/') { "" } else { self.route.as_str() };
                let to = format!("{}{route}", now.base);
                self.base.clone_from(&now.base);
                self.send(Event::default().event("reload").data(json!({"to": to}).to_string())).await?;
            }
            if self.board.as_ref().is_none_or(|board| !Arc::ptr_eq(board, &now.board)) {
                self.board = Some(now.board.clone());
                self.send(Event::default().event("problems").data(now.board.json())).await?;
            }
            // An edition is held no longer than it takes to look at it.
            drop(now);
            tokio::select! {
                changed = moments.changed() => changed.map_err(|_| Gone)?,
                () = self.say.closed() => return Err(Gone),
            }
        }
    }

    /// Tells the difference between the page and what stands at its route.
    async fn compare(&mut self) -> Result<(), Gone> {
        let (preview, route) = (self.preview.clone(), self.route.clone());
        let made = tokio::task::spawn_blocking(move || standing(&preview, &route));
        let Ok(standing) = made.await else { return Ok(()) };
        let bytes = match standing.what {
            What::File(bytes) => Some(bytes),
            What::Nothing | What::Problems => None,
        };
        let before = std::mem::replace(&mut self.bytes, bytes);
        if standing.version == self.version {
            return Ok(());
        }
        self.version = standing.version;
        let styles = before.as_ref().zip(self.bytes.as_ref()).and_then(|(before, now)| styles(before, now));
        let event = match styles {
            Some(pairs) => {
                Event::default().event("styles").data(json!({"version": self.version, "pairs": pairs}).to_string())
            }
            None => Event::default().event("reload").data("{}"),
        };
        self.send(event).await
    }

    async fn send(&self, event: Event) -> Result<(), Gone> {
        self.say.send(Ok(event)).await.map_err(|_| Gone)
    }
}
