//! Links in headers (RFC 8288).
//!
//! In: the header `Link`. Out: the reference with the relation `next`. Never happens: a comma within a URL taken for the
//! end of a link.

use http::HeaderMap;
use http::header::LINK;

/// The reference of the first link whose relations have `next` among them.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(links).find(|(_, parameters)| is_next(parameters)).map(|(target, _)| target.to_owned())
}

/// Targets, each with the text of its parameters.
fn links(line: &str) -> Vec<(&str, &str)> {
    let mut links = Vec::new();
    let mut rest = line;
    while let Some((target, after)) = rest.split_once('<').and_then(|(_, start)| start.split_once('>')) {
        let (parameters, next) = after.split_at(outside_of_quotes(after, ',').unwrap_or(after.len()));
        links.push((target, parameters));
        rest = next;
    }
    links
}

/// Where a character stands that is not within quotes.
fn outside_of_quotes(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    text.find(|character| {
        quoted ^= character == '"';
        character == wanted && !quoted
    })
}

fn is_next(parameters: &str) -> bool {
    let mut rest = parameters;
    let mut each = Vec::new();
    while let Some(end) = outside_of_quotes(rest, ';') {
        let (parameter, after) = rest.split_at(end);
        each.push(parameter);
        rest = after.trim_start_matches(';');
    }
    each.push(rest);
    each.into_iter().filter_map(|parameter| parameter.split_once('=')).any(|(name, value)| {
        let relations = value.trim().trim_matches('"').split_ascii_whitespace();
        name.trim().eq_ignore_ascii_case("rel") && { relations }.any(|relation| relation.eq_ignore_ascii_case("next"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_link_is_found() {
        let found = |lines: &[&str]| {
            let headers: HeaderMap = lines.iter().map(|line| (LINK, line.parse().unwrap())).collect();
            next(&headers)
        };
        assert_eq!(
            found(&["<https://x/a?p=1>; rel=\"prev\", <https://x/a?p=3,4>; rel=\"next\""]).unwrap(),
            "https://x/a?p=3,4"
        );
        assert_eq!(found(&["</a>; title=\"a, b; rel=next\"; rel=last", "</b>; REL=Next"]).unwrap(), "/b");
        assert_eq!(found(&["<?p=2>;rel=\"last next\""]).unwrap(), "?p=2");
        for none in ["", "<a", "<a>", "a; rel=next", "<a>; rel=nextish"] {
            assert_eq!(found(&[none]), None, "{none}");
        }
    }
}
