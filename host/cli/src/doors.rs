//! Tokens for the API, and addresses for the pages: beside a running server, whose lock they do not need.

use crate::acts::Output;
use crate::args::{ScopeArg, TokenVerb};
use crate::failure::{Failure, OrSay, Result};
use crate::serve::print_address;
use crate::terminal::say::{remark, say};
use mesinfos_model::view::Lang;
use mesinfos_platform::doors::{Doors, MOST_DAYS, Token, TokenScope};
use mesinfos_wire::{self as wire, CreatedToken, Opened, RevokedToken, each};
use mesinfos_words::cli::Cli;
use std::net::TcpStream;
use std::time::Duration;

/// Makes, lists or revokes tokens.
pub(crate) fn token(doors: &Doors, out: &Output, verb: TokenVerb) -> Result<()> {
    match verb {
        TokenVerb::Create { scope, people, new, expires, name } => {
            let scope = match scope {
                ScopeArg::All | ScopeArg::Metrics if !people.is_empty() || new => {
                    return Err(Failure::said(Cli::OnlyForDeposits));
                }
                ScopeArg::All => TokenScope::All,
                ScopeArg::Metrics => TokenScope::Metrics,
                ScopeArg::Deposit => TokenScope::Deposit { people, may_create: new },
            };
            let (token, text) = doors.create_token(&name, scope, days(&expires)?)?;
            let made = CreatedToken { made: (&token).into(), token: text };
            out.print(&made, |made| {
                say!("{}", made.token);
                let command = format!("mesinfos token revoke {}", token.id);
                let once = Cli::TokenOnce { token: &words(&token, out.lang), command: &command };
                remark!("{}", once.to(out.lang));
            })
        }
        TokenVerb::List => {
            let tokens = doors.tokens()?;
            out.print(&each::<_, wire::Token>(&tokens), |_| {
                out.list(&tokens, Cli::NoTokensYet, |token| {
                    say!("{}  {}", token.id, words(token, out.lang));
                });
            })
        }
        TokenVerb::Revoke { id } => {
            doors.revoke_token(&id)?;
            out.print(&RevokedToken { revoked: id }, |token| {
                out.say(Cli::TokenRevoked { id: &token.revoked });
            })
        }
    }
}

fn words(token: &Token, lang: Lang) -> String {
    let until = mesinfos_words::instant(token.expires_at, lang);
    let scope = match &token.scope {
        TokenScope::All => Cli::TokenForEverything,
        TokenScope::Metrics => Cli::TokenForMetrics,
        TokenScope::Deposit { people, may_create: false } => {
            Cli::TokenForDeposits { count: people.len() as u64 }
        }
        TokenScope::Deposit { people, may_create: true } => {
            Cli::TokenForDepositsAndNew { count: people.len() as u64 }
        }
    };
    Cli::Token { name: &token.name, scope: &scope.to(lang), until: &until }.to(lang)
}

/// A number of days, as "30d" or "30".
fn days(text: &str) -> Result<u32> {
    let days = text.trim_end_matches('d').parse();
    days.or_say(Cli::NotDays { text, most: u64::from(MOST_DAYS) })
}

/// Prints an address that opens the pages of the running server.
pub(crate) fn open(doors: &Doors, out: &Output) -> Result<()> {
    let none = |failure: Failure| failure.hint(Cli::HintServe);
    let address = doors.address()?.or_say(Cli::NoServer).map_err(none)?;
    TcpStream::connect_timeout(&address, Duration::from_secs(2)).or_say(Cli::NoServer).map_err(none)?;
    let code = doors.create_code()?;
    let url = format!("http://{address}/open/{code}");
    out.print(&Opened { address: url }, |_| print_address(address, &code))
}
