"""Small vocabularies trained on the sample blog, and hard texts with the ids and words of Rust `tokenizers`.

Byte-level BPE as in RoBERTa, with and without a space put before the text, and WordPiece that keeps case and accents.
"""

import json
from pathlib import Path

from tokenizers import ByteLevelBPETokenizer, Tokenizer
from tokenizers.implementations import BertWordPieceTokenizer
from tokenizers.processors import RobertaProcessing

from golden_tokenizer import HARD_TEXTS

MORE_TEXTS = [
    "I'm sure they'll say it's what we've 'd done; she'd've known. DON'T SHOUT, it'S not what'll do",
    "two  spaces   three\ttab\t\ttabs \t mixed\n\n\nlines\r\nwindows\r\n\r\n  indented\n",
    " leading space", "  two leading", "\nleading line", "trailing space ", "trailing  ", "\n", " ", "   ", "\u00a0", "a\u00a0b",
    "nel\u0085next feff\ufeffhere \ufeff \u0085 zwsp\u200bhere \u1680ogham\u2003em\u202fnarrow\u205fmath\u3000wide",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e04\u0e23\u0e31\u0e1a \u0e01\u0e33\u0e25\u0e31\u0e07 2025 \u0967\u0968\u0969 \u00bd\u2167\u00b2",
    "\U0001f469\u200d\U0001f680 \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f \U0001f1e9\U0001f1ea\u2764\ufe0f\u200d\U0001f525",
    "e\u0301 \u0301 a\u0301\u0302\u0303b \u1112\u1161\u11ab cafe\u0301s' \ufffd \ufffd\ufffdx",
    "<s> literal </s> <pad> and <mask> and<mask>joined <unk>",
    "3.14 1,000 x1y2z3 \u0661\u0662 a_b __init__ \u2014\u2014 ... ?!?! #tag @name $5 50% a/b\\c",
    "'s 't 're ' s 'S \u2019s don\u2019t 'll'll''ll",
    "x" * 300 + " " + "ab" * 150,
]


def byte_level_golden(here: Path, blog: Path) -> dict:
    posts = [path.read_text(encoding="utf-8") for path in sorted(blog.glob("**/*.md"))]
    texts = HARD_TEXTS + MORE_TEXTS
    path = here / "tiny-roberta/tokenizer.json"
    # The trainers break ties by chance, so a vocabulary that is there stays.
    for train, tokenizer in ((train_byte_level, path), (train_word_piece, here / "tiny-distilbert/tokenizer.json")):
        if not tokenizer.exists():
            train(tokenizer, posts)
    return {
        "byteLevel": cases(Tokenizer.from_file(str(path)), texts),
        "spaceBefore": cases(with_space_before(path), texts),
        "cased": cases(Tokenizer.from_file(str(here / "tiny-distilbert/tokenizer.json")), texts),
    }


def train_byte_level(path: Path, posts: list) -> None:
    trainer = ByteLevelBPETokenizer()
    trainer.train_from_iterator(posts, vocab_size=420, special_tokens=["<s>", "<pad>", "</s>", "<unk>"],
                                show_progress=False)
    tokenizer = trainer._tokenizer
    tokenizer.add_special_tokens(["<mask>"])
    tokenizer.post_processor = RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False)
    write(path, tokenizer)


def train_word_piece(path: Path, posts: list) -> None:
    trainer = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    trainer.train_from_iterator(posts, vocab_size=400, show_progress=False,
                                special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    write(path, trainer._tokenizer)


def with_space_before(path: Path) -> Tokenizer:
    json_text = json.loads(path.read_text(encoding="utf-8"))
    json_text["pre_tokenizer"]["add_prefix_space"] = True
    return Tokenizer.from_str(json.dumps(json_text))


def write(path: Path, tokenizer: Tokenizer) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=True, separators=(",", ":")) + "\n",
                    encoding="utf-8")


def cases(tokenizer: Tokenizer, texts: list) -> list:
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True
    found = []
    for text in texts:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        found.append({"text": text, "ids": encoding.ids, "words": encoding.word_ids})
    return found
