"""Random two-layer models of RoBERTa, DistilBERT and ELECTRA, saved by transformers as real directories.

For each: last hidden states, masked-LM logits at masked positions, mean cross-entropy and gradients of it, without and
with prompts that join keys and values (see golden_bert.py). ELECTRA has a discriminator, with the log-odds of
replaced tokens, and in its folder `generator` the model that guesses words. The encoder with prompts is written
out here and must equal transformers' without them. Everything is computed in float64 from float32 weights.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
import transformers

from golden_numbers import flat, rounded, shaped

BATCH, LENGTH, PROMPT = 3, 9, 3
LENGTHS = [9, 6, 4]
MASKED = [1, 4, 7, 9 + 2, 9 + 3, 18 + 1]
SHAPE = dict(num_hidden_layers=2, num_attention_heads=2, max_position_embeddings=24, attn_implementation="eager")
DROPOUT = dict(hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
# Two weights whose gradients pass through everything above them, by their names in BERT.
WATCHED = ["encoder.layer.0.attention.self.value.weight", "encoder.layer.1.output.LayerNorm.weight"]


def families_golden(here: Path) -> dict:
    roberta_size = json.loads((here / "tiny-roberta/tokenizer.json").read_text())
    roberta_size = len(roberta_size["model"]["vocab"]) + 1
    distilbert_size = len(json.loads((here / "tiny-distilbert/tokenizer.json").read_text())["model"]["vocab"])
    roberta = transformers.RobertaForMaskedLM(
        transformers.RobertaConfig(vocab_size=roberta_size, hidden_size=16, intermediate_size=32, type_vocab_size=1,
                                   pad_token_id=1, layer_norm_eps=1e-5, **DROPOUT, **SHAPE))
    distilbert = transformers.DistilBertForMaskedLM(
        transformers.DistilBertConfig(vocab_size=distilbert_size, dim=16, n_layers=2, n_heads=2, hidden_dim=32,
                                      max_position_embeddings=24, dropout=0.0, attention_dropout=0.0,
                                      attn_implementation="eager"))
    electra = dict(vocab_size=50, embedding_size=8, **DROPOUT, **SHAPE)
    discriminator = transformers.ElectraForPreTraining(
        transformers.ElectraConfig(hidden_size=16, intermediate_size=32, **electra))
    generator = transformers.ElectraForMaskedLM(
        transformers.ElectraConfig(hidden_size=12, intermediate_size=24, **electra))
    write_word_piece(here / "tiny-electra")
    write_word_piece(here / "tiny-electra/generator")
    return {
        "roberta": masked_lm(roberta, here / "tiny-roberta", mask_id=roberta_size - 1, pad=1),
        "distilbert": masked_lm(distilbert, here / "tiny-distilbert", mask_id=4, pad=0),
        "electra": replaced_tokens(discriminator, here / "tiny-electra"),
        "electraGenerator": masked_lm(generator, here / "tiny-electra/generator", mask_id=4, pad=0),
        "geluNew": activation(),
    }


def masked_lm(model, directory: Path, mask_id: int, pad: int) -> dict:
    randomise(model, seed=len(str(directory.name)))
    save(model, directory)
    model = model.eval().double()
    ids, mask = batch(model.config.vocab_size - 1, pad)
    masked = torch.tensor(MASKED)
    labels = ids.view(-1)[masked].clone()
    ids.view(-1)[masked] = mask_id
    head = head_of(model)

    def variant(prompts) -> dict:
        prompts = [prompt.clone().requires_grad_() for prompt in prompts]
        hidden = encode(model, ids, mask, prompts)
        logits = head(hidden.reshape(-1, hidden.shape[-1])[masked])
        return with_gradients(model, hidden, logits, F.cross_entropy(logits, labels), prompts)

    plain = variant([])
    output = model(input_ids=ids, attention_mask=mask)
    torch.testing.assert_close(logits_of(plain), output.logits.reshape(-1, output.logits.shape[-1])[masked].detach(),
                               rtol=1e-6, atol=1e-6)
    return {**inputs(ids, mask), "maskedPositions": flat(masked), "labels": flat(labels), "plain": plain,
            "prompted": prompted(model, variant)}


def replaced_tokens(model, directory: Path) -> dict:
    randomise(model, seed=3)
    save(model, directory)
    model = model.eval().double()
    ids, mask = batch(model.config.vocab_size, pad=0)
    labels = (torch.arange(BATCH * LENGTH).view(BATCH, LENGTH) % 4 == 1).long()

    def variant(prompts) -> dict:
        prompts = [prompt.clone().requires_grad_() for prompt in prompts]
        hidden = encode(model, ids, mask, prompts)
        logits = model.discriminator_predictions(hidden)
        seen = mask.bool()
        loss = F.binary_cross_entropy_with_logits(logits[seen], labels[seen].double())
        return with_gradients(model, hidden, logits, loss, prompts)

    plain = variant([])
    output = model(input_ids=ids, attention_mask=mask, labels=labels)
    torch.testing.assert_close(logits_of(plain).reshape(BATCH, LENGTH), output.logits.detach(), rtol=1e-6, atol=1e-6)
    assert abs(output.loss.item() - plain["loss"]) < 1e-6
    return {**inputs(ids, mask), "labels": flat(labels), "plain": plain, "prompted": prompted(model, variant)}


def activation() -> dict:
    x = rounded(torch.linspace(-6, 6, 25, dtype=torch.float64)).requires_grad_()
    y = transformers.activations.ACT2FN["gelu_new"](x)
    (gradient,) = torch.autograd.grad(y.sum(), [x])
    return {"x": flat(x), "y": flat(y), "gradient": flat(gradient)}


def randomise(model, seed: int) -> None:
    torch.manual_seed(20261122 + seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            is_scale = "norm" in name.lower() and name.endswith("weight")
            weight.copy_((1.0 if is_scale else 0.0) + 0.3 * torch.randn(weight.shape))
        padding = getattr(embeddings_of(model).word_embeddings, "padding_idx", None)
        if padding is not None:
            embeddings_of(model).word_embeddings.weight[padding] = 0


def save(model, directory: Path) -> None:
    model.save_pretrained(directory)
    (directory / "model.safetensors").chmod(0o644)
    (directory / "generation_config.json").unlink(missing_ok=True)
    config = json.loads((directory / "config.json").read_text())
    config.pop("transformers_version", None)
    (directory / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def batch(end: int, pad: int):
    ids = torch.randint(5, end, (BATCH, LENGTH))
    mask = torch.tensor([[int(i < length) for i in range(LENGTH)] for length in LENGTHS])
    ids[mask == 0] = pad
    return ids, mask


def inputs(ids, mask) -> dict:
    return {"ids": shaped(ids), "attentionMask": shaped(mask)}


def prompted(model, variant) -> dict:
    width = getattr(model.config, "hidden_size", None) or model.config.dim
    prompts = [rounded(torch.randn(PROMPT, width, dtype=torch.float64)) for _ in range(2)]
    return {"prompts": [shaped(prompt) for prompt in prompts], **variant(prompts)}


def with_gradients(model, hidden, logits, loss, prompts) -> dict:
    weights = parts_of(model)
    leaves = {name: weights[name] for name in WATCHED}
    leaves |= {f"prompts.{layer}": prompt for layer, prompt in enumerate(prompts)}
    gradients = torch.autograd.grad(loss, list(leaves.values()))
    return {"hidden": shaped(hidden), "logits": shaped(logits), "loss": float(f"{loss.item():.7g}"),
            "gradients": {name: shaped(gradient) for name, gradient in zip(leaves, gradients)}}


def logits_of(variant) -> torch.Tensor:
    logits = variant["logits"]
    return torch.tensor(logits["data"], dtype=torch.float64).reshape(logits["shape"])


def base_of(model):
    return getattr(model, model.base_model_prefix)


def embeddings_of(model):
    return base_of(model).embeddings


def head_of(model):
    if model.config.model_type == "roberta":
        return model.lm_head
    if model.config.model_type == "electra":
        return lambda rows: model.generator_lm_head(model.generator_predictions(rows))
    return lambda rows: model.vocab_projector(
        model.vocab_layer_norm(F.gelu(model.vocab_transform(rows))))


def parts_of(model) -> dict:
    """The parameters of the blocks by their names in BERT."""
    parts = {}
    for index, layer in enumerate(layers_of(model)):
        name = f"encoder.layer.{index}"
        distilled = hasattr(layer, "sa_layer_norm")
        parts[f"{name}.attention.self.value.weight"] = (
            layer.attention.v_lin.weight if distilled else layer.attention.self.value.weight)
        parts[f"{name}.output.LayerNorm.weight"] = (
            layer.output_layer_norm.weight if distilled else layer.output.LayerNorm.weight)
    return parts


def layers_of(model):
    base = base_of(model)
    return base.transformer.layer if hasattr(base, "transformer") else base.encoder.layer


def encode(model, ids, mask, prompts) -> torch.Tensor:
    base = base_of(model)
    hidden = base.embeddings(input_ids=ids)
    if hasattr(base, "embeddings_project"):
        hidden = base.embeddings_project(hidden)
    for index, layer in enumerate(layers_of(model)):
        seen, visible = hidden, mask
        if prompts:
            prompt = prompts[index].expand(BATCH, -1, -1)
            seen = torch.cat([prompt, hidden], 1)
            visible = torch.cat([torch.ones(BATCH, PROMPT, dtype=mask.dtype), mask], 1)
        hidden = distilled_block(layer, hidden, seen, visible) if hasattr(layer, "ffn") else (
            block(layer, hidden, seen, visible))
    return hidden


def block(layer, hidden, seen, visible):
    attention = layer.attention.self
    context = attend(attention.query(hidden), attention.key(seen), attention.value(seen), visible)
    attended = layer.attention.output(context, hidden)
    return layer.output(layer.intermediate(attended), attended)


def distilled_block(layer, hidden, seen, visible):
    attention = layer.attention
    context = attend(attention.q_lin(hidden), attention.k_lin(seen), attention.v_lin(seen), visible)
    attended = layer.sa_layer_norm(attention.out_lin(context) + hidden)
    return layer.output_layer_norm(layer.ffn.lin2(F.gelu(layer.ffn.lin1(attended))) + attended)


def attend(query, key, value, visible, heads: int = 2):
    size = query.shape[-1] // heads
    split = lambda x: x.view(BATCH, -1, heads, size).transpose(1, 2)
    scores = split(query) @ split(key).transpose(-1, -2) / size**0.5
    scores = scores.masked_fill(visible[:, None, None, :] == 0, float("-inf"))
    return (scores.softmax(-1) @ split(value)).transpose(1, 2).reshape(query.shape)


def write_word_piece(directory: Path) -> None:
    """The vocabulary of tiny-bert, which ELECTRA shares with its generator."""
    directory.mkdir(exist_ok=True, parents=True)
    source = Path(directory.parent / "tiny-bert" if directory.name != "generator" else directory.parents[1] / "tiny-bert")
    (directory / "tokenizer.json").write_text((source / "tokenizer.json").read_text(), encoding="utf-8")
