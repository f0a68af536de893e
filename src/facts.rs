//! The resolved facts of an interaction, each with where it came from.
//!
//! Layers, nearest first: the interaction's own facts, its profile, then its gateway, mesh or backbone. Only *not
//! asked* falls through; an own `None` stops the search. A gateway contributes to the interactions that lead to it, a
//! backbone to those on either side of it, a mesh to those both of whose ends are its members. A boundary supplies
//! nothing: what it requires is in [`requirement`].

use crate::model::{
    Boundary, Fact, Field, Id, Interaction, Mesh, Model, Observability, Profile, Requirements, Resilience, Security,
    Shown, System, SystemKind,
};

/// Where a fact came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The interaction itself.
    Own,
    /// Its profile.
    Profile(Id<Profile>),
    /// The gateway it leads to.
    Gateway(Id<System>),
    /// The mesh both its ends are members of.
    Mesh(Id<Mesh>),
    /// The backbone it leads to or comes from.
    Backbone(Id<System>),
}

impl Origin {
    /// It in words, by the name that people read: "profile Internal REST".
    fn words(&self, model: &Model) -> String {
        match self {
            Self::Own => "the interaction".to_owned(),
            Self::Profile(id) => format!("profile {}", model.name_of(id)),
            Self::Gateway(id) => format!("gateway {}", model.name_of(id)),
            Self::Mesh(id) => format!("mesh {}", model.name_of(id)),
            Self::Backbone(id) => format!("backbone {}", model.name_of(id)),
        }
    }
}

/// One layer of facts.
#[derive(Clone)]
pub struct Layer<'m> {
    /// Whose facts they are.
    pub origin: Origin,
    /// What happens when the other side fails.
    pub resilience: &'m Resilience,
    /// Who may call.
    pub security: &'m Security,
    /// How it is seen that it works.
    pub observability: &'m Observability,
}

/// A resolved fact.
#[derive(Clone, Debug)]
pub enum Resolved<'m, T> {
    /// No layer says anything.
    NotAsked,
    /// A layer says that there is none.
    None(Origin),
    /// A layer says what it is.
    Known(&'m T, Origin),
    /// The interaction says why it does not apply.
    NotApplicable(&'m str),
}

impl<'m, T> Resolved<'m, T> {
    /// The value, where it is known.
    pub fn known(&self) -> Option<&'m T> {
        match self {
            Self::Known(value, _) => Some(value),
            _ => None,
        }
    }

    /// Whether the question is answered to satisfaction: there is a value, or a reason why none is needed.
    pub fn is_met(&self) -> bool {
        matches!(self, Self::Known(..) | Self::NotApplicable(_))
    }

    /// Whether it is known that there is none.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None(_))
    }

    /// Whether nobody has asked.
    pub fn is_not_asked(&self) -> bool {
        matches!(self, Self::NotAsked)
    }
}

/// All layers of an interaction.
pub struct Facts<'m> {
    model: &'m Model,
    interaction: &'m Interaction,
    layers: Vec<Layer<'m>>,
}

impl<'m> Facts<'m> {
    /// Looks up the layers of an interaction.
    pub fn of(model: &'m Model, interaction: &'m Interaction) -> Self {
        let mut layers = vec![Layer {
            origin: Origin::Own,
            resilience: &interaction.resilience,
            security: &interaction.security,
            observability: &interaction.observability,
        }];
        if let Some((id, profile)) = interaction.profile.known().and_then(|id| model.profiles.get_key_value(id)) {
            layers.push(Layer {
                origin: Origin::Profile(id.clone()),
                resilience: &profile.value.resilience,
                security: &profile.value.security,
                observability: &profile.value.observability,
            });
        }
        layers.extend(contributors(model, interaction));
        Self { model, interaction, layers }
    }

    /// The layers, nearest first.
    pub fn layers(&self) -> &[Layer<'m>] {
        &self.layers
    }

    /// A fact by its name and place: the first layer that says anything about it.
    pub fn get<T>(&self, name: &str, pick: impl Fn(&Layer<'m>) -> &'m Fact<T>) -> Resolved<'m, T> {
        let excuse = &self.interaction.not_applicable;
        if let Some(reason) = if excuse.is_empty() { None } else { excuse.get(name) } {
            return Resolved::NotApplicable(reason);
        }
        for layer in &self.layers {
            match pick(layer) {
                Fact::NotAsked => {}
                Fact::None => return Resolved::None(layer.origin.clone()),
                Fact::Known(value) => return Resolved::Known(value, layer.origin.clone()),
            }
        }
        Resolved::NotAsked
    }

    /// Where a fact is from, in words; empty for the interaction itself. Where nobody has asked, where one looked in vain:
    /// "not on the interaction, not in profile Internal REST".
    pub fn found<T>(&self, fact: &Resolved<'_, T>) -> String {
        match fact {
            Resolved::NotAsked => self.searched(),
            Resolved::None(Origin::Own) | Resolved::Known(_, Origin::Own) | Resolved::NotApplicable(_) => String::new(),
            Resolved::None(origin) | Resolved::Known(_, origin) => origin.words(self.model),
        }
    }

    /// A layer of it in words.
    pub fn words(&self, origin: &Origin) -> String {
        origin.words(self.model)
    }

    /// Where one looked in vain.
    pub fn searched(&self) -> String {
        let place = |layer: &Layer<'_>| match layer.origin {
            Origin::Own => "not on the interaction".to_owned(),
            _ => format!("not in {}", layer.origin.words(self.model)),
        };
        self.layers.iter().map(place).collect::<Vec<_>>().join(", ")
    }

    /// What a layer beyond the interaction itself says of a fact, and which: what holds where the interaction says
    /// nothing.
    pub fn lent(&self, bundle: &str, name: &str) -> Option<(Shown, Origin)> {
        let (_, pick) = BUNDLES.iter().find(|(other, _)| *other == bundle)?;
        self.layers.iter().skip(1).find_map(|layer| {
            let field = pick(layer).into_iter().find(|(other, _)| *other == name)?.1;
            if field.is_absent() { None } else { Some((field.show(), layer.origin.clone())) }
        })
    }

    /// Every fact of the three bundles in the order of the file: bundle, name, value and where it came from.
    pub fn all(&self) -> Vec<(&'static str, &'static str, Shown, Option<Origin>)> {
        let mut all = Vec::new();
        for (bundle, pick) in BUNDLES {
            for (name, _) in pick(&self.layers[0]) {
                let said = self.layers.iter().find_map(|layer| {
                    let field = pick(layer).into_iter().find(|(other, _)| *other == name)?.1;
                    if field.is_absent() { None } else { Some((field.show(), layer.origin.clone())) }
                });
                match said {
                    Some((shown, origin)) => all.push((bundle, name, shown, Some(origin))),
                    None => all.push((bundle, name, Shown::NotAsked, None)),
                }
            }
        }
        all
    }
}

type Pick = for<'a, 'm> fn(&'a Layer<'m>) -> Vec<(&'static str, &'m dyn Field)>;

const BUNDLES: [(&str, Pick); 3] = [
    ("resilience", |layer| layer.resilience.fields()),
    ("security", |layer| layer.security.fields()),
    ("observability", |layer| layer.observability.fields()),
];

fn contributors<'m>(model: &'m Model, interaction: &'m Interaction) -> Vec<Layer<'m>> {
    let mut layers = Vec::new();
    let ends = (model.systems.get_key_value(&interaction.from), model.systems.get_key_value(&interaction.to));
    let (Some((from_id, from)), Some((to_id, to))) = ends else { return layers };
    let provided = |origin, system: &'m System| Layer {
        origin,
        resilience: &system.provides.resilience,
        security: &system.provides.security,
        observability: &system.provides.observability,
    };
    if to.kind == SystemKind::Gateway {
        layers.push(provided(Origin::Gateway(to_id.clone()), &to.value));
    }
    let mesh = from.mesh.known().filter(|_| from.mesh == to.mesh).and_then(|id| model.meshes.get_key_value(id));
    if let Some((id, mesh)) = mesh {
        layers.push(Layer {
            origin: Origin::Mesh(id.clone()),
            resilience: &mesh.value.provides.resilience,
            security: &mesh.value.provides.security,
            observability: &mesh.value.provides.observability,
        });
    }
    if to.kind == SystemKind::Backbone {
        layers.push(provided(Origin::Backbone(to_id.clone()), &to.value));
    } else if from.kind == SystemKind::Backbone {
        layers.push(provided(Origin::Backbone(from_id.clone()), &from.value));
    }
    layers
}

/// A requirement that a boundary, or else one around it, states: the boundary that says it, and what it says.
pub fn requirement<'m, T>(
    model: &'m Model,
    boundary: &Id<Boundary>,
    pick: impl Fn(&'m Requirements) -> &'m Fact<T>,
) -> Option<(&'m Id<Boundary>, &'m T)> {
    let mut seen = std::collections::BTreeSet::new();
    let mut next = model.boundaries.get_key_value(boundary);
    while let Some((id, stored)) = next {
        match pick(&stored.value.requires) {
            Fact::Known(value) => return Some((id, value)),
            Fact::None => return None,
            Fact::NotAsked => {}
        }
        if !seen.insert(id) {
            return None;
        }
        next = stored.parent.known().and_then(|parent| model.boundaries.get_key_value(parent));
    }
    None
}
