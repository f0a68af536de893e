//! Models that come with the program: templates to start from, and examples to look around in.

/// A model that comes with the program.
#[derive(Debug)]
pub struct Sample {
    /// Its name in commands: `gateway-and-backbone`.
    pub slug: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it shows, in a sentence.
    pub blurb: &'static str,
    /// The text of its file.
    pub text: &'static str,
}

/// What a new model can start from; the first is the default.
pub static TEMPLATES: &[Sample] = &[
    Sample {
        slug: "blank",
        title: "Blank",
        blurb: "Nothing but a name, at stage sketch.",
        text: include_str!("../../assets/templates/blank.ron"),
    },
    Sample {
        slug: "gateway-and-backbone",
        title: "Gateway and backbone",
        blurb: "Channels, a gateway, services that own their data, a backbone for events, an adapter that has an end.",
        text: include_str!("../../assets/templates/gateway-and-backbone.ron"),
    },
    Sample {
        slug: "legacy-isolation",
        title: "Legacy isolation",
        blurb: "An old core behind one adapter that translates, and the day on which both are gone.",
        text: include_str!("../../assets/templates/legacy-isolation.ron"),
    },
    Sample {
        slug: "event-driven-domain",
        title: "Event-driven domain",
        blurb: "A command that is decided once, and events that tell everybody else what happened.",
        text: include_str!("../../assets/templates/event-driven-domain.ron"),
    },
];

/// Whole architectures to look around in.
pub static EXAMPLES: &[Sample] = &[
    Sample {
        slug: "astronomy-shop",
        title: "Astronomy shop",
        blurb: "A web shop of some twenty services, much as its public documentation shows it: what is known, and what nobody asked.",
        text: include_str!("../../examples/astronomy-shop.ron"),
    },
    Sample {
        slug: "retail-legacy",
        title: "Retailer, as it is",
        blurb: "A retailer with an old ERP: shared databases, temporary adapters, unisolated chains, and a plan to leave them.",
        text: include_str!("../../examples/retail-legacy.ron"),
    },
    Sample {
        slug: "retail-target",
        title: "Retailer, repaired",
        blurb: "The same retailer as its architects want it: governed, with no finding left, and the way off the ERP.",
        text: include_str!("../../examples/retail-target.ron"),
    },
];

/// The sample with this name.
pub fn sample(samples: &'static [Sample], slug: &str) -> Option<&'static Sample> {
    samples.iter().find(|sample| sample.slug == slug)
}
