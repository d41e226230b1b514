"""Outputs and gradients of single ONNX operators, from torch autograd in float64.

Each case: operator, attributes and inputs as ONNX (opset 23) has them; `constant` marks inputs that are part of
the graph, not data. `gradients[i]` is the gradient of sum(upstreams[k] * outputs[k]) with respect to input i.
"""

from typing import Callable, Sequence

import torch
import torch.nn.functional as F

from golden_numbers import rounded, shaped

TYPES = {torch.float64: "float32", torch.int64: "int64", torch.bool: "bool"}


class Operators:
    def __init__(self) -> None:
        self.random = torch.Generator().manual_seed(20250117)
        self.cases: list[dict] = []

    def normal(self, *shape: int) -> torch.Tensor:
        return rounded(torch.randn(shape, generator=self.random, dtype=torch.float64))

    def between(self, low: float, high: float, *shape: int) -> torch.Tensor:
        return rounded(low + (high - low) * torch.rand(shape, generator=self.random, dtype=torch.float64))

    def away_from(self, edges: Sequence[float], *shape: int) -> torch.Tensor:
        """Normal numbers that keep 0.05 from the points where a gradient jumps."""
        x = self.normal(*shape)
        for edge in edges:
            x = torch.where((x - edge).abs() < 0.05, torch.full_like(x, edge + 0.1), x)
        return rounded(x)

    def add(
        self,
        operator: str,
        compute: Callable[..., torch.Tensor | Sequence[torch.Tensor]],
        data: Sequence[torch.Tensor],
        constants: Sequence[torch.Tensor] = (),
        attributes: dict | None = None,
        note: str = "",
    ) -> None:
        data = [rounded(x) for x in data]
        leaves = [x.clone().requires_grad_(x.dtype.is_floating_point) for x in data]
        result = compute(*leaves)
        outputs = [result] if isinstance(result, torch.Tensor) else list(result)
        upstreams = [self.normal(*output.shape) for output in outputs]
        loss = sum((upstream * output).sum() for upstream, output in zip(upstreams, outputs))
        differentiable = [x for x in leaves if x.requires_grad]
        gradients = iter(torch.autograd.grad(loss, differentiable))
        inputs = [{"type": TYPES[x.dtype], **shaped(x)} for x in data]
        inputs += [{"type": TYPES[x.dtype], "constant": True, **shaped(x)} for x in constants]
        self.cases.append(
            {
                "operator": operator,
                "note": note,
                "attributes": attributes or {},
                "inputs": inputs,
                "outputs": [shaped(output) for output in outputs],
                "upstreams": [shaped(upstream) for upstream in upstreams],
                "gradients": [shaped(next(gradients)) if x.requires_grad else None for x in leaves]
                + [None] * len(constants),
            }
        )

    def add_with_mask(
        self,
        operator: str,
        compute: Callable[..., torch.Tensor],
        data: Sequence[torch.Tensor],
        mask: torch.Tensor,
        attributes: dict,
        note: str,
    ) -> None:
        """As `add`, with a constant mask in the fourth place."""
        self.add(operator, lambda *x: compute(*x, mask=mask), data, attributes=attributes, note=note)
        case = self.cases[-1]
        case["inputs"].insert(3, {"type": "float32", "constant": True, **shaped(mask)})
        case["gradients"].insert(3, None)


def integers(*values: int) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.int64)


def number(value: float) -> torch.Tensor:
    return torch.tensor(value, dtype=torch.float64)


def operators_golden() -> list[dict]:
    operators = Operators()
    for build in (products, arithmetic, functions, normalisations, indexing, layout, reductions, choices, attentions, limits):
        build(operators)
    return operators.cases


def products(o: Operators) -> None:
    o.add("MatMul", torch.matmul, [o.normal(3, 4), o.normal(4, 5)], note="matrices")
    o.add("MatMul", torch.matmul, [o.normal(2, 3, 4), o.normal(2, 4, 2)], note="batched")
    o.add("MatMul", torch.matmul, [o.normal(2, 3, 3, 4), o.normal(2, 3, 4, 2)], note="two batch axes")
    o.add("MatMul", torch.matmul, [o.normal(2, 3, 4), o.normal(4, 5)], note="shared right side")
    o.add("MatMul", torch.matmul, [o.normal(3, 4), o.normal(2, 4, 5)], note="shared left side")
    o.add("MatMul", torch.matmul, [o.normal(2, 1, 3, 4), o.normal(3, 4, 2)], note="both sides broadcast")
    for trans_a in (0, 1):
        for trans_b in (0, 1):
            a = o.normal(4, 3) if trans_a else o.normal(3, 4)
            b = o.normal(5, 4) if trans_b else o.normal(4, 5)

            def gemm(x, y, *bias, ta=trans_a, tb=trans_b):
                product = (x.T if ta else x) @ (y.T if tb else y)
                return product + bias[0] if bias else product

            attributes = {"transA": trans_a, "transB": trans_b}
            o.add("Gemm", gemm, [a, b, o.normal(5)], attributes=attributes, note="bias of a row")
            o.add("Gemm", gemm, [a, b], attributes=attributes, note="no bias")
    o.add("Gemm", lambda x, y, c: x @ y + c, [o.normal(3, 4), o.normal(4, 5), o.normal(3, 5)], note="full bias",
          attributes={"transA": 0, "transB": 0})
    o.add("Gemm", lambda x, y, c: x @ y + c, [o.normal(3, 4), o.normal(4, 5), o.normal(3, 1)], note="bias of a column",
          attributes={"transA": 0, "transB": 0})


def arithmetic(o: Operators) -> None:
    pairs = {
        "same shape": ((2, 3), (2, 3)),
        "right row": ((2, 3, 4), (4,)),
        "left column": ((3, 1), (2, 3, 4)),
        "both broadcast": ((2, 1, 4), (3, 1)),
        "right scalar": ((2, 3), ()),
    }
    computes = {"Add": torch.add, "Sub": torch.sub, "Mul": torch.mul, "Div": torch.div}
    for operator, compute in computes.items():
        for note, (left, right) in pairs.items():
            second = o.between(0.5, 2.5, *right) if operator == "Div" else o.normal(*right)
            o.add(operator, compute, [o.normal(*left), second], note=note)
    o.add("Pow", lambda x: x**2, [o.normal(2, 3)], [number(2.0)], note="square")
    o.add("Pow", lambda x: x**3, [o.normal(2, 3)], [number(3.0)], note="cube")
    o.add("Pow", lambda x: x**0.5, [o.between(0.2, 3.0, 2, 3)], [number(0.5)], note="root")


def functions(o: Operators) -> None:
    o.add("Neg", torch.neg, [o.normal(2, 3)])
    o.add("Abs", torch.abs, [o.away_from([0.0], 2, 3)])
    o.add("Sqrt", torch.sqrt, [o.between(0.1, 4.0, 2, 3)])
    o.add("Exp", torch.exp, [o.normal(2, 3)])
    o.add("Log", torch.log, [o.between(0.1, 4.0, 2, 3)])
    o.add("Erf", torch.erf, [o.normal(2, 5)])
    o.add("Tanh", torch.tanh, [o.normal(2, 5)])
    o.add("Sigmoid", torch.sigmoid, [3 * o.normal(2, 5)])
    o.add("Softplus", F.softplus, [3 * o.normal(2, 5)])
    o.add("Relu", F.relu, [o.away_from([0.0], 2, 5)])
    o.add("Gelu", F.gelu, [2 * o.normal(3, 5)], note="exact, with erf")
    o.add("Clip", lambda x: x.clamp(-0.5, 0.8), [o.away_from([-0.5, 0.8], 3, 4)], [number(-0.5), number(0.8)])


def normalisations(o: Operators) -> None:
    last = {"axis": -1}
    o.add("Softmax", lambda x: F.softmax(x, -1), [2 * o.normal(2, 3, 4)], attributes=last)
    o.add("LogSoftmax", lambda x: F.log_softmax(x, -1), [2 * o.normal(3, 5)], attributes=last)
    for epsilon in (1e-12, 1e-5):
        o.add(
            "LayerNormalization",
            lambda x, scale, bias, e=epsilon: F.layer_norm(x, x.shape[-1:], scale, bias, e),
            [o.normal(2, 3, 6), o.normal(6), o.normal(6)],
            attributes={"axis": -1, "epsilon": epsilon},
        )


def indexing(o: Operators) -> None:
    rows = torch.tensor([[2, 0, 2], [1, 2, 4]])
    o.add("Gather", lambda x, i: x[i], [o.normal(5, 3), rows], attributes={"axis": 0}, note="repeated rows")
    o.add("Gather", lambda x, i: x[i], [o.normal(4), integers(3, 3, 0)], attributes={"axis": 0}, note="vector")
    picks = torch.tensor([[[1, 1], [0, 3], [2, 0]], [[3, 3], [1, 2], [0, 0]]])
    o.add("GatherElements", lambda x, i: x.gather(-1, i), [o.normal(2, 3, 4), picks], attributes={"axis": -1},
          note="repeated elements")
    column = torch.tensor([[1], [0], [3]])
    o.add("GatherElements", lambda x, i: x.gather(-1, i), [o.normal(3, 4), column], attributes={"axis": -1},
          note="one element a row")
    places = torch.tensor([[1, 1], [0, 3], [2, 0]])
    o.add("ScatterElements", lambda x, i, u: x.scatter_add(-1, i, u), [o.normal(3, 4), places, o.normal(3, 2)],
          attributes={"axis": -1, "reduction": "add"})
    targets = torch.tensor([[2], [0], [2]])
    o.add("ScatterND", lambda x, i, u: x.index_add(0, i[:, 0], u), [o.normal(4, 3), targets, o.normal(3, 3)],
          attributes={"reduction": "add"}, note="repeated rows")


def layout(o: Operators) -> None:
    o.add("Concat", lambda *x: torch.cat(x, 1), [o.normal(2, 1, 3), o.normal(2, 2, 3), o.normal(2, 3, 3)],
          attributes={"axis": 1})
    o.add("Concat", lambda *x: torch.cat(x, -1), [o.normal(2, 2), o.normal(2, 3)], attributes={"axis": -1})
    o.add("Slice", lambda x: x[:, 1:3], [o.normal(2, 5, 3)], [integers(1), integers(3), integers(1)], note="middle")
    o.add("Slice", lambda x: x[..., :2], [o.normal(2, 4)], [integers(0), integers(2), integers(-1)], note="front")
    o.add("Slice", lambda x: x[1:], [o.normal(4, 2)], [integers(1), integers(2**53 - 1), integers(0)], note="to the end")
    o.add("Slice", lambda x: x[-3:-1], [o.normal(4, 2)], [integers(-3), integers(-1), integers(0)], note="negative limits")
    o.add("Split", lambda x: torch.split(x, [1, 3, 2], 1), [o.normal(2, 6)], [integers(1, 3, 2)], attributes={"axis": 1})
    o.add("Transpose", lambda x: x.permute(0, 2, 1, 3), [o.normal(2, 3, 2, 2)], attributes={"perm": [0, 2, 1, 3]})
    o.add("Transpose", lambda x: x.permute(2, 0, 1), [o.normal(2, 3, 4)], attributes={"perm": [2, 0, 1]},
          note="not its own inverse")
    o.add("Reshape", lambda x: x.reshape(4, 3), [o.normal(2, 2, 3)], [integers(4, 3)])
    o.add("Reshape", lambda x: x.reshape(2, 6), [o.normal(2, 2, 3)], [integers(0, -1)], note="copied and inferred extents")
    o.add("Expand", lambda x: x.expand(2, 3, 4), [o.normal(3, 1)], [integers(2, 3, 4)])
    o.add("Unsqueeze", lambda x: x[:, None, :, None], [o.normal(2, 3)], [integers(1, 3)])
    o.add("Squeeze", lambda x: x.reshape(2, 3), [o.normal(2, 1, 3, 1)], [integers(1, 3)])


def reductions(o: Operators) -> None:
    for operator, reduce in {"ReduceSum": torch.sum, "ReduceMean": torch.mean}.items():
        for axes, keep in (((-1,), True), ((0,), False), ((0, 2), False), ((1, 2), True)):
            o.add(operator, lambda x, f=reduce, a=axes, k=keep: f(x, dim=a, keepdim=k), [o.normal(2, 3, 4)],
                  [integers(*axes)], attributes={"keepdims": int(keep)})


def choices(o: Operators) -> None:
    condition = torch.tensor([[True, False, True], [False, False, True]])
    o.add("Where", torch.where, [condition, o.normal(2, 3), o.normal(2, 3)], note="same shape")
    o.add("Where", torch.where, [condition, o.normal(2, 1), o.normal(3)], note="broadcast")
    o.add("Where", torch.where, [condition[:, None, :], o.normal(2, 4, 3), o.normal()], note="scalar")


def attentions(o: Operators) -> None:
    heads = 2
    attributes = {"q_num_heads": heads, "kv_num_heads": heads, "qk_matmul_output_mode": 3}

    def split(x: torch.Tensor) -> torch.Tensor:
        return x.reshape(*x.shape[:2], heads, -1).transpose(1, 2)

    def attend(q, k, v, *rest, mask):
        keys, values = split(k), split(v)
        if rest:
            keys, values = torch.cat([rest[0], keys], 2), torch.cat([rest[1], values], 2)
        return F.scaled_dot_product_attention(split(q), keys, values, attn_mask=mask).transpose(1, 2).flatten(2)

    for note, queries, length, past in (
        ("as many queries as keys", 3, 3, 0),
        ("fewer queries", 2, 4, 0),
        ("earlier keys and values", 3, 3, 2),
    ):
        mask = torch.zeros(2, 1, queries, past + length, dtype=torch.float64)
        mask[1, :, :, -1] = -1e4
        data = [o.normal(2, queries, 8), o.normal(2, length, 8), o.normal(2, length, 8)]
        data += [o.normal(2, heads, past, 4), o.normal(2, heads, past, 4)] if past else []
        o.add_with_mask("Attention", attend, data, mask, attributes, note)


def limits(o: Operators) -> None:
    x = 2 * o.away_from([-1.25, 1.25], 3, 5)
    o.add("HardSigmoid", lambda x: (0.2 * x + 0.5).clamp(0, 1), [x], attributes={})
