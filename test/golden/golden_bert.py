"""A random 2-layer BERT with a masked-LM head: hidden states, loss and gradients, with and without prompts.

The plain variant is transformers' BertForMaskedLM. Prompts are hidden states that join each layer's keys and
values, K = [P; H] W_K + b_K and V = [P; H] W_V + b_V, and are no queries (as in P-tuning v2, Liu et al. 2022, but
before the projections). The encoder with prompts is written out here and must equal transformers' without them.
Everything is computed in float64 from float32 weights.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from transformers import BertConfig, BertForMaskedLM

from golden_numbers import flat, rounded, shaped

CONFIG = dict(
    vocab_size=50,
    hidden_size=16,
    num_hidden_layers=2,
    num_attention_heads=2,
    intermediate_size=32,
    max_position_embeddings=24,
    type_vocab_size=2,
    layer_norm_eps=1e-12,
    hidden_act="gelu",
    hidden_dropout_prob=0.0,
    attention_probs_dropout_prob=0.0,
)
BATCH, LENGTH, PROMPT = 3, 9, 3
LENGTHS = [9, 6, 4]
MASKED = [1, 4, 7, 9 + 2, 9 + 3, 18 + 1]
MASK_ID = 4
WORDS = "the a cat dog sat ran on in mat park is was not very good bad i you we it".split()


def bert_golden(directory: Path) -> dict:
    torch.manual_seed(20250118)
    model = BertForMaskedLM(BertConfig(**CONFIG, attn_implementation="eager")).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            centre = 1.0 if name.endswith("LayerNorm.weight") else 0.0
            weight.copy_(centre + 0.3 * torch.randn(weight.shape))
    weights = {n: w for n, w in model.state_dict().items() if "decoder" not in n and "position_ids" not in n}
    write_model(directory, weights)

    model = model.double()
    ids = torch.randint(5, CONFIG["vocab_size"], (BATCH, LENGTH))
    mask = torch.tensor([[int(i < length) for i in range(LENGTH)] for length in LENGTHS])
    ids[mask == 0] = 0
    masked = torch.tensor(MASKED)
    labels = ids.view(-1)[masked].clone()
    ids.view(-1)[masked] = MASK_ID

    plain = variant(model, ids, mask, masked, labels, [])
    check_against_transformers(model, ids, mask, masked, labels, plain)
    prompts = [rounded(torch.randn(PROMPT, CONFIG["hidden_size"], dtype=torch.float64)) for _ in range(2)]
    return {
        "ids": shaped(ids),
        "attentionMask": shaped(mask),
        "maskedPositions": flat(masked),
        "labels": flat(labels),
        "plain": plain,
        "prompted": {"prompts": [shaped(prompt) for prompt in prompts], **variant(model, ids, mask, masked, labels, prompts)},
    }


def variant(model, ids, mask, masked, labels, prompts) -> dict:
    """Last hidden state, logits at masked positions, mean cross-entropy and its gradients."""
    prompts = [prompt.clone().requires_grad_() for prompt in prompts]
    hidden = encode(model, ids, mask, prompts)
    logits = model.cls(hidden.reshape(-1, hidden.shape[-1])[masked])
    loss = F.cross_entropy(logits, labels)
    weights = dict(model.named_parameters())
    leaves = {short(name): weight for name, weight in weights.items() if weight.requires_grad}
    leaves |= {f"prompts.{layer}": prompt for layer, prompt in enumerate(prompts)}
    gradients = torch.autograd.grad(loss, list(leaves.values()), allow_unused=True)
    return {
        "hidden": shaped(hidden),
        "logits": shaped(logits),
        "loss": float(f"{loss.item():.7g}"),
        "gradients": {name: shaped(g) for name, g in zip(leaves, gradients) if g is not None},
    }


def encode(model, ids, mask, prompts) -> torch.Tensor:
    heads = CONFIG["num_attention_heads"]
    size = CONFIG["hidden_size"] // heads
    hidden = model.bert.embeddings(input_ids=ids)
    batch, length, _ = hidden.shape
    for index, layer in enumerate(model.bert.encoder.layer):
        attention = layer.attention.self
        seen, visible = hidden, mask
        if prompts:
            prompt = prompts[index].expand(batch, -1, -1)
            seen = torch.cat([prompt, hidden], 1)
            visible = torch.cat([torch.ones(batch, prompt.shape[1], dtype=mask.dtype), mask], 1)
        split = lambda x: x.view(batch, -1, heads, size).transpose(1, 2)
        query, key, value = split(attention.query(hidden)), split(attention.key(seen)), split(attention.value(seen))
        scores = query @ key.transpose(-1, -2) / size**0.5
        scores = scores.masked_fill(visible[:, None, None, :] == 0, float("-inf"))
        context = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, -1)
        attended = layer.attention.output(context, hidden)
        hidden = layer.output(layer.intermediate(attended), attended)
    return hidden


def check_against_transformers(model, ids, mask, masked, labels, plain) -> None:
    targets = torch.full_like(ids, -100)
    targets.view(-1)[masked] = labels
    output = model(input_ids=ids, attention_mask=mask, labels=targets, output_hidden_states=True)
    ours = torch.tensor(plain["hidden"]["data"], dtype=torch.float64).reshape(output.hidden_states[-1].shape)
    torch.testing.assert_close(ours, output.hidden_states[-1].detach(), rtol=1e-6, atol=1e-6)
    assert abs(output.loss.item() - plain["loss"]) < 1e-6
    model.zero_grad()
    output.loss.backward()
    for name, weight in model.named_parameters():
        if weight.grad is not None:
            given = torch.tensor(plain["gradients"][short(name)]["data"], dtype=torch.float64)
            torch.testing.assert_close(given, weight.grad.reshape(-1), rtol=1e-6, atol=1e-7)


def short(name: str) -> str:
    return name.removeprefix("bert.")


def write_model(directory: Path, weights: dict) -> None:
    """A whole model directory, so that tests open it as they open a real one."""
    directory.mkdir(exist_ok=True)
    save_file({name: weight.contiguous() for name, weight in weights.items()}, directory / "model.safetensors")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, ".", ",", "!", "?", "##s", "##ing", "##ed"]
    vocabulary += [f"[unused{index}]" for index in range(CONFIG["vocab_size"] - len(vocabulary))]
    config = {"architectures": ["BertForMaskedLM"], "model_type": "bert", **CONFIG}
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": id, "content": token, "special": True, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False}
            for id, token in enumerate(vocabulary[:5])
        ],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": None,
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": {token: id for id, token in enumerate(vocabulary)}},
    }
    (directory / "model.safetensors").chmod(0o644)
    for name, value in (("config.json", config), ("tokenizer.json", tokenizer)):
        (directory / name).write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
