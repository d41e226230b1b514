"""Trains a model that only reads tone, in PyTorch: one of the teachers of `npm run model:build -- --tone-teacher`.

    node scripts/model/labelled-lines.ts --source <start weights> --out labelled.jsonl
    python scripts/model/tone_teacher.py --start <start weights> --labelled labelled.jsonl --out <directory>

Head and loss are those of src/tone/head/tone-head.ts: from [CLS] and mean states a location and the text's own scale,
P(above k) = sigmoid((location - threshold k) / scale), labels as sets of classes, an offset of the thresholds for each set
but the first. What differs from the build: nothing else is learned beside, and dropout, which the build has where asked. Needs
torch, transformers and safetensors.
"""

import argparse
import json
import math
import random
import shutil
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import BertConfig, BertModel

# How often each set is drawn; the lines that the first draws between classes are those of readings.
SHARES = {
    "prose": 0.40,
    "prose_uncertain": 0.0,
    "hard": 0.12,
    "goemotions": 0.12,
    "vader_movie": 0.07,
    "emobank": 0.05,
    "mr": 0.04,
    "dev_so": 0.03,
    "newsmtsc": 0.03,
    "dev_github": 0.02,
    "vader_nyt": 0.02,
    "vader_amazon": 0.02,
    "xed": 0.02,
    "premo": 0.02,
    "cr": 0.02,
    "pros_cons": 0.02,
}
HARD_SHARES = SHARES | {"prose": 0.34, "prose_uncertain": 0.18, "hard": 0.24, "goemotions": 0.09}
SETS = list(SHARES)
LONGEST = 96
BATCH = 32
BATCHES_TOGETHER = 8
HIDDEN = 128
LARGEST_LOG_SCALE = 2.0
OFFSET_WEIGHT = 0.05


class ToneHead(nn.Module):
    def __init__(self, size, dropout):
        super().__init__()
        self.dense = nn.Linear(2 * size, HIDDEN)
        self.valence = nn.Linear(HIDDEN, 1)
        self.spread = nn.Linear(HIDDEN, 1)
        # The second threshold, then the distances below it and above it through the inverse of softplus: all 1.
        self.thresholds = nn.Parameter(torch.tensor([-0.5] + [math.log(math.expm1(1.0))] * 3))
        self.offsets = nn.Parameter(torch.zeros(len(SETS) - 1, 4))
        self.dropout = nn.Dropout(dropout)

    def forward(self, states, mask, sets):
        """Shares of the five classes, [batch, 5], by the lines of each text's set."""
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        features = self.dropout(F.gelu(self.dense(torch.cat([states[:, 0], mean], 1))))
        location = self.valence(features)
        scale = torch.exp(LARGEST_LOG_SCALE * torch.tanh(self.spread(features) / LARGEST_LOG_SCALE))
        offsets = torch.cat([torch.zeros(1, 4), self.offsets])[sets]
        pivot, below, above, far = (self.thresholds + offsets).unbind(1)
        third = pivot + F.softplus(above)
        lines = torch.stack([pivot - F.softplus(below), pivot, third, third + F.softplus(far)], 1)
        over = torch.sigmoid((location - lines) / scale)
        edge = torch.ones(len(states), 1)
        return torch.cat([edge, over], 1) - torch.cat([over, 0 * edge], 1)


def read_labelled(path):
    texts = {name: [] for name in SETS}
    with open(path, encoding="utf8") as file:
        for line in file:
            text = json.loads(line)
            if text["set"] in texts and len(text["ids"]) <= LONGEST:
                texts[text["set"]].append(text)
    return texts


def padded(batch):
    length = max(len(text["ids"]) for text in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    mask = torch.zeros(len(batch), length)
    for row, text in enumerate(batch):
        ids[row, : len(text["ids"])] = torch.tensor(text["ids"])
        mask[row, : len(text["ids"])] = 1
    return ids, mask


def batches(texts, shares, chance):
    """Batches without end; those drawn together are dealt by length, which leaves little padding."""
    while True:
        drawn = chance.choices(SETS, [shares[name] if texts[name] else 0 for name in SETS], k=BATCH * BATCHES_TOGETHER)
        pool = sorted((chance.choice(texts[name]) for name in drawn), key=lambda text: len(text["ids"]))
        dealt = [pool[start : start + BATCH] for start in range(0, len(pool), BATCH)]
        chance.shuffle(dealt)
        yield from dealt


def open_encoder(start, dropout):
    known = json.loads((start / "config.json").read_text())
    fields = {name: value for name, value in known.items() if name != "architectures"}
    config = BertConfig(**fields)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = dropout
    encoder = BertModel(config, add_pooling_layer=False)
    weights = {name.removeprefix("bert."): value for name, value in load_file(start / "model.safetensors").items()}
    missing, _ = encoder.load_state_dict(weights, strict=False)
    if missing:
        raise SystemExit(f"{start} lacks {', '.join(missing)}")
    return known, encoder


def parameter_groups(encoder, head, rate):
    def decays(name):
        return "LayerNorm" not in name and not name.endswith("bias")

    named = list(encoder.named_parameters())
    return [
        {"params": [value for name, value in named if decays(name)], "lr": rate, "weight_decay": 0.01},
        {"params": [value for name, value in named if not decays(name)], "lr": rate, "weight_decay": 0.0},
        {"params": head.parameters(), "lr": 5 * rate, "weight_decay": 0.0},
    ]


def write(out, start, known, encoder, head):
    out.mkdir(parents=True, exist_ok=True)
    weights = {name: value.float().contiguous() for name, value in encoder.state_dict().items()}
    for name, value in head.state_dict().items():
        if name != "offsets":
            weights[f"sentiment.{name}"] = value.contiguous()
    save_file(weights, out / "model.safetensors")
    config = known | {"tone_head": "location_scale", "names_emoji": True}
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    shutil.copy(start / "tokenizer.json", out / "tokenizer.json")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--start", type=Path, required=True)
    options.add_argument("--labelled", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--steps", type=int, default=1500)
    options.add_argument("--rate", type=float, default=1e-4)
    options.add_argument("--dropout", type=float, default=0.1)
    options.add_argument("--hard", action="store_true", help="more hard and uncertain sentences")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(chosen.seed)
    known, encoder = open_encoder(chosen.start, chosen.dropout)
    head = ToneHead(encoder.config.hidden_size, chosen.dropout)
    optimiser = torch.optim.AdamW(parameter_groups(encoder, head, chosen.rate))
    warmup = min(100, chosen.steps // 10) or 1
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / warmup) * 0.5 * (1 + math.cos(math.pi * step / chosen.steps))
    )
    dealt = batches(
        read_labelled(chosen.labelled), HARD_SHARES if chosen.hard else SHARES, random.Random(chosen.seed)
    )
    encoder.train()
    for step in range(1, chosen.steps + 1):
        batch = next(dealt)
        ids, mask = padded(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        shares = head(states.float(), mask, torch.tensor([SETS.index(text["set"]) for text in batch]))
        meant, possible = (torch.tensor([text[of] for text in batch]).float() for of in ("members", "universe"))
        losses = torch.log((shares * possible).sum(1) + 1e-7) - torch.log((shares * meant).sum(1) + 1e-7)
        loss = losses.mean() + OFFSET_WEIGHT * (head.offsets**2).mean()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*encoder.parameters(), *head.parameters()], 1.0)
        optimiser.step()
        schedule.step()
        if step % 50 == 0:
            print(f"step {step} loss {loss.item():.3f}", flush=True)
    write(chosen.out, chosen.start, known, encoder, head)


if __name__ == "__main__":
    main()
