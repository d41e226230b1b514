"""How golden numbers are written: flat, row-major, 7 significant digits."""

import torch


def flat(tensor: torch.Tensor) -> list:
    values = tensor.detach().reshape(-1).tolist()
    if tensor.dtype.is_floating_point:
        return [float(f"{value:.7g}") for value in values]
    return values


def shaped(tensor: torch.Tensor) -> dict:
    return {"shape": list(tensor.shape), "data": flat(tensor)}


def rounded(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor as a reader of the JSON sees it, so that inputs are the same on both sides."""
    return torch.tensor(flat(tensor), dtype=tensor.dtype).reshape(tensor.shape)
