//! Tokens for the API, and addresses for the pages: beside a running server, whose lock they do not need.

use crate::acts::Output;
use crate::args::{ScopeArg, TokenVerb};
use crate::serve::print_address;
use crate::terminal::say::{remark, say};
use anyhow::{Context, Result, bail};
use mesinfos_platform::doors::{Doors, MOST_DAYS, Token, TokenScope};
use mesinfos_wire::{self as wire, CreatedToken, Opened, RevokedToken, each};
use std::net::TcpStream;
use std::time::Duration;

/// Makes, lists or revokes tokens.
pub(crate) fn token(doors: &Doors, out: &Output, verb: TokenVerb) -> Result<()> {
    match verb {
        TokenVerb::Create { scope, people, new, expires, name } => {
            let scope = match scope {
                ScopeArg::All | ScopeArg::Metrics if !people.is_empty() || new => {
                    bail!(
                        "--person and --new are for --scope deposit: other tokens are for nobody in particular"
                    )
                }
                ScopeArg::All => TokenScope::All,
                ScopeArg::Metrics => TokenScope::Metrics,
                ScopeArg::Deposit => TokenScope::Deposit { people, may_create: new },
            };
            let (token, text) = doors.create_token(&name, scope, days(&expires)?)?;
            let made = CreatedToken { made: (&token).into(), token: text };
            out.print(&made, |made| {
                say!("{}", made.token);
                remark!("{}: this is shown once, and kept nowhere. Revoke it with", words(&token));
                remark!("    mesinfos token revoke {}", token.id);
            })
        }
        TokenVerb::List => {
            let tokens = doors.tokens()?;
            out.print(&each::<_, wire::Token>(&tokens), |_| {
                for token in &tokens {
                    say!("{}  {}", token.id, words(token));
                }
            })
        }
        TokenVerb::Revoke { id } => {
            doors.revoke_token(&id)?;
            out.print(&RevokedToken { revoked: id }, |token| {
                say!("{} is revoked: it is of no use from now on", token.revoked);
            })
        }
    }
}

fn words(token: &Token) -> String {
    let until = jiff::Timestamp::from_second(token.expires_at).map(|t| t.to_string()).unwrap_or_default();
    let scope = match &token.scope {
        TokenScope::All => "everything, for everybody".to_owned(),
        TokenScope::Metrics => "the figures of the server".to_owned(),
        TokenScope::Deposit { people, may_create } => {
            let new = if *may_create { ", new ones too" } else { "" };
            format!("deposits for {}{new}", people.join(", "))
        }
    };
    format!("{} ({scope}, until {until})", token.name)
}

/// A number of days, as "30d" or "30".
fn days(text: &str) -> Result<u32> {
    text.trim_end_matches('d').parse().with_context(|| {
        format!("--expires {text}: a number of days is expected, as 30d (1d to {MOST_DAYS}d)")
    })
}

/// Prints an address that opens the pages of the running server.
pub(crate) fn open(doors: &Doors, out: &Output) -> Result<()> {
    const NONE: &str = "no server is running on this data folder: start one with `mesinfos serve`";
    let address = doors.address()?.context(NONE)?;
    TcpStream::connect_timeout(&address, Duration::from_secs(2)).context(NONE)?;
    let code = doors.create_code()?;
    let url = format!("http://{address}/open/{code}");
    out.print(&Opened { address: url }, |_| print_address(address, &code))
}
