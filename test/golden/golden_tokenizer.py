"""Ids and words of hard texts, from Rust `tokenizers`."""

from pathlib import Path

import tokenizers

HARD_TEXTS = [
    "",
    " \t\r\n ",
    "The quick brown fox jumps over the lazy dog.",
    "Don't you think it's the writer's own? They'll've said 'yes'.",
    "Typographer\u2019s \u201cquotes\u201d, dashes \u2013 and \u2014 and an ellipsis\u2026",
    "Caf\u00e9 na\u00efve co\u00f6perate \u00c5ngstr\u00f6m \u00dcbergr\u00f6\u00dfe \u0130stanbul \u0131\u015f\u0131k \u0141\u00f3d\u017a \u00d8resund",
    "Cafe\u0301 nai\u0308ve e\u0301\u0323\u0300 A\u030a and a lone \u0301 mark",
    "\u039f\u0394\u039f\u03a3 \u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3 \u1f08\u03c1\u03c7\u03b9\u03bc\u03ae\u03b4\u03b7\u03c2 \u1fb3 \u037e \u0387",
    "\u041c\u043e\u0441\u043a\u0432\u0430 \u0451\u043b\u043a\u0430 \u0439\u043e\u0433\u0443\u0440\u0442 \u0407\u0436\u0430\u043a",
    "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd \u0627\u0644\u0633\u0651\u064e\u0644\u0627\u0645\u064f \u0639\u0644\u064a\u0643\u0645 \u0928\u092e\u0938\u094d\u0924\u0947 \u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35",
    "\u6771\u4eac\u306f\u65e5\u672c\u306e\u9996\u90fd\u3002\u3072\u3089\u304c\u306a \u30ab\u30bf\u30ab\u30ca\uff0c\u5168\u89d2\uff21\uff22\uff23",
    "\U00020000\U0002a6d6\U0002b740\U0002b820\U0002b920 \uf900\ufa10\U0002f800 x\u4e2dy\u6587z",
    "\ud55c\uad6d\uc5b4 \u1112\u1161\u11ab \uac00\ub098\ub2e4",
    "\U0001f600 grin \u2764\ufe0f \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f44d\U0001f3fd \U0001f1eb\U0001f1f7 1\ufe0f\u20e3 :-) ;P \u00af\\_(\u30c4)_/\u00af",
    "soft\u00adhyphen zero\u200bwidth\u200cjoin\u200der \u2060word joiner \ufeffbom right\u200fto\u200eleft",
    "nbsp\u00a0here thin\u2009space ideographic\u3000space line\u2028sep para\u2029sep next\u0085line vertical\u000btab form\u000cfeed",
    "nul\u0000char bell\u0007 escape\u001b[31mred\u001b[0m del\u007f c1\u0093 private\ue000 replaced\ufffdhere",
    "https://example.org/a/b?c=d&e=%20f#g-h user.name+tag@example.co.uk www.example.com/~me/index.html",
    "for (let i = 0; i < n; ++i) { a[i] ^= b->c * 0xFF; } // `code` @decorator #hashtag $PATH ~/.config",
    "x\u00b2 + y\u00b2 = z\u00b2 \u2260 \u221e \u2248 3.14159 \u00b1 1e-12; 50\u00a0% \u20ac5 \u00a35 $5 \u00a55 \u00a75 \u00b6 5\u00b0C \u00bd \u2153 \u2192 \u2190 \u2208",
    "a" * 100 + " " + "b" * 101 + " " + "\u00e9" * 100 + " " + "e\u0301" * 100 + " " + "e\u0301" * 101,
    "supercalifragilisticexpialidocious pneumonoultramicroscopicsilicovolcanoconiosis antidisestablishmentarianism",
    "snake_case camelCase PascalCase kebab-case SCREAMING_SNAKE v1.2.3-beta+build.5 C++ C# F# .NET node.js",
    "[CLS] literal [SEP] tokens [MASK] in [PAD] text [UNK] [unused0] ##ing",
    "\ufb01ne \ufb02ow \u017fong \u2160\u2161\u2162 \u2122 \u00ae \u00a9 \u2103 \u24d0 \uff0a \u2116",
    "\u1e9e\u00df \u0149 \u01c5 \u1fc3\u0345 \u212b \u212a \u1e69\u0323 \u0344",
    "* item\n  1. first\n> quote\n\n---\n\n| a | b |\n|---|---|\n\n```js\nlet x;\n```\n<b>bold</b> &amp; &#x27;",
    "\u302a\u4e2d\u302a a\u20ddb \u0488 \u0600\u0661 \u061c \u180e \u115f \u3164 \u2800",
]


def tokenizer_golden(model: Path) -> dict:
    tokenizer = tokenizers.Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    # A writer's literal [MASK] is text.
    tokenizer.encode_special_tokens = True
    cases = []
    for text in HARD_TEXTS:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        cases.append({"text": text, "ids": encoding.ids, "words": encoding.word_ids})
    return {"tokenizers": tokenizers.__version__, "cases": cases}
