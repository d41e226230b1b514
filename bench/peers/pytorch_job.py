"""A writer's prompts learned from start to end in plain eager PyTorch, for the benchmark.

    python pytorch_job.py <job.json>

The job is that of prompt-job.ts, the encoder that of pytorch_peer.py. Texts come from a DataLoader in random order,
each batch padded to its longest; an epoch has as many batches as this project makes of it. Learning is as in
src/learning/intermediate-learning.ts: 15 % of the words hidden anew each time, Adam without weight decay, linear
warm-up and half a cosine, gradients clipped to a norm of 1, and the epoch with the lowest held-out loss is kept.
"""

import json
import math
import random
import sys
import time

import pytorch_peer
from pytorch_peer import Peer, torch

MAXIMUM_NORM = 1.0
ROWS_MEASURED_AT_ONCE = 16


class PromptJob:
    def __init__(self, job):
        self.job = job
        self.peer = Peer(job)
        self.draw = random.Random(job["seed"])
        torch.manual_seed(job["seed"])
        self.tokens = self.computed = self.step = 0

    def learn(self):
        epochs, steps_per_epoch = self.job["epochs"], self.job["stepsPerEpoch"]
        before = best = self.held_out_loss()
        kept = [tensor.detach().clone() for tensor in self.peer.trained]
        for _ in range(epochs):
            for batch in self.batches(steps_per_epoch):
                self.learn_batch(batch, epochs * steps_per_epoch)
            loss = self.held_out_loss()
            if loss < best:
                best, kept = loss, [tensor.detach().clone() for tensor in self.peer.trained]
        for tensor, value in zip(self.peer.trained, kept):
            tensor.data.copy_(value)
        return {
            "kind": "learned",
            "name": f"PyTorch {torch.__version__} eager",
            "steps": self.step,
            "paddingShare": 1 - self.tokens / self.computed,
            "heldOutBefore": before,
            "heldOutAfter": best,
            "processorSeconds": time.process_time(),
        }

    def batches(self, count):
        """The passages in random order, in so many batches of as good as equal size."""
        train = self.job["train"]
        parts = torch.randperm(len(train)).tensor_split(count)
        sampler = [part.tolist() for part in parts if len(part) > 0]
        return torch.utils.data.DataLoader(train, batch_sampler=sampler, collate_fn=self.collate)

    def collate(self, passages):
        hidden = [{**passage, **self.hide(passage)} for passage in passages]
        self.tokens += sum(len(passage["ids"]) for passage in passages)
        self.computed += len(passages) * max(len(passage["ids"]) for passage in passages)
        return self.pad(hidden)

    def hide(self, passage):
        """Whole words: 80 % are shown as the mask, 10 % as random tokens, 10 % as they are (masking.ts)."""
        masking, no_word = self.job["masking"], self.job["noWord"]
        words = {}
        for at, word in enumerate(passage["words"]):
            if word != no_word:
                words.setdefault(word, []).append(at)
        count = max(min(1, len(words)), math.floor(len(words) * masking["share"] + self.draw.random()))
        shown = {}
        for word in self.draw.sample(sorted(words), count):
            choice = self.draw.random()
            for at in words[word]:
                if choice < 0.8:
                    shown[at] = masking["maskId"]
                elif choice < 0.9:
                    shown[at] = self.draw.randrange(masking["firstWordId"], masking["vocabularySize"])
                else:
                    shown[at] = passage["ids"][at]
        positions = sorted(shown)
        return {"positions": positions, "shown": [shown[at] for at in positions]}

    def pad(self, hidden):
        """Ids [B, S], mask [B, S], flat positions [M] and targets [M] of passages with words hidden."""
        ids = torch.nn.utils.rnn.pad_sequence(
            [torch.tensor(passage["ids"]) for passage in hidden], batch_first=True, padding_value=self.job["padId"])
        mask = torch.nn.utils.rnn.pad_sequence([torch.ones(len(passage["ids"])) for passage in hidden], batch_first=True)
        length = ids.shape[1]
        positions = torch.tensor([row * length + at for row, passage in enumerate(hidden) for at in passage["positions"]])
        targets = ids.view(-1)[positions].clone()
        ids.view(-1)[positions] = torch.tensor([token for passage in hidden for token in passage["shown"]])
        return ids, mask, positions, targets

    def learn_batch(self, batch, total_steps):
        peer = self.peer
        self.step += 1
        for group in peer.adam.param_groups:
            group["lr"] = self.rate(total_steps)
        peer.adam.zero_grad(set_to_none=True)
        peer.guessing_loss(*batch).backward()
        torch.nn.utils.clip_grad_norm_(peer.trained, MAXIMUM_NORM)
        peer.adam.step()

    def rate(self, total_steps):
        """As src/learning/optimiser/schedule.ts."""
        peak, warmup = self.job["rate"], self.job["warmupSteps"]
        if self.step < warmup:
            return peak * self.step / warmup
        progress = min(1.0, (self.step - warmup) / max(1, total_steps + 1 - warmup))
        return peak * 0.5 * (1 + math.cos(math.pi * progress))

    def held_out_loss(self):
        """Mean over all hidden tokens."""
        held_out = self.job["heldOut"]
        loss = count = 0
        for start in range(0, len(held_out), ROWS_MEASURED_AT_ONCE):
            ids, mask, positions, targets = self.pad(held_out[start : start + ROWS_MEASURED_AT_ONCE])
            with torch.no_grad():
                loss += len(targets) * self.peer.guessing_loss(ids, mask, positions, targets).item()
            count += len(targets)
        return loss / count


def main():
    if torch is None:
        answer = {"kind": "absent", "reason": pytorch_peer.NOT_INSTALLED}
    else:
        with open(sys.argv[1], encoding="utf-8") as file:
            answer = PromptJob(json.load(file)).learn()
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
