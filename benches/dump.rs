//! tmp
mod learn;
use std::io::Write;
use crossread::text::{ArticleIndex, Passage};
fn main() {
    let mut folders: Vec<_> = vec![];
    for root in ["/work/main/data/events"] { folders.extend(learn::event::read_all(std::path::Path::new(root))); }
    folders.push(learn::event::read(std::path::Path::new("/work/shared/eval/mayor-call")));
    let mut out = std::io::BufWriter::new(std::fs::File::create("/tmp/features.csv").unwrap());
    writeln!(out, "event,a,as,b,bs,label,{}", crossread::compare::training::names_alone().join(",")).unwrap();
    let mut all = serde_json::Map::new();
    for event in folders {
        let c = crossread::compare::training::candidate_pairs(&event.articles);
        let mut set = std::collections::HashSet::new();
        for p in &c.pairs { set.insert((p.a, p.b)); set.insert((p.b, p.a));
            let row: Vec<String> = p.row.iter().map(|v| v.to_string()).collect();
            writeln!(out, "{},{},{},{},{},{},{}", event.name, p.a.article.0, p.a.span.start.0, p.b.article.0, p.b.span.start.0, event.joined(p.a, p.b) as u8, row.join(",")).unwrap(); }
        let mut pairs = vec![]; let mut hit = 0;
        for (i, x) in event.articles.iter().enumerate() { for (j, y) in event.articles.iter().enumerate().skip(i + 1) {
            for s in x.text.sentences() { for t in y.text.sentences() {
                let a = Passage { article: ArticleIndex::new(i), span: s.span }; let b = Passage { article: ArticleIndex::new(j), span: t.span };
                if event.joined(a, b) { hit += set.contains(&(a, b)) as u32; pairs.push(serde_json::json!([[i, s.span.start.0], [j, t.span.start.0]])); }
            } } } }
        eprintln!("{}: {} candidates, {} of {} gold", event.name, c.pairs.len(), hit, pairs.len());
        all.insert(event.name.clone(), pairs.into());
    }
    std::fs::write("/tmp/gold_pairs.json", serde_json::to_string(&all).unwrap()).unwrap();
}
