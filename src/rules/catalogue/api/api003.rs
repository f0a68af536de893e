//! API003: every API of a domain fails in its own way.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{Domain, ErrorFormat, Id, Status, Style, Subject},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        contracts::{Product, products},
        finding::{listed, names, say},
    },
};

pub(super) struct InconsistentErrors;

static META: Meta = Meta {
    code: "API003",
    slug: "inconsistent-errors",
    summary: "APIs of one style in one domain use different error formats or status conventions",
    why: "\"Error semantics as part of the contract\" (docs/principles.md, APIs as products). Who calls two APIs of one domain handles \
          errors twice where each has its own; Zalando's RESTful API guidelines ask all to use problem+json.",
    example: "Orders answers problem+json, Baskets an object of its own: the shop has two error handlers, one of them tested.",
    remedy: "Agree on one error format and one use of status codes per style, and move the others there with their next version.",
    severity: Severity::Info,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for InconsistentErrors {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut apis: BTreeMap<&Id<Domain>, BTreeMap<Style, Vec<Product<'_>>>> = BTreeMap::new();
        for product in products(cx) {
            let past = product.is(Status::Deprecated) || product.is(Status::Draft);
            let asked = product.is_api() && !past && product.is_asked(&["error_format"]);
            let domain = product.provider.and_then(|provider| provider.domain);
            if let (true, Some(style), Some(domain)) = (asked, product.style.known(), domain) {
                apis.entry(domain).or_default().entry(*style).or_default().push(product);
            }
        }
        for (domain, styles) in apis {
            let several: Vec<_> = styles.into_iter().filter(|(_, products)| products.len() > 1).collect();
            let differing: Vec<_> = several.iter().filter_map(|(style, all)| Differing::of(*style, all)).collect();
            match differing.is_empty() {
                true if several.is_empty() => out.exempt(&META, domain),
                true => out.met(&META, domain),
                false => report(out, domain, &differing),
            }
        }
    }
}

/// How the APIs of one style differ.
struct Differing<'p, 'a> {
    style: Style,
    formats: BTreeMap<ErrorFormat, Vec<&'p Product<'a>>>,
    loose: Vec<&'p Product<'a>>,
}

impl<'p, 'a> Differing<'p, 'a> {
    fn of(style: Style, products: &'p [Product<'a>]) -> Option<Self> {
        let mut formats: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for product in products {
            // Plain text is no format that others could share, and API002's.
            if let Some(format) = product.contract.error_format.known().filter(|f| **f != ErrorFormat::PlainText) {
                formats.entry(*format).or_default().push(product);
            }
        }
        let (loose, strict): (Vec<_>, Vec<_>) = products
            .iter()
            .filter(|product| !product.contract.consistent_status_codes.is_not_asked())
            .partition(|product| product.contract.consistent_status_codes.is_none());
        let loose = if loose.len() + strict.len() > 1 { loose } else { Vec::new() };
        let differ = formats.len() > 1 || !loose.is_empty();
        differ.then_some(Self { style, formats, loose })
    }

    fn products(&self) -> BTreeSet<&'a Id<crate::model::Contract>> {
        let formats = self.formats.values().filter(|_| self.formats.len() > 1).flatten();
        formats.chain(&self.loose).map(|product| product.id).collect()
    }
}

fn report(out: &mut Findings<'_>, domain: &Id<Domain>, differing: &[Differing<'_, '_>]) {
    let mut said = say!["in ", domain];
    for (at, differ) in differing.iter().enumerate() {
        said.push(if at == 0 { ", " } else { "; " }.into());
        let formats: Vec<String> = differ.formats.keys().map(|format| format.word().to_owned()).collect();
        if formats.len() > 1 {
            said.push(
                format!("{} APIs answer errors in {} forms: {}", differ.style, formats.len(), listed(&formats)).into(),
            );
        }
        if !differ.loose.is_empty() {
            let joint = if formats.len() > 1 { ", and " } else { "" };
            said.push(format!("{joint}the status codes of ").into());
            said.extend(names(differ.loose.iter().map(|product| Subject::from(*product))));
            said.push(" mean other things than those of other ".into());
            said.push(format!("{} APIs", differ.style).into());
        }
    }
    let finding = out.defect(&META, domain, said);
    for differ in differing {
        finding.with(differ.products().into_iter().map(Subject::from));
        for (format, products) in differ.formats.iter().filter(|_| differ.formats.len() > 1) {
            for product in products {
                finding.because(*product, "error_format", format.word());
            }
        }
        for product in &differ.loose {
            finding.because(*product, "consistent_status_codes", "none");
        }
    }
}
