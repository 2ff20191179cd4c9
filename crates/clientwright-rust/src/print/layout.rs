//! Lays out what is printed by hand: as much on a line as it has room for.
//!
//! In: parts of a list or of a chain of calls, each a line at most. Out: text. Never happens: a part that is broken itself.

/// The widest line that is not broken.
pub(super) const WIDTH: usize = 120;

/// A call in a chain, or whatever else stands around a list.
pub(super) struct Link {
    open: String,
    parts: Vec<String>,
    close: &'static str,
}

impl Link {
    /// What is not broken.
    pub(super) fn whole(text: impl Into<String>) -> Self {
        Self { open: text.into(), parts: Vec::new(), close: "" }
    }

    /// A list between `open` and `close`.
    pub(super) fn list(open: impl Into<String>, parts: Vec<String>, close: &'static str) -> Self {
        Self { open: open.into(), parts, close }
    }

    /// Whether it begins so.
    pub(super) fn opens(&self, beginning: &str) -> bool {
        self.open.starts_with(beginning)
    }

    /// It in one line.
    fn line(&self) -> String {
        [self.open.as_str(), &self.parts.join(", "), self.close].concat()
    }

    /// It on several lines, of which the first is not indented.
    fn lines(&self, indent: usize) -> String {
        if self.parts.is_empty() {
            return self.line();
        }
        let parts = filled(&self.parts, indent + 4);
        [self.open.as_str(), "\n", &parts, "\n", &" ".repeat(indent), self.close].concat()
    }
}

/// A list at an indentation: in one line, or on lines of their own where that has no room for `after` as well.
pub(super) fn list(whole: &Link, indent: usize, after: &str) -> String {
    let line = whole.line();
    let text = if indent + line.len() + after.len() <= WIDTH { line } else { whole.lines(indent) };
    [&" ".repeat(indent), text.as_str(), after].concat()
}

/// A chain: in one line, or what it begins with and its calls below, as many on a line as there is room for.
pub(super) fn chain(head: &str, links: &[Link], indent: usize, after: &str) -> String {
    let start = " ".repeat(indent);
    let line = [&start, head, &links.iter().map(Link::line).collect::<String>(), after].concat();
    if line.len() <= WIDTH || links.is_empty() {
        return line;
    }
    let (mut out, below) = ([&start, head].concat(), " ".repeat(indent + 4));
    let mut column = WIDTH;
    for (place, link) in links.iter().enumerate() {
        let line = link.line();
        let room = if place + 1 == links.len() { WIDTH.saturating_sub(after.len()) } else { WIDTH };
        if column + line.len() <= room {
            column += line.len();
            out.push_str(&line);
            continue;
        }
        column = below.len() + line.len();
        let text = if column <= room { line } else { link.lines(below.len()) };
        column = if column <= room { column } else { below.len() + link.close.len() };
        out.extend(["\n", &below, &text]);
    }
    out + after
}

/// Parts on lines, a comma after each.
pub(super) fn filled(parts: &[String], indent: usize) -> String {
    let mut out = " ".repeat(indent);
    fill(&mut out, parts, indent);
    out
}

/// Adds parts to a last line, a comma after each; where that has no room for one, it begins the next line.
pub(super) fn fill(out: &mut String, parts: &[String], indent: usize) {
    let mut column = out.len() - out.rfind('\n').map_or(0, |end| end + 1);
    for (place, part) in parts.iter().enumerate() {
        if place > 0 && column + part.len() + ", ".len() > WIDTH {
            out.extend(["\n", &" ".repeat(indent)]);
            column = indent;
        } else if place > 0 {
            out.push(' ');
            column += 1;
        }
        out.extend([part, ","]);
        column += part.len() + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("word_{number:02}")).collect()
    }

    #[test]
    fn a_list_is_one_line_while_that_has_room() {
        assert_eq!(list(&Link::list("use a::{", words(2), "}"), 0, ";"), "use a::{word_00, word_01};");
        let open = "a".repeat(WIDTH - 9);
        let text = list(&Link::list(open.clone(), words(1), ")"), 0, ";");
        assert_eq!(text.len(), WIDTH);
        assert_eq!(list(&Link::list(open.clone() + "a", words(1), ")"), 0, ";"), format!("{open}a\n    word_00,\n);"));
    }

    #[test]
    fn lines_are_filled_and_no_wider_than_they_may_be() {
        let text = list(&Link::list("    f(", words(40), ")"), 0, ";");
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.iter().all(|line| line.len() <= WIDTH && !line.ends_with(' ')));
        let filled = lines.iter().skip(1).rev().skip(2);
        assert!(filled.clone().count() > 1 && filled.clone().all(|line| line.len() + " word_00,".len() > WIDTH));
    }

    #[test]
    fn a_chain_stands_below_what_it_begins_with() {
        let calls = |count| (0..count).map(|number| Link::whole(format!(".call_{number:02}()"))).collect::<Vec<_>>();
        assert_eq!(chain("a", &calls(2), 4, ";"), "    a.call_00().call_01();");
        let text = chain("a", &calls(20), 4, ";");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "    a");
        assert!(lines[1..].iter().all(|line| line.starts_with("        .call_") && line.len() <= WIDTH));
        let long = chain("a", &[Link::list(".f(&[", words(40), "])"), Link::whole(".g()")], 0, ";");
        assert!(long.starts_with("a\n    .f(&[\n        word_00, "), "{long}");
        assert!(long.ends_with(",\n    ]).g();"), "{long}");
    }
}
