//! What the matcher finds on the shipped sample: no worse than it was, and the same whatever the order of the sources.
//!
//! The sample is one of the events the score was learned from, so its floors catch breakage and do not tell how good the
//! matcher is: `cargo bench --bench matching` does, on events held out.

#[allow(dead_code, reason = "the benchmarks use the rest")]
#[path = "../benches/learn/event.rs"]
mod event;
#[allow(dead_code, reason = "the benchmarks use the rest")]
#[path = "../benches/learn/figures.rs"]
mod figures;

use std::path::Path;
use std::time::Instant;

use crossread::compare::{Comparison, Kept, Model, Options, compare, training};
use crossread::export;
use crossread::source::{Article, Metadata, Origin, sample};
use crossread::text::{ArticleIndex, ByteSpan, Passage, Text};
use proptest::prelude::*;

/// A little below what is measured, so that they hold where nothing broke.
const LEAST_COUNTERPARTS: f64 = 0.85;
const LEAST_PAIRS: f64 = 0.75;
const LEAST_DIVERGENCES: f64 = 0.65;

/// A labelled event.
fn labelled(name: &str) -> event::Event {
    event::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/events").join(name))
}

#[test]
fn the_sample_is_matched_no_worse_than_it_was() {
    let event = labelled("harbour-bridge");
    let figures = figures::figures(&event, &compare(&event.articles, &Options::default()));
    let found = [figures.counterparts, figures.pairs, figures.divergences].map(figures::Counts::f1);
    println!("F1 of counterparts, pairs, divergences: {found:.3?}");
    let (equal, all_equal) = figures.flagged;
    println!("equal variants flagged: {equal} of {all_equal}; hard negatives linked: {:?}", figures.fooled);
    for (found, least) in found.into_iter().zip([LEAST_COUNTERPARTS, LEAST_PAIRS, LEAST_DIVERGENCES]) {
        assert!(found >= least, "{found:.3} is below {least:.3}");
    }
    assert!(100 * equal <= 3 * all_equal, "{equal} of {all_equal} equal variants are called divergences");
}

#[test]
fn an_article_on_another_event_is_not_drawn_in() {
    let strangers = ["bank-rescue", "museum-theft", "wildfire"];
    let strangers = strangers.iter().map(|name| labelled(name).articles.remove(0)).collect();
    let beside = event::Event { strangers, ..labelled("harbour-bridge") };
    let alone = compare(&beside.articles, &Options::default()).links.len();
    let strange = figures::Strange::of(&beside, &compare(&beside.with_strangers(), &Options::default()));
    let own = beside.articles.len();
    assert_eq!(strange.articles, 3 * own + 3);
    assert!(strange.links <= strange.articles, "{} links with strangers", strange.links);
    assert!(10 * strange.own >= 9 * alone, "{} of {alone} links are left", strange.own);
}

#[test]
fn two_events_read_at_once_are_kept_apart() {
    let both = event::Event { strangers: labelled("river-flood").articles, ..labelled("harbour-bridge") };
    let (one, other) = (both.articles.len(), both.strangers.len());
    let comparison = compare(&both.with_strangers(), &Options::default());
    let is_of_one = |passage: Passage| passage.article.index() < one;
    let across = comparison.links.iter().filter(|link| is_of_one(link.a) != is_of_one(link.b)).count();
    assert!(across <= one * other, "{across} links between {one} articles and {other} on another event");
    assert!(comparison.links.len() > 20 * across, "{across} of {} links", comparison.links.len());
}

/// All orders of `count` things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let insert = |order: Vec<usize>| {
        (0..count).map(move |at| {
            let mut order = order.clone();
            order.insert(at, count - 1);
            order
        })
    };
    orders(count - 1).into_iter().flat_map(insert).collect()
}

/// What a comparison says, one line a statement, by the articles' places in `order` and free of their order.
fn statements(comparison: &Comparison, order: &[usize]) -> Vec<String> {
    let place = |passage: Passage| -> (usize, ByteSpan) { (order[passage.article.index()], passage.span) };
    let ends = |a: Passage, b: Passage| (place(a).min(place(b)), place(a).max(place(b)));
    let article = |index: ArticleIndex| order[index.index()];
    let mut said = Vec::new();
    for link in &comparison.links {
        let ends = ends(link.a, link.b);
        said.push(format!("link {ends:?} {:?} {} {} {}", link.relation, link.score.to_bits(), link.moved, link.why));
    }
    for divergence in &comparison.divergences {
        let mut sides = [(place(divergence.a), &divergence.why_a), (place(divergence.b), &divergence.why_b)];
        sides.sort();
        let link = &comparison.links[divergence.link.0 as usize];
        said.push(format!("divergence {:?} {sides:?} in {:?}", divergence.kind, ends(link.a, link.b)));
    }
    for (at, claim) in comparison.claims.iter().enumerate() {
        let mut members: Vec<_> = claim.members.iter().copied().map(place).collect();
        let mut articles: Vec<_> = claim.articles.iter().copied().map(article).collect();
        let links = comparison.links.iter().filter(|link| link.claim.0 as usize == at);
        let mut links: Vec<_> = links.map(|link| ends(link.a, link.b)).collect();
        members.sort_unstable();
        articles.sort_unstable();
        links.sort_unstable();
        said.push(format!("claim {members:?} of {articles:?} by {links:?}"));
    }
    for backbone in &comparison.backbones {
        let (a, b) = (article(backbone.a), article(backbone.b));
        let links = backbone.links.iter().map(|link| &comparison.links[link.0 as usize]);
        let mut links: Vec<_> = links.map(|link| ends(link.a, link.b)).collect();
        links.sort_unstable();
        said.push(format!("backbone {:?} {links:?}", (a.min(b), a.max(b))));
    }
    said.sort_unstable();
    said
}

#[test]
fn the_order_of_the_sources_changes_the_order_of_the_output_and_nothing_else() {
    let sample = sample();
    let given = statements(&compare(&sample, &Options::default()), &[0, 1, 2, 3]);
    assert!(given.iter().any(|said| said.starts_with("link")), "nothing is linked");
    let orders = orders(sample.len());
    assert_eq!(orders.len(), 24);
    for order in orders {
        let articles: Vec<Article> = order.iter().map(|&at| sample[at].clone()).collect();
        let said = statements(&compare(&articles, &Options::default()), &order);
        let differs = given.iter().zip(&said).find(|(given, said)| given != said);
        assert!(differs.is_none() && given.len() == said.len(), "in the order {order:?}: {differs:.400?}");
    }
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let print = || {
        let articles = sample();
        let comparison = compare(&articles, &Options::default());
        export::json::comparison(&articles, &comparison) + &export::text::report(&articles, &comparison)
    };
    assert_eq!(print(), print());
}

/// The comparison down to the last digit, as one source after another is opened, one is written again, and one is closed.
#[test]
fn what_was_compared_before_changes_nothing() {
    let articles = [labelled("harbour-bridge").articles, labelled("river-flood").articles].concat();
    let kept = Kept::default();
    let with = Options { kept: Some(&kept), ..Options::default() };
    let agree = |articles: &[Article]| {
        let says = |options: &Options| format!("{:?}", compare(articles, options));
        says(&with) == says(&Options::default())
    };
    for count in 2..=articles.len() {
        assert!(agree(&articles[..count]), "{count} sources");
    }
    let mut edited = articles.clone();
    let text = edited[1].text.content().replacen(". ", ". Nobody was hurt in the harbour on Tuesday. ", 2);
    edited[1] = Article { sha256: "f".repeat(64), text: Text::new(text), ..edited[1].clone() };
    for articles in [&edited[..], &edited[1..], &articles[..]] {
        assert!(agree(articles));
    }
    let out_of_time = Options { deadline: Some(Instant::now()), ..with };
    let cut = compare(&edited, &out_of_time).cut.unwrap_or_default();
    assert!(cut.starts_with("time ran out"), "{cut:?}");
    assert!(agree(&edited));
}

#[test]
fn the_shipped_model_refers_to_the_features_of_this_program() {
    let model = Model::unpacked(include_bytes!("../data/model/links.bin")).expect("the model is one");
    let names = [training::names_alone(), training::names_among(), training::names_divergence()];
    for (forest, names) in model.forests().into_iter().zip(names) {
        assert_eq!(forest.features, names, "train it anew: cargo bench --bench train");
    }
}

/// Sentences of one make, so that the links between them can weigh the same.
const ALIKE: [&str; 4] = [
    "The ferry sank near Stanning.",
    "The bridge fell near Pellmouth.",
    "The tower burned near Garrod, and 12 people were hurt.",
    "The tower burned near Garrod, and 14 people were hurt.",
];

fn article(sentences: &[usize]) -> Article {
    Article {
        metadata: Metadata::default(),
        origin: Origin::StandardInput,
        text: Text::new(sentences.iter().map(|&at| ALIKE[at]).collect::<Vec<_>>().join("\n\n")),
        sha256: format!("{sentences:?}"),
    }
}

/// Whether every order of some sources says the same of them.
fn every_order_says_the_same(sources: &[Vec<usize>]) -> Result<(), TestCaseError> {
    let sources: Vec<_> = sources.iter().map(|sentences| article(sentences)).collect();
    let given: Vec<_> = (0..sources.len()).collect();
    let said = statements(&compare(&sources, &Options::default()), &given);
    for order in orders(sources.len()) {
        let turned: Vec<_> = order.iter().map(|&at| sources[at].clone()).collect();
        prop_assert_eq!(&statements(&compare(&turned, &Options::default()), &order), &said);
    }
    Ok(())
}

#[test]
fn of_two_passages_that_change_places_the_same_one_is_moved_from_either_side() {
    every_order_says_the_same(&[vec![0, 1], vec![1, 0]]).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn passages_that_weigh_the_same_are_judged_alike_in_every_order(
        sources in prop::collection::hash_set(prop::sample::subsequence(vec![0, 1, 2, 3], 2..=3).prop_shuffle(), 2..4),
    ) {
        every_order_says_the_same(&sources.into_iter().collect::<Vec<_>>())?;
    }
}
