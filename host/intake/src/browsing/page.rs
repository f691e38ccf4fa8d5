//! Page addresses, and the parts that are kept.
//!
//! User names, queries and fragments hold tokens, so they are dropped. Only the words given to a known
//! search engine are kept, in a column of their own.

use crate::error::FormatError;
use crate::read::{decode, unescaped};
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::category::browsing as b;

/// A web page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WebPage {
    /// Address without user name, query and fragment.
    pub(super) url: String,
    /// Host, without port.
    pub(super) site: String,
    /// Search words.
    pub(super) query: Option<String>,
    kind: i64,
}

/// A search engine: its hosts (including subdomains; `.*` is any country's domain), the paths at which it
/// answers (without trailing `/`), and the parameter with the words.
struct Engine {
    hosts: &'static [&'static str],
    paths: &'static [&'static str],
    parameter: &'static str,
}

const ENGINES: &[Engine] = &[
    Engine {
        hosts: &["google.*"],
        paths: &["/search", "/scholar", "/store/search", "/maps"],
        parameter: "q",
    },
    Engine {
        hosts: &["bing.com"],
        paths: &["/search", "/images/search", "/videos/search", "/news/search"],
        parameter: "q",
    },
    Engine { hosts: &["duckduckgo.com"], paths: &["", "/html", "/lite"], parameter: "q" },
    Engine { hosts: &["qwant.com", "lilo.org"], paths: &[""], parameter: "q" },
    Engine { hosts: &["ecosia.org"], paths: &["/search", "/images", "/news", "/videos"], parameter: "q" },
    Engine {
        hosts: &["search.brave.com", "swisscows.com", "yep.com"],
        paths: &["/search", "/web"],
        parameter: "q",
    },
    Engine {
        hosts: &["startpage.com"],
        paths: &["/sp/search", "/do/search", "/do/dsearch"],
        parameter: "query",
    },
    Engine { hosts: &["search.yahoo.com"], paths: &["/search"], parameter: "p" },
    Engine { hosts: &["yandex.*"], paths: &["/search"], parameter: "text" },
    Engine { hosts: &["baidu.com"], paths: &["/s"], parameter: "wd" },
    Engine { hosts: &["youtube.com"], paths: &["/results"], parameter: "search_query" },
];

/// Parts of an address.
struct Pieces<'a> {
    scheme: &'a str,
    /// Including its port.
    host: &'a str,
    path: &'a str,
    query: &'a str,
}

impl WebPage {
    /// The page at an address; `None` if it is not a web address (`file:`, `about:`, `chrome:`, …).
    pub(super) fn of(address: &str) -> Option<WebPage> {
        let pieces = Pieces::of(address)?;
        let site = pieces.site()?;
        let query = pieces.searched(&site);
        let kind = match &query {
            Some(_) => b::kind::SEARCH,
            None if is_below(&site, "youtube.com") && pieces.path == "/watch" => b::kind::WATCH,
            None => b::kind::VISIT,
        };
        let url = format!("{}://{}{}", pieces.scheme, pieces.host, pieces.path);
        Some(WebPage { url, site, query, kind })
    }

    /// Like [`WebPage::of`], but follows Google's redirect notice to the target page.
    pub(super) fn behind(address: &str) -> Option<WebPage> {
        let pieces = Pieces::of(address)?;
        let is_notice = pieces.path == "/url" && is_below(&pieces.site()?, "google.*");
        let target = is_notice.then(|| ["q", "url"].iter().find_map(|name| pieces.parameter(name))).flatten();
        target.and_then(|target| WebPage::of(&target)).or_else(|| WebPage::of(address))
    }
}

impl<'a> Pieces<'a> {
    fn of(address: &'a str) -> Option<Pieces<'a>> {
        let (scheme, rest) = address.trim().split_once("://")?;
        if !["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) {
            return None;
        }
        let (rest, _fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        // Browsers treat a backslash as a slash.
        let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
        let host = authority.rsplit('@').next().unwrap_or(authority);
        Some(Pieces { scheme, host, path, query })
    }

    /// Host without its port; `None` if it is empty or malformed.
    fn site(&self) -> Option<String> {
        let bare = match self.host.strip_prefix('[') {
            Some(address) => address.split(']').next().unwrap_or(address),
            None => self.host.split(':').next().unwrap_or(self.host),
        };
        let bare = bare.trim_end_matches('.').to_lowercase();
        let sound = !bare.is_empty() && !bare.contains(|c: char| c.is_whitespace() || c.is_control());
        sound.then_some(bare)
    }

    /// Decoded value of a query parameter; `None` if it is missing or empty.
    fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(key, _)| *key == name)?;
        let bytes = unescaped(&value.replace('+', " "), b'%');
        let value = decode(&bytes);
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// Search words, if this is a search.
    fn searched(&self, site: &str) -> Option<String> {
        let path = self.path.trim_end_matches('/');
        let answers = |engine: &&Engine| {
            engine.paths.contains(&path) && engine.hosts.iter().any(|host| is_below(site, host))
        };
        self.parameter(ENGINES.iter().find(answers)?.parameter)
    }
}

/// Whether `site` is `host` or a subdomain of it; `name.*` is that name in any country's domain.
fn is_below(site: &str, host: &str) -> bool {
    let Some(name) = host.strip_suffix(".*") else {
        return site.strip_suffix(host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    };
    let mut labels = site.split('.').skip_while(|label| *label != name).skip(1);
    let is_top = |label: &str| matches!(label.len(), 2 | 3);
    match (labels.next(), labels.next(), labels.next()) {
        (Some(top), None, None) => is_top(top),
        (Some("co" | "com"), Some(top), None) => is_top(top),
        _ => false,
    }
}

/// A row of a history.
#[derive(Debug, Default)]
pub(super) struct Visit<'a> {
    /// UTC seconds.
    pub(super) at: i64,
    /// Local time minus UTC in minutes, where known.
    pub(super) offset: Option<i64>,
    pub(super) holder: &'a str,
    pub(super) transition: Option<i64>,
    pub(super) product: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    /// The page; `None` for activity outside the web.
    pub(super) page: Option<&'a WebPage>,
}

impl Visit<'_> {
    pub(super) fn push(&self, ordinal: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        rows.push(
            Category::Browsing,
            ordinal,
            &[
                (b::HOLDER, self.holder.into()),
                (b::AT, self.at.into()),
                (b::UTC_OFFSET, self.offset.into()),
                (b::KIND, self.page.map_or(b::kind::OTHER, |page| page.kind).into()),
                (b::SITE, self.page.map(|page| page.site.as_str()).into()),
                (b::TRANSITION, self.transition.into()),
                (b::PRODUCT, self.product.map(str::trim).into()),
                (b::TITLE, self.title.map(str::trim).into()),
                (b::URL, self.page.map(|page| page.url.as_str()).into()),
                (b::QUERY, self.page.and_then(|page| page.query.as_deref()).into()),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> (String, String, Option<String>) {
        let page = WebPage::of(address).unwrap();
        (page.url, page.site, page.query)
    }

    #[test]
    fn secrets_are_dropped() {
        let (url, site, query) = of("https://user:pass@Banque.Example:8443/compte?token=secret#top");
        assert_eq!(
            (url.as_str(), site.as_str(), query),
            ("https://Banque.Example:8443/compte", "banque.example", None)
        );
        assert_eq!(of("http://a?x=1").0, "http://a");
        assert_eq!(of("http://a@b@c/d@e").1, "c");
        assert_eq!(of("https://[2001:db8::1]:80/").1, "2001:db8::1");
        assert_eq!(of("https://evil.example\\@google.com/").1, "evil.example");
        for other in [
            "chrome://newtab/",
            "file:///home/a",
            "about:blank",
            "",
            "javascript:alert(1)//://",
            "https://",
            "http:///x",
            "http://a b/",
        ] {
            assert_eq!(WebPage::of(other), None, "{other}");
        }
    }

    #[test]
    fn words_are_kept_only_where_one_searches() {
        let words = |address: &str| of(address).2;
        assert_eq!(
            words("https://www.google.fr/search?client=x&q=caf%C3%A9+cr%c3%a8me").as_deref(),
            Some("café crème")
        );
        assert_eq!(words("https://google.co.uk/search?q=%E9t%E9").as_deref(), Some("été"));
        assert_eq!(words("https://duckduckgo.com/?q=a%2Bb%zz").as_deref(), Some("a+b%zz"));
        assert_eq!(words("https://fr.search.yahoo.com/search;_y=1?p=x"), None);
        assert_eq!(words("https://www.youtube.com/results?search_query=chat").as_deref(), Some("chat"));
        for none in [
            "https://www.example.org/?q=mes%20infos",
            "https://google.evil.example/search?q=a",
            "https://notgoogle.com/search?q=a",
            "https://www.google.com/search?q=+",
            "https://www.google.com/url?q=https://a.example/",
            "https://mail.google.com/mail?q=secret",
        ] {
            assert_eq!(words(none), None, "{none}");
        }
    }

    #[test]
    fn a_notice_of_leaving_is_the_page_one_left_for() {
        let page = WebPage::behind("https://www.google.com/url?q=https://a.example/b%3Fc%3Dd&usg=e").unwrap();
        assert_eq!((page.url.as_str(), page.site.as_str()), ("https://a.example/b", "a.example"));
        assert_eq!(WebPage::behind("https://www.google.com/url?q=mailto:a").unwrap().site, "www.google.com");
        assert_eq!(WebPage::behind("https://a.example/url?q=https://b.example").unwrap().site, "a.example");
    }
}
