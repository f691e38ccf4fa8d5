//! Creates, lists and revokes API tokens, also beside a running server.

use crate::failure::{Failure, OrSay, Result};
use crate::session::Session;
use crate::terminal::say::{self, remark, say};
use crate::verbs::Act;
use mesinfos_model::view::Lang;
use mesinfos_platform::credentials::{MOST_DAYS, Token, TokenScope};
use mesinfos_platform::{PlatformError, StoreError, VaultError};
use mesinfos_wire::{self as wire, CreatedToken, RevokedToken, each};
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: TokenVerb,
}

#[derive(Debug, clap::Subcommand)]
enum TokenVerb {
    Create {
        #[arg(long)]
        scope: ScopeArg,
        #[arg(long = "person", value_name = "NAME")]
        people: Vec<String>,
        #[arg(long)]
        new: bool,
        #[arg(long, value_name = "NAME")]
        developer: Option<String>,
        #[arg(long, value_name = "DAYS", default_value = "30d")]
        expires: String,
        #[arg(long)]
        name: String,
    },
    List,
    Revoke {
        id: String,
    },
}

/// Scope of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ScopeArg {
    Deposit,
    All,
    Metrics,
    Publish,
}

impl Act for Args {
    fn makes_folder(&self) -> bool {
        matches!(self.act, TokenVerb::Create { .. })
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        match self.act {
            TokenVerb::Create { scope, people, new, developer, expires, name } => {
                let doors = session.doors()?;
                let scope = match scope {
                    scope if scope != ScopeArg::Deposit && (!people.is_empty() || new) => {
                        return Err(Failure::said(Cli::OnlyForDeposits));
                    }
                    scope if scope != ScopeArg::Publish && developer.is_some() => {
                        return Err(Failure::said(Cli::OnlyForPublishing));
                    }
                    ScopeArg::Publish => TokenScope::Publish { developer: developer.unwrap_or_default() },
                    ScopeArg::All => TokenScope::All,
                    ScopeArg::Metrics => TokenScope::Metrics,
                    ScopeArg::Deposit => TokenScope::Deposit { people, may_create: new },
                };
                if let TokenScope::Deposit { people, may_create: false } = &scope {
                    tell_who_is_not_here(session, people)?;
                }
                let (token, text) = doors.create_token(&name, scope, days(&expires)?)?;
                let made = CreatedToken { made: (&token).into(), token: text };
                out.print(&made, |made| {
                    say!("{}", made.token);
                    if say::is_cut_off() {
                        return;
                    }
                    let command = format!("mesinfos token revoke {}", token.id);
                    let once = Cli::TokenOnce { token: &words(&token, out.lang), command: &command };
                    remark!("{}", once.to(out.lang));
                })?;
                // The secret is stored nowhere: revoke a token that nobody has seen, so that it cannot be
                // found later.
                if say::is_cut_off() {
                    doors.revoke_token(&token.id)?;
                    return Err(Failure::said(Cli::TokenNotShown { id: &token.id }));
                }
            }
            TokenVerb::List => {
                let tokens = session.doors_if_any()?.map(|doors| doors.tokens()).transpose()?;
                let tokens = tokens.unwrap_or_default();
                out.print(&each::<_, wire::Token>(&tokens), |_| {
                    out.list(&tokens, Cli::NoTokensYet, |token| {
                        say!("{}  {}", token.id, words(token, out.lang));
                    });
                })?;
            }
            TokenVerb::Revoke { id } => {
                session.doors()?.revoke_token(&id)?;
                out.print(&RevokedToken { revoked: id }, |token| {
                    out.say(Cli::TokenRevoked { id: &token.revoked });
                })?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Warns about people of a token who have no vault: a token for a misspelt name deposits nothing.
/// Impossible to check beside a running server, which locks the store.
fn tell_who_is_not_here(session: &Session, people: &[String]) -> Result<()> {
    let lang = session.out.lang;
    let platform = match session.open_if_stored() {
        Ok(platform) => platform,
        Err(failure) if matches!(failure.platform(), Some(PlatformError::Store(StoreError::InUse))) => {
            remark!("{}", Cli::PeopleNotChecked.to(lang));
            return Ok(());
        }
        Err(failure) => return Err(failure),
    };
    for person in people {
        let caller = session.out.caller(person)?;
        let nobody = match &platform {
            Some(platform) => platform.summary(&caller).err(),
            None => Some(nobody_yet(person)),
        };
        if let Some(error @ PlatformError::Vault(VaultError::NoSuchPerson { .. })) = nobody {
            let nobody = mesinfos_words::error(&error, lang);
            remark!("{}", Cli::TokenForNobody { nobody: &nobody }.to(lang));
        }
    }
    Ok(())
}

/// Error for any name in a data folder without a store.
fn nobody_yet(name: &str) -> PlatformError {
    let (close, total) = (Vec::new(), Some(0));
    VaultError::NoSuchPerson { name: name.to_owned(), close, total }.into()
}

fn words(token: &Token, lang: Lang) -> String {
    let until = mesinfos_words::instant(token.expires_at, lang);
    let scope = match &token.scope {
        TokenScope::All => Cli::TokenForEverything,
        TokenScope::Metrics => Cli::TokenForMetrics,
        TokenScope::Publish { developer } => Cli::TokenForPublishing { developer },
        TokenScope::Account { .. } => Cli::TokenForAccount,
        TokenScope::Deposit { people, may_create: false } => {
            Cli::TokenForDeposits { count: people.len() as u64 }
        }
        TokenScope::Deposit { people, may_create: true } => {
            Cli::TokenForDepositsAndNew { count: people.len() as u64 }
        }
    };
    Cli::Token { name: &token.name, scope: &scope.to(lang), until: &until }.to(lang)
}

/// Parses a number of days, such as "30d" or "30".
fn days(text: &str) -> Result<u32> {
    let days = text.trim_end_matches('d').parse();
    days.or_say(Cli::NotDays { text, most: u64::from(MOST_DAYS) })
}
