"""Makes the golden values of the tests with PyTorch and Hugging Face's libraries.

    python test/golden/make-golden.py tokenizer  --model <all-MiniLM-L6-v2 directory>
    python test/golden/make-golden.py bert
    python test/golden/make-golden.py minilm     --model <all-MiniLM-L6-v2 directory>
    python test/golden/make-golden.py operators
    python test/golden/make-golden.py families
    python test/golden/make-golden.py tuning
    python test/golden/make-golden.py all        --model <all-MiniLM-L6-v2 directory>

Needs torch, transformers, tokenizers and safetensors. Everything is seeded and runs on one thread.
Values are rounded to 7 significant digits.
"""

import argparse
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["tokenizer", "bert", "minilm", "operators", "families", "tuning", "all"])
    parser.add_argument("--model", type=Path, help="Hugging Face directory of all-MiniLM-L6-v2")
    arguments = parser.parse_args()
    if arguments.what in ("tokenizer", "minilm", "all") and arguments.model is None:
        parser.error(f"{arguments.what} needs --model")

    if arguments.what in ("tokenizer", "all"):
        from golden_tokenizer import tokenizer_golden

        save("tokenizer.json", tokenizer_golden(arguments.model))
    if arguments.what in ("bert", "all"):
        from golden_bert import bert_golden

        save("bert.json", bert_golden(HERE / "tiny-bert"))
    if arguments.what in ("minilm", "all"):
        from golden_minilm import minilm_golden

        save("minilm.json", minilm_golden(arguments.model))
    if arguments.what in ("operators", "all"):
        from golden_operators import operators_golden

        save("operators.json", operators_golden())
    if arguments.what in ("families", "all"):
        from golden_byte_level import byte_level_golden
        from golden_families import families_golden

        # The models take the sizes of the vocabularies that are trained here.
        save("small-vocabularies.json", byte_level_golden(HERE, HERE.parents[1] / "media/sample-blog"))
        save("families.json", families_golden(HERE))
    if arguments.what in ("tuning", "all"):
        from golden_tuning import tuning_golden

        save("tuning.json", tuning_golden(HERE / "tiny-bert"))


def save(name: str, value: object) -> None:
    path = HERE / name
    path.write_text(json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
