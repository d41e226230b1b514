"""Hidden states and sentence vectors of all-MiniLM-L6-v2, in float64 from its float32 weights."""

from pathlib import Path

import tokenizers
import torch
import torch.nn.functional as F
from transformers import BertModel

from golden_numbers import flat

SENTENCES = [
    "The rain had stopped by noon, and we walked home along the river.",
    "I don't think na\u00efve benchmarks tell you much about a compiler!",
    "Tagged: photography, long exposures, and the patience to wait for a cloud to move.",
]


def minilm_golden(directory: Path) -> dict:
    tokenizer = tokenizers.Tokenizer.from_file(str(directory / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    encodings = [tokenizer.encode(sentence).ids for sentence in SENTENCES]
    length = max(map(len, encodings))
    ids = torch.tensor([one + [0] * (length - len(one)) for one in encodings])
    mask = torch.tensor([[1] * len(one) + [0] * (length - len(one)) for one in encodings])
    model = BertModel.from_pretrained(directory, add_pooling_layer=False, attn_implementation="eager").double().eval()
    with torch.no_grad():
        hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
    cases = []
    for sentence, tokens, states in zip(SENTENCES, encodings, hidden):
        states = states[: len(tokens)]
        cases.append(
            {
                "text": sentence,
                "ids": tokens,
                # One row a position: its first 8 numbers, and the length of the whole vector.
                "hiddenStart": [flat(state[:8]) for state in states],
                "hiddenNorm": flat(states.norm(dim=-1)),
                "meanUnitStart": flat(F.normalize(states.mean(0), dim=0)[:16]),
            }
        )
    return {"cases": cases}
