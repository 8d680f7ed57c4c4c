"""Write the trained network as the files that extraction reads: `python -m training.export --run FOLDER`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.network import PRETRAINED, Network

WEIGHTS = Path(__file__).resolve().parents[1] / "newsledger" / "extract" / "model" / "weights"
_INPUTS = ["ids", "shapes"]


def export(network: Network, target: Path) -> None:
    """Write the network as ONNX: eight-bit weights by channel, activations quantised as they come."""
    # Attention in its plain form: its matrix products stand in the graph, where they can be quantised.
    network.encoder.set_attn_implementation("eager")
    ids = torch.randint(1000, 2000, (1, 24))
    with TemporaryDirectory() as folder:
        plain, prepared = Path(folder) / "plain.onnx", Path(folder) / "prepared.onnx"
        torch.onnx.export(
            network.eval(),
            (ids, torch.ones_like(ids)),
            plain,
            input_names=_INPUTS,
            output_names=["scores"],
            dynamic_axes={name: {0: "windows", 1: "pieces"} for name in (*_INPUTS, "scores")},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(plain, prepared, skip_symbolic_shape=True)
        # A bit is left unused, since processors without VNNI add up products of eight bits in sixteen, and saturate.
        quantize_dynamic(prepared, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def export_tokenizer(target: Path) -> None:
    """Write the vocabulary without the cutting and padding that sentence embeddings need."""
    tokenizer = json.loads((PRETRAINED / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer |= {"truncation": None, "padding": None}
    target.write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def main() -> None:
    """Export the averaged network of a training run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="the folder that training.train wrote to")
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    network = Network()
    network.load_state_dict(torch.load(given.run / "state.pt", weights_only=False)["averaged"])
    given.to.mkdir(parents=True, exist_ok=True)
    export(network, given.to / "model.onnx")
    export_tokenizer(given.to / "tokenizer.json")


if __name__ == "__main__":
    main()
