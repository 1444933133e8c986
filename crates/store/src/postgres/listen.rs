//! Notices from other processes, by a connection of their own that is made anew when it breaks.

use std::time::Duration;

use base::{Error, Result};
use tokio_postgres::{AsyncMessage, Client};

use super::error::{cannot_connect, translate};
use super::tls::{Address, Link};
use crate::notice::{Hub, Notice, RECONNECTED};

const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

pub(super) struct Listener {
    pub address: Address,
    pub channel: String,
    /// Messages of this process were delivered already.
    pub sender: String,
    pub hub: Hub,
}

impl Listener {
    /// Returns when it listens; goes on in the background until the task is aborted.
    pub async fn start(self) -> Result<tokio::task::JoinHandle<()>> {
        let link = self.connect().await?;
        Ok(tokio::spawn(self.serve(link)))
    }

    async fn serve(self, first: (Client, Link)) {
        let mut link = Some(first);
        let mut pause = FIRST_PAUSE;
        loop {
            if let Some((client, mut connection)) = link.take() {
                pause = FIRST_PAUSE;
                self.drive(&mut connection).await;
                drop(client);
                tracing::warn!("the connection that listens for notices was lost");
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
            if let Ok(again) = self.connect().await {
                self.hub.publish([Notice::new(RECONNECTED, "")]);
                link = Some(again);
            }
        }
    }

    async fn connect(&self) -> Result<(Client, Link)> {
        let (client, mut connection) = self.address.config.connect(self.address.tls.clone()).await.map_err(cannot_connect)?;
        let text = format!("listen \"{}\"", self.channel);
        let listen = client.batch_execute(&text);
        tokio::select! {
            outcome = listen => outcome.map_err(|e| translate(e, &text))?,
            () = self.drive(&mut connection) => return Err(Error::internal("the listening connection ended at once")),
        }
        Ok((client, connection))
    }

    /// Ends with the connection.
    async fn drive(&self, connection: &mut Link) {
        while let Some(Ok(message)) = std::future::poll_fn(|cx| connection.poll_message(cx)).await {
            if let AsyncMessage::Notification(notification) = message
                && let Some((sender, notice)) = unpack(notification.payload())
                && sender != self.sender
            {
                self.hub.publish([notice]);
            }
        }
    }
}

/// Sender, channel and payload, a line each; the payload may have more.
pub(super) fn pack(sender: &str, notice: &Notice) -> String {
    format!("{sender}\n{}\n{}", notice.channel, notice.payload)
}

fn unpack(text: &str) -> Option<(&str, Notice)> {
    let (sender, rest) = text.split_once('\n')?;
    let (channel, payload) = rest.split_once('\n')?;
    Some((sender, Notice::new(channel, payload)))
}
