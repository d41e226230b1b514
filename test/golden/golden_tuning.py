"""Ways of tuning on the random BERT of golden_bert.py: loss and gradients of every trained value.

Each case is written out here with PyTorch: the encoder of `tiny-bert` in float64 with what the method adds, a
head for three classes over [CLS] state and mean state, and the weighted mean of the losses. Values are random
numbers, not those that training starts from, so that no gradient is zero by accident.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

from golden_numbers import rounded, shaped

LAYERS, HEADS, D, HIDDEN, CLASSES, P, RANK, WIDTH = 2, 2, 16, 128, 3, 3, 2, 4
LENGTHS = [9, 6, 4]
LABELS, WEIGHTS = [0, 2, 1], [1.0, 0.5, 2.0]
WRITERS, STRENGTHS = [0, 1, 0], [1.0, 0.5, 0.25]
MASKED = [1, 4, 7, 9 + 2, 9 + 3, 18 + 1]
REPLACED = [2, 5, 9 + 1, 18 + 2]
ALPHA = 2.0
TEMPERATURE = 0.5
TEXT_LABELS = [[0, 2], [2], [1]]
MAPS = ["attention.self.query", "attention.self.value"]


def tuning_golden(directory: Path) -> dict:
    torch.manual_seed(20251122)
    weights = {n.removeprefix("bert."): w.double() for n, w in load_file(directory / "model.safetensors").items()}
    ids = torch.randint(5, 50, (3, 9))
    mask = torch.tensor([[float(i < length) for i in range(9)] for length in LENGTHS], dtype=torch.float64)
    ids[mask == 0] = 0
    inputs = {
        "ids": shaped(ids), "mask": shaped(mask), "labels": LABELS, "weights": WEIGHTS, "writers": WRITERS,
        "strengths": STRENGTHS, "maskedPositions": MASKED, "replaced": REPLACED, "alpha": ALPHA,
        "temperature": TEMPERATURE, "textLabels": TEXT_LABELS,
    }
    batch = Batch(ids, mask)
    heads = {"softmax": softmax_head(), "ordinal": ordinal_head()}
    cases = {}
    for name, (values, enter) in methods(weights).items():
        cases[name] = case(weights, batch, "softmax", {**values, **heads["softmax"]}, enter, name == "prompts")
    values, enter = methods(weights)["prompts"]
    cases["ordinal head"] = case(weights, batch, "ordinal", {**values, **heads["ordinal"]}, enter, True)
    cases["masked words"] = case(weights, batch, "masked", values, enter)
    cases["joint"] = case(weights, batch, "joint", {**values, **heads["softmax"]}, enter)
    fixed = replaced_head()
    embeddings = {"labels.vectors": number(4, D), "labels.bias": number(4)}
    cases["contrast"] = case(weights, batch, "contrast", values, enter)
    cases["labels"] = case(weights, batch, "labels", {**values, **embeddings}, enter)
    cases["replaced tokens"] = {**case({**weights, **fixed}, batch, "replaced", values, enter),
                                "fixed": {n: shaped(w) for n, w in fixed.items()}}
    heads = {kind: {n: shaped(v) for n, v in values.items()} for kind, values in heads.items()}
    return {"inputs": inputs, "heads": heads, "cases": cases}


class Batch:
    def __init__(self, ids, mask):
        self.ids, self.mask = ids, mask
        self.hidden = ids.clone()
        self.hidden.view(-1)[torch.tensor(MASKED)] = 4


class Model:
    """The weights, and what a method puts beside them."""

    def __init__(self, weights):
        self.weights = weights
        self.prompts, self.input_prompt = {}, None
        self.adapt = lambda layer, part, rows: rows
        self.adjust = lambda name, rows, result: result
        self.shift = 0.0


def number(*shape):
    return rounded(0.5 * torch.randn(*shape, dtype=torch.float64))


def softmax_head():
    return {"head.dense.weight": number(HIDDEN, 2 * D) / 4, "head.dense.bias": number(HIDDEN),
            "head.output.weight": number(CLASSES, HIDDEN) / 4, "head.output.bias": number(CLASSES)}


def ordinal_head():
    return {"head.dense.weight": number(HIDDEN, 2 * D) / 4, "head.dense.bias": number(HIDDEN),
            "head.output.weight": number(1, HIDDEN) / 4, "head.output.bias": number(1),
            "head.thresholds": number(CLASSES - 1)}


def replaced_head():
    name = "discriminator_predictions"
    return {f"{name}.dense.weight": number(D, D), f"{name}.dense.bias": number(D),
            f"{name}.dense_prediction.weight": number(1, D), f"{name}.dense_prediction.bias": number(1)}


def methods(weights):
    """Name to (values, enter(model, values)). A writer's values are [writers, ...] where a run mixes writers."""
    torch.manual_seed(7)
    writers = len(set(WRITERS))
    own = lambda value: value[torch.tensor(WRITERS)]
    strength = torch.tensor(STRENGTHS, dtype=torch.float64)
    one = STRENGTHS[1]
    shared = [number(P, D) for _ in range(LAYERS)]
    base = {f"shared.{layer}": prompt for layer, prompt in enumerate(shared)}

    def prompts(model, values):
        for layer in range(LAYERS):
            delta = own(values[f"prompts.{layer}"]) * strength[:, None, None]
            model.prompts[layer] = values[f"shared.{layer}"] + delta

    def input_prompt(model, values):
        model.input_prompt = values["shared.0"] + own(values["inputPrompt"]) * strength[:, None, None]

    def reparameterised(kind):
        def enter(model, values):
            part = lambda name: values[f"reparameterisation.{name}"]
            for layer in range(LAYERS):
                e = values[f"prompts.{layer}"]
                made = torch.tanh(e @ part("in.weight").T + part("in.bias")) @ part("out.weight").T + part("out.bias")
                delta = e + made if kind == "residual" else made
                model.prompts[layer] = (values[f"shared.{layer}"] + one * delta).expand(len(LENGTHS), -1, -1)

        return enter

    def low_rank(model, values):
        def adjust(name, rows, result):
            layer, map = name.removeprefix("encoder.layer.").split(".", 1)
            if map not in MAPS:
                return result
            key = f"lowRank.{layer}.{map}"
            return result + one * 2.0 * (rows @ values[f"{key}.a"].T) @ values[f"{key}.b"].T

        model.adjust = adjust

    def adapters(model, values):
        def adapt(layer, part, rows):
            value = lambda name: values[f"adapter.{layer}.{part}.{name}"]
            narrow = F.gelu(rows @ value("down.weight").T + value("down.bias"))
            return rows + one * (narrow @ value("up.weight").T + value("up.bias"))

        model.adapt = adapt

    def biases(model, values):
        model.weights = {n: w + one * values[f"change {n}"] if f"change {n}" in values else w
                         for n, w in model.weights.items()}

    def whole(model, values):
        model.weights = {n: values.get(n, w) for n, w in model.weights.items()}

    def shift(model, values):
        model.shift = own(values["shift"]) * strength[:, None]

    def together(*enters):
        return lambda model, values: [enter(model, values) for enter in enters]

    deltas = lambda *lead: {f"prompts.{layer}": number(*lead, P, D) for layer in range(LAYERS)}
    network = {"reparameterisation.in.weight": number(WIDTH, D), "reparameterisation.in.bias": number(WIDTH),
               "reparameterisation.out.weight": number(D, WIDTH), "reparameterisation.out.bias": number(D)}
    low = {f"lowRank.{layer}.{map}.{part}": number(RANK, D) if part == "a" else number(D, RANK)
           for layer in range(LAYERS) for map in MAPS for part in "ab"}
    adapter = {f"adapter.{layer}.{part}.{name}": number(*shape)
               for layer in range(LAYERS) for part in ("attention", "feedForward")
               for name, shape in (("down.weight", (WIDTH, D)), ("down.bias", (WIDTH,)),
                                   ("up.weight", (D, WIDTH)), ("up.bias", (D,)))}
    tensors = {n: w for n, w in weights.items() if not n.startswith("cls.")}
    changes = {f"change {n}": number(*w.shape) for n, w in tensors.items() if n.endswith(".bias")}
    both = {**deltas(writers), **base}
    return {
        "prompts": (both, prompts),
        "input prompt": ({"inputPrompt": number(writers, P, D), "shared.0": shared[0]}, input_prompt),
        "plain network": ({**deltas(), **network, **base}, reparameterised("plain")),
        "residual network": ({**deltas(), **network, **base}, reparameterised("residual")),
        "LoRA": (low, low_rank),
        "adapters": (adapter, adapters),
        "BitFit": (changes, biases),
        "full": (tensors, whole),
        "shift": ({"shift": number(writers, CLASSES)}, shift),
        "prompts with shift": ({**both, "shift": number(writers, CLASSES)}, together(prompts, shift)),
    }


def case(weights, batch, loss_name, values, enter, has_whole_head=False) -> dict:
    """Values of heads and of the model itself are not repeated, and the head's large matrix is told of twice only."""
    leaves = {name: value.clone().requires_grad_() for name, value in values.items()}
    model = Model(dict(weights))
    enter(model, leaves)
    loss = {"softmax": softmax_loss, "ordinal": ordinal_loss, "masked": masked_loss, "joint": joint_loss,
            "replaced": replaced_loss, "contrast": contrastive_loss, "labels": label_loss}[loss_name](model, batch, leaves)
    gradients = torch.autograd.grad(loss, list(leaves.values()), allow_unused=True)
    return {
        "loss": float(f"{loss.item():.9g}"),
        "values": {n: shaped(v) for n, v in values.items() if not n.startswith("head.") and n not in weights},
        "gradients": {n: shaped(g) for n, g in zip(leaves, gradients)
                      if g is not None and (has_whole_head or n != "head.dense.weight")},
    }


def weighted(losses):
    weight = torch.tensor(WEIGHTS, dtype=torch.float64)
    return (losses * weight).sum() / weight.sum()


def scores(model, batch, values):
    hidden = encode(model, batch.ids, batch.mask)
    mean = (hidden * batch.mask[:, :, None]).sum(1) / batch.mask.sum(1, keepdim=True)
    pooled = torch.cat([hidden[:, 0], mean], 1)
    inner = F.gelu(pooled @ values["head.dense.weight"].T + values["head.dense.bias"])
    return inner @ values["head.output.weight"].T + values["head.output.bias"] + model.shift


def softmax_loss(model, batch, values):
    logits = scores(model, batch, values)
    return weighted(F.cross_entropy(logits, torch.tensor(LABELS), reduction="none"))


def ordinal_loss(model, batch, values):
    raw = values["head.thresholds"]
    thresholds = torch.cat([raw[:1], raw[:1] + torch.cumsum(F.softplus(raw[1:]), 0)])
    above = torch.sigmoid(scores(model, batch, values) - thresholds)
    one, none = torch.ones_like(above[:, :1]), torch.zeros_like(above[:, :1])
    shares = torch.cat([one, above], 1) - torch.cat([above, none], 1)
    return weighted(-torch.log(shares[torch.arange(3), torch.tensor(LABELS)] + 1e-6))


def masked_loss(model, batch, values):
    rows = encode(model, batch.hidden, batch.mask).reshape(-1, D)[torch.tensor(MASKED)]
    weight = lambda name: model.weights[f"cls.predictions.{name}"]
    inner = F.gelu(rows @ weight("transform.dense.weight").T + weight("transform.dense.bias"))
    states = F.layer_norm(inner, (D,), weight("transform.LayerNorm.weight"), weight("transform.LayerNorm.bias"), 1e-12)
    logits = states @ model.weights["embeddings.word_embeddings.weight"].T + weight("bias")
    return F.cross_entropy(logits, batch.ids.view(-1)[torch.tensor(MASKED)])


def joint_loss(model, batch, values):
    return softmax_loss(model, batch, values) + ALPHA * masked_loss(model, batch, values)


def replaced_loss(model, batch, values):
    weight = lambda name: model.weights[f"discriminator_predictions.{name}"]
    inner = F.gelu(encode(model, batch.ids, batch.mask) @ weight("dense.weight").T + weight("dense.bias"))
    logits = (inner @ weight("dense_prediction.weight").T + weight("dense_prediction.bias"))[:, :, 0]
    replaced = torch.zeros(batch.ids.numel(), dtype=torch.float64)
    replaced[torch.tensor(REPLACED)] = 1
    losses = F.binary_cross_entropy_with_logits(logits, replaced.view_as(logits), reduction="none")
    return (losses * batch.mask).sum() / batch.mask.sum()


def encode(model, ids, mask):
    weight = lambda name: model.weights[name]
    norm = lambda x, name: F.layer_norm(x, (D,), weight(f"{name}.weight"), weight(f"{name}.bias"), 1e-12)

    def linear(rows, name):
        return model.adjust(name, rows, rows @ weight(f"{name}.weight").T + weight(f"{name}.bias"))

    batch, length = ids.shape
    places = weight("embeddings.position_embeddings.weight")[:length]
    types = weight("embeddings.token_type_embeddings.weight")[0]
    hidden = norm(weight("embeddings.word_embeddings.weight")[ids] + places + types, "embeddings.LayerNorm")
    if model.input_prompt is not None:
        hidden = torch.cat([model.input_prompt, hidden], 1)
        mask = torch.cat([torch.ones(batch, P, dtype=mask.dtype), mask], 1)
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        seen, visible = hidden, mask
        if layer in model.prompts:
            seen = torch.cat([model.prompts[layer], hidden], 1)
            visible = torch.cat([torch.ones(batch, P, dtype=mask.dtype), mask], 1)
        split = lambda x: x.view(batch, -1, HEADS, D // HEADS).transpose(1, 2)
        query = split(linear(hidden, f"{name}.attention.self.query"))
        key = split(linear(seen, f"{name}.attention.self.key"))
        value = split(linear(seen, f"{name}.attention.self.value"))
        attention = query @ key.transpose(-1, -2) / (D // HEADS) ** 0.5
        attention = attention.masked_fill(visible[:, None, None, :] == 0, float("-inf")).softmax(-1)
        context = (attention @ value).transpose(1, 2).reshape(batch, -1, D)
        context = model.adapt(layer, "attention", linear(context, f"{name}.attention.output.dense"))
        attended = norm(context + hidden, f"{name}.attention.output.LayerNorm")
        inner = F.gelu(linear(attended, f"{name}.intermediate.dense"))
        output = model.adapt(layer, "feedForward", linear(inner, f"{name}.output.dense"))
        hidden = norm(output + attended, f"{name}.output.LayerNorm")
    return hidden[:, P:] if model.input_prompt is not None else hidden


def unit_vectors(model, batch):
    hidden = encode(model, batch.ids, batch.mask)
    mean = (hidden * batch.mask[:, :, None]).sum(1) / batch.mask.sum(1, keepdim=True)
    return mean / (mean.square().sum(1, keepdim=True) + 1e-12).sqrt()


def contrastive_loss(model, batch, values):
    """Texts 0 and 1 share a label, text 2 shares none."""
    vectors = unit_vectors(model, batch)
    similar = vectors @ vectors.T / TEMPERATURE
    losses = []
    for text, partner in ((0, 1), (1, 0)):
        others = torch.tensor([other for other in range(3) if other != text])
        losses.append(torch.logsumexp(similar[text][others], 0) - similar[text, partner])
    return sum(losses) / len(losses)


def label_loss(model, batch, values):
    logits = unit_vectors(model, batch) @ values["labels.vectors"].T + values["labels.bias"]
    members = torch.zeros(3, len(values["labels.bias"]), dtype=torch.float64)
    for text, labels in enumerate(TEXT_LABELS):
        members[text, labels] = 1
    return F.binary_cross_entropy_with_logits(logits, members, reduction="none").sum(1).mean()
