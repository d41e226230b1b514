"""The training step in plain eager PyTorch, for the benchmark: hidden words are guessed or replaced ones told.

Reads one JSON request a line and answers each with one line (peer-messages.ts holds the format). The encoder
is the one of src/plm/encoder/bert-encoder.ts for all families: post-layer-norm BERT, exact GELU, with what a way of tuning
adds: prompts joined to each layer's keys and values or standing before the text, LoRA, adapters, or changes of the
biases. Attention is torch's scaled_dot_product_attention (fused on CPU), the update torch's fused Adam; frozen weights
need no gradient, and a batch without padding needs no attention mask.
"""

import json
import struct
import sys
import time

try:
    import torch
    import torch.nn.functional as F
except ImportError:
    torch = None


# What the names of the trained tensors start with; without one, all weights are trained.
PREFIXES = {
    "prompts": "prompts.",
    "inputPrompt": "inputPrompt",
    "lowRank": "lowRank.",
    "adapters": "adapter.",
    "biases": "change ",
}
LOW_RANK_SCALE = 2.0
NOT_INSTALLED = "not installed: pip install torch"


def read_safetensors(path):
    """All tensors of a float32 file, by name."""
    with open(path, "rb") as file:
        (header_bytes,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(header_bytes))
        body = bytearray(file.read())
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        flat = torch.frombuffer(body, dtype=torch.float32, offset=start, count=(end - start) // 4)
        tensors[name] = flat.reshape(entry["shape"]).clone()
    return tensors


class Peer:
    def __init__(self, request):
        torch.set_num_threads(request["threads"])
        self.config = request["config"]
        self.tensors = read_safetensors(request["weights"])
        prefix = PREFIXES.get(request["training"])
        self.with_prompts = request["training"] == "prompts"
        self.trained = [
            tensor
            for name, tensor in self.tensors.items()
            if (name.startswith(prefix) if prefix else not name.startswith(tuple(PREFIXES.values())))
        ]
        for tensor in self.trained:
            tensor.requires_grad_()
        self.adam = torch.optim.Adam(self.trained, lr=request["rate"], eps=1e-8, fused=True)

    def step(self, request):
        shape = (request["batch"], request["length"])
        ids = torch.tensor(request["ids"]).reshape(shape)
        mask = torch.tensor(request["mask"], dtype=torch.float32).reshape(shape)
        replaced = request.get("replaced")
        if replaced is None:
            wanted = (torch.tensor(request["positions"]), torch.tensor(request["targets"]))
            task = self.guessing_loss
        else:
            wanted = (torch.tensor(replaced, dtype=torch.float32).reshape(shape),)
            task = self.telling_loss
        start = time.perf_counter()
        self.adam.zero_grad(set_to_none=True)
        with torch.set_grad_enabled(request["update"]):
            loss = task(ids, mask, *wanted)
        if request["update"]:
            loss.backward()
            self.adam.step()
        value = loss.item()
        return {"kind": "stepped", "loss": value, "milliseconds": 1000 * (time.perf_counter() - start)}

    def guessing_loss(self, ids, mask, positions, targets):
        """Mean cross-entropy of the tokens `targets` at the flat places `positions`."""
        rows = self.encode(ids, mask).reshape(-1, self.config["hidden_size"])
        return F.cross_entropy(self.logits(rows[positions]), targets)

    def telling_loss(self, ids, mask, replaced):
        """Mean over tokens of the binary cross-entropy of being replaced (ELECTRA's discriminator)."""
        name = "discriminator_predictions"
        inner = F.gelu(self.linear(f"{name}.dense", self.encode(ids, mask)))
        logits = self.linear(f"{name}.dense_prediction", inner).squeeze(-1)
        return F.binary_cross_entropy_with_logits(logits, replaced, weight=mask, reduction="sum") / mask.sum()

    def encode(self, ids, mask):
        hidden = self.embed(ids)
        length = ids.shape[1]
        tensors = self.tensors
        front = tensors.get("inputPrompt")
        if front is not None:
            hidden = torch.cat([front.expand(len(ids), -1, -1), hidden], 1)
            mask = torch.cat([mask.new_ones(len(ids), len(front)), mask], 1)
        for layer in range(self.config["num_hidden_layers"]):
            hidden = self.block(layer, hidden, mask)
        return hidden[:, -length:]

    def embed(self, ids):
        tensors = self.tensors
        first = self.config["position_offset"]
        hidden = F.embedding(ids, tensors["embeddings.word_embeddings.weight"])
        if self.config["type_vocab_size"] > 0:
            hidden = hidden + tensors["embeddings.token_type_embeddings.weight"][0]
        hidden = hidden + tensors["embeddings.position_embeddings.weight"][first : first + ids.shape[1]]
        hidden = self.normalise("embeddings.LayerNorm", hidden)
        return self.linear("embeddings_project", hidden) if "embeddings_project.weight" in tensors else hidden

    def block(self, layer, hidden, mask):
        name = f"encoder.layer.{layer}"
        context = self.attention(layer, f"{name}.attention.self", hidden, mask)
        attended = self.adapt(layer, "attention", self.linear(f"{name}.attention.output.dense", context)) + hidden
        attended = self.normalise(f"{name}.attention.output.LayerNorm", attended)
        inner = F.gelu(self.linear(f"{name}.intermediate.dense", attended))
        output = self.adapt(layer, "feedForward", self.linear(f"{name}.output.dense", inner))
        return self.normalise(f"{name}.output.LayerNorm", output + attended)

    def adapt(self, layer, part, rows):
        name = f"adapter.{layer}.{part}"
        if f"{name}.down.weight" not in self.tensors:
            return rows
        return rows + self.linear(f"{name}.up", F.gelu(self.linear(f"{name}.down", rows)))

    def attention(self, layer, name, hidden, mask):
        batch, length, size = hidden.shape
        heads = self.config["num_attention_heads"]

        def split(states):
            return states.reshape(*states.shape[:-1], heads, size // heads).transpose(-3, -2)

        query = split(self.linear(f"{name}.query", hidden))
        key = split(self.linear(f"{name}.key", hidden))
        value = split(self.linear(f"{name}.value", hidden))
        if self.with_prompts:
            prompt = self.tensors[f"prompts.{layer}"]
            always = mask.new_ones(batch, prompt.shape[0])
            mask = torch.cat([always, mask], 1)
            key = torch.cat([split(self.linear(f"{name}.key", prompt)).expand(batch, -1, -1, -1), key], 2)
            value = torch.cat([split(self.linear(f"{name}.value", prompt)).expand(batch, -1, -1, -1), value], 2)
        seen = None if bool(mask.all()) else mask[:, None, None, :].bool()
        context = F.scaled_dot_product_attention(query, key, value, attn_mask=seen)
        return context.transpose(1, 2).reshape(batch, length, size)

    def logits(self, rows):
        name = "cls.predictions"
        states = F.gelu(self.linear(f"{name}.transform.dense", rows))
        states = self.normalise(f"{name}.transform.LayerNorm", states)
        return F.linear(states, self.tensors["embeddings.word_embeddings.weight"], self.tensors[f"{name}.bias"])

    def linear(self, name, states):
        result = F.linear(states, self.tensors[f"{name}.weight"], self.bias(name))
        key = name.replace("encoder.layer", "lowRank")
        if f"{key}.a" not in self.tensors:
            return result
        narrow = F.linear(states, self.tensors[f"{key}.a"])
        return result + LOW_RANK_SCALE * F.linear(narrow, self.tensors[f"{key}.b"])

    def bias(self, name):
        bias = self.tensors[f"{name}.bias"]
        change = self.tensors.get(f"change {name}.bias")
        return bias if change is None else bias + change

    def normalise(self, name, states):
        weight = self.tensors[f"{name}.weight"]
        return F.layer_norm(states, weight.shape, weight, self.bias(name), self.config["layer_norm_eps"])


def main():
    peer = None
    for line in sys.stdin:
        request = json.loads(line)
        if torch is None:
            answer = {"kind": "absent", "reason": NOT_INSTALLED}
        elif request["kind"] == "load":
            peer = Peer(request)
            answer = {"kind": "loaded", "name": f"PyTorch {torch.__version__} eager ({request['threads']} threads)"}
        else:
            answer = peer.step(request)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
