"""Times aihwkit on the work of `npm run bench -- training` and `npm run bench -- update`: one thread, processor time.

Reads one JSON object a line, a case as test/bench/training.ts and test/bench/update.ts write it, and answers each with a line:
{"name": ..., "milliseconds": ...} for a training step, {"name": ..., "microseconds": ...} for the update of one vector.
"""

import json
import sys
import time

import torch
from torch import nn
from aihwkit.nn import AnalogConv2d, AnalogLinear, AnalogSequential
from aihwkit.optim import AnalogSGD
from aihwkit.simulator.configs import SingleRPUConfig, SoftBoundsDevice, build_config
from aihwkit.simulator.parameters.enums import BoundManagementType, NoiseManagementType
from aihwkit.simulator.parameters.io import IOParameters
from aihwkit.simulator.parameters.training import UpdateParameters
from aihwkit.simulator.presets import ReRamArrayOMPresetDevice
from aihwkit.simulator.tiles import AnalogTile

torch.set_num_threads(1)


def converters(bound_management: bool) -> IOParameters:
    """7-bit inputs, 9-bit outputs of range 20 with noise 0.1."""
    return IOParameters(
        inp_res=1 / (2**7 - 2),
        out_res=1 / (2**9 - 2),
        out_bound=20.0,
        out_noise=0.1,
        noise_management=NoiseManagementType.ABS_MAX,
        bound_management=BoundManagementType.ITERATIVE if bound_management else BoundManagementType.NONE,
    )


def configuration(algorithm: str):
    """The settings of workloads/experiments/peer-*.yaml."""
    longest = 31 if algorithm in ("sgd", "mixed") else 5
    config = build_config(
        "mp" if algorithm == "mixed" else algorithm,
        ReRamArrayOMPresetDevice(),
        up_parameters=UpdateParameters(desired_bl=longest),
    )
    config.forward = converters(True)
    config.backward = converters(False)
    config.mapping.digital_bias = True
    config.mapping.weight_scaling_omega = 0.0
    config.mapping.max_input_size = 0
    config.mapping.max_output_size = 0
    return config


def network(name: str, config):
    if name == "mlp":
        return AnalogSequential(
            nn.Flatten(),
            AnalogLinear(784, 256, True, rpu_config=config),
            nn.Sigmoid(),
            AnalogLinear(256, 128, True, rpu_config=config),
            nn.Sigmoid(),
            AnalogLinear(128, 10, True, rpu_config=config),
            nn.LogSoftmax(dim=1),
        )
    return AnalogSequential(
        AnalogConv2d(1, 16, 5, rpu_config=config),
        nn.Tanh(),
        nn.MaxPool2d(2),
        AnalogConv2d(16, 32, 5, rpu_config=config),
        nn.Tanh(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        AnalogLinear(512, 128, True, rpu_config=config),
        nn.Tanh(),
        AnalogLinear(128, 10, True, rpu_config=config),
        nn.LogSoftmax(dim=1),
    )


def training_step(case: dict) -> dict:
    """Median processor time of a step on the images given as a file of bytes, 784 to an image, and one of labels."""
    torch.manual_seed(1)
    model = network(case["network"], configuration(case["algorithm"]))
    optimizer = AnalogSGD(model.parameters(), lr=case["learningRate"])
    optimizer.regroup_param_groups(model)
    loss = nn.NLLLoss()
    batch, steps = case["batch"], case["steps"]
    with open(case["images"], "rb") as file:
        pixels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).float() / 255
    with open(case["labels"], "rb") as file:
        labels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).long()
    images = pixels.reshape(-1, 1, 28, 28)
    times = []
    for step in range(steps):
        x, y = images[step * batch : (step + 1) * batch], labels[step * batch : (step + 1) * batch]
        start = time.process_time()
        optimizer.zero_grad()
        loss(model(x), y).backward()
        optimizer.step()
        times.append(time.process_time() - start)
    times = sorted(times[len(times) // 5 :])
    return {"milliseconds": 1e3 * times[len(times) // 2]}


def update(case: dict) -> dict:
    """Processor time of one vector's pulsed update of soft-bounds cells; x and d as files of f32, one vector after the other."""
    size, vectors = case["size"], case["vectors"]
    device = SoftBoundsDevice(**case["device"])
    parameters = UpdateParameters(
        desired_bl=case["length"], update_management=case["managed"], update_bl_management=case["managed"]
    )
    tile = AnalogTile(size, size, SingleRPUConfig(device=device, update=parameters)).tile
    tile.set_learning_rate(case["rate"])
    with open(case["x"], "rb") as file:
        x = torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(vectors, size)
    with open(case["d"], "rb") as file:
        d = torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(vectors, size)
    best = float("inf")
    for _ in range(case["rounds"]):
        start = time.process_time()
        tile.update(x, d, False, False, False, False)
        best = min(best, time.process_time() - start)
    return {"microseconds": 1e6 * best / vectors}


RUN = {"training": training_step, "update": update}

if __name__ == "__main__":
    for line in sys.stdin:
        case = json.loads(line)
        print(json.dumps({"name": case["name"], **RUN[case["kind"]](case)}), flush=True)
