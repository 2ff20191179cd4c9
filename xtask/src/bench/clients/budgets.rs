//! What the clients of some documents may cost.
//!
//! In: the name of a document. Out: its [`Budget`]. Never: a number that was measured.

/// What generating and checking a client may take at most, on two cores of a common server.
pub(super) struct Budget {
    document: &'static str,
    /// Lines of the crate.
    pub(super) lines: Option<u32>,
    /// Seconds of processor time for `cargo check`, the dependencies apart.
    pub(super) check_seconds: Option<f64>,
    pub(super) check_gigabytes: Option<f64>,
    /// Seconds of processor time for the command `clientwright generate`.
    pub(super) generation_seconds: Option<f64>,
    pub(super) generation_megabytes: Option<f64>,
}

impl Budget {
    /// The budget of a document, if it is one of those that are measured.
    pub(super) fn of(document: &str) -> Option<&'static Self> {
        BUDGETS.iter().find(|budget| budget.document == document)
    }
}

/// The documents that are measured where nothing else is said. Kubernetes has none yet.
static BUDGETS: [Budget; 7] = [
    budget("adyen-checkout-v71", 9_000, 3.0, None),
    budget("sentry", 16_000, 5.0, Some(0.5)),
    budget("oxide-nexus", 16_000, 5.0, Some(0.5)),
    budget("stripe", 48_000, 16.0, Some(1.0)),
    budget("openai", 130_000, 25.0, Some(1.5)),
    Budget {
        generation_seconds: Some(1.5),
        generation_megabytes: Some(500.0),
        ..budget("github", 97_000, 45.0, Some(2.5))
    },
    Budget { document: "kubernetes-all-oad", ..NONE },
];

const NONE: Budget = Budget {
    document: "",
    lines: None,
    check_seconds: None,
    check_gigabytes: None,
    generation_seconds: None,
    generation_megabytes: None,
};

const fn budget(document: &'static str, lines: u32, seconds: f64, gigabytes: Option<f64>) -> Budget {
    Budget { document, lines: Some(lines), check_seconds: Some(seconds), check_gigabytes: gigabytes, ..NONE }
}
